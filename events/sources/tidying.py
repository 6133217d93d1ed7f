"""The rows of a chunk made ready for SQL: cells trimmed, blanks told, lines that are no rows left out."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import reduce

import pyarrow as pa
import pyarrow.compute as pc

from events import frames  # noqa: F401 - before the arrays below are made
from events.formulas import armed
from events.sources.issues import Issues
from events.sources.plan import Plan

_SPACES = "".join(filter(str.isspace, map(chr, range(0x3001)))) + (
    "\u200e\u200f\ufeff\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"
)
_BLANK = pa.array(["", "NA", "N/A", "#N/A", "NULL", "null", "NaN", "nan", "None", "none"])
"""Texts that stand for an empty cell."""
_UNSAID = (
    "-", "--", "–", "—", "?", "n.a.", "unknown", "no information", "no data", "not known",
    "not available", "not specified", "not stated", "not applicable", "unspecified", "unconfirmed", "undetermined",
    "غير معروف", "غير محدد", "غير متوفر", "غير معلوم", "مجهول", "لا يوجد", "bilinmiyor", "неизвестно", "inconnu",
    "unbekannt",
)  # fmt: skip
"""What people write where they know nothing."""


def _joined(words: str) -> str:
    return words.title().replace(" ", "")


_BLANK_OR_UNSAID = pa.concat_arrays(
    [
        _BLANK,
        pa.array(
            sorted({way(word) for word in _UNSAID for way in (str, str.upper, str.capitalize, str.title, _joined)})
        ),
    ]
)
_SAME = 6
"""Cells that must equal the header's for a row to be the header again."""


class Tidying:
    """For the chunks of one file. unreal: rows met that are blank or hold HXL tags."""

    def __init__(self, plan: Plan, issues: Issues) -> None:
        self._plan, self._issues = plan, issues
        self.unreal = 0

    def tidy(self, table: pa.Table) -> pa.Table:
        """A chunk's real rows; besides its columns those of `Plan.raws`."""
        return self._real(self._told(self._without_tags(table)))

    def _without_tags(self, table: pa.Table) -> pa.Table:
        """A row of HXL tags stands first or nowhere."""
        if table.num_rows and table["record"][0].as_py() == 1 and is_tags(self._cells(table, 0)):
            self.unreal += 1
            return table.slice(1)
        return table

    def _cells(self, table: pa.Table, row: int) -> list[str]:
        return [table[f"c{i}"][row].as_py() or "" for i in range(len(self._plan.columns))]

    def _told(self, table: pa.Table) -> pa.Table:
        """The same with the mapped cells besides: trimmed, None where they say nothing. SQL trims slowly.

        The apostrophe by which an export keeps a spreadsheet from running a text is taken off again.
        """
        for name, number in self._plan.raws.items():
            trimmed = pc.utf8_trim(table[f"c{number}"], characters=_SPACES)
            if pc.any(pc.starts_with(trimmed, "'")).as_py():
                trimmed = pa.array([text and armed(text).strip(_SPACES) for text in trimmed.to_pylist()], pa.string())
            blank = pc.is_in(trimmed, value_set=_BLANK_OR_UNSAID if self._plan.by_people else _BLANK)
            told = pc.if_else(blank, pa.scalar(None, pa.string()), trimmed) if pc.any(blank).as_py() else trimmed
            table = table.append_column(name, told)
        return table

    def _real(self, table: pa.Table) -> pa.Table:
        """The rows that are neither blank nor the header again."""
        names = self._plan.columns
        again = _all(pc.equal(table[f"c{i}"], name) for i, name in enumerate(names[:_SAME]))
        blank = _all(pc.is_null(table[name]) for name in self._plan.raws)
        if pc.any(blank).as_py():
            spaces = pc.utf8_trim_whitespace
            blank = _all([blank, *(pc.equal(pc.fill_null(spaces(table[f"c{i}"]), ""), "") for i in range(len(names)))])
            self.unreal += pc.sum(blank).as_py() or 0
        if pc.any(again).as_py():
            repeated = table.filter(again)
            for record, line in zip(repeated["record"].to_pylist(), repeated["line"].to_pylist(), strict=True):
                reason = "the header stands here again; the line was left out"
                self._issues.add(line=line or record, column="", value="", reason=reason)
        out = pc.or_(again, blank)
        # Filtering copies everything, and hardly any chunk needs it.
        return table.filter(pc.invert(out)) if pc.any(out).as_py() else table


def is_tags(cells: Sequence[str]) -> bool:
    """Whether a row holds HXL tags instead of values."""
    told = [cell.strip() for cell in cells if cell.strip()]
    return bool(told) and all(cell.startswith("#") and len(cell) > 1 for cell in told)


def _all(conditions: Iterable[pa.ChunkedArray]) -> pa.ChunkedArray:
    return reduce(pc.and_, conditions)
