"""One event for each thing that happened: what a report tells twice is joined."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta

from events.reading.draft import VIOLENT, Draft, absorb, alike
from events.reading.whereabouts import Located
from geo.place import Point, distance_km

_DAY = timedelta(days=1)
_NEAR_KM = 2.0
_LOOSE_KM = 10.0
_SAME_DEAL_KM = 30.0
_WINDOW = 60
"""How many kept drafts back a twin is looked for; keeps the work linear on a text of any length."""


def merge(drafts: Sequence[Draft]) -> list[Draft]:
    """The drafts with those of the same thing joined, in order of first telling; a headline gives way to the text."""
    kept: list[Draft] = []
    for draft in drafts:
        twin = next((k for k in kept[-_WINDOW:] if same_thing(k, draft)), None)
        if twin is None:
            kept.append(draft)
            continue
        _take_better(twin, draft)
        absorb(twin, draft)
        if twin.reasons[-1] != "told more than once":
            twin.reasons.append("told more than once")
    return kept


def with_opponents(drafts: Sequence[Draft], foe: str | None, rival: str | None) -> None:
    """Give a capture or fight that names one side only the other: who took the place before, else the report's foe.

    ``foe``: the armed group that the report is about, or None; ``rival``: the side most named against it.
    """
    takers: dict[str | None, str] = {}
    for draft in drafts:
        parties = {*draft.actors, *draft.targets} - {"civilians"}
        place = draft.where[0].spot.place if draft.where and draft.where[0].spot else None
        if draft.sort in ("capture", "clash", "siege", "suicide") and len(parties) == 1:
            (one,) = parties
            other = takers.get(place, rival if one == foe else foe)
            other = (rival if one == foe else foe) if other == one else other
            if other is not None and other != one:
                draft.targets.append(other)
                draft.reasons.append(f"the other side, {other}, is taken from the rest of the report")
        if draft.sort == "capture" and draft.actors and place:
            takers[place] = draft.actors[0]


def same_thing(one: Draft, other: Draft) -> bool:
    """Whether two drafts tell of one thing: alike in kind, place, time and parties."""
    if not alike(one.sort, other.sort) and not _refers_back(one, other):
        return False
    if one.sort == "capture" and one.actors and other.actors and one.actors[0] != other.actors[0]:
        return False
    if not _same_time(one, other) or not _same_place(one, other):
        return False
    a, b = {*one.actors, *one.targets}, {*other.actors, *other.targets}
    return not a or not b or bool(a & b)


def _same_time(one: Draft, other: Draft) -> bool:
    if one.start is None or other.start is None or one.end is None or other.end is None:
        return True
    if (
        one.own_date
        and other.own_date
        and one.precision != other.precision
        and "month" in (one.precision, other.precision)
    ):
        return False
    return one.start - _DAY <= other.end and other.start - _DAY <= one.end


def _same_place(one: Draft, other: Draft) -> bool:
    if not one.where or not other.where:
        return True
    if one.sort in ("agree", "talks") and other.definite:
        return any(_overlap(a, b, _SAME_DEAL_KM) for a in one.where for b in other.where)
    if any(_within(a, b) or _within(b, a) for a in one.where for b in other.where):
        return True
    loose = one.headline or other.headline or not one.own_place or not other.own_place
    return any(_overlap(a, b, _LOOSE_KM if loose else _NEAR_KM) for a in one.where for b in other.where)


def _refers_back(one: Draft, other: Draft) -> bool:
    """«الهجوم», «القصف» with the article, soon after an attack: that attack."""
    return (
        other.definite
        and one.sort in VIOLENT
        and other.sentence - one.sentence <= 3
        and other.sort in ("clash", "kill", "ied")
    )


def _within(quarter: Located, city: Located) -> bool:
    """Whether one is a quarter or landmark of the other."""
    return bool(
        quarter.place and city.place and quarter.place.parent == city.place.id and city.place.kind in ("city", "town")
    )


def _overlap(a: Located, b: Located, near_km: float) -> bool:
    if a.spot is None or b.spot is None:
        return False
    if a.spot.place is not None and a.spot.place == b.spot.place:
        return True
    km = distance_km(Point(lat=a.spot.lat, lon=a.spot.lon), Point(lat=b.spot.lat, lon=b.spot.lon))
    coarse = max(a.spot.where_prec, b.spot.where_prec) >= 3
    return km <= (max(a.spot.radius_km, b.spot.radius_km) if coarse else near_km)


def _take_better(kept: Draft, other: Draft) -> None:
    """The finer place and the surer date win, wherever in the report they stand."""
    if other.where and other.own_place and _prec(other) < _prec(kept):
        kept.where, kept.own_place = other.where, True
    if other.own_date and not kept.own_date:
        kept.start, kept.end, kept.precision, kept.own_date = other.start, other.end, other.precision, True
    if kept.headline and not other.headline:
        kept.headline = False


def _prec(draft: Draft) -> int:
    return min((p.spot.where_prec for p in draft.where if p.spot), default=9)
