"""Codes of other projects and ours, from the tables in `data`."""

from __future__ import annotations

import csv
from functools import cache
from pathlib import Path

from events.engines.loading import quoted
from events.model import SUB_EVENT_TYPES

_DATA = Path(__file__).parent / "data"


def event_type_of(sub: str) -> str:
    """SQL for the event type of SQL for a sub-event type."""
    cases = " ".join(
        f"WHEN {sub} IN ({', '.join(map(quoted, subs))}) THEN {quoted(event)}"
        for event, subs in SUB_EVENT_TYPES.items()
    )
    return f"CASE {cases} END"


def precision(form: str, kind: str, cell: str) -> str:
    """SQL for UCDP's code of SQL for another project's; None where it has no such code."""
    with (_DATA / "precision.csv").open(encoding="utf-8", newline="") as file:
        pairs = [(r["theirs"], r["ours"]) for r in csv.DictReader(file) if (r["format"], r["kind"]) == (form, kind)]
    cases = " ".join(f"WHEN {theirs} THEN {ours}" for theirs, ours in pairs)
    return f"CASE whole_of({cell}) {cases} END"


def prefixed(cell: str, column: str) -> str:
    """SQL for a column of the CAMEO table, by the longest prefix of a code that it holds."""
    rows = [(code, row[column]) for code, row in cameo().items() if row[column]]
    cases = " ".join(
        f"WHEN starts_with({cell}, {quoted(code)}) THEN {quoted(value)}"
        for code, value in sorted(rows, key=lambda row: -len(row[0]))
    )
    return f"CASE {cases} END"


@cache
def cameo() -> dict[str, dict[str, str]]:
    """The rows of the CAMEO table by code."""
    with (_DATA / "cameo.csv").open(encoding="utf-8", newline="") as file:
        return {row["code"]: row for row in csv.DictReader(file)}
