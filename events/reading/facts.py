"""Which event words tell of something that happened: not what is planned, denied, supposed or only described."""

from __future__ import annotations

from dataclasses import dataclass

from events.reading.matching import Hit
from events.reading.mentions import Mentions, Sentence
from events.reading.text import COMMA, QUOTED

_STATES = frozenset({"capture", "siege", "cut", "movement", "displace"})
_NAMING = frozenset("معركه معارك حمله حرب عمليه غرفه مناطق مرحله محاور جبهات مواقع نقاط".split())
_UNDER = frozenset({"تحت", "مناطق", "نطاق", "ضمن", "خارج", "لمناطق", "بمناطق"})
_FORESEEN = frozenset(
    "المرتقبه المرتقب المقبله المقبل المتوقع المتوقعه المزمع القادم القادمه مرتقبه مرتقب محتمل محتمله وشيك وشيكه".split()
)
_VERBS_OF_EVENT = frozenset({"clash", "air", "shell", "bomb"})


@dataclass(frozen=True, kw_only=True, slots=True)
class Fact:
    """An event word that counts, with what speaks for and against it."""

    hit: Hit
    sort: str
    weight: float
    reasons: tuple[str, ...]
    relative: bool


def facts_of(mentions: Mentions, sentence: Sentence) -> list[Fact]:
    """The event words of a sentence that tell of something that happened."""
    found = []
    for hit in sentence.triggers:
        fact = _Weigher(mentions, sentence, hit).fact()
        if fact is not None:
            found.append(fact)
    return found


class _Weigher:
    def __init__(self, mentions: Mentions, sentence: Sentence, hit: Hit) -> None:
        self.words, self.tags = mentions.words, mentions.tags
        self.sentence, self.hit = sentence, hit

    def fact(self) -> Fact | None:
        sort, tense = self.hit.value
        if self._unreal(sort, tense):
            return None
        relative = self._in_relative_clause()
        weight, reasons = 0.6, [f"«{self.words.span(self.hit.first, self.hit.last).of(self.words.text)}»"]
        if sort in _STATES and tense == "present" and not self.sentence.headline and (sort != "siege" or relative):
            return None
        if sort == "capture" and tense == "noun" and not self._achieved():
            return None
        if relative and sort in _STATES:
            weight -= 0.25
            reasons.append("only described in passing")
        if tense == "past":
            weight += 0.1
        if self._near("ongoing", 4):
            weight -= 0.15
            reasons.append("still going on")
        return Fact(hit=self.hit, sort=sort, weight=weight, reasons=tuple(reasons), relative=relative)

    def _unreal(self, sort: str, tense: str) -> bool:
        words, first = self.words, self.hit.first
        if self.hit.clitic.startswith(("س", "وس", "فس")) or self._near("future", 1):
            return True
        if any(words.keys[j] in _FORESEEN for j in range(self.hit.last + 1, min(self.hit.last + 4, self.sentence.end))):
            return True
        if self._near("negation", 1 if tense == "noun" else 2):
            return True
        if tense == "noun" and self.hit.clitic in ("ل", "ول", "فل", "لل", "ولل") and sort not in ("ied",):
            return not self._governed_by_event()
        if self._near("purpose", 3) or self._near("condition", 4):
            return True
        return (
            tense == "noun"
            and first > 0
            and words.keys[first - 1] in _NAMING
            and sort in ("capture", "clash", "air", "evacuate")
        )

    def _governed_by_event(self) -> bool:
        """«تعرض لهجوم»، «توصل لاتفاق»: the ل belongs to the verb."""
        before = self.words.keys[max(self.sentence.first, self.hit.first - 4) : self.hit.first]
        return any(key.startswith(("تعرض", "توصل", "خضع", "تتعرض", "يتعرض")) for key in before)

    def _near(self, tag: str, reach: int) -> bool:
        """Whether a word with this tag stands just before, in the same clause."""
        for j in range(self.hit.first - 1, max(self.sentence.first - 1, self.hit.first - 1 - reach), -1):
            if self.words.gaps[j + 1] > QUOTED:
                return False
            if tag in self.tags[j]:
                return True
        return False

    def _achieved(self) -> bool:
        """«تمكنت من السيطرة»، «بعد تحرير»: a noun of capture counts only where something says it was reached."""
        if self.hit.first and self.words.keys[self.hit.first - 1] in _UNDER:
            return False
        if self.sentence.headline and self.hit.first == self.sentence.first:
            return True
        return self._near("achieve", 8) or self._far("achieve", 8)

    def _far(self, tag: str, reach: int) -> bool:
        lo = max(self.sentence.first, self.hit.first - reach)
        return any(tag in self.tags[j] for j in range(lo, self.hit.first)) and not any(
            "relative" in self.tags[j] for j in range(lo, self.hit.first)
        )

    def _in_relative_clause(self) -> bool:
        for j in range(self.hit.first - 1, max(self.sentence.first - 1, self.hit.first - 7), -1):
            if "relative" in self.tags[j]:
                return True
            if self.words.gaps[j + 1] >= COMMA:
                return False
        return False
