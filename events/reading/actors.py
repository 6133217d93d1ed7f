"""Who acts in a report: names, soldiers of a state, its capital, and «التنظيم» for the one just named."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from events.reading.lexicon import adjectives, states
from events.reading.matching import Hit, longest
from events.reading.text import COMMA, QUOTED, Span, Words

Tags = Sequence[frozenset[str]]

_REACH = 4
_CAPITALS = {m: s.actor for s in states() for m in s.metonyms} | {
    n: s.actor for s in states() for n in s.names if s.actor != "syrian_government"
}
_GROUPS = ("islamic_state", "hts", "jaysh_al_islam", "sdf")
_ARMIES = ("syrian_government", "iraq", "turkey", "israel", "russia", "united_states", "lebanon", "jordan")
_GROUP_WORDS = frozenset(["تنظيم", "التنظيم", "لتنظيم", "وتنظيم", "بتنظيم", "للتنظيم"])
_HELD = frozenset(["سيطره", "لسيطره", "وسيطره", "معقل", "معاقل", "بيد", "قبضه"])
_LATTER = frozenset(["للاخيره", "الاخيره", "للاخير", "الاخير"])
_BEFORE_LATTER = frozenset(["ان", "من", "علي", "الي", "عن", "التابعين", "التابعه", "التابع", "بين"])


@dataclass(frozen=True, kw_only=True, slots=True)
class ActorMention:
    """Words that name an actor. ``role``: party, backer (takes part), sponsor or holder (only described)."""

    first: int
    last: int
    span: Span
    actor: str
    role: str
    anaphor: bool = False


def find_actors(words: Words, tags: Tags, hits: Sequence[Hit], literal: Collection[int]) -> list[ActorMention]:
    """The actors named in a text, in order. ``literal``: words that are part of a toponym."""
    named = {
        h.first: h for h in longest(hits) if not set(range(h.first, h.last + 1)) <= set(literal) or h.last > h.first
    }
    seeker = _Seeker(words, tags, {h.value for h in named.values()})
    found: list[ActorMention] = []
    i = 0
    while i < len(words):
        hit = named.get(i)
        mention = (
            seeker.made(hit.first, hit.last, hit.value) if hit else None if i in literal else seeker.generic(i, found)
        )
        if mention is None:
            i += 1
            continue
        found.append(mention)
        seeker.covered.update(range(mention.first, mention.last + 1))
        i = mention.last + 1
    return found


class _Seeker:
    def __init__(self, words: Words, tags: Tags, named: set[str]) -> None:
        self.words, self.tags, self.named = words, tags, named
        self.covered: set[int] = set()

    def made(self, first: int, last: int, actor: str, *, anaphor: bool = False) -> ActorMention:
        return ActorMention(
            first=first, last=last, span=self.words.span(first, last), actor=actor, role=self._role(first),
            anaphor=anaphor,
        )  # fmt: skip

    def generic(self, i: int, before: list[ActorMention]) -> ActorMention | None:
        """What is not a name: an adjective after soldiers, a capital, «التنظيم», «المتشددين», «الجيش»."""
        tags, key = self.tags[i], self.words.keys[i]
        if "demonym" in tags:
            return self._of_state(i, before)
        if key in _LATTER and before and (key.startswith("لل") or (i and self.words.keys[i - 1] in _BEFORE_LATTER)):
            return self.made(i, i, before[-1].actor, anaphor=True)
        if not tags:
            capital = _CAPITALS.get(key) or _CAPITALS.get(key[1:] if key[:1] in "ولفب" else "")
            return self.made(i, i, capital) if capital else None
        if "group" in tags:
            last = next((m.actor for m in reversed(before) if m.actor in _GROUPS), None)
            return self.made(i, i, last or "islamic_state", anaphor=True)
        if "militants" in tags:
            if i and self.words.keys[i - 1] in _GROUP_WORDS:
                return None
            return self.made(i, i, "islamic_state" if "islamic_state" in self.named else "unidentified", anaphor=True)
        if "army" in tags and not self._followed_by_demonym(i):
            last = next((m.actor for m in reversed(before) if m.actor in _ARMIES), None)
            return self.made(i, i, last or "syrian_government", anaphor=True)
        return None

    def _followed_by_demonym(self, i: int) -> bool:
        return any(
            "demonym" in self.tags[j] for j in range(i + 1, min(i + 3, len(self.words))) if self.words.gaps[j] <= QUOTED
        )

    def _of_state(self, i: int, before: list[ActorMention]) -> ActorMention | None:
        key = self.words.keys[i]
        actor = adjectives().get(key) or adjectives().get(key[1:])
        if actor is None and key.startswith("لل"):
            actor = adjectives().get("ال" + key[2:])
        if actor is None:
            return None
        for j in range(i - 1, max(-1, i - _REACH), -1):
            if self.words.gaps[j + 1] > QUOTED:
                break
            if {"force", "office"} & self.tags[j]:
                return self.made(j if not before or before[-1].last < j else before[-1].last + 1, i, actor)
            if j == i - 1 and "demonym" in self.tags[j] and key.startswith("و") and before and before[-1].last == j:
                return self.made(i, i, actor)
        if (
            i
            and key.startswith("و")
            and before
            and i - before[-1].last <= 2
            and "demonym" in self.tags[before[-1].last]
        ):
            return self.made(i, i, actor)
        return None

    def _role(self, first: int) -> str:
        for j in range(first - 1, max(-1, first - _REACH), -1):
            tags = self.tags[j]
            if "backing" in tags:
                return "backer"
            controlled = self.words.keys[j] in ("عليه", "عليها") and j and self.words.keys[j - 1].endswith("سيطر")
            if self.words.keys[j] in _HELD or controlled:
                return "holder"
            if "sponsor" in tags:
                return "sponsor"
            if "relative" in tags and j < first - 1:
                if self._holds(j, first):
                    return "holder"
                return "sponsor" if j - 1 in self.covered else "party"
            if self.words.gaps[j + 1] >= COMMA:
                break
        return "party"

    def _holds(self, j: int, first: int) -> bool:
        return any(self.words.keys[k].endswith("سيطر") for k in range(j + 1, first))
