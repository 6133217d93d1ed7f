"""An event's parties as two opposing sides, as ACLED and UCDP want them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from events.atlas import Atlas
from events.engines.schema import Row
from events.export.areas import countries
from events.model import Actor

CAMPS = (("government", "russia", "iran"), ("sdf", "coalition"))
"""Sides of the map that fight together. Ours, and only to tell friend from foe within one event."""
STATES = ("syrian_government", "coalition")
"""Actors that act for a state (or states) without bearing a country's id."""


@dataclass(frozen=True, kw_only=True)
class Sides:
    """first: who did it, or the first of those who fought. second: whom it hit, or the first opponent.

    with_first, with_second: the others on either side. The second side may be missing, and the first one too
    where nobody is said to have done it.
    """

    first: Actor | None
    with_first: tuple[Actor, ...]
    second: Actor | None
    with_second: tuple[Actor, ...]


def sides_of(atlas: Atlas, parties: Sequence[Row]) -> Sides:
    """Our rule: those who did it stand against the targets. Where all are actors, the first one's opponent is the
    first from another camp (CAMPS), else simply the second; the others join the camp they belong to.
    """
    actors = [atlas.actor(party["actor"]) for party in parties if party["role"] == "actor"]
    targets = [atlas.actor(party["actor"]) for party in parties if party["role"] == "target"]
    if targets or len(actors) < 2:
        return Sides(
            first=actors[0] if actors else None,
            with_first=tuple(actors[1:]),
            second=targets[0] if targets else None,
            with_second=tuple(targets[1:]),
        )
    first, *others = actors
    foe = next((actor for actor in others if camp(actor) != camp(first)), others[0])
    others.remove(foe)
    return Sides(
        first=first,
        with_first=tuple(actor for actor in others if camp(actor) != camp(foe)),
        second=foe,
        with_second=tuple(actor for actor in others if camp(actor) == camp(foe)),
    )


def camp(actor: Actor) -> str:
    """The camp an actor fights in; a side outside CAMPS is a camp of its own."""
    for members in CAMPS:
        if actor.side in members:
            return members[0]
    return actor.id if actor.side == "other" else actor.side


def is_state(actor: Actor) -> bool:
    """Whether an actor acts for a state or states."""
    return actor.id in STATES or home_of(actor) != ""


def home_of(actor: Actor) -> str:
    """The country whose state an actor is, "" where it is none."""
    if actor.id == "syrian_government":
        return "syria"
    if actor.id in countries():
        return actor.id
    # UCDP's way to name states, and so that of events imported from it.
    named = actor.name_en.removeprefix("Government of ").strip().lower().replace(" ", "_")
    return named if actor.name_en.startswith("Government of ") and named in countries() else ""
