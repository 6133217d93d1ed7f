"""Who took part in what an event word tells: who did it, and who was hit."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import accumulate

from events.reading.actors import ActorMention
from events.reading.draft import VIOLENT
from events.reading.facts import Fact
from events.reading.mentions import Mentions, Sentence
from events.reading.text import COMMA

_MUTUAL = frozenset({"clash", "fighting", "talks", "agree"})
_REACH = 18
"""How far a party may stand from the event word, in words, commas and turns of clause counted too."""

_FEMININE = ("قوات", "القوات", "وحدات", "الوحدات", "فصايل", "الفصايل", "ميليشيات", "مليشيات", "طايرات", "الطايرات",
             "قسد", "موسكو", "واشنطن", "روسيا", "تركيا", "دمشق", "حركه", "جبهه", "مقاتلات", "غارات", "المعارضه",
             "حكومه", "هييه", "الحكومه", "مدفعيه", "المدفعيه", "وزاره", "الولايات")  # fmt: skip


class Parties:
    """The parties of one report's events."""

    def __init__(self, mentions: Mentions) -> None:
        self._words = mentions.words
        # Running counts, so that what lies between two words is known without walking there.
        self._commas = [0, *accumulate(int(gap >= COMMA) for gap in mentions.words.gaps)]
        self._turns = [0, *accumulate(int("clause" in tag) for tag in mentions.tags)]

    def roles(self, sort: str, parties: Sequence[ActorMention], fact: Fact) -> tuple[list[str], list[str]]:
        """Who did it and who was hit: prepositions, gender and order of words decide; civilians only suffer."""
        names = list(dict.fromkeys(m.actor for m in parties))
        if sort in ("displace", "return"):
            return ["civilians"], []
        active = [n for n in names if n != "civilians"]
        hit = ["civilians"] if "civilians" in names else []
        if sort in _MUTUAL:
            return active, hit if sort == "clash" else []
        armed = [m for m in parties if m.actor != "civilians" and m.role != "holder"]
        able = [m for m in armed if not self._object(m)] or armed
        doer = self._doer(able, fact)
        backers = [m.actor for m in parties if m.role == "backer" and m.actor not in doer]
        return doer + backers, [n for n in active if n not in doer + backers] + hit

    def _doer(self, able: Sequence[ActorMention], fact: Fact) -> list[str]:
        i, key = fact.hit.first, self._words.keys[fact.hit.last]
        after = [m for m in able if m.first > i]
        before = [m for m in able if m.first < i]
        if fact.hit.value.tense == "past":
            feminine = key.endswith("ت")
            after = [m for m in after if m.first - i > 6 or self._feminine(m) == feminine or key.endswith("وا")]
        own = fact.hit.value.tense == "noun" and key.endswith(("ها", "ته", "هم"))
        close = [m for m in after if m.first - fact.hit.last <= 5]
        if own and before:
            return [before[-1].actor]
        if close:
            return [close[0].actor]
        if before:
            return [before[-1].actor]
        return [after[0].actor] if after else []

    def _feminine(self, mention: ActorMention) -> bool:
        key = self._words.keys[mention.first]
        return key in _FEMININE or key[1:] in _FEMININE

    def _object(self, mention: ActorMention) -> bool:
        """«ضد X», «من X», «على مواقع X», «استهدف X»: who suffers the act."""
        for j in range(mention.first - 1, max(-1, mention.first - 4), -1):
            key = self._words.keys[j]
            if key in ("ضد", "علي", "لطرد", "بحق"):
                return True
            if key == "من":
                return self._words.keys[j + 1] != "قبل"
            if key.startswith(("مواقع", "معاقل", "مقار", "تجمعات", "تحصينات", "استهدف", "تستهدف", "ارتال", "لمواقع")):
                return True
            if self._words.gaps[j + 1] >= COMMA or not _follower(key):
                return False
        return False

    def near(self, sentence: Sentence, i: int, sort: str) -> list[ActorMention]:
        """The actors close enough to the event word at i, who speaks and who is only described left out."""
        found = []
        wanted = ("party", "backer", "holder") if sort == "capture" else ("party", "backer")
        for mention in sentence.actors:
            if mention.role not in wanted or set(range(mention.first, mention.last + 1)) & sentence.said.words:
                continue
            lo, hi = (i, mention.first) if mention.first > i else (mention.last, i)
            cost = (
                hi - lo + 6 * (self._turns[hi + 1] - self._turns[lo + 1]) + self._commas[hi + 1] - self._commas[lo + 1]
            )
            if cost <= (_REACH if sort in VIOLENT else 16):
                found.append(mention)
        return found


def _follower(key: str) -> bool:
    """Nouns for the people of an actor: «ضد مسلحي X», «عناصر X»."""
    return key.startswith(
        ("مسلح", "مقاتل", "عناصر", "عنصر", "قاد", "افراد", "جنود", "صفوف", "فلول", "تنظيم", "قوات", "ال")
    )
