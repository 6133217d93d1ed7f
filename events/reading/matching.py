"""Finding many known phrases in a text at once: one Aho-Corasick pass over the folded words.

A phrase may carry proclitics on its first word (و ف ب ل ك and their chains, with the article or not);
parts of words never match otherwise.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, NamedTuple

import ahocorasick

from events.reading.morphology import ARTICLES, FUTURE_CLITICS, NOUN_CLITICS, VERB_CLITICS
from events.reading.text import QUOTED, Words

CLITICS = {
    "verb": VERB_CLITICS | FUTURE_CLITICS,
    "noun": NOUN_CLITICS | ARTICLES,
    "name": NOUN_CLITICS | ARTICLES,
    "bare": frozenset({"", "و", "ف"}),
    "loose": NOUN_CLITICS,
}
"""Which letters may stand before a phrase, by the way it is built."""

_BEFORE_ARTICLE = frozenset({"ل", "ول", "فل"})
"""What makes «الرقة» «للرقة»: the article loses its first letter after ل and only there."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Pattern:
    """A folded phrase (words joined by single spaces), what kind of thing it is and what it stands for."""

    phrase: str
    kind: str
    value: Any
    form: str


class Hit(NamedTuple):
    """One phrase found: words ``first`` to ``last`` inclusive, ``clitic`` being the letters before it."""

    kind: str
    value: Any
    first: int
    last: int
    clitic: str
    form: str


class Matcher:
    """Patterns compiled once; safe to share between threads, for nothing in it changes."""

    def __init__(self, patterns: Iterable[Pattern]) -> None:
        found: dict[str, list[tuple[Pattern, frozenset[str]]]] = {}
        for pattern in patterns:
            found.setdefault(pattern.phrase + " ", []).append((pattern, CLITICS[pattern.form]))
            if (
                pattern.form in ("name", "noun", "loose")
                and pattern.phrase.startswith("ال")
                and len(pattern.phrase) > 4
            ):
                found.setdefault("ل" + pattern.phrase[2:] + " ", []).append((pattern, _BEFORE_ARTICLE))
        self._automaton = ahocorasick.Automaton()
        for key, entries in found.items():
            packed = tuple((p.kind, p.value, clitics, p.form) for p, clitics in entries)
            self._automaton.add_word(key, (key.count(" "), len(key), packed))
        self._automaton.make_automaton()

    def hits(self, words: Words) -> list[Hit]:
        """Every phrase in the text, overlapping ones included, in order of their last word."""
        found: list[Hit] = []
        line, at, gaps = words.line, words.at, words.gaps
        for end, (count, length, entries) in self._automaton.iter(line):
            last = bisect_right(at, end) - 1
            first = last - count + 1
            if first < 0:
                continue
            start = end - length + 1
            head = at[first]
            clitic = line[head:start] if start > head else ""
            if len(clitic) > 4 or start < head:
                continue
            if count > 1 and max(gaps[first + 1 : last + 1]) > QUOTED:
                continue
            for kind, value, allowed, form in entries:
                if clitic in allowed:
                    found.append(Hit(kind, value, first, last, clitic, form))
        return found


def longest(hits: Iterable[Hit]) -> list[Hit]:
    """Of overlapping hits the longest, then the leftmost, in order of the text."""
    kept: list[Hit] = []
    taken = -1
    for hit in sorted(hits, key=lambda h: (h.first, -h.last)):
        if hit.first > taken:
            kept.append(hit)
            taken = hit.last
        elif hit.first == kept[-1].first and hit.last == kept[-1].last:
            kept.append(hit)
    return kept
