"""The map page: filters, the map, the events beside it, the time line and the table."""

from __future__ import annotations

import time

import streamlit as st

from events.atlas import Atlas
from events.selection import Ignored, Selection, query_string
from events.ui import events_panel, filters, link, own, session, shell, table, timeline
from events.ui import map as event_map
from events.ui.language import Language
from events.ui.markup import draw, html, joined
from events.ui.tiles import NAMES
from events.ui.titles import title

MAP_PX = 620
MOST_SOURCES = 50


def show(atlas: Atlas, language: Language) -> None:
    """Draw the page."""
    chosen = event_map.take_pick()
    if chosen is not None:
        session.pick(tuple(key for key in chosen if key in atlas.vocabulary.places))
    # A place may have gone with a file that the visitor let go of.
    session.pick(tuple(key for key in session.places() if key in atlas.vocabulary.places))
    view = session.view(atlas)
    selection = view.selection
    _note_ignored(session.ignored(), language)
    head = st.container(horizontal=True, vertical_alignment="center", key="head")
    # An empty box holds the sidebar open, lest the map change its width when the filters come.
    aside = st.sidebar.container(key="aside")
    left, right = st.columns([7, 4], gap="medium")
    with head:
        _count(atlas, selection, language)
    with left:
        _drawn_as(language)
        began = time.monotonic()
        event_map.show(
            # The version makes the map ask again when the data behind it have changed, the tries when they were away.
            query=query_string(
                [*selection.params(), *session.own_params(), ("data", f"{atlas.store.version}.{session.tries()}")]
            ),
            draw=view.draw,
            lang=language.lang,
            picked=view.places,
            tiles=session.background(),
            view=view.at,
            focus=session.focus(),
            bounds=atlas.store.extent(Selection()),
            height=MAP_PX,
            session=session.token(),
            strings=event_map.strings(language.gettext, language.ngettext),
        )
    # All else is drawn once the map has its events: it wants the same processor and the same browser.
    session.let_map_first(atlas, selection, since=began)
    with head:
        link.show(view.params(), language)
        shell.language_switch(language)
    with aside:
        own.show(language)
        filters.show(atlas, selection, language)
        _background(language)
    with left:
        _undrawn(atlas, selection, language)
    with right, st.container(height=MAP_PX + 16, border=False, key="panel"):
        events_panel.show(atlas, selection, view.places, language, on_clear=lambda: session.pick(()))
    timeline.show(atlas, selection, language)
    table.show(atlas, selection, language, on_pick=session.pick)
    _sources(atlas, language)


def _count(atlas: Atlas, selection: Selection, language: Language) -> None:
    _ = language.gettext
    text = _("{n} of {total} events").format(n=f"{atlas.store.count(selection):,}", total=f"{atlas.store.total:,}")
    draw(
        html(
            "<div class='furat-head'><h1>Furat · الفرات</h1><p class='furat-count' role='status'>{text}</p></div>",
            text=text,
        )
    )


def _drawn_as(language: Language) -> None:
    """The switch between the ways of drawing the events; `session.drawn_as` says which is on."""
    _ = language.gettext
    names = {"symbols": _("Symbols"), "heat": _("Heat"), "hexagons": _("Hexagons")}
    st.radio(
        _("Drawn as"),
        list(names),
        format_func=names.__getitem__,
        key=session.DRAWN_AS,
        horizontal=True,
        label_visibility="collapsed",
        persist_state="session",
    )


def _background(language: Language) -> None:
    """The choice of an online background beside the bundled map; `session.background` says which is on."""
    _ = language.gettext
    names = {"": _("Bundled map, nothing from the internet")} | NAMES
    st.radio(
        _("Background"),
        list(names),
        format_func=names.__getitem__,
        key=session.BACKGROUND,
        persist_state="session",
        help=_("An online background is fetched by your browser from its provider, who then sees your address."),
    )


def _undrawn(atlas: Atlas, selection: Selection, language: Language) -> None:
    """Count and list what the map or the chart by day cannot draw, and why."""
    _ = language.gettext
    missing = atlas.store.undrawn(selection)
    parts = []
    if missing.n_nowhere:
        many = language.ngettext(
            "{n} event without a place is not on the map",
            "{n} events without a place are not on the map",
            missing.n_nowhere,
        )
        parts.append((many.format(n=f"{missing.n_nowhere:,}"), missing.nowhere, missing.n_nowhere))
    if missing.n_undated:
        many = language.ngettext(
            "{n} event without a date is not in the chart by day",
            "{n} events without a date are not in the chart by day",
            missing.n_undated,
        )
        text = many.format(n=f"{missing.n_undated:,}")
        if selection.date_from or selection.date_to:
            text += " " + _("(left out by the dates)")
        parts.append((text, missing.undated, missing.n_undated))
    if not parts:
        return
    with st.expander(language.joined(text for text, _rows, _n in parts)):
        for text, rows, n in parts:
            titles = joined(html("<li><bdi>{title}</bdi></li>", title=title(row, atlas, language)) for row in rows)
            draw(html("<p><strong>{text}</strong></p><ul class='furat-list'>{titles}</ul>", text=text, titles=titles))
            if n > len(rows):
                st.caption(_("The first {shown} of {n}; a download has them all.").format(shown=len(rows), n=f"{n:,}"))


def _note_ignored(ignored: tuple[Ignored, ...], language: Language) -> None:
    """Say what in the link made no sense, once, until the reader closes the note."""
    if not ignored:
        return
    _ = language.gettext
    reasons = {
        "unknown": _("not known here"),
        "not a day": _("not a day"),
        "too many": _("too many values"),
        "not a view": _("not a view of the map"),
        "turned round": _("last day before first; turned round"),
    }
    items = joined(
        html(
            "<li><code>{param}={value}</code>: {reason}</li>",
            param=item.param,
            value=item.value[:80],
            reason=reasons[item.reason],
        )
        for item in ignored[:10]
    )
    with st.container(key="ignored"):
        draw(
            html(
                "<div class='furat-note' role='alert'><p>{title}</p><ul>{items}</ul></div>",
                title=_("Part of this link makes no sense and was left out:"),
                items=items,
            )
        )
        st.button(_("Close"), key="ignored:close", on_click=session.forget_ignored)


def _sources(atlas: Atlas, language: Language) -> None:
    _ = language.gettext
    with st.expander(_("The reports behind this map")):
        reports, n = atlas.store.reports(most=MOST_SOURCES), atlas.store.n_reports()
        rows = joined(html("<li>{source}</li>", source=events_panel.citation(r, language)) for r in reports)
        draw(html("<ol class='furat-list'>{rows}</ol>", rows=rows))
        if n > len(reports):
            st.caption(_("The first {shown} of {n}; a download has them all.").format(shown=len(reports), n=f"{n:,}"))
