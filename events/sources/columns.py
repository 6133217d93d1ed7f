"""Which column of a file means what: the guess from its header."""

from __future__ import annotations

import csv
import hashlib
import re
from collections.abc import Mapping, Sequence
from difflib import get_close_matches
from functools import cache
from pathlib import Path

from events.sources.errors import SourceError
from geo.names import fold

_TABLE = Path(__file__).parent / "data" / "columns.csv"
_BRACKETS = re.compile(r"\([^()]*\)|\[[^\[\]]*\]")
_PARTS = re.compile(r"[\W_]+")


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
        for column, tag in (hashtags or {}).items():
            for word in _tag_words(tag):
                by_key.setdefault(word, column)
    found: dict[str, str] = {}
    for field, names in _synonyms()[form].items():
        free = (by_key[name] for name in names if name in by_key and by_key[name] not in found.values())
        chosen = next(free, None)
        if chosen is not None:
            found[field] = chosen
    return found


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


def _tag_words(tag: str) -> list[str]:
    """An HXL tag from exact to general: #affected+killed+f gives itself, then #affected+killed, then #affected."""
    parts = _PARTS.split(tag.strip().lstrip("#").casefold())
    return ["#" + "+".join(parts[:n]) for n in range(len(parts), 0, -1)]


@cache
def _synonyms() -> dict[str, dict[str, tuple[str, ...]]]:
    found: dict[str, dict[str, tuple[str, ...]]] = {}
    with _TABLE.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            names = tuple(dict.fromkeys(header_word(name) for name in row["names"].split("|")))
            found.setdefault(row["format"], {})[row["field"]] = names
    return found
