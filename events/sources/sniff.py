"""The shape of a delimited text: which delimiter, which row is the header, where the rows begin."""

from __future__ import annotations

import csv
import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from events.sources.columns import guess_mapping

DELIMITERS = (",", ";", "\t", "|")
_ROWS = 60
_ABOVE = 10
_COLUMNS = 2000
_EXCEL = re.compile(r"sep=(.)\s*\Z")


@dataclass(frozen=True, kw_only=True)
class Shape:
    """How a text is laid out. above, lines_above: bytes (UTF-8) and lines up to where the rows begin."""

    delimiter: str
    quoting: bool
    header: tuple[str, ...]
    above: int
    lines_above: int


@dataclass(frozen=True, kw_only=True)
class _Cut:
    """The first records. ends: for each, lines up to its end."""

    rows: list[list[str]]
    ends: list[int]


def sniff(head: str, *, delimiter: str | None = None) -> Shape | None:
    """The shape of a text that begins so, or None where it is no table of at least two columns.

    The header is the first row of several cells, titles that stand over it left out.
    """
    lines = head.split("\n")
    lines = [line + "\n" for line in lines[:-1]] + ([lines[-1]] if lines[-1] else [])
    if delimiter is None and lines and (told := _EXCEL.match(lines[0])):
        delimiter = told[1]
    best: tuple[float, str, _Cut, int] | None = None
    for candidate in (delimiter,) if delimiter else DELIMITERS:
        cut = _records(lines, candidate)
        widths = Counter(len(row) for row in cut.rows if len(row) > 1)
        if not widths:
            continue
        width, count = max(widths.items(), key=lambda item: (item[1], item[0]))
        score = count / len(cut.rows) * min(width, 20)
        if best is None or score > best[0]:
            best = (score, candidate, cut, width)
    if best is None or best[3] > _COLUMNS:
        return None
    _, delimiter, cut, width = best
    # Rows of another length tell nothing: a stray delimiter makes them.
    at = header_at([row if len(row) <= width else [] for row in cut.rows]) or 0
    header = _widened(cut.rows[at], cut.rows[at + 1 :])
    end = cut.ends[at]
    above = sum(len(line.encode("utf-8")) for line in lines[:end])
    return Shape(delimiter=delimiter, quoting=True, header=tuple(header), above=above, lines_above=end)


def tabbed(head: str) -> tuple[str, ...] | None:
    """The cells of the first line of a text of unquoted, tab-separated cells."""
    first = next((line for line in head.split("\n") if line.strip()), "")
    cells = tuple(first.rstrip("\r").split("\t"))
    return cells if len(cells) > 1 else None


def header_at(rows: Sequence[Sequence[str]]) -> int | None:
    """Index of the header among the first rows, None where no row fills two cells.

    It fills at least half as many cells as the fullest row; what stands above it are titles, notes, and names that
    head several columns. Of several such rows the first that names two things we know is taken.
    """
    filled = [sum(bool(cell.strip()) for cell in row) for row in rows]
    most = max(filled, default=0)
    able = [i for i, n in enumerate(filled[:_ABOVE]) if n > 1 and 2 * n >= most]
    named = [i for i in able if not rows[i][0].startswith("#") and len(guess_mapping("table", rows[i])) > 1]
    return next(iter(named or able), None)


def _widened(header: Sequence[str], rows: Sequence[Sequence[str]]) -> list[str]:
    """The header, with a name more where nearly all rows have a cell more than it.

    R writes the numbers of rows before the others and no name above them; other programs end each row with a
    delimiter.
    """
    wider = [row for row in rows if len(row) == len(header) + 1]
    if len(wider) < max(2, 0.8 * len(rows)):
        return list(header)
    ended = sum(not row[-1].strip() for row in wider) > len(wider) / 2
    return [*header, ""] if ended else ["", *header]


def _records(lines: list[str], delimiter: str) -> _Cut:
    cut = _Cut(rows=[], ends=[])
    reader = csv.reader(lines, delimiter=delimiter)
    try:
        for row in reader:
            if row:
                cut.rows.append(row)
                cut.ends.append(reader.line_num)
            if len(cut.rows) >= _ROWS:
                break
    except csv.Error:
        pass
    return cut
