"""Who was killed, wounded, captured, driven out, and how many: numbers tied to the word that makes them casualties."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from events.reading.actors import ActorMention
from events.reading.mentions import Sentence
from events.reading.numbers import Quantity
from events.reading.text import Words, fold_word

_BEFORE, _AFTER = 5, 10
_NOT_PEOPLE = frozenset(
    fold_word(word)
    for word in [
        "كيلومتر",
        "كيلومترا",
        "كيلومترات",
        "كلم",
        "كم",
        "متر",
        "مترا",
        "أمتار",
        "المئة",
        "المائة",
        "بالمئة",
        "بالمائة",
        "يوما",
        "يوم",
        "أيام",
        "شهرا",
        "شهر",
        "أشهر",
        "عاما",
        "عام",
        "سنوات",
        "سنة",
        "ساعة",
        "ساعات",
        "أسابيع",
        "أسبوعا",
        "قرية",
        "قرى",
        "بلدة",
        "بلدات",
        "مدينة",
        "حيا",
        "أحياء",
        "منزلا",
        "منازل",
        "سيارة",
        "سيارات",
        "آلية",
        "دبابة",
        "غارة",
        "غارات",
        "عمليات",
        "عملية",
        "هجوم",
        "هجمات",
        "نقاط",
        "نقطة",
        "محاور",
        "قذيفة",
        "قذائف",
        "صاروخ",
        "صواريخ",
        "مرات",
        "دولار",
        "عائلة",
        "طن",
        "percent",
        "km",
        "villages",
    ]
)
_SUBSET = frozenset(["بينهم", "بينها", "ضمنهم", "منهم", "including", "among"])
_NOT_BETWEEN = frozenset({"displaced"})


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
    """The casualties told in a sentence; parts of a total («بينهم 4 أطفال») are left out."""
    found: list[Toll] = []
    dated = {i for d in sentence.dates for i in range(d.first, d.last + 1)}
    placed = {i for p in sentence.places for i in range(p.toponym.first, p.toponym.last + 1)}
    for number in sentence.quantities:
        if number.first in dated or number.first in placed or _counts_things(words, number, sentence.end):
            continue
        if any(words.keys[j] in _SUBSET for j in range(max(sentence.first, number.first - 2), number.first)) and found:
            continue
        hit = _governor(number, sentence)
        if hit is None:
            continue
        victims = _victims(number, sentence.actors)
        toll = Toll(
            kind=hit, low=number.low, high=number.high, first=number.first, last=number.last,
            victims=victims,
        )  # fmt: skip
        found.append(toll)
    return found


def _counts_things(words: Words, number: Quantity, end: int) -> bool:
    after = words.keys[number.last + 1] if number.last + 1 < end else ""
    text = words.text[words.ends[number.last] : words.ends[number.last] + 2]
    return (after in _NOT_PEOPLE) or "%" in text or "٪" in text or number.low > 1_000_000


def _governor(number: Quantity, sentence: Sentence) -> str | None:
    """The kind of the nearest casualty word: before the number within five words, or after it within seven."""
    best: tuple[float, str] | None = None
    for hit in sentence.casualties:
        if hit.last < number.first:
            distance = float(number.first - hit.last)
            if distance > _BEFORE:
                continue
        else:
            distance = hit.first - number.last + 1.5
            if distance > _AFTER + 1.5:
                continue
        between = range(min(hit.first, number.first) + 1, max(hit.first, number.first))
        if any(q.first in between for q in sentence.quantities if q is not number):
            distance += 2
        if best is None or distance < best[0]:
            best = (distance, hit.value)
    return best[1] if best else None


def _victims(number: Quantity, actors: Sequence[ActorMention]) -> str | None:
    near = [m for m in actors if number.first <= m.first <= number.last + 7]
    return near[0].actor if near else None


def killed(tolls: Sequence[Toll], *, bodies: bool = False) -> tuple[int | None, int | None]:
    """Low and high of the dead over distinct groups: sums of different victims, the widest of the same.

    ``bodies``: bodies found count as dead, as in a mass grave.
    """
    groups: dict[object, tuple[int, int | None]] = {}
    for toll in tolls:
        if toll.kind != "killed" and not (bodies and toll.kind == "bodies"):
            continue
        key = toll.victims or (toll.low, toll.high)
        seen = groups.get(key)
        if seen is None or toll.low > seen[0]:
            groups[key] = (toll.low, toll.high)
    if not groups:
        return None, None
    low = sum(one for one, _ in groups.values())
    highs = [high for _, high in groups.values()]
    return low, None if any(h is None for h in highs) else sum(h for h in highs if h is not None)
