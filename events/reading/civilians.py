"""People of no side: whom an attack kills or takes without more being said of them are civilians."""

from __future__ import annotations

from bisect import bisect_right

from events.reading.draft import Draft
from events.reading.lexicon import listed
from events.reading.mentions import Sentence
from events.reading.text import Words

_AT_PEOPLE = frozenset({"air", "shell", "bomb", "ied", "suicide", "grenade", "chemical", "abduct", "execute"})
_PEOPLE = tuple(listed("people"))
"""Nouns for people who bear no arms."""

_BEHIND, _NUMBERS = 40, 3
"""Characters between a verb of abduction and the number of those taken, and numbers looked at."""


def hit_civilians(words: Words, sentence: Sentence, draft: Draft) -> bool:
    """Whether a deed that names no target was done to people of no side; its tolls must be known."""
    if draft.sort in _AT_PEOPLE and any(t.victims is None and _people(words, t.last) for t in draft.tolls):
        return True
    return draft.sort == "abduct" and _taken(words, sentence, draft)


def _people(words: Words, last: int) -> bool:
    """«ثلاثة أشخاص», «100 عائلة»: a number ending at word ``last`` counts people, with no word of whose."""
    return any(key.startswith(_PEOPLE) for key in words.keys[last : last + 2])


def _taken(words: Words, sentence: Sentence, draft: Draft) -> bool:
    """«واقتاد أكثر من 100 عائلة»: people counted right behind the verb."""
    end = draft.trigger.end
    at = bisect_right(sentence.quantities, end, key=lambda q: words.starts[q.first])
    behind = sentence.quantities[at : at + _NUMBERS]
    return any(words.starts[q.first] - end <= _BEHIND and _people(words, q.last) for q in behind)
