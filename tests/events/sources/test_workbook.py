"""Workbooks as people keep them, and as nobody should send them."""

from __future__ import annotations

import zipfile
from datetime import datetime
from pathlib import Path

import pytest
import xlsxwriter

from events.sources.errors import SourceError
from tests.events.sources.conftest import Stage


def cells(number: int, *texts: str) -> str:
    """A row in XML."""
    inner = (f'<c r="{chr(65 + n)}{number}" t="inlineStr"><is><t>{text}</t></is></c>' for n, text in enumerate(texts))
    return f'<row r="{number}">{"".join(inner)}</row>'


SPACE = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
HEADER, ROW = cells(1, "date", "place"), cells(2, "2017-06-03", "Raqqa")
LAUGHS = '<!DOCTYPE w [<!ENTITY l0 "lol">' + "".join(
    f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 10)
) + "]>"  # fmt: skip


def book(path: Path, *, hidden: tuple[str, ...] = (), **sheets: list[list[object]]) -> Path:
    made = xlsxwriter.Workbook(str(path), {"default_date_format": "yyyy-mm-dd"})
    for name, rows in sheets.items():
        sheet = made.add_worksheet(name)
        if name in hidden:
            sheet.hide()
        for number, row in enumerate(rows):
            sheet.write_row(number, 0, row)
    made.close()
    return path


def raw(path: Path, rows: str, *, doctype: str = "", before: str = "") -> Path:
    """A workbook whose one sheet has these rows, in XML; before: what stands above them."""
    sound = book(path.with_name("sound.xlsx"), S=[["x"]])
    sheet = f'<?xml version="1.0"?>{doctype}<worksheet {SPACE}>{before}<sheetData>{rows}</sheetData></worksheet>'
    with zipfile.ZipFile(sound) as old, zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            new.writestr(name, sheet if name.endswith("sheet1.xml") else old.read(name))
    return path


def test_the_sheet_with_the_events_is_found_behind_a_codebook_and_titles(stage: Stage, tmp_path: Path) -> None:
    rows = [["Invented incidents"], ["updated", "2018"], [], ["Date", "Place", "Killed"],
            [datetime(2017, 6, 3), "Raqqa", 3]]  # fmt: skip
    result = stage(book(tmp_path / "b.xlsx", README=[["Variable", "Meaning"], ["date", "the day"]], Data=rows))
    assert [(str(row["date_start"]), row["line"], row["fatalities_best"]) for row in result.rows] == [
        ("2017-06-03", 5, 3)
    ]
    assert not result.staged.issues


def test_other_sheets_of_events_are_told_hidden_ones_are_not_read(stage: Stage, tmp_path: Path) -> None:
    sheets = {name: [["Date", "Place"], [f"2017-0{n}-01", "Raqqa"]] for n, name in enumerate(("May", "June", "Old"), 5)}
    result = stage(book(tmp_path / "b.xlsx", hidden=("Old",), **sheets))
    assert [str(row["date_start"]) for row in result.rows] == ["2017-05-01"]
    assert [(issue.value, "'June'" in issue.reason) for issue in result.staged.issues] == [("May", True)]


def test_days_as_numbers_and_cells_beyond_the_header(stage: Stage, tmp_path: Path) -> None:
    rows: list[list[object]] = [
        ["Date", "Place"],
        *([42889, "Raqqa"] for _ in range(60)),
        [42890.4, "Raqqa", "", "more"],
    ]
    result = stage(book(tmp_path / "b.xlsx", S=rows))
    assert {str(row["date_start"]) for row in result.rows} == {"2017-06-03", "2017-06-04"}
    assert [(issue.line, issue.value) for issue in result.staged.issues] == [(1, "42889"), (62, "more")]


@pytest.mark.parametrize(
    ("rows", "doctype"),
    [
        (HEADER + ROW.replace("Raqqa", "&x;"), '<!DOCTYPE w [<!ENTITY x SYSTEM "file:///etc/passwd">]>'),
        (HEADER + ROW.replace("Raqqa", "&l9;"), LAUGHS),
        (HEADER + ROW + '<row r="99999999999"><c r="A99999999999"><v>1</v></c></row>', ""),
        (HEADER + ROW + '<row r="3"><c r="ZZZZZZZ3"><v>1</v></c></row>', ""),
        (HEADER + ROW + '<row r="3"><c r="A3" t="s"><v>99999</v></c></row>', ""),
        (HEADER + ROW + f'<row r="3"><c r="A3"><v>{"9" * 9000}</v></c></row>', ""),
        (HEADER + ROW[:-20], ""),
    ],
    ids=["entity of a file", "entities of entities", "row", "column", "string", "number", "cut"],
)
def test_a_hostile_sheet_is_refused_with_one_sentence(stage: Stage, tmp_path: Path, rows: str, doctype: str) -> None:
    with pytest.raises(SourceError, match=r"^The workbook .*\.$") as told:
        stage(raw(tmp_path / "h.xlsx", rows, doctype=doctype))
    assert "root:" not in str(told.value)


def test_a_cell_far_away_costs_no_memory_for_what_lies_between(stage: Stage, tmp_path: Path) -> None:
    result = stage(raw(tmp_path / "h.xlsx", HEADER + ROW + '<row r="1048576"><c r="XFD1048576"><v>1</v></c></row>'))
    assert (len(result.rows), result.staged.rows) == (1, 1)
    assert result.faults() == [(1048576, "", "1")]


def test_what_a_sheet_says_of_its_size_is_not_believed(stage: Stage, tmp_path: Path) -> None:
    path = raw(tmp_path / "h.xlsx", HEADER + ROW, before='<dimension ref="A1:A1"/>')
    assert [row["place"] for row in stage(path).rows] == ["raqqa"]
