"""Which column of a file means what: the guess from its header."""

from __future__ import annotations

import csv
import hashlib
import re
from collections.abc import Iterator, Mapping, Sequence
from difflib import get_close_matches
from functools import cache
from pathlib import Path

from events.sources.errors import SourceError
from geo.names import fold

_TABLE = Path(__file__).parent / "data" / "columns.csv"
_HINTS = Path(__file__).parent / "data" / "hints.csv"
_BRACKETS = re.compile(r"\([^()]*\)|\[[^\[\]]*\]")
_PARTS = re.compile(r"[\W_]+")
_GROUP = re.compile(r"(?P<group>[\w-]+)(?:/(?:[\w-]+/)*|\.)(?P<name>[\w-]+)")
"""A column of a form's group, or of an object within an object. Of "Type.of.attack" R wrote the points for spaces."""
_OR = re.compile(r"\s*[/\\]\s*|\s+(?:or|أو|او|ou|oder|veya)\s+")
_LANGUAGE = re.compile(
    r"(?:[\s_]+|\s*[-–—/:]\s*)(?:en|eng|english|ar|arabic|original|(?:بال)?(?:عربي|عربية|انجليزي|إنجليزي|انجليزية|إنجليزية)|"
    r"(?:ال)?[أا]صل)\s*\Z",
    re.IGNORECASE,
)
"""What says in which language a column is, or that it is as the source has it."""
_LAST = 30
_CALENDAR = ("year", "month", "day")
_SPANS = frozenset({"start", "begin", "from", "بداية", "end", "until", "to", "نهاية"})
_CLOCKS = frozenset({"time", "timestamp", "today"})
"""Headers that may mean the day of an event or the hour of a form; a column of days beside them decides."""


def fields_of(form: str) -> tuple[str, ...]:
    """The fields that a format knows, in the order in which they choose their columns."""
    return tuple(_synonyms()[form])


def guess_mapping(form: str, columns: Sequence[str], hashtags: Mapping[str, str] | None = None) -> dict[str, str]:
    """Field to column, by the names that a format's releases, or people, give it. Each column serves one field.

    hashtags: column to its HXL tag, where the file has a row of tags.
    """
    by_key: dict[str, str] = {}
    for column in columns:
        by_key.setdefault(header_word(column), column)
    if form == "table":
        # "Fatalities (killed)": the name without its bracket, where no column has that name already.
        for column in columns:
            by_key.setdefault(header_word(_BRACKETS.sub(" ", column)), column)
        for column in columns:
            # Only the end is looked at: in a name of a hundred thousand underscores the pattern would take long.
            by_key.setdefault(header_word(column[:-_LAST] + _LANGUAGE.sub("", column[-_LAST:])), column)
            by_key.setdefault(_shared_name(column), column)
        for column, inner in _inner_names(columns):
            by_key.setdefault(header_word(inner), column)
        for column, tag in (hashtags or {}).items():
            for word in _tag_words(tag, form):
                by_key.setdefault(word, column)
    found: dict[str, str] = {}
    for field, names in _synonyms()[form].items():
        free = (by_key[name] for name in names if name in by_key and by_key[name] not in found.values())
        chosen = next(free, None)
        if chosen is not None:
            found[field] = chosen
    if form == "table":
        _settle_days(found)
        _add_hints(found, columns)
        _settle_days(found)
        if {"lat", "lon"} <= set(found):
            found.pop("latlon", None)
    return found


def _shared_name(column: str) -> str:
    """Of "Town / Village" its first part, where both parts name one field of a plain table; else ""."""
    parts = [header_word(part) for part in _OR.split(column)]
    shared = len(parts) > 1 and any(set(parts) <= set(names) for names in _synonyms()["table"].values())
    return parts[0] if shared else ""


def _settle_days(found: dict[str, str]) -> None:
    """One way to say when: a column of days before columns named start and end, these before parts of days."""
    if header_word(found.get("date", "")) in _CLOCKS and header_word(found.get("date_start", "")) not in {"", *_SPANS}:
        del found["date"]
    if "date" in found:
        spans = {field for field in ("date_start", "date_end") if header_word(found.get(field, "")) in _SPANS}
        if "date_start" in spans:
            for field in spans:
                del found[field]
    if {"date", "date_start"} & set(found) or not set(_CALENDAR) <= set(found):
        for field in _CALENDAR:
            found.pop(field, None)


def _add_hints(found: dict[str, str], columns: Sequence[str]) -> None:
    """What a part of a header tells, where no column has one of the names. Latitude and longitude go together."""
    words = {column: "_".join(part for part in _PARTS.split(column.casefold()) if part) for column in columns}
    named = set(found)
    for field, pattern, unless, beside in _hints():
        if _is_settled(field, found):
            continue
        for column, word in words.items():
            free = column not in found.values() and pattern.fullmatch(word) and not unless.fullmatch(word)
            if free and (not beside or beside in words.values()):
                found[field] = column
                break
    for field, other in (("lat", "lon"), ("lon", "lat")):
        if field in found and field not in named and other not in found:
            del found[field]


def _is_settled(field: str, found: Mapping[str, str]) -> bool:
    """Whether a field has its column. The hours in which a form was filled in are no better day than a hint's."""
    if field != "date":
        return field in found
    started = header_word(found.get("date_start", "start"))
    return "year" in found or started not in _SPANS or header_word(found.get("date", "time")) not in _CLOCKS


def _inner_names(columns: Sequence[str]) -> Iterator[tuple[str, str]]:
    """Columns that lie in groups, as in "where/gps", and their names there; none where no group has two of them."""
    grouped = {column: found for column in columns if (found := _GROUP.fullmatch(column.strip()))}
    if len({found["group"] for found in grouped.values()}) < len(grouped):
        yield from ((column, found["name"]) for column, found in grouped.items())


def check_mapping(form: str, mapping: Mapping[str, str], columns: Sequence[str]) -> dict[str, str]:
    """A mapping given by a person. An empty column takes the guess for a field away. Raises SourceError."""
    for field, column in mapping.items():
        if field not in fields_of(form):
            raise SourceError(
                f"{field!r} is no field of format {form!r}; expected one of {', '.join(fields_of(form))}."
            )
        if column and column not in columns:
            near = get_close_matches(column, columns, n=3, cutoff=0.4) or list(columns[:12])
            raise SourceError(
                f"The file has no column {column[:60]!r}; it has {', '.join(repr(c[:60]) for c in near)}."
            )
    return dict(mapping)


def header_key(columns: Sequence[str]) -> str:
    """One key for all files with these columns, in this order, however capitalised or spaced."""
    return hashlib.sha256("\x1f".join(header_word(column) for column in columns).encode()).hexdigest()


def header_word(name: str) -> str:
    """A column's name as it is compared: folded, so that "Event_Date", "event date" and "EVENT DATE" are one."""
    if name.lstrip().startswith("#"):
        return "#" + "+".join(_PARTS.split(name.strip().lstrip("#").casefold()))
    # A single letter or an article alone folds to nothing; keep it.
    return fold(name) or name.strip().casefold()


def _tag_words(tag: str, form: str) -> list[str]:
    """The known HXL tags that say most of what a tag says, in any order: #affected+f+killed is #affected+killed."""
    name, *attributes = _tag_parts(tag)
    known = {word for names in _synonyms()[form].values() for word in names if word.startswith("#")}
    said = {word: parts[1:] for word in known if (parts := _tag_parts(word))[0] == name}
    fits = {word: len(parts) for word, parts in said.items() if set(parts) <= set(attributes)}
    return [word for word, size in fits.items() if size == max(fits.values())]


def _tag_parts(tag: str) -> list[str]:
    return [part for part in _PARTS.split(tag.strip().lstrip("#").casefold()) if part]


@cache
def _hints() -> tuple[tuple[str, re.Pattern[str], re.Pattern[str], str], ...]:
    """Field, pattern of a header, pattern of headers that it is not, header that must stand beside it."""
    with _HINTS.open(encoding="utf-8", newline="") as file:
        return tuple(
            (row["field"], re.compile(row["pattern"]), re.compile(row["unless"] or "(?!)"), row["beside"])
            for row in csv.DictReader(file)
        )


@cache
def _synonyms() -> dict[str, dict[str, tuple[str, ...]]]:
    found: dict[str, dict[str, tuple[str, ...]]] = {}
    with _TABLE.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            names = tuple(dict.fromkeys(header_word(name) for name in row["names"].split("|")))
            found.setdefault(row["format"], {})[row["field"]] = names
    return found
