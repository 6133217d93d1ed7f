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
from events.sources.types import type_of

Format = Literal["ucdp", "acled", "gdelt", "table", "geojson"]
FORMATS: tuple[Format, ...] = get_args(Format)

REQUIRED: dict[str, tuple[str, ...]] = {
    "ucdp": ("date_start", "type"),
    "acled": ("date", "event_type"),
    "gdelt": ("date", "code"),
}
"""Fields without which a file is not of this format."""

_TELLING: tuple[tuple[Format, tuple[str, ...], tuple[str, ...]], ...] = (
    ("ucdp", ("date_start", "type", "side_a", "side_b"), ()),
    # Selections of columns; sums of them have no points.
    ("ucdp", ("date_start", "type", "best", "lat"), ()),
    ("acled", ("date", "event_type", "sub_event_type", "actor1", "lat"), ()),
    # Releases before 2019 have no sub-event types, exports of chosen columns often no actors.
    ("acled", ("date", "event_type", "actor1", "inter1"), ()),
    ("acled", ("date", "event_type"), ("event_id_cnty",)),
    (
        "acled",
        ("date", "event_type", "sub_event_type"),
        ("interaction", "disorder_type", "source_scale", "time_precision", "geo_precision", "inter1", "assoc_actor_1"),
    ),
    # Selections of columns, as BigQuery gives them, often lack ids and kinds of places.
    ("gdelt", ("id", "date", "code"), ()),
    ("gdelt", ("date", "code"), ("SQLDATE",)),
)
"""Format, fields that a file has, and columns of which it has one besides."""
_DATA = Path(__file__).parent / "data"
_WORDS = re.compile(r"[\W_]+")
_NUMBER = re.compile(r"-?[\d.,٫٬\s\u00a0\u202f]+")
_SAYS = frozenset(
    {"actors", "targets", "title", "notes", "headline", "fatalities", "fatalities_low", "fatalities_high", "civilians"}
)
"""Fields that tell of an event besides its day, place and type."""
_TOLD = frozenset({"notes", "headline", "url"})
"""Fields that only a row of one event has."""
_SHOWN = 8


def recognise(columns: Sequence[str]) -> Format:
    """UCDP GED, ACLED or GDELT where the header has what tells them, else a plain table."""
    words = {header_word(column) for column in columns}
    for form, telling, besides in _TELLING:
        known = set(telling) <= set(guess_mapping(form, columns))
        if known and (not besides or any(header_word(name) in words for name in besides)):
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


def refuse_aggregate(columns: Sequence[str], mapping: dict[str, str], rows: Sequence[Sequence[str]]) -> None:
    """Raises SourceError for a table that counts, sums up or measures something instead of listing events.

    rows: the first of them; where they hold words a column counts nothing. Ours: it has a column that only tables of
    conflicts by year or of articles have; or no id, account or address of an event, and a column of counts, or spans of
    time but no day; or a column of prices, weather or the like and none that says what happened, who took part or who
    died.
    """
    names = {column: "_".join(part for part in _WORDS.split(column.casefold()) if part) for column in columns}

    def found(kind: str) -> list[str]:
        return [column for column, name in names.items() if _patterns()[kind].fullmatch(name)]

    yearly = found("year")
    if yearly and "lat" not in mapping:
        raise SourceError(
            f"The table has a row for each conflict and year (column {yearly[0][:40]!r}) and lists no events; "
            "expected one row an event, such as UCDP's GED."
        )
    if articles := found("article"):
        raise SourceError(
            f"The table has a row for each article (column {articles[0][:40]!r}) and lists no events; "
            "expected one row an event, such as GDELT's events (export.CSV)."
        )
    counts = [column for column in found("count") if _is_numbers(columns.index(column), rows)]
    words = {header_word(column) for column in columns}
    ids = ("event_id_cnty", "event_id", "incident_id", "event_date", "GLOBALEVENTID")
    single = words & {header_word(name) for name in ids}
    dated = {"date", "date_start", "year"} & set(mapping)
    periods = found("period")
    if not single and ((counts and not _TOLD & set(mapping)) or (periods and not dated)):
        told = f"counts events (column {counts[0][:40]!r})" if counts else f"sums up by {periods[0][:40]!r}"
        raise SourceError(f"The table {told} and does not list them; expected one row an event, each with its day.")
    measures = found("measure")
    if measures and not _SAYS & set(mapping) and not _is_typed(columns, mapping, rows):
        raise SourceError(
            f"The table measures something (column {measures[0][:40]!r}) and lists no events; "
            "expected one row an event, with what happened, who took part or who died."
        )


def _is_numbers(at: int, rows: Sequence[Sequence[str]]) -> bool:
    told = [row[at].strip() for row in rows if row[at].strip()]
    return all(_NUMBER.fullmatch(cell) for cell in told)


def _is_typed(columns: Sequence[str], mapping: dict[str, str], rows: Sequence[Sequence[str]]) -> bool:
    """Whether some row has a type of event that we know."""
    at = [columns.index(mapping[field]) for field in ("event_type", "sub_event_type") if field in mapping]
    return any(type_of(row[n]) != (None, None) for row in rows for n in at)


@cache
def _patterns() -> dict[str, re.Pattern[str]]:
    found: dict[str, list[str]] = {}
    with (_DATA / "aggregates.csv").open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            found.setdefault(row["kind"], []).append(row["pattern"])
    return {kind: re.compile("|".join(patterns)) for kind, patterns in found.items()}
