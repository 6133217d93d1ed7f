"""Which event words tell of something that happened: not what is planned, denied, supposed or only described."""

from __future__ import annotations

from dataclasses import dataclass

from events.reading.matching import Hit
from events.reading.mentions import Mentions, Sentence
from events.reading.morphology import ARTICLES
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
_OUTCOMES = frozenset({"kill", "fighting", "bomb", "air", "shell", "capture", "destroy"})
"""What a violent act brings about; with these the cause is the event."""

_FEAR = frozenset({"هربا", "خوفا", "فرارا", "خشيه", "الفارين", "هروبا", "فارين", "هاربين", "نجوا", "الناجين"})
_PEOPLE = ("شخص", "اشخاص", "مدني", "جث", "عنصر", "عناصر", "مقاتل", "اسري", "رفات", "جندي", "جنود", "شاب", "رجال")
_NO_FUTURE = ("سيطر", "سيار", "سياس", "سنوات", "سنجار", "سيده", "سينا", "ستين", "ستار", "سيول", "سنوي")
_BREATH = 10
_NONE = frozenset({"اي", "فشل", "تعثر", "انهيار", "فشلت", "تعثرت", "any"})
_AFTERWARDS = frozenset(
    {"عقب", "بعد", "اثر", "غداه", "قبل", "قبيل", "وبعد", "وعقب", "بعيد", "منذ", "بموجب", "تنفيذ", "تنفيذا"}
)
_DAWN = frozenset({"فجر", "وفجر", "الفجر", "فجرا"})
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
    total = any("total" in mentions.tags[j] for j in range(sentence.first, sentence.end))
    losses = any("loss" in mentions.tags[j] for j in range(sentence.first, sentence.end))
    for hit in sentence.triggers:
        fact = _Weigher(mentions, sentence, hit, total=total, losses=losses).fact()
        if fact is not None:
            found.append(fact)
    return found


class _Weigher:
    def __init__(self, mentions: Mentions, sentence: Sentence, hit: Hit, *, total: bool, losses: bool) -> None:
        self.words, self.tags = mentions.words, mentions.tags
        self.sentence, self.hit, self.total = sentence, hit, total
        self.losses = losses

    def fact(self) -> Fact | None:
        sort, tense = self.hit.value.sort, self.hit.value.tense
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
        if sort in ("displace", "group") and tense == "past" and self._said_of_a_noun():
            return None
        if sort in ("execute", "kill") and tense == "past" and self._resumes_a_noun():
            return None
        if sort == "group" and (relative or self.hit.value.owned):
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
        if self.total:
            weight -= 0.4
            reasons.append("a running total")
        if self.losses and not self.sentence.dates and sort != "statement":
            weight -= 0.25
            reasons.append("a look back at losses")
        if sort in ("movement", "statement", "evacuate"):
            weight -= 0.1
        if sort == "fighting" and not (self._near("occur", 5) or self._deadly() or self._follows("occur", 4)):
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
        after = words.keys[self.hit.last + 1 : min(self.hit.last + 2, self.sentence.end)]
        if tense == "noun" and _later(after):
            return True  # «الاشتباكات ستكون»
        if tense == "noun" and (self._without() or self._bygone(sort) or _later(words.keys[max(0, first - 2) : first])):
            return True
        if self._near("negation", 2) and (
            tense != "noun" or self._near("negation", 1) or words.keys[first - 1][:1] in "ينتا"
        ):
            return True
        if tense == "noun" and self.hit.clitic in ("ل", "ول", "فل", "لل", "ولل") and sort not in ("ied",):
            return not self._governed_by_event()
        if self.hit.value.owned and self._trend():
            return True
        if self._near("prevent", 4) or (tense == "noun" and self._only_a_reason()):
            return True
        if sort == "ied" and words.keys[self.hit.last] in _DAWN and self._dated(self.hit.last + 1):
            return True
        if self._near("purpose", 12 if tense == "noun" else 2) or self._near("condition", 4):
            return True
        return (
            tense == "noun"
            and first > 0
            and words.keys[first - 1] in _NAMING
            and sort in ("capture", "clash", "air", "evacuate")
        )

    def _only_a_reason(self) -> bool:
        """«نزحوا بسبب القصف», «هربا من القصف»: why people moved; «قتلوا جراء غارات» tells how they died."""
        first, keys = self.hit.first, self.words.keys
        if first > 1 and keys[first - 1] == "من" and keys[first - 2] in _FEAR:
            return True
        if not self._near("cause", 2):
            return False
        sorts = {hit.value.sort for hit in self.sentence.triggers if hit.first != first}
        return bool(sorts - _OUTCOMES - {self.hit.value.sort})

    def _without(self) -> bool:
        """«دون التوصل إلى اتفاق», «أي غارات»: nothing of the kind."""
        before = self.words.keys[max(self.sentence.first, self.hit.first - 4) : self.hit.first]
        return bool({"دون", "بدون", "عدم"} & {*before}) or (bool(before) and before[-1] in _NONE)

    def _trend(self) -> bool:
        """«ضاعف من هجماته», «كثف غاراته»: more of them, none in particular."""
        before = self.words.keys[max(self.sentence.first, self.hit.first - 4) : self.hit.first]
        return any(key.lstrip("وف").startswith(("ضاعف", "كثف", "صعد", "زاد", "يكثف", "تكثف")) for key in before)

    def _bygone(self, sort: str) -> bool:
        """«عقب التفجير», «قبل انسحابه»: a known thing that only dates another, unless its own place follows."""
        first = self.hit.first
        definite = (
            sort == "movement"
            or self.hit.value.owned
            or self.hit.clitic in ARTICLES
            or self.words.keys[first].startswith("ال")
        )
        if not definite or sort in ("capture", "displace") or not first:
            return False
        if self.words.keys[first - 1] not in _AFTERWARDS or self.words.gaps[first] > QUOTED:
            return False
        return not any(first < p.toponym.first <= first + 5 for p in self.sentence.places)

    def _dated(self, i: int) -> bool:
        """Whether a time stands at word i: «فجر الاثنين» is a time of day."""
        return any(d.first in (i, i + 1) for d in self.sentence.dates) or self.words.keys[i - 1 : i] == ["فجرا"]

    def _governed_by_event(self) -> bool:
        """«تعرض لهجوم»، «توصل لاتفاق»: the ل belongs to the verb."""
        before = self.words.keys[max(self.sentence.first, self.hit.first - 14) : self.hit.first]
        return any(key.lstrip("وف").startswith(("تعرض", "توصل", "خضع", "تتعرض", "يتعرض")) for key in before)

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
        described = self.words.keys[i - 1] in ("اخرين", "ممن") or any(
            a.last == i - 1 and a.actor == "civilians" for a in self.sentence.actors)  # fmt: skip
        return described and not any("that" in self.tags[j] for j in range(lo, i)) and not self.words.keys[
            i - 1].startswith("ال")  # fmt: skip

    def _resumes_a_noun(self) -> bool:
        """«400 شخص أعدمهم التنظيم»: the pronoun takes up the noun before, which the clause describes."""
        i = self.hit.first
        return self.words.keys[self.hit.last].endswith("هم") and i > 0 and self.words.keys[i - 1].startswith(_PEOPLE)

    def _deadly(self) -> bool:
        """Whether dead or wounded are told in the same breath."""
        return any(abs(h.first - self.hit.first) <= _BREATH for h in self.sentence.casualties)

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
        return self._near("achieve", 12 if self.hit.value.owned else 6) or self._announced()

    def _announced(self) -> bool:
        """«أعلنت القيادة، الجمعة، تحرير …»: announced as reached, whatever stands between commas."""
        before = self.words.keys[max(self.sentence.first, self.hit.first - 10) : self.hit.first]
        return not self.hit.clitic and any(key.lstrip("وف").startswith(("اعلن", "تعلن", "يعلن")) for key in before)

    def _in_relative_clause(self) -> bool:
        for j in range(self.hit.first - 1, max(self.sentence.first - 1, self.hit.first - 7), -1):
            if "relative" in self.tags[j]:
                return True
            if self.words.gaps[j + 1] >= COMMA:
                return False
        return False


def _later(before: list[str]) -> bool:
    """«ستبدأ سحب»: a verb in the future governs the noun."""
    bare = [key.lstrip("وف") for key in before]
    return any(len(k) > 4 and k.startswith(("سي", "ست", "سن")) and not k.startswith(_NO_FUTURE) for k in bare)
