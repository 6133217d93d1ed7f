"""The event words of one sentence as each of them sees the others."""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter
from collections.abc import Sequence

from events.reading.draft import alike
from events.reading.facts import Fact

_NEXT = 8
"""Event verbs looked at after a word; keeps the work linear in a sentence of nothing else."""


class Context:
    """The facts of one sentence, as each of them sees the others."""

    def __init__(self, facts: Sequence[Fact]) -> None:
        self._count = Counter(f.sort for f in facts)
        self._verbs = [f for f in facts if f.hit.value.tense != "noun"]
        self._starts = [f.hit.first for f in self._verbs]

    def others(self, fact: Fact) -> set[str]:
        """The sorts of the other facts."""
        return {sort for sort, count in self._count.items() if sort != fact.sort or count > 1}

    def next_verb(self, fact: Fact) -> int | None:
        """Where the next event verb of another kind stands; what follows it belongs to it."""
        after = bisect_right(self._starts, fact.hit.last)
        return next((f.hit.first for f in self._verbs[after : after + _NEXT] if not alike(f.sort, fact.sort)), None)
