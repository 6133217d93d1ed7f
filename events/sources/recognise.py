"""Whose format a header is, and whether its rows are events at all."""

from __future__ import annotations

import csv
import re
from collections.abc import Sequence
from functools import cache
from pathlib import Path
from typing import Literal, get_args

from events.sources.columns import guess_mapping, header_word
from events.sources.errors import SourceError

Format = Literal["ucdp", "acled", "gdelt", "table", "geojson"]
FORMATS: tuple[Format, ...] = get_args(Format)

REQUIRED: dict[str, tuple[str, ...]] = {
    "ucdp": ("date_start", "type", "side_a", "side_b"),
    "acled": ("date", "event_type"),
    "gdelt": ("id", "date", "code"),
}
"""Fields without which a file is not of this format."""

_TELLING: tuple[tuple[Format, tuple[str, ...], str], ...] = (
    ("ucdp", ("date_start", "type", "side_a", "side_b"), ""),
    ("acled", ("date", "event_type", "sub_event_type", "actor1", "lat"), ""),
    # Releases before 2019 have no sub-event types, exports of chosen columns often no actors.
    ("acled", ("date", "event_type", "actor1", "inter1"), ""),
    ("acled", ("date", "event_type"), "event_id_cnty"),
    ("gdelt", ("id", "date", "code", "geo_type"), ""),
)
"""Format, fields that a file has, and a column that it has besides."""
_DATA = Path(__file__).parent / "data"
_WORDS = re.compile(r"[\W_]+")
_SHOWN = 8


def recognise(columns: Sequence[str]) -> Format:
    """UCDP GED, ACLED or GDELT where the header has what tells them, else a plain table."""
    words = {header_word(column) for column in columns}
    for form, telling, besides in _TELLING:
        if set(telling) <= set(guess_mapping(form, columns)) and (not besides or header_word(besides) in words):
            return form
    return "table"


def check_required(form: Format, columns: Sequence[str], mapping: dict[str, str]) -> None:
    """Raises SourceError for a file that lacks what its format, told by a person, always has."""
    missing = [field for field in REQUIRED.get(form, ()) if field not in mapping]
    if missing:
        shown = ", ".join(column[:40] for column in columns[:_SHOWN])
        raise SourceError(
            f"As {form} the file lacks the columns for {', '.join(missing)} (it has {shown} …); "
            "give them with --map, or open it as a plain table."
        )


def refuse_aggregate(columns: Sequence[str], mapping: dict[str, str]) -> None:
    """Raises SourceError for a table that counts events instead of listing them.

    Ours: it has a column that only tables of conflicts by year have; or a column of counts and no id of an event; or
    it has spans of time but no day.
    """
    names = {column: "_".join(part for part in _WORDS.split(column.casefold()) if part) for column in columns}
    yearly = [column for column, name in names.items() if _patterns()["year"].fullmatch(name)]
    if yearly and "lat" not in mapping:
        raise SourceError(
            f"The table has a row for each conflict and year (column {yearly[0][:40]!r}) and lists no events; "
            "expected one row an event, such as UCDP's GED."
        )
    counts = [column for column, name in names.items() if _patterns()["count"].fullmatch(name)]
    periods = [column for column, name in names.items() if _patterns()["period"].fullmatch(name)]
    words = {header_word(column) for column in columns}
    single = words & {header_word(name) for name in ("event_id_cnty", "event_id", "incident_id", "event_date")}
    dated = {"date", "date_start", "year"} & set(mapping)
    if (counts and not single) or (periods and not dated):
        told = f"counts events (column {counts[0][:40]!r})" if counts else f"sums up by {periods[0][:40]!r}"
        raise SourceError(f"The table {told} and does not list them; expected one row an event, each with its day.")


@cache
def _patterns() -> dict[str, re.Pattern[str]]:
    found: dict[str, list[str]] = {}
    with (_DATA / "aggregates.csv").open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            found.setdefault(row["kind"], []).append(row["pattern"])
    return {kind: re.compile("|".join(patterns)) for kind, patterns in found.items()}
