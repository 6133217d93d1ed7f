"""The drafts of a report, sentence by sentence: each thing once, with its dead and wounded."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from events.reading.casualties import Toll, tolls_of
from events.reading.civilians import hit_civilians
from events.reading.context import Context
from events.reading.draft import VIOLENT, Draft, absorb, alike
from events.reading.drafting import Drafter
from events.reading.facts import Fact, facts_of
from events.reading.mentions import Mentions, Sentence
from events.reading.morphology import ARTICLES
from events.reading.statements import announcement, speakers
from events.reading.text import Words

_TELLING = frozenset({"grave", "arrest", "abduct", "disrupt", "fire", "protest", "execute"})
"""Sorts beside which «مقتل» tells of their dead, not of a fight of its own; so do the violent ones."""


def find_drafts(mentions: Mentions, published: date | None) -> list[Draft]:
    """Every draft of a report, in order."""
    drafter = Drafter(mentions, published)
    found: list[Draft] = []
    for sentence in mentions.sentences:
        if not sentence.caption:
            found += _of_sentence(mentions, drafter, sentence)
        drafter.remember(sentence)
    return found


def _of_sentence(mentions: Mentions, drafter: Drafter, sentence: Sentence) -> list[Draft]:
    found: list[Draft] = []
    facts = _facts(mentions, sentence)
    context = Context(facts)
    for fact in facts:
        draft = drafter.draft(sentence, fact, context)
        if draft is None:
            continue
        twin = next((d for d in found if _same(d, draft)), None)
        if twin is not None:
            twin.definite = twin.definite or draft.definite
            absorb(twin, draft)
        else:
            found.append(draft)
    if len(found) > 1:
        found = [d for d in found if d.sort != "statement"] or found[:1]
    told = any(d.sort == "statement" for d in found)
    if not told and (statement := _statement(mentions, drafter, sentence, beside=bool(found))) is not None:
        found.append(statement)
    _share_tolls(mentions.words, found, tolls_of(mentions.words, sentence))
    for draft in found:
        if not draft.targets and hit_civilians(mentions.words, sentence, draft):
            draft.targets = ["civilians"]
    return found


def _facts(mentions: Mentions, sentence: Sentence) -> list[Fact]:
    """The facts of a sentence; dead of whom another word tells how they died are no fact of their own."""
    facts = facts_of(mentions, sentence)
    explained = any(f.sort in VIOLENT | _TELLING for f in facts)
    return [f for f in facts if f.sort != "kill" or not (explained or f.hit.clitic in ARTICLES - {""})]


def _statement(mentions: Mentions, drafter: Drafter, sentence: Sentence, *, beside: bool) -> Draft | None:
    """What a quoted party announces: of its first speaker alone."""
    fact = announcement(mentions, sentence, beside=beside)
    draft = drafter.draft(sentence, fact, Context([fact])) if fact is not None else None
    if draft is not None:
        draft.actors, draft.targets = speakers(sentence)[:1], []
    return draft


def _same(one: Draft, other: Draft) -> bool:
    """Whether two drafts of a sentence tell of one thing."""
    search = {one.sort, other.sort} == {"arrest", "disrupt"}
    if not (alike(one.sort, other.sort) or search):
        return False
    if one.sort == other.sort == "capture" and one.actors[:1] != other.actors[:1]:
        return False
    a = {p.spot.place for p in one.where if p.spot}
    b = {p.spot.place for p in other.where if p.spot}
    return (not a or not b or bool(a & b)) and one.start == other.start


def _share_tolls(words: Words, drafts: Sequence[Draft], tolls: Sequence[Toll]) -> None:
    """Give each toll to the nearest draft that kills, or to the nearest where none does."""
    deadly = [d for d in drafts if d.sort in VIOLENT or d.sort == "kill"] or drafts
    for toll in tolls if deadly else ():
        at = words.starts[toll.first]
        nearest = min(deadly, key=lambda d: (abs(d.trigger.start - at), d.trigger.start))
        nearest.tolls.append(toll)
        nearest.spans.setdefault("fatalities", []).append(words.span(toll.first, toll.last))
