"""Random filters over the real data, and the plain-Python answer that every engine must agree with."""

from __future__ import annotations

import random
from datetime import timedelta

from hypothesis import strategies as st

from events.atlas import Atlas
from events.model import Event
from events.selection import TYPES, Selection


def selections(atlas: Atlas) -> st.SearchStrategy[Selection]:
    """Filters a visitor might set."""
    return st.integers(0, 2**32).map(lambda seed: random_selection(atlas, random.Random(seed)))


def random_selection(atlas: Atlas, rng: random.Random) -> Selection:
    """One random filter, often narrow, sometimes empty."""
    known = atlas.store.dates()
    span = (known["last"] - known["first"]).days
    days = sorted(known["first"] + timedelta(days=rng.randint(-3, span + 3)) for _ in range(2))

    def some(values: list[str], most: int) -> tuple[str, ...]:
        chosen = set(rng.sample(values, rng.randint(0, most))) if rng.random() < 0.5 else set()
        return tuple(value for value in values if value in chosen)

    return Selection(
        date_from=days[0] if rng.random() < 0.5 else None,
        date_to=days[1] if rng.random() < 0.5 else None,
        actors=some(list(atlas.dataset.actors), 4),
        types=some(list(TYPES), 5),
        claimants=some(list(atlas.dataset.claimants), 4),
    )


def expected(atlas: Atlas, selection: Selection) -> set[str]:
    """Ids of the events that belong, by the definition and without an engine."""
    voices: dict[str, set[str]] = {}
    for claim in atlas.dataset.claims.values():
        voices.setdefault(claim.event, set()).add(claim.claimant)

    def belongs(event: Event) -> bool:
        if (selection.date_from or selection.date_to) and event.date_start is None:
            return False
        if selection.date_from and event.date_end < selection.date_from:  # type: ignore[operator]
            return False
        if selection.date_to and event.date_start > selection.date_to:  # type: ignore[operator]
            return False
        parties = {*event.actors, *event.targets}
        return (
            (not selection.actors or bool(parties & set(selection.actors)))
            and (not selection.types or bool({event.event_type, event.sub_event_type} & set(selection.types)))
            and (not selection.claimants or bool(voices[event.id] & set(selection.claimants)))
            and (not selection.places or bool(set(event.places) & set(selection.places)))
        )

    return {event.id for event in atlas.dataset.events.values() if belongs(event)}
