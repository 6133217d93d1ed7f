"""What the map is sent: one view drawn in three ways, and the places of one symbol when they are asked for."""

from __future__ import annotations

import json

import pytest
from starlette.applications import Starlette
from starlette.testclient import TestClient

from events.atlas import Atlas
from events.map.drawing import drawing, places_of
from events.routes import routes
from events.selection import DRAWS, Selection
from events.ui.tiles import online_tiles
from geo.mercator import Box

WORLD = Box(west=0, north=0, east=1, south=1)


@pytest.fixture(scope="module")
def client() -> TestClient:
    return TestClient(Starlette(routes=routes(tiles=online_tiles)))


@pytest.mark.parametrize("draw", DRAWS)
def test_every_way_of_drawing_counts_the_same_events(atlas: Atlas, draw: str) -> None:
    sides = tuple(atlas.dataset.sides)
    answer = drawing(atlas.store, Selection(), box=WORLD, zoom=6, draw=draw, sides=sides)  # type: ignore[arg-type]
    placed = sum(bool(event.places) for event in atlas.dataset.events.values())
    assert answer["n"] + answer.get("left_out", 0) == placed
    assert (answer["draw"], answer["version"]) == (draw, atlas.store.version)


@pytest.mark.parametrize("draw", DRAWS)
def test_every_way_of_drawing_is_tagged_and_sent_once(client: TestClient, draw: str) -> None:
    address = f"/api/cells?draw={draw}&bbox=35,32,43,38&zoom=7"
    first = client.get(address)
    assert first.json()["draw"] == draw
    assert client.get(address, headers={"If-None-Match": first.headers["etag"]}).status_code == 304
    others = {client.get(f"/api/cells?draw={d}&bbox=35,32,43,38&zoom=7").headers["etag"] for d in DRAWS}
    assert len(others) == len(DRAWS)


def test_without_a_word_or_with_nonsense_symbols_are_drawn(client: TestClient) -> None:
    for asked in ("", "draw=crayon&"):
        assert client.get(f"/api/cells?{asked}bbox=35,32,43,38&zoom=7").json()["draw"] == "symbols"


@pytest.mark.parametrize(("draw", "module"), [("symbols", "cells"), ("hexagons", "hexagons")])
def test_places_that_an_answer_leaves_unnamed_are_named_when_asked_for(
    atlas: Atlas, monkeypatch: pytest.MonkeyPatch, draw: str, module: str
) -> None:
    def asked(key: str) -> tuple[str, ...]:
        return places_of(atlas.store, Selection(), box=WORLD, zoom=5, draw=draw, key=key)  # type: ignore[arg-type]

    sides = tuple(atlas.dataset.sides)
    full = drawing(atlas.store, Selection(), box=WORLD, zoom=5, draw=draw, sides=sides)  # type: ignore[arg-type]
    monkeypatch.setattr(f"events.map.{module}.MOST_NAMED", 3)
    if draw == "symbols":
        named = {symbol["key"]: tuple(symbol["places"]) for symbol in full["symbols"]}
    else:
        named = {f"{q},{r}": tuple(places) for q, r, *_, places in full["hexagons"]}
    assert max(map(len, named.values())) > 1
    for key, places in named.items():
        assert asked(key) == places
    assert asked("nowhere") == ()


def test_the_route_names_the_places_of_a_symbol(client: TestClient) -> None:
    address = "/api/cells?bbox=35,32,43,38&zoom=6"
    symbol = client.get(address).json()["symbols"][0]
    assert client.get(f"{address}&places_of={symbol['key']}").json() == {"places": symbol["places"]}
    assert json.loads(client.get(f"{address}&places_of=%3Cb%3E").content) == {"places": []}
