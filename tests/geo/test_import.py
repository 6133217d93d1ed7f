"""Foreign lists of places: good rows come in, every other row says why not."""

from __future__ import annotations

import zipfile
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from geo.errors import PlaceTableError
from geo.gazetteer import Gazetteer, load_gazetteer
from geo.importing import Reading, read_places
from geo.place import Place
from geo.tables import Row, load_rows, write_rows

COLUMNS_ROW = "id,name_en,name_ar,aliases,kind,lat,lon,radius_km,parent,source\n"
HEADER = "admin1Name_en,admin1Pcode,admin4Name_en,admin4Name_ar,admin4Pcode,lat,lon\n"


def geonames_row(
    number: str = "9000001", name: str = "Tell Probe", alternates: str = "تل المجس,TLP,tl almjs,Tall Probe",
    lat: str = "35.5", lon: str = "39.5", code: str = "PPL", country: str = "SY", admin1: str = "04", people: str = "0",
) -> str:  # fmt: skip
    cells = [number, name, name, alternates, lat, lon, "P", code, country, "", admin1, "", "", "", people]
    return "\t".join([*cells, "", "300", "Asia/Damascus", "2020-01-01"])


def read(tmp_path: Path, text: str, *, name: str = "SY.txt", form: str | None = None) -> Reading:
    path = tmp_path / name
    path.write_text(text, encoding="utf-8")
    return read_places(path, form=form, gazetteer=load_gazetteer())


def only(reading: Reading) -> Place:
    assert reading.issues == ()
    assert len(reading.rows) == 1
    return reading.rows[0].place


def test_a_geonames_row_becomes_a_place(tmp_path: Path) -> None:
    place = only(read(tmp_path, geonames_row()))
    assert (place.id, place.name_en, place.name_ar) == ("gn_9000001", "Tell Probe", "تل المجس")
    assert (place.kind, place.parent, place.lat, place.lon) == ("village", "raqqa_governorate", 35.5, 39.5)
    assert place.source == "GeoNames 9000001"


def test_codes_and_machine_transliterations_are_no_names(tmp_path: Path) -> None:
    assert {"TLP", "tl almjs"}.isdisjoint(only(read(tmp_path, geonames_row())).aliases)


@pytest.mark.parametrize(
    ("code", "people", "kind"),
    [("PPL", "0", "village"), ("PPL", "20000", "town"), ("PPL", "200000", "city"), ("PPLA3", "0", "town"),
     ("PPLX", "0", "neighbourhood"), ("AIRB", "0", "base"), ("DAM", "0", "landmark"), ("ADM3", "0", "subdistrict")],
)  # fmt: skip
def test_feature_codes_tell_the_kind(tmp_path: Path, code: str, people: str, kind: str) -> None:
    assert only(read(tmp_path, geonames_row(code=code, people=people))).kind == kind


@pytest.mark.parametrize(
    ("row", "said"),
    [
        (geonames_row(lat="north"), "latitude is 'north'"),
        (geonames_row(lat="95"), "latitude 95.0"),
        (geonames_row(lon="nan"), "longitude nan"),
        (geonames_row(number="x1"), "id is 'x1'"),
        (geonames_row(name=" "), "name is empty"),
        (geonames_row(country="ZZ"), "country code is 'ZZ'"),
        ("one\ttwo", "2 columns; expected 19"),
    ],
)
def test_a_broken_row_is_left_out_with_its_number(tmp_path: Path, row: str, said: str) -> None:
    reading = read(
        tmp_path, f"{geonames_row()}\n{row}\n{geonames_row(number='9000002', lat='35.9')}\n", form="geonames"
    )
    assert [r.place.id for r in reading.rows] == ["gn_9000001", "gn_9000002"]
    assert [issue.row for issue in reading.broken] == [2]
    assert said in reading.broken[0].problem


def test_what_we_know_already_is_left_out_but_not_broken(tmp_path: Path) -> None:
    known = geonames_row(number="172955", name="Ar Raqqah", alternates="الرقة", lat="35.95", lon="39.00", code="PPLA")
    reading = read(tmp_path, "\n".join([known, geonames_row(code="HLL"), geonames_row()]))
    assert [issue.problem for issue in reading.issues] == [
        "already known: raqqa",
        "a feature the news does not name: HLL",
    ]
    assert reading.broken == ()
    assert reading.skipped == {"already known": 1, "a feature the news does not name": 1}


def test_an_id_twice_in_a_file_counts_once(tmp_path: Path) -> None:
    reading = read(tmp_path, f"{geonames_row()}\n{geonames_row()}")
    assert len(reading.rows) == 1
    assert "earlier row" in reading.broken[0].problem


def test_the_archive_is_read_as_it_is_downloaded(tmp_path: Path) -> None:
    path = tmp_path / "SY.zip"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("readme.txt", "about the dump")
        archive.writestr("SY.txt", geonames_row())
    assert only(read_places(path, form=None, gazetteer=load_gazetteer())).id == "gn_9000001"


@pytest.mark.parametrize(
    ("header", "row"),
    [
        (
            "admin1Name_en,admin1Pcode,admin4Name_en,admin4Name_ar,admin4Pcode,lat,lon",
            "Ar-Raqqa,SY11,Probe,مجس,C9901,35.5,39.5",
        ),
        ("\ufeffPP_PCODE,PP_NAME_EN,name_ar,ADM1_PCODE,Latitude,Longitude", "C9901,Probe (Karama),مجس,SY11,35.5,39.5"),
        ("PCODE;NAME_EN;NAME_AR;ADM1_EN;Lat_DD;Long_DD", "C9901;Probe;مجس;Ar-Raqqa;35,5;39,5"),
        ("#,ADM4_PCODE,ADM4_EN,ADM4_AR,ADM3_PCODE,y,x", "1,C9901,Probe,مجس,SY110103,35.5,39.5"),
    ],
)
def test_p_codes_come_under_many_headers(tmp_path: Path, header: str, row: str) -> None:
    place = only(read(tmp_path, f"{header}\n{row}\n", name="pcodes.csv"))
    assert (place.id, place.name_en, place.name_ar) == ("probe_c9901", "Probe", "مجس")
    assert (place.lat, place.lon, place.parent) == (35.5, 39.5, "raqqa_governorate")
    assert place.source == "P-code C9901"


def test_a_row_of_hxl_tags_is_no_place(tmp_path: Path) -> None:
    text = HEADER + "#adm1+name,#adm1+code,#adm4+name,#adm4+name+ar,#adm4+code,#geo+lat,#geo+lon\n"
    assert only(read(tmp_path, text + "Ar-Raqqa,SY11,Probe,مجس,C9901,35.5,39.5\n", name="p.csv")).id == "probe_c9901"


def test_known_p_codes_are_left_out(tmp_path: Path) -> None:
    reading = read(tmp_path, HEADER + "Deir-ez-Zor,SY09,Salhiyeh,الصالحية,C5181,34.72,40.75\n", name="p.csv")
    assert [issue.problem for issue in reading.issues] == ["already known: salihiyah_c5181"]


@pytest.mark.parametrize(
    ("row", "said"),
    [
        ("Ar-Raqqa,SY11,Probe,مجس,,35.5,39.5", "P-code is ''"),
        ("Ar-Raqqa,SY11,,مجس,C9901,35.5,39.5", "no English name"),
        ("Ar-Raqqa,SY11,Probe,مجس,C9901,,39.5", "latitude is ''"),
        ("Ar-Raqqa,SY11,Probe,مجس,C9901,35.5", "6 cells; expected 7"),
    ],
)
def test_broken_p_code_rows_say_why(tmp_path: Path, row: str, said: str) -> None:
    reading = read(tmp_path, HEADER + row + "\n", name="p.csv")
    assert reading.rows == ()
    assert [(issue.row, issue.broken) for issue in reading.issues] == [(2, True)]
    assert said in reading.issues[0].problem


@pytest.mark.parametrize(
    ("content", "said"),
    [(b"", "is empty"), (b"a,b,c\n1,2,3\n", "no column for 'code'"), (b"\xff\x00\xfe\x80garbage", "not UTF-8")],
)
def test_a_file_that_is_no_list_of_places_is_refused(tmp_path: Path, content: bytes, said: str) -> None:
    path = tmp_path / "list.csv"
    path.write_bytes(content)
    with pytest.raises(PlaceTableError, match=said):
        read_places(path, form=None, gazetteer=load_gazetteer())


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=60)
@given(data=st.binary(max_size=300), form=st.sampled_from(["geonames", "pcodes", None]))
def test_no_file_breaks_the_reader(tmp_path: Path, data: bytes, form: str | None) -> None:
    path = tmp_path / "any.bin"
    path.write_bytes(data)
    rows, said = 0, "any.bin"
    try:
        reading = read_places(path, form=form, gazetteer=load_gazetteer())
        rows = len(reading.rows) + len(reading.issues)
    except PlaceTableError as error:
        said = str(error)
    assert "any.bin" in said
    assert rows <= data.count(b"\n") + data.count(b"\r") + 1


@pytest.mark.parametrize("name", ["own.csv", "own.csv.gz"])
def test_a_written_table_reads_back_the_same(tmp_path: Path, name: str) -> None:
    rows = [Row(place=place, population=7) for place in list(load_gazetteer())[:50]]
    write_rows(tmp_path / name, rows)
    first = (tmp_path / name).read_bytes()
    assert load_rows(tmp_path / name) == rows
    write_rows(tmp_path / name, load_rows(tmp_path / name))
    assert (tmp_path / name).read_bytes() == first


def test_added_places_join_the_gazetteer(tmp_path: Path) -> None:
    write_rows(tmp_path / "own.csv", read(tmp_path, geonames_row()).rows)
    joined = load_gazetteer([tmp_path / "own.csv"])
    assert isinstance(joined, Gazetteer)
    assert joined.resolve("تل المجس").id == "gn_9000001"
    assert joined.resolve("الرقة").id == "raqqa"


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("id,name_en\nx,y\n", "row 1: the column 'name_ar' is missing"),
        (COLUMNS_ROW + "a,A,,,city,x,1,1,syria,s\n", "row 2, column lat: found 'x'"),
        (COLUMNS_ROW + "a,A,,,planet,1,1,1,syria,s\n", "row 2: Place 'a' has the kind 'planet'"),
        (COLUMNS_ROW + "a,A\n", "row 2: 2 cells; expected 10"),
    ],
)  # fmt: skip
def test_a_broken_table_names_file_row_and_column(tmp_path: Path, text: str, said: str) -> None:
    path = tmp_path / "own.csv"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(PlaceTableError, match="own.csv.*" + said):
        load_rows(path)
