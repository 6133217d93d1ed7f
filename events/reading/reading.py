"""What the reader hands out: mentions and proposed events of one article, each pointing at its words."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from events.reading.text import Span


@dataclass(frozen=True, kw_only=True, slots=True)
class PlaceMention:
    """A name of a place. lat, lon: degrees WGS 84, None where it was not found. place: id of the gazetteer or None."""

    span: Span
    text: str
    lat: float | None
    lon: float | None
    place: str | None
    kind: str
    confidence: float
    reasons: tuple[str, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class TimeMention:
    """A time as written and as meant, both ends inclusive; None where nothing tells them: see `dates.mention`."""

    span: Span
    text: str
    date_start: date | None
    date_end: date | None
    precision: str
    issue: str


@dataclass(frozen=True, kw_only=True, slots=True)
class PartyMention:
    """Words that name an actor; ``actor`` is an id."""

    span: Span
    text: str
    actor: str


@dataclass(frozen=True, kw_only=True, slots=True)
class CountMention:
    """A number of people killed, wounded, captured, displaced, or of bodies; ``high`` None for "at least"."""

    span: Span
    text: str
    kind: str
    low: int
    high: int | None


@dataclass(frozen=True, kw_only=True, slots=True)
class EventPlace:
    """Where an event is put. where_prec: UCDP 1–7; radius in km. place: id of the gazetteer or None."""

    name: str
    place: str | None
    lat: float
    lon: float
    radius_km: float
    where_prec: int


@dataclass(frozen=True, kw_only=True, slots=True)
class ReadEvent:
    """A proposed event. ``spans``: the words each value came from. confidence: 0–1, apart from precision.

    Dates are None where neither the text nor publication dates it. fatalities: None is "not said".
    """

    sub_event_type: str
    date_start: date | None
    date_end: date | None
    date_precision: str
    places: tuple[EventPlace, ...]
    actors: tuple[str, ...]
    targets: tuple[str, ...]
    fatalities_low: int | None
    fatalities_high: int | None
    claimants: tuple[str, ...]
    denied_by: tuple[str, ...]
    stance: str
    confidence: float
    reasons: tuple[str, ...]
    spans: dict[str, tuple[Span, ...]]


@dataclass(frozen=True, kw_only=True, slots=True)
class Reading:
    """One article read."""

    published: date | None
    publisher: str | None
    title: str
    text: str
    mentions: tuple[PlaceMention, ...]
    times: tuple[TimeMention, ...]
    parties: tuple[PartyMention, ...]
    counts: tuple[CountMention, ...]
    events: tuple[ReadEvent, ...]
    issues: tuple[str, ...]

    def as_json(self, *, docno: str) -> dict[str, Any]:
        """The reading in the shape that scorers take, with spans, confidence and reasons; plain JSON values."""
        return {
            "docno": docno,
            "published": _iso(self.published),
            "publisher": self.publisher,
            "title": self.title,
            "mentions": [
                {"start": m.span.start, "end": m.span.end, "text": m.text, "lat": m.lat, "lon": m.lon, "place": m.place,
                 "kind": m.kind, "confidence": m.confidence, "reasons": list(m.reasons)}
                for m in self.mentions
            ],
            "dates": [
                {**_span(t.span), "text": t.text, "date_start": _iso(t.date_start), "date_end": _iso(t.date_end),
                 "precision": t.precision, "issue": t.issue}
                for t in self.times
            ],
            "actors": [{**_span(p.span), "text": p.text, "actor": p.actor} for p in self.parties],
            "numbers": [
                {**_span(c.span), "text": c.text, "kind": c.kind, "low": c.low, "high": c.high} for c in self.counts
            ],
            "events": [_event(event, f"{docno}-{n}") for n, event in enumerate(self.events, start=1)],
            "issues": list(self.issues),
        }  # fmt: skip


def _event(event: ReadEvent, key: str) -> dict[str, Any]:
    places = [
        {
            "name": p.name,
            "id": p.place,
            "lat": p.lat,
            "lon": p.lon,
            "radius_km": p.radius_km,
            "where_prec": p.where_prec,
        }
        for p in event.places
    ]
    return {
        "id": key,
        "sub_event_type": event.sub_event_type,
        "date_start": _iso(event.date_start),
        "date_end": _iso(event.date_end),
        "date_precision": event.date_precision,
        "place": places[0] if places else None,
        "places": places,
        "actors": list(event.actors),
        "targets": list(event.targets),
        "fatalities_low": event.fatalities_low,
        "fatalities_high": event.fatalities_high,
        "claimants": list(event.claimants),
        "denied_by": list(event.denied_by),
        "stance": event.stance,
        "confidence": event.confidence,
        "reasons": list(event.reasons),
        "spans": {what: [_span(span) for span in spans] for what, spans in event.spans.items()},
    }


def _span(span: Span) -> dict[str, int]:
    return {"start": span.start, "end": span.end}


def _iso(day: date | None) -> str | None:
    return day.isoformat() if day else None
