"""What parts two words of a report: commas and turns of clause."""

from __future__ import annotations

from itertools import accumulate

from events.reading.mentions import Mentions
from events.reading.text import COMMA

_TURNS = frozenset({"relative", "clause"})


class Breaks:
    """The breaks of one report, as running counts: what lies between two words is known without walking there."""

    def __init__(self, mentions: Mentions) -> None:
        self._commas = [0, *accumulate(int(gap >= COMMA) for gap in mentions.words.gaps)]
        self._turns = [0, *accumulate(int(not tag.isdisjoint(_TURNS)) for tag in mentions.tags)]

    def between(self, lo: int, hi: int) -> tuple[int, int]:
        """Commas, and turns of clause, after word lo and up to word hi."""
        return self._commas[hi + 1] - self._commas[lo + 1], self._turns[hi + 1] - self._turns[lo + 1]
