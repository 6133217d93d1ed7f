"""Anybody's spreadsheet: headers in any script, names for places, figures in words."""

from __future__ import annotations

from datetime import date, datetime
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
import shapely

from events.sources.columns import header_key
from events.sources.errors import SourceError
from events.sources.source import open_source
from tests.events.sources.conftest import Stage


def test_an_arabic_header(stage: Stage) -> None:
    result = stage(
        "التاريخ;المكان;المحافظة;نوع الحدث;الفاعل;عدد القتلى;المصدر;ملاحظات\n"
        "١٢ تشرين الأول ٢٠١٧;الميادين;دير الزور;غارة جوية;التحالف، روسيا;٥-٧;مرصد مخترع;كلام\n"
    )
    assert result.format == "table"
    (row,) = result.rows
    assert (row["date_start"], row["date_prec"]) == (date(2017, 10, 12), 1)
    assert (row["place"], row["where_prec"], row["place_name"]) == ("mayadin", 1, "الميادين")
    assert (row["event_type"], row["sub_event_type"]) == ("Explosions/Remote violence", "Air/drone strike")
    assert row["actors"] == ["التحالف", "روسيا"]
    assert [row[f"fatalities_{name}"] for name in ("low", "best", "high")] == [5, None, 7]
    assert row["claimants"] == ["مرصد مخترع"]
    assert "mayadin" in row["note"]
    assert not result.staged.issues


def test_english_synonyms_and_a_name_with_its_bracket(stage: Stage) -> None:
    result = stage(
        "Incident Date,City/Town,Latitude (WGS84),LONGITUDE,Type of event,Killed,Perpetrator,Link,Nonsense\n"
        "3 May 2017,x,35.1,40.2,airstrike,at least 3,Someone,https://example.org/x,y\n"
    )
    assert {field: result.mapping[field] for field in ("date", "lat", "lon", "fatalities", "actors", "url")} == {
        "date": "Incident Date", "lat": "Latitude (WGS84)", "lon": "LONGITUDE", "fatalities": "Killed",
        "actors": "Perpetrator", "url": "Link",
    }  # fmt: skip
    assert "Nonsense" not in result.mapping.values()
    assert (result.rows[0]["fatalities_low"], result.rows[0]["fatalities_best"]) == (3, None)


def test_hxl_tags_tell_what_a_header_does_not(stage: Stage) -> None:
    result = stage("a,b,c,d\n#date+occurred,#geo+lat,#geo+lon,#affected+killed+f\n2017-01-02,35,40,2\n")
    assert result.mapping == {"date": "a", "lat": "b", "lon": "c", "fatalities": "d"}
    assert [(row["record"], row["lat"]) for row in result.rows] == [(2, 35.0)]


def test_a_person_s_mapping_goes_before_the_guess(stage: Stage) -> None:
    text = "Tag,date,lat,lon\n2017-05-01,2020-01-01,35,40\n"
    assert str(stage(text, mapping={"date": "Tag"}).rows[0]["date_start"]) == "2017-05-01"
    assert stage(text, mapping={"lat": "", "title": "Tag"}).rows[0]["lat"] is None
    for wrong in ({"date": "Tagg"}, {"when": "Tag"}):
        with pytest.raises(SourceError, match="Tag|field"):
            stage(text, mapping=wrong)


@pytest.mark.parametrize(
    ("cell", "lat", "lon"),
    [
        ("35.5, 40.25", 35.5, 40.25),
        ("35°30'N 40°15'E", 35.5, 40.25),
        ("POINT (40.25 35.5)", 35.5, 40.25),
        ("40.25E 35.5N", 35.5, 40.25),
    ],
)
def test_one_column_of_coordinates(stage: Stage, cell: str, lat: float, lon: float) -> None:
    (row,) = stage(f'date,coordinates\n2017-01-02,"{cell}"\n').rows
    assert (row["lat"], row["lon"], row["where_prec"]) == (lat, lon, 1)


@pytest.mark.parametrize("cell", ["35,5", "35° 30' 0\" N", "N 35.5", "٣٥٫٥", " 35.5 ", "35 30 00"])
def test_latitudes_as_people_write_them(stage: Stage, cell: str) -> None:
    (row,) = stage(f"date;lat;lon\n2017-01-02;{cell};40\n").rows
    assert row["lat"] == 35.5


def test_the_order_of_day_and_month_is_told_by_the_column(stage: Stage) -> None:
    month_first = stage("date,place\n5/6/2017,Raqqa\n5/30/2017,Raqqa\n")
    assert [str(row["date_start"]) for row in month_first.rows] == ["2017-05-06", "2017-05-30"]
    untold = stage("date,place\n5/6/2017,Raqqa\n")
    assert str(untold.rows[0]["date_start"]) == "2017-06-05"
    assert "day or the month" in untold.staged.issues[0].reason


@pytest.mark.parametrize(
    ("cell", "first", "last", "prec"),
    [
        ("May 2017", "2017-05-01", "2017-05-31", 4),
        ("2017", "2017-01-01", "2017-12-31", 5),
        ("2017-05-03 - 2017-05-05", "2017-05-03", "2017-05-05", 2),
        ("3-5 May 2017", "2017-05-03", "2017-05-05", 2),
    ],
)
def test_spans_of_days(stage: Stage, cell: str, first: str, last: str, prec: int) -> None:
    (row,) = stage(f"date,place\n{cell},Raqqa\n").rows
    assert (str(row["date_start"]), str(row["date_end"]), row["date_prec"]) == (first, last, prec)


def test_a_row_without_a_day_is_kept_undated_and_told(stage: Stage) -> None:
    result = stage("date,place,notes\n,Raqqa,x\n2017-01-01,Raqqa,y\n")
    assert [row["date_start"] for row in result.rows] == [None, date(2017, 1, 1)]
    assert [row["date_prec"] for row in result.rows] == [None, 1]
    assert [issue.line for issue in result.staged.issues] == [2]


def test_an_unclear_or_unknown_name_keeps_its_row_without_a_place(stage: Stage) -> None:
    result = stage("date,place\n2017-01-01,الصالحية\n2017-01-01,Qwxyzville\n2017-01-01,Raqqa\n")
    assert [row["place"] for row in result.rows] == [None, None, "raqqa"]
    assert [row["place_name"] for row in result.rows] == ["الصالحية", "Qwxyzville", "Raqqa"]
    assert [row["where_prec"] for row in result.rows] == [None, None, 1]
    assert [(line, column) for line, column, _ in result.faults()] == [(2, "place"), (3, "place")]
    assert "may mean" in result.staged.issues[0].reason


def test_areas_make_a_name_clear(stage: Stage) -> None:
    rows = stage("date,governorate,place\n2017-01-01,Deir ez-Zor,Al-Mayadin\n2017-01-01,Raqqa,\n").rows
    assert [row["place"] for row in rows] == ["mayadin", "raqqa_governorate"]
    assert [row["where_prec"] for row in rows] == [1, 4]


def test_a_workbook(stage: Stage, tmp_path: Path) -> None:
    path = tmp_path / "book.xlsx"
    write_workbook(path, [["Events"], [], ["date", "place", "killed"], [datetime(2017, 5, 1), "Raqqa", 3.0],
                          ["x", "Raqqa", 1]])  # fmt: skip
    result = stage(path)
    assert [(str(row["date_start"]), row["fatalities_best"], row["line"]) for row in result.rows] == [
        ("2017-05-01", 3, 4)
    ]
    assert result.faults() == [(5, "date", "x")]


def write_workbook(path: Path, rows: list[list[object]]) -> None:
    xlsxwriter = pytest.importorskip("xlsxwriter")
    book = xlsxwriter.Workbook(str(path), {"default_date_format": "yyyy-mm-dd"})
    sheet = book.add_worksheet()
    for number, row in enumerate(rows):
        sheet.write_row(number, 0, row)
    book.close()


def test_parquet_and_geoparquet(stage: Stage, tmp_path: Path) -> None:
    points = [shapely.to_wkb(shapely.Point(40.25, 35.5)), shapely.to_wkb(shapely.box(40, 35, 41, 36)), None]
    table = pa.table({"date": [date(2017, 5, n) for n in (1, 2, 3)], "killed": [1.0, None, 2.0], "geometry": points})
    path = tmp_path / "t.parquet"
    pq.write_table(table, path)
    rows = stage(path).rows
    assert [(row["lat"], row["lon"]) for row in rows] == [(35.5, 40.25), (35.5, 40.5), (None, None)]
    assert [row["fatalities_best"] for row in rows] == [1, None, 2]
    assert [row["line"] for row in rows] == [None, None, None]


def test_a_mapping_is_remembered_by_header_whatever_its_capitals() -> None:
    assert header_key(["Event Date", "Lat"]) == header_key(["event_date", "LAT"])
    assert header_key(["a", "b"]) != header_key(["b", "a"])


def test_a_preview_shows_rows_as_they_stand(tmp_path: Path) -> None:
    path = tmp_path / "p.csv"
    path.write_text("date,place\n#date,#loc\n2017-01-01,x\nbad\n2017-01-02,y\n", encoding="utf-8")
    with open_source(path) as source:
        assert source.preview(5) == [["2017-01-01", "x"], ["2017-01-02", "y"]]
        assert source.preview(1) == [["2017-01-01", "x"]]
