"""The query layer answers what the definition says, for any filter."""

from __future__ import annotations

import threading
from collections import Counter
from datetime import date
from pathlib import Path

import duckdb
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from events.atlas import Atlas, open_atlas
from events.engines.engine import locked, memory
from events.engines.schema import precision_of
from events.selection import Selection
from events.store.over_time import MOST_BINS, Unit
from geo.mercator import mercator
from tests.incoming import made_up
from tests.selections import expected, selections

relaxed = settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])


@relaxed
@given(data=st.data())
def test_the_events_of_a_selection_are_those_of_its_definition(atlas: Atlas, data: st.DataObject) -> None:
    selection = data.draw(selections(atlas))
    found = [row["id"] for row in atlas.store.rows(selection)]
    assert sorted(found) == sorted(expected(atlas, selection))
    assert atlas.store.count(selection) == len(found)


@relaxed
@given(data=st.data())
def test_a_filter_s_number_says_what_choosing_it_alone_would_show(atlas: Atlas, data: st.DataObject) -> None:
    selection = data.draw(selections(atlas))
    store = atlas.store
    for field, counts in (
        ("actors", store.by_actor(selection)),
        ("types", store.by_type(selection)),
        ("claimants", store.by_claimant(selection)),
    ):
        for value, n in counts.items():
            alone = Selection(**(vars(selection) | {field: (value,)}))
            assert n == len(expected(atlas, alone)), (field, value)


def test_pages_of_rows_put_together_are_all_rows(atlas: Atlas) -> None:
    every = [row["id"] for row in atlas.store.rows(Selection())]
    paged = [row["id"] for start in range(0, 100, 7) for row in atlas.store.rows(Selection(), limit=7, offset=start)]
    assert paged == every
    assert len(every) == atlas.store.total


def test_rows_come_oldest_first_and_undated_last(atlas: Atlas) -> None:
    days = [row["date_start"] or date.max for row in atlas.store.rows(Selection())]
    assert days == sorted(days)


def test_a_row_brings_its_places_parties_and_claims_in_the_tables_order(atlas: Atlas) -> None:
    for row in atlas.store.rows(Selection()):
        event = atlas.dataset.events[row["id"]]
        assert tuple(site["place"] for site in row["places"]) == event.places
        assert tuple(p["actor"] for p in row["parties"] if p["role"] == "actor") == event.actors
        assert tuple(p["actor"] for p in row["parties"] if p["role"] == "target") == event.targets
        claims = [c.id for c in atlas.dataset.claims.values() if c.event == event.id]
        assert [claim["id"] for claim in row["claims"]] == claims


def test_absent_casualties_are_absent_and_not_zero(atlas: Atlas) -> None:
    silent = {e.id for e in atlas.dataset.events.values() if e.fatalities_low is None}
    assert silent
    assert all(row["fatalities_low"] is None for row in atlas.store.rows(Selection()) if row["id"] in silent)


def test_an_event_without_a_date_leaves_when_dates_are_asked_for(atlas: Atlas) -> None:
    undated = {e.id for e in atlas.dataset.events.values() if e.date_start is None}
    wide = Selection(date_from=date(1900, 1, 1), date_to=date(2100, 1, 1))
    assert {row["id"] for row in atlas.store.rows(wide)} == set(atlas.dataset.events) - undated


def test_what_cannot_be_drawn_is_listed(atlas: Atlas) -> None:
    missing, events = atlas.store.undrawn(Selection()), atlas.dataset.events.values()
    assert {row["id"] for row in missing.nowhere} == {e.id for e in events if not e.places}
    assert {row["id"] for row in missing.undated} == {e.id for e in events if e.date_start is None}
    assert (missing.n_nowhere, missing.n_undated) == (len(missing.nowhere), len(missing.undated))


def test_a_filter_of_dates_does_not_drop_undated_events_silently(atlas: Atlas) -> None:
    day = date(2017, 10, 12)
    undated = {e.id for e in atlas.dataset.events.values() if e.date_start is None}
    assert undated == {row["id"] for row in atlas.store.undrawn(Selection(date_from=day, date_to=day)).undated}


def test_threads_may_ask_at_the_same_time(atlas: Atlas) -> None:
    answers: list[int] = []
    threads = [
        # Unlike counts and pages, rows are never remembered: each of these asks the engine.
        threading.Thread(target=lambda: answers.extend(len(atlas.store.rows(Selection())) for _ in range(5)))
        for _ in range(8)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert answers == [atlas.store.total] * 40


@pytest.mark.parametrize("attack", ["SELECT * FROM read_csv('/etc/hostname')", "SET enable_external_access = true"])
def test_the_engine_reads_no_file_for_anybody(attack: str) -> None:
    with pytest.raises(duckdb.Error):
        locked(memory()).connection.con.cursor().execute(attack)


def test_mercator_puts_the_corners_of_the_world_in_the_corners() -> None:
    assert mercator(lat=0, lon=0) == (0.5, 0.5)
    assert all(abs(v) < 1e-6 for v in mercator(lat=85.0511287798, lon=-180))
    assert mercator(lat=90, lon=0) == mercator(lat=85.05112878, lon=0)


def test_a_place_is_known_as_coarsely_as_its_kind_or_its_coding_says(atlas: Atlas) -> None:
    quarter, city, governorate = (atlas.place(key) for key in ("raqqa_badu", "raqqa", "raqqa_governorate"))
    assert precision_of(quarter, 1) == "site"
    assert precision_of(quarter, 2) == "town"
    assert precision_of(city, 1) == "town"
    assert precision_of(city, 4) == "area"
    assert precision_of(governorate, 4) == "area"


@relaxed
@given(data=st.data())
def test_the_time_line_counts_each_event_once_for_every_actor(atlas: Atlas, data: st.DataObject) -> None:
    selection = data.draw(selections(atlas))
    found = atlas.store.over_time(selection, lanes=100)
    events = [atlas.dataset.events[key] for key in expected(atlas, selection)]
    fine = [event for event in events if event.date_prec is not None and event.date_prec <= 2]
    counts = Counter((event.date_start, actor) for event in fine for actor in {*event.actors, *event.targets})
    assert {(row["start"], row["actor"]): row["n"] for row in found.bins} == counts
    assert found.unit == "day"
    assert found.n_coarse == len(events) - len(fine)


@pytest.mark.parametrize(
    ("unit", "first"), [("week", date(2017, 10, 9)), ("month", date(2017, 10, 1)), ("year", date(2017, 1, 1))]
)
def test_a_coarser_time_line_adds_its_days_up(atlas: Atlas, unit: Unit, first: date) -> None:
    selection = Selection(date_from=date(2017, 10, 9), date_to=date(2017, 10, 15))
    by_day = atlas.store.over_time(selection, lanes=100)
    coarser = atlas.store.over_time(selection, lanes=100, unit=unit)
    inside = [row for row in by_day.bins if row["start"] >= selection.date_from]
    before = [row for row in by_day.bins if row["start"] < first]
    assert {row["start"] for row in coarser.bins} - {row["start"] for row in before} >= {first}
    assert sum(row["n"] for row in coarser.bins) == sum(row["n"] for row in inside) + sum(
        row["n"] for row in by_day.bins if row["start"] < selection.date_from
    )


def test_a_long_time_is_drawn_in_coarser_units(tmp_path: Path) -> None:
    found = open_atlas(address=made_up(tmp_path, days=3_000)).store.over_time(Selection(), lanes=3)
    assert found.unit == "month"
    assert len({row["start"] for row in found.bins}) < MOST_BINS
    assert len(found.actors) == 3 < len(found.totals)


def test_a_stream_gives_the_rows_of_a_selection_in_pieces(atlas: Atlas) -> None:
    pieces = list(atlas.store.stream(Selection(), size=10))
    assert [len(piece) for piece in pieces] == [10] * 5 + [9]
    assert [row for piece in pieces for row in piece] == atlas.store.rows(Selection())
