"""The page "Read a report": a report marked up, the events proposed from it, and what a person makes of them."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from pathlib import Path

import streamlit as st
from streamlit.navigation.page import StreamlitPage

from events.atlas import Atlas
from events.desk import files
from events.desk.batch import batch
from events.desk.desk import Sheet
from events.desk.proposal import Proposal
from events.ui import (
    file_words,
    leaving,
    link,
    read_events,
    read_input,
    read_map,
    read_sheet,
    read_text,
    session,
    shell,
)
from events.ui import read_state as state
from events.ui.language import Language
from events.ui.markup import draw, html, joined
from events.ui.read_state import Said
from events.ui.words import type_name
from events.visitors import TooMuchError

MAP_PX = 430


@cache
def _style() -> str:
    return (Path(__file__).parent / "read.css").read_text("utf-8")


def show(atlas: Atlas, language: Language, map_page: StreamlitPage | None = None) -> None:
    """Draw the page. map_page: where a link leads once events were added to the visitor's map."""
    st.html(f"<style>{_style()}</style>")
    state.begin()
    leaving.watch()
    _take_pick(atlas)
    _head(language)
    _told(language, map_page)
    read_input.show(atlas, language)
    sheet = state.sheet()
    if sheet is None:
        _welcome(language)
        return
    read_sheet.show(sheet, atlas, language)
    _desk(sheet, atlas, language)


def _take_pick(atlas: Atlas) -> None:
    """A symbol of the map was picked: choose its event, or the next one in the same place."""
    places = read_map.take_pick()
    sheet = state.sheet()
    if places is None or sheet is None:
        return
    here = read_map.at_places(_drawn(sheet), places, atlas)
    chosen = state.chosen()
    at = next((n for n, one in enumerate(here) if chosen is not None and one.id == chosen.id), -1)
    if not here:
        state.choose(None)
        return
    state.ask(None)
    state.choose(here[(at + 1) % len(here)].id)


def _drawn(sheet: Sheet) -> list[Proposal]:
    return [one for one in state.visible(sheet) if one.status != "rejected"]


def _head(language: Language) -> None:
    _ = language.gettext
    past = state.history()
    with st.container(horizontal=True, vertical_alignment="center", key="head"):
        draw(
            html(
                "<div class='furat-head'><h1>{title}</h1><p class='furat-count' role='status'>{count}</p></div>",
                title=_("Read a report"), count=_count(language),
            )
        )  # fmt: skip
        st.button(_("Undo"), key="read:undo", icon=":material/undo:", on_click=state.undo, disabled=not past.past,
                  shortcut="Alt+Z")  # fmt: skip
        st.button(_("Redo"), key="read:redo", icon=":material/redo:", on_click=state.redo, disabled=not past.future,
                  shortcut="Alt+Y")  # fmt: skip
        # It also turns the document's language and direction.
        link.show([("lang", language.lang)], language, ours=("lang",))
        shell.language_switch(language)


def _count(language: Language) -> str:
    desk = state.desk()
    if not desk.sheets:
        return ""
    total, accepted = len(desk.proposals), len(desk.with_status("accepted"))
    return language.ngettext(
        "{n} of {total} proposed event accepted", "{n} of {total} proposed events accepted", total
    ).format(n=accepted, total=total)


def _told(language: Language, map_page: StreamlitPage | None) -> None:
    """What the last action came to."""
    said = state.said()
    if said is None:
        return
    with st.container(horizontal=True, vertical_alignment="center", key="read-box-said"):
        draw(
            html(
                "<div class='{tone}' role='{role}'>{lines}</div>",
                tone="furat-note" if said.tone == "wrong" else "furat-done",
                role="alert" if said.tone == "wrong" else "status",
                lines=joined(html("<p dir='auto'>{line}</p>", line=line) for line in said.text(language).split("\n")),
            )
        )
        if said.link and map_page is not None:
            st.page_link(map_page, label=language.gettext("Open the map"), icon=":material/map:")
        st.button(language.gettext("Close"), key="read:said-close", on_click=state.say, args=(None,))


def _welcome(language: Language) -> None:
    _ = language.gettext
    steps = (
        _("Paste an Arabic report. It is marked up: places, dates, actors, numbers, who says so."),
        _("The events it tells of stand beside it and on the map, each value with the words it came from."),
        _("Correct, accept or reject them, merge what is one; link two reports of the same event."),
        _("Add what you accepted to your map, or download it as CSV, GeoJSON or JSON."),
    )
    draw(html("<ol class='furat-steps'>{steps}</ol>", steps=joined(html("<li>{s}</li>", s=step) for step in steps)))


# -- the desk ------------------------------------------------------------------------------------


def _desk(sheet: Sheet, atlas: Atlas, language: Language) -> None:
    _ = language.gettext
    desk = state.desk()
    chosen = state.chosen()
    drawn = _drawn(sheet)
    text, events, place = st.columns([12, 12, 9], gap="medium")
    with text, st.container(key="read-box-text"):
        draw(html("<h2 class='furat-panel-title'>{title}</h2>", title=_("The report")))
        read_text.show(
            sheet, [one for one in desk.proposals if sheet.id in one.sheets], chosen, state.asked(), state.turn(),
            atlas, language, on_ask=lambda span: _ask(sheet, span),
        )  # fmt: skip
    with events, st.container(key="read-box-events"):
        draw(html("<h2 class='furat-panel-title'>{title}</h2>", title=_("Proposed events")))
        with st.container(key="read-box-list", gap="small"):
            read_events.show(sheet, atlas, language)
    with place, st.container(key="read-box-map"):
        draw(html("<h2 class='furat-panel-title'>{title}</h2>", title=_("On the map")))
        read_map.show(drawn, chosen, atlas, language, MAP_PX)
        _unplaced(drawn, language)
        _keep_bar(atlas, language)


def _ask(sheet: Sheet, span: tuple[int, int] | None) -> None:
    """Marked words were pressed: show the events that rest on them; pressed again, all events."""
    if span is None or span == state.asked():
        state.ask(None)
        return
    state.ask(span)
    citing = [one for one in state.visible(sheet) if read_events.cites(one, sheet, span)]
    chosen = state.chosen()
    if len(citing) == 1:
        state.choose(citing[0].id)
        state.ask(span)
    elif chosen is not None and chosen.id not in {one.id for one in citing}:
        state.choose(None)


def _unplaced(drawn: list[Proposal], language: Language) -> None:
    """What the map cannot draw."""
    nowhere = [one for one in drawn if not one.values.places]
    if not nowhere:
        return
    numbers = {one.id: n for n, one in enumerate(state.desk().proposals, start=1)}
    many = language.ngettext(
        "{n} event without a place is not on the map", "{n} events without a place are not on the map", len(nowhere)
    )
    draw(
        html(
            "<div class='furat-small'><p>{text}</p><ul class='furat-list'>{rows}</ul></div>",
            text=many.format(n=len(nowhere)),
            rows=joined(
                html("<li>{n} · {kind}</li>", n=numbers[one.id], kind=type_name(one.values.sub_event_type, language))
                for one in nowhere
            ),
        )
    )


# -- what is kept --------------------------------------------------------------------------------


def _keep_bar(atlas: Atlas, language: Language) -> None:
    """Add what was accepted to the visitor's map; take everything away as files."""
    _ = language.gettext
    desk = state.desk()
    accepted = len(desk.with_status("accepted"))
    with st.container(horizontal=True, vertical_alignment="center", key="read-box-keep", gap="small"):
        st.button(
            _("Add to my map"), key="read:keep", type="primary", icon=":material/add_location_alt:",
            disabled=accepted == 0, on_click=_keep, args=(atlas, language),
        )  # fmt: skip
        named = _("Events read here")
        forms: dict[str, tuple[str, str, Callable[[], bytes]]] = {
            "csv": ("CSV", "text/csv", lambda: files.csv_bytes(desk, atlas=atlas, name=named)),
            "geojson": (
                "GeoJSON", "application/geo+json",
                lambda: files.geojson(desk, atlas=atlas, name=named).encode(),
            ),
            "json": (
                _("Everything (JSON)"), "application/json",
                lambda: files.desk_json(desk, atlas=atlas).encode(),
            ),
        }  # fmt: skip
        for form, (label, mime, content) in forms.items():
            st.download_button(
                label, content, file_name=f"furat-read.{form}", mime=mime, on_click="ignore",
                icon=":material/download:", key=f"read:download:{form}", disabled=not desk.proposals,
            )  # fmt: skip
        draw(
            html(
                "<p class='furat-small'>{files} {kept}</p>",
                files=_("CSV and GeoJSON hold the accepted events.") if accepted
                else _("CSV and GeoJSON hold all proposed events as long as none is accepted."),
                kept=_("Your map lives in this browser session only; a link you share does not carry it."),
            )
        )  # fmt: skip


def _keep(atlas: Atlas, language: Language) -> None:
    """Put the accepted events on the visitor's map in place of those added before."""
    found = batch(state.desk(), atlas=atlas, name=language.gettext("Events read here"))
    try:
        session.keep(found)
    except TooMuchError as error:
        fault = str(error)
        state.say(Said(text=lambda spoken: file_words.said(fault, spoken), tone="wrong"))
        return
    n = len(found.events)

    def told(spoken: Language) -> str:
        return spoken.ngettext(
            "{n} event is on your map, for this browser session; adding again replaces it.",
            "{n} events are on your map, for this browser session; adding again replaces them.",
            n,
        ).format(n=n)

    state.say(Said(text=told, link=True))
