"""What is wrong in a file, row by row, bounded in number."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Iterable

from events.errors import RowIssue

MOST = 100_000
"""How many issues are kept; the rest is counted."""

_VALUE = 200


class Issues:
    """The issues of one file. kept: the first of them, in the order of finding. more: how many came after."""

    def __init__(self, file: str, *, most: int = MOST) -> None:
        self.file = file
        self.kept: list[RowIssue] = []
        self.more = 0
        self._most = most

    def add(self, *, line: int, column: str, value: str, reason: str) -> None:
        """Note one issue; a long value is cut."""
        if len(self.kept) >= self._most:
            self.more += 1
            return
        shown = value if len(value) <= _VALUE else value[: _VALUE - 1] + "…"
        self.kept.append(RowIssue(file=self.file, line=line, column=column, value=shown, reason=reason))

    def __len__(self) -> int:
        return len(self.kept) + self.more

    def in_order(self) -> tuple[RowIssue, ...]:
        """The kept issues by line."""
        return tuple(sorted(self.kept, key=lambda issue: issue.line))


def issues_csv(issues: Iterable[RowIssue], *, reasons: tuple[str, Callable[[str], str]] | None = None) -> str:
    """The issues as CSV for a download: file, line, column, value, reason; safe to open in a spreadsheet.

    reasons: name of one more column, and what says a reason there in another language.
    """
    out = io.StringIO()
    out.write("\ufeff")  # without it Excel takes Arabic for another code page
    writer = csv.writer(out)
    name, said = reasons or ("", None)
    writer.writerow(["file", "line", "column", "value", "reason", *([name] if said else [])])
    for issue in issues:
        texts = [issue.file, str(issue.line), issue.column, issue.value, issue.reason]
        writer.writerow([_disarmed(text) for text in (*texts, *([said(issue.reason)] if said else []))])
    return out.getvalue()


def _disarmed(text: str) -> str:
    """No cell starts a formula; numbers such as -12.5 stay as they are."""
    if not text.startswith(("=", "+", "-", "@", "\t", "\r")):
        return text
    try:
        float(text)
    except ValueError:
        return "'" + text
    return text
