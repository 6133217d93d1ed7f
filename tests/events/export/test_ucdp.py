"""UCDP GED's columns: what our coding becomes in them, and what cannot go in."""

from __future__ import annotations

import csv
import io

import pytest
import shapely
from hypothesis import given
from hypothesis import strategies as st

from events import export
from events.atlas import Atlas
from events.export.ucdp import COLUMNS, number_of, priogrid_gid
from events.selection import Selection

UCDP = export.FORMATS["ucdp"]


@pytest.fixture(scope="module")
def rows(atlas: Atlas) -> dict[str, dict[str, str]]:
    out = io.BytesIO()
    UCDP.write(atlas, Selection(), out)
    return {row["relid"]: row for row in csv.DictReader(io.StringIO(out.getvalue().decode("utf-8-sig")))}


def test_the_columns_are_the_49_in_order(rows: dict[str, dict[str, str]]) -> None:
    assert len(COLUMNS) == len(set(COLUMNS)) == 49
    assert all(tuple(row) == COLUMNS for row in rows.values())


def test_only_violence_between_two_known_parties_goes_in(atlas: Atlas, rows: dict[str, dict[str, str]]) -> None:
    for event in atlas.dataset.events.values():
        violent = event.event_type in ("Battles", "Explosions/Remote violence", "Violence against civilians")
        pair = event.actors and len({*event.actors, *event.targets}) > 1
        assert (event.id in rows) == bool(violent and pair and event.date_start and event.places)


def test_days_precision_and_deaths_are_as_coded(atlas: Atlas, rows: dict[str, dict[str, str]]) -> None:
    def text(value: object) -> str:
        return "" if value is None else str(value)

    for key, row in rows.items():
        event = atlas.dataset.events[key]
        assert (row["date_start"], row["date_end"]) == (str(event.date_start), str(event.date_end))
        assert (row["date_prec"], row["where_prec"]) == (str(event.date_prec), str(event.where_prec))
        assert row["low"] == text(event.fatalities_low)
        assert row["best"] == text(event.fatalities_best)
        assert row["high"] == text(event.fatalities_high)
        assert row["deaths_civilians"] == text(event.civilians)
        if event.fatalities_best is not None:
            assert int(row["deaths_civilians"] or 0) + int(row["deaths_unknown"]) == event.fatalities_best


def test_the_kind_of_violence_follows_from_the_parties(rows: dict[str, dict[str, str]]) -> None:
    assert rows["raqqa_mishlab_captured_2017_06_09"]["type_of_violence"] == "2"
    for row in rows.values():
        if row["type_of_violence"] == "3":
            assert "Civilians" in (row["side_a"] + row["side_b"])
        if row["type_of_violence"] == "1" and row["side_b"].startswith("Syrian government"):
            pytest.fail("a state-based conflict has the state as side a")


def test_the_syrian_government_has_its_number(rows: dict[str, dict[str, str]]) -> None:
    states = {row["gwnoa"] for row in rows.values() if row["side_a"].startswith("Syrian government")}
    assert states == {"652"}
    assert {row["country_id"] for row in rows.values()} == {"652"}
    assert {row["region"] for row in rows.values()} == {"Middle East"}


def test_the_point_is_the_same_in_every_spelling(rows: dict[str, dict[str, str]]) -> None:
    for row in rows.values():
        point = shapely.from_wkt(row["geom_wkt"])
        assert (point.x, point.y) == (float(row["longitude"]), float(row["latitude"]))


@pytest.mark.parametrize(
    ("lat", "lon", "gid"),
    [
        # As UCDP GED itself gives them.
        (34.802462, 36.707602, 179714),
        (35.688342, 36.449962, 181153),
        # The corners of the grid.
        (-90.0, -180.0, 1),
        (90.0, 180.0, 259200),
    ],
)
def test_priogrid_cells_are_counted_from_the_south_west(lat: float, lon: float, gid: int) -> None:
    assert priogrid_gid(lat=lat, lon=lon) == gid


@given(lat=st.floats(-90, 90), lon=st.floats(-180, 180))
def test_every_point_lies_in_a_cell(lat: float, lon: float) -> None:
    assert 1 <= priogrid_gid(lat=lat, lon=lon) <= 259_200


def test_ids_of_ours_are_numbers_that_stay_and_ids_of_theirs_come_back(atlas: Atlas) -> None:
    numbers = {number_of(key) for key in atlas.dataset.events}
    assert len(numbers) == len(atlas.dataset.events)
    assert all(10**9 <= number < 2**53 for number in numbers)
    assert number_of("ucdp:214797") == 214797
    assert number_of("ucdp:x") >= 10**9


def test_the_readme_names_every_column_and_every_event_left_out(atlas: Atlas) -> None:
    written = UCDP.write(atlas, Selection(), io.BytesIO())
    assert UCDP.readme is not None
    readme = " ".join(UCDP.readme(atlas, Selection(), written).split())
    assert all(column in readme for column in COLUMNS)
    assert all(key in readme for omission in written.omitted.values() for key in omission.ids)
