"""No text that leaves is a formula to a spreadsheet, and none is lost by making it safe."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from events import export
from events.atlas import Atlas
from events.export.csv_file import add
from events.export.spreadsheet import cell, listed
from events.formulas import armed, disarmed
from events.selection import Selection

SIGNS = ("=", "+", "-", "@", "＝", "＋", "－", "＠", "﹦", "﹢", "﹣", "﹫")
BEFORE = ("", " ", "\u00a0", "\u3000", "\ufeff", "\u200b", "\u200e", "\u202e", "\x00", " \t ")


@pytest.mark.parametrize("sign", SIGNS)
@pytest.mark.parametrize("before", BEFORE)
def test_text_that_a_spreadsheet_would_run_is_disarmed(sign: str, before: str) -> None:
    assert disarmed(f"{before}{sign}1+1") == f"'{before}{sign}1+1"


@pytest.mark.parametrize("start", ["\t", "\r", "\n"])
def test_text_that_begins_with_a_tab_or_a_line_break_is_disarmed(start: str) -> None:
    assert disarmed(f"{start}x") == f"'{start}x"


@pytest.mark.parametrize("text", ["", "Raqqa", "2017-10-12", "1=1", "a-b", "«قسد»", "(+1)", "'tis", " x", "…-"])
def test_other_text_is_left_alone(text: str) -> None:
    assert disarmed(text) == text


@pytest.mark.parametrize("number", [-1.5, -3, 0, 2.5])
def test_a_number_stays_a_number(number: float) -> None:
    assert cell(number) is number


@given(st.text())
def test_what_was_disarmed_can_be_had_back(text: str) -> None:
    assert armed(disarmed(text)) == text


@given(st.text(alphabet="'=+-@ a"))
def test_apostrophes_of_its_own_do_not_confuse_it(text: str) -> None:
    assert armed(disarmed(text)) == text


def test_each_name_of_a_list_is_disarmed() -> None:
    assert cell(["a", "=1+1", "-b"]) == "a;'=1+1;'-b"


def test_a_semicolon_in_a_name_does_not_make_two() -> None:
    assert listed(["a; b", "c"]) == "a, b; c"


@given(st.lists(st.text(alphabet=st.characters(exclude_categories=["Cs"])), min_size=1, max_size=4))
def test_any_text_comes_back_from_csv(texts: list[str]) -> None:
    out = io.BytesIO()
    add(out, [texts])
    rows = list(csv.reader(io.StringIO(out.getvalue().decode(), newline="")))
    assert [[armed(text) for text in row] for row in rows] == [texts]


def test_no_cell_of_hostile_tables_runs(hostile: Atlas) -> None:
    for form in ("csv", "acled", "ucdp"):
        out = io.BytesIO()
        export.FORMATS[form].write(hostile, Selection(), out)
        rows = list(csv.DictReader(io.StringIO(out.getvalue().decode("utf-8-sig"), newline="")))
        assert rows
        for row in rows:
            for value in row.values():
                if value[:1] in ("=", "+", "@", "\t", "\r") or (value[:1] == "-" and not _number(value)):
                    pytest.fail(f"{form} holds {value!r}")


def _number(text: str) -> bool:
    try:
        float(text)
    except ValueError:
        return False
    return True


def test_csv_opens_in_excel_with_its_arabic(noted: Callable[[str], Atlas]) -> None:
    for form in ("csv", "acled", "ucdp"):
        out = io.BytesIO()
        export.FORMATS[form].write(noted("الرقة"), Selection(), out)
        assert out.getvalue().startswith(b"\xef\xbb\xbf")
        assert "الرقة" in out.getvalue().decode("utf-8-sig") or form == "ucdp"
