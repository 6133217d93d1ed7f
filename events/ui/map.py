"""The maps: the events' own, which fetches what it shows from our routes, and the gazetteer's.

Two things pass between Python and the frame: in, what to show; out, the place keys of the symbol
that was picked.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from math import cos, radians
from typing import Any, Final

import streamlit as st

from events.engines.schema import precision_of
from events.errors import EventsError
from events.map.cells import MOST_PLACES
from events.selection import At, Draw
from events.ui.map_frame import ASSETS, show_frame
from geo.mercator import Extent
from geo.place import Place

__all__ = ["ASSETS", "KEY", "QueryError", "show", "show_places", "strings", "take_pick", "taken"]

KEY: Final = "furat_map"
_HEARD: Final = "furat_map_heard"
_LONGEST_KEY: Final = 200
_KM_A_DEGREE: Final = 111.2
_QUERY: Final = re.compile(r"(?:[A-Za-z0-9\-._~!*'()+,;:@/?&=]|%[0-9A-Fa-f]{2})*")


class QueryError(EventsError, ValueError):
    """The map was given a query string that is not percent-encoded."""

    def __init__(self, query: str) -> None:
        super().__init__(
            f"the map's query is {query!r}, but it must be percent-encoded and without a leading "
            "'?'; write it with events.selection.query_string"
        )


def show(
    *,
    query: str,
    draw: Draw,
    lang: str,
    picked: Sequence[str],
    tiles: str | None,
    view: At | None,
    focus: Extent | None,
    bounds: Extent | None,
    height: int,
    session: str,
    strings: Mapping[str, str],
) -> tuple[str, ...] | None:
    """Draw the map of the events; return the places of the symbol picked since the last run.

    query: the selection as a percent-encoded query string; the frame adds it to `api/cells`.
    draw: as what. picked: place keys to outline. tiles: id of an online background, or None for the bundled one.
    view: first view, read when the frame opens; None shows `focus`. bounds: what the "show all" button
    shows. height: px. session: token by which a frame opened anew finds its own last view. strings: from
    `strings()`. Returns None when nothing new was picked, () when the pick was taken back. A pick that
    `take_pick` has taken in this run is not returned again.

    Raises QueryError.
    """
    if not _QUERY.fullmatch(query) or query.startswith("?"):
        raise QueryError(query)
    payload = {
        "query": query,
        "draw": draw,
        "session": session,
        "picked": list(picked),
        # Without this a pick and its undoing could look like nothing new to st_folium.
        "heard": st.session_state.get(_HEARD),
        "tiles": tiles,
        "view": view and {"lat": view.lat, "lon": view.lon, "zoom": view.zoom},
        "focus": _box(focus),
        "bounds": _box(bounds),
        "places": None,
    }
    return taken(show_frame(payload | _wording(lang, strings), key=KEY, height=height), heard=_HEARD)


def show_places(places: Sequence[Place], *, picked: str, lang: str, height: int, strings: Mapping[str, str]) -> None:
    """Draw a small map of gazetteer entries, one of them outlined; it fetches no events and says nothing back.

    picked: id of the outlined place. height: px. strings: from `strings()`. The map fits the places
    whenever they change.
    """
    payload = {
        "query": "",
        "draw": "symbols",
        "picked": [picked],
        "heard": None,
        "tiles": None,
        "view": None,
        "focus": None,
        "bounds": _around(places),
        "places": [_symbol(place) for place in places],
    }
    words = {**strings, "map": strings["gazetteer_map"]}
    show_frame(payload | _wording(lang, words), key=f"{KEY}_of_places", height=height)


def _box(bounds: Extent | None) -> dict[str, float] | None:
    return None if bounds is None else {edge: getattr(bounds, edge) for edge in ("south", "west", "north", "east")}


def take_pick() -> tuple[str, ...] | None:
    """The pick that made this run, before the map is drawn: call it first thing in the page.

    Saves a second run: the page can set its panel, its link and `show(picked=…)` from it at once.
    Returns None when this run has another cause, () when the pick was taken back.
    """
    return taken(st.session_state.get(KEY), heard=_HEARD)


def strings(gettext: Callable[[str], str], ngettext: Callable[[str, str, int], str]) -> dict[str, str]:
    """All that the map says, worded by gettext. `{n}` and `{total}` are filled in by the frame."""
    _ = gettext
    worded = {
        "map": _("Map of events"),
        "gazetteer_map": _("Map of the places found"),
        "symbols": _("Places on the map, most events first; arrow keys move, Enter picks"),
        "zoom_in": _("Zoom in"),
        "zoom_out": _("Zoom out"),
        "fit": _("Show all events"),
        "loading": _("Loading events…"),
        "failed": _("The map could not get its events."),
        "retry": _("Try again"),
        "empty": _("No events here. Zoom out, or widen the filters."),
        "tiles_failed": _("The online background does not answer; the built-in one is shown."),
        "legend": _("Legend"),
        "legend_sides": _("Who acted"),
        "legend_sizes": _("Number of events"),
        "legend_heat_wide": _("Events per 100 km²"),
        "legend_heat_km": _("Events per km²"),
        "legend_heat_hectare": _("Events per hectare"),
        "legend_heat_are": _("Events per 100 m²"),
        "legend_hexagons": _("Events in a hexagon"),
        "mostly_vague": _("Mostly known only to the town"),
        "or_more": _("{n} or more"),
        "legend_precision": _("How exactly the place is known"),
        "precision_site": _("Quarter, village or landmark"),
        "precision_town": _("Town only"),
        "precision_area": _("District, governorate or wider"),
        "vague": _("Known only to the town or wider: {n} of {total}"),
        "at_most": _("up to {n}"),
        "km": _("{n} km"),
        "m": _("{n} m"),
        # What geo.basemap.ATTRIBUTION says; the names of the sources stay.
        "attribution": _("Outlines © OpenStreetMap contributors; geoBoundaries; Natural Earth; GSHHG/WDBII"),
    }
    for form, sample in _PLURAL_SAMPLES.items():
        worded[f"events_{form}"] = ngettext("{n} event", "{n} events", sample)
        worded[f"places_{form}"] = ngettext(
            "{n} place drawn as one; zoom in to part them",
            "{n} places drawn as one; zoom in to part them",
            sample,
        )
        worded[f"left_{form}"] = ngettext(
            "{n} event known only to the district or wider is left out",
            "{n} events known only to the district or wider are left out",
            sample,
        )
        worded[f"undrawn_{form}"] = ngettext("{n} event too vague to draw", "{n} events too vague to draw", sample)
    return worded


_PLURAL_SAMPLES: Final = {"zero": 0, "one": 1, "two": 2, "few": 3, "many": 11, "other": 100}
"""A number for each of CLDR's plural forms, by which gettext and the browser mean the same one."""


def _wording(lang: str, strings: Mapping[str, str]) -> dict[str, object]:
    return {"lang": lang, "attribution": strings["attribution"], "text": dict(strings)}


def _around(places: Sequence[Place]) -> dict[str, float] | None:
    if not places:
        return None
    boxes = [_extent(place) for place in places]
    return {
        "south": min(box.south for box in boxes),
        "west": min(box.west for box in boxes),
        "north": max(box.north for box in boxes),
        "east": max(box.east for box in boxes),
    }


def _extent(place: Place) -> Extent:
    """A place as wide as it is: of a governorate the middle alone shows little."""
    high = place.radius_km / _KM_A_DEGREE
    wide = high / cos(radians(place.lat))
    return Extent(south=place.lat - high, west=place.lon - wide, north=place.lat + high, east=place.lon + wide)


def _symbol(place: Place) -> dict[str, Any]:
    """A place in the shape of a symbol of `api/cells`."""
    return {
        "key": place.id,
        "places": [place.id],
        "n_places": 1,
        "lat": place.lat,
        "lon": place.lon,
        "n": 1,
        "sides": {},
        "name_en": place.name_en,
        "name_ar": place.name_ar,
        "precision": precision_of(place, None),
        "vague": 0,
        "radius_km": place.radius_km,
    }


def taken(answer: object, *, heard: str) -> tuple[str, ...] | None:
    """What a frame says was picked, if it has not been taken before. The browser wrote `answer`.

    heard: key in the session under which the last pick taken is noted.
    """
    if not isinstance(answer, dict):
        return None
    token, places = answer.get("pick"), answer.get("places")
    if not isinstance(token, str) or not 0 < len(token) <= 40 or not isinstance(places, list):
        return None
    if token == st.session_state.get(heard):
        return None
    st.session_state[heard] = token
    keys = [key for key in places if isinstance(key, str) and 0 < len(key) <= _LONGEST_KEY]
    return tuple(dict.fromkeys(keys[:MOST_PLACES]))
