"""Event types in other words than ours: older spellings of ACLED, and what people write in a spreadsheet."""

from __future__ import annotations

import csv
import re
from functools import cache
from pathlib import Path

from events.model import SUB_EVENT_TYPES
from geo.names import fold

_TABLE = Path(__file__).parent / "data" / "event_types.csv"
_BETWEEN = re.compile(r"\s*(?:[,;:|/+&،؛()\n]|\band/or\b|\band\b|\bor\b|\s-\s)\s*", re.IGNORECASE)
FALLBACK = ("Strategic developments", "Other")
"""What an event is whose type nobody says or understands."""

_ARMS = ("Battles", "Explosions/Remote violence")
DEFAULTS = {
    "Battles": "Armed clash",
    "Protests": "Peaceful protest",
    "Riots": "Violent demonstration",
    "Explosions/Remote violence": "Shelling/artillery/missile attack",
    "Violence against civilians": "Attack",
    "Strategic developments": "Other",
}
"""The sub-event type where only the type is given; ours."""


def type_of(text: str) -> tuple[str | None, str | None]:
    """event_type and sub_event_type of a word, of the first known of several; None, None where none is known."""
    known = _words()
    whole = known.get(fold(text[:100]))
    parts = _BETWEEN.split(text[:100])
    found = whole or next((known[fold(part)] for part in parts if fold(part) in known), None)
    return found or next((arm for part in parts if (arm := _arm(part))), (None, None))


def _arm(part: str) -> tuple[str, str] | None:
    """The type of a strike or clash behind words that say whose or how sure: "possible US drone strike"."""
    words = part.split()
    rests = (fold(" ".join(words[n:])) for n in range(1, len(words)))
    return next((found for rest in rests if (found := _words().get(rest)) and found[0] in _ARMS), None)


@cache
def _words() -> dict[str, tuple[str, str]]:
    known: dict[str, tuple[str, str]] = {}
    for event in SUB_EVENT_TYPES:
        known[fold(event)] = (event, DEFAULTS[event])
    with _TABLE.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            for word in row["words"].split("|"):
                known[fold(word)] = (row["event_type"], row["sub_event_type"])
    for event, subs in SUB_EVENT_TYPES.items():
        # "Other" and "Attack" are said of many things, but as a type's own spelling they win.
        for sub in subs:
            known[fold(sub)] = (event, sub)
    return known
