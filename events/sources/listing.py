"""Names in one cell, one after the other."""

from __future__ import annotations

import re
from collections.abc import Iterable

# A comma inside brackets belongs to the name: "Military faction (forces of A, B)".
_SIDES = re.compile(r"\s*(?:;|,\s+(?![^()]*\)))\s*")
_NAMES = re.compile(r"\s*(?:[;|\n\r؛،]|,\s(?![^()]*\)))\s*")
_VOICES = re.compile(r"\s*(?:[;|\n\r؛]|[,،/]\s*(?![^()]*\)))\s*")
_MOST = 200


def sides(text: str) -> list[str]:
    """The parties of one side as UCDP writes them: joined by commas where they fight as allies."""
    return _each_once(_SIDES.split(text))


def names(text: str) -> list[str]:
    """Names separated by semicolons, bars, lines, or commas with a space."""
    return _each_once(_NAMES.split(text))


def voices(text: str) -> tuple[list[str], str]:
    """Sources of one event, and the same as one line."""
    found = _each_once(_VOICES.split(text))
    return found, "; ".join(found)


def _each_once(parts: Iterable[str]) -> list[str]:
    tidy = (" ".join(part.split()).strip("\"'“” ") for part in parts)
    return list(dict.fromkeys(part for part in tidy if part))[:_MOST]
