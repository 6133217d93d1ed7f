"""Counts of people as tables write them: "12", "5-7", "at least 3", "10+", "٥", "unknown"."""

from __future__ import annotations

import re
import unicodedata

_UNKNOWN = frozenset(
    {"-", "–", "—", "?", "unknown", "unk", "n.a.", "not known", "not reported", "not available", "unspecified", "tbc",
     "tbd", "غير معروف", "غير محدد", "غير متوفر", "مجهول", "لا يوجد", "لايوجد"}
)  # fmt: skip
_CODE = re.compile(r"-(?:7+|8+|9+)(?:\.0+)?")
"""Codes of missing values, of which -9 and -99 are the commonest."""
ROUGH = "the figure is uncertain; it was taken as it stands"
"""What is said of "3?", whose figure counts."""
VAGUE = "this tells of people without a number of them"
"""What is wrong with "several"."""
_VAGUE = re.compile(
    r"(?:tens of|десятки|сотни|des dizaines|onlarca)\b.*|"
    r"(?:a |an |some |many |unknown )?(?:several|some|many|few|dozens?|scores?|hundreds?|thousands?|multiple|numerous|"
    r"a number|unknown number|unclear|عدة|عدد|عدد من|عشرات|العشرات|مئات|المئات|آلاف|كثير|بعض)\b.*"
)
_WORDS = {
    word: number
    for number, words in enumerate(
        ("zero nil nobody|صفر", "one|واحد", "two|اثنان اثنين", "three|ثلاثة", "four|أربعة", "five|خمسة", "six|ستة",
         "seven|سبعة", "eight|ثمانية", "nine|تسعة", "ten|عشرة", "eleven", "twelve")
    )
    for word in words.replace("|", " ").split()
}  # fmt: skip
_PEOPLE = r"(?:\s*(?:people|persons?|civilians?|killed|dead|deaths?|fatalities|martyrs?|victims?|individuals|" \
    r"civils?|morts?|tués|kişi|ölü|погибших|убитых|человек|" \
    r"قتلى|قتيل|قتيلا|شهداء|شهيد|شهيدا|مدنيين|مدنيا|مدني|ضحايا|أشخاص|شخص)){0,2}"  # fmt: skip
_LEAST = r"(?:at least|no less than|more than|over|min\.?|minimum|>=?|≥|au moins|plus de|en az|не менее|" \
    r"على الأقل|أكثر من|ما لا يقل عن|ما يزيد عن)"  # fmt: skip
_MOST = r"(?:at most|up to|max\.?|maximum|<=?|≤|على الأكثر|حتى)"
_ABOUT = r"(?:about|around|approximately|approx\.?|ca\.?|c\.|~|≈|nearly|نحو|حوالي)"
_NUMBER = r"([0-9]{1,9})(?:[.,]0+)?"
_RANGE = re.compile(rf"(?:(?:between|بين) )?{_NUMBER}\s*(?:-|–|—|to|and|or|إلى|و|أو)\s*{_NUMBER}{_PEOPLE}")
_LOW = re.compile(rf"{_LEAST}\s*{_NUMBER}{_PEOPLE}|{_NUMBER}\s*(?:\+|or more|على الأقل|at least){_PEOPLE}")
_HIGH = re.compile(rf"{_MOST}\s*{_NUMBER}{_PEOPLE}")
_BEST = re.compile(rf"{_ABOUT}?\s*{_NUMBER}{_PEOPLE}")
_ASIDE = re.compile(r"(?<=[\w+?])(?:\s*(?:\[[^\[\]]*\]|\([^()]*\)|[*†‡]))+\Z")
"""A footnote's mark, or a remark in brackets: "10[1]", "3 (2 women)"."""
_THOUSANDS = re.compile(r"(?<=[0-9])[,٬'’ \u00a0\u202f](?=[0-9]{3}(?![0-9]))")

_LONGEST = 80

Figures = tuple[int | None, int | None, int | None, str | None]
"""low, best, high, and what is wrong."""


def figures_of(text: str) -> Figures:
    """The figures a text gives; the problem is a sentence's beginning where it gives none, or `ROUGH`."""
    plain = "".join(str(unicodedata.decimal(c)) if c.isdecimal() else c for c in text[:_LONGEST])
    plain = _ASIDE.sub("", _THOUSANDS.sub("", plain.strip().casefold()))
    if plain in _UNKNOWN or _CODE.fullmatch(plain):
        return None, None, None, None
    sure = plain.rstrip("? ")
    low, best, high, problem = _sure(" ".join(str(_WORDS.get(word, word)) for word in sure.split()))
    return low, best, high, ROUGH if sure != plain and problem is None else problem


def _sure(plain: str) -> Figures:
    """The same for a text without marks of doubt, its numbers in digits."""
    if found := _RANGE.fullmatch(plain):
        low, high = int(found[1]), int(found[2])
        return (low, None, high, None) if low <= high else (None, None, None, "the figures run from high to low")
    if found := _LOW.fullmatch(plain):
        return int(found[1] or found[2]), None, None, None
    if found := _HIGH.fullmatch(plain):
        return None, None, int(found[1]), None
    if found := _BEST.fullmatch(plain):
        return None, int(found[1]), None, None
    if _VAGUE.fullmatch(plain):
        return None, None, None, VAGUE
    return None, None, None, "this is no number of people, such as 12 or 5-7"
