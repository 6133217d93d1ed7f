"""What an event is called on the page: its title, which for many imported events says who, where and what.

An importer makes such a title of what the file itself says, in the file's words; a reader of another script gets it
in the page's language.
"""

from __future__ import annotations

import re

from events.atlas import Atlas
from events.engines.schema import Row
from events.ui.language import Language, named
from events.ui.words import type_name

MOST_NAMED = 2
"""Actors, and targets, that a title names."""
_OTHER_SCRIPT = {"en": re.compile(r"[\u0620-\u064a]"), "ar": re.compile(r"[A-Za-z]")}
"""Letters that a title of the language does not need."""
_RIGHT_TO_LEFT = "\u061c"
"""The Arabic letter mark: the grid of the table goes by letters, and takes the right-to-left mark for none."""


def title(row: Row, atlas: Atlas, language: Language) -> str:
    """The title of an event. row: one of `Store.rows`."""
    given: str = row["title_ar"] if language.rtl else row["title_en"]
    if not _is_composed(row, given) or not _OTHER_SCRIPT[language.lang].search(given):
        return given
    parties = [
        language.name(atlas.actor(key))
        for role in ("actor", "target")
        for key in [party["actor"] for party in row["parties"] if party["role"] == role][:MOST_NAMED]
    ]
    kind = row["sub_event_type"]
    parts = (
        " – ".join(parties),
        language.name(named(row["places"][0])) if row["places"] else "",
        type_name(kind, language) if given.endswith(kind) else "",
    )
    # A name that begins it must not turn the whole round.
    return (_RIGHT_TO_LEFT if language.rtl else "") + language.joined(part for part in parts if part)


def _is_composed(row: Row, given: str) -> bool:
    """Whether an importer made the title. Those of UCDP hold no type, and are a headline where all else is lacking."""
    if row["origin"] == "ucdp":
        return all(given != claim["cited"].headline for claim in row["claims"])
    kind = row["sub_event_type"]
    return bool(row["origin"] in ("acled", "gdelt", "table", "geojson")) and (
        given == kind or given.endswith(f", {kind}")
    )
