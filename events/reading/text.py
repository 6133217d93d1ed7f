"""Text as the reader sees it: words with folded keys, every one tied to its place in the original.

Nothing is cut out of the text and nothing is moved: a word keeps its offsets in the original, and
only its *key* is folded (marks and tatweel dropped; alif, hamza, ya and ta marbuta unified; digits of
every script made ASCII). So a span always slices to the words it names.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache

# What may follow the first letter of a word without ending it: letters, digits, vowel marks, invisible joiners.
_MARKS = "\u0610-\u061a\u064b-\u065f\u0670\u06d6-\u06dc\u06df-\u06e8\u06ea-\u06ed\u200b-\u200f\u2060\ufeff"
_WORD = re.compile(rf"\d+(?:[.,٫٬]\d+)*|[^\W_\u0640\d][\w{_MARKS}]*(?:['’](?=\w)\w+)?")
_LONGEST = 64
"""No name is longer; a longer run of letters gets an empty key and is never looked up."""

_FOLD = str.maketrans(
    {"ٱ": "ا", "ى": "ي", "ة": "ه", "ء": "", "ـ": "", "ک": "ك", "گ": "ك", "ی": "ي", "ڤ": "ف", "پ": "ب", "چ": "ج",
     "٫": ".", "٬": ",", "’": "'", "ه": "ه"}
)  # fmt: skip
_DROPPED = frozenset({"Mn", "Me", "Cf", "Cs"})

_LONGEST_SENTENCE = 160
"""Words; a longer run without a full stop is cut, so that the work stays linear in the text."""

JOINED, QUOTED, COMMA, SENTENCE, LINE = range(5)
"""What stands between two words: a space, a quotation mark or bracket, a comma, a full stop, a new line."""

_LINES = re.compile(r"[\n\r\u2028\u2029]")
_STOPS = re.compile(r"[.!?؟…]")
_COMMAS = re.compile(r"[،,;؛:|\u0640–—]|\s-\s")
_QUOTES = re.compile(r"[^\s\-/]")


@lru_cache(maxsize=1 << 16)
def fold_word(word: str) -> str:
    """Key of one word; "" for a word too long to be a name or without a letter or digit."""
    if len(word) > _LONGEST:
        return ""
    if word.isascii():
        return word.lower()
    wide = unicodedata.normalize("NFKD", word).casefold()
    kept = "".join(c for c in wide if unicodedata.category(c) not in _DROPPED).translate(_FOLD)
    return "".join(str(unicodedata.decimal(c)) if c.isdecimal() else c for c in kept).replace(" ", "")


@lru_cache(maxsize=1 << 12)
def _gap(between: str) -> int:
    if between in (" ", ""):
        return JOINED
    if _LINES.search(between):
        return LINE
    if _STOPS.search(between):
        return SENTENCE
    if _COMMAS.search(between):
        return COMMA
    return QUOTED if _QUOTES.search(between) else JOINED


@dataclass(frozen=True, kw_only=True, slots=True)
class Span:
    """A stretch of the original text: ``start`` inclusive, ``end`` exclusive, in characters."""

    start: int
    end: int

    def of(self, text: str) -> str:
        """The words themselves."""
        return text[self.start : self.end]


@dataclass(frozen=True, kw_only=True, slots=True)
class Words:
    """The words of a text in order; the lists run in parallel.

    ``gaps[i]`` says what stands before word i; ``line`` is all keys joined by single spaces with a space
    after each, ``at[i]`` where the key of word i starts in it.
    """

    text: str
    starts: list[int]
    ends: list[int]
    keys: list[str]
    gaps: list[int]
    line: str
    at: list[int]
    sentences: list[tuple[int, int]]

    def __len__(self) -> int:
        return len(self.keys)

    def span(self, first: int, last: int, *, skip: int = 0) -> Span:
        """The span from word ``first`` to word ``last`` inclusive, less ``skip`` leading letters."""
        return Span(start=self.starts[first] + skip, end=self.ends[last])


def words_of(text: str) -> Words:
    """Split any text into words and sentences. Linear in the text; never fails."""
    starts: list[int] = []
    ends: list[int] = []
    keys: list[str] = []
    gaps: list[int] = []
    at: list[int] = []
    before, width = 0, 0
    for found in _WORD.finditer(text):
        start, end = found.span()
        gap = LINE if not starts else _gap(text[before:start][:200])
        if gap == SENTENCE and starts and len(keys[-1]) <= 1 and not keys[-1].isdigit():
            gap = QUOTED  # the dots of an abbreviation: أ.ف.ب
        key = fold_word(found[0])
        starts.append(start)
        ends.append(end)
        keys.append(key)
        gaps.append(gap)
        at.append(width)
        width += len(key) + 1
        before = end
    line = " ".join(keys) + " "
    if not keys:
        return Words(text=text, starts=[], ends=[], keys=[], gaps=[], line=" ", at=[], sentences=[])
    firsts = [i for i, gap in enumerate(gaps) if gap >= SENTENCE]
    sentences = [
        (at_word, min(at_word + _LONGEST_SENTENCE, end))
        for first, end in zip(firsts, [*firsts[1:], len(keys)], strict=True)
        for at_word in range(first, end, _LONGEST_SENTENCE)
    ]
    return Words(text=text, starts=starts, ends=ends, keys=keys, gaps=gaps, line=line, at=at, sentences=sentences)
