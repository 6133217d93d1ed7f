"""A sheet of Excel whose rows are written as text, for XlsxWriter takes six times as long to write them one by one."""

from __future__ import annotations

import re
from collections.abc import Sequence

from xlsxwriter.format import Format
from xlsxwriter.utility import xl_col_to_name
from xlsxwriter.worksheet import Worksheet

Told = tuple[str | float | None, Format | None]
"""A cell: a text, a number or nothing, and its format."""

# Excel reads _xHHHH_ as the character of that number: what XML cannot hold is written so, and so is a text that
# looks like it.
_LOOKS_WRITTEN = re.compile("_(?=x[0-9A-Fa-f]{4}_)")
_UNWRITABLE = re.compile("[\x00-\x08\x0b-\x1f\ufffe\uffff]")


class Sheet(Worksheet):  # type: ignore[misc] # the library says nothing of its types
    """A worksheet of a workbook in constant memory. `begin` first, then `add`; rows go in order."""

    at = 0
    """How many rows it has."""

    def begin(self, header: Sequence[Told]) -> None:
        """Write the header; every row has as many cells."""
        self._letters = [xl_col_to_name(i) for i in range(len(header))]
        # These are the sheet's first and last cell as long as nothing else is written.
        self.dim_rowmin = self.dim_colmin = 0
        self.dim_colmax = len(header) - 1
        self.add(header)

    def add(self, cells: Sequence[Told]) -> None:
        """Write the next row."""
        self.dim_rowmax = self.at
        self.at += 1
        at = str(self.at)
        told = [
            _cell(f"{letter}{at}", *cell)
            for letter, cell in zip(self._letters, cells, strict=True)
            if cell[0] is not None
        ]
        self.fh.write(f'<row r="{at}">{"".join(told)}</row>')


def _cell(where: str, value: str | float | None, style: Format | None) -> str:
    styled = f' s="{style._get_xf_index()}"' if style is not None else ""
    if not isinstance(value, str):
        return f'<c r="{where}"{styled}><v>{value!r}</v></c>'
    kept = ""
    if not value.isprintable() or value[0] == " " or value[-1] == " ":
        kept = ' xml:space="preserve"'
    return f'<c r="{where}"{styled} t="inlineStr"><is><t{kept}>{_content(value)}</t></is></c>'


def _content(text: str) -> str:
    """A text as a cell's XML has it."""
    if "_x" in text:
        text = _LOOKS_WRITTEN.sub("_x005F_", text)
    # What XML cannot hold is never printable.
    if not text.isprintable():
        text = _UNWRITABLE.sub(lambda found: f"_x{ord(found[0]):04X}_", text)
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
