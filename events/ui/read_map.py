"""The proposed events on the map: the same symbols as the events' own map, given by the page, not by the server."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final

import streamlit as st

from events.atlas import Atlas
from events.desk.batch import place_id
from events.desk.proposal import Proposal
from events.engines.schema import precision_of
from events.reading.reading import EventPlace
from events.ui import map as event_map
from events.ui.language import Language
from events.ui.map_frame import show_frame

KEY: Final = "furat_map_of_reading"
_HEARD: Final = "read:heard"


def show(proposals: Sequence[Proposal], chosen: Proposal | None, atlas: Atlas, language: Language, height: int) -> None:
    """Draw the places of the proposals, those of the chosen one outlined. height: px."""
    symbols = symbols_of(proposals, atlas)
    words = event_map.strings(language.gettext, language.ngettext)
    payload = {
        "query": "",
        "picked": [place_id(place, atlas) for place in chosen.values.places] if chosen else [],
        "heard": st.session_state.get(_HEARD),
        "tiles": None,
        "view": None,
        "focus": None,
        "bounds": _around(symbols),
        "places": symbols,
        # Given symbols that stand for events: with the colours of the sides, and they can be picked.
        "events": True,
        "lang": language.lang,
        "attribution": words["attribution"],
        "text": {**words, "map": language.gettext("Map of the proposed events")},
    }
    show_frame(payload, key=KEY, height=height)


def take_pick() -> tuple[str, ...] | None:
    """The places of the symbol just picked, () when the pick was taken back, None when nothing new was.

    To be called before the map is drawn. The browser wrote the answer.
    """
    return event_map.taken(st.session_state.get(KEY), heard=_HEARD)


def at_places(proposals: Sequence[Proposal], keys: Sequence[str], atlas: Atlas) -> list[Proposal]:
    """The proposals that happen in one of these places."""
    return [one for one in proposals if any(place_id(place, atlas) in keys for place in one.values.places)]


def symbols_of(proposals: Sequence[Proposal], atlas: Atlas) -> list[dict[str, Any]]:
    """A symbol a place, in the shape of `api/cells`: how many events, by which sides, how precisely known."""
    found: dict[str, dict[str, Any]] = {}
    for one in proposals:
        sides = {atlas.side(key).id for key in one.values.actors if key in atlas.vocabulary.actors}
        for place in {place_id(place, atlas): place for place in one.values.places}.values():
            symbol = found.setdefault(place_id(place, atlas), _symbol(place, atlas))
            symbol["n"] += 1
            symbol["vague"] += (one.values.where_prec or 1) > 1
            for side in sides:
                symbol["sides"][side] = symbol["sides"].get(side, 0) + 1
    return list(found.values())


def _symbol(place: EventPlace, atlas: Atlas) -> dict[str, Any]:
    key = place_id(place, atlas)
    known = atlas.place(key) if key in atlas.gazetteer else None
    return {
        "key": key,
        "places": [key],
        "n_places": 1,
        "lat": known.lat if known else place.lat,
        "lon": known.lon if known else place.lon,
        "n": 0,
        "sides": {},
        "name_en": known.name_en if known else place.name,
        "name_ar": known.name_ar if known else place.name,
        "precision": precision_of(known, place.where_prec) if known else "area",
        "vague": 0,
        "radius_km": place.radius_km,
    }


def _around(symbols: Sequence[dict[str, Any]]) -> dict[str, float] | None:
    if not symbols:
        return None
    lats, lons = [symbol["lat"] for symbol in symbols], [symbol["lon"] for symbol in symbols]
    return {"south": min(lats), "west": min(lons), "north": max(lats), "east": max(lons)}
