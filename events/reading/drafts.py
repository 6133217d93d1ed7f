"""From the event words of a sentence to drafts of events: what, where, when, who, how many, in whose name."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta

from events.reading.actors import ActorMention
from events.reading.casualties import Toll, tolls_of
from events.reading.dates import DateMention
from events.reading.facts import Fact, facts_of
from events.reading.mentions import Mentions, Sentence
from events.reading.text import COMMA, Span
from events.reading.whereabouts import Located

VIOLENT = frozenset({"clash", "air", "bomb", "shell", "suicide", "ied", "grenade", "chemical", "execute", "capture"})
_STATES = frozenset(
    "syrian_government pro_government_militias russia iran hezbollah iran_backed_militias iraq popular_mobilization turkey "
    "israel united_states jordan lebanon egypt".split()
)
_MUTUAL = frozenset({"clash", "talks", "agree"})
_TYPES = {
    "clash": "Armed clash", "air": "Air/drone strike", "shell": "Shelling/artillery/missile attack",
    "suicide": "Suicide bomb", "ied": "Remote explosive/landmine/IED", "grenade": "Grenade", "chemical": "Chemical weapon",
    "grave": "Mass grave found", "execute": "Attack", "abduct": "Abduction/forced disappearance", "arrest": "Arrests",
    "rape": "Sexual violence", "displace": "Displacement", "return": "Displacement", "siege": "Siege", "talks": "Negotiation",
    "agree": "Agreement", "movement": "Troop movement", "disrupt": "Disrupted weapons use",
    "base": "Headquarters or base established", "loot": "Looting/property destruction", "protest": "Peaceful protest",
    "other": "Other", "statement": "Statement", "kill": "Armed clash", "evacuate": "Non-violent transfer of territory",
}  # fmt: skip
_RECENT = timedelta(days=8)
_FRESH = timedelta(days=1)


@dataclass(kw_only=True, slots=True)
class Draft:
    """An event in the making. Dates are None where nothing dates it; ``inherited`` names what was not said beside it."""

    sort: str
    sub_event_type: str
    sentence: int
    paragraph: int
    trigger: Span
    where: list[Located]
    start: date | None
    end: date | None
    precision: str
    sense: str
    actors: list[str]
    targets: list[str]
    tolls: list[Toll]
    claimants: list[str]
    denied_by: list[str]
    hedged: bool
    confidence: float
    reasons: list[str]
    headline: bool = False
    own_place: bool = True
    own_date: bool = True
    spans: dict[str, list[Span]] = field(default_factory=dict)


class Drafter:
    """Goes through a report sentence by sentence, remembering what the last one was about."""

    def __init__(self, mentions: Mentions, published: date | None) -> None:
        self._m, self._published = mentions, published
        self._focus: list[Located] = []
        self._when: DateMention | None = None
        self._paragraph = -1

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
        fine = [p for p in sentence.places if p.spot and p.toponym.role == "at" and p.spot.where_prec < 6]
        if fine:
            best = min(p.spot.where_prec for p in fine if p.spot)
            self._focus = [p for p in fine if p.spot and p.spot.where_prec == best][:1]
        recent = [d for d in sentence.dates if d.start and self._published and self._published - d.start <= _RECENT
                  and d.sense == "at"]  # fmt: skip
        if recent:
            self._when = recent[0]

    def _of_sentence(self, sentence: Sentence) -> list[Draft]:
        facts = facts_of(self._m, sentence)
        violent = [f for f in facts if f.sort in VIOLENT]
        facts = [f for f in facts if f.sort != "kill" or not violent]
        tolls = tolls_of(self._m.words, sentence)
        found: list[Draft] = []
        for fact in facts:
            draft = self._draft(sentence, fact, facts)
            if draft is None:
                continue
            twin = next((d for d in found if self._same(d, draft)), None)
            if twin is not None:
                _absorb(twin, draft)
            else:
                found.append(draft)
        self._share_tolls(found, tolls)
        return found

    def _same(self, one: Draft, other: Draft) -> bool:
        if (
            not _alike(one.sort, other.sort)
            or {one.sort, other.sort} == {"capture"}
            and one.actors[:1] != other.actors[:1]
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
        when, own_date = self._when_of(sentence, i)
        if when is not None and (when.sense == "ahead" or (when.precision == "year" and when.start)):
            return None
        parties = self._parties(sentence, i, sort)
        actors, targets = _roles(sort, parties, i)
        said = sentence.said
        confidence = fact.weight + 0.1 * own_place + 0.1 * own_date + 0.05 * bool(said.claimants) + 0.05 * bool(parties)
        reasons = list(fact.reasons)
        if not own_place:
            confidence -= 0.1
            reasons.append("the place is that of the sentence before" if where else "no place")
        if said.hedged:
            confidence -= 0.2
            reasons.append("unconfirmed by the report's own words")
        start, end, precision = self._dated(when)
        spans = {"event": [words.span(fact.hit.first, fact.hit.last)]}
        spans["place"] = [words.span(p.toponym.first, p.toponym.last, skip=p.toponym.skip) for p in where]
        spans["date"] = [when.span] if when is not None else []
        spans["actors"] = [m.span for m in parties]
        return Draft(
            sort=sort, sub_event_type=_type_of(sort, actors), sentence=sentence.number, paragraph=sentence.paragraph,
            trigger=words.span(fact.hit.first, fact.hit.last), where=where, start=start, end=end, precision=precision,
            sense=when.sense if when else "at", actors=actors, targets=targets, tolls=[],
            claimants=list(said.claimants), denied_by=list(said.denied_by), hedged=said.hedged,
            confidence=confidence, reasons=reasons, headline=sentence.headline, own_place=own_place, own_date=own_date,
            spans=spans,
        )  # fmt: skip

    def _sort(self, sentence: Sentence, fact: Fact, facts: Sequence[Fact]) -> str | None:
        sort = fact.sort
        sorts = {f.sort for f in facts}
        around = {tag for j in range(max(sentence.first, fact.hit.first - 8), min(sentence.end, fact.hit.last + 9))
                  for tag in self._m.tags[j]}  # fmt: skip
        if sort == "cut":
            nearby = self._m.words.keys[fact.hit.last + 1 : fact.hit.last + 4]
            return "capture" if any(k.startswith(("طريق", "الطريق", "طرق")) for k in nearby) else None
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
            best = min(usable, key=lambda p: self._place_cost(p, i, sentence))
            if best.spot and (best.spot.where_prec < 6 or not self._focus or not self._again(sentence)):
                return self._with_list(best, usable), True
        if self._focus:
            return list(self._focus), False
        return self._ahead(sentence), False

    def _again(self, sentence: Sentence) -> bool:
        return any("place_again" in self._m.tags[j] for j in range(sentence.first, sentence.end))

    def _ahead(self, sentence: Sentence) -> list[Located]:
        for later in self._m.sentences[sentence.number + 1 : sentence.number + 4]:
            fine = [p for p in later.places if p.spot and p.toponym.role == "at" and p.spot.where_prec < 6]
            if fine:
                return fine[:1]
        return []

    def _place_cost(self, place: Located, i: int, sentence: Sentence) -> float:
        topo = place.toponym
        distance = topo.first - i if topo.first > i else (i - topo.last) * 1.3 + 2
        lo, hi = (i, topo.first) if topo.first > i else (topo.last, i)
        cost = float(distance)
        for j in range(lo + 1, min(hi + 1, lo + 60)):
            cost += 4 * (self._m.words.gaps[j] >= COMMA) + 5 * bool({"relative", "clause"} & self._m.tags[j])
        prec = place.spot.where_prec if place.spot else 6
        return cost + {4: 4, 3: 1, 5: 6, 6: 25}.get(prec, 0) + (0 if sentence.headline else 0)

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

    def _when_of(self, sentence: Sentence, i: int) -> tuple[DateMention | None, bool]:
        dates = [d for d in sentence.dates if d.start is not None or d.sense == "ahead"]
        if dates:
            return min(dates, key=lambda d: self._date_cost(d, i)), True
        return self._when, False

    def _date_cost(self, when: DateMention, i: int) -> float:
        lo, hi = (i, when.first) if when.first > i else (when.last, i)
        cost = float(hi - lo)
        for j in range(lo + 1, min(hi + 1, lo + 60)):
            cost += 1.5 * (self._m.words.gaps[j] >= COMMA) + 6 * bool({"relative", "clause"} & self._m.tags[j])
        return cost + (8 if when.precision in ("year", "month") else 0)

    def _dated(self, when: DateMention | None) -> tuple[date | None, date | None, str]:
        if when is not None and when.start is not None:
            return when.start, when.end or when.start, when.precision
        if self._published is None:
            return None, None, "unknown"
        return self._published - _FRESH, self._published, "days"

    def _parties(self, sentence: Sentence, i: int, sort: str) -> list[ActorMention]:
        found = []
        for mention in sentence.actors:
            if (
                mention.role not in ("party", "backer")
                or set(range(mention.first, mention.last + 1)) & sentence.said.words
            ):
                continue
            lo, hi = (i, mention.first) if mention.first > i else (mention.last, i)
            cost = hi - lo + sum(6 for j in range(lo + 1, hi + 1) if {"clause"} & self._m.tags[j])
            if cost <= (22 if sort in VIOLENT else 16):
                found.append(mention)
        return found


def _roles(sort: str, parties: Sequence[ActorMention], i: int) -> tuple[list[str], list[str]]:
    """Who did it and who was hit: after an Arabic verb or noun the doer comes first; civilians only suffer."""
    names = list(dict.fromkeys(m.actor for m in parties))
    if sort == "displace":
        return ["civilians"], []
    active = [n for n in names if n != "civilians"]
    hit = ["civilians"] if "civilians" in names else []
    if sort in _MUTUAL:
        return active, hit if sort == "clash" else []
    after = [m.actor for m in parties if m.first > i and m.actor != "civilians"]
    before = [m.actor for m in parties if m.first < i and m.actor != "civilians"]
    doer = (after or before)[:1] if not before or (after and sort != "kill") else before[-1:]
    backers = [m.actor for m in parties if m.role == "backer" and m.actor not in doer]
    return doer + backers, [n for n in active if n not in doer + backers] + hit


def _type_of(sort: str, actors: Sequence[str]) -> str:
    if sort == "capture":
        state = bool(actors) and actors[0] in _STATES
        return "Government regains territory" if state else "Non-state actor overtakes territory"
    return _TYPES[sort]


def _alike(one: str, other: str) -> bool:
    return one == other or {one, other} <= {"air", "bomb", "shell"} or {one, other} <= {"clash", "kill"} or {
        one, other} <= {"talks", "agree"}  # fmt: skip


def _absorb(draft: Draft, other: Draft) -> None:
    """The same thing told twice: keep the first, add who and where the second knows more."""
    draft.actors = list(dict.fromkeys([*draft.actors, *other.actors]))
    draft.targets = [t for t in dict.fromkeys([*draft.targets, *other.targets]) if t not in draft.actors]
    draft.claimants = list(dict.fromkeys([*draft.claimants, *other.claimants]))
    draft.denied_by = list(dict.fromkeys([*draft.denied_by, *other.denied_by]))
    draft.tolls += other.tolls
    draft.confidence = min(0.99, max(draft.confidence, other.confidence) + 0.03)
    for key, spans in other.spans.items():
        draft.spans[key] = list(dict.fromkeys([*draft.spans.get(key, []), *spans]))


absorb = _absorb
alike = _alike
