"""What kind of thing an event word tells of once its sentence is known: «دخل», «خرج», «قصف» mean several."""

from __future__ import annotations

from events.reading.draft import VIOLENT
from events.reading.facts import Fact
from events.reading.lexicon import listed
from events.reading.mentions import Mentions, Sentence

_FLYERS = frozenset({"coalition", "russia", "israel", "united_states"})
_FOILED = tuple(listed("foiled"))
_LEAVERS = tuple(listed("leavers"))
_CROWD = tuple(listed("crowd"))
_MOVERS = tuple(listed("movers"))
_NOT_GROUND = tuple(listed("not_ground"))
_DISPLACED = tuple(listed("displaced"))
_PEACEFUL = tuple(listed("peaceful"))
"""What makes «عملية» no operation of war."""

_TAKING = ("تفكيك", "مصادره", "ضبط", "ازاله", "ابطال", "اسقاط")

_TOWARDS = frozenset({"الي", "نحو", "باتجاه", "صوب", "داخل", "to", "towards", "into"})


class Sorter:
    """Settles the sorts of the event words of one report."""

    def __init__(self, mentions: Mentions) -> None:
        self._mentions = mentions

    def sort(self, sentence: Sentence, fact: Fact, sorts: set[str]) -> str | None:
        """The sort of one event word; None where it tells of no event. ``sorts``: those of the rest of its sentence."""
        return _Case(self._mentions, sentence, fact, sorts).sort()


class _Case:
    """One event word in its sentence. The methods named after sorts settle words of that sort."""

    def __init__(self, mentions: Mentions, sentence: Sentence, fact: Fact, sorts: set[str]) -> None:
        self._words, self._tags = mentions.words, mentions.tags
        self.sentence, self.fact, self.sorts = sentence, fact, sorts
        self._key = mentions.words.keys[fact.hit.first]
        self._tense = fact.hit.value.tense

    def sort(self) -> str | None:
        settle = getattr(self, f"_{self.fact.sort}", None)
        if settle is not None:
            found: str | None = settle()
            return found
        if self.fact.sort in ("evacuate", "base", "loot") and self._tense == "noun":
            return self.fact.sort if self._began() else None
        return self.fact.sort

    # -- looking around ----------------------------------------------------------------------

    def _around(self, reach: int = 8) -> set[str]:
        lo, hi = (
            max(self.sentence.first, self.fact.hit.first - reach),
            min(self.sentence.end, self.fact.hit.last + reach + 1),
        )
        return {tag for j in range(lo, hi) for tag in self._tags[j]}

    def _after(self, reach: int) -> list[str]:
        return self._words.keys[self.fact.hit.last + 1 : min(self.sentence.end, self.fact.hit.last + 1 + reach)]

    def _before(self, reach: int) -> list[str]:
        return self._words.keys[max(self.sentence.first, self.fact.hit.first - reach) : self.fact.hit.first]

    def _who(self, reach: int) -> list[str]:
        i = self.fact.hit.first
        return [m.actor for m in self.sentence.actors if m.role == "party" and abs(m.first - i) <= reach]

    def _began(self) -> bool:
        """Whether a verb or date says that the noun came about: «بدأ إخراج», «تم إجلاء»."""
        before = self._before(3)
        begun = any(k.startswith(("بدا", "بدء", "تم", "جري", "جرت", "انته", "استمر", "عملي", "اكتمل")) for k in before)
        headed = self.sentence.headline and self.fact.hit.first == self.sentence.first
        return begun or headed or bool(self.sentence.places and self.sentence.first == self.fact.hit.first)

    # -- sorts that need their sentence ------------------------------------------------------

    def _fire(self) -> str | None:
        """«أطلق X النار على», «أطلق X صواريخ»: what is let off tells the deed."""
        after = self._after(6)
        if any(k in ("سراح", "سراحه", "سراحهم") for k in after):
            return self._release()
        if any(k.startswith(("قذايف", "صاروخ", "صواريخ", "قذيفه")) for k in after):
            return "shell"
        if (
            not {"النار", "الرصاص", "نار", "نيران", "النيران", "نيرانه", "نيرانها"} & {*after}
            or "protest" in self.sorts
        ):
            return None
        if any(k.startswith(_CROWD) for k in self._after(9)):
            return self._protest()
        return None if self.sorts & VIOLENT else "execute"

    def _fall(self) -> str | None:
        """«سقطت X بيد Y»: a place changes hands."""
        return "capture" if {"بيد", "ايدي", "بايدي", "قبضه", "يد"} & {*self._after(7)} else None

    def _establish(self) -> str | None:
        new = any(k.startswith(("قاعد", "نقط", "نقاط", "معسكر", "قواعد")) for k in self._after(6))
        return "base" if new else None

    def _cut(self) -> str | None:
        roads = any(k.startswith(("طريق", "الطريق", "طرق")) for k in self._after(3))
        crowd = "protest" in self.sorts or any(k.startswith(_CROWD) for k in self._after(3))
        return "capture" if roads and not crowd else None

    def _enter(self) -> str | None:
        if self._tense != "past" or "capture" in self.sorts or "movement" in self.sorts:
            return None
        after = self._after(5)
        if any(k.startswith(("قافل", "مساعد", "شاحن")) for k in after):
            return None
        if not [a for a in self._who(4) if a != "civilians"]:
            return None
        i = self.fact.hit.last
        if not any(i < p.toponym.first <= i + 7 for p in self.sentence.places) or {"المرحله", "مرحله", "حيز"} & {
            *after
        }:
            return None
        peaceful = any(k in ("قتال", "مقاومه", "اتفاق", "الاتفاق", "بموجب") for k in self._sentence())
        return "transfer" if peaceful else "capture"

    def _sentence(self) -> list[str]:
        return self._words.keys[self.sentence.first : self.sentence.end]

    def _destroy(self) -> str | None:
        around = self._around()
        if "artillery" in around:
            return "shell"
        return "air" if "aerial" in around or "air" in self.sorts else None

    def _movement(self) -> str | None:
        """A column that is hit moves nowhere of note."""
        hit = self._tense == "noun" and self.sorts & {"suicide", "ied", "air", "bomb", "shell"}
        return None if hit else "movement"

    def _fighting(self) -> str | None:
        if any(k.startswith(_PEACEFUL) for k in self._after(1)):
            return None
        return None if self.sorts & (VIOLENT - {"fighting"}) else "clash"

    def _bomb(self) -> str | None:
        around = self._around()
        near = self._around(3)
        if self.sorts & {"suicide", "ied", "chemical"} and "ستهدف" in self._key:
            return None
        if "artillery" in near and "aerial" not in near:
            return "shell"
        if "aerial" in around or "air" in self.sorts:
            return "air"
        if "artillery" in around or "shell" in self.sorts:
            return "shell"
        targets = "ستهدف" in self._key or self._key.endswith(("استهداف", "targeted"))
        if targets and self.sorts & (VIOLENT - {"bomb"}) | self.sorts & {"execute"}:
            return None
        flyers = {m.actor for m in self.sentence.actors if m.role == "party"} & _FLYERS
        return "air" if flyers else "shell"

    def _ied(self) -> str | None:
        if any(k.startswith(("خلاف", "ازمه", "غضب", "الوضع", "الاوضاع", "صراع")) for k in self._after(2)):
            return None
        if "suicide" in self.sorts:
            return "suicide"
        return self._explosive("ied")

    def _grenade(self) -> str | None:
        return self._explosive("grenade")

    def _suicide(self) -> str | None:
        return self._explosive("suicide")

    def _explosive(self, sort: str) -> str:
        """Explosives that are found do not explode."""
        return "disrupt" if "find" in self._around() else sort

    def _clash(self) -> str | None:
        if "capture" in self.sorts and self._tense == "noun":
            return None
        loose = self._key.startswith(("هجوم", "هجمات", "الهجوم", "attack"))
        return None if loose and self.sorts & {"suicide", "chemical"} else "clash"

    def _shell(self) -> str | None:
        if self._tense != "noun" or {"bomb", "clash", "air"} & self.sorts:
            return "shell"
        falls = "occur" in self._around(5)
        return "shell" if self.sentence.casualties or falls else None

    def _disrupt(self) -> str | None:
        if self._key.lstrip("و").startswith(("احبط", "يحبط", "تحبط", "افشل")):
            return "clash" if any(k.startswith(_FOILED) for k in self._after(4)) else "disrupt"
        told = self._tense != "noun" or {"find", "achieve"} & self._around() or self.sorts & {"arrest", "disrupt"}
        return "disrupt" if told or self._key.lstrip("و").startswith(_TAKING) else None

    def _leave(self) -> str | None:
        after = self._after(6)
        if any(k.startswith(_CROWD) for k in after) or "protest" in self.sorts:
            return None
        if any(k.startswith(_LEAVERS) for k in after):
            return "evacuate"
        return "displace" if "civilians" in self._who(6) else None

    def _arrive(self) -> str | None:
        if self.sorts & {"movement", "capture", "other"}:
            return None
        after = self._after(5)
        if any(k.startswith(_DISPLACED) for k in self._after(3)) and self._tense != "present":
            return "displace"
        if self._tense == "noun" and any(k.lstrip("وف").startswith(("تمكن", "نجح")) for k in self._before(4)):
            return "capture" if self._who(8) else None  # «تمكنت من الوصول إلى أطراف المدينة»
        advance = self._key.endswith(("تقدم", "تقدمت", "تقدموا"))
        if advance:
            return None
        movers = any(k.startswith(_MOVERS) for k in after) or [a for a in self._who(4) if a != "civilians"]
        aimed = bool(_TOWARDS & {*self._after(12)}) or self._tense == "noun"
        return "movement" if movers and aimed and self._tense != "present" else None

    def _meet(self) -> str | None:
        sides = {m.actor for m in self.sentence.actors if m.actor != "civilians" and m.role == "party"}
        return "talks" if len(sides) >= 2 and not self.sorts & VIOLENT else None

    def _handover(self) -> str | None:
        after = self._after(4)
        if any(k.startswith(_NOT_GROUND) for k in after) or (self.sorts & {"talks", "agree"} and self._tense == "noun"):
            return None
        i = self.fact.hit.last
        ground = any(i < p.toponym.first <= i + 8 for p in self.sentence.places)
        return "transfer" if ground and self._who(14) else None

    def _execute(self) -> str | None:
        shot = self._words.keys[self.fact.hit.last] in ("النار", "الرصاص", "نيران", "علي", "نار", "on")
        if shot and "protest" in self.sorts:
            return None
        return "clash" if shot and "clash" in self.sorts else "execute"

    def _protest(self) -> str | None:
        keys = self._sentence()
        shots = any(k in ("النار", "الرصاص", "رصاص") for k in keys)
        dispersed = any(k.startswith(("فرقت", "لتفريق", "تفريق", "فضت", "لفض")) for k in keys)
        if shots and self.sentence.casualties:
            return "repress"
        return "intervene" if dispersed or shots else "protest"

    def _release(self) -> str | None:
        return None if "agree" in self.sorts else "other"
