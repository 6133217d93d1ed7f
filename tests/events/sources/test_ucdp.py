"""UCDP GED keeps its codes, figures, sources, and whatever else it says."""

from __future__ import annotations

from datetime import date

import pytest

from tests.events.sources.conftest import UCDP, Stage, csv_of, ucdp_row


def test_a_clash_names_both_sides_and_keeps_codes_and_figures(stage: Stage) -> None:
    result = stage(csv_of(UCDP, ucdp_row(7)))
    assert result.format == "ucdp"
    (row,) = result.rows
    assert (row["source_id"], row["record"], row["line"]) == ("7", 1, 2)
    assert (row["event_type"], row["sub_event_type"]) == ("Battles", "Armed clash")
    assert (row["actors"], row["targets"]) == (["Government of Syria", "Syrian insurgents"], [])
    assert (row["date_start"], row["date_end"], row["date_prec"]) == (date(2016, 3, 4), date(2016, 3, 5), 2)
    assert (row["lat"], row["lon"], row["where_prec"], row["place"]) == (35.95, 39.01, 2, None)
    figures = ("fatalities_low", "fatalities_best", "fatalities_high", "civilians")
    assert [row[name] for name in figures] == [3, 4, 9, 1]
    assert (row["publisher"], row["claimants"]) == ("SOHR; Airwars", ["SOHR", "police"])
    assert not result.staged.issues


def test_one_sided_violence_is_an_attack_by_side_a_on_side_b(stage: Stage) -> None:
    (row,) = stage(csv_of(UCDP, ucdp_row(1, type_of_violence=3, side_a="IS", side_b="Civilians"))).rows
    assert (row["event_type"], row["sub_event_type"]) == ("Violence against civilians", "Attack")
    assert (row["actors"], row["targets"]) == (["IS"], ["Civilians"])


@pytest.mark.parametrize(
    ("label", "event"),
    [("State", "Battles"), ("state-based conflict", "Battles"), ("Non-State", "Battles"),
     ("One-Sided", "Violence against civilians"), ("one-sided violence", "Violence against civilians")],
)  # fmt: skip
def test_a_type_of_violence_may_stand_as_its_meaning(stage: Stage, label: str, event: str) -> None:
    result = stage(csv_of(UCDP, ucdp_row(1, type_of_violence=label)))
    assert (result.rows[0]["event_type"], result.staged.issues) == (event, ())


def test_a_selection_of_columns_may_name_the_pair_only(stage: Stage) -> None:
    few = ("id", "type_of_violence", "dyad_name", "date_start", "latitude", "longitude", "best")
    one_sided = ucdp_row(2, type_of_violence=3, dyad_name="IS - Civilians")
    result = stage(csv_of(few, ucdp_row(1, dyad_name="Government of Syria - Syrian insurgents"), one_sided))
    assert result.format == "ucdp"
    assert [(row["actors"], row["targets"]) for row in result.rows] == [
        (["Government of Syria", "Syrian insurgents"], []), (["IS"], ["Civilians"]),
    ]  # fmt: skip


def test_allies_on_one_side_are_parties_of_their_own(stage: Stage) -> None:
    row = ucdp_row(1, side_a="Ahrar, Front (north, south), Army", side_b="IS")
    assert stage(csv_of(UCDP, row)).rows[0]["actors"] == ["Ahrar", "Front (north, south)", "Army", "IS"]


def test_a_party_on_both_sides_is_named_once(stage: Stage) -> None:
    row = ucdp_row(1, side_a="Ahrar, Army", side_b="Army, IS")
    assert stage(csv_of(UCDP, row)).rows[0]["actors"] == ["Ahrar", "Army", "IS"]


def test_nothing_of_a_row_is_lost(stage: Stage) -> None:
    header = (*UCDP, "gwnoa", 'my column\'s "odd" name')
    (row,) = stage(csv_of(header, ucdp_row(1, gwnoa="652") | {header[-1]: "kept"})).rows
    original = row["original"]
    assert list(original) == list(header)
    assert original["gwnoa"] == "652"
    assert original[header[-1]] == "kept"
    assert original["source_office"] == "SOHR;SOHR;Airwars"


@pytest.mark.parametrize(
    ("new", "old"), [("best", "best_est"), ("side_a", "sidea"), ("date_start", "Date_Start"), ("latitude", "LATITUDE")]
)
def test_releases_differ_in_names_order_and_capitals(stage: Stage, new: str, old: str) -> None:
    header = tuple(reversed([old if name == new else name for name in UCDP]))
    result = stage(csv_of(header, {old if k == new else k: v for k, v in ucdp_row(1).items()}))
    assert result.format == "ucdp"
    assert result.rows[0]["fatalities_best"] == 4
    assert result.rows[0]["lat"] == 35.95
    assert result.rows[0]["actors"]


def test_days_with_a_clock_as_newer_releases_have_them(stage: Stage) -> None:
    (row,) = stage(csv_of(UCDP, ucdp_row(1, date_start="2016-03-04 00:00:00.000"))).rows
    assert row["date_start"] == date(2016, 3, 4)


def test_figures_out_of_order_are_told_and_the_row_kept_as_it_is(stage: Stage) -> None:
    result = stage(csv_of(UCDP, ucdp_row(1, low=5, best=4)))
    assert (result.rows[0]["fatalities_low"], result.rows[0]["fatalities_best"]) == (5, 4)
    assert result.faults() == [(2, "best", "4")]


def test_an_empty_figure_is_not_said_and_zero_is_zero(stage: Stage) -> None:
    (row,) = stage(csv_of(UCDP, ucdp_row(1, deaths_civilians="", low=0))).rows
    assert (row["civilians"], row["fatalities_low"]) == (None, 0)


@pytest.mark.parametrize(
    ("column", "value"),
    [
        ("date_start", "2016-03-99"), ("date_start", "9999-01-01"), ("date_start", "0000-00-00"), ("date_start", ""),
        ("date_end", "2016-03-01"), ("date_end", "2016-02-30"), ("longitude", "4239.00416"), ("latitude", "abc"),
        ("latitude", "-91"), ("type_of_violence", "4"), ("type_of_violence", ""), ("where_prec", "8"),
        ("date_prec", "0"), ("best", "many"), ("best", "-3"), ("low", "1.5"),
    ],
)  # fmt: skip
def test_a_value_that_cannot_be_right_leaves_its_row_out_and_no_other(stage: Stage, column: str, value: str) -> None:
    result = stage(csv_of(UCDP, ucdp_row(1), ucdp_row(2, **{column: value}), ucdp_row(3)))
    assert [row["source_id"] for row in result.rows] == ["1", "3"]
    assert (3, column, value) in result.faults()
    assert {issue.line for issue in result.staged.issues} == {3}
    assert result.staged.rows == 3


def test_swapped_coordinates_are_told_by_the_country(stage: Stage) -> None:
    result = stage(csv_of(UCDP, ucdp_row(1), ucdp_row(2, latitude=38.9, longitude=34.6, country="Jordan"),
                          ucdp_row(3, latitude=44.4, longitude=33.3, country="Iraq")))  # fmt: skip
    assert [row["source_id"] for row in result.rows] == ["1", "2"]
    assert "swapped" in result.staged.issues[0].reason
    assert result.faults() == [(4, "latitude", "44.4, 33.3")]


def test_of_rows_with_one_id_the_first_gets_in(stage: Stage) -> None:
    result = stage(csv_of(UCDP, ucdp_row(5), ucdp_row(6), ucdp_row(5, best=99, high=100)))
    assert [(row["source_id"], row["fatalities_best"]) for row in result.rows] == [("5", 4), ("6", 4)]
    assert result.faults() == [(4, "id", "5")]
    assert "line 2" in result.staged.issues[0].reason
