"""The table of exactly the events shown, and the same as files."""

from __future__ import annotations

import io
from collections.abc import Callable

import streamlit as st

from events.atlas import Atlas
from events.engines.schema import Row
from events.export.formats import FORMATS, MOST_AT_ONCE, Format, pack
from events.model import Report, killed
from events.selection import Selection
from events.store.store import PAGE_ROWS
from events.ui.columns import columns
from events.ui.events_panel import figure
from events.ui.language import Language, named
from events.ui.titles import title
from events.ui.words import type_name

AT_HAND = 2
"""Formats with a button of their own; the others are one click further."""


def show(atlas: Atlas, selection: Selection, language: Language, on_pick: Callable[[tuple[str, ...]], None]) -> None:
    """Draw the table and the downloads. on_pick: called with the place keys of a row the reader chooses."""
    _ = language.gettext
    total = atlas.store.count(selection)
    st.subheader(_("The events shown"), anchor=False)
    _downloads(atlas, selection, total, language)
    page = 0
    if total > PAGE_ROWS:
        page = st.pagination(-(-total // PAGE_ROWS), key=f"table:page:{hash(selection)}") - 1
    rows = atlas.store.page(selection, page)
    key = f"table:{hash((selection, page, language.lang))}"

    def picked() -> None:
        chosen = st.session_state[key]["selection"]["rows"]
        on_pick(tuple(site["place"] for site in rows[chosen[0]]["places"]) if chosen else ())

    if rows:
        st.dataframe(
            columns({label: [cell(row) for row in rows] for label, cell in _columns(atlas, language).items()}),
            hide_index=True,
            placeholder="–",
            on_select=picked,
            selection_mode="single-row",
            key=key,
        )


def _columns(atlas: Atlas, language: Language) -> dict[str, Callable[[Row], object]]:
    _ = language.gettext

    def parties(role: str) -> Callable[[Row], str]:
        return lambda row: language.joined(
            language.name(atlas.actor(p["actor"])) for p in row["parties"] if p["role"] == role
        )

    def once(values: list[str]) -> str:
        return language.joined(dict.fromkeys(values))

    return {
        _("From"): lambda row: row["date_start"],
        _("To"): lambda row: row["date_end"],
        _("What"): lambda row: title(row, atlas, language),
        _("Sub-event type"): lambda row: type_name(row["sub_event_type"], language),
        _("Place"): lambda row: language.joined(language.name(named(s)) for s in row["places"]),
        _("Who"): parties("actor"),
        _("Against"): parties("target"),
        _("Killed"): lambda row: figure(*killed(row), language),
        _("Said by"): lambda row: once([language.name(atlas.claimant(c["claimant"])) for c in row["claims"]]),
        _("Denied by"): lambda row: once(
            [language.name(atlas.claimant(c["claimant"])) for c in row["claims"] if c["stance"] == "denies"]
        ),
        _("Reports"): lambda row: once([_cited(c["cited"], language) for c in row["claims"]]),
    }


def _cited(report: Report, language: Language) -> str:
    return f"{report.publisher_ar if language.rtl else report.publisher_en} {report.published or ''}".strip()


def _downloads(atlas: Atlas, selection: Selection, total: int, language: Language) -> None:
    _ = language.gettext
    if total > MOST_AT_ONCE:
        st.caption(
            _(
                "More than {n} events are too many to download here; narrow the filters, or use the command line."
            ).format(n=f"{MOST_AT_ONCE:,}")
        )
        return
    with st.container(horizontal=True):
        for form in list(FORMATS.values())[:AT_HAND]:
            _download(atlas, selection, form, total, language)
        with st.popover(_("Other formats")):
            for form in list(FORMATS.values())[AT_HAND:]:
                _download(atlas, selection, form, total, language)
    kept_back = atlas.store.n_restricted(selection)
    if kept_back:
        many = language.ngettext(
            "{n} event whose source forbids passing it on is left out of the files.",
            "{n} events whose sources forbid passing them on are left out of the files.",
            kept_back,
        )
        st.caption(many.format(n=f"{kept_back:,}"))


def _download(atlas: Atlas, selection: Selection, form: Format, total: int, language: Language) -> None:
    def content() -> bytes:
        out = io.BytesIO()
        pack(form, atlas, selection, out)
        return out.getvalue()

    st.download_button(
        language.gettext(form.label),
        # Made only when asked for: a callable runs at the click.
        content,
        file_name=f"furat-events{f'-{form.id}' if form.readme else ''}{form.download_suffix}",
        mime=form.download_mime,
        on_click="ignore",
        disabled=total == 0,
        icon=":material/download:",
        key=f"download:{form.id}",
    )
