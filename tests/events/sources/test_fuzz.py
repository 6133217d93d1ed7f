"""Whatever is in a file: its rows get in by the contract or are told, or the file is refused; nothing else happens."""

from __future__ import annotations

import contextlib
import gzip
import io
import json
import os
import tempfile
import zipfile
from datetime import date
from pathlib import Path

import openpyxl
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
import shapely
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from openpyxl.utils.exceptions import IllegalCharacterError

from events.errors import EventsError
from events.model import SUB_EVENT_TYPES
from events.sources.dates import DayOrder, day_range, tell_order
from events.sources.degrees import one_angle, two_angles
from events.sources.figures import figures_of
from events.sources.listing import names, sides, voices
from events.sources.types import type_of
from geo.gazetteer import Gazetteer
from tests.events.sources.conftest import ACLED, UCDP, Result, acled_row, csv_of, stage_content, ucdp_row
from tests.events.sources.test_gdelt import line as gdelt_line
from tests.events.sources.test_geojson import POINT, collection, feature
from tests.events.sources.test_table import write_workbook

MORE = int(os.environ.get("FUZZ", "1"))
quick = settings(
    max_examples=40 * MORE, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow]
)

NASTY = st.sampled_from(
    ["", '"', '""', ",", ";", "\n", "\r", "\r\n", "\0", "\ufeff", "\ufffd", "\ud7ff", "NA", "nan", "inf", "-inf",
     "1e400",     "1e308", "-0", "0x10", "9" * 40, "infinity", "epoch", "now", "0000-00-00", "9999-12-31", "2016-02-30",
     "10000-01-01",     "-0001-01-01", "2016-01-01 BC", "4239.00416", "91", "-181", "٣", "²", "½",
     "35°", "=1+1", "{{7*7}}",
     "'; DROP", "\x1f",     "\x1a", "#date", "2016-03-04 25:61", "20160304", "1/1/1", "31/12/99",
     "T", "  ", "\u200f", "a;b|c,d", "🙂", "\x85", "POINT (39 35)", "POINT (", "SRID=4326;POLYGON ((0 0))",
     "0101000020E6100000", '[{"name": 1}]', '{"', "http://", "https://a/b, c", "42889", "99999999999", "٨ رمضان ١٤٣٨",
     "3-5/6/2017", "June 3–40, 2017", "35.1 40.2 1.0 2", "Raqqa, Raqqa, Raqqa", "dozens", "-99", "م"]
)  # fmt: skip
CELL = st.one_of(NASTY, st.text(max_size=12), st.floats().map(str), st.integers().map(str), st.dates().map(str))


def contract(result: Result) -> None:
    """Every row of `incoming` keeps it, and every row that is not there has an issue at its line."""
    for row in result.rows:
        assert row["sub_event_type"] in SUB_EVENT_TYPES[row["event_type"]]
        days = (row["date_start"], row["date_end"], row["date_prec"])
        assert all(day is None for day in days) or (days[0] <= days[1] and days[2] in range(1, 6))
        where = (row["lat"], row["lon"], row["where_prec"])
        assert all(part is None for part in where) or (
            abs(where[0]) <= 90 and abs(where[1]) <= 180 and where[2] in range(1, 8)
        )
        for name in ("actors", "targets", "claimants"):
            assert all(text and text == text.strip() for text in row[name])
            assert len(set(row[name])) == len(row[name])
        for name in ("fatalities_low", "fatalities_best", "fatalities_high", "civilians"):
            assert row[name] is None or row[name] >= 0
        assert row["title"]
        assert "\n" not in row["title"]
        assert all(isinstance(value, str) for value in row["original"].values())
    assert len({row["record"] for row in result.rows}) == len(result.rows)
    assert len(result.rows) == result.staged.good <= result.staged.rows
    missing = result.staged.rows - result.staged.good
    assert missing <= len({issue.line for issue in result.staged.issues})


def tried(folder: Path, gazetteer: Gazetteer, content: bytes, **options: object) -> Result | None:
    try:
        return stage_content(folder, gazetteer, content, **options)  # type: ignore[arg-type]
    except EventsError:
        return None


def samples() -> dict[str, bytes]:
    """A small file of every kind."""
    folder = Path(tempfile.mkdtemp())
    ucdp = csv_of(UCDP, *(ucdp_row(n, side_b='a "b", c' if n % 2 else "d\ne") for n in range(6))).encode()
    write_workbook(folder / "b.xlsx", [["date", "place", "killed"], [date(2017, 5, 1), "Raqqa", 3]])
    points = [shapely.to_wkb(shapely.Point(40, 35))] * 3
    pq.write_table(pa.table({"date": ["2017-05-01"] * 3, "geometry": points}), folder / "t.parquet")
    zipped = io.BytesIO()
    with zipfile.ZipFile(zipped, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("a.csv", ucdp)
    return {
        "ucdp": ucdp,
        "utf16": ucdp.decode().encode("utf-16"),
        "acled": csv_of(ACLED, *(acled_row(n) for n in range(5)), by=";", end="\r\n").encode(),
        "gdelt": "\n".join(gdelt_line(n) for n in range(5)).encode(),
        "table": 'التاريخ,المكان,إحداثيات\n2017-05-01,الرقة,"35, 40"\n'.encode(),
        "geojson": collection(feature(POINT), feature(None, place="Raqqa")).encode(),
        "xlsx": (folder / "b.xlsx").read_bytes(),
        "parquet": (folder / "t.parquet").read_bytes(),
        "zip": zipped.getvalue(),
        "gzip": gzip.compress(ucdp),
        "lines": "\n".join(json.dumps(feature(POINT, killed=n)) for n in range(4)).encode(),
        "service": json.dumps({"count": 2, "data": [acled_row(1), acled_row(2)], "more": {"a": []}}).encode(),
    }


SAMPLES = samples()


@pytest.mark.parametrize("kind", list(SAMPLES))
@given(data=st.data())
@quick
def test_damaged_files_of_every_kind(tmp_path: Path, gazetteer: Gazetteer, kind: str, data: st.DataObject) -> None:
    content = bytearray(SAMPLES[kind])
    for _ in range(data.draw(st.integers(1, 4))):
        at = data.draw(st.integers(0, len(content)))
        cut = data.draw(st.sampled_from([0, 0, 1, 2, 30, 10_000]))
        put = data.draw(st.one_of(st.binary(max_size=8), NASTY.map(lambda text: text.encode())))
        content[at : at + cut] = put
    found = tried(tmp_path, gazetteer, bytes(content), name=f"f{data.draw(st.integers(0, 1))}.csv")
    if found:
        contract(found)


@given(content=st.one_of(st.binary(max_size=300), st.text(max_size=300).map(lambda t: t.encode("utf-8", "replace"))))
@quick
def test_any_bytes(tmp_path: Path, gazetteer: Gazetteer, content: bytes) -> None:
    found = tried(tmp_path, gazetteer, content)
    if found:
        contract(found)


@pytest.mark.parametrize(("header", "row"), [(UCDP, ucdp_row), (ACLED, acled_row)], ids=["ucdp", "acled"])
@given(data=st.data())
@quick
def test_any_cells(tmp_path: Path, gazetteer: Gazetteer, header: tuple[str, ...], row, data: st.DataObject) -> None:
    some = st.dictionaries(st.sampled_from(header), CELL, max_size=4)
    rows = [row(n, **data.draw(some)) for n in range(data.draw(st.integers(1, 6)))]
    result = stage_content(tmp_path, gazetteer, csv_of(header, *rows).encode("utf-8", "replace"))
    contract(result)


TABLE = ("date", "end", "place", "governorate", "country", "lat", "lon", "coordinates", "type", "actor", "killed",
         "killed_max", "civilians", "source", "url", "notes", "id", "title", "where_prec", "published")  # fmt: skip


@given(rows=st.lists(st.dictionaries(st.sampled_from(TABLE), CELL, min_size=1), min_size=1, max_size=6))
@quick
def test_any_table(tmp_path: Path, gazetteer: Gazetteer, rows: list[dict[str, str]]) -> None:
    found = tried(tmp_path, gazetteer, csv_of(TABLE, *rows).encode("utf-8", "replace"))
    if found:
        contract(found)


PARTS = ("iyear", "imonth", "iday", "city", "provstate", "gname", "nkill", "WKT", "scite1", "attacktype1_txt")


@given(rows=st.lists(st.dictionaries(st.sampled_from(PARTS), CELL, min_size=1), min_size=1, max_size=6))
@quick
def test_any_days_in_parts(tmp_path: Path, gazetteer: Gazetteer, rows: list[dict[str, str]]) -> None:
    found = tried(tmp_path, gazetteer, csv_of(PARTS, *rows).encode("utf-8", "replace"))
    if found:
        contract(found)


@given(rows=st.lists(st.lists(st.one_of(CELL, st.none(), st.floats(), st.integers(), st.dates(), st.datetimes()),
                              max_size=5), max_size=6))  # fmt: skip
@quick
def test_any_workbook(tmp_path: Path, gazetteer: Gazetteer, rows: list[list[object]]) -> None:
    book = openpyxl.Workbook()
    for row in [["date", "place", "killed", "coordinates"], *rows]:
        # Cells that the writer refuses no workbook can have.
        with contextlib.suppress(ValueError, IllegalCharacterError):
            book.worksheets[0].append(row)
    book.save(tmp_path / "any.xlsx")
    found = tried(tmp_path, gazetteer, (tmp_path / "any.xlsx").read_bytes(), name="any.xlsx")
    if found:
        contract(found)


JSON = st.recursive(
    st.one_of(st.none(), st.booleans(), st.integers(), st.floats(), st.text(max_size=6), NASTY),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(
        st.sampled_from(["type", "coordinates", "geometry", "properties", "features", "date", "id", "lat", "a"]), inner
    ),
    max_leaves=8,
)  # fmt: skip


@given(items=st.lists(JSON, max_size=4), geometry=JSON)
@quick
def test_any_json(tmp_path: Path, gazetteer: Gazetteer, items: list[object], geometry: object) -> None:
    shapes = [{"type": kind, "coordinates": geometry} for kind in ("Point", "Polygon", "MultiPoint", "X")]
    text = collection(feature(geometry), *(feature(shape, extra=items) for shape in shapes), *items)
    found = tried(tmp_path, gazetteer, text.encode("utf-8", "replace"), name="f.geojson")
    if found:
        contract(found)


@given(text=st.one_of(st.text(), CELL))
@settings(max_examples=300 * MORE)
def test_values_of_any_text(text: str) -> None:
    for order in (DayOrder(first="day"), DayOrder(first="month")):
        first, last, prec, problem = day_range(text, order)
        assert (problem is None) == (first is not None)
        assert first is None or (last is not None and first <= last and prec in range(1, 6))
    tell_order([text])
    assert two_angles(text)[0] is None or two_angles(text)[1] is not None
    one_angle(text)
    low, _, high, problem = figures_of(text)
    assert low is None or high is None or low <= high
    for found in (names(text), sides(text), voices(text)[0]):
        assert all(name.strip() == name != "" for name in found)
    event, sub = type_of(text)
    assert event is None or sub in SUB_EVENT_TYPES[event]
