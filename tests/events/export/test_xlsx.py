"""The workbook opens, its cells are of the right kind, and none of them runs."""

from __future__ import annotations

import io
from collections.abc import Callable
from datetime import datetime

import openpyxl
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from openpyxl.utils.escape import unescape

from events.atlas import Atlas
from events.export.xlsx_file import CELL_UNITS, CUT, write_xlsx
from events.selection import Selection

relaxed = settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])


def book_of(atlas: Atlas, sheet_rows: int = 1_048_576) -> openpyxl.Workbook:
    out = io.BytesIO()
    write_xlsx(atlas, Selection(), out, sheet_rows=sheet_rows)
    return openpyxl.load_workbook(io.BytesIO(out.getvalue()))


def column_of(book: openpyxl.Workbook, sheet: str, name: str) -> list[object]:
    header, *rows = book[sheet].iter_rows(values_only=True)
    # Excel reads _x005F_ as "_"; openpyxl leaves it to the caller in texts that stand in the cell itself.
    return [unescape(cell) if isinstance(cell := row[header.index(name)], str) else cell for row in rows]


def test_the_sheets_are_events_claims_and_what_explains_them(atlas: Atlas) -> None:
    book = book_of(atlas)
    assert book.sheetnames == ["events", "claims", "README"]
    assert len(column_of(book, "events", "id")) == len(atlas.dataset.events)
    assert len(column_of(book, "claims", "id")) == len(atlas.dataset.claims)
    assert "1,048,576" in "\n".join(str(row[0]) for row in book["README"].iter_rows(values_only=True))


def test_days_are_days_and_numbers_are_numbers(atlas: Atlas) -> None:
    book = book_of(atlas)
    days = {type(day) for day in column_of(book, "events", "date_start") if day}
    assert days == {datetime}
    by_id = dict(zip(column_of(book, "events", "id"), column_of(book, "events", "fatalities_low"), strict=True))
    assert by_id == {event.id: event.fatalities_low for event in atlas.dataset.events.values()}
    assert {type(lat) for lat in column_of(book, "events", "lat") if lat is not None} <= {float, int}


def test_no_cell_is_a_formula_or_a_link(hostile: Atlas) -> None:
    book = book_of(hostile)
    seen = 0
    for sheet in book:
        for row in sheet.iter_rows():
            for cell in row:
                assert cell.data_type != "f", cell.value
                assert cell.hyperlink is None
                if isinstance(cell.value, str) and cell.value.startswith(("=", "+", "@")):
                    seen += 1
                    assert cell.quotePrefix
    assert seen


@relaxed
@given(text=st.text(alphabet=st.characters(exclude_categories=["Cs"]), max_size=60))
def test_any_text_makes_a_workbook_that_opens(noted: Callable[[str], Atlas], text: str) -> None:
    title = column_of(book_of(noted(text)), "events", "title_en")[0]
    if text and all(character >= " " and character not in "\ufffe\uffff" for character in text):
        assert title == text


def test_arabic_and_signs_stand_as_they_are(noted: Callable[[str], Atlas]) -> None:
    for text in ("=1+1", "الرقة – دير الزور", "_x000D_", "💥 <b>&", "<r>a & b</r>", " a\u00a0"):
        assert column_of(book_of(noted(text)), "events", "note") == [text]


def test_numbers_are_exact(atlas: Atlas) -> None:
    for name in ("lat", "lon", "radius_km"):
        places = [row["places"][0] for row in atlas.store.rows(Selection()) if row["places"]]
        assert [x for x in column_of(book_of(atlas), "events", name) if x is not None] == [
            place[name] for place in places if place[name] is not None
        ]


def test_what_no_cell_holds_is_cut_and_said(noted: Callable[[str], Atlas]) -> None:
    out = io.BytesIO()
    atlas = noted("💥" * CELL_UNITS)
    written = write_xlsx(atlas, Selection(), out)
    assert written.cut == 3 + 2 * len(atlas.dataset.claims)
    note = column_of(openpyxl.load_workbook(io.BytesIO(out.getvalue())), "events", "note")[0]
    assert str(note).endswith(CUT)
    assert len(str(note).encode("utf-16-le")) // 2 <= CELL_UNITS
    assert any("shortened" in remark for remark in written.remarks())


def test_a_full_sheet_continues_on_the_next(atlas: Atlas) -> None:
    book = book_of(atlas, sheet_rows=50)
    assert book.sheetnames == ["events", "claims", "claims 2", "events 2", "claims 3", "README"]
    ids = column_of(book, "events", "id") + column_of(book, "events 2", "id")
    assert len(ids) == len(set(ids)) == atlas.store.total
    assert all(sheet.max_row <= 50 for sheet in book)


def test_confidence_and_spans_are_in_it(noted: Callable[[str], Atlas]) -> None:
    book = book_of(noted("x"))
    assert column_of(book, "events", "confidence") == [0.75]
    assert set(column_of(book, "claims", "spans")) == {'{"place": [[3, 8]]}'}
