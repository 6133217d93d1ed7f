"""The other side of a fight whose sentence names one: who fights whom in this report."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Sequence
from datetime import timedelta

from events.reading.actors import ActorMention
from events.reading.camps import camp_of, camps_of, leader_of
from events.reading.draft import VIOLENT, Draft

_GROUPS = ("islamic_state", "hts", "opposition_rebels", "jaysh_al_islam")
_SIDES = ("syrian_government", "sdf", "iraq", "turkey", "opposition_rebels")
_TWO_SIDED = ("capture", "clash", "siege", "suicide")
_BYSTANDERS = frozenset({"civilians", "unidentified"})
_DAY = timedelta(days=1)
_MOST, _MOST_BATTLES = 2000, 40


def add_opponents(drafts: Sequence[Draft], named: Sequence[ActorMention]) -> None:
    """Give a capture, fight, siege or suicide attack that names one camp only its opponent.

    In this order: whom a battle told of the same place and time names, who held the place before, whom that camp
    fights elsewhere in the report, the armed group the report is about (or, for that group, the side most named
    against it). The reasons of the draft say so.
    """
    foe = _foe(named)
    rival = _rival(named, foe)
    fought = _fought(drafts, {m.actor for m in named})
    battles = _battles(drafts)
    holders: dict[str | None, str] = {}
    for draft in drafts:
        camps = camps_of([*draft.actors, *draft.targets])
        place = draft.where[0].spot.place if draft.where and draft.where[0].spot else None
        if draft.sort in _TWO_SIDED and len(camps) == 1:
            (camp,) = camps
            there = _met(battles.get(place, ()), draft, camp)
            usual = fought.get(camp)
            options = (holders.get(place), usual.most_common(1)[0][0] if usual else None, foe, rival)
            others = there or [o for o in options if o is not None and camp_of(o) != camp][:1]
            if others:
                _add(draft, others)
        if draft.sort == "capture" and draft.actors and place:
            holders[place] = draft.actors[0]


def add_unknown(drafts: Sequence[Draft]) -> None:
    """A bomb or a chemical attack that nobody is said to have set off was set off by someone unidentified."""
    for draft in drafts:
        if draft.sort in ("ied", "chemical") and not draft.actors:
            draft.actors = ["unidentified"]
            draft.reasons.append("nobody is named as having done it")


def _battles(drafts: Sequence[Draft]) -> dict[str | None, list[Draft]]:
    """The fights told of each place, the first of them where there are very many."""
    found: dict[str | None, list[Draft]] = {}
    for draft in drafts:
        place = draft.where[0].spot.place if draft.where and draft.where[0].spot else None
        if draft.sort == "clash" and place is not None and len(kept := found.setdefault(place, [])) < _MOST_BATTLES:
            kept.append(draft)
    return found


def _met(battles: Sequence[Draft], draft: Draft, camp: str) -> list[str]:
    """Whom a camp fights at the place and time of a draft, with those at that side: a fight told of there."""
    for battle in battles:
        parties = [*battle.actors, *battle.targets]
        foes = [p for p in parties if p not in _BYSTANDERS and camp_of(p) != camp]
        if camp in map(camp_of, parties) and len(camps_of(foes)) == 1 and _same_time(battle, draft):
            return foes
    return []


def _same_time(one: Draft, other: Draft) -> bool:
    if not (one.start and one.end and other.start and other.end):
        return False
    return one.start - _DAY <= other.end and other.start - _DAY <= one.end


def _add(draft: Draft, others: Sequence[str]) -> None:
    """A suicide attack whose victims are known was made by the other side; else the other side is the target."""
    if draft.sort == "suicide" and others[0] in _GROUPS:
        draft.targets = [*dict.fromkeys([*draft.actors, *draft.targets])]
        draft.actors = [*others]
    else:
        draft.targets += others
    draft.reasons.append(f"the other side, {', '.join(others)}, is taken from the rest of the report")


def _fought(drafts: Sequence[Draft], named: Collection[str]) -> dict[str, Counter[str]]:
    """By camp, whom its fights and captures name as the other side, and how often; else whom it strikes.

    The other side goes by the leading party of its camp where the report names that party at all.
    """
    found: dict[str, Counter[str]] = {}
    struck: dict[str, Counter[str]] = {}
    for draft in drafts[:_MOST]:
        into = found if draft.sort in ("capture", "clash", "siege") else struck if draft.sort in VIOLENT else None
        if into is None:
            continue
        # In the order they are told: of those named equally often the first counts, in every process the same.
        parties = [p for p in dict.fromkeys([*draft.actors, *draft.targets]) if p not in _BYSTANDERS]
        for one in parties:
            for other in parties:
                if camp_of(one) != camp_of(other):
                    leader = leader_of(other)
                    into.setdefault(camp_of(one), Counter())[leader if leader in named else other] += 1
    return struck | found


def _foe(named: Sequence[ActorMention]) -> str | None:
    """The armed group most named, where it is named at least twice and more than any other."""
    groups = Counter(m.actor for m in named if m.actor in _GROUPS)
    (name, count), *rest = [*groups.most_common(2), ("", 0)]
    return name if count >= 2 and all(count > other for _, other in rest) else None


def _rival(named: Sequence[ActorMention], foe: str | None) -> str | None:
    """The side most named in a report against its foe: of another camp."""
    if foe is None:
        return None
    camp = camp_of(foe)
    sides = Counter(m.actor for m in named if m.actor in _SIDES and camp_of(m.actor) != camp and m.role == "party")
    return sides.most_common(1)[0][0] if sides else None
