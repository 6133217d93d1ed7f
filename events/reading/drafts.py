"""From the event words of a sentence to drafts of events: what, where, when, who, how many, in whose name."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from itertools import accumulate

from events.reading.casualties import Toll, tolls_of
from events.reading.dates import DateMention
from events.reading.draft import VIOLENT, Draft, absorb, alike, type_of
from events.reading.facts import Fact, facts_of
from events.reading.lexicon import Trigger, common_words
from events.reading.matching import Hit
from events.reading.mentions import Mentions, Sentence
from events.reading.morphology import ARTICLES
from events.reading.parties import Parties
from events.reading.text import COMMA
from events.reading.whereabouts import Located
from geo.gazetteer import HOME

_BEHIND = 5.0
"""What it costs a place to stand before the event word: in Arabic it follows."""

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
    | {"jaysh_al_islam", "hts", "islamic_state", "raqqa_civil_council", "opposition_rebels"}
)
"""Claimants whose own intentions are news."""

_THIS = frozenset({"هذه", "هذا", "تلك", "ذلك"})
_STATE_MEDIA = frozenset({"sana", "syrian_state_tv"})
_RECENT = timedelta(days=8)
_FRESH = timedelta(days=1)
_OLD = timedelta(days=45)
_HALF_YEAR = timedelta(days=183)
_TURNS = frozenset({"relative", "clause"})
_LONGEST = 45
"""Days: a longer stretch of time says too little of when."""


class Drafter:
    """Goes through a report sentence by sentence, remembering what the last one was about."""

    def __init__(self, mentions: Mentions, published: date | None) -> None:
        self._m, self._published = mentions, published
        self._focus: list[Located] = []
        self._when: DateMention | None = None
        self._paragraph = -1
        # Running counts, so that what lies between two words is known without walking there.
        gaps, tags = mentions.words.gaps, mentions.tags
        self._commas = [0, *accumulate(int(gap >= COMMA) for gap in gaps)]
        self._clauses = [0, *accumulate(int(not tag.isdisjoint(_TURNS)) for tag in tags)]
        self._parties = Parties(mentions)

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
        fine = [p for p in sentence.places if self._lasting(p)]
        if fine:
            best = min(p.spot.where_prec for p in fine if p.spot)
            self._focus = [p for p in fine if p.spot and p.spot.where_prec == best][:1]
        recent = [d for d in sentence.dates if d.start and self._published and self._published - d.start <= _RECENT
                  and d.sense == "at"]  # fmt: skip
        if recent:
            self._when = recent[0]

    def _lasting(self, place: Located) -> bool:
        """Whether later sentences may be about this place: in the country that the report is about."""
        if place.spot is None or place.toponym.role != "at" or place.spot.where_prec >= 6:
            return False
        return self._m.country is None or place.country == self._m.country

    def _of_sentence(self, sentence: Sentence) -> list[Draft]:
        facts = facts_of(self._m, sentence)
        violent = [f for f in facts if f.sort in VIOLENT]
        others = any(f.sort in ("grave", "arrest", "abduct", "disrupt") for f in facts)
        facts = [f for f in facts if f.sort != "kill" or not (violent or others or f.hit.clitic in ARTICLES - {""})]
        tolls = tolls_of(self._m.words, sentence)
        found: list[Draft] = []
        for fact in facts:
            draft = self._draft(sentence, fact, facts)
            if draft is None:
                continue
            twin = next((d for d in found if self._same(d, draft)), None)
            if twin is not None:
                absorb(twin, draft)
            else:
                found.append(draft)
        if not found and (statement := self._statement(sentence)) is not None:
            found.append(statement)
        self._share_tolls(found, tolls)
        return found

    def _statement(self, sentence: Sentence) -> Draft | None:
        """A party that says what it will or will not do: an event of its own, where nothing else is told."""
        said = [c for c in sentence.said.claimants if c in _PARTIES]
        marks = [
            j
            for j in range(sentence.first, sentence.end)
            if "intent" in self._m.tags[j] or _will(self._m.words.keys[j])
        ]
        if not said or not marks or sentence.headline:
            return None
        hit = Hit("trigger", Trigger("statement", "noun"), marks[0], marks[0], "", "noun")
        fact = Fact(hit=hit, sort="statement", weight=0.5, reasons=("announces what it means to do",), relative=False)
        draft = self._draft(sentence, fact, [fact])
        if draft is not None:
            draft.actors, draft.targets = said[:1], []
        return draft

    def _same(self, one: Draft, other: Draft) -> bool:
        if not alike(one.sort, other.sort) or (
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

    def _draft(self, sentence: Sentence, fact: Fact, facts: Sequence[Fact]) -> Draft | None:
        words, i = self._m.words, fact.hit.first
        sort = self._sort(sentence, fact, facts)
        if sort is None:
            return None
        where, own_place = self._where(sentence, i)
        definite = fact.hit.value.tense == "noun" and fact.hit.clitic in ARTICLES
        if i and self._m.words.keys[i - 1] in _THIS and self._focus:
            where, own_place, definite = list(self._focus), False, True
        if definite and sort in VIOLENT and not sentence.headline and not any(p.toponym.first > i for p in where):
            where, own_place = list(self._focus), False  # «الهجوم»: the one just told
        when, own_date = self._when_of(sentence, i, siege=sort == "siege")
        if when is not None and (when.sense == "ahead" or (when.precision == "year" and when.start)):
            return None
        if fact.relative and sort in ("capture", "siege", "movement") and not own_date:
            return None
        if when is not None and when.start and when.end and (when.end - when.start).days > _LONGEST:
            return None
        if when is None and fact.hit.value.tense != "noun" and self._long_ago(sentence, i):
            return None
        if self._background(when) and not (own_place and own_date and where[0].spot and where[0].spot.where_prec < 6):
            return None
        parties = self._parties.near(sentence, i, sort)
        actors, targets = self._parties.roles(sort, parties, fact)
        if not actors and sort in VIOLENT and _STATE_MEDIA & {*sentence.said.claimants}:
            actors = ["syrian_government"]  # «وحدات أخرى» of its own army
        if sort == "capture" and not actors:
            return None
        said = sentence.said
        confidence = fact.weight + 0.1 * own_place + 0.1 * own_date + 0.05 * bool(said.claimants) + 0.05 * bool(parties)
        reasons = list(fact.reasons)
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
        return Draft(
            sort=sort, sub_event_type=type_of(sort, actors), sentence=sentence.number, paragraph=sentence.paragraph,
            trigger=words.span(fact.hit.first, fact.hit.last), where=where, start=start, end=end, precision=precision,
            sense=when.sense if when else "at", actors=actors, targets=targets, tolls=[],
            claimants=list(said.claimants), denied_by=list(said.denied_by), hedged=said.hedged,
            confidence=confidence, reasons=reasons, headline=sentence.headline, definite=definite, own_place=own_place,
            own_date=own_date,
            spans=spans,
        )  # fmt: skip

    def _long_ago(self, sentence: Sentence, i: int) -> bool:
        """«سيطرت منذ العام الماضي»: a state since then, not news."""
        spans = [d for d in sentence.dates if _span_of_time(d) and d.first > i and d.start and self._published]
        return any(self._published - d.start > _HALF_YEAR for d in spans if self._published and d.start)

    def _background(self, when: DateMention | None) -> bool:
        return bool(when and when.end and self._published and self._published - when.end > _OLD)

    def _sort(self, sentence: Sentence, fact: Fact, facts: Sequence[Fact]) -> str | None:
        sort = fact.sort
        sorts = {f.sort for f in facts}
        around = {tag for j in range(max(sentence.first, fact.hit.first - 8), min(sentence.end, fact.hit.last + 9))
                  for tag in self._m.tags[j]}  # fmt: skip
        if sort == "cut":
            nearby = self._m.words.keys[fact.hit.last + 1 : fact.hit.last + 4]
            return "capture" if any(k.startswith(("طريق", "الطريق", "طرق")) for k in nearby) else None
        if sort == "enter":
            around_actor = any(
                abs(m.first - fact.hit.first) <= 4 and m.actor not in ("civilians",) for m in sentence.actors
            )
            return "capture" if around_actor and "capture" not in sorts and fact.hit.value.tense == "past" else None
        if sort == "destroy":
            shells = "artillery" in around
            return "shell" if shells else "air" if "aerial" in around else None
        if sort == "fighting":
            return None if sorts & (VIOLENT - {"fighting"}) else "clash"
        if sort == "bomb":
            if "aerial" in around or "air" in sorts:
                return "air"
            if "artillery" in around or "shell" in sorts:
                return "shell"
            others = sorts & (VIOLENT - {"bomb"})
            if others and self._m.words.keys[fact.hit.first].endswith(("ستهدف", "استهدفت", "تستهدف")):
                return None
            flyers = {m.actor for m in sentence.actors if m.role == "party"} & {
                "coalition",
                "russia",
                "israel",
                "united_states",
            }
            return "air" if flyers else "shell"
        if sort in ("ied", "grenade", "suicide") and "find" in around:
            return "disrupt"
        if sort == "ied" and "suicide" in sorts:
            return "suicide"
        if sort == "clash" and "capture" in sorts and fact.hit.value.tense == "noun":
            return None
        if (
            sort == "shell"
            and not ({"bomb", "clash", "air"} & sorts or "casualty" in sorts)
            and fact.hit.value.tense == "noun"
        ):
            return "shell" if sentence.casualties else None
        if sort in ("evacuate", "base", "loot") and fact.hit.value.tense == "noun":
            return None
        return sort

    def _where(self, sentence: Sentence, i: int) -> tuple[list[Located], bool]:
        """The place an event word stands for: nearest and finest in its sentence, else what the last one was about."""
        usable = [p for p in sentence.places if p.spot is not None and p.toponym.role == "at"]
        if usable:
            best = min(usable, key=lambda p: self._place_cost(p, i))
            if best.spot and (best.spot.where_prec < 6 or not self._focus or best.spot.place != HOME):
                return self._with_list(best, usable), True
        if self._focus:
            return list(self._focus), False
        return self._ahead(sentence), False

    def _ahead(self, sentence: Sentence) -> list[Located]:
        for later in self._m.sentences[sentence.number + 1 : sentence.number + 4]:
            fine = [p for p in later.places if self._lasting(p)]
            if fine:
                return fine[:1]
        return []

    def _between(self, lo: int, hi: int) -> tuple[int, int]:
        """Commas, and turns of clause, after word lo and up to word hi."""
        return self._commas[hi + 1] - self._commas[lo + 1], self._clauses[hi + 1] - self._clauses[lo + 1]

    def _place_cost(self, place: Located, i: int) -> float:
        topo = place.toponym
        distance = topo.first - i if topo.first > i else (i - topo.last) * 1.3 + _BEHIND
        lo, hi = (i, topo.first) if topo.first > i else (topo.last, i)
        commas, clauses = self._between(lo, hi)
        cost = distance + 2.5 * commas + 5 * clauses
        prec = place.spot.where_prec if place.spot else 6
        return cost + {4: 4, 3: 1, 5: 6, 6: 25}.get(prec, 0)

    def _with_list(self, best: Located, usable: Sequence[Located]) -> list[Located]:
        """The place and those named in the same breath: «أحياء X وY وZ», and the city around a quarter left out."""
        found = [best]
        start = usable.index(best)
        for other in usable[start + 1 :]:
            last = found[-1].toponym
            gap = other.toponym.first - last.last
            same = other.spot and best.spot and other.spot.where_prec == best.spot.where_prec
            if gap > 3 or not same:
                break
            found.append(other)
        for other in reversed(usable[:start]):
            gap = found[0].toponym.first - other.toponym.last
            same = other.spot and best.spot and other.spot.where_prec == best.spot.where_prec
            if gap > 1 or not same or not self._m.words.keys[found[0].toponym.first].startswith("و"):
                break
            found.insert(0, other)
        return found

    def _when_of(self, sentence: Sentence, i: int, *, siege: bool) -> tuple[DateMention | None, bool]:
        dates = [
            d for d in sentence.dates if (d.start is not None or d.sense == "ahead") and (siege or not _span_of_time(d))
        ]
        if dates:
            return min(dates, key=lambda d: self._date_cost(d, i)), True
        return self._when, False

    def _date_cost(self, when: DateMention, i: int) -> float:
        lo, hi = (i, when.first) if when.first > i else (when.last, i)
        commas, clauses = self._between(lo, hi)
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
