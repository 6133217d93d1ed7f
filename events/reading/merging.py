"""One event for each thing that happened: what a report tells twice is joined."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta

from events.reading.camps import camps_of
from events.reading.draft import VIOLENT, Draft, absorb, alike
from events.reading.whereabouts import Located
from geo.place import Point, distance_km

_DAY = timedelta(days=1)
_NEAR_KM = 2.0
_LOOSE_KM = 10.0
_SAME_DEAL_KM = 30.0
_WINDOW = 60
"""How many kept drafts back a twin is looked for; keeps the work linear on a text of any length."""

_TWO_SIDED = frozenset({"clash", "kill", "fighting", "talks", "agree", "evacuate", "transfer", "movement", "grave",
                       "bodies"})  # fmt: skip

_BACK = 6
"""Sentences that a noun with the article may reach back: «الهجوم»."""

_TAKEN_UP = {
    "clash": VIOLENT | {"execute"}, "kill": VIOLENT | {"execute", "kill"}, "ied": frozenset({"ied", "suicide"}),
    "air": frozenset({"air", "bomb"}), "shell": frozenset({"shell", "bomb", "air"}), "bomb": VIOLENT,
    "talks": frozenset({"talks", "agree"}), "agree": frozenset({"talks", "agree", "evacuate"}),
    "suicide": frozenset({"suicide", "ied"}), "siege": frozenset({"siege"}), "protest": frozenset({"protest"}),
    "displace": frozenset({"displace"}), "evacuate": frozenset({"evacuate", "agree"}),
    "chemical": frozenset({"chemical"}), "grave": frozenset({"grave"}), "arrest": frozenset({"arrest"}),
    "movement": frozenset({"movement"}), "abduct": frozenset({"abduct"}),
}  # fmt: skip
"""Sorts that a noun with the article may take up again: «الهجوم» can be an air strike told before."""


def merge(drafts: Sequence[Draft]) -> list[Draft]:
    """The drafts with those of the same thing joined, in order of first telling.

    A headline only sums up: its events count where the text tells of none.
    """
    kept: list[Draft] = []
    for draft in (d for d in drafts if not d.headline):
        twin = _twin(kept[-_WINDOW:], draft)
        if twin is None:
            kept.append(draft)
            continue
        _take_better(twin, draft)
        absorb(twin, draft)
        if twin.reasons[-1] != "told more than once":
            twin.reasons.append("told more than once")
    return kept or _told_once([d for d in drafts if d.headline])


def _told_once(headlines: Sequence[Draft]) -> list[Draft]:
    kept: list[Draft] = []
    for draft in headlines:
        twin = _twin(kept[-_WINDOW:], draft)
        if twin is None:
            kept.append(draft)
        else:
            absorb(twin, draft)
    return kept


def _twin(kept: Sequence[Draft], draft: Draft) -> Draft | None:
    if draft.definite and not (draft.own_date and draft.own_place):
        told = [k for k in reversed(kept) if _taken_up(k, draft)]
        back = next((k for k in told if alike(k.sort, draft.sort)), told[0] if told else None)
        if back is not None:
            return back
    return next((k for k in kept if same_thing(k, draft)), None)


def _taken_up(one: Draft, other: Draft) -> bool:
    """«الهجوم», «القصف», «هجومه»: a thing told shortly before, unless place, time or parties gainsay it."""
    if one.sort not in _TAKEN_UP.get(other.sort, ()) or other.sentence - one.sentence > _BACK:
        return False
    if one.actors and other.actors and not {*one.actors, *one.targets} & {*other.actors, *other.targets}:
        return False
    if other.own_date and one.own_date and not _same_time(one, other):
        return False
    return not other.own_place or {one.sort, other.sort} <= {"talks", "agree"} or _same_place(one, other)


def same_thing(one: Draft, other: Draft) -> bool:
    """Whether two drafts tell of one thing: alike in kind, place, time and parties."""
    if not alike(one.sort, other.sort) and not _counts_its_dead(one, other):
        return False
    if one.sort == other.sort == "agree" and abs(one.sentence - other.sentence) <= 1:
        return _same_time(one, other)  # one deal: whom it binds in one sentence, where it was struck in the next
    if one.sort in ("capture", "statement") and one.actors and other.actors and one.actors[0] != other.actors[0]:
        return False
    if not _same_time(one, other) or not _same_place(one, other):
        return False
    if one.sort not in _TWO_SIDED and not other.definite and _reversed(one, other):
        return False
    a, b = camps_of([*one.actors, *one.targets]), camps_of([*other.actors, *other.targets])
    if one.sort == other.sort == "talks" and a and b:
        ours, theirs = {*one.actors, *one.targets}, {*other.actors, *other.targets}
        return ours <= theirs or theirs <= ours  # who talks to whom makes the talks
    opposed = one.sort == other.sort == "clash" and len(a) == len(b) == 1
    return not a or not b or bool(a & b) or opposed


def _reversed(one: Draft, other: Draft) -> bool:
    """Whether the one that strikes in one draft is struck in the other: an answer, not the same strike."""
    ours, theirs = camps_of(one.actors), camps_of(other.actors)
    if ours and theirs:
        return not ours & theirs
    return bool(theirs and theirs <= camps_of(one.targets)) or bool(ours and ours <= camps_of(other.targets))


def _counts_its_dead(one: Draft, other: Draft) -> bool:
    """A sentence that only counts dead, right after a violent act, counts those of the act."""
    after = 0 <= other.sentence - one.sentence <= 2
    return other.sort == "kill" and one.sort in VIOLENT | {"execute"} and after and not other.own_place


def _same_time(one: Draft, other: Draft) -> bool:
    if one.start is None or other.start is None or one.end is None or other.end is None:
        return True
    months = one.precision != other.precision and "month" in (one.precision, other.precision)
    if one.own_date and other.own_date and months:
        return False
    return one.start - _DAY <= other.end and other.start - _DAY <= one.end


def _same_place(one: Draft, other: Draft) -> bool:
    if not one.where or not other.where:
        return True
    if one.sort in ("agree", "talks") and other.definite:
        return any(_overlap(a, b, _SAME_DEAL_KM) for a in one.where for b in other.where)
    if any(_within(a, b) or _within(b, a) for a in one.where for b in other.where):
        return True
    if any(_in_country(a, b) or _in_country(b, a) for a in one.where for b in other.where):
        return True
    loose = one.headline or other.headline or not one.own_place or not other.own_place
    return any(_overlap(a, b, _LOOSE_KM if loose else _NEAR_KM) for a in one.where for b in other.where)


def _within(quarter: Located, city: Located) -> bool:
    """Whether one is a quarter or landmark of the other."""
    return bool(
        quarter.place and city.place and quarter.place.parent == city.place.id and city.place.kind in ("city", "town")
    )


def _in_country(country: Located, place: Located) -> bool:
    """«في سوريا»: a country says no more of where than that it holds the place."""
    return bool(country.place and country.place.kind == "country" and place.country == country.place.id)


def _overlap(a: Located, b: Located, near_km: float) -> bool:
    if a.spot is None or b.spot is None:
        return False
    if a.spot.place is not None and a.spot.place == b.spot.place:
        return True
    km = distance_km(Point(lat=a.spot.lat, lon=a.spot.lon), Point(lat=b.spot.lat, lon=b.spot.lon))
    kinds = {a.place.kind if a.place else "", b.place.kind if b.place else ""}
    if near_km <= _NEAR_KM and kinds in ({"neighbourhood"}, {"village"}, {"landmark"}):
        return False  # two quarters named apart are two places, however near
    coarse = max(a.spot.where_prec, b.spot.where_prec) >= 3
    return km <= (max(a.spot.radius_km, b.spot.radius_km) if coarse else near_km)


def _take_better(kept: Draft, other: Draft) -> None:
    """The finer place and the surer date win, wherever in the report they stand."""
    if other.where and other.own_place and _prec(other) < _prec(kept):
        kept.where, kept.own_place = other.where, True
    if other.own_date and not kept.own_date:
        kept.start, kept.end, kept.precision, kept.own_date = other.start, other.end, other.precision, True


def _prec(draft: Draft) -> int:
    return min((p.spot.where_prec for p in draft.where if p.spot), default=9)
