"""Where the records of sound delimited text lie, found by counting quotes and line ends."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np

from events.sources.window import Bytes

LF, CR, QUOTE = 10, 13, 34
_WINDOW = 1 << 19


@dataclass(frozen=True, kw_only=True)
class Scan:
    """The complete records of a buffer.

    offsets: the line each starts on, counted from 0 at the buffer's start; blank lines are no records.
    used: bytes up to the end of the last one. lines: how many lines those are.
    """

    offsets: np.ndarray[Any, np.dtype[np.int64]]
    used: int
    lines: int


def scan(data: Bytes, *, delimiter: str, quoting: bool, final: bool) -> Scan | None:
    """The records, or None where quotes stand in places that RFC 4180 does not know, or no record is complete.

    final: nothing comes after this buffer, so its last line is complete without a line end.
    """
    newlines = _positions(data, LF)
    if final and len(data) and data[-1] != LF:
        newlines = np.append(newlines, len(data))
    ends = newlines
    if quoting:
        quotes = _positions(data, QUOTE)
        if not _sound(data, quotes, delimiter=delimiter) or (final and len(quotes) % 2):
            return None
        # A line end after an odd number of quotes belongs to a cell.
        ends = ends[np.searchsorted(quotes, ends) & 1 == 0]
    if not len(ends):
        return None
    starts = np.concatenate([[0], ends[:-1] + 1])
    widths = ends - starts
    blank = (widths == 0) | ((widths == 1) & (data[np.minimum(starts, len(data) - 1)] == CR))
    return Scan(
        offsets=np.searchsorted(newlines, starts)[~blank],
        used=min(int(ends[-1]) + 1, len(data)),
        lines=int(np.searchsorted(newlines, ends[-1])) + 1,
    )


def _positions(data: Bytes, code: int) -> np.ndarray[Any, np.dtype[np.int64]]:
    """Where a byte stands. In windows that fit the processor's cache, which halves the time."""
    found = [np.flatnonzero(data[at : at + _WINDOW] == code) + at for at in range(0, len(data), _WINDOW)]
    return np.concatenate(found) if found else np.zeros(0, dtype=np.int64)


def _sound(data: Bytes, quotes: np.ndarray[Any, Any], *, delimiter: str) -> bool:
    """Whether every quote opens at the start of a cell, closes at its end, or stands doubled."""
    allowed = np.zeros(256, dtype=bool)
    allowed[[ord(delimiter), LF, CR, QUOTE]] = True
    opening, closing = quotes[0::2], quotes[1::2]
    before = data[opening[opening > 0] - 1]
    after = data[closing[closing < len(data) - 1] + 1]
    return bool(allowed[before].all() and allowed[after].all())
