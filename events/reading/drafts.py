"""From the event words of a sentence to drafts of events: what, where, when, who, how many, in whose name."""

from __future__ import annotations

from bisect import bisect_right
from datetime import date, timedelta

from events.reading.casualties import Toll, tolls_of
from events.reading.context import Context
from events.reading.dates.mention import DateMention
from events.reading.draft import VIOLENT, Draft, absorb, alike, type_of
from events.reading.facts import Fact, facts_of
from events.reading.lexicon import Trigger, common_words, listed
from events.reading.matching import Hit
from events.reading.mentions import Mentions, Sentence
from events.reading.morphology import ARTICLES
from events.reading.parties import Parties
from events.reading.placing import Placer
from events.reading.sorts import Sorter

_PARTIES = frozenset(
    {
        "coalition",
        "sdf",
        "russia",
        "syrian_government",
        "united_states",
        "turkey",
        "iran",
        "israel",
        "iraq",
        "hezbollah",
    }
    | {
        "ypg",
        "popular_mobilization",
        "jaysh_al_islam",
        "hts",
        "islamic_state",
        "raqqa_civil_council",
        "opposition_rebels",
    }
)
"""Claimants whose own intentions are news."""

_SAID = 0.5
_SHALL = frozenset({"لن", "سوف", "ولن", "will", "won't"})
_ANNOUNCED = frozenset({"arrest", "disrupt", "kill", "capture", "air", "execute"})
"""What a party announces of itself: «أعلن X مقتل …»."""

_AT_PEOPLE = frozenset({"air", "shell", "bomb", "ied", "suicide", "grenade", "chemical", "abduct", "execute"})
_PEOPLE = tuple(listed("people"))
"""Nouns for people who bear no arms: whom an attack kills or takes without more are civilians."""

_BEHIND, _NUMBERS = 40, 3
"""Characters between a verb of abduction and the number of those taken, and numbers looked at."""

_THIS = frozenset({"هذه", "هذا", "تلك", "ذلك"})
_STATE_MEDIA = frozenset({"sana", "syrian_state_tv"})
_RECENT = timedelta(days=8)
_FRESH = timedelta(days=1)
_OLD = timedelta(days=45)
_HALF_YEAR = timedelta(days=183)
_LONGEST = 45
"""Days: a longer stretch of time says too little of when."""


class Drafter:
    """Goes through a report sentence by sentence, remembering what the last one was about."""

    def __init__(self, mentions: Mentions, published: date | None) -> None:
        self._m, self._published = mentions, published
        self._placer = Placer(mentions)
        self._when: DateMention | None = None
        self._paragraph = -1
        self._parties = Parties(mentions)
        self._sorter = Sorter(mentions)

    def drafts(self) -> list[Draft]:
        """Every draft of the report, in order."""
        found: list[Draft] = []
        for sentence in self._m.sentences:
            if sentence.paragraph != self._paragraph:
                self._paragraph, self._when = sentence.paragraph, None
            if not sentence.caption:
                found += self._of_sentence(sentence)
            self._remember(sentence)
        return found

    def _remember(self, sentence: Sentence) -> None:
        self._placer.remember(sentence)
        recent = [d for d in sentence.dates if d.start and self._published and self._published - d.start <= _RECENT
                  and d.sense == "at"]  # fmt: skip
        if recent:
            self._when = recent[0]

    def _of_sentence(self, sentence: Sentence) -> list[Draft]:
        facts = facts_of(self._m, sentence)
        violent = [f for f in facts if f.sort in VIOLENT]
        others = any(f.sort in ("grave", "arrest", "abduct", "disrupt", "fire", "protest", "execute") for f in facts)
        facts = [f for f in facts if f.sort != "kill" or not (violent or others or f.hit.clitic in ARTICLES - {""})]
        tolls = tolls_of(self._m.words, sentence)
        found: list[Draft] = []
        context = Context(facts)
        for fact in facts:
            draft = self._draft(sentence, fact, context)
            if draft is None:
                continue
            twin = next((d for d in found if self._same(d, draft)), None)
            if twin is not None:
                twin.definite = twin.definite or draft.definite
                absorb(twin, draft)
            else:
                found.append(draft)
        if len(found) > 1:
            found = [d for d in found if d.sort != "statement"] or found[:1]
        told = any(d.sort == "statement" for d in found)
        if not told and (statement := self._statement(sentence, beside=bool(found))) is not None:
            found.append(statement)
        self._share_tolls(found, tolls)
        for draft in found:
            hit = draft.sort in _AT_PEOPLE and any(t.victims is None and self._people(t.last) for t in draft.tolls)
            if not draft.targets and (hit or (draft.sort == "abduct" and self._taken(sentence, draft))):
                draft.targets = ["civilians"]
        return found

    def _people(self, last: int) -> bool:
        """«ثلاثة أشخاص», «100 عائلة»: a number ending at word ``last`` counts people, with no word of whose."""
        return any(key.startswith(_PEOPLE) for key in self._m.words.keys[last : last + 2])

    def _taken(self, sentence: Sentence, draft: Draft) -> bool:
        """«واقتاد أكثر من 100 عائلة»: people counted right behind the verb."""
        starts, end = self._m.words.starts, draft.trigger.end
        at = bisect_right(sentence.quantities, end, key=lambda q: starts[q.first])
        behind = sentence.quantities[at : at + _NUMBERS]
        return any(starts[q.first] - end <= _BEHIND and self._people(q.last) for q in behind)

    def _statement(self, sentence: Sentence, *, beside: bool) -> Draft | None:
        """A party that says what it will or will not do: an event of its own.

        ``beside``: other things are told too; then it counts only right after the verb of saying: «أنه لن».
        """
        said = [c for c in sentence.said.claimants if c in _PARTIES]
        marks = [
            j
            for j in range(sentence.first, sentence.end)
            if "intent" in self._m.tags[j] or _will(self._m.words.keys[j])
        ]
        if beside:
            marks = [j for j in marks if self._m.words.keys[j] in _SHALL and self._follows_that(j)]
        if not said or not marks or sentence.headline:
            return None
        hit = Hit("trigger", Trigger("statement", "noun"), marks[0], marks[0], "", "noun")
        fact = Fact(hit=hit, sort="statement", weight=_SAID, reasons=("announces what it means to do",), relative=False)
        draft = self._draft(sentence, fact, Context([fact]))
        if draft is not None:
            draft.actors, draft.targets = said[:1], []
        return draft

    def _follows_that(self, j: int) -> bool:
        return any("that" in self._m.tags[k] for k in range(max(0, j - 3), j))

    def _same(self, one: Draft, other: Draft) -> bool:
        search = {one.sort, other.sort} == {"arrest", "disrupt"}
        if not (alike(one.sort, other.sort) or search) or (
            {one.sort, other.sort} == {"capture"} and one.actors[:1] != other.actors[:1]
        ):
            return False
        a = {p.spot.place for p in one.where if p.spot}
        b = {p.spot.place for p in other.where if p.spot}
        return (not a or not b or bool(a & b)) and one.start == other.start

    def _share_tolls(self, drafts: list[Draft], tolls: list[Toll]) -> None:
        deadly = [d for d in drafts if d.sort in VIOLENT or d.sort == "kill"] or drafts
        for toll in tolls:
            if not deadly:
                break
            at = self._m.words.starts[toll.first]
            nearest = min(deadly, key=lambda d: (abs(d.trigger.start - at), d.trigger.start))
            nearest.tolls.append(toll)
            nearest.spans.setdefault("fatalities", []).append(self._m.words.span(toll.first, toll.last))

    # -- one draft ---------------------------------------------------------------------------

    def _draft(self, sentence: Sentence, fact: Fact, context: Context) -> Draft | None:
        words, i = self._m.words, fact.hit.first
        sort = self._sorter.sort(sentence, fact, context.others(fact))
        if sort is None:
            return None
        where, own_place = self._placer.where(sentence, i)
        definite = fact.hit.value.tense == "noun" and (fact.hit.clitic in ARTICLES or fact.hit.value.owned)
        if i and self._m.words.keys[i - 1] in _THIS and self._placer.focus:
            where, own_place, definite = list(self._placer.focus), False, True
        follows = any(p.toponym.first > i and not self._placer.between(i, p.toponym.first)[1] for p in where)
        if definite and sort in VIOLENT and not sentence.headline and not follows:
            where, own_place = list(self._placer.focus), False  # «الهجوم»: the one just told
        when, own_date = self._when_of(sentence, i, siege=sort == "siege")
        if when is not None and (when.sense == "ahead" or (when.precision == "year" and when.start)):
            return None
        if fact.relative and sort in ("capture", "siege", "movement") and not own_date:
            return None
        if when is not None and when.start and when.end and (when.end - when.start).days > _LONGEST:
            return None
        if when is None and fact.hit.value.tense != "noun" and self._long_ago(sentence, i):
            return None
        if (
            sort == "statement"
            and own_date
            and when
            and when.end
            and self._published
            and self._published - when.end > _RECENT
        ):
            return None
        if self._background(when) and not (own_place and own_date and where[0].spot and where[0].spot.where_prec < 6):
            return None
        reasons = list(fact.reasons)
        parties = self._parties.near(sentence, fact, sort, context.next_verb(fact))
        actors, targets = self._parties.roles(sort, parties, fact)
        if not actors and sort in VIOLENT and _STATE_MEDIA & {*sentence.said.claimants}:
            actors = ["syrian_government"]  # «وحدات أخرى» of its own army
            targets = [t for t in targets if t not in actors]
        announcer = next((c for c in sentence.said.claimants if c in _PARTIES), None)
        if not actors and announcer and announcer not in targets and sort in _ANNOUNCED:
            actors = [announcer]
            reasons.append("who announces it without naming who did it")
        if sort == "capture" and not actors:
            return None
        if (
            sort == "statement"
            and fact.sort == "statement"
            and fact.weight != _SAID
            and not self._declares(sentence, fact)
        ):
            return None
        said = sentence.said
        known = fact.sort == "fighting" or (definite and sort in ("clash", "talks", "agree", "siege"))
        if known and not parties:
            reasons.append("takes up something known, no party named")
        confidence = fact.weight + 0.1 * own_place + 0.1 * own_date + 0.05 * bool(said.claimants) + 0.05 * bool(parties)
        if reasons[-1].startswith("takes up"):
            confidence -= 0.2
        if not own_place:
            confidence -= 0.1
            reasons.append("the place is that of the sentence before" if where else "no place")
        if said.hedged:
            confidence -= 0.1
            reasons.append("unconfirmed by the report's own words")
        start, end, precision = self._dated(when)
        spans = {"event": [words.span(fact.hit.first, fact.hit.last)]}
        spans["place"] = [words.span(p.toponym.first, p.toponym.last, skip=p.toponym.skip) for p in where]
        spans["date"] = [when.span] if when is not None else []
        spans["actors"] = [m.span for m in parties]
        spans["claimants"], spans["denied_by"] = list(said.spans), list(said.denial_spans)
        return Draft(
            sort=sort, sub_event_type=type_of(sort, actors), sentence=sentence.number, paragraph=sentence.paragraph,
            trigger=words.span(fact.hit.first, fact.hit.last), where=where, start=start, end=end, precision=precision,
            sense=when.sense if when else "at", actors=actors, targets=targets, tolls=[],
            claimants=list(said.claimants), denied_by=list(said.denied_by), hedged=said.hedged,
            confidence=confidence, reasons=reasons, headline=sentence.headline, definite=definite, own_place=own_place,
            own_date=own_date,
            spans=spans,
        )  # fmt: skip

    def _declares(self, sentence: Sentence, fact: Fact) -> bool:
        """A verb of threat, demand or promise counts where a party stands beside it as its subject."""
        if fact.hit.value.tense == "noun" or self._m.words.keys[fact.hit.last].endswith("ا"):
            return False
        i = fact.hit.first
        if "التعليق" in self._m.words.keys[i : i + 8]:
            return False  # declines to comment
        return any(m.actor in _PARTIES and m.last - i >= -4 and m.first - i <= 3 for m in sentence.actors)

    def _long_ago(self, sentence: Sentence, i: int) -> bool:
        """«سيطرت منذ العام الماضي»: a state since then, not news."""
        spans = [d for d in sentence.dates if _span_of_time(d) and d.first > i and d.start and self._published]
        return any(self._published - d.start > _HALF_YEAR for d in spans if self._published and d.start)

    def _background(self, when: DateMention | None) -> bool:
        return bool(when and when.end and self._published and self._published - when.end > _OLD)

    def _when_of(self, sentence: Sentence, i: int, *, siege: bool) -> tuple[DateMention | None, bool]:
        dates = [
            d for d in sentence.dates if (d.start is not None or d.sense == "ahead") and (siege or not _span_of_time(d))
        ]
        if dates:
            return min(dates, key=lambda d: self._date_cost(d, i)), True
        return self._when, False

    def _date_cost(self, when: DateMention, i: int) -> float:
        lo, hi = (i, when.first) if when.first > i else (when.last, i)
        commas, clauses = self._placer.between(lo, hi)
        cost = hi - lo + 1.5 * commas + 6 * clauses
        return cost + (8 if when.precision in ("year", "month") else 0)

    def _dated(self, when: DateMention | None) -> tuple[date | None, date | None, str]:
        if when is not None and when.start is not None:
            end = self._published if when.sense == "since" and self._published else when.end
            return when.start, end or when.start, when.precision
        if self._published is None:
            return None, None, "unknown"
        return self._published - _FRESH, self._published, "days"


def _will(key: str) -> bool:
    """«سنستمر», «سنواصل»: the first person of the future."""
    return len(key) > 4 and key.startswith(("سن", "وسن")) and key not in common_words()


def _span_of_time(when: DateMention) -> bool:
    """«الأعنف منذ شهور»، «منذ 2014»: how long, not when."""
    return when.sense == "since" and when.precision in ("month", "year")
