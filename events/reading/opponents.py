"""The other side of a fight whose sentence names one: who fights whom in this report."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from events.reading.actors import ActorMention
from events.reading.camps import camp_of, camps_of, leader_of
from events.reading.draft import Draft

_GROUPS = ("islamic_state", "hts", "opposition_rebels", "jaysh_al_islam")
_SIDES = ("syrian_government", "sdf", "iraq", "turkey", "opposition_rebels")
_TWO_SIDED = ("capture", "clash", "siege", "suicide")
_MOST = 2000


def add_opponents(drafts: Sequence[Draft], named: Sequence[ActorMention]) -> None:
    """Give a capture, fight, siege or suicide attack that names one camp only its opponent.

    In this order: who held the place before, whom that camp fights elsewhere in the report, the armed group
    the report is about (or, for that group, the side most named against it). The reasons of the draft say so.
    """
    foe = _foe(named)
    rival = _rival(named, foe)
    fought = _fought(drafts)
    holders: dict[str | None, str] = {}
    for draft in drafts:
        camps = camps_of([*draft.actors, *draft.targets])
        place = draft.where[0].spot.place if draft.where and draft.where[0].spot else None
        if draft.sort in _TWO_SIDED and len(camps) == 1:
            (camp,) = camps
            usual = fought.get(camp)
            options = (holders.get(place), usual.most_common(1)[0][0] if usual else None, foe, rival)
            other = next((o for o in options if o is not None and camp_of(o) != camp), None)
            if other is not None:
                _add(draft, other)
        if draft.sort == "capture" and draft.actors and place:
            holders[place] = draft.actors[0]


def _add(draft: Draft, other: str) -> None:
    """A suicide attack whose victims are known was made by the other side; else the other side is the target."""
    if draft.sort == "suicide" and other in _GROUPS:
        draft.targets = [*dict.fromkeys([*draft.actors, *draft.targets])]
        draft.actors = [other]
    else:
        draft.targets.append(other)
    draft.reasons.append(f"the other side, {other}, is taken from the rest of the report")


def _fought(drafts: Sequence[Draft]) -> dict[str, Counter[str]]:
    """By camp, whom its fights and captures name as the other side, and how often."""
    found: dict[str, Counter[str]] = {}
    for draft in drafts[:_MOST]:
        if draft.sort not in ("capture", "clash", "siege"):
            continue
        parties = {*draft.actors, *draft.targets} - {"civilians", "unidentified"}
        for one in parties:
            for other in parties:
                if camp_of(one) != camp_of(other):
                    found.setdefault(camp_of(one), Counter())[leader_of(other)] += 1
    return found


def _foe(named: Sequence[ActorMention]) -> str | None:
    """The armed group most named, where it is named at least twice and more than any other."""
    groups = Counter(m.actor for m in named if m.actor in _GROUPS)
    (name, count), *rest = [*groups.most_common(2), ("", 0)]
    return name if count >= 2 and all(count > other for _, other in rest) else None


def _rival(named: Sequence[ActorMention], foe: str | None) -> str | None:
    """The side most named in a report beside its foe."""
    sides = Counter(m.actor for m in named if m.actor in _SIDES and m.actor != foe and m.role == "party")
    return sides.most_common(1)[0][0] if foe and sides else None
