"""From one event word to a draft: what, where, when, who, in whose name, and how sure that is."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from events.reading.actors import ActorMention
from events.reading.breaks import Breaks
from events.reading.context import Context
from events.reading.dates.mention import DateMention
from events.reading.dating import Dater
from events.reading.draft import VIOLENT, Draft, type_of
from events.reading.facts import Fact
from events.reading.mentions import Mentions, Sentence
from events.reading.morphology import ARTICLES
from events.reading.parties import Parties
from events.reading.placing import Placer
from events.reading.sorts import Sorter
from events.reading.statements import declares, speakers
from events.reading.text import Span
from events.reading.whereabouts import Located

_ANNOUNCED = frozenset({"arrest", "disrupt", "kill", "capture", "air", "execute"})
"""What a party announces of itself: «أعلن X مقتل …»."""

_THIS = frozenset({"هذه", "هذا", "تلك", "ذلك"})
_STATE_MEDIA = frozenset({"sana", "syrian_state_tv"})


class Drafter:
    """Makes the drafts of one report, to be shown its sentences in order: it remembers what each was about."""

    def __init__(self, mentions: Mentions, published: date | None) -> None:
        self._words = mentions.words
        self._mentions = mentions
        self._breaks = Breaks(mentions)
        self._placer = Placer(mentions, self._breaks)
        self._dater = Dater(self._breaks, published)
        self._parties = Parties(mentions)
        self._sorter = Sorter(mentions)

    def remember(self, sentence: Sentence) -> None:
        """Take in the places and times of a sentence, once its drafts are made."""
        self._placer.remember(sentence)
        self._dater.remember(sentence)

    def draft(self, sentence: Sentence, fact: Fact, context: Context) -> Draft | None:
        """The event that a word tells of, without its tolls; None where it tells of none."""
        i = fact.hit.first
        sort = self._sorter.sort(sentence, fact, context.others(fact))
        if sort is None:
            return None
        resumed = bool(i and self._words.keys[i - 1] in _THIS and self._placer.focus)  # «هذا الهجوم»
        noun = fact.hit.value.tense == "noun"
        definite = resumed or (noun and (fact.hit.clitic in ARTICLES or fact.hit.value.owned))
        where, own_place = self._where(sentence, i, resumed=resumed, known=definite and sort in VIOLENT)
        when, own_date = self._dater.when(sentence, i, siege=sort == "siege")
        fine = own_place and where[0].spot is not None and where[0].spot.where_prec < 6
        if not self._is_news(sentence, fact, sort, when, own_date=own_date, fine=fine):
            return None
        parties = self._parties.near(sentence, fact, sort, context.next_verb(fact))
        actors, targets, reasons = self._roles(sentence, fact, sort, parties)
        if sort == "capture" and not actors:
            return None
        known = fact.sort == "fighting" or (definite and sort in ("clash", "talks", "agree", "siege"))
        said = sentence.said
        confidence = fact.weight + 0.1 * own_place + 0.1 * own_date + 0.05 * bool(said.claimants) + 0.05 * bool(parties)
        confidence, doubts = _doubted(
            confidence, known=known and not parties, own_place=own_place, placed=bool(where), hedged=said.hedged
        )
        start, end, precision = self._dater.days(when)
        return Draft(
            sort=sort, sub_event_type=type_of(sort, actors), sentence=sentence.number, paragraph=sentence.paragraph,
            trigger=self._words.span(fact.hit.first, fact.hit.last), where=where, start=start, end=end,
            precision=precision, sense=when.sense if when else "at", actors=actors, targets=targets, tolls=[],
            claimants=list(said.claimants), denied_by=list(said.denied_by), hedged=said.hedged,
            confidence=confidence, reasons=[*fact.reasons, *reasons, *doubts], headline=sentence.headline,
            definite=definite, own_place=own_place, own_date=own_date,
            spans=self._spans(sentence, fact, where, when, parties),
        )  # fmt: skip

    def _where(self, sentence: Sentence, i: int, *, resumed: bool, known: bool) -> tuple[list[Located], bool]:
        """The places of the event word i, and whether its own sentence names them.

        ``resumed``, ``known``: it takes up what was just told, «هذا الهجوم», or may do so, «الهجوم».
        """
        before = list(self._placer.focus), False
        if resumed:
            return before
        where, own = self._placer.where(sentence, i)
        follows = any(p.toponym.first > i and not self._breaks.between(i, p.toponym.first)[1] for p in where)
        return before if known and not sentence.headline and not follows else (where, own)

    def _is_news(
        self, sentence: Sentence, fact: Fact, sort: str, when: DateMention | None, *, own_date: bool, fine: bool
    ) -> bool:
        """Whether the word tells of something new; ``fine``: its sentence says where, more finely than a country."""
        if sort == "statement" and fact.sort == "statement" and not declares(self._mentions, sentence, fact):
            return False
        if fact.relative and sort in ("capture", "siege", "movement") and not own_date:
            return False
        if when is None:
            return fact.hit.value.tense == "noun" or not self._dater.long_since(sentence, fact.hit.first)
        if not self._dater.tells_when(when) or (sort == "statement" and own_date and not self._dater.is_recent(when)):
            return False
        return not self._dater.is_background(when) or (own_date and fine)

    def _roles(
        self, sentence: Sentence, fact: Fact, sort: str, parties: Sequence[ActorMention]
    ) -> tuple[list[str], list[str], list[str]]:
        """Who did it, who was hit, and the reasons for that where the words do not tell by themselves."""
        actors, targets = self._parties.roles(sort, parties, fact)
        if not actors and sort in VIOLENT and _STATE_MEDIA & {*sentence.said.claimants}:
            actors = ["syrian_government"]  # «وحدات أخرى» of its own army
            targets = [t for t in targets if t not in actors]
        announcer = next(iter(speakers(sentence)), None)
        if not actors and announcer and announcer not in targets and sort in _ANNOUNCED:
            return [announcer], targets, ["who announces it without naming who did it"]
        return actors, targets, []

    def _spans(
        self, sentence: Sentence, fact: Fact, where: Sequence[Located], when: DateMention | None,
        parties: Sequence[ActorMention],
    ) -> dict[str, list[Span]]:  # fmt: skip
        """The words that each value of the draft came from."""
        span = self._words.span
        return {
            "event": [span(fact.hit.first, fact.hit.last)],
            "place": [span(p.toponym.first, p.toponym.last, skip=p.toponym.skip) for p in where],
            "date": [when.span] if when is not None else [],
            "actors": [m.span for m in parties],
            "claimants": list(sentence.said.spans),
            "denied_by": list(sentence.said.denial_spans),
        }


def _doubted(
    confidence: float, *, known: bool, own_place: bool, placed: bool, hedged: bool
) -> tuple[float, list[str]]:  # fmt: skip
    """The confidence less what speaks against it, and that in words."""
    doubts = []
    if known:
        confidence -= 0.2
        doubts.append("takes up something known, no party named")
    if not own_place:
        confidence -= 0.1
        doubts.append("the place is that of the sentence before" if placed else "no place")
    if hedged:
        confidence -= 0.1
        doubts.append("unconfirmed by the report's own words")
    return confidence, doubts
