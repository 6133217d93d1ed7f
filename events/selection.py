"""What is shown: the filters, the picked places, the map's view and the language; and the link that says so.

`Selection` is the only currency between link, panels, routes, command line and exports.
Parsing from parameters and printing back both live here, so that they cannot drift apart.
"""

from __future__ import annotations

import math
import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any, Literal
from urllib.parse import quote, urlencode

from events.model import SUB_EVENT_TYPES

Lang = Literal["en", "ar"]
LANGS: tuple[Lang, ...] = ("en", "ar")
Draw = Literal["symbols", "heat", "hexagons"]
DRAWS: tuple[Draw, ...] = ("symbols", "heat", "hexagons")
"""What the map may draw the events as; the first is what a link without a word about it means."""
MAX_ZOOM = 18
MAX_VALUES = 200
"""A link names at most this many values a parameter: more is noise or an attack."""

TYPES: tuple[str, ...] = tuple(SUB_EVENT_TYPES) + tuple(sub for subs in SUB_EVENT_TYPES.values() for sub in subs)
"""What `type=` may say: an event type or a sub-event type, exactly as ACLED spells it."""


@dataclass(frozen=True, kw_only=True)
class Selection:
    """Which events are meant; empty means "all". Immutable and hashable, so it serves as a cache key.

    date_from, date_to: first and last day, inclusive; an event belongs when its own days overlap
    them, and an undated event belongs only when neither is given.
    actors: ids; an event belongs when any of them acts in it or is its target.
    types: event types or sub-event types. claimants: ids; any of them speaks of the event, whatever the stance.
    places: ids of the gazetteer; the event lies at any of them.
    """

    date_from: date | None = None
    date_to: date | None = None
    actors: tuple[str, ...] = ()
    types: tuple[str, ...] = ()
    claimants: tuple[str, ...] = ()
    places: tuple[str, ...] = ()

    def without(self, name: str) -> Selection:
        """The same selection with one filter lifted."""
        lifted: dict[str, Any] = {name: ()}
        return replace(self, **lifted)

    def params(self) -> list[tuple[str, str]]:
        """The filters as query parameters; a single day stands twice, an open end is left empty."""
        pairs: list[tuple[str, str]] = []
        if self.date_from or self.date_to:
            pairs += [("dates", day.isoformat() if day else "") for day in (self.date_from, self.date_to)]
        pairs += [("actor", value) for value in self.actors]
        pairs += [("type", value) for value in self.types]
        pairs += [("claimant", value) for value in self.claimants]
        return pairs


@dataclass(frozen=True, kw_only=True)
class At:
    """The map's view: its middle in degrees WGS 84, and the zoom as Leaflet counts it (0 to 18)."""

    lat: float
    lon: float
    zoom: int

    def __str__(self) -> str:
        return f"{self.lat:.4f},{self.lon:.4f},{self.zoom}"


@dataclass(frozen=True, kw_only=True)
class View:
    """All that a link restores."""

    selection: Selection = field(default_factory=Selection)
    places: tuple[str, ...] = ()
    at: At | None = None
    draw: Draw = DRAWS[0]
    lang: Lang | None = None

    def params(self) -> list[tuple[str, str]]:
        """The view as query parameters, in the order a person reads them."""
        pairs = self.selection.params() + [("place", key) for key in self.places]
        if self.draw != DRAWS[0]:
            pairs.append(("draw", self.draw))
        if self.at:
            pairs.append(("at", str(self.at)))
        if self.lang:
            pairs.append(("lang", self.lang))
        return pairs


@dataclass(frozen=True, kw_only=True)
class Ignored:
    """A parameter of a link that makes no sense. `reason` is one of REASONS; the page words it."""

    param: str
    value: str
    reason: Literal["unknown", "not a day", "too many", "not a view", "turned round"]


@dataclass(frozen=True, kw_only=True)
class Vocabulary:
    """The values a link may name."""

    actors: Collection[str]
    claimants: Collection[str]
    places: Collection[str]


def query_string(pairs: Sequence[tuple[str, str]]) -> str:
    """Parameters as a query string that a person can read: commas, colons and slashes stay as they are."""
    return urlencode(pairs, quote_via=lambda value, *_: quote(value, safe=",:/"))


def read_view(params: Mapping[str, Sequence[str]], known: Vocabulary) -> tuple[View, tuple[Ignored, ...]]:
    """The view that query parameters describe, and what in them was ignored. Never raises."""
    ignored: list[Ignored] = []

    def several(param: str, allowed: Collection[str]) -> tuple[str, ...]:
        values = list(dict.fromkeys(params.get(param, ())))
        if len(values) > MAX_VALUES:
            ignored.append(Ignored(param=param, value=str(len(values)), reason="too many"))
        for value in values[:MAX_VALUES]:
            if value not in allowed:
                ignored.append(Ignored(param=param, value=value, reason="unknown"))
        return tuple(value for value in values[:MAX_VALUES] if value in allowed)

    date_from, date_to = _read_dates(params.get("dates", ()), ignored)
    selection = Selection(
        date_from=date_from,
        date_to=date_to,
        actors=several("actor", known.actors),
        types=several("type", TYPES),
        claimants=several("claimant", known.claimants),
    )
    lang = _last(params, "lang")
    if lang and lang not in LANGS:
        ignored.append(Ignored(param="lang", value=lang, reason="unknown"))
    draw = _last(params, "draw")
    if draw and draw not in DRAWS:
        ignored.append(Ignored(param="draw", value=draw, reason="unknown"))
    view = View(
        selection=selection,
        places=several("place", known.places),
        at=_read_at(_last(params, "at"), ignored),
        draw=next((known for known in DRAWS if known == draw), DRAWS[0]),
        lang=lang if lang in LANGS else None,
    )
    return view, tuple(ignored)


def _last(params: Mapping[str, Sequence[str]], name: str) -> str:
    values = params.get(name, ())
    return values[-1] if values else ""


def _read_dates(values: Sequence[str], ignored: list[Ignored]) -> tuple[date | None, date | None]:
    """Two values are first and last day, either may be empty; one value is that one day."""
    if len(values) > 2:
        ignored.append(Ignored(param="dates", value=str(len(values)), reason="too many"))
    days: list[date | None] = []
    for value in values[:2]:
        day = read_day(value)
        if value and day is None:
            ignored.append(Ignored(param="dates", value=value, reason="not a day"))
        days.append(day)
    if not days:
        return None, None
    first, last = days[0], days[-1]
    if first and last and first > last:
        ignored.append(Ignored(param="dates", value=f"{first} {last}", reason="turned round"))
        return last, first
    return first, last


def read_day(value: str) -> date | None:
    """A day written as 2017-10-12 and no other way, or None."""
    # fromisoformat also takes 20171012 and 2017-W41-4; a link has one spelling.
    if not re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", value):
        return None
    try:
        return date.fromisoformat(value)
    except ValueError:
        return None


def _read_at(value: str, ignored: list[Ignored]) -> At | None:
    if not value:
        return None
    try:
        lat, lon, zoom = (float(part) for part in value.split(","))
        sensible = abs(lat) <= 85 and abs(lon) <= 180 and 0 <= zoom <= MAX_ZOOM
    except (ValueError, OverflowError):
        sensible = False
    if not sensible or not all(map(math.isfinite, (lat, lon, zoom))):
        ignored.append(Ignored(param="at", value=value, reason="not a view"))
        return None
    return At(lat=round(lat, 4), lon=round(lon, 4), zoom=round(zoom))
