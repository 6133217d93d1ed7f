"""GDELT 2 events: no header, 61 columns, words and deeds by CAMEO."""

from __future__ import annotations

import pytest

from events.model import SUB_EVENT_TYPES
from events.sources.codes import cameo
from events.sources.errors import SourceError
from events.sources.headerless import gdelt_columns
from tests.events.sources.conftest import Stage

COLUMNS = gdelt_columns()


def line(number: int, **other: object) -> str:
    cells = {
        "GLOBALEVENTID": number, "SQLDATE": 20171012, "EventCode": "190", "Actor1Name": "SYRIA", "Actor1Code": "SYR",
        "Actor2Name": "REBEL \"X\"", "ActionGeo_Type": 4, "ActionGeo_FullName": "Raqqa, Ar Raqqah, Syria",
        "ActionGeo_Lat": 35.95, "ActionGeo_Long": 39.01, "DATEADDED": 20171013101500,
        "SOURCEURL": "https://www.example.org/a?b",
    } | other  # fmt: skip
    return "\t".join(str(cells.get(name, "")) for name in COLUMNS)


def test_it_is_known_by_its_shape(stage: Stage) -> None:
    result = stage("\n".join([line(1), line(2)]) + "\n")
    assert result.format == "gdelt"
    row = result.rows[0]
    assert (row["source_id"], row["line"], row["sub_event_type"]) == ("1", 1, "Armed clash")
    assert row["actors"] == ["SYRIA", 'REBEL "X"']
    assert (str(row["date_start"]), row["date_prec"], row["where_prec"]) == ("2017-10-12", 1, 2)
    assert (row["publisher"], row["url"]) == ("example.org", "https://www.example.org/a?b")
    assert row["fatalities_best"] is None


@pytest.mark.parametrize(
    ("code", "actor", "sub"),
    [("1831", "", "Suicide bomb"), ("1823", "", "Attack"), ("192", "GOV", "Government regains territory"),
     ("192", "REB", "Non-state actor overtakes territory"), ("043", "", "Negotiation"), ("010", "", "Statement")],
)  # fmt: skip
def test_the_longest_known_code_decides(stage: Stage, code: str, actor: str, sub: str) -> None:
    assert stage(line(1, EventCode=code, Actor1Type1Code=actor)).rows[0]["sub_event_type"] == sub


@pytest.mark.parametrize(
    ("code", "was", "sub"),
    [("20", "020", "Statement"), ("80", "080", "Other"), ("871", "0871", "Agreement"), ("190", "190", "Armed clash"),
     ("203", "203", "Attack"), ("1823", "1823", "Attack")],
)  # fmt: skip
def test_a_zero_lost_in_a_spreadsheet_is_put_back(stage: Stage, code: str, was: str, sub: str) -> None:
    (row,) = stage(line(1, EventCode=code)).rows
    assert (row["sub_event_type"], row["note"]) == (sub, f"CAMEO {was}.")


@pytest.mark.parametrize(("theirs", "ours"), [(1, 6), (2, 4), (3, 2), (4, 2), (5, 4)])
def test_kinds_of_place(stage: Stage, theirs: int, ours: int) -> None:
    assert stage(line(1, ActionGeo_Type=theirs)).rows[0]["where_prec"] == ours


def test_points_of_its_gazetteer_are_never_turned_round(stage: Stage) -> None:
    ankara = {"ActionGeo_FullName": "Ankara, Ankara, Turkey", "ActionGeo_Lat": 39.9272, "ActionGeo_Long": 32.8644}
    assert not stage("\n".join([line(1), line(2, **ankara)]) + "\n").staged.issues


def test_no_kind_of_space_is_part_of_a_name(stage: Stage) -> None:
    assert stage(line(1, Actor1Name="\x0bSYRIA", Actor2Name="IRAQ\u2003")).rows[0]["actors"] == ["SYRIA", "IRAQ"]


def test_no_place_no_actor_and_a_bad_day(stage: Stage) -> None:
    bare = {"Actor1Name": "", "Actor1Code": "", "Actor2Name": "", "ActionGeo_Lat": "", "ActionGeo_Long": "",
            "ActionGeo_Type": 0, "ActionGeo_FullName": ""}  # fmt: skip
    result = stage("\n".join([line(1, **bare), line(2, SQLDATE=20171399), line(3), "1\t2"]))
    assert [row["source_id"] for row in result.rows] == ["1", "3"]
    first = result.rows[0]
    assert (first["actors"], first["lat"], first["where_prec"]) == ([], None, None)
    assert [issue.line for issue in result.staged.issues] == [2, 4]


def test_the_same_with_a_header(stage: Stage) -> None:
    result = stage("\t".join(COLUMNS) + "\n" + line(1) + "\n")
    assert (result.format, [row["source_id"] for row in result.rows]) == ("gdelt", ["1"])


def test_selected_columns_under_names_of_their_own(stage: Stage) -> None:
    result = stage(",Global_Event_ID,Day,YYYYMM,Actor_1_Name,Event_Code\n0,7,20171012,201710,SYRIA,190\n")
    assert (result.format, [str(row["date_start"]) for row in result.rows]) == ("gdelt", ["2017-10-12"])


def test_events_without_their_day_are_no_sums(stage: Stage) -> None:
    with pytest.raises(SourceError, match="No column says when"):
        stage("GLOBALEVENTID,MonthYear,QuadClass,GoldsteinScale,SOURCEURL\n7,201710,4,-10,https://a.example/b\n")


def test_the_table_of_codes_knows_every_root_and_our_types_only() -> None:
    ours = {sub for subs in SUB_EVENT_TYPES.values() for sub in subs}
    assert {f"{root:02}" for root in range(1, 21)} <= set(cameo())
    for row in cameo().values():
        assert {row["sub_event_type"], row["of_a_state"] or "Other"} <= ours
        assert row["parties"] in ("both", "sided")
