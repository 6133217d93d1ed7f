"""The report with its words marked: places, dates, actors, numbers, voices and what tells of events.

The text goes to the browser as JSON and reaches the page by `textContent` only.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import streamlit as st

from events.atlas import Atlas
from events.desk.desk import Sheet
from events.desk.proposal import Proposal
from events.desk.titles import actor_name, figure
from events.reading.reading import PlaceMention, TimeMention
from events.reading.text import Span
from events.ui import read_state as state
from events.ui.language import Language
from events.ui.read_words import count_kind, place_reason, reason, role
from events.ui.words import N_, place_kind, type_name

KEY = "read_text"
PAGE = 15_000
"""Characters marked up at a time; a longer report is paged."""
KINDS = {
    "place": N_("Places"), "date": N_("Dates"), "actor": N_("Actors"), "number": N_("Numbers"),
    "voice": N_("Who says so"), "event": N_("What tells of an event"),
}  # fmt: skip
_ASSETS = Path(__file__).parent / "assets" / "read"
_VOICES = ("claimants", "denied_by")


@dataclass(frozen=True, kw_only=True)
class Mark:
    """Words that are marked. colours: of the sides they stand for. told: what they were taken for, line by line."""

    span: Span
    kind: str
    told: tuple[str, ...]
    colours: tuple[str, ...] = ()


@cache
def _component() -> Callable[..., Any]:
    return st.components.v2.component(
        "furat.report",
        js=(_ASSETS / "text.js").read_text("utf-8"),
        css=(_ASSETS / "text.css").read_text("utf-8"),
        isolate_styles=True,
    )


def show(
    sheet: Sheet, proposals: Sequence[Proposal], chosen: Proposal | None, asked: tuple[int, int] | None, turn: int,
    atlas: Atlas, language: Language, on_ask: Callable[[tuple[int, int] | None], None],
) -> None:  # fmt: skip
    """Draw the open report. proposals: those it tells of. turn: a new value brings the chosen words into view.

    on_ask: called with the span of the words that the visitor presses.
    """
    marks = marks_of(sheet, proposals, atlas, language)
    told = _told(sheet, chosen)
    pages = _pages(sheet.text)
    page = _page(sheet, pages, told, language)
    first, last = pages[page]
    here = [mark for mark in marks if first <= mark.span.start and mark.span.end <= last]
    if not asked:
        asked = None

    def pressed() -> None:
        on_ask(_span(st.session_state[KEY].get("pressed"), len(sheet.text)))

    _component()(
        key=KEY,
        data={
            "text": f"{sheet.id}:{first}",
            "dir": "rtl" if sheet.language == "ar" else "ltr",
            "lang": sheet.language,
            "pageDir": "rtl" if language.rtl else "ltr",
            "label": language.gettext("The report; arrow keys move between marked words, Enter asks about them"),
            "paragraphs": list(_paragraphs(sheet.text, first, last, here)),
            "marks": [_mark(mark) for mark in here],
            "cited": {n: names for n, mark in enumerate(here) if (names := _roles(mark.span, told, language))},
            "asked": next((n for n, m in enumerate(here) if (m.span.start, m.span.end) == asked), None),
            "turn": turn,
            "legend": [
                [kind, language.gettext(name)] for kind, name in KINDS.items() if kind in {m.kind for m in marks}
            ],
        },
        on_pressed_change=pressed,
    )


def _span(value: object, length: int) -> tuple[int, int] | None:
    """What the browser says was pressed; it wrote `value`."""
    if not isinstance(value, dict):
        return None
    start, end = value.get("start"), value.get("end")
    if not isinstance(start, int) or not isinstance(end, int) or not 0 <= start < end <= length:
        return None
    return start, end


def _mark(mark: Mark) -> dict[str, Any]:
    return {
        "start": mark.span.start, "end": mark.span.end, "kind": mark.kind, "told": list(mark.told),
        "colours": list(mark.colours),
    }  # fmt: skip


def _told(sheet: Sheet, chosen: Proposal | None) -> list[tuple[Span, str]]:
    """The words of the chosen proposal in this report, with the value they speak for."""
    if chosen is None:
        return []
    return [
        (span, what)
        for telling in chosen.tellings
        if telling.sheet == sheet.id
        for what, spans in telling.event.spans.items()
        for span in spans
    ]


def _roles(span: Span, told: Sequence[tuple[Span, str]], language: Language) -> list[str]:
    found = (what for other, what in told if other.start < span.end and span.start < other.end)
    return [role(what, language) for what in dict.fromkeys(found)]


# -- marks ---------------------------------------------------------------------------------------


def marks_of(sheet: Sheet, proposals: Sequence[Proposal], atlas: Atlas, language: Language) -> list[Mark]:
    """The marks of a report in order, none over another: of two that overlap the longer, then the first kind."""
    colours = _colours(proposals, atlas)
    rank = list(KINDS)
    found = [*_mentions(sheet, colours, atlas, language), *_event_words(sheet, proposals, language)]
    found.sort(key=lambda mark: (mark.span.start - mark.span.end, rank.index(mark.kind), mark.span.start))
    taken: list[tuple[int, int]] = []
    kept = []
    for mark in found:
        start, end = mark.span.start, mark.span.end
        at = bisect_right(taken, (start, end))
        if start < end and (at == 0 or taken[at - 1][1] <= start) and (at == len(taken) or end <= taken[at][0]):
            taken.insert(at, (start, end))
            kept.append(mark)
    return sorted(kept, key=lambda mark: mark.span.start)


def _mentions(sheet: Sheet, colours: dict[str, tuple[str, ...]], atlas: Atlas, language: Language) -> Iterator[Mark]:
    _ = language.gettext
    reading = sheet.reading
    for place in reading.mentions:
        sides = colours.get(place.place or "", ())
        yield Mark(span=place.span, kind="place", told=_of_place(place, atlas, language), colours=sides)
    for time in reading.times:
        yield Mark(span=time.span, kind="date", told=_of_time(time, atlas, language))
    for party in reading.parties:
        known = party.actor in atlas.vocabulary.actors
        yield Mark(
            span=party.span, kind="actor",
            told=(actor_name(party.actor, atlas, language.lang),
                  language.name(atlas.side(party.actor)) if known else ""),
            colours=(atlas.side(party.actor).colour,) if known else (),
        )  # fmt: skip
    for count in reading.counts:
        told = f"{count_kind(count.kind, language)}: {figure(count.low, count.high, language.lang)}"
        yield Mark(span=count.span, kind="number", told=(told,))


def _of_place(place: PlaceMention, atlas: Atlas, language: Language) -> tuple[str, ...]:
    _ = language.gettext
    reasons = tuple(filter(None, (place_reason(why, language, atlas) for why in place.reasons)))
    if place.place is None or place.place not in atlas.gazetteer:
        return (_("A place that the gazetteer does not know"), *reasons)
    known = atlas.place(place.place)
    above = [language.name(area) for area in atlas.gazetteer.ancestors(known.id)[:2]]
    sure = _("confidence {n}").format(n=f"{place.confidence:.2f}")
    return (language.name(known), language.joined([place_kind(known.kind, language), *above]), sure, *reasons)


def _of_time(time: TimeMention, atlas: Atlas, language: Language) -> tuple[str, ...]:
    _ = language.gettext
    if time.date_start is None or time.date_end is None:
        return (_("Not dated: the day of publication is unknown"),)
    issue = (reason(time.issue, atlas, language),) if time.issue else ()
    return (language.days(time.date_start, time.date_end), *issue)


def _event_words(sheet: Sheet, proposals: Sequence[Proposal], language: Language) -> Iterator[Mark]:
    """The words that tell of events, and of who says so, where the reader points at them."""
    types: dict[Span, dict[str, None]] = {}
    voices: dict[Span, dict[str, None]] = {}
    for proposal in proposals:
        for telling in proposal.tellings:
            if telling.sheet != sheet.id:
                continue
            for what, spans in telling.event.spans.items():
                for span in spans:
                    if what in _VOICES:
                        voices.setdefault(span, {})[role(what, language)] = None
                    elif what == "event":
                        types.setdefault(span, {})[type_name(proposal.values.sub_event_type, language)] = None
    for span, names in types.items():
        yield Mark(span=span, kind="event", told=tuple(names))
    for span, names in voices.items():
        yield Mark(span=span, kind="voice", told=tuple(names))


def _colours(proposals: Sequence[Proposal], atlas: Atlas) -> dict[str, tuple[str, ...]]:
    """The colours of the sides that act in each place, in the order of the map's ring."""
    sides: dict[str, set[str]] = {}
    for proposal in proposals:
        if proposal.status != "rejected":
            acting = {atlas.side(key).id for key in proposal.values.actors if key in atlas.vocabulary.actors}
            for place in proposal.values.places:
                sides.setdefault(place.place or "", set()).update(acting)
    order = atlas.dataset.sides.values()
    return {place: tuple(side.colour for side in order if side.id in here) for place, here in sides.items()}


# -- pages and paragraphs ------------------------------------------------------------------------


def _pages(text: str) -> list[tuple[int, int]]:
    """Where each page of the text begins and ends: at lines, where lines are short enough."""
    pages = []
    start = 0
    while len(text) - start > PAGE * 1.2:
        end = text.rfind("\n", start + PAGE // 2, start + PAGE) + 1 or start + PAGE
        pages.append((start, end))
        start = end
    return [*pages, (start, len(text))]


def _page(sheet: Sheet, pages: Sequence[tuple[int, int]], told: Sequence[tuple[Span, str]], language: Language) -> int:
    """The page to show, from 0: the visitor's, or that of the words just chosen."""
    if len(pages) == 1:
        return 0
    at = min((span.start for span, _ in told), default=None)
    jump = None if at is None else max(n for n, (start, _) in enumerate(pages) if start <= at)
    st.caption(
        language.gettext("A long report: {n:,} characters, shown in {pages} pages.").format(
            n=len(sheet.text), pages=len(pages)
        )
    )
    return state.paged(sheet.id, len(pages), jump)


def _paragraphs(text: str, first: int, last: int, marks: Sequence[Mark]) -> Iterator[list[list[Any]]]:
    """Paragraphs of [text, number of its mark or None]; a mark never crosses a line but may be cut by one."""
    pieces: list[tuple[int, int, int | None]] = []
    at = first
    for number, mark in enumerate(marks):
        pieces += [(at, mark.span.start, None), (mark.span.start, mark.span.end, number)]
        at = mark.span.end
    pieces.append((at, last, None))
    paragraph: list[list[Any]] = []
    for start, end, n in pieces:
        for row, line in enumerate(_lines(text[start:end])):
            if row and paragraph:
                yield paragraph
                paragraph = []
            if line:
                paragraph.append([line, n])
    if paragraph:
        yield paragraph


def _lines(text: str) -> Iterable[str]:
    return text.replace("\r", "\n").split("\n")
