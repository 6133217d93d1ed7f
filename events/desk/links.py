"""Which proposals of different reports tell of one event, and why: found by the reader's rule, undone by a person."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from events.desk.desk import Desk, merge
from events.desk.proposal import Joined, Proposal
from events.reading.linking import Link, link_events
from events.reading.reading import ReadEvent

MOST_LINKED = 800
"""With more proposals than this nothing is linked: every two of one day are compared, at worst for two seconds."""


@dataclass
class _Group:
    parts: list[Proposal]
    links: list[Link]

    @property
    def sheets(self) -> set[str]:
        return {sheet for part in self.parts for sheet in part.sheets}


def link(desk: Desk) -> Desk:
    """Join what different reports tell of one event, with the reasons; what a person split or rejected stays apart."""
    tops = desk.with_status("proposed", "accepted")
    if len(desk.sheets) < 2 or len(tops) > MOST_LINKED:
        return desk
    rows = [(telling.sheet, _as_coded(telling.event, top), top) for top in tops for telling in top.tellings]
    groups = {top.id: _Group(parts=[top], links=[]) for top in tops}
    for found in link_events([(sheet, event) for sheet, event, _ in rows]):
        one, other = (groups[rows[i][2].id] for i in (found.one, found.other))
        if one is other or one.sheets & other.sheets or _apart(desk, one.parts, other.parts):
            continue
        one.parts += other.parts
        one.links += [*other.links, found]
        for part in other.parts:
            groups[part.id] = one
    for group in {id(group): group for group in groups.values() if len(group.parts) > 1}.values():
        desk = merge(desk, [part.id for part in group.parts], _why(group.links))
    return desk


def _why(links: Sequence[Link]) -> Joined:
    reasons = tuple(dict.fromkeys(reason for one in links for reason in one.reasons))
    return Joined(by="link", reasons=reasons, likeness=min(one.likeness for one in links))


def _as_coded(event: ReadEvent, top: Proposal) -> ReadEvent:
    """The event with the values a person gave it: these are compared."""
    values = top.values
    return replace(
        event, sub_event_type=values.sub_event_type, date_start=values.date_start, date_end=values.date_end,
        places=values.places, actors=values.actors, targets=values.targets,
    )  # fmt: skip


def _apart(desk: Desk, ones: Sequence[Proposal], others: Sequence[Proposal]) -> bool:
    return any(
        frozenset((a.id, b.id)) in desk.apart
        for one in ones
        for other in others
        for a in one.leaves
        for b in other.leaves
    )
