"""Lists of strikes, deaths and attacks as people keep and export them, invented row by row."""

from __future__ import annotations

import pytest

from tests.events.sources.conftest import Stage


def days(result) -> list[str]:
    return [str(row["date_start"]) for row in result.rows]


@pytest.mark.parametrize(
    ("cell", "day"),
    [
        ("3/16/17", "2017-03-16"), ("3/11/17 12:00 AM", "2017-03-11"), ("11/3/17", "2017-11-03"),
        ("March 17, 2017, 8:59 p.m.", "2017-03-17"), ("March 17, 2017, 1 a.m.", "2017-03-17"),
        ("March 17, 2017, noon", "2017-03-17"),
    ],
)  # fmt: skip
def test_days_of_american_spreadsheets_and_of_django(stage: Stage, cell: str, day: str) -> None:
    result = stage(f'date,place,added on\n"{cell}",Raqqa,3/31/17\n')
    assert (days(result), result.faults()) == ([day], [])


@pytest.mark.parametrize("code", ["-7", "-77", "-88", "-99.0", "-999", "-8888"])
def test_codes_of_missing_figures_are_no_figures(stage: Stage, code: str) -> None:
    result = stage(f"date,place,killed\n2017-06-03,Raqqa,{code}\n")
    assert ([row["fatalities_best"] for row in result.rows], result.faults()) == ([None], [])
    assert stage("date,place,killed\n2017-06-03,Raqqa,-4\n2017-06-03,Raqqa,1\n").faults() == [(2, "killed", "-4")]


def where(result) -> list[tuple[str | None, int | None]]:
    return [(row["place"], row["where_prec"]) for row in result.rows]


def test_a_place_in_an_area_that_nobody_knows_is_not_taken_for_a_namesake_elsewhere(stage: Stage) -> None:
    result = stage("Date,Governorate,District,Area,Target\n26/03/2015,Zubayda,Bani Zubayd,Kafr Zita,Farm\n"
                   "27/03/2015,Zubayda,Al-Bab,-,Farm\n28/03/2015,Hama,Bani Zubayd,Kafr Zita,Farm\n"
                   "29/03/2015,Taiz,Bani Zubayd,Kafr Zita,Farm\n")  # fmt: skip
    assert [row[0] for row in where(result)] == [None, None, "gn_168620", None]
    assert [line for line, column, _ in result.faults() if column == "Area"] == [2, 3, 5]
    assert "no area 'Bani Zubayd'" in result.staged.issues[0].reason


@pytest.mark.parametrize(
    "name",
    ["near Raqqa", "Vicinity of Raqqa", "northwest of Raqqa", "Raqqa outskirts", "بالقرب من الرقة", "شمال شرق الرقة"],
)
def test_a_place_near_another_is_known_to_about_25_km(stage: Stage, name: str) -> None:
    assert where(stage(f"date,place\n2017-06-03,{name}\n2017-06-03,East Ghouta\n"))[0] == ("raqqa", 2)


@pytest.mark.parametrize("area", ["Damascus Suburbs", "Northwest Syria", "Kobani Canton", "شمال سوريا"])
def test_an_area_of_no_gazetteer_that_names_a_country_or_a_city_says_where_to_look(stage: Stage, area: str) -> None:
    assert where(stage(f"date,province,place\n2017-06-03,{area},Raqqa\n"))[0][0] == "raqqa"
