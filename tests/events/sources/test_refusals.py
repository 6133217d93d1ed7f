"""What is no table of events is refused with one sentence; hostile files find limits."""

from __future__ import annotations

import io
import tempfile
import zipfile
from pathlib import Path

import pytest

from events.importing import COMMAND_LINE, Limits, staging_connection
from events.sources.errors import SourceError
from events.sources.issues import Issues, issues_csv
from tests.events.sources.conftest import UCDP, Stage, csv_of, ucdp_row

WEEKLY = ("WEEK,REGION,COUNTRY,ADMIN1,EVENT_TYPE,SUB_EVENT_TYPE,EVENTS,FATALITIES,POPULATION_EXPOSURE,DISORDER_TYPE,"
          "ID,CENTROID_LATITUDE,CENTROID_LONGITUDE\n"
          "2017-05-06,Middle East,Syria,Raqqa,Battles,Armed clash,12,3,,x,7,35,39\n")  # fmt: skip
FORTY = ",".join(["country", "admin1", "year", "month", *(f"{kind}_{what}" for kind in ("battles", "riots", "protests")
                  for what in ("events", "fatalities", "x", "y", "z", "u", "v", "w", "q", "r", "s", "t"))])  # fmt: skip


def packed(*members: tuple[str, bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in members:
            archive.writestr(name, data)
    return out.getvalue()


@pytest.mark.parametrize(
    "content",
    [
        b"", b"\n \n\t", b"%PDF-1.7 x", b"\x89PNG\r\n\x1a\n" + bytes(50),
        b"<!DOCTYPE html><html><body>404</body></html>",
        b"<?xml version='1.0'?><a/>", b"just some words", bytes(range(256)) * 20, b"\x80\x04\x95pickle",
        b"\x1f\x8b\x08gz",
        b"PK\x03\x04broken", packed(("a.png", b"x")), packed(("a.csv", b"x"), ("b.csv", b"y")), b"PAR1 broken PAR1",
        packed(("xl/workbook.xml", b"<a/>")), WEEKLY.encode(), (FORTY + "\n" + ",".join("1" * 40) + "\n").encode(),
        b"country,year,best\nSyria,2017,1200\n", b"name,lat,lon\nRaqqa,35.9,39\n", b"date,count\n2017-01-01,5\n",
        ",".join(UCDP).encode(), b"a,b\n" * 3, b"version https://git-lfs.github.com/spec/v1\noid sha256:12\n",
    ],
)  # fmt: skip
def test_what_is_no_table_of_events_is_refused_with_one_sentence(stage: Stage, content: bytes) -> None:
    with pytest.raises(SourceError) as told:
        stage(content)
    assert "\n" not in str(told.value)
    assert 20 < len(str(told.value)) < 400
    assert str(told.value).endswith(".")


def test_a_directory_and_a_missing_file(stage: Stage, tmp_path: Path) -> None:
    for path in (tmp_path, tmp_path / "missing.csv"):
        with pytest.raises(SourceError):
            stage(path)


def test_the_one_table_of_a_zip_is_opened(stage: Stage) -> None:
    data = csv_of(UCDP, ucdp_row(1)).encode()
    members = [("../../evil/ged.csv", data), ("__MACOSX/._ged.csv", b"x"), ("readme.txt", b"words")]
    assert len(stage(packed(*members)).rows) == 1


def test_a_zip_that_grows_too_much_is_refused(stage: Stage) -> None:
    bomb = packed(("a.csv", csv_of(UCDP, ucdp_row(1)).encode() + b" " * 20_000_000))
    with pytest.raises(SourceError, match="grows"):
        stage(bomb)
    with pytest.raises(SourceError, match="grows"):
        stage(packed(("xl/workbook.xml", b"<a/>"), ("xl/media/x", bytes(20_000_000))))


def test_limits_of_size_rows_and_cells(stage: Stage) -> None:
    text = csv_of(UCDP, ucdp_row(1), ucdp_row(2, where_coordinates="x" * 600), ucdp_row(3))
    with pytest.raises(SourceError, match="MB"):
        stage(text, limits=Limits(size=100))
    with pytest.raises(SourceError, match="more than 2 rows"):
        stage(text, limits=Limits(rows=2))
    cut = stage(text, limits=Limits(cell=500))
    assert [row["source_id"] for row in cut.rows] == ["1", "3"]
    assert [(issue.line, issue.column) for issue in cut.staged.issues] == [(3, "where_coordinates")]
    assert max(len(issue.value) for issue in cut.staged.issues) <= 200
    assert len(stage(text, limits=COMMAND_LINE).rows) == 3


def test_a_format_that_does_not_fit_is_refused(stage: Stage) -> None:
    text = csv_of(UCDP, ucdp_row(1))
    for form in ("acled", "gdelt", "geojson", "xyz"):
        with pytest.raises(SourceError):
            stage(text, format=form)
    assert stage(text, format="table", mapping={"fatalities": "best"}).format == "table"


def test_the_staging_database_opens_no_file(tmp_path: Path) -> None:
    (tmp_path / "x.csv").write_text("a\n1\n", encoding="utf-8")
    with staging_connection() as connection, pytest.raises(Exception, match="disabled"):
        connection.execute(f"SELECT * FROM read_csv('{tmp_path}/x.csv')")


def test_names_of_columns_are_no_sql(stage: Stage) -> None:
    odd = "x'); DROP TABLE incoming; --"
    (row,) = stage(csv_of((*UCDP, odd), ucdp_row(1) | {odd: "'); --"})).rows
    assert row["original"][odd] == "'); --"


def test_nothing_is_left_behind(stage: Stage, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = tmp_path / "temporary"
    folder.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(folder))
    stage(packed(("a.csv", csv_of(UCDP, ucdp_row(1)).encode())))
    with pytest.raises(SourceError):
        stage(packed(("a.csv", b"nothing")))
    assert list(folder.iterdir()) == []


def test_issues_are_bounded_and_safe_in_a_spreadsheet() -> None:
    issues = Issues("f.csv", most=2)
    for line in (3, 1, 2):
        issues.add(line=line, column="=cmd", value="-12.5", reason="@x")
    assert (len(issues), issues.more) == (3, 1)
    text = issues_csv(issues.in_order())
    assert text.splitlines()[1:] == ["f.csv,1,'=cmd,-12.5,'@x", "f.csv,3,'=cmd,-12.5,'@x"]
