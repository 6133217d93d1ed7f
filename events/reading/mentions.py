"""Everything that one report's words name, gathered before any event is thought of."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from events.reading.actors import ActorMention
from events.reading.claims import Attribution
from events.reading.dates.mention import DateMention
from events.reading.matching import Hit
from events.reading.numbers import Quantity
from events.reading.text import Words
from events.reading.whereabouts import Located


@dataclass(frozen=True, kw_only=True, slots=True)
class Sentence:
    """Words ``first`` to ``end`` (exclusive) with what they name.

    ``paragraph`` counts from 0; ``headline``: in the first, which reads as a title. ``caption``: of a picture.
    """

    number: int
    paragraph: int
    first: int
    end: int
    headline: bool
    caption: bool
    places: Sequence[Located]
    dates: Sequence[DateMention]
    actors: Sequence[ActorMention]
    quantities: Sequence[Quantity]
    triggers: Sequence[Hit]
    casualties: Sequence[Hit]
    said: Attribution


@dataclass(frozen=True, kw_only=True, slots=True)
class Mentions:
    """One report taken apart. ``country``: id of the country most of its places lie in."""

    words: Words
    tags: list[frozenset[str]]
    sentences: list[Sentence]
    country: str | None = None
