"""Every engine answers every question alike. Run by `make test-engines`, which needs PostgreSQL and Java."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import duckdb
import pytest

from events.additions.batches import add_batch, add_incoming
from events.atlas import Atlas, open_atlas
from events.map.cells import cells
from events.map.heat import heat
from events.map.hexagons import hexagons
from events.selection import Selection
from events.store.store import Store
from geo.mercator import Box
from tests import postgres
from tests.events.test_visitors import batch
from tests.incoming import stage
from tests.selections import expected, random_selection

pytestmark = pytest.mark.engines

N = 3_000
SYRIA = Box(west=0.58, north=0.37, east=0.64, south=0.42)


def filled(atlas: Atlas, address: str) -> Atlas:
    """A store with the tables, a made-up file, the same file once more, and a batch that was replaced."""
    for _ in range(2):
        with duckdb.connect() as staging:
            stage(staging, N)
            add_incoming(
                address, staging, name="made up", form="ucdp", digest="d", dataset=atlas.dataset,
                gazetteer=atlas.gazetteer,
            )  # fmt: skip
    for n in (4, 2):
        add_batch(address, batch(n), form="read", digest=str(n), dataset=atlas.dataset, gazetteer=atlas.gazetteer)
    return open_atlas(address=address)


@pytest.fixture(scope="module")
def on_duckdb(atlas: Atlas, tmp_path_factory: pytest.TempPathFactory) -> Atlas:
    return filled(atlas, str(tmp_path_factory.mktemp("duckdb") / "store.duckdb"))


@pytest.fixture(scope="module", params=["postgres", "spark"])
def other(request: pytest.FixtureRequest, atlas: Atlas, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Atlas]:
    folder: Path = tmp_path_factory.mktemp(request.param) / "store"
    if request.param == "spark":
        yield filled(atlas, f"spark:{folder}")
    else:
        with postgres.running(folder) as server:
            yield filled(atlas, server.address)


QUESTIONS: dict[str, Callable[[Store, Selection], Any]] = {
    name: lambda store, selection, name=name: getattr(store, name)(selection)  # type: ignore[misc]
    for name in ("count", "by_actor", "by_type", "by_claimant", "undrawn", "undated", "extent", "focus", "n_restricted")
} | {
    "over_time": lambda store, selection: store.over_time(selection, lanes=12),
    "rows": lambda store, selection: store.rows(selection, limit=40, offset=7),
    "cells": lambda store, selection: [cells(store, selection, box=SYRIA, zoom=zoom) for zoom in (5, 8, 12)],
    "heat": lambda store, selection: [heat(store, selection, box=SYRIA, zoom=zoom) for zoom in (5, 8, 12)],
    "hexagons": lambda store, selection: [hexagons(store, selection, box=SYRIA, zoom=zoom) for zoom in (5, 8, 12)],
}


@pytest.mark.parametrize("question", QUESTIONS)
def test_an_engine_answers_as_duckdb_does(on_duckdb: Atlas, other: Atlas, question: str) -> None:
    rng = random.Random(question)
    ask = QUESTIONS[question]
    places = Selection(places=("raqqa", "at_330000_360000"))
    for selection in [Selection(), places, *(random_selection(on_duckdb, rng) for _ in range(12))]:
        assert ask(other.store, selection) == ask(on_duckdb.store, selection), selection


def test_an_engine_answers_as_the_definition_says(atlas: Atlas, other: Atlas) -> None:
    rng = random.Random(1)
    for _ in range(10):
        selection = random_selection(atlas, rng)
        found = {row["id"] for row in other.store.rows(selection) if row["origin"] == "coded"}
        assert found == expected(atlas, selection), selection


def test_an_engine_gives_the_rest_alike(on_duckdb: Atlas, other: Atlas) -> None:
    mine, theirs = on_duckdb.store, other.store
    assert theirs.total == mine.total == 59 + N + 2
    assert theirs.version == mine.version
    assert theirs.sizes() == mine.sizes()
    assert theirs.dates() == mine.dates()
    assert theirs.originals(["ucdp:7"]) == mine.originals(["ucdp:7"])
    assert theirs.place("at_330000_360000") == mine.place("at_330000_360000")
    assert theirs.n_reports() == mine.n_reports()
    assert [r.id for r in theirs.reports(most=9)] == [r.id for r in mine.reports(most=9)]
    assert [row["id"] for part in theirs.stream(Selection(), size=500) for row in part] == [
        row["id"] for part in mine.stream(Selection(), size=700) for row in part
    ]
