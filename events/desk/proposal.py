"""One proposed event: what one report tells, or what several proposals joined into one."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, Literal

from events.desk.errors import N_, CannotJoin
from events.desk.values import FIELDS, Values, values_of
from events.reading.reading import ReadEvent

Status = Literal["proposed", "accepted", "rejected"]


@dataclass(frozen=True, kw_only=True)
class Telling:
    """What one report tells of an event, in whose names. `event` stays as it was read.

    sheet: id of the report on the desk. stance: "asserted", "unconfirmed" or "denied". was: the claimants,
    denied_by and stance that a person changed, as they were read.
    """

    sheet: str
    event: ReadEvent
    claimants: tuple[str, ...]
    denied_by: tuple[str, ...]
    stance: str
    was: Mapping[str, Any] = field(default_factory=dict)

    @property
    def start(self) -> int:
        """Where in the report the event is first told, in characters."""
        return min((span.start for spans in self.event.spans.values() for span in spans), default=0)


@dataclass(frozen=True, kw_only=True)
class Joined:
    """Why several proposals are one. by: "link" where the reader found them alike, "person" where one was told to."""

    by: Literal["link", "person"]
    reasons: tuple[str, ...] = ()
    likeness: float | None = None


@dataclass(frozen=True, kw_only=True)
class Proposal:
    """A proposed event: either one telling of one report, or joined `of` others.

    was: the values that a person changed, as they were before; their spans stay.
    """

    id: str
    status: Status = "proposed"
    values: Values
    was: Mapping[str, Any] = field(default_factory=dict)
    telling: Telling | None = None
    of: tuple[Proposal, ...] = ()
    joined: Joined | None = None

    @property
    def tellings(self) -> tuple[Telling, ...]:
        """What each report tells, in order."""
        if self.telling is not None:
            return (self.telling,)
        return tuple(telling for part in self.of for telling in part.tellings)

    @property
    def leaves(self) -> tuple[Proposal, ...]:
        """The proposals of single tellings this one is joined from; itself where it is one."""
        return (self,) if self.telling is not None else tuple(leaf for part in self.of for leaf in part.leaves)

    @property
    def sheets(self) -> frozenset[str]:
        """The reports that tell of it."""
        return frozenset(telling.sheet for telling in self.tellings)

    @property
    def confidence(self) -> float:
        """Of the surest telling, 0 to 1."""
        return max(telling.event.confidence for telling in self.tellings)

    @property
    def reasons(self) -> tuple[str, ...]:
        """Why the reader proposes it."""
        return tuple(dict.fromkeys(reason for telling in self.tellings for reason in telling.event.reasons))


def proposed(key: str, sheet: str, event: ReadEvent) -> Proposal:
    """The proposal of one event just read."""
    telling = Telling(
        sheet=sheet, event=event, claimants=event.claimants, denied_by=event.denied_by, stance=event.stance
    )
    return Proposal(id=key, values=values_of(event), telling=telling)


def joined(parts: Sequence[Proposal], why: Joined) -> Proposal:
    """Several proposals as one. Raises CannotJoin for fewer than two."""
    if len({part.id for part in parts}) < 2:
        raise CannotJoin(N_("Merging takes at least two proposals; mark a second one."))
    digest = hashlib.sha256("\n".join(sorted(part.id for part in parts)).encode()).hexdigest()[:10]
    statuses = {part.status for part in parts}
    return Proposal(
        id=f"read_m{digest}",
        status="accepted" if "accepted" in statuses else "rejected" if statuses == {"rejected"} else "proposed",
        values=_agreed(parts),
        was={name: was for part in reversed(parts) for name, was in part.was.items()},
        of=tuple(parts),
        joined=why,
    )


def _agreed(parts: Sequence[Proposal]) -> Values:
    """One set of values for all. Our rule: a person's word first, then the surest, the finest, the widest range."""
    ranked = sorted(parts, key=lambda part: (-part.confidence, part.id))
    first = ranked[0].values
    dated = [p.values for p in ranked if p.values.date_start] or [first]
    when = min(dated, key=lambda v: v.date_prec or 9)
    where = min([p.values for p in ranked if p.values.places] or [first], key=lambda v: v.where_prec or 9)
    actors = tuple(dict.fromkeys(actor for p in ranked for actor in p.values.actors))
    told = [p.values for p in ranked if p.values.fatalities_low is not None or p.values.fatalities_high is not None]
    lows = [v.fatalities_low for v in told if v.fatalities_low is not None]
    highs = [v.fatalities_high for v in told]
    agreed = Values(
        sub_event_type=first.sub_event_type,
        date_start=when.date_start, date_end=when.date_end, date_prec=when.date_prec,
        places=where.places, where_prec=where.where_prec,
        actors=actors,
        targets=tuple(dict.fromkeys(t for p in ranked for t in p.values.targets if t not in actors)),
        fatalities_low=min(lows, default=None),
        fatalities_high=None if None in highs else max((h for h in highs if h is not None), default=None),
    )  # fmt: skip
    coded = {name: getattr(part.values, name) for part in reversed(ranked) for name in part.was}
    return _fitting(replace(agreed, **coded))


def _fitting(values: Values) -> Values:
    """Values of several hands can contradict one another; what a range cannot hold widens it."""
    low, high, civilians = values.fatalities_low, values.fatalities_high, values.civilians
    if high is not None:
        high = max(high, low or 0, civilians or 0)
    first, last = values.date_start, values.date_end
    if first and last and last < first:
        first, last = last, first
    return replace(values, fatalities_high=high, date_start=first, date_end=last)


def coded(proposal: Proposal, values: Values) -> Proposal:
    """The proposal with values a person chose; what is changed back counts as unchanged."""
    was = dict(proposal.was)
    for name in FIELDS:
        now, before = getattr(values, name), getattr(proposal.values, name)
        if now == before:
            continue
        original = was.setdefault(name, before)
        if now == original:
            del was[name]
    return replace(proposal, values=values, was=was)


def renewed(proposal: Proposal, renew: Callable[[Proposal], Proposal | None]) -> Proposal | None:
    """The proposal after each of its single tellings was renewed or, with None, taken away.

    Status and what a person coded stay; a join of which one part is left becomes that part.
    """
    if proposal.telling is not None:
        return renew(proposal)
    parts = tuple(part for old in proposal.of if (part := renewed(old, renew)) is not None)
    if parts == proposal.of:
        return proposal
    if not parts:
        return None
    if len(parts) == 1:
        return carried(proposal, parts[0])
    why = proposal.joined or Joined(by="person")
    return carried(proposal, replace(joined(parts, why), id=proposal.id))


def carried(old: Proposal, new: Proposal) -> Proposal:
    """What a person decided and coded on `old`, on `new`."""
    kept = {name: getattr(old.values, name) for name in old.was}
    was = {name: getattr(new.values, name) for name in kept if getattr(new.values, name) != kept[name]}
    return replace(new, status=old.status, values=_fitting(replace(new.values, **kept)), was={**new.was, **was})
