"""Numbers in a report: digits and words, at least and about, ranges, and the dozens and hundreds of newspapers."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from events.reading.matching import Hit
from events.reading.text import QUOTED, Words, fold_word

DOZENS = {
    fold_word(word): bounds
    for words, bounds in (
        ("عشرات العشرات dozens", (24, 99)),
        ("مئات المئات hundreds", (200, 999)),
        ("آلاف الآلاف thousands", (2000, 9999)),
    )
    for word in words.split()
}
"""The ranges that vague numbers stand for, by the codebook."""

_DIGITS = re.compile(r"\d+(?:[.,]\d+)*\Z")
_THOUSANDS = re.compile(r"\d{1,3}(?:,\d{3})+\Z")
_MOST = 10**12
_CARRIED = frozenset(
    [
        "شخصين", "شخصان", "جنديين", "جنديان", "عنصرين", "عنصران", "طفلين", "طفلان", "قتيلين", "قتيلان", "جريحين",
        "جريحان", "امراتين", "ضابطين", "ضابطان", "رجلين", "شابين", "طفلتين", "عاملين", "جثتين", "مقاتلان", "قياديان",
        "مسلحان", "مدنيان",
    ]
)  # fmt: skip
"""Duals, which carry their number; those of «مدنيين» and its like are written as their plurals, and left out."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Quantity:
    """A number as written, words ``first`` to ``last``; ``high`` is None for "at least".

    ``digits``: written in digits; ``vague``: dozens, hundreds.
    """

    first: int
    last: int
    low: int
    high: int | None
    digits: bool = False
    vague: bool = False


def find_quantities(words: Words, hits: Sequence[Hit]) -> list[Quantity]:
    """The numbers in a text, in order; ranges and "at least" worked in."""
    known = {h.first: h for h in hits if h.kind == "number" and "ال" not in h.clitic}
    found: list[Quantity] = []
    i = 0
    while i < len(words):
        number = _number_at(words, known, i)
        if number is None:
            i += 1
            continue
        found.append(number)
        i = number.last + 1
    return _bounded(words, found)


def _number_at(words: Words, known: dict[int, Hit], i: int) -> Quantity | None:
    key = _unstuck(words.keys[i])
    bare = key[1:] if key[:1] in "وبل" and key[1:] in DOZENS else key
    if bare in DOZENS:
        if bare.startswith("ال") and words.keys[i + 1 : i + 2] != ["من"] and not _killed_before(words, i):
            return None  # «شيع الآلاف»: a crowd that does something, not a count of anybody
        return _vague(i, *DOZENS[bare])
    if key in _CARRIED:
        return Quantity(first=i, last=i, low=2, high=2)
    if not (key[:1].isdigit() or i in known):
        return None
    value, last, digits = _digits(key), i, key[:1].isdigit()
    if value is None:
        if i not in known:
            return None
        return _spelled(words, known, i)
    scale = known.get(i + 1)
    if scale is not None and scale.value >= 1000 and not scale.clitic:
        value, last = value * scale.value, scale.last
    if value > _MOST:
        return None
    return Quantity(first=i, last=last, low=int(value), high=int(value), digits=digits)


def _killed_before(words: Words, i: int) -> bool:
    """«مقتل العشرات», «إصابة المئات»: counted by the noun before."""
    return i > 0 and words.keys[i - 1].lstrip("وبل").startswith(
        ("مقتل", "قتل", "اصاب", "جرح", "نزوح", "اعتقال", "مصرع")
    )


def _unstuck(key: str) -> str:
    """Digits without the particle written to them: و200, ب12."""
    return key[1:] if key[:1] in ("و", "ب", "ل", "ف") and key[1:2].isdigit() else key


def _vague(i: int, low: int, high: int) -> Quantity:
    return Quantity(first=i, last=i, low=low, high=high, vague=True)


def _digits(key: str) -> float | None:
    if not _DIGITS.match(key) or len(key) > 15:
        return None
    if _THOUSANDS.match(key):
        return int(key.replace(",", ""))
    try:
        return float(key.replace(",", "."))
    except ValueError:
        return None


def _spelled(words: Words, known: dict[int, Hit], i: int) -> Quantity:
    """Number words that add up: «مئة وخمسة وعشرين»، «ثلاثة آلاف»."""
    total, part, last = 0, 0, i - 1
    at = i
    while at in known and (at == i or words.gaps[at] <= QUOTED) and at - i < 12:
        hit = known[at]
        if at != i and not (hit.clitic == "و" or hit.value >= 100 or (hit.value == 10 and part in range(3, 10))):
            break
        if hit.value >= 1000:
            part = max(part, 1) * hit.value
            total, part = total + part, 0
        elif hit.value == 100 and 3 <= part <= 9:
            part *= 100
        else:
            part += hit.value
        last, at = hit.last, hit.last + 1
        if total > _MOST:
            break
    value = total + part
    return Quantity(first=i, last=last, low=value, high=value)


def _bounded(words: Words, numbers: list[Quantity]) -> list[Quantity]:
    found: list[Quantity] = []
    skip = False
    for k, number in enumerate(numbers):
        if skip:
            skip = False
            continue
        before = [words.keys[j] for j in range(max(0, number.first - 3), number.first)]
        after = [words.keys[j] for j in range(number.last + 1, min(len(words), number.last + 5))]
        following = numbers[k + 1] if k + 1 < len(numbers) else None
        if following is not None and _is_range(words, number, following, before):
            found.append(
                Quantity(
                    first=number.first, last=following.last, low=number.low, high=following.high, digits=number.digits
                )
            )
            skip = True
            continue
        if _at_least(before, after) and not number.vague:
            number = Quantity(first=number.first, last=number.last, low=number.low, high=None, digits=number.digits)
        found.append(number)
    return found


def _is_range(words: Words, one: Quantity, other: Quantity, before: list[str]) -> bool:
    between = words.keys[one.last + 1 : other.first]
    if one.low >= other.low or other.first - one.last > 2 or words.gaps[other.first] > QUOTED:
        return False
    if between in (["الي"], ["to"], ["حتي"]):
        return True
    opened = any(w in ("بين", "between") or w.endswith("بين") for w in before)
    return opened and (
        between in (["و"], ["and"], ["الي"]) or (not between and words.keys[other.first].startswith("و"))
    )


def _at_least(before: list[str], after: list[str]) -> bool:
    text, tail = " ".join(before), " ".join(after)
    if text.endswith(
        ("اكثر من", "يقل عن", "تقل عن", "يزيد علي", "يزيد عن", "تزيد عن", "at least", "more than", "over")
    ):
        return True
    words = tail.split()
    return any(words[i : i + 2] == ["علي", "الاقل"] for i in range(len(words) - 1))
