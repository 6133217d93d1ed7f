"""Two reports of one thing: which read events are claims of the same event, with reasons a person can weigh."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta

from events.reading.reading import EventPlace, ReadEvent
from geo.place import Point, distance_km

_FAMILIES = (
    {"Armed clash", "Government regains territory", "Non-state actor overtakes territory"},
    {"Air/drone strike", "Shelling/artillery/missile attack"},
    {"Suicide bomb", "Remote explosive/landmine/IED", "Grenade"},
    {"Negotiation", "Agreement", "Non-violent transfer of territory"},
)
_CAPTURES = {"Government regains territory", "Non-state actor overtakes territory"}
_NEAR_KM = 5.0
_LEAST = 0.6


@dataclass(frozen=True, kw_only=True, slots=True)
class Link:
    """Events ``one`` and ``other`` (indexes of the list given) tell of one thing. likeness: 0–1."""

    one: int
    other: int
    likeness: float
    reasons: tuple[str, ...]


def link_events(events: Sequence[tuple[str, ReadEvent]]) -> list[Link]:
    """Links between events of different reports, given as (report id, event), likeliest first.

    An event is linked at most once to each other report. Events are sorted by day first, so that only
    neighbours in time are compared.
    """
    order = sorted((i for i, (_, e) in enumerate(events) if e.date_start), key=lambda i: str(events[i][1].date_start))
    found: list[Link] = []
    for at, i in enumerate(order):
        one = events[i][1]
        for j in order[at + 1 :]:
            other = events[j][1]
            if one.date_end and other.date_start and other.date_start > one.date_end + timedelta(days=1):
                if (one.date_end - (one.date_start or one.date_end)).days <= 7:
                    break
                continue
            if events[i][0] != events[j][0] and (link := _link(i, j, one, other)) is not None:
                found.append(link)
    return _one_to_one(found, events)


def _link(i: int, j: int, one: ReadEvent, other: ReadEvent) -> Link | None:
    kind = _kind(one, other)
    km = _apart(one.places, other.places)
    if kind == 0 or km is None:
        return None
    coarse = max(p.radius_km for p in (*one.places, *other.places))
    if km > max(_NEAR_KM, coarse):
        return None
    a, b = {*one.actors, *one.targets}, {*other.actors, *other.targets}
    shared = a & b
    if one.sub_event_type in _CAPTURES and other.sub_event_type in _CAPTURES and {*one.actors}.isdisjoint(other.actors):
        return None
    if a and b and not shared:
        return None
    near = 1.0 if km <= _NEAR_KM else 0.5
    who = len(shared) / len(a | b) if a | b else 0.5
    likeness = round(0.4 * kind + 0.35 * near + 0.25 * who, 2)
    if likeness < _LEAST:
        return None
    reasons = (
        f"both {one.sub_event_type}" if kind == 1 else f"{one.sub_event_type} and {other.sub_event_type}",
        f"{km:.0f} km apart", "dates overlap or adjoin",
        f"both name {', '.join(sorted(shared))}" if shared else "no parties compared",
    )  # fmt: skip
    return Link(one=min(i, j), other=max(i, j), likeness=likeness, reasons=reasons)


def _kind(one: ReadEvent, other: ReadEvent) -> float:
    if one.sub_event_type == other.sub_event_type:
        return 1.0
    return 0.6 if any({one.sub_event_type, other.sub_event_type} <= family for family in _FAMILIES) else 0.0


def _apart(ones: Sequence[EventPlace], others: Sequence[EventPlace]) -> float | None:
    distances = [
        distance_km(Point(lat=a.lat, lon=a.lon), Point(lat=b.lat, lon=b.lon)) for a in ones[:6] for b in others[:6]
    ]
    return min(distances, default=None)


def _one_to_one(links: list[Link], events: Sequence[tuple[str, ReadEvent]]) -> list[Link]:
    taken: set[tuple[int, str]] = set()
    kept = []
    for link in sorted(links, key=lambda k: (-k.likeness, k.one, k.other)):
        keys = {(link.one, events[link.other][0]), (link.other, events[link.one][0])}
        if taken.isdisjoint(keys):
            taken |= keys
            kept.append(link)
    return kept
