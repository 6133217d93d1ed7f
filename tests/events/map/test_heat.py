"""The heat of a view: exact counts, and no more exact about places than the events are."""

from __future__ import annotations

import math

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from events.atlas import Atlas
from events.engines.schema import is_area
from events.map.cells import snapped
from events.map.heat import DISTRICT_KM, MOST_CELLS, TOWN_KM, WIDEST_PX, heat
from events.map.hexagons import hexagons
from events.selection import Selection
from geo.mercator import Box, Extent, mercator
from tests.selections import expected, selections

WORLD = Box(west=0, north=0, east=1, south=1)
relaxed = settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])


@relaxed
@given(data=st.data(), zoom=st.integers(0, 18))
def test_the_cells_add_up_to_the_events_at_places_that_are_no_areas(
    atlas: Atlas, data: st.DataObject, zoom: int
) -> None:
    selection = data.draw(selections(atlas))
    events = [atlas.dataset.events[e] for e in expected(atlas, selection)]
    found = heat(atlas.store, selection, box=WORLD, zoom=zoom)
    drawn, sums = 0, 0
    for event in events:
        cells = set()
        for key in event.places:
            place = atlas.place(key)
            if not is_area(place):
                x, y = mercator(lat=place.lat, lon=place.lon)
                cells.add((int(x * found.across), int(y * found.across)))
        drawn += bool(cells)
        sums += len(cells)
    assert found.n == drawn
    assert found.n + found.n_left_out == sum(bool(event.places) for event in events)
    assert sum(n for *_, n in found.cells) == sums


@relaxed
@given(data=st.data(), zoom=st.integers(0, 18))
def test_heat_leaves_out_as_many_as_hexagons(atlas: Atlas, data: st.DataObject, zoom: int) -> None:
    selection = data.draw(selections(atlas))
    smeared, binned = (draw(atlas.store, selection, box=WORLD, zoom=zoom) for draw in (heat, hexagons))
    assert (smeared.n, smeared.n_left_out) == (binned.n, binned.n_left_out)


def test_what_is_told_vaguely_of_a_town_is_smeared_wider_than_it(atlas: Atlas) -> None:
    vague = [
        event for event in atlas.dataset.events.values()
        if (event.where_prec or 1) >= 3 and len(event.places) == 1 and not is_area(atlas.place(event.places[0]))
    ]  # fmt: skip
    assert vague
    found = heat(atlas.store, Selection(), box=WORLD, zoom=8)
    assert sum(n for *_, km, n in found.cells if km >= DISTRICT_KM) >= len(vague)


def test_what_is_known_only_to_the_town_is_smeared_over_it(atlas: Atlas) -> None:
    place = atlas.place("raqqa")
    around = Extent(south=place.lat - 0.01, west=place.lon - 0.01, north=place.lat + 0.01, east=place.lon + 0.01)
    found = heat(atlas.store, Selection(), box=snapped(around, 13), zoom=13)
    x, y = (int(v * found.across) for v in mercator(lat=place.lat, lon=place.lon))
    smeared = {km: n for cx, cy, km, n in found.cells if (cx, cy) == (x, y)}
    assert 0 < smeared[max(TOWN_KM, round(place.radius_km))] <= atlas.store.count(Selection(places=("raqqa",)))


def test_many_cells_become_fewer_and_wider_ones_with_the_same_events(
    atlas: Atlas, monkeypatch: pytest.MonkeyPatch
) -> None:
    fine = heat(atlas.store, Selection(), box=WORLD, zoom=5)
    monkeypatch.setattr("events.map.heat.MOST_CELLS", 5)
    coarse = heat(atlas.store, Selection(), box=WORLD, zoom=5)
    assert len(coarse.cells) <= 5 < len(fine.cells) <= MOST_CELLS
    assert sum(n for *_, n in coarse.cells) == sum(n for *_, n in fine.cells)
    assert coarse.n == fine.n


def test_a_town_outside_the_view_is_given_while_its_smear_reaches_in_and_is_not_counted(atlas: Atlas) -> None:
    place = atlas.place("raqqa")
    zoom = 13
    x, y = mercator(lat=place.lat, lon=place.lon)
    side = 512 / (256 * 2**zoom)
    km_px = 40_075 * 0.81 / (256 * 2**zoom)
    counts = {}
    for squares in range(1, 6):
        # The town lies so many squares west of the view, which is one square.
        west = (math.floor(x / side) + squares) * side
        north = math.floor(y / side) * side
        box = Box(west=west, north=north, east=west + side, south=north + side)
        found = heat(atlas.store, Selection(), box=box, zoom=zoom)
        away = (west - x) * 256 * 2**zoom
        column = int(x * found.across)
        counts[away] = sum(n for cx, _cy, km, n in found.cells if cx == column and km < DISTRICT_KM)
        inside = sum(n for cx, _cy, _km, n in found.cells if cx >= int(west * found.across))
        assert found.n <= inside
    reach = 3 * min(WIDEST_PX, max(TOWN_KM, place.radius_km) / 2 / km_px)
    assert all(bool(n) == (away <= reach) for away, n in counts.items() if abs(away - reach) > 16), (reach, counts)
    assert {bool(n) for n in counts.values()} == {True, False}
