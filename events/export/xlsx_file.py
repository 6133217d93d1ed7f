"""Excel (Office Open XML): a sheet of events, a sheet of their claims, and a sheet that explains them."""

from __future__ import annotations

import json
import tempfile
from collections.abc import Sequence
from datetime import date
from typing import Any, BinaryIO

import xlsxwriter
from xlsxwriter.exceptions import FileCreateError
from xlsxwriter.format import Format as CellFormat

from events.atlas import Atlas
from events.engines.schema import Row
from events.export.record import CLAIM_COLUMNS, COLUMNS, record
from events.export.streaming import Progress, pages
from events.export.written import Tally, Written
from events.export.xlsx_sheet import Sheet, Told
from events.formulas import disarmed
from events.selection import Selection, query_string

SHEET_ROWS = 1_048_576
"""Rows that a sheet of Excel holds, its header included; what goes beyond continues on a further sheet."""
CELL_UNITS = 32_767
"""UTF-16 units that a cell of Excel holds."""
CUT = " […]"
FIRST_DAY = date(1900, 3, 1)
"""Excel counts a 29 February 1900 that never was: days before this one are written as text."""
_DAY_ZERO = date(1899, 12, 30)

_WIDE = {"title_en": 50, "title_ar": 50, "note": 50, "summary_en": 50, "summary_ar": 50, "id": 36, "event": 36}
_WIDTH = 16


class _Sheets:
    """A table that continues on a further sheet where one is full. Rows go in order: none can be revisited."""

    def __init__(self, book: xlsxwriter.Workbook, name: str, columns: Sequence[str], tally: Tally, rows: int) -> None:
        self._book, self._name, self._columns, self._tally, self._rows = book, name, columns, tally, rows
        self._day: CellFormat = book.add_format({"num_format": "yyyy-mm-dd"})
        self._bold: CellFormat = book.add_format({"bold": True, "bottom": 1})
        # Excel's own mark of a text: a cell that begins with "=" stays one even when somebody edits it.
        self._text: CellFormat = book.add_format({"quote_prefix": True})
        self._n = 0
        self._sheet = self._next()

    def _next(self) -> Sheet:
        self._n += 1
        name = self._name if self._n == 1 else f"{self._name} {self._n}"
        sheet: Sheet = self._book.add_worksheet(name, worksheet_class=Sheet)
        for i, column in enumerate(self._columns):
            sheet.set_column(i, i, _WIDE.get(column, _WIDTH))
        sheet.freeze_panes(1, 1)
        sheet.begin([(column, self._bold) for column in self._columns])
        return sheet

    def add(self, values: Sequence[Any]) -> None:
        if self._sheet.at == self._rows:
            self.close()
            self._sheet = self._next()
        self._sheet.add([self._told(value) for value in values])

    def close(self) -> None:
        self._sheet.autofilter(0, 0, self._sheet.at - 1, len(self._columns) - 1)

    def _told(self, value: Any) -> Told:
        """A value as Excel's cell has it, and its format."""
        kind = type(value)
        if kind is int or kind is float:
            return value, None
        if kind is list:
            value = ";".join(value)
        if value is None or value == "":
            return None, None
        if isinstance(value, date) and value >= FIRST_DAY:
            return (value - _DAY_ZERO).days, self._day
        text = self._fitting(str(value))
        return text, None if text[0].isalnum() or disarmed(text) == text else self._text

    def _fitting(self, text: str) -> str:
        if len(text) <= CELL_UNITS // 2 or len(text.encode("utf-16-le")) <= 2 * CELL_UNITS:
            return text
        self._tally.cut += 1
        kept = text.encode("utf-16-le")[: 2 * (CELL_UNITS - len(CUT))]
        return kept.decode("utf-16-le", errors="ignore") + CUT


def write_xlsx(
    atlas: Atlas,
    selection: Selection,
    out: BinaryIO,
    *,
    include_restricted: bool = False,
    progress: Progress | None = None,
    sheet_rows: int = SHEET_ROWS,
) -> Written:
    """Write the selection as a workbook; days are days, numbers numbers, and no text is ever a formula or a link.

    sheet_rows: rows a sheet holds; smaller only to be tried out.
    """
    tally = Tally()
    # Rows wait in files of the library's own; it leaves them behind where something goes wrong.
    with tempfile.TemporaryDirectory(prefix="furat-") as folder:
        options = {"constant_memory": True, "in_memory": False, "tmpdir": folder, "use_zip64": True}
        book = xlsxwriter.Workbook(out, options)
        book.set_properties({"title": "Furat: events", "comments": f"data version {atlas.store.version}"})
        events = _Sheets(book, "events", COLUMNS, tally, sheet_rows)
        claims = _Sheets(book, "claims", ("event", *CLAIM_COLUMNS), tally, sheet_rows)
        for page in pages(atlas, selection, tally, include_restricted=include_restricted, progress=progress):
            for row in page:
                full = record(row)
                events.add([full[column] for column in COLUMNS])
                for claim in full["claims"]:
                    claims.add([full["id"], *(_flat(claim, column) for column in CLAIM_COLUMNS)])
            tally.events += len(page)
        events.close()
        claims.close()
        written = tally.written()
        readme = book.add_worksheet("README")
        readme.set_column(0, 0, 110, book.add_format({"text_wrap": True, "valign": "top"}))
        for i, line in enumerate(_readme(atlas, selection, written)):
            readme.write_string(i, 0, line)
        try:
            book.close()
        except FileCreateError as error:
            raise error.args[0] from error
    return written


def _flat(claim: Row, column: str) -> Any:
    return json.dumps(claim["spans"]) if column == "spans" and "spans" in claim else claim.get(column)


def _readme(atlas: Atlas, selection: Selection, written: Written) -> list[str]:
    return [
        f"{written.events:,} of {atlas.store.total:,} events of Furat, data version {atlas.store.version}.",
        f"Filters: {query_string(selection.params()) or 'none'}.",
        *written.remarks(),
        "events: one row an event. An empty cell means that nobody says so; it never means zero.",
        "claims: one row for each thing a report says of an event: in whose name, and whether it is denied.",
        "Columns bear the names of the project's data model (events/data/README.md). Lists are parted by semicolons.",
        "date_prec (UCDP): 1 one day, 2 two to six days, 3 a week, 4 a month, 5 longer.",
        "where_prec (UCDP): 1 exact, 2 within about 25 km, 3 district, 4 governorate, 5 vague or along a line, "
        "6 country, 7 sea or air. radius_km: how far from lat, lon the place may really lie or reach.",
        "confidence: of the reader, 0 to 1; empty where a person coded the event. It says nothing of precision.",
        "spans: for each value the words it was read from, as first and last character in the report's text (JSON).",
        f"A sheet of Excel holds {SHEET_ROWS:,} rows with its header; longer tables go on in 'events 2', 'claims 2' …",
        f"A cell holds {CELL_UNITS:,} characters; longer texts end in '{CUT.strip()}'. CSV keeps them whole.",
        "No cell is a formula or a link, whatever its text begins with. The reports belong to their publishers.",
    ]
