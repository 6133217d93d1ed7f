"""A time as a report names it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Literal

from events.reading.text import Span

Precision = Literal["day", "days", "week", "month", "year"]
Sense = Literal["at", "since", "ahead"]


@dataclass(frozen=True, kw_only=True, slots=True)
class DateMention:
    """A time as written and as meant; ``start`` and ``end`` are None where nothing tells them.

    That is so without a known day of publication, of what is ahead, and of a day that no calendar has.
    ``sense``: at the time, since it, or still ahead. ``issue`` tells of a contradiction.
    """

    first: int
    last: int
    span: Span
    start: date | None
    end: date | None
    precision: Precision
    sense: Sense
    issue: str = ""
