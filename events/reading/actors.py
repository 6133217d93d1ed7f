"""Who acts in a report: names, soldiers of a state, its capital, and «التنظيم» for the one just named."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from events.reading.lexicon import adjectives, listed, states
from events.reading.matching import Hit, longest
from events.reading.text import COMMA, QUOTED, Span, Words

Tags = Sequence[frozenset[str]]

_REACH = 4
_CAPITALS = {m: s.actor for s in states() for m in s.metonyms} | {
    n: s.actor for s in states() for n in s.names if s.actor != "syrian_government"
}
_GROUPS = ("islamic_state", "hts", "ypg")
_OWN_FORCES = listed("own_forces")
_MILITANT = ("islamic_state", "hts", "jaysh_al_islam", "opposition_rebels", "ypg", "pyd")
_FORCES = ("sdf", "syrian_government", "iraq", "turkey", "russia", "united_states", "israel", "ypg", "hezbollah")
_HEADS = {
    "الهييه": ("hts",), "الجماعه": ("jaysh_al_islam", "hezbollah"), "الوحدات": ("ypg",), "الحزب": ("hezbollah", "pyd"),
    "الجبهه": ("hts", "opposition_rebels"), "الحركه": ("opposition_rebels", "hamas"),
    "الحشد": ("popular_mobilization",), "النصره": ("hts",),
}  # fmt: skip
"""What the head of a name alone means once the whole name has been said: «الهيئة»."""

_ARMIES = ("syrian_government", "iraq", "turkey", "israel", "russia", "united_states", "lebanon", "jordan")
_DEEDS = ("قصف", "غارا", "غاره", "ضرب", "صواريخ", "صاروخ", "هجوم", "هجمات")
_HOME = ("syrian_government", "iraq")
_GROUP_WORDS = frozenset(["تنظيم", "التنظيم", "لتنظيم", "وتنظيم", "بتنظيم", "للتنظيم"])
_FEMININE = listed("feminine")
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
    named = {h.first: h for h in longest(hits) if h.last > h.first or h.first not in literal}
    seeker = _Seeker(words, tags, {h.value for h in named.values()})
    found: list[ActorMention] = []
    i = 0
    while i < len(words):
        hit = named.get(i)
        if hit is not None and hit.value == "civilians" and seeker.housed(i):
            hit = None
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


def is_feminine(words: Words, mention: ActorMention) -> bool:
    """Whether the name takes a feminine verb: forces, units, factions, a state or capital."""
    key = words.keys[mention.first]
    return key in _FEMININE or key[1:] in _FEMININE


class _Seeker:
    def __init__(self, words: Words, tags: Tags, named: set[str]) -> None:
        self.words, self.tags, self.named = words, tags, named
        self.covered: set[int] = set()

    def made(self, first: int, last: int, actor: str, *, anaphor: bool = False) -> ActorMention:
        return ActorMention(
            first=first, last=last, span=self.words.span(first, last), actor=actor, role=self._role(first),
            anaphor=anaphor,
        )  # fmt: skip

    def housed(self, i: int) -> bool:
        """«مخيم للنازحين»: what a camp is for, not who was there."""
        return any(key.lstrip("وبل").startswith("مخيم") for key in self.words.keys[max(0, i - 2) : i])

    def generic(self, i: int, before: list[ActorMention]) -> ActorMention | None:
        """What is not a name: an adjective after soldiers, a capital, «التنظيم», «المتشددين», «الجيش»."""
        tags, key = self.tags[i], self.words.keys[i]
        if "demonym" in tags:
            return self._of_state(i, before)
        if key in _LATTER and before and (key.startswith("لل") or (i and self.words.keys[i - 1] in _BEFORE_LATTER)):
            return self.made(i, i, before[-1].actor, anaphor=True)
        if (key in _OWN_FORCES or key[1:] in _OWN_FORCES) and before:
            return self.made(i, i, self._owner(key, before), anaphor=True)
        heads = _HEADS.get(key[1:] if key[:1] in "وبف" and key[1:] in _HEADS else key)
        if heads is not None:
            head = next((m.actor for m in reversed(before[-60:]) if m.actor in heads), None)
            if head is not None:
                return self.made(i, i, head, anaphor=True)
        if not tags:
            capital = _CAPITALS.get(key) or _CAPITALS.get(key[1:] if key[:1] in "ولفب" else "")
            return self.made(i, i, capital) if capital else None
        if "group" in tags:
            last = next((m.actor for m in reversed(before) if m.actor in _GROUPS), None)
            return self.made(i, i, last or "islamic_state", anaphor=True)
        if "unknown" in tags:
            return self.made(i, i, "unidentified")
        if "militants" in tags:
            if i and self.words.keys[i - 1] in _GROUP_WORDS:
                return None
            return self.made(i, i, self._last(before, _MILITANT) or "unidentified", anaphor=True)
        if "armed" in tags:
            group = self._last(before, _MILITANT)
            return self.made(i, i, group, anaphor=True) if group else None
        if "forces" in tags and not self._followed_by_demonym(i):
            force = self._last(before, _FORCES)
            return self.made(i, i, force, anaphor=True) if force else None
        if "soldier" in tags and not self._followed_by_demonym(i):
            army = self._army(before)
            return self.made(i, i, army, anaphor=True) if army else None
        if "army" in tags and not self._followed_by_demonym(i):
            return self.made(i, i, self._army(before) or "syrian_government", anaphor=True)
        return None

    def _army(self, before: list[ActorMention]) -> str | None:
        """«الجيش» without more: the army of the country at war before that of a power abroad."""
        home = [a for a in _HOME if a in self.named or any(m.actor == a for m in before[-20:])]
        return self._last(before, home or _ARMIES)

    def _owner(self, key: str, before: list[ActorMention]) -> str:
        """«مقاتليه» are those of a group or army named before, «مقاتليها» those of forces or a movement."""
        feminine = key.endswith("ها")
        for mention in reversed(before[-8:]):
            if mention.actor not in ("civilians", "unidentified") and is_feminine(self.words, mention) == feminine:
                return mention.actor
        return before[-1].actor

    def _last(self, before: list[ActorMention], wanted: Collection[str]) -> str | None:
        """The one named last among those wanted; before any is named, the one that the report names at all."""
        last = next((m.actor for m in reversed(before[-60:]) if m.actor in wanted), None)
        named = self.named & {*wanted}
        return last or (next(iter(named)) if len(named) == 1 else None)

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
                if self.words.keys[j].lstrip("وبلف").startswith(_DEEDS):
                    return self.made(i, i, actor)  # «قصف تركي»: the noun is the deed
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
                return "party" if self._other_side(j, first) else "sponsor"
            if "relative" in tags and j < first - 1:
                if self._holds(j, first):
                    return "holder"
                return "sponsor" if j - 1 in self.covered else "party"
            if "belonging" in tags and j - 1 in self.covered:
                return "sponsor"
            if self.words.gaps[j + 1] >= COMMA:
                break
        return "party"

    def _other_side(self, sponsor: int, first: int) -> bool:
        """«بين X المدعوم من Y وZ»: Z is the other side of «بين», not a second sponsor."""
        between = any(self.words.keys[k] in ("بين", "between") for k in range(max(0, sponsor - 10), sponsor))
        return between and first - 1 in self.covered and self.words.keys[first].startswith("و")

    def _holds(self, j: int, first: int) -> bool:
        return any(self.words.keys[k].endswith("سيطر") for k in range(j + 1, first))
