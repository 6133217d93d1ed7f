"""The errors of `events`. Each says what was found, what was expected and what to do."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass


class EventsError(Exception):
    """Base of every error that `events` raises on purpose."""


@dataclass(frozen=True, kw_only=True)
class RowIssue:
    """One thing wrong in one cell of a table.

    file: the table's file name. line: line in that file, counted from 1, the header being line 1.
    column: the column's name, or "" when the whole row is meant. reason: one sentence.
    value: what stands in the cell, cut short; "" where the whole row is meant.
    """

    file: str
    line: int
    column: str
    reason: str
    value: str = ""

    def __str__(self) -> str:
        where = f"{self.file}, line {self.line}"
        return f"{where}, column {self.column}: {self.reason}" if self.column else f"{where}: {self.reason}"


class TableError(EventsError, ValueError):
    """The hand-kept tables contradict themselves. `issues` holds every fault that was found."""

    def __init__(self, issues: Sequence[RowIssue]) -> None:
        self.issues = tuple(issues)
        shown = "\n".join(f"  {issue}" for issue in self.issues[:20])
        more = f"\n  … and {len(self.issues) - 20} more" if len(self.issues) > 20 else ""
        count = f"{len(self.issues)} fault" + ("" if len(self.issues) == 1 else "s")
        super().__init__(f"The event tables have {count}; correct these cells:\n{shown}{more}")
