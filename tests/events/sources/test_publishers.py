"""Files as projects publish them and people save them, invented row by row: read rightly, or refused by name."""

from __future__ import annotations

import gzip
import json
from datetime import date
from pathlib import Path

import pytest
from openpyxl import Workbook

from events.sources.errors import SourceError
from events.sources.headerless import gdelt_columns
from tests.events.sources.conftest import ACLED, UCDP, Stage, acled_row, csv_of, ucdp_row
from tests.events.sources.test_refusals import packed

GED = (
    "id", "relid", "year", "active_year", "code_status", "type_of_violence", "conflict_dset_id", "conflict_new_id",
    "conflict_name", "dyad_dset_id", "dyad_new_id", "dyad_name", "side_a_dset_id", "side_a_new_id", "side_a",
    "side_b_dset_id", "side_b_new_id", "side_b", "number_of_sources", "source_article", "source_office", "source_date",
    "source_headline", "source_original", "where_prec", "where_coordinates", "where_description", "adm_1", "adm_2",
    "latitude", "longitude", "geom_wkt", "priogrid_gid", "country", "country_id", "region", "event_clarity",
    "date_prec", "date_start", "date_end", "deaths_a", "deaths_b", "deaths_civilians", "deaths_unknown", "best", "high",
    "low", "gwnoa", "gwnob",
)  # fmt: skip


def days(result) -> list[tuple[str, str, int]]:
    return [(str(row["date_start"]), str(row["date_end"]), row["date_prec"]) for row in result.rows]


def points(result) -> list[tuple[float | None, float | None]]:
    return [(row["lat"], row["lon"]) for row in result.rows]


def test_candidate_events_without_a_header(stage: Stage) -> None:
    text = csv_of(GED, *(ucdp_row(n, code_status="Check dyad") for n in (1, 2))).split("\n", 1)[1]
    result = stage(text)
    assert result.format == "ucdp"
    assert [(row["source_id"], row["line"]) for row in result.rows] == [("1", 1), ("2", 2)]


def test_the_answer_of_ucdp_s_service(stage: Stage) -> None:
    row = ucdp_row(1, date_start="2016-03-04T00:00:00", date_end="2016-03-05T00:00:00")
    result = stage(json.dumps({"TotalCount": 1, "NextPageUrl": "", "Result": [row]}))
    assert (result.format, days(result)) == ("ucdp", [("2016-03-04", "2016-03-05", 2)])


@pytest.mark.parametrize("width", [57, 58])
def test_gdelt_1(stage: Stage, width: int) -> None:
    names = gdelt_columns(width)
    given = {"GLOBALEVENTID": "7", "SQLDATE": "20120512", "EventCode": "190", "ActionGeo_Type": "4",
             "ActionGeo_Lat": "35.95", "ActionGeo_Long": "39.01", "DATEADDED": "20120513"}  # fmt: skip
    result = stage("\t".join(given.get(name, "") for name in names) + "\n")
    assert (result.format, points(result), days(result)) == ("gdelt", [(35.95, 39.01)], [("2012-05-12",) * 2 + (1,)])
    assert "ActionGeo_ADM2Code" not in names


def test_acled_before_there_were_sub_event_types_and_with_chosen_columns_is_still_acled(stage: Stage) -> None:
    old = tuple(name for name in ACLED if name not in ("sub_event_type", "civilian_targeting", "tags"))
    row = acled_row(1, event_date="01-Jan-97", event_type="Battle-No change of territory")
    assert (stage(csv_of(old, row)).format, days(stage(csv_of(old, row)))[0][0]) == ("acled", "1997-01-01")
    few = ("event_id_cnty", "event_date", "event_type", "latitude", "longitude", "fatalities")
    assert stage(csv_of(few, acled_row(1))).format == "acled"
    curated = ("year", "event_date", "source", "admin1", "location", "event_type", "sub_event_type", "interaction",
               "fatalities", "latitude", "longitude")  # fmt: skip
    assert stage(csv_of(curated, acled_row(1, interaction=23))).format == "acled"


def test_acled_saved_as_geojson_may_have_its_points_in_the_geometries_only(stage: Stage) -> None:
    properties = {name: value for name, value in acled_row(1).items() if name not in ("latitude", "longitude")}
    point = {"type": "Point", "coordinates": [39.01, 35.95]}
    feature = {"type": "Feature", "geometry": point, "properties": properties}
    result = stage(json.dumps({"type": "FeatureCollection", "features": [feature]}), name="f.geojson")
    assert (result.format, points(result)) == ("acled", [(35.95, 39.01)])


def test_an_actor_beside_itself_stands_once(stage: Stage) -> None:
    (row,) = stage(csv_of(ACLED, acled_row(1, assoc_actor_1="Islamic State (Syria)"))).rows
    assert row["actors"].count("Islamic State (Syria)") == 1


def test_airwars(stage: Stage) -> None:
    result = stage(
        "Incident Code,Incident date,Country,Region,Location,Latitude,Longitude,Strike type,"
        "Minimum civilians reported killed,Maximum civilians reported killed,Belligerent,Sources\n"
        'CS1,"June 3–4, 2017",Syria,Raqqa,"Al-Mansoura, Raqqa",,,Airstrike and/or Artillery,3,7,"Coalition, Unknown",'
        '"https://www.invented.example/a/b, SOHR"\n'
    )
    assert days(result) == [("2017-06-03", "2017-06-04", 2)]
    (row,) = result.rows
    assert (row["fatalities_low"], row["fatalities_high"], row["source_id"]) == (3, 7, "CS1")
    assert (row["sub_event_type"], row["actors"]) == ("Air/drone strike", ["Coalition", "Unknown"])
    assert (row["claimants"], row["url"]) == (["invented.example", "SOHR"], "https://www.invented.example/a/b")
    assert row["place"] is not None


def test_gtd_with_days_and_months_unknown(stage: Stage) -> None:
    head = "eventid,iyear,imonth,iday,country,country_txt,region,provstate,city,latitude,longitude,location," \
           "attacktype1_txt,target1,gname,nkill\n"  # fmt: skip
    row = "{},{},{},{},200,Syria,10,Raqqah,Raqqa,35.95,39.01,In the east,Bombing/Explosion,Civilians,Someone,{}\n"
    result = stage(head + row.format(1, 2017, 1, 3, "3.0") + row.format(2, 2017, 1, 0, -99)
                   + row.format(3, 2017, 0, 0, "") + row.format(4, 2017, 2, 30, 1))  # fmt: skip
    assert days(result) == [("2017-01-03", "2017-01-03", 1), ("2017-01-01", "2017-01-31", 4),
                            ("2017-01-01", "2017-12-31", 5)]  # fmt: skip
    assert [row["fatalities_best"] for row in result.rows] == [3, None, None]
    assert {row["place_name"] for row in result.rows} == {"Raqqa"}
    assert result.faults() == [(5, "iyear", "2017-2-30")]


def test_icews_names_its_parties_source_and_target(stage: Stage) -> None:
    head = (
        "Event ID\tEvent Date\tSource Name\tEvent Text\tCAMEO Code\tTarget Name\tPublisher\tCity\tLatitude\tLongitude\n"
    )
    (row,) = stage(head + "1\t2017-05-12\tArmy\tfight\t190\tRebels\tPaper\tRaqqa\t35.95\t39.01\n").rows
    assert (row["actors"], row["targets"], row["publisher"]) == (["Army"], ["Rebels"], "Paper")


def test_forms_of_kobo_have_the_hour_of_filling_in_beside_the_day_of_the_event(stage: Stage) -> None:
    result = stage(
        "start;end;تاريخ الحادثة;الموقع;_الموقع_latitude;_الموقع_longitude;_الموقع_precision;عدد القتلى;_id\n"
        "2017-06-03T10:15:00.000+03:00;2017-06-03T10:20:00.000+03:00;2017-06-02;"
        "35.95 39.01 250.1 4.5;35.95;39.01;4.5;2;1\n"
    )
    assert (days(result), points(result)) == ([("2017-06-02", "2017-06-02", 1)], [(35.95, 39.01)])
    assert result.rows[0]["place_name"] is None
    only = stage("incident_date,location\n2017-06-02,35.95 39.01 250.1 4.5\n")
    assert points(only) == [(35.95, 39.01)]


def test_liveuamap_counts_seconds(stage: Stage) -> None:
    result = stage(json.dumps({"venues": [{"id": 1, "lat": "35.95", "lng": "39.01", "name": "Shelling",
                                           "timestamp": 1496448000, "source": "https://t.example/1"}]}))  # fmt: skip
    assert (days(result)[0][0], points(result), result.rows[0]["title"]) == ("2017-06-03", [(35.95, 39.01)], "Shelling")


def test_sources_as_objects_give_their_links_hosts(stage: Stage) -> None:
    item = {"id": "CIV1", "date": "02/24/2022", "latitude": "49.85", "longitude": "36.65", "location": "Chuhuiv",
            "sources": [{"id": "s", "path": "https://t.example/1"}], "victims": [{"name": "A"}]}  # fmt: skip
    (row,) = stage(json.dumps([item])).rows
    assert (row["claimants"], row["targets"], row["date_start"]) == (["t.example"], ["A"], date(2022, 2, 24))


@pytest.mark.parametrize(
    ("cell", "where"),
    [
        ("POINT (39.01 35.95)", (35.95, 39.01)), ("POINT Z (39.01 35.95 0)", (35.95, 39.01)),
        ("SRID=4326;MULTIPOINT ((39.01 35.95))", (35.95, 39.01)),
        ("POLYGON ((39 35, 40 35, 40 36, 39 36, 39 35))", (35.5, 39.5)),
        ("0101000020E610000000000000008043400000000000804140", (35.0, 39.0)),
    ],
)  # fmt: skip
def test_geometry_as_text(stage: Stage, cell: str, where: tuple[float, float]) -> None:
    assert points(stage(f'WKT,date,type\n"{cell}",2017/06/03,airstrike\n')) == [where]


@pytest.mark.parametrize("cell", ["SRID=3857;POINT (4342573 4295847)", "POINT EMPTY", "POINT (x"])
def test_geometry_of_no_place_is_told(stage: Stage, cell: str) -> None:
    result = stage(f'WKT,date,type\n"{cell}",2017/06/03,airstrike\nPOINT (39 35),2017/06/03,airstrike\n')
    assert (points(result), result.faults()) == ([(35.0, 39.0)], [(2, "WKT", cell)])


@pytest.mark.parametrize(
    ("cell", "told"),
    [
        ("June 3–4, 2017", ("2017-06-03", "2017-06-04", 2)), ("3-5/6/2017", ("2017-06-03", "2017-06-05", 2)),
        ("early June 2017", ("2017-06-01", "2017-06-30", 4)), ("السبت 3 حزيران 2017م", ("2017-06-03", "2017-06-03", 1)),
        ("3 حزيران/يونيو 2017", ("2017-06-03", "2017-06-03", 1)), ("1496448000000", ("2017-06-03", "2017-06-03", 1)),
        ("42889", ("2017-06-03", "2017-06-03", 1)), ("42889.43", ("2017-06-03", "2017-06-03", 1)),
        ("3 июня 2017 г.", ("2017-06-03", "2017-06-03", 1)), ("3 juil. 2017", ("2017-07-03", "2017-07-03", 1)),
        ("3 Haz 2017", ("2017-06-03", "2017-06-03", 1)), ("3ê Hezîran 2017", ("2017-06-03", "2017-06-03", 1)),
        ("السبت 3-6-2017", ("2017-06-03", "2017-06-03", 1)), ("3 / 6 / 2017", ("2017-06-03", "2017-06-03", 1)),
        ("من 3 إلى 5 حزيران 2017", ("2017-06-03", "2017-06-05", 2)),
        ("30 May - 3 June 2017", ("2017-05-30", "2017-06-03", 2)), ("2017 - 06 - 03", ("2017-06-03", "2017-06-03", 1)),
        ("13.6.2017", ("2017-06-13", "2017-06-13", 1)), ("03/13/17", ("2017-03-13", "2017-03-13", 1)),
        # The fifth sign is a bar too, as in days that begin with the year.
        ("10/4/16", ("2016-04-10",) * 2 + (1,)), ("4/10/16", ("2016-10-04",) * 2 + (1,)),
    ],
)  # fmt: skip
def test_days_as_people_write_them(stage: Stage, cell: str, told: tuple[str, str, int]) -> None:
    assert days(stage(f'date,place\n"{cell}",Raqqa\n')) == [told]


@pytest.mark.parametrize("cell", ["1438-09-08", "٨ رمضان ١٤٣٨", "8 رمضان 1438 هـ", "08/09/1438"])
def test_hijri_days_are_told_as_such(stage: Stage, cell: str) -> None:
    result = stage(f"التاريخ,المكان\n{cell},الرقة\n2017-06-03,الرقة\n")
    assert len(result.rows) == 1
    assert any(issue.line == 2 and "Hijri" in issue.reason for issue in result.staged.issues)


def test_another_column_tells_whether_the_month_comes_first(stage: Stage) -> None:
    result = stage("Timestamp,Date of incident,place\n6/13/2017 10:15:22,6/2/2017,Raqqa\n")
    assert (days(result)[0][0], len(result.staged.issues)) == ("2017-06-02", 0)


def test_a_column_half_turned_by_a_spreadsheet_loses_no_day_and_says_so(stage: Stage) -> None:
    result = stage(
        "date,place\n" + "".join(f"{day},Raqqa\n" for day in ("1/15/2017", "2/16/2017", "3/4/2017", "22/08/2017"))
    )
    assert [day for day, _, _ in days(result)] == ["2017-01-15", "2017-02-16", "2017-03-04", "2017-08-22"]
    (issue,) = result.staged.issues
    assert (issue.line, issue.value) == (1, "22/08/2017")
    assert "month first" in issue.reason


@pytest.mark.parametrize(
    ("cell", "figures"),
    [
        ("three", (3, 3, 3)), ("3 or 4", (3, None, 4)), ("2 civilians", (2, 2, 2)), ("At least ten", (10, None, None)),
        ("10–15 civilians killed[1]", (10, None, 15)), ("3 (2 women)", (3, 3, 3)),
        ("ما لا يقل عن ١٠", (10, None, None)),
        ("en az 10 kişi", (10, None, None)), ("بين 5 و 7", (5, None, 7)), ("1’234", (1234, 1234, 1234)),
        ("٤ قتلى", (4, 4, 4)), ("لا يوجد", (None, None, None)), ("-99", (None, None, None)),
    ],
)  # fmt: skip
def test_figures_as_people_write_them(stage: Stage, cell: str, figures: tuple[int | None, ...]) -> None:
    result = stage(f"date,place,killed\n2017-06-03,Raqqa,{cell}\n")
    (row,) = result.rows
    assert tuple(row[f"fatalities_{name}"] for name in ("low", "best", "high")) == figures
    assert not result.staged.issues


def test_a_doubtful_figure_counts_and_is_told(stage: Stage) -> None:
    result = stage("date,place,killed\n2017-06-03,Raqqa,3?\n")
    assert ([row["fatalities_best"] for row in result.rows], result.faults()) == ([3], [(2, "killed", "3?")])


def test_dozens_leave_the_row_in_without_a_figure_and_are_told(stage: Stage) -> None:
    result = stage("date,place,killed\n2017-06-03,Raqqa,dozens\n")
    assert [row["fatalities_best"] for row in result.rows] == [None]
    assert result.faults() == [(2, "killed", "dozens")]


def test_a_place_named_with_its_areas(stage: Stage) -> None:
    rows = stage('date,location\n2017-06-03,"Manbij, Aleppo"\n2017-06-03,Syria : Deir ez-Zor : Al-Mayadin\n').rows
    assert [row["place"] for row in rows] == ["manbij", "mayadin"]


def test_turned_coordinates_without_a_country(stage: Stage) -> None:
    result = stage("date,place,latitude,longitude\n2017-06-03,Raqqa,39.01,35.95\n2017-06-04,,39.01,35.95\n"
                   "2017-06-05,Raqqa,35.95,39.01\n")  # fmt: skip
    assert points(result) == [(39.01, 35.95), (35.95, 39.01)]
    assert [(issue.line, "left out" in issue.reason) for issue in result.staged.issues] == [(2, True), (3, False)]


def test_a_point_at_the_place_named_is_not_turned_round(stage: Stage) -> None:
    result = stage("date,place,latitude,longitude\n2017-06-03,Ankara,39.92,32.85\n2017-06-04,Somewhere,39.92,32.85\n")
    assert [issue.line for issue in result.staged.issues] == [3]


def test_metres_are_told_as_such(stage: Stage) -> None:
    result = stage("X,Y,date,name\n4342573.0,4295847.0,2017-06-03,x\n")
    assert not result.rows
    assert all("metres" in issue.reason for issue in result.staged.issues)


def test_a_running_number_is_no_id(stage: Stage) -> None:
    assert len(stage("no,date,place\n1,2017-06-03,Raqqa\n1,2017-06-04,Raqqa\n").rows) == 2


@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be", "iso8859-6", "cp1256"])
def test_arabic_in_encodings_without_a_mark(stage: Stage, encoding: str) -> None:
    text = "التاريخ\tالمكان\tالقتلى\n2017-06-03\tالرقة\t3\n2017-06-04\tدير الزور\t3\n"
    assert [row["place"] for row in stage(text.encode(encoding)).rows] == ["raqqa", "deir_ez_zor"]


def test_marks_of_direction_are_no_part_of_a_name(stage: Stage) -> None:
    (row,) = stage("date,place,actor\n2017-06-03,\u202bالرقة\u202c,\u200fداعش\u200e\n").rows
    assert (row["place"], row["place_name"], row["actors"]) == ("raqqa", "الرقة", ["داعش"])


def test_names_that_head_several_columns_are_no_header(stage: Stage) -> None:
    result = stage("When,,Where,,,Toll,\nDate,Time,Place,Lat,Lon,Killed min,Killed max\n"
                   "2017-06-03,10:15,Raqqa,35.95,39.01,3,5\n")  # fmt: skip
    assert [(row["line"], row["fatalities_low"], row["fatalities_high"]) for row in result.rows] == [(3, 3, 5)]


def test_archives_of_one_table_and_what_is_said_of_it(stage: Stage) -> None:
    data = csv_of(UCDP, ucdp_row(1)).encode()
    asides = [("license.txt", b"words"), ("metadata.json", b"{}"), ("codebook.pdf", b"%PDF"), ("notes.txt", b"x")]
    assert len(stage(packed(("GEDEvent.csv", data), *asides)).rows) == 1
    assert len(stage(gzip.compress(data)).rows) == 1


@pytest.mark.parametrize(
    ("content", "said"),
    [
        ("conflict_id,location,side_a,side_b,incompatibility,year,intensity_level,start_date,start_prec\n"
         "299,Syria,A,B,2,2017,2,2011-03-15,1\n", "conflict and year"),
        ("dyad_id,side_a_name,side_b_name,start_date,start_date2,year,best_fatality_estimate,location\n"
         "5,IS,YPG,2013-07-01,2013-07-20,2017,300,Syria\n", "conflict and year"),
        ("\t".join(["6", "20170512101500", "20170512101500", "1", "x.example", *["1"] * 11]) + "\n", "mentions"),
        ("\t".join(["20170512101500-1", "20170512101500", "1", *["x"] * 24]) + "\n", "knowledge graph"),
        ("DATE\tCOUNTTYPE\tNUMBER\tGEO_LAT\tGEO_LONG\tCAMEOEVENTIDS\tSOURCES\n20170101\tKILL\t5\t35\t38\t12\tx\n",
         "each article"),
        ("URL,MobileURL,Date,Title\nhttps://x.example/a,,2017-05-12 10:15:00,Words\n", "each article"),
        ("date_start,country,type_of_violence,best,n_events\n2017-05-01,Syria,1,300,40\n", "counts events"),
        ("date,admin1,market,latitude,longitude,category,commodity,price\n2017-06-15,Aleppo,Aleppo,36.2,37.1,cereals,"
         "Bread,50\n", "measures something"),
        ("time,latitude,longitude,mag,place,type\n2017-06-15T10:00:00Z,35.9,39,4.5,5km of X,earthquake\n", "measures"),
        (gzip.compress(b"X\n\0\0\0\3" + b"x" * 90, mtime=0), "file of R"),
        (b"<stata_dta><header>" + bytes(90), "Stata"),
        ('<?xml version="1.0"?><kml xmlns="x"><Document/></kml>', "KML"), (packed(("a.shp", b"x")), "shapefile"),
        (packed(("content.xml", b"<x/>")), "OpenDocument"),
        ('{"type": "Topology", "objects": {}, "arcs": []}', "TopoJSON"),
        ('{"date": {"0": "2017-06-03"}, "lat": {"0": 35.9}}', "column by column"),
        (gzip.compress(b"date,place\n" + b"2017-06-03,Raqqa\n" * 2_000_000, mtime=0), "grows"),
    ],
)  # fmt: skip
def test_what_is_known_for_something_else_is_refused_by_its_name(stage: Stage, content: str | bytes, said: str) -> None:
    with pytest.raises(SourceError, match=said):
        stage(content)


def test_a_column_called_event_that_tells_of_them_counts_nothing(stage: Stage) -> None:
    for name in ("Event", "Events", "Incidents"):
        (row,) = stage(f"Date,Place,{name}\n2017-06-03,Raqqa,Airstrike\n").rows
        assert row["place"] == "raqqa"
    with pytest.raises(SourceError, match="counts events"):
        stage("Date,Place,Events\n2017-06-03,Raqqa,12\n")


def test_a_district_says_where_of_those_killed_there(stage: Stage) -> None:
    (row,) = stage("Date,Governorate,District,Fatalities\n2017-06-03,Raqqa,Raqqa,4\n").rows
    assert (row["place_name"], row["fatalities_best"]) == ("Raqqa", 4)
    with pytest.raises(SourceError, match="No column says where"):
        stage("Date,Governorate,Bread\n2017-06-03,Raqqa,40\n")


def test_a_table_of_prices_beside_what_happened_lists_events(stage: Stage) -> None:
    (row,) = stage("date,place,type,price\n2017-06-03,Raqqa,airstrike,50\n").rows
    assert row["sub_event_type"] == "Air/drone strike"


def test_chosen_columns_of_gdelt_are_gdelt_and_a_code_of_events_is_no_id(stage: Stage) -> None:
    head = "SQLDATE,Actor1Name,Actor2Name,EventCode,ActionGeo_FullName,ActionGeo_Lat,ActionGeo_Long,SOURCEURL\n"
    row = "20170101,ARMY,REBEL,190,Raqqa,35.95,39.01,https://x.example/{}\n"
    result = stage(head + row.format(1) + row.format(2))
    assert (result.format, [row["actors"] for row in result.rows]) == ("gdelt", [["ARMY", "REBEL"]] * 2)


def test_of_sheets_that_are_no_events_the_widest_is_refused(stage: Stage, tmp_path: Path) -> None:
    book = Workbook()
    for title, rows in (
        ("licence", [["a", "b"], ["x", "y"]]),
        ("data", [["Country", "Month", "Year", "Events", "Fatalities"], ["Syria", "May", 2017, 3, 2]]),
    ):
        sheet = book.create_sheet(title)
        for row in rows:
            sheet.append(row)
    book.remove(book.worksheets[0])
    book.save(tmp_path / "a.xlsx")
    with pytest.raises(SourceError, match="counts events"):
        stage(tmp_path / "a.xlsx")


def test_a_row_of_sums_is_no_event(stage: Stage) -> None:
    result = stage("Date,Place,Type,Killed\n2017-06-03,Raqqa,airstrike,3\n,Total,,3\n,المجموع الكلي,,3\n"
                   "2017-06-04,Total,shelling,2\n")  # fmt: skip
    assert [row["fatalities_best"] for row in result.rows] == [3, 2]
    assert [(line, value) for line, _, value in result.faults()][:2] == [(3, "Total"), (4, "المجموع الكلي")]


def test_of_a_row_that_is_left_out_nothing_is_said_to_be_kept(stage: Stage) -> None:
    result = stage("date,place,type\n2017-06-99,Qwxyzville,whatever\n")
    (issue,) = result.staged.issues
    assert issue.reason.endswith("left out")


@pytest.mark.parametrize(("cell", "lat"), [("35.950.556", None), ("35:57:00", 35.95), ("35 57 00 N", 35.95)])
def test_a_damaged_number_is_no_angle(stage: Stage, cell: str, lat: float | None) -> None:
    rows = stage(f"date,lat,lon\n2017-06-03,{cell},39\n").rows
    assert [row["lat"] for row in rows] == ([lat] if lat else [])


def test_a_dash_between_two_numbers_is_no_sign(stage: Stage) -> None:
    assert points(stage("date,coordinates\n2017-06-03,35.95 - 39.01\n2017-06-03,35.95 -39.01\n")) == [
        (35.95, 39.01), (35.95, -39.01),
    ]  # fmt: skip


def test_a_citation_names_its_paper_and_a_note_is_no_part_of_a_name(stage: Stage) -> None:
    (row,) = stage('date,place,actor,scite1\n2017-06-03,Raqqa,Somebody[2],"""A made-up title,"" Invented Daily, '
                   'June 4, 2017."\n').rows  # fmt: skip
    assert (row["claimants"], row["actors"]) == (["Invented Daily"], ["Somebody"])


@pytest.mark.parametrize(
    ("answer", "said"),
    [({"status": 200, "count": 0, "data": []}, "empty list"), ({"status": 403, "error": "Not so fast"}, "Not so fast")],
)
def test_answers_of_services_without_events(stage: Stage, answer: dict[str, object], said: str) -> None:
    with pytest.raises(SourceError, match=said):
        stage(json.dumps(answer))
