"""The desk and what can be done on it; every operation gives a new desk, the old one stays as it was."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from itertools import combinations
from typing import Any, Literal

from events.desk.errors import N_, CannotJoin, DeskError, InvalidValue, KnownReport, UnknownProposal
from events.desk.proposal import Joined, Proposal, Status, carried, coded, joined, proposed, renewed
from events.desk.values import Known, changed
from events.reading.reading import ReadEvent, Reading

STANCES = ("asserted", "unconfirmed", "denied")
MOST_SHEETS = 200
MOST_CHARACTERS = 20_000_000
"""All texts on one desk together."""

Source = Literal["file", "text", "person", ""]


@dataclass(frozen=True, kw_only=True)
class Sheet:
    """One report on the desk: its text, how it was read, and where its day of publication is known from.

    id: made from the text, so that the same text is the same report. language: "ar" or "en".
    """

    id: str
    name: str
    reading: Reading
    language: str
    day_from: Source = ""
    url: str | None = None

    @property
    def text(self) -> str:
        """What spans count in."""
        return self.reading.text

    @property
    def published(self) -> date | None:
        """The day of publication, None where nobody knows it."""
        return self.reading.published

    @property
    def sha256(self) -> str:
        """Digest of the text's bytes in UTF-8."""
        return hashlib.sha256(self.text.encode()).hexdigest()


def sound(text: str) -> str:
    """The text without what UTF-8 cannot hold; of the same length."""
    return text.encode("utf-8", "replace").decode()


def sheet(reading: Reading, *, name: str, day_from: Source = "", url: str | None = None) -> Sheet:
    """A report as read, ready for the desk. The text must be `sound`."""
    arabic = sum("\u0600" <= c <= "\u06ff" for c in reading.text[:5000])
    latin = sum(c.isascii() and c.isalpha() for c in reading.text[:5000])
    digest = hashlib.sha256(reading.text.encode()).hexdigest()
    if reading.published is None:
        day_from = ""
    elif not day_from:
        day_from = "text"
    return Sheet(
        id=f"read_{digest[:10]}", name=name, reading=reading, language="ar" if arabic >= latin else "en",
        day_from=day_from, url=url,
    )  # fmt: skip


@dataclass(frozen=True, kw_only=True)
class Desk:
    """Reports, and the events proposed from them in the order of reports and words.

    apart: pairs of ids of single tellings that a person split; they are not linked again.
    """

    sheets: tuple[Sheet, ...] = ()
    proposals: tuple[Proposal, ...] = ()
    apart: frozenset[frozenset[str]] = frozenset()

    def sheet(self, key: str) -> Sheet:
        """The report with this id. Raises DeskError."""
        for one in self.sheets:
            if one.id == key:
                return one
        raise DeskError(N_("No report on the desk has the id {key!r}; it may have been taken away."), key=key)

    def proposal(self, key: str) -> Proposal:
        """The proposal with this id. Raises UnknownProposal."""
        for one in self.proposals:
            if one.id == key:
                return one
        raise UnknownProposal(
            N_("No event on the desk has the id {key!r}; it may have been merged, split or taken away."), key=key
        )

    def with_status(self, *statuses: Status) -> tuple[Proposal, ...]:
        """The proposals of these statuses, in order."""
        return tuple(one for one in self.proposals if one.status in statuses)


def add(desk: Desk, new: Sheet) -> Desk:
    """Lay a report on the desk; its events become proposals. Raises KnownReport or, where it is full, DeskError."""
    if any(one.id == new.id for one in desk.sheets):
        raise KnownReport(N_("This text is on the desk already, as “{name}”."), name=desk.sheet(new.id).name)
    if len(desk.sheets) >= MOST_SHEETS:
        raise DeskError(N_("The desk holds {most} reports and no more; take one away first."), most=MOST_SHEETS)
    characters = sum(len(one.text) for one in (*desk.sheets, new))
    if characters > MOST_CHARACTERS:
        raise DeskError(
            N_("{n:,} characters are too much; the desk holds {most:,}."), n=characters, most=MOST_CHARACTERS
        )
    fresh = (proposed(f"{new.id}_{n}", new.id, event) for n, event in enumerate(new.reading.events, start=1))
    return _ordered(replace(desk, sheets=(*desk.sheets, new)), (*desk.proposals, *fresh))


def remove(desk: Desk, key: str) -> Desk:
    """Take a report away, and from every proposal what it tells. Raises DeskError."""
    gone = desk.sheet(key).id
    kept = _renew(desk.proposals, lambda leaf: None if gone in leaf.sheets else leaf)
    return _ordered(replace(desk, sheets=tuple(one for one in desk.sheets if one.id != gone)), kept)


def reread(desk: Desk, new: Sheet) -> Desk:
    """Put a new reading of the same text in its place; decisions and values of a person stay. Raises DeskError."""
    old = desk.sheet(new.id)
    events = list(new.reading.events)
    leaves = [leaf for top in desk.proposals for leaf in top.leaves if new.id in leaf.sheets]
    heirs = dict(_heirs(leaves, events))
    highest = max((int(leaf.id.rsplit("_", 1)[1]) for leaf in leaves), default=0)

    def renew(leaf: Proposal) -> Proposal | None:
        if new.id not in leaf.sheets:
            return leaf
        event = heirs.get(leaf.id)
        return None if event is None else _reread_leaf(leaf, new.id, event)

    taken = {id(event) for event in heirs.values()}
    fresh = [event for event in events if id(event) not in taken]
    added = (proposed(f"{new.id}_{highest + n}", new.id, event) for n, event in enumerate(fresh, start=1))
    sheets = tuple(new if one is old else one for one in desk.sheets)
    return _ordered(replace(desk, sheets=sheets), (*_renew(desk.proposals, renew), *added))


def _reread_leaf(leaf: Proposal, key: str, event: ReadEvent) -> Proposal:
    new = carried(leaf, proposed(leaf.id, key, event))
    telling = leaf.telling
    if telling is None or not telling.was or new.telling is None:
        return new
    kept = {name: getattr(telling, name) for name in telling.was}
    return replace(new, telling=replace(new.telling, was=telling.was, **kept))


def _heirs(leaves: Sequence[Proposal], events: Sequence[ReadEvent]) -> Iterable[tuple[str, ReadEvent]]:
    """Which new event each old telling has become: that which the same word tells of, first by first."""
    left = list(events)
    for leaf in leaves:
        telling = leaf.telling
        words = {*telling.event.spans.get("event", ())} if telling else set()
        heir = next((event for event in left if words & {*event.spans.get("event", ())}), None)
        if heir is not None:
            left = [event for event in left if event is not heir]
            yield leaf.id, heir


def _renew(proposals: Sequence[Proposal], renew: Callable[[Proposal], Proposal | None]) -> list[Proposal]:
    return [new for old in proposals if (new := renewed(old, renew)) is not None]


def decide(desk: Desk, keys: Collection[str], status: Status) -> Desk:
    """Accept, reject or lay open proposals. Raises UnknownProposal."""
    for key in keys:
        desk.proposal(key)
    changed_ones = (
        replace(one, status=status) if one.id in keys and one.status != status else one for one in desk.proposals
    )
    return replace(desk, proposals=tuple(changed_ones))


def accept_from(desk: Desk, confidence: float) -> Desk:
    """Accept whatever is still open and at least this sure."""
    sure = [one.id for one in desk.with_status("proposed") if one.confidence >= confidence]
    return decide(desk, sure, "accepted")


def edit(desk: Desk, key: str, field: str, value: object, *, known: Known) -> Desk:
    """Change one of `values.EDITABLE`; what a person coded is marked so. Raises InvalidValue, UnknownProposal."""
    old = desk.proposal(key)
    return _with(desk, coded(old, changed(old.values, field, value, known=known)))


def edit_telling(desk: Desk, key: str, leaf: str, field: str, value: Any, *, known: Known) -> Desk:
    """Change who says so: "claimants", "denied_by" or "stance" of one telling. Raises InvalidValue, UnknownProposal."""
    if field == "stance":
        if value not in STANCES:
            raise InvalidValue(
                field, N_("{value!r} is no stance; expected one of {known}."), value=value, known=", ".join(STANCES)
            )
    elif field in ("claimants", "denied_by") and isinstance(value, Sequence) and not isinstance(value, str):
        value = tuple(dict.fromkeys(value))
        for voice in value:
            had = any(voice in one.claimants + one.denied_by for one in desk.proposal(key).tellings)
            if voice not in known.vocabulary.claimants and not had:
                raise InvalidValue(field, N_("No claimant has the id {key!r}; choose from the list."), key=voice)
    else:
        raise InvalidValue(field, N_("{value!r} cannot be the {what} of a claim."), value=value, what=field)

    def renew(one: Proposal) -> Proposal:
        telling = one.telling
        if one.id != leaf or telling is None or getattr(telling, field) == value:
            return one
        was = {**telling.was}
        original = was.setdefault(field, getattr(telling, field))
        if original == value:
            del was[field]
        return replace(one, telling=replace(telling, **{field: value}, was=was))

    return _with(desk, _told_anew(desk.proposal(key), renew))


def _told_anew(proposal: Proposal, renew: Callable[[Proposal], Proposal]) -> Proposal:
    """Who says so changes no value: joins stay as they are."""
    if proposal.telling is not None:
        return renew(proposal)
    return replace(proposal, of=tuple(_told_anew(part, renew) for part in proposal.of))


def merge(desk: Desk, keys: Iterable[str], why: Joined | None = None) -> Desk:
    """Make several proposals one event with several claims. Raises CannotJoin, UnknownProposal."""
    parts = {key: desk.proposal(key) for key in keys}
    together = sorted(parts.values(), key=desk.proposals.index)
    one = joined(together, why or Joined(by="person"))
    return _ordered(desk, (*(other for other in desk.proposals if other.id not in parts), one))


def split(desk: Desk, key: str) -> Desk:
    """Let a merged or linked proposal fall apart into what it was joined from. Raises CannotJoin, UnknownProposal."""
    whole = desk.proposal(key)
    if not whole.of:
        raise CannotJoin(N_("This event is told once, by one report; there is nothing to split."))
    apart = desk.apart
    if whole.joined is not None and whole.joined.by == "link":
        apart |= {
            frozenset((a.id, b.id))
            for one, other in combinations(whole.of, 2)
            for a in one.leaves
            for b in other.leaves
        }
    rest = (other for other in desk.proposals if other.id != key)
    return _ordered(replace(desk, apart=apart), (*rest, *whole.of))


def _with(desk: Desk, new: Proposal) -> Desk:
    if new == desk.proposal(new.id):
        return desk
    return replace(desk, proposals=tuple(new if one.id == new.id else one for one in desk.proposals))


def _ordered(desk: Desk, proposals: Iterable[Proposal]) -> Desk:
    """In the order of reports and words, so that what was joined and split lies where it lay."""
    rank = {one.id: n for n, one in enumerate(desk.sheets)}

    def key(proposal: Proposal) -> tuple[int, int, int, str]:
        return min((rank[leaf.telling.sheet], leaf.telling.start, _number(leaf.id), leaf.id)
                   for leaf in proposal.leaves if leaf.telling is not None)  # fmt: skip

    return replace(desk, proposals=tuple(sorted(proposals, key=key)))


def _number(leaf: str) -> int:
    return int(leaf.rsplit("_", 1)[1])
