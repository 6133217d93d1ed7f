"""ACLED's columns: what our coding becomes in them, and what cannot go in."""

from __future__ import annotations

import csv
import io
import zipfile

import pytest

from events import export
from events.atlas import Atlas
from events.export.acled_codes import COLUMNS, KINDS, disorder_type, inter, interaction
from events.model import OURS, SUB_EVENT_TYPES
from events.selection import Selection

ACLED = export.FORMATS["acled"]


@pytest.fixture(scope="module")
def rows(atlas: Atlas) -> dict[str, dict[str, str]]:
    out = io.BytesIO()
    ACLED.write(atlas, Selection(), out)
    return {row["event_id_cnty"]: row for row in csv.DictReader(io.StringIO(out.getvalue().decode("utf-8-sig")))}


def test_the_columns_are_the_31_in_order(rows: dict[str, dict[str, str]]) -> None:
    assert len(COLUMNS) == 31
    assert all(tuple(row) == COLUMNS for row in rows.values())


def test_precision_is_translated_and_what_is_too_coarse_is_left_out(
    atlas: Atlas, rows: dict[str, dict[str, str]]
) -> None:
    for event in atlas.dataset.events.values():
        fits = event.date_prec in (1, 2, 3, 4) and event.where_prec in (1, 2, 3, 4, 5)
        assert (event.id in rows) == fits
        if fits:
            assert int(rows[event.id]["time_precision"]) == {1: 1, 2: 2, 3: 2, 4: 3}[event.date_prec or 0]
            assert int(rows[event.id]["geo_precision"]) == {1: 1, 2: 2, 3: 3, 4: 3, 5: 3}[event.where_prec or 0]


def test_types_of_ours_become_other_and_are_named_in_the_tags(atlas: Atlas, rows: dict[str, dict[str, str]]) -> None:
    seen = 0
    for key, row in rows.items():
        ours = atlas.dataset.events[key].sub_event_type
        if ours in OURS:
            seen += 1
            assert (row["event_type"], row["sub_event_type"]) == ("Strategic developments", "Other")
            assert f"furat type: {ours}" in row["tags"].split("; ")
        else:
            assert row["sub_event_type"] == ours
            assert "furat type" not in row["tags"]
    assert seen


def test_fatalities_are_the_low_figure_and_absent_is_not_zero(atlas: Atlas, rows: dict[str, dict[str, str]]) -> None:
    for key, row in rows.items():
        low = atlas.dataset.events[key].fatalities_low
        assert row["fatalities"] == ("" if low is None else str(low))


def test_a_known_event(rows: dict[str, dict[str, str]]) -> None:
    row = rows["raqqa_assault_begins_2017_06_06"]
    assert (row["actor1"], row["assoc_actor_1"]) == ("Syrian Democratic Forces", "US-led coalition against IS")
    assert (row["actor2"], row["inter2"], row["interaction"]) == (
        "Islamic State",
        "Rebel group",
        "Rebel group-Rebel group",
    )
    assert (row["iso"], row["country"], row["region"], row["admin1"]) == ("760", "Syria", "Middle East", "Raqqa")
    assert (row["event_date"], row["disorder_type"]) == ("2017-06-06", "Political violence")


def test_attacks_on_civilians_say_so(atlas: Atlas, rows: dict[str, dict[str, str]]) -> None:
    marked = {key for key, row in rows.items() if row["civilian_targeting"]}
    assert {rows[key]["civilian_targeting"] for key in marked} == {"Civilian targeting"}
    for key in marked:
        assert atlas.dataset.events[key].event_type != "Battles"


def test_actors_of_a_fight_stand_on_two_sides(rows: dict[str, dict[str, str]]) -> None:
    for row in rows.values():
        if row["event_type"] == "Battles":
            assert row["actor1"]
            assert row["actor1"] != row["actor2"]


def test_a_state_is_external_outside_its_country(atlas: Atlas) -> None:
    iraq = atlas.actor("iraq")
    assert inter(iraq, "Battles", "iraq") == "State forces"
    assert inter(iraq, "Battles", "syria") == "External/Other forces"
    assert inter(atlas.actor("civilians"), "Protests", "syria") == "Protesters"


@pytest.mark.parametrize("first", KINDS)
@pytest.mark.parametrize("second", [*KINDS, ""])
def test_interaction_does_not_depend_on_who_stands_first(first: str, second: str) -> None:
    assert interaction(first, second) == interaction(second, first)
    if not second:
        assert interaction(first, second) == f"{first} only"


def test_civilians_come_last_with_external_forces() -> None:
    assert interaction("Civilians", "External/Other forces") == "External/Other forces-Civilians"
    assert interaction("Civilians", "Rebel group") == "Rebel group-Civilians"


def test_every_type_has_a_disorder() -> None:
    found = {sub: disorder_type(main, sub) for main, subs in SUB_EVENT_TYPES.items() for sub in subs}
    assert found["Mob violence"] == "Political violence"
    assert found["Violent demonstration"] == "Demonstrations"
    assert found["Excessive force against protesters"] == "Political violence; Demonstrations"
    assert found["Negotiation"] == "Strategic developments"


def test_the_download_is_the_table_with_its_readme(atlas: Atlas) -> None:
    out = io.BytesIO()
    written = export.pack(ACLED, atlas, Selection(), out)
    archive = zipfile.ZipFile(out)
    assert archive.namelist() == ["furat-events-acled.csv", "README.txt"]
    readme = archive.read("README.txt").decode()
    assert all(key in readme.replace("\n  ", " ") for omission in written.omitted.values() for key in omission.ids)
    assert all(column in readme for column in COLUMNS)


def test_the_same_events_make_the_same_download(atlas: Atlas) -> None:
    first, second = io.BytesIO(), io.BytesIO()
    export.pack(ACLED, atlas, Selection(), first)
    export.pack(ACLED, atlas, Selection(), second)
    assert first.getvalue() == second.getvalue()
