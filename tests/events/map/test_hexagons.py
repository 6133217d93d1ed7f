"""The hexagons of a view: exact counts, one hexagon a place, the same on every engine and in Python."""

from __future__ import annotations

import math
from dataclasses import replace

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from events.atlas import Atlas
from events.engines.schema import GRID, is_area
from events.map.cells import cells
from events.map.hexagons import hexagons
from events.selection import Selection
from events.store.grids import axial, hexagon_of, row_height
from geo.mercator import Box, mercator
from tests.selections import expected, selections

WORLD = Box(west=0, north=0, east=1, south=1)
relaxed = settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
whole = st.integers(0, GRID - 1)


@given(x=whole, y=whole, width=st.integers(2, GRID))
def test_a_point_lies_in_the_hexagon_whose_middle_is_nearest(x: int, y: int, width: int) -> None:
    col, row = hexagon_of(x=x, y=y, width=width)
    assert (col - row) % 2 == 0
    height = row_height(width)

    def away(col: int, row: int) -> int:
        return (2 * x - col * width) ** 2 + (2 * y - row * height) ** 2

    around = [(col + i, row + j) for i in range(-3, 4) for j in range(-3, 4) if (i - j) % 2 == 0]
    assert away(col, row) == min(away(*other) for other in around)


def test_axial_coordinates_count_along_the_rows_and_down() -> None:
    assert axial(col=4, row=0) == (2, 0)
    assert axial(col=1, row=1) == (0, 1)
    assert axial(col=0, row=4) == (-2, 4)


@relaxed
@given(data=st.data(), zoom=st.integers(0, 18))
def test_every_event_with_a_place_is_drawn_or_counted_as_left_out(atlas: Atlas, data: st.DataObject, zoom: int) -> None:
    selection = data.draw(selections(atlas))
    events = [atlas.dataset.events[e] for e in expected(atlas, selection)]
    found = hexagons(atlas.store, selection, box=WORLD, zoom=zoom)
    finely = [e for e in events if any(not is_area(atlas.place(p)) for p in e.places)]
    assert found.n == len(finely)
    assert found.n + found.n_left_out == sum(bool(e.places) for e in events)
    assert found.n + found.n_left_out == cells(atlas.store, selection, box=WORLD, zoom=zoom).n


@relaxed
@given(data=st.data(), zoom=st.integers(0, 18))
def test_a_hexagon_counts_the_events_of_its_places_and_holds_them(atlas: Atlas, data: st.DataObject, zoom: int) -> None:
    selection = data.draw(selections(atlas))
    found = hexagons(atlas.store, selection, box=WORLD, zoom=zoom)
    seen: list[str] = []
    for hexagon in found.hexagons:
        assert hexagon.n_places == len(hexagon.places)
        assert hexagon.n == atlas.store.count(replace(selection, places=hexagon.places))
        assert 0 <= hexagon.vague <= hexagon.n
        for key in hexagon.places:
            x, y = mercator(lat=atlas.place(key).lat, lon=atlas.place(key).lon)
            middle = (hexagon.q + hexagon.r / 2) * found.width, hexagon.r * found.height * 3 / 4
            # The corner of a hexagon is its farthest point.
            assert math.dist((x, y), middle) <= found.height / 2 * 1.001 + 2 / GRID
        seen += hexagon.places
    assert len(seen) == len(set(seen))
    assert len({hexagon.key for hexagon in found.hexagons}) == len(found.hexagons)


def test_the_vague_are_those_known_only_to_the_town(atlas: Atlas) -> None:
    found = hexagons(atlas.store, Selection(), box=WORLD, zoom=12)
    [raqqa] = [h for h in found.hexagons if "raqqa" in h.places]
    assert raqqa.vague > 0
    assert sum(h.vague for h in found.hexagons) < found.n


def test_a_view_of_many_places_names_them_when_asked(atlas: Atlas, monkeypatch: pytest.MonkeyPatch) -> None:
    full = hexagons(atlas.store, Selection(), box=WORLD, zoom=6)
    monkeypatch.setattr("events.map.hexagons.MOST_NAMED", 10)
    short = hexagons(atlas.store, Selection(), box=WORLD, zoom=6)
    assert [(h.key, h.n) for h in short.hexagons] == [(h.key, h.n) for h in full.hexagons]
    assert hexagons(atlas.store, Selection(), box=WORLD, zoom=6, named=True) == full


@pytest.mark.parametrize("zoom", [0, 9, 18])
def test_a_box_far_larger_than_a_screen_gets_larger_hexagons(atlas: Atlas, zoom: int) -> None:
    assert hexagons(atlas.store, Selection(), box=WORLD, zoom=zoom).width >= 1 / 100.5
