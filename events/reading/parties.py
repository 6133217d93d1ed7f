"""Who took part in what an event word tells: who did it, and who was hit."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from itertools import accumulate

from events.reading.actors import ActorMention, is_feminine
from events.reading.camps import camp_of, camps_of
from events.reading.draft import VIOLENT
from events.reading.facts import Fact
from events.reading.lexicon import listed
from events.reading.mentions import Mentions, Sentence
from events.reading.text import COMMA, LINE

_MUTUAL = frozenset({"clash", "fighting", "talks", "agree", "transfer", "evacuate", "meet"})
_ONE_SIDED = VIOLENT | {"kill", "abduct", "arrest", "siege"}
"""Where the only party named may be the one that suffers."""

_BOMBERS = frozenset({"islamic_state", "hts", "opposition_rebels", "jaysh_al_islam", "unidentified", "ypg"})
"""Who plants bombs and sends suicide attackers; a state's forces beside such an attack are its victims."""

_MOVING = frozenset({"displace", "return"})
_REACH, _SHORT_REACH = 20, 16
"""How far a party may stand from the event word, in words, commas and turns of clause counted too."""

_HELD_REACH = 40
"""How far behind a capture its holder may be told, in words: a list of villages may stand between."""

_HEADS = 12
"""Parties at the head of a sentence among which its subject is looked for."""

_LAIRS = frozenset({"معقل", "معاقل"})
"""What one holds and, in an attack, is hit in: «قصفت معاقل X»."""

_FOLLOWERS = tuple(listed("followers"))
_AGENT = frozenset({"يد", "يدي", "ايدي", "طرف"})
_AT = tuple(listed("targets_of"))
_AGAINST = frozenset({"ضد", "علي", "بحق", "حساب", "مواجهه", "وجه"})
_PART = tuple(listed("units"))
"""Units of which a party has some: «وحدات من الجيش» acts, «قتيلا من الجيش» suffers."""

_VICTIM_NOUNS = tuple(listed("victim_nouns"))


class Parties:
    """The parties of one report's events."""

    def __init__(self, mentions: Mentions) -> None:
        self._words, self._tags = mentions.words, mentions.tags
        # Running counts, so that what lies between two words is known without walking there.
        self._commas = [0, *accumulate(int(gap >= COMMA) for gap in mentions.words.gaps)]
        self._turns = [0, *accumulate(2 * ("break" in tag) or int("clause" in tag) for tag in mentions.tags)]

    def near(self, sentence: Sentence, fact: Fact, sort: str, next_verb: int | None) -> list[ActorMention]:
        """The actors close enough to the event word, who speaks and who is only described left out.

        ``next_verb``: the word of the sentence's next event verb; what follows it belongs to that one.
        """
        i = fact.hit.first
        found = []
        wanted = ("party", "backer", "holder") if sort == "capture" else ("party", "backer")
        end = sentence.end if next_verb is None else next_verb
        lo_at = bisect_left(sentence.actors, i - _REACH - 1, key=lambda m: m.first)
        for mention in sentence.actors[lo_at:]:
            if mention.role == "holder" and sort == "capture" and 0 < mention.first - i <= _HELD_REACH:
                found.append(mention)  # «أربع قرى … كانت تحت سيطرة X»
                continue
            if mention.first > end or mention.first - i > _REACH + 1:
                if mention.first - i > _HELD_REACH:
                    break
                continue
            struck = sort in VIOLENT and mention.first > i and self._words.keys[mention.first - 1] in _LAIRS
            if (mention.role not in wanted and not struck) or mention.first in sentence.said.words:
                continue
            lo, hi = (i, mention.first) if mention.first > i else (mention.last, i)
            if lo > hi:
                lo, hi = hi, lo
            turns, commas = self._turns[hi + 1] - self._turns[lo + 1], self._commas[hi + 1] - self._commas[lo + 1]
            cost = hi - lo + 6 * turns + commas
            if cost <= (_REACH if sort in VIOLENT or sort in _MUTUAL else _SHORT_REACH):
                found.append(mention)
        if _goes_on(fact):
            self._resume(sentence, fact, found)
        return found

    def _resume(self, sentence: Sentence, fact: Fact, found: list[ActorMention]) -> None:
        """«بدأت X …، وسيطرت على»: the subject of a verb joined by «و» may stand far before, at the sentence's head."""
        said = sentence.said.words
        head = next((m for m in sentence.actors[:_HEADS] if m.role == "party" and m.first not in said), None)
        if head is None or head.last >= fact.hit.first or head in found or head.actor == "civilians":
            return
        if self._agrees(head, fact) and not self._suffers(head, fact):
            found.insert(0, head)

    def _agrees(self, mention: ActorMention, fact: Fact) -> bool:
        """Whether a party named before a verb of the past can be its subject: «سيطرت» has no «تنظيم» for one."""
        key = self._words.keys[fact.hit.last]
        return key.endswith(("وا", "ا")) or key.endswith("ت") == is_feminine(self._words, mention)

    def roles(self, sort: str, parties: Sequence[ActorMention], fact: Fact) -> tuple[list[str], list[str]]:
        """Who did it and who was hit: prepositions, gender and order of words decide; civilians only suffer."""
        names = list(dict.fromkeys(m.actor for m in parties))
        if sort == "statement":  # a statement is its speaker's alone, whomever it is about
            return self._doer([m for m in parties if m.actor != "civilians"], fact)[:1], []
        if sort in _MOVING:
            return ["civilians"], []
        active = [n for n in names if n != "civilians"]
        hit = ["civilians"] if "civilians" in names else []
        if sort in ("protest", "riot", "intervene", "repress"):
            return ["civilians"], active if sort != "protest" else []
        if fact.sort == "fall":  # «سقطت X بيد Y»
            taker = [m.actor for m in parties if m.first > fact.hit.first and m.actor != "civilians"][:1]
            return taker, [n for n in active if n not in taker]
        if sort in _MUTUAL:
            return active, hit if sort == "clash" else []
        armed = [m for m in parties if m.actor != "civilians" and m.role != "holder"]
        able = [m for m in armed if not self._suffers(m, fact)]
        if not able and sort not in _ONE_SIDED:
            able = armed
        if sort in ("suicide", "ied"):
            able = [m for m in able if m.actor in _BOMBERS or self._agent(m)]
        doer = self._doer([m for m in able if m.role != "backer"] or able, fact)
        backers = [m.actor for m in parties if m.role == "backer" and m.actor not in doer]
        friends = camps_of(doer)
        hurt = {m.actor for m in armed if m not in able}  # of the same camp, but the object of another deed
        allies = [n for n in active if n not in doer + backers and camp_of(n) in friends and n not in hurt]
        actors = list(dict.fromkeys([*doer, *backers, *allies]))
        return actors, [n for n in active if n not in actors and camp_of(n) not in friends] + hit

    def _doer(self, able: Sequence[ActorMention], fact: Fact) -> list[str]:
        i, key = fact.hit.first, self._words.keys[fact.hit.last]
        named = [m for m in able if self._agent(m)]
        if named:
            return [named[0].actor]
        after = [m for m in able if m.first > i]
        before = [m for m in able if m.first < i]
        if fact.hit.value.tense == "past":
            feminine = key.endswith("ت")
            after = [
                m
                for m in after
                if not 1 < m.first - fact.hit.last <= 6 or is_feminine(self._words, m) == feminine or key.endswith("وا")
            ]
        close = [m for m in after if m.first - fact.hit.last <= 5]
        if fact.hit.value.owned and before:
            return [before[-1].actor]
        if close:
            return self._joined(close[0], after)
        if before:
            if fact.hit.value.tense == "past":
                before = [m for m in before if self._agrees(m, fact)] or before
            if _goes_on(fact):
                return [before[0].actor]  # «…، وسيطرت على»: the subject of the clause before
            at = len(before) - 1
            while at and self._linked(before[at - 1], before[at]):
                at -= 1
            return list(dict.fromkeys(m.actor for m in before[at:]))
        return [after[0].actor] if after else []

    def _joined(self, first: ActorMention, rest: Sequence[ActorMention]) -> list[str]:
        """«قوات X وY»، «X وحلفاؤه»: the subject and those joined to it by «و» at once."""
        found, last = [first.actor], first.last
        for mention in rest:
            if mention.first > first.first and mention.first - last <= 2:
                between = range(last + 1, mention.first + 1)
                if not any(self._words.keys[j].startswith("و") for j in between):
                    break
                found.append(mention.actor)
            if mention.last >= last:
                last = max(last, mention.last)
        return list(dict.fromkeys(found))

    def _linked(self, one: ActorMention, other: ActorMention) -> bool:
        """«قوات X ومقاتلين من Y»: joined by «و» at once."""
        between = range(one.last + 1, other.first + 1)
        return 0 < len(between) <= 3 and any(self._words.keys[j].startswith("و") for j in between)

    def _agent(self, mention: ActorMention) -> bool:
        """«من قبل X»، «على يد X»، «نفذتها X»: named as the one who did it."""
        j = mention.first - 1
        keys = self._words.keys
        for _ in range(3):
            if j < 1 or self._words.gaps[j + 1] >= COMMA:
                return False
            if (keys[j] == "قبل" and keys[j - 1] == "من") or keys[j] in _AGENT or keys[j] == "by":
                return True
            if keys[j].startswith(("نفذت", "نفذه", "شنت", "شنه", "يشنه", "تشنه", "اطلقت", "اطلقه", "زرعه", "نصبه")):
                return True
            if not _follower(keys[j]):
                return False
            j -= 1
        return False

    def _suffers(self, mention: ActorMention, fact: Fact) -> bool:
        """«ضد X», «من X», «على مواقع X», «مقتل X», «استهدف X»: who suffers the act."""
        if self._agent(mention):
            return False
        keys = self._words.keys
        for j in range(mention.first - 1, max(-1, mention.first - 6), -1):
            key = keys[j]
            if j == fact.hit.first and fact.hit.value.tense != "noun":
                return False
            if key in _AGAINST:
                return True
            if key == "من":
                part = keys[j - 1].lstrip("وبل").startswith(_PART) or _joining(keys[j - 1])
                return keys[j + 1] != "قبل" and (not part or _victim(keys[j - 2]))  # «مقتل عدد من X»
            bare = key[1:] if len(key) > 4 and key[0] in "وبلف" else key
            if key.startswith(_AT) or bare.startswith(_AT) or _victim(key):
                return True
            if self._words.gaps[j + 1] >= COMMA or not (_follower(key) or key[:1].isdigit() or self._counted(j)):
                return False
        return False

    def _counted(self, j: int) -> bool:
        key = self._words.keys[j]
        return (key.endswith(("ون", "ين")) and len(key) < 8) or self._words.gaps[j] >= LINE


def _follower(key: str) -> bool:
    """Nouns for the people of an actor: «ضد مسلحي X», «عناصر X»."""
    return key.startswith(_FOLLOWERS)


def _victim(key: str) -> bool:
    """Nouns of what is done to someone: «مقتل X», «طرد X»."""
    return (key[1:] if len(key) > 4 and key[0] in "وبلف" else key).startswith(_VICTIM_NOUNS)


def _joining(key: str) -> bool:
    """«قوات X ومقاتلين من Y»: people joined to those named before."""
    return key.startswith("و") and key.endswith(("ين", "ون"))


def _goes_on(fact: Fact) -> bool:
    """«…، وسيطرت على»: a verb joined to the clause before."""
    return fact.hit.value.tense == "past" and fact.hit.clitic.startswith("و")
