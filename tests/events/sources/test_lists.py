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
