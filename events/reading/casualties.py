"""Who was killed, wounded, captured, driven out, and how many: numbers tied to the word that makes them casualties."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from events.reading.actors import ActorMention
from events.reading.lexicon import listed
from events.reading.mentions import Sentence
from events.reading.numbers import Quantity
from events.reading.text import QUOTED, Words

_BEFORE, _AFTER = 5, 10
_PLURALS = ("ي", "ه", "ين")
_NOT_PEOPLE = listed("things_counted")
_SUBSET = frozenset(["بينهم", "بينها", "ضمنهم", "منهم", "ضمنها", "منها", "including", "among"])
_ONE = listed("one_person")
"""Nouns for one person: «مقتل جندي» is one dead."""

_DEAD_VERBS = ("قتل", "مقتل", "استش", "مصرع", "اغتيال", "اغتال", "killed", "killing", "death")
_HIS_DEATH = ("مقتله", "مقتلها", "مصرعه", "استشهاده", "حتفه")
_OBJECT = 7
_GENERAL = None
"""The victims of a number that names no side."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Toll:
    """A number of people: killed, wounded, captured, displaced or bodies found; ``high`` None for "at least"."""

    kind: str
    low: int
    high: int | None
    first: int
    last: int
    victims: str | None


def tolls_of(words: Words, sentence: Sentence) -> list[Toll]:
    """The casualties told in a sentence; parts of a total («بينهم 4 أطفال و3 نساء») are left out."""
    found: list[Toll] = []
    if not sentence.casualties:
        return found
    dated = {i for d in sentence.dates for i in range(d.first, d.last + 1)}
    placed = {i for p in sentence.places for i in range(p.toponym.first, p.toponym.last + 1)}
    starts = [q.first for q in sentence.quantities]
    parted = sentence.end  # where a list of parts of the last total began
    for number in sentence.quantities:
        if number.first in dated or number.first in placed or _counts_things(words, number, sentence.end):
            continue
        if found and any(words.keys[j] in _SUBSET for j in range(max(sentence.first, number.first - 2), number.first)):
            parted = number.first
        if found and parted <= number.first and not any(parted < h.first < number.first for h in sentence.casualties):
            continue
        parted = sentence.end
        hit = _governor(words, number, sentence, starts)
        if hit is None:
            continue
        found.append(Toll(kind=hit, low=number.low, high=number.high, first=number.first, last=number.last,
                          victims=_victims(number, sentence.actors)))  # fmt: skip
    return found + [
        one for one in _single(words, sentence) if not any(t.first <= one.first <= t.last + 3 for t in found)
    ]


def _single(words: Words, sentence: Sentence) -> Iterator[Toll]:
    """«مقتل قيادي»، «استشهد مدني»: one person, told without a number."""
    counted = {i for q in sentence.quantities for i in range(q.first - 1, q.last + 3)}
    for hit in sentence.casualties:
        key = words.keys[hit.first]
        if hit.value != "killed" or not key.lstrip("وفبل").startswith(_DEAD_VERBS):
            continue
        i = hit.first if key.endswith(_HIS_DEATH) else _one_killed(words, hit.last + 1, sentence.end, key)
        if i is not None and i not in counted:
            victims = next((m.actor for m in sentence.actors if i <= m.first <= i + 5), _GENERAL)
            yield Toll(kind="killed", low=1, high=1, first=i, last=i, victims=victims)


def _one_killed(words: Words, i: int, end: int, verb: str) -> int | None:
    """The word for the one person killed: right after the verb or noun, or its object a few words on."""
    for j in range(i, min(i + (_OBJECT if "غتال" in verb or "قتل" in verb else 1), end)):
        key = words.keys[j]
        if words.gaps[j] > QUOTED:
            return None
        if (key in _ONE and (j == i or key.endswith("ا"))) or (key == "احد" and j > i):
            return j
    return None


def _counts_things(words: Words, number: Quantity, end: int) -> bool:
    after = words.keys[number.last + 1] if number.last + 1 < end else ""
    text = words.text[words.ends[number.last] : words.ends[number.last] + 2]
    return (after in _NOT_PEOPLE) or "%" in text or "٪" in text or number.low > 1_000_000


def _governor(words: Words, number: Quantity, sentence: Sentence, starts: Sequence[int]) -> str | None:
    """The kind of the casualty word that governs a number: the noun it counts, else the nearest word."""
    best: tuple[float, str] | None = None
    near = bisect_left(sentence.casualties, number.first - _BEFORE - 2, key=lambda h: h.first)
    for hit in sentence.casualties[near:]:
        if hit.first > number.last + _AFTER + 1:
            break
        if hit.last < number.first:
            distance = float(number.first - hit.last)
            if distance > _BEFORE:
                continue
            if words.keys[hit.first].endswith(_PLURALS) and distance > 1 and hit.value != "killed":
                distance += 1
        else:
            distance = hit.first - number.last + 1.5
            if distance > _AFTER + 1.5:
                continue
            if hit.first == number.last + 1 and not words.keys[hit.first].startswith("و"):
                distance = 0.5  # «12 جريحا»: what is counted
        lo, hi = min(hit.first, number.first) + 1, max(hit.first, number.first)
        if bisect_left(starts, hi) > bisect_left(starts, lo):  # another number stands between
            distance += 2
        if best is None or distance < best[0]:
            best = (distance, hit.value)
    return best[1] if best else None


def _victims(number: Quantity, actors: Sequence[ActorMention]) -> str | None:
    near = [m for m in actors if number.first <= m.first <= number.last + 7]
    return near[0].actor if near else _GENERAL


def _total(tolls: Sequence[tuple[str | None, int, int | None]]) -> tuple[int, int | None]:
    """Sum of different victims; a number without victims that is no smaller than the sum is the total itself."""
    groups: dict[str, tuple[int, int | None]] = {}
    general: tuple[int, int | None] | None = None
    for victims, low, high in tolls:
        if victims is _GENERAL:
            general = (low, high) if general is None or low > general[0] else general
            continue
        seen = groups.get(victims)
        if seen is None or low > seen[0]:
            groups[victims] = (low, high)
    low = sum(one for one, _ in groups.values())
    highs = [high for _, high in groups.values()]
    summed = low, None if any(h is None for h in highs) else sum(h for h in highs if h is not None)
    if general is None:
        return summed
    return general if not groups or general[0] >= low else summed


def killed(tolls: Sequence[Toll], *, bodies: bool = False) -> tuple[int | None, int | None]:
    """Low and high of the dead over distinct groups: sums of different victims, the widest of the same.

    ``bodies``: bodies found count as dead, as in a mass grave.
    """
    told = [(t.victims, t.low, t.high) for t in tolls if t.kind == "killed" or (bodies and t.kind == "bodies")]
    return _total(told) if told else (None, None)
