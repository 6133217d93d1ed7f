"""The routes beside the pages, over real HTTP messages: same parameters, same events, cached by content."""

from __future__ import annotations

import csv
import io
import random

import pytest
from starlette.applications import Starlette
from starlette.testclient import TestClient

from events.atlas import Atlas
from events.map.answered import answered
from events.map.cells import snapped
from events.routes import routes
from events.selection import query_string
from events.ui.tiles import online_tiles
from geo.mercator import Extent
from tests.selections import expected, random_selection

WORLD = "bbox=-180,-85,180,85"


@pytest.fixture(scope="module")
def client() -> TestClient:
    return TestClient(Starlette(routes=routes(tiles=online_tiles)))


@pytest.mark.parametrize("seed", range(20))
def test_the_api_holds_the_selection_for_twenty_random_filters(client: TestClient, atlas: Atlas, seed: int) -> None:
    selection = random_selection(atlas, random.Random(seed))
    query = query_string(selection.params())
    collection = client.get(f"/api/events.geojson?{query}").json()
    wanted = expected(atlas, selection)
    assert {feature["id"] for feature in collection["features"]} == wanted
    assert "ignored" not in collection
    text = client.get(f"/api/events.csv?{query}").content.decode("utf-8-sig")
    assert {row["id"] for row in csv.DictReader(io.StringIO(text))} == wanted
    cells = client.get(f"/api/cells?{query}&{WORLD}&zoom=7").json()
    assert cells["n"] == sum(bool(atlas.dataset.events[e].places) for e in wanted)


def test_the_selected_place_view_and_language_do_not_change_the_events(client: TestClient, atlas: Atlas) -> None:
    collection = client.get("/api/events.geojson?place=raqqa&at=35.9,39.0,11&lang=ar").json()
    assert len(collection["features"]) == atlas.store.total


def test_parameters_that_make_no_sense_are_ignored_and_named(client: TestClient, atlas: Atlas) -> None:
    collection = client.get("/api/events.geojson?actor=nobody&dates=then").json()
    assert len(collection["features"]) == atlas.store.total
    assert {i["param"] for i in collection["ignored"]} == {"actor", "dates"}


def test_a_csv_names_what_was_ignored_in_a_header(client: TestClient) -> None:
    assert client.get("/api/events.csv?actor=nobody").headers["x-furat-ignored"] == "actor=nobody"
    assert "x-furat-ignored" not in client.get("/api/events.csv?actor=sdf").headers


def test_geojson_is_served_as_geojson(client: TestClient) -> None:
    answer = client.get("/api/events.geojson")
    assert answer.headers["content-type"] == "application/geo+json"
    assert answer.headers["access-control-allow-origin"] == "*"


@pytest.mark.parametrize(
    "path",
    [f"/api/cells?{WORLD}&zoom=6", "/api/events.geojson", "/api/events.csv", "/api/basemap.json", "/api/map.json"],
)
def test_an_answer_already_known_is_not_sent_again(client: TestClient, path: str) -> None:
    first = client.get(path)
    assert first.status_code == 200
    again = client.get(path, headers={"If-None-Match": first.headers["etag"]})
    assert again.status_code == 304
    assert again.content == b""


def test_another_selection_has_another_tag(client: TestClient) -> None:
    tags = {
        client.get(f"/api/cells?{WORLD}&zoom=6{more}").headers["etag"] for more in ("", "&actor=sdf", "&actor=russia")
    }
    assert len(tags) == 3


@pytest.mark.parametrize(
    "query",
    [
        "", "bbox=1,2,3&zoom=5", "bbox=a,b,c,d&zoom=5", "bbox=5,5,1,1&zoom=5", "bbox=nan,0,1,1&zoom=5",
        f"{WORLD}&zoom=-1", f"{WORLD}&zoom=19", f"{WORLD}&zoom=7.5", f"{WORLD}&zoom=1e400", "bbox=-inf,0,inf,1&zoom=3",
    ],
)  # fmt: skip
def test_a_view_that_is_none_gets_a_sentence(client: TestClient, query: str) -> None:
    answer = client.get(f"/api/cells?{query}")
    assert answer.status_code == 400
    assert "xpected" in answer.json()["error"]


def test_views_that_differ_by_a_little_share_one_answer(client: TestClient) -> None:
    a = client.get("/api/cells?bbox=38.00,35.00,41.00,36.50&zoom=8").headers["etag"]
    b = client.get("/api/cells?bbox=38.01,35.01,41.01,36.51&zoom=8").headers["etag"]
    assert a == b


def test_a_box_holds_only_what_is_near_it(client: TestClient) -> None:
    symbols = client.get("/api/cells?bbox=40.85,34.40,40.95,34.50&zoom=13").json()["symbols"]
    assert "al_bukamal" in {symbol["key"] for symbol in symbols}
    assert "raqqa" not in {symbol["key"] for symbol in symbols}


def test_the_map_gets_sides_labels_and_tiles(client: TestClient, atlas: Atlas) -> None:
    answer = client.get("/api/map.json").json()
    assert [side["id"] for side in answer["sides"]] == list(atlas.dataset.sides)
    assert {"Raqqa", "Deir ez-Zor", "Palmyra"} <= {label["name_en"] for label in answer["labels"]}
    assert [layer["id"] for layer in answer["tiles"]] == ["osm", "quiet"]


def test_a_map_that_names_itself_is_known_by_the_view_it_showed_last(client: TestClient) -> None:
    extent = Extent(south=35.0, west=38.0, north=36.5, east=41.0)
    bbox = "bbox=38.00,35.00,41.00,36.50&zoom=8"
    client.get(f"/api/cells?{bbox}", headers={"Furat-Frame": "a-map"})
    assert answered.view("a-map") == (snapped(extent, 8), 8)
    client.get("/api/cells?bbox=0,0,1,1&zoom=3")
    client.get("/api/cells?bbox=none&zoom=3", headers={"Furat-Frame": "a-map"})
    client.get(f"/api/cells?{bbox}&places_of=raqqa", headers={"Furat-Frame": "a-map"})
    assert answered.view("a-map") == (snapped(extent, 8), 8)
