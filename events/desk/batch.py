"""From the desk to events: reports, events and claims of the accepted proposals, each value with its words."""

from __future__ import annotations

import hashlib
import re
from bisect import bisect_right
from collections.abc import Iterator, Mapping, Sequence

from events.atlas import Atlas
from events.desk.desk import Desk, Sheet
from events.desk.proposal import Proposal, Status, Telling
from events.desk.titles import summary, title
from events.desk.values import Values
from events.model import SUB_EVENT_TYPES, Batch, Claim, Event, Report, Stance
from events.reading.reading import EventPlace, ReadEvent
from geo.place import Place

BATCH_ID = "read"
OWN_VOICE = "report"
UNNAMED_VOICE = "local_source"
LONGEST_HEADLINE = 160
_MAIN = {sub: main for main, subs in SUB_EVENT_TYPES.items() for sub in subs}
_WORDS = {"event": "sub_event_type"}
"""What the reader calls a value and the event calls otherwise."""
_NOTES = {
    "person": "given by the person who read it here", "text": "read from the text", "file": "from the file",
    "": "unknown",
}  # fmt: skip


def batch(desk: Desk, *, atlas: Atlas, name: str, statuses: Sequence[Status] = ("accepted",)) -> Batch:
    """The events of the proposals of these statuses. name: what the visitor sees it called.

    Its id is always BATCH_ID: adding it again replaces what was added before. A claimant or actor that the
    data set does not hold is filed under the nearest it holds, and the event's note says so.
    """
    sheets = {sheet.id: sheet for sheet in desk.sheets}
    chosen = desk.with_status(*statuses)
    events = {one.id: _event(one, atlas) for one in chosen}
    places = {own_id(p): _own_place(p) for one in chosen for p in one.values.places if _foreign(p, atlas)}
    paragraphs = {key: Paragraphs(sheets[key].text) for one in chosen for key in one.sheets}
    claims = [claim for one in chosen for claim in _claims(one, paragraphs, atlas)]
    cited = dict.fromkeys(claim.report for claim in claims)
    return Batch(
        id=BATCH_ID, name=name, reports={key: report(sheets[key], atlas) for key in cited}, events=events,
        claims={claim.id: claim for claim in claims}, places=places,
    )  # fmt: skip


def _event(proposal: Proposal, atlas: Atlas) -> Event:
    values = proposal.values
    known = atlas.vocabulary.actors
    low, high = values.fatalities_low, values.fatalities_high
    return Event(
        id=proposal.id, event_type=_MAIN[values.sub_event_type], sub_event_type=values.sub_event_type,
        date_start=values.date_start, date_end=values.date_end, date_prec=values.date_prec,
        places=tuple(dict.fromkeys(place_id(p, atlas) for p in values.places)), where_prec=values.where_prec,
        actors=tuple(key for key in values.actors if key in known),
        targets=tuple(key for key in values.targets if key in known),
        fatalities_low=low, fatalities_best=low if low == high else None, fatalities_high=high,
        civilians=values.civilians, title_en=title(values, atlas, "en"), title_ar=title(values, atlas, "ar"),
        note=" ".join(_remarks(proposal, atlas)), origin="read", confidence=proposal.confidence,
    )  # fmt: skip


def _remarks(proposal: Proposal, atlas: Atlas) -> Iterator[str]:
    n = len(proposal.sheets)
    yield f"Read from {n} {'report' if n == 1 else 'reports'}; {proposal.status} by a person."
    if proposal.was:
        yield f"Coded by a person: {', '.join(sorted(proposal.was))}."
    strange = [key for key in (*proposal.values.actors, *proposal.values.targets) if key not in atlas.vocabulary.actors]
    if strange:
        yield f"Also took part, but no table holds them: {', '.join(strange)}."
    for voice in dict.fromkeys(v for t in proposal.tellings for v in (*t.claimants, *t.denied_by)):
        if (filed := filed_under(voice, atlas)) != voice:
            yield f"Who says so is {spoken_of(voice)!r}, filed under {filed!r}."


def filed_under(voice: str, atlas: Atlas) -> str:
    """The claimant of the data set for a voice of the reader's; «other:…» and unknown ones under the nearest."""
    bare = voice.removeprefix("other:")
    for key in (voice, bare):
        if key in atlas.vocabulary.claimants:
            return key
    return UNNAMED_VOICE if UNNAMED_VOICE in atlas.vocabulary.claimants else OWN_VOICE


def spoken_of(voice: str) -> str:
    """A voice that no table holds, in words."""
    return voice.removeprefix("other:").replace("_", " ")


def _foreign(place: EventPlace, atlas: Atlas) -> bool:
    return place.place is None or place.place not in atlas.gazetteer


def place_id(place: EventPlace, atlas: Atlas) -> str:
    """The id of an event's place: the gazetteer's, or one of the desk's own."""
    return own_id(place) if place.place is None or place.place not in atlas.gazetteer else place.place


def own_id(place: EventPlace) -> str:
    """The id of a place that the gazetteer does not hold, made from its name and point."""
    told = f"{place.name}|{place.lat:.5f}|{place.lon:.5f}|{place.radius_km:g}"
    return f"read_at_{hashlib.sha256(told.encode('utf-8', 'replace')).hexdigest()[:10]}"


def _own_place(place: EventPlace) -> Place:
    name = " ".join(place.name.split()) or "?"
    arabic = any("\u0600" <= c <= "\u06ff" for c in name)
    return Place(
        id=own_id(place), name_en=name, name_ar=name if arabic else "", kind="region", lat=place.lat, lon=place.lon,
        radius_km=max(place.radius_km, 0.1), parent=None, source="placed by the reader from the words of a report",
    )  # fmt: skip


def _claims(proposal: Proposal, paragraphs: Mapping[str, Paragraphs], atlas: Atlas) -> Iterator[Claim]:
    number = 0
    for telling in proposal.tellings:
        spans = spans_of(telling.event)
        paragraph = paragraphs[telling.sheet].of(_told_at(telling.event))
        told = _told(telling, proposal)
        # Two voices of a report may be filed under one claimant; each stance of it is one claim.
        for voice, stance in dict.fromkeys((filed_under(voice, atlas), stance) for voice, stance in voices(telling)):
            number += 1
            denies = stance == "denies"
            low, high = (None, None) if denies else (told.fatalities_low, told.fatalities_high)
            yield Claim(
                id=f"{proposal.id}__{number}", event=proposal.id, report=telling.sheet, claimant=voice, stance=stance,
                paragraph=paragraph, fatalities_low=low, fatalities_high=high,
                summary_en=summary(told.sub_event_type, told.places, low, high, atlas, "en"),
                summary_ar=summary(told.sub_event_type, told.places, low, high, atlas, "ar"), spans=spans,
            )  # fmt: skip


def _told(telling: Telling, proposal: Proposal) -> Values | ReadEvent:
    """What a voice claims: where one report tells all, what a person made of it; else what was read in its own."""
    return telling.event if proposal.of else proposal.values


def voices(telling: Telling) -> Iterator[tuple[str, Stance]]:
    """Who says so and who denies it. What is only denied has no voice for it: the reader names the report itself."""
    only_denied = telling.stance == "denied" and telling.denied_by
    if not (only_denied and set(telling.claimants) <= {OWN_VOICE}):
        for voice in telling.claimants or (OWN_VOICE,):
            yield voice, "unconfirmed" if telling.stance == "unconfirmed" else "asserts"
    for voice in telling.denied_by:
        yield voice, "denies"


def spans_of(event: ReadEvent) -> dict[str, tuple[tuple[int, int], ...]]:
    """The words of each value, as a claim holds them."""
    return {_WORDS.get(what, what): tuple((s.start, s.end) for s in spans) for what, spans in event.spans.items()}


def _told_at(event: ReadEvent) -> int:
    told = event.spans.get("event") or [span for spans in event.spans.values() for span in spans]
    return min((span.start for span in told), default=0)


class Paragraphs:
    """The paragraphs of a text: its lines that are not empty, counted from 1."""

    def __init__(self, text: str) -> None:
        self._starts = [found.start() for found in re.finditer(r"[^\n]*\S[^\n]*", text)]

    def of(self, at: int) -> int:
        """The number of the paragraph that holds the character at `at`."""
        return max(1, bisect_right(self._starts, at))


def report(sheet: Sheet, atlas: Atlas) -> Report:
    """The report of a sheet, cited: its publisher in both languages where a table knows it."""
    publisher_en, publisher_ar = _publisher(sheet.reading.publisher or "", atlas)
    return Report(
        id=sheet.id, publisher_en=publisher_en, publisher_ar=publisher_ar, headline=headline(sheet),
        published=sheet.published, published_note=_NOTES[sheet.day_from], language=sheet.language, url=sheet.url or "",
        licence="Copyright of the publisher; cited, not copied", sha256=sheet.sha256,
    )  # fmt: skip


def _publisher(name: str, atlas: Atlas) -> tuple[str, str]:
    name = " ".join(name.split())[:200]
    if not name:
        return "Unknown publisher", "ناشر غير معروف"
    tables = [(r.publisher_en, r.publisher_ar) for r in atlas.dataset.reports.values()]
    tables += [(c.name_en, c.name_ar) for c in atlas.dataset.claimants.values()]
    return next((both for both in tables if name.casefold() in (both[0].casefold(), both[1].casefold())), (name, name))


def headline(sheet: Sheet) -> str:
    """The report's headline; the name it bears here where its first line is a sentence of its body."""
    said = " ".join(sheet.reading.title.split())
    following = sheet.text[: 20 * LONGEST_HEADLINE].strip().partition("\n")[2].strip()
    if said and following and len(said) <= LONGEST_HEADLINE and not said.endswith((".", "،", ":", "؛")):
        return said
    return sheet.name
