"""The symbols of a view: exact counts, nothing lost, nothing hidden, nothing moved."""

from __future__ import annotations

import math
from dataclasses import replace
from itertools import combinations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from events.atlas import Atlas
from events.engines.schema import PRECISIONS, is_area, precision_of
from events.map.cells import MOST_ACROSS, OVERLAP, cells, least_across, radius_px, snapped
from events.selection import Selection
from geo.mercator import Box, Extent, mercator
from tests.selections import expected, selections

WORLD = Box(west=0, north=0, east=1, south=1)
relaxed = settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])


@relaxed
@given(data=st.data(), zoom=st.integers(0, 18))
def test_every_event_with_a_place_is_on_the_map_once(atlas: Atlas, data: st.DataObject, zoom: int) -> None:
    selection = data.draw(selections(atlas))
    placed = [e for e in expected(atlas, selection) if atlas.dataset.events[e].places]
    found = cells(atlas.store, selection, box=WORLD, zoom=zoom)
    assert found.n == len(placed)


@relaxed
@given(data=st.data(), zoom=st.integers(0, 18))
def test_a_symbol_counts_the_events_of_its_places_and_their_sides(atlas: Atlas, data: st.DataObject, zoom: int) -> None:
    selection = data.draw(selections(atlas))
    events = [atlas.dataset.events[e] for e in expected(atlas, selection)]
    sides = list(atlas.dataset.sides)
    seen: list[str] = []
    for symbol in cells(atlas.store, selection, box=WORLD, zoom=zoom).symbols:
        here = [e for e in events if set(e.places) & set(symbol.places)]
        assert symbol.n == len(here) == atlas.store.count(replace(selection, places=symbol.places))
        assert symbol.n_places == len(symbol.places)
        for side, n in zip(sides, symbol.sides, strict=True):
            assert n == sum(any(atlas.dataset.actors[a].side == side for a in e.actors) for e in here), side
        finest = min(
            PRECISIONS.index(precision_of(atlas.place(p), e.where_prec))
            for e in here for p in set(e.places) & set(symbol.places)
        )  # fmt: skip
        assert symbol.precision == PRECISIONS[finest]
        seen += symbol.places
    assert sorted(seen) == sorted({place for event in events for place in event.places})


@pytest.mark.parametrize("zoom", range(3, 15))
def test_no_symbol_covers_another_of_its_kind(atlas: Atlas, zoom: int) -> None:
    found = cells(atlas.store, Selection(), box=WORLD, zoom=zoom)
    for a, b in combinations(found.symbols, 2):
        if is_area(atlas.place(a.key)) != is_area(atlas.place(b.key)):
            continue
        (ax, ay), (bx, by) = mercator(lat=a.lat, lon=a.lon), mercator(lat=b.lat, lon=b.lon)
        apart = math.hypot(ax - bx, ay - by) * 256 * 2**zoom
        assert apart >= OVERLAP * (radius_px(a.n, found.px) + radius_px(b.n, found.px)) - 1e-6


@pytest.mark.parametrize("zoom", range(16))
def test_a_symbol_stands_at_the_place_it_is_named_after(atlas: Atlas, zoom: int) -> None:
    for symbol in cells(atlas.store, Selection(), box=WORLD, zoom=zoom).symbols:
        place = atlas.place(symbol.key)
        assert (symbol.lat, symbol.lon, symbol.radius_km) == (place.lat, place.lon, place.radius_km)


def test_zooming_in_parts_what_zooming_out_joins(atlas: Atlas) -> None:
    numbers = [len(cells(atlas.store, Selection(), box=WORLD, zoom=zoom).symbols) for zoom in (4, 7, 10, 14)]
    assert numbers == sorted(numbers)
    assert numbers[0] < numbers[-1]


def test_close_up_every_place_has_a_symbol_of_its_own(atlas: Atlas) -> None:
    for key in {place for event in atlas.dataset.events.values() for place in event.places}:
        place = atlas.place(key)
        around = Extent(
            south=place.lat - 0.001, west=place.lon - 0.001, north=place.lat + 0.001, east=place.lon + 0.001
        )
        symbols = cells(atlas.store, Selection(), box=snapped(around, 18), zoom=18).symbols
        [own] = [symbol for symbol in symbols if key in symbol.places]
        # Places that no source locates stand at their parent's point, which they share; all others stand alone.
        assert {(atlas.place(p).lat, atlas.place(p).lon) for p in own.places} == {(place.lat, place.lon)}


def test_a_view_of_many_places_names_them_when_asked(atlas: Atlas, monkeypatch: pytest.MonkeyPatch) -> None:
    full = cells(atlas.store, Selection(), box=WORLD, zoom=6)
    monkeypatch.setattr("events.map.cells.MOST_NAMED", 10)
    short = cells(atlas.store, Selection(), box=WORLD, zoom=6)
    # Events of several places name theirs in any case.
    assert sum(len(s.places) for s in short.symbols) < sum(len(s.places) for s in full.symbols)
    assert [(s.key, s.n, s.sides) for s in short.symbols] == [(s.key, s.n, s.sides) for s in full.symbols]
    assert cells(atlas.store, Selection(), box=WORLD, zoom=6, named=True) == full


@pytest.mark.parametrize("zoom", [0, 9, 18])
def test_a_box_far_larger_than_a_screen_is_answered_coarsely_and_exactly(atlas: Atlas, zoom: int) -> None:
    assert cells(atlas.store, Selection(), box=WORLD, zoom=zoom).n == sum(
        bool(event.places) for event in atlas.dataset.events.values()
    )
    assert MOST_ACROSS / 2 < least_across(WORLD, 1 << 23, most=MOST_ACROSS) <= MOST_ACROSS


def test_the_area_of_a_symbol_is_proportional_to_its_events() -> None:
    assert radius_px(400, 1.0) == 2 * radius_px(100, 1.0)


@given(lat=st.floats(-80, 80), lon=st.floats(-170, 170), size=st.floats(0.001, 20), zoom=st.integers(0, 18))
def test_a_snapped_box_holds_the_view(lat: float, lon: float, size: float, zoom: int) -> None:
    extent = Extent(south=lat, west=lon, north=min(lat + size, 84), east=lon + size)
    box = snapped(extent, zoom)
    west, north = mercator(lat=extent.north, lon=extent.west)
    east, south = mercator(lat=extent.south, lon=extent.east)
    assert box.west <= west <= east <= box.east
    assert box.north <= north <= south <= box.south
