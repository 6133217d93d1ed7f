"""ACLED: its precision codes, who is a target, and the forms in which its files come."""

from __future__ import annotations

from datetime import date

import pytest

from tests.events.sources.conftest import ACLED, Stage, acled_row, csv_of


def test_a_battle(stage: Stage) -> None:
    result = stage(csv_of(ACLED, acled_row(1)))
    assert result.format == "acled"
    (row,) = result.rows
    assert row["source_id"] == "SYR1"
    assert row["actors"] == ["Islamic State (Syria)", "QSD: Syrian Democratic Forces", "Global Coalition", "YPG"]
    assert row["targets"] == []
    assert (row["date_start"], row["date_end"], row["date_prec"]) == (date(2017, 5, 16), date(2017, 5, 16), 1)
    assert [row[f"fatalities_{name}"] for name in ("low", "best", "high")] == [3, 3, None]
    assert (row["claimants"], row["publisher"]) == (["SOHR", "Invented Daily"], "SOHR; Invented Daily")
    assert row["note"] == "A made-up clash."
    assert not result.staged.issues


@pytest.mark.parametrize("day", ["2025-05-16", "16 May 2025", "16-May-2025", "16-May-25", "16/05/2025", "May 16, 2025"])
def test_days_as_its_exports_write_them(stage: Stage, day: str) -> None:
    (row,) = stage(csv_of(ACLED, acled_row(1, event_date=day))).rows
    assert row["date_start"] == date(2025, 5, 16)


@pytest.mark.parametrize(("theirs", "when", "where"), [(1, 1, 1), (2, 3, 2), (3, 4, 4)])
def test_precision_becomes_ours(stage: Stage, theirs: int, when: int, where: int) -> None:
    (row,) = stage(csv_of(ACLED, acled_row(1, time_precision=theirs, geo_precision=theirs))).rows
    assert (row["date_prec"], row["where_prec"]) == (when, where)


def test_headers_in_capitals_and_no_ids(stage: Stage) -> None:
    text = csv_of(ACLED[1:], acled_row(1), acled_row(1))
    head, rest = text.split("\n", 1)
    result = stage(head.upper() + "\n" + rest)
    assert result.format == "acled"
    assert [row["source_id"] for row in result.rows] == [None, None]


@pytest.mark.parametrize("civil", ["7", "Civilians", 7])
@pytest.mark.parametrize("targeting", ["Civilians targeted", "Civilian targeting"])
def test_civilians_are_the_target_wherever_they_stand(stage: Stage, civil: object, targeting: str) -> None:
    attack = {"event_type": "Violence against civilians", "sub_event_type": "Attack", "civilian_targeting": targeting}
    people = "Civilians (Syria)"
    second = acled_row(1, actor2=people, inter2=civil, assoc_actor_2="Women (Syria)", **attack)
    first = acled_row(
        2, actor1=people, inter1=civil, actor2="Unidentified Armed Group", assoc_actor_2="", inter2=3, **attack
    )
    rows = stage(csv_of(ACLED, second, first)).rows
    assert (rows[0]["actors"], rows[0]["targets"]) == (["Islamic State (Syria)"], [people, "Women (Syria)"])
    assert (rows[1]["actors"], rows[1]["targets"]) == (["Unidentified Armed Group"], [people])


def test_protesters_met_with_force_are_its_target(stage: Stage) -> None:
    protest = {"event_type": "Protests", "actor1": "Protesters (Syria)", "inter1": "Protesters", "assoc_actor_2": "",
               "actor2": "Police Forces", "inter2": "State forces"}  # fmt: skip
    rows = stage(csv_of(
        ACLED, acled_row(1, sub_event_type="Excessive force against protesters", **protest),
        acled_row(2, sub_event_type="Peaceful protest", **(protest | {"actor2": "", "inter2": ""})),
    )).rows  # fmt: skip
    assert (rows[0]["actors"], rows[0]["targets"]) == (["Police Forces"], ["Protesters (Syria)"])
    assert (rows[1]["actors"], rows[1]["targets"]) == (["Protesters (Syria)"], [])


@pytest.mark.parametrize(
    ("event", "sub", "becomes"),
    [
        ("BATTLES", "ARMED CLASH", "Armed clash"),
        ("Battle-Government regains territory", "", "Government regains territory"),
        ("Battle-Non-state actors overtake territory", "", "Non-state actor overtakes territory"),
        ("Remote violence", "", "Shelling/artillery/missile attack"),
        ("Strategic development", "", "Change to group/activity"),
    ],
)
def test_capitals_and_older_spellings_of_types(stage: Stage, event: str, sub: str, becomes: str) -> None:
    result = stage(csv_of(ACLED, acled_row(1, event_type=event, sub_event_type=sub)))
    assert result.rows[0]["sub_event_type"] == becomes
    assert not result.staged.issues


def test_riots_and_protests_of_one_type_are_told_by_who_took_part(stage: Stage) -> None:
    both = {"event_type": "Riots/Protests", "sub_event_type": "", "assoc_actor_1": "", "actor2": "", "inter2": 0}
    crowds = (("Protesters (Syria)", 6), ("Protesters (Syria)", ""), ("Rioters (Syria)", 5))
    rows = [acled_row(n, actor1=who, inter1=kind, **both) for n, (who, kind) in enumerate(crowds)]
    assert [(row["event_type"], row["sub_event_type"]) for row in stage(csv_of(ACLED, *rows)).rows] == [
        ("Protests", "Peaceful protest"), ("Protests", "Peaceful protest"), ("Riots", "Violent demonstration"),
    ]  # fmt: skip


def test_an_unknown_type_is_kept_as_other_and_told(stage: Stage) -> None:
    result = stage(csv_of(ACLED, acled_row(1, event_type="Weather", sub_event_type="Rain")))
    assert result.rows[0]["sub_event_type"] == "Other"
    assert result.faults() == [(2, "sub_event_type", "Weather / Rain")]


def test_a_place_without_coordinates_is_located_by_its_name(stage: Stage) -> None:
    result = stage(csv_of(ACLED, acled_row(1, latitude="", longitude="", location="Al-Mayadin", admin1="Deir-ez-Zor")))
    (row,) = result.rows
    assert row["place"] == "mayadin"
    assert abs(row["lat"] - 35.02) < 0.05
    assert result.staged.located == 1
