"""Names in one cell, one after the other."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable

# A comma inside brackets belongs to the name: "Military faction (forces of A, B)".
_SIDES = re.compile(r"\s*(?:;|,\s+(?![^()]*\)))\s*")
_NAMES = re.compile(r"\s*(?:[;|\n\r؛،]|,\s(?![^()]*\)))\s*")
_VOICES = re.compile(r"\s*(?:[;|\n\r؛]|[,،/]\s*(?![^()]*\)))\s*")
_PLAIN = re.compile(r"\s*(?:[;|\n\r؛]|[,،]\s+(?![^()]*\))|\s+(?=https?://))\s*")
_LINK = re.compile(r"https?://(?:www\.)?([^/?#:\s]+)", re.IGNORECASE)
_CITED = re.compile(r"[\"“«].{3,}[\"”»],?\s+([^,;|\"]+),\s.*[0-9]{4}\.?")
"""A citation such as "The title," Newspaper, May 3, 2017."""
_NOTE = re.compile(r"(?:\[[0-9a-z]{1,3}\])+\Z")
"""Marks of footnotes in tables from an encyclopedia."""
_JSON = ('{"', "[{")
_MARKS = dict.fromkeys(map(ord, "\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"))
"""Marks of writing direction, which are no part of a name."""
_MOST = 200
_LONGEST = 500


def sides(text: str) -> list[str]:
    """The parties of one side as UCDP writes them: joined by commas where they fight as allies."""
    return _each_once(_SIDES.split(text))


def names(text: str) -> list[str]:
    """Names separated by semicolons, bars, lines, or commas with a space; of JSON's objects their names."""
    if text.startswith(_JSON):
        return _each_once(_named(text))
    return _each_once(_NAMES.split(text))


def voices(text: str) -> tuple[list[str], str]:
    """Sources of one event, and the same as one line."""
    if text.startswith(_JSON):
        text = ";".join(_named(text))
    # In a long text the pattern would take long.
    if len(text) <= _LONGEST and (cited := _CITED.fullmatch(text)):
        return _each_once([cited[1]]), text
    found: list[str] = []
    for part in _PLAIN.split(text):
        # A link names its site; the slashes in it part no names.
        link = _LINK.match(part.strip())
        found += [link[1].lower()] if link else _VOICES.split(part)
    told = _each_once(found)
    return told, "; ".join(told)


def _named(text: str) -> list[str]:
    """What the objects of a JSON text are called."""
    try:
        found = json.loads(text)
    except (ValueError, RecursionError):
        return []
    items = [item for item in (found if isinstance(found, list) else [found]) if isinstance(item, dict)]
    told = (next((item[key] for key in ("name", "title", "path", "url") if key in item), None) for item in items)
    return [name for name in told if isinstance(name, str)]


def _each_once(parts: Iterable[str]) -> list[str]:
    tidy = (_NOTE.sub("", " ".join(part.translate(_MARKS).split())).strip("\"'“” ") for part in parts)
    return list(dict.fromkeys(part for part in tidy if part))[:_MOST]
