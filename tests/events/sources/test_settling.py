"""What a header leaves open, the first rows tell; forms and lists that people keep."""

from __future__ import annotations

import pytest

from tests.events.sources.conftest import Stage


def mapped(result, *fields: str) -> tuple[str | None, ...]:
    return tuple(result.mapping.get(field) for field in fields)


def test_the_hour_in_which_a_form_was_filled_in_is_not_the_day_of_the_event(stage: Stage) -> None:
    result = stage(
        "Timestamp,Date of the incident,Where did it happen?,How many people were killed?,Who is responsible?\n"
        "6/15/2017 10:11:12,6/13/2017,Raqqa,at least 4,Someone\n"
    )
    (row,) = result.rows
    assert (str(row["date_start"]), row["fatalities_low"], row["actors"]) == ("2017-06-13", 4, ["Someone"])


def test_columns_of_a_form_s_groups_are_known_by_their_own_names(stage: Stage) -> None:
    result = stage(
        "start,end,a/date_incident,a/incident_type,b/_gps_latitude,b/_gps_longitude,c/killed,_id\n"
        "2017-06-05T10:11:12.123+03:00,2017-06-05T10:15:12.123+03:00,2017-06-03,airstrike,35.95,39.01,3,1\n"
    )
    (row,) = result.rows
    assert (str(row["date_start"]), row["sub_event_type"], row["fatalities_best"]) == (
        "2017-06-03", "Air/drone strike", 3,
    )  # fmt: skip
    assert mapped(stage("date,place,Injured/Killed,City/Town\n2017-06-03,Raqqa,9,x\n"), "fatalities") == (None,)


@pytest.mark.parametrize(
    ("header", "field"),
    [
        ("Min Civilians Killed", "fatalities_low"), ("Max. civilian deaths", "fatalities_high"),
        ("Maximum number of deaths", "fatalities_high"), ("Number of people killed", "fatalities"),
        ("Total deaths reported", "fatalities"), ("Min children killed", None), ("belligerent_deaths", None),
        ("Nombre de morts", "fatalities"), ("Ölü sayısı", "fatalities"), ("Число погибших", "fatalities"),
        ("Kuştî", "fatalities"), ("کوژراو", "fatalities"), ("Suspected perpetrators", "actors"),
        ("Auteur présumé", "actors"), ("سبب الاستشهاد", "event_type"), ("شوێن", "place"),
    ],
)  # fmt: skip
def test_headers_of_many_kinds(stage: Stage, header: str, field: str | None) -> None:
    found = stage(f"date,title,{header}\n2017-06-03,x,3\n2017-06-04,y,z\n").mapping
    assert next((name for name, column in found.items() if column == header), None) == field


@pytest.mark.parametrize(
    "header", ["التاريخ الهجري,التاريخ الميلادي", "التاريخ,الموافق", "التاريخ الميلادي,التاريخ الهجري"]
)
def test_of_a_hijri_and_a_gregorian_column_the_gregorian_counts(stage: Stage, header: str) -> None:
    days = ["25/02/1439", "14/11/2017"]
    row = ",".join(reversed(days) if header.startswith("التاريخ الميلادي") else days)
    result = stage(f"{header},المكان\n{row},الأتارب\n")
    assert [str(row["date_start"]) for row in result.rows] == ["2017-11-14"]


def test_a_column_of_codes_that_repeat_is_no_id(stage: Stage) -> None:
    rows = [f"2017-06-0{n},Raqqa,{code}" for n, code in enumerate(("SY11", "SY11", "SY11", "SY02"), start=1)]
    result = stage("\n".join(["Date,Place,Code", *rows, ""]))
    assert (len(result.rows), mapped(result, "id"), result.staged.issues) == (4, (None,), ())
    # A few that repeat are repeated events.
    result = stage("\n".join(["Date,Place,Code", "2017-06-01,Raqqa,1", *(f"{row}{n}" for n, row in enumerate(rows)),
                              "2017-06-01,Raqqa,1", ""]))  # fmt: skip
    assert (len(result.rows), mapped(result, "id")) == (5, ("Code",))


def test_a_number_is_nobody_s_name(stage: Stage) -> None:
    (row,) = stage("Date,Place,Victims\n2017-06-03,Raqqa,3\n").rows
    assert row["targets"] == []


def test_what_one_might_expect_to_be_read_and_is_not_is_told(stage: Stage) -> None:
    grid = stage("date,MGRS,type\n2017-06-03,37S DV 10000 80000,airstrike\n")
    assert [(column, "degrees" in issue.reason) for issue in grid.staged.issues if (column := issue.column)] == [
        ("MGRS", True)
    ]
    assert not stage("date,MGRS,lat,lon\n2017-06-03,37S DV 10000 80000,35.95,39\n").staged.issues
    people = stage("Name,Date of death,Province\nA,2014-03-05,Aleppo\nB,2014-03-05,Aleppo\n")
    assert [(issue.column, "one person" in issue.reason) for issue in people.staged.issues] == [("Date of death", True)]
    assert [row["fatalities_best"] for row in people.rows] == [None, None]
    assert not stage("Date of death,Place,Killed\n2014-03-05,Raqqa,2\n").staged.issues
