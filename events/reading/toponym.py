"""A name of a place as a report writes it, and the small questions asked about one."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from events.reading.gazetting import PlaceName
from events.reading.text import COMMA, SENTENCE, Words

Tags = Sequence[frozenset[str]]

KEPT_HEADS = frozenset(["مخيم", "نهر", "وادي", "حقل", "مطار", "شارع", "جبل", "تل", "جسر", "سد"])
"""Head nouns that belong to the name itself: «نهر الفرات», «مخيم اليرموك»."""


@dataclass(kw_only=True, slots=True)
class Toponym:
    """A name of a place as written: words ``first`` to ``last``, ``skip`` proclitic letters left out.

    ``head``: the noun that governs it (قرية, ريف), folded; ``sides``: compass words beside it;
    ``role``: at, toward, border. ``name`` is None for a name that no gazetteer holds.
    """

    first: int
    last: int
    skip: int
    name: PlaceName | None
    head: str = ""
    wide: bool = False
    sides: tuple[str, ...] = ()
    role: str = "at"
    area: PlaceName | None = None
    sure: float = 0.9
    reasons: list[str] = field(default_factory=list)


def adjoin(words: Words, last: int, first: int) -> bool:
    """Whether a word follows in the same list: «X وY», «X، Y», «X - Y»."""
    if first != last + 1 or words.gaps[first] >= SENTENCE:
        return False
    return words.gaps[first] == COMMA or words.keys[first].startswith("و")


def bare_cue(key: str, tags: frozenset[str]) -> str:
    """A cue word without its proclitics."""
    for tag in tags:
        if tag.startswith("clitic:"):
            clitic = tag.partition(":")[2]
            return key[len(clitic) :] if key.startswith(clitic) else key
    return key
