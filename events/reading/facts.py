"""Which event words tell of something that happened: not what is planned, denied, supposed or only described."""

from __future__ import annotations

from dataclasses import dataclass

from events.reading.matching import Hit
from events.reading.mentions import Mentions, Sentence
from events.reading.text import COMMA, QUOTED

_STATES = frozenset({"capture", "siege", "cut", "movement", "displace"})
_NAMING = frozenset(
    ["معركه", "معارك", "حمله", "حرب", "عمليه", "غرفه", "مناطق", "مرحله", "محاور", "جبهات", "مواقع", "نقاط"]
)
_UNDER = frozenset({"تحت", "مناطق", "نطاق", "ضمن", "خارج", "لمناطق", "بمناطق"})
_FORESEEN = frozenset(
    [
        "المرتقبه",
        "المرتقب",
        "المقبله",
        "المقبل",
        "المتوقع",
        "المتوقعه",
        "المزمع",
        "القادم",
        "القادمه",
        "مرتقبه",
        "مرتقب",
        "محتمل",
        "محتمله",
        "وشيك",
        "وشيكه",
    ]
)
_AMONG = frozenset({"بينهم", "بينها", "ضمنهم", "منهم"})


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
        if relative and sort == "bomb":
            return None  # «القصف الذي استهدفها»: said of the noun before
        if sort == "displace" and tense == "past" and self._said_of_a_noun():
            return None
        if relative and sort in _STATES:
            weight -= 0.25
            reasons.append("only described in passing")
        if tense == "past":
            weight += 0.1
        around = range(max(self.sentence.first, self.hit.first - 8), min(self.sentence.end, self.hit.last + 9))
        if any("vague" in self.tags[j] for j in around):
            weight -= 0.25
            reasons.append("no certain time")
        if any("total" in self.tags[j] for j in range(self.sentence.first, self.sentence.end)):
            weight -= 0.4
            reasons.append("a running total")
        if sort in ("movement", "statement", "evacuate"):
            weight -= 0.1
        if sort == "fighting" and not (self._near("occur", 5) or self.sentence.casualties or self._follows("occur", 4)):
            return None
        if tense != "noun" and self._earlier():
            weight -= 0.2
            reasons.append("told as earlier than the news")
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
        if tense == "noun" and any(words.keys[j] in _AMONG for j in range(max(self.sentence.first, first - 2), first)):
            return True  # «بينهم الانتحاريون»: people, not a deed
        if self._near("negation", 2) and (
            tense != "noun" or self._near("negation", 1) or words.keys[first - 1][:1] in "ينتا"
        ):
            return True
        if tense == "noun" and self.hit.clitic in ("ل", "ول", "فل", "لل", "ولل") and sort not in ("ied",):
            return not self._governed_by_event()
        if self._near("prevent", 4) or (self._near("cause", 2) and len(self.sentence.triggers) > 1):
            return True
        if self._near("purpose", 12 if tense == "noun" else 2) or self._near("condition", 4):
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

    def _earlier(self) -> bool:
        """«كانت … قد سيطرت», «سبق أن سيطر»."""
        before = self.words.keys[max(self.sentence.first, self.hit.first - 8) : self.hit.first]
        return any(k in ("كان", "كانت", "وكان", "وكانت", "سبق") for k in before)

    def _said_of_a_noun(self) -> bool:
        """«نازحين فروا من القتال»: a verb after an indefinite noun describes it."""
        i = self.hit.first
        if not i or self.words.gaps[i] > QUOTED or self.words.keys[i].startswith("و"):
            return False
        lo = max(self.sentence.first, i - 5)
        return any(a.last == i - 1 and a.actor == "civilians" for a in self.sentence.actors) and not any(
            "that" in self.tags[j] for j in range(lo, i)) and not self.words.keys[i - 1].startswith("ال")  # fmt: skip

    def _follows(self, tag: str, reach: int) -> bool:
        return any(
            tag in self.tags[j] for j in range(self.hit.last + 1, min(self.sentence.end, self.hit.last + 1 + reach))
        )

    def _achieved(self) -> bool:
        """«تمكنت من السيطرة»، «بعد تحرير»: a noun of capture counts only where something says it was reached."""
        if self.hit.first and self.words.keys[self.hit.first - 1] in _UNDER:
            return False
        if self.sentence.headline and self.hit.first == self.sentence.first:
            return True
        if self.hit.first and self.words.keys[self.hit.first - 1] in ("علي", "الي", "حول"):
            return False
        key = self.words.keys[self.hit.last]
        if self.hit.clitic in ("ب", "وب", "فب") and key.endswith(("ها", "ته")):
            return True  # «بسيطرتها على»: by having taken
        return self._near("achieve", 6)

    def _in_relative_clause(self) -> bool:
        for j in range(self.hit.first - 1, max(self.sentence.first - 1, self.hit.first - 7), -1):
            if "relative" in self.tags[j]:
                return True
            if self.words.gaps[j + 1] >= COMMA:
                return False
        return False
