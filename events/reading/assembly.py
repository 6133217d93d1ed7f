"""From what a report names to the Reading handed out: mentions, events and issues with their spans."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from events.reading.casualties import killed, tolls_of
from events.reading.dates.mention import DateMention
from events.reading.draft import Draft
from events.reading.mentions import Sentence
from events.reading.reading import CountMention, EventPlace, PlaceMention, ReadEvent, TimeMention
from events.reading.text import LINE, Words
from events.reading.whereabouts import Located


def place_mention(words: Words, found: Located) -> PlaceMention:
    """One place as the reading shows it."""
    topo = found.toponym
    span = words.span(topo.first, topo.last, skip=topo.skip)
    return PlaceMention(
        span=span, text=span.of(words.text), lat=found.point.lat if found.point else None,
        lon=found.point.lon if found.point else None, place=found.place.id if found.place else None,
        kind=found.place.kind if found.place else "unknown", confidence=found.confidence, reasons=found.reasons,
    )  # fmt: skip


def time_mention(words: Words, d: DateMention) -> TimeMention:
    """One time as the reading shows it."""
    return TimeMention(
        span=d.span,
        text=d.span.of(words.text),
        date_start=d.start,
        date_end=d.end,
        precision=d.precision,
        issue=d.issue,
    )


def count_mentions(words: Words, sentences: list[Sentence]) -> Iterator[CountMention]:
    """The numbers of people of a report, in order."""
    for sentence in sentences:
        for toll in tolls_of(words, sentence):
            span = words.span(toll.first, toll.last)
            yield CountMention(span=span, text=span.of(words.text), kind=toll.kind, low=toll.low, high=toll.high)


def read_event(draft: Draft) -> ReadEvent:
    """One event as the reading shows it: whoever is not quoted, the report says so itself."""
    low, high = killed(draft.tolls, bodies=draft.sort == "grave")
    places = [
        EventPlace(name=p.spot.name, place=p.spot.place if p.place else None, lat=p.spot.lat, lon=p.spot.lon,
                   radius_km=p.spot.radius_km, where_prec=p.spot.where_prec)
        for p in draft.where if p.spot
    ]  # fmt: skip
    denied = bool(draft.denied_by) and not draft.claimants
    return ReadEvent(
        sub_event_type=draft.sub_event_type, date_start=draft.start, date_end=draft.end, date_precision=draft.precision,
        places=tuple(places), actors=tuple(draft.actors), targets=tuple(draft.targets), fatalities_low=low,
        fatalities_high=high, claimants=tuple(draft.claimants) or ("report",), denied_by=tuple(draft.denied_by),
        stance="denied" if denied else "unconfirmed" if draft.hedged else "asserted",
        confidence=round(max(0.0, min(0.99, draft.confidence)), 2), reasons=tuple(dict.fromkeys(draft.reasons)),
        spans={what: tuple(spans) for what, spans in draft.spans.items() if spans},
    )  # fmt: skip


def dateline(words: Words, dates: list[DateMention]) -> date | None:
    """The day printed on a line of its own near the top or the end; a day named in a sentence is no dateline."""
    lines = [*words.sentences[:12], *words.sentences[-4:]]
    for first, end in lines:
        alone = words.gaps[first] == LINE and (end >= len(words) or words.gaps[end] == LINE) and end - first <= 9
        for when in dates if alone else ():
            if (
                first <= when.first
                and when.last < end
                and when.precision == "day"
                and when.start
                and when.sense == "at"
            ):
                return when.start
    return None


def issues(dates: list[DateMention], published: date | None, printed: date | None) -> Iterator[str]:
    """What the reader wants known about the dates of a report."""
    if printed is not None:
        yield f"The day of publication, {printed}, was read from the text."
    if published is None and any(d.start is None and d.sense != "ahead" for d in dates):
        yield "The day of publication is unknown: what is dated by «أمس» or a weekday stays undated."
    yield from (d.issue for d in dates if d.issue)
