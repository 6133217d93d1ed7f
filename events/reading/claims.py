"""Who says so: attribution frames (قال X إن، بحسب X), denials, hedges, speakers named once and quoted twice."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from events.reading.actors import ActorMention
from events.reading.lexicon import common_words
from events.reading.matching import Hit, longest
from events.reading.text import QUOTED, Span, Words

Tags = Sequence[frozenset[str]]

_ZONE = 14
_OPEN_ZONE = 7
_BEFORE = 8
_AFTER_ACCORDING = 6
_VOICES = frozenset(["بيان", "بيانا", "تقرير", "تصريح", "تصريحات", "حساب"])
_PRONOUNS = frozenset(["انه", "انها", "انهم", "بانه", "بانها"])
_NOT_SPEAKERS = frozenset({"civilians", "unidentified"})


@dataclass(frozen=True, kw_only=True, slots=True)
class Attribution:
    """Who a sentence credits: ``claimants`` for what it says, ``denied_by`` for who contradicts it.

    ``words`` are the indexes of the words that name them, so that they are not taken for parties.
    ``spans``, ``denial_spans``: where they are named, or where the verb stands that takes up the last speaker.
    ``hedged``: unconfirmed by the report's own words.
    """

    claimants: tuple[str, ...]
    denied_by: tuple[str, ...]
    hedged: bool
    words: frozenset[int]
    spans: tuple[Span, ...] = ()
    denial_spans: tuple[Span, ...] = ()


class Attributor:
    """Reads the sentences of one report in order and remembers who spoke."""

    def __init__(
        self, words: Words, tags: Tags, hits: Sequence[Hit], actors: Sequence[ActorMention], known: Collection[str]
    ) -> None:
        self._words, self._tags = words, tags
        self._voices: dict[int, tuple[int, str]] = {
            m.first: (m.last, m.actor) for m in actors if m.actor in known and m.actor not in _NOT_SPEAKERS
        }
        self._parties = frozenset(self._voices) - {h.first for h in hits}
        self._voices |= {h.first: (h.last, h.value) for h in longest(hits)}
        self._carried = {h.first for h in hits if h.clitic.endswith(("ل", "لل")) or self._told(h.first)}
        self._people: dict[str, str] = {}
        self._last: str | None = None

    def _speaks(self, i: int, end: int) -> bool:
        """«شدد على أن» speaks, «شدد حصاره» does not; «كشف عن» speaks, «كشف خلية» does not."""
        if not self._words.keys[i].lstrip("وف").startswith("شدد"):
            return True
        return "علي" in self._words.keys[i + 1 : min(end, i + 6)]

    def _told(self, i: int) -> bool:
        """«لـ "X"», «إلى صحيفة X»: who is spoken to, not who speaks."""
        return i > 0 and self._words.keys[i - 1] in ("ل", "لصحيفه", "لوكاله", "لقناه", "لموقع", "لشبكه")

    def of(self, first: int, end: int) -> Attribution:
        """Who the sentence of words ``first`` to ``end`` (exclusive) credits."""
        claimants: dict[str, None] = {}
        denied: dict[str, None] = {}
        used: set[int] = set()
        spans: list[Span] = []
        denials: list[Span] = []
        hedged = False
        for i in range(first, end):
            tags = self._tags[i]
            if "hedge" in tags:
                hedged = hedged or self._unsure(i)
            if not {"say", "according", "deny"} & tags or not self._speaks(i, end):
                continue
            found = self._subject(i, first, end)
            if found is None:
                continue
            at, last, voice = found
            (denied if "deny" in tags else claimants).setdefault(voice)
            (denials if "deny" in tags else spans).append(self._words.span(at, last))
            owns_up = self._words.keys[i].lstrip("وف").startswith("تبن")  # «تبنى X الهجوم»: X says so and did it
            if not owns_up and not self._of_itself(last + 1, end):
                used.update(range(at, last + 1))
            self._last = voice
        return Attribution(
            claimants=tuple(claimants), denied_by=tuple(denied), hedged=hedged, words=frozenset(used),
            spans=tuple(dict.fromkeys(spans)), denial_spans=tuple(dict.fromkeys(denials)),
        )  # fmt: skip

    def _of_itself(self, start: int, end: int) -> bool:
        """«أعلن X أنه سيطر»: who speaks is also who acts."""
        that = next((self._words.keys[j] for j in range(start, min(end, start + 8)) if "that" in self._tags[j]), "")
        return that in _PRONOUNS

    def _unsure(self, i: int) -> bool:
        return self._words.keys[i] != "غير" and (self._words.keys[i] != "موكده" or self._words.keys[i - 1] == "غير")

    def _subject(self, i: int, first: int, end: int) -> tuple[int, int, str] | None:
        """Words and id of who speaks with the verb at i: after it up to «أن», else before it, else who spoke last."""
        stop = min(end, i + (_AFTER_ACCORDING if "according" in self._tags[i] else _ZONE))
        zone_end = next((j for j in range(i + 1, stop) if self._closes(j, i)), 0) or min(stop, i + _OPEN_ZONE)
        found: tuple[int, int, str] | None = None
        j = i + 1
        while j < zone_end:
            voice = self._voices.get(j)
            told = j in self._carried and "according" not in self._tags[i] and self._words.keys[j - 1] not in _VOICES
            if voice is not None and not told and self._may_speak(j, i, voice[1]):
                about = found is not None and self._words.keys[j - 1] not in ("عن", "في", "باسم", "بين")
                if not about:
                    found = (j, voice[0], voice[1])
                j = voice[0] + 1
                continue
            person = self._people.get(self._words.keys[j])
            if person is not None and found is None:
                found = (j, j, person)
            j += 1
        if found is not None:
            self._remember(i + 1, zone_end, found[2])
            return found
        if "according" in self._tags[i]:
            return (i, i, self._last) if self._last and self._again(i + 1, zone_end) else None
        for j in range(i - 1, max(first - 1, i - _BEFORE), -1):
            if j in self._voices and self._voices[j][0] < i and j not in self._carried and self._close(j, i):
                return (j, *self._voices[j])
            if {"that", "relative"} & self._tags[j]:
                break
        if self._last and (self._again(i + 1, zone_end) or zone_end == i + 1):
            return i, i, self._last
        return None

    def _close(self, j: int, verb: int) -> bool:
        """Before its verb a party speaks only at once; a monitor or agency may stand further off."""
        return j not in self._parties or self._voices[j][0] >= verb - 2

    def _may_speak(self, j: int, verb: int, voice: str) -> bool:
        """The Islamic State speaks only right after the verb: others speak of it."""
        return voice != "islamic_state" or j - verb == 1

    def _closes(self, j: int, verb: int) -> bool:
        if {"that"} & self._tags[j]:
            return True
        return (
            self._words.gaps[j] > QUOTED
            and ":" in self._words.text[self._words.ends[j - 1] : self._words.starts[j]]
            and j > verb
        )

    def _again(self, start: int, end: int) -> bool:
        return any("speaker" in self._tags[j] for j in range(start, min(end, start + 3)))

    def _remember(self, start: int, end: int, voice: str) -> None:
        """Unknown words beside a known speaker are taken for a person's name: «الكولونيل X المتحدث باسم Y»."""
        for j in range(start, end):
            key = self._words.keys[j]
            if len(key) >= 4 and not self._tags[j] and key not in common_words() and j not in self._voices:
                self._people.setdefault(key, voice)
