"""The page "Open a file": a visitor's own event file, recognised, looked over, and put on their map."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import streamlit as st
from streamlit.navigation.page import StreamlitPage

from events.additions.foreign import RESTRICTED, stage_incoming, staged_tables
from events.atlas import Atlas
from events.errors import EventsError
from events.importing import stage_file
from events.sources.recognise import FORMATS
from events.ui import leaving, link, open_columns, open_issues, open_memory, open_welcome, session, shell
from events.ui import open_state as state
from events.ui.file_words import direction
from events.ui.file_words import said as said_of_file
from events.ui.language import Language
from events.ui.markup import draw, html
from events.ui.open_state import File, Outcome
from events.ui.sentences import file_name
from geo.errors import GeoError

NAMES = {"ucdp": "UCDP GED", "acled": "ACLED", "gdelt": "GDELT 2"}
_BEGUN, _READING = 0.04, 0.7
"""Where the bar stands at first and when the file is read; the rest is laying the events on the map."""


@cache
def _style() -> str:
    return (Path(__file__).parent / "open.css").read_text("utf-8")


def show(atlas: Atlas, language: Language, map_page: StreamlitPage | None = None) -> None:
    """Draw the page. map_page: where a link leads once a file is on the visitor's map."""
    _ = language.gettext
    st.html(f"<style>{_style()}</style>")
    file = state.held()
    leaving.watch(lost=file is not None)
    open_memory.watch()
    with st.container(horizontal=True, vertical_alignment="center", key="head"):
        draw(html("<div class='furat-head'><h1>{title}</h1></div>", title=_("Open a file")))
        link.show([("lang", language.lang)], language, ours=("lang",))
        shell.language_switch(language)
    if file is None:
        open_welcome.show(language)
    elif file.adding:
        _add(file, atlas, language)
    elif file.outcome is not None:
        _told(file, file.outcome, atlas, language, map_page)
    else:
        _look_over(file, language)


def _another(language: Language) -> None:
    st.button(language.gettext("Take another file"), on_click=state.put_away, icon=":material/close:", key="open:away")


# -- looked over ---------------------------------------------------------------------------------


def _look_over(file: File, language: Language) -> None:
    """The format, the columns and the first rows; then onto the map."""
    _ = language.gettext
    look = file.look
    found = "" if look is None else _("{format}, {n} columns").format(
        format=_format_name(look.format, language), n=f"{len(look.columns):,}"
    )  # fmt: skip
    _title(file_name(file.name), found)
    formats: dict[str, str] = {"auto": _("Recognise it"), **{name: _format_name(name, language) for name in FORMATS}}
    key = f"open:format:{file.id}"
    st.session_state[key] = file.form
    with st.container(horizontal=True, vertical_alignment="bottom", key="open-format"):
        st.selectbox(_("Format"), list(formats), format_func=formats.__getitem__, key=key, width=260,
                     on_change=lambda: state.read_as(file, st.session_state[key]))  # fmt: skip
        _another(language)
    if look is None:
        _sentence(_("This file cannot be used:"), file.refusal, language)
        return
    if file.failure:
        _sentence(_("This file could not be put on the map:"), file.failure, language)
    if look.format in RESTRICTED:
        st.caption(_("ACLED's terms forbid passing its data on: these events are left out of downloads."))
    lacking = ""
    if file.recalled:
        st.caption(_("The columns mean what you said of an earlier file with the same header."))
    if look.format in state.TABLES:
        lacking = open_columns.lacking(look.mapping, language)
        open_columns.show(
            look, file.id, language, opened=bool(lacking) or file.corrected,
            on_say=lambda columns: state.say(file, columns),
        )  # fmt: skip
    open_columns.preview(look, language)
    with st.container(horizontal=True, vertical_alignment="center", key="open-go"):
        st.button(
            _("Put it on my map"), type="primary", icon=":material/add_location_alt:", key="open:add",
            on_click=_start, args=(file,), disabled=bool(lacking),
        )  # fmt: skip
        if lacking:
            draw(html("<p class='furat-small'>{text}</p>", text=lacking))


def _title(title: str, more: str) -> None:
    draw(
        html(
            "<h2 class='furat-panel-title' role='status'>{title}</h2><p class='furat-panel-sub'>{more}</p>",
            title=title, more=more,
        )
    )  # fmt: skip


def _format_name(form: str, language: Language) -> str:
    _ = language.gettext
    return NAMES.get(form) or {"table": _("Table"), "geojson": "GeoJSON"}[form]


# -- onto the map --------------------------------------------------------------------------------


def _start(file: File) -> None:
    file.adding, file.failure = True, ""


def _stop(file: File) -> None:
    file.adding = False


def _add(file: File, atlas: Atlas, language: Language) -> None:
    """Read the whole file and add its good rows to the visitor's own events, while a bar tells how far it is.

    A run that is cut short, as by another language, leaves the file as it was, and the next begins anew: what the
    visitor asked for is done unless they stop it.
    """
    _ = language.gettext
    _title(file_name(file.name), "")
    with st.container(key="open-bar"):
        bar = st.progress(_BEGUN)
    st.button(_("Stop"), key="open:stop", on_click=_stop, args=(file,))
    megabytes = _("Reading: {done} of {all} MB")

    def progress(done: int, total: int) -> None:
        text = megabytes.format(done=f"{done / 1e6:,.1f}", all=f"{total / 1e6:,.1f}")
        bar.progress(_BEGUN + (_READING - _BEGUN) * min(1.0, done / max(1, total)), text=text)

    progress(0, len(file.data))
    try:
        with (
            state.on_disk(file) as path,
            stage_file(
                path, gazetteer=atlas.gazetteer, format=file.form, mapping=file.look.said if file.look else {},
                name=file.name, limits=state.LIMITS, progress=progress,
            ) as staged,
        ):  # fmt: skip
            rows = staged.staged
            bar.progress(_READING, text=_("Laying {n} events on your map").format(n=f"{rows.good:,}"))
            stage_incoming(
                staged.connection, origin=staged.format, file=file.name, dataset=atlas.dataset,
                gazetteer=atlas.gazetteer,
            )  # fmt: skip
            bar.progress(0.9, text=_("Laying {n} events on your map").format(n=f"{rows.good:,}"))
            batch = f"{staged.format}:{staged.digest}"
            added = session.keep_tables(
                staged_tables(staged.connection), batch=batch, name=file.name, form=staged.format, n_rows=rows.rows
            )
            if not added.added:
                session.drop(batch)
            file.outcome = Outcome(
                batch=batch, table=staged.format in state.TABLES, rows=rows.rows, added=added.added,
                good=rows.good, located=rows.located, groups=open_issues.grouped(rows.issues), issues=rows.issues,
                more_issues=rows.more,
            )  # fmt: skip
    except (EventsError, GeoError) as error:
        file.failure = str(error)
    except Exception:
        file.adding = False
        raise
    file.adding = False
    st.rerun()


def _told(
    file: File, outcome: Outcome, atlas: Atlas, language: Language, map_page: StreamlitPage | None
) -> None:  # fmt: skip
    """What became of the file, and every row that was refused."""
    _ = language.gettext
    name = file_name(file.name)
    if outcome.added:
        said = language.ngettext(
            "{n} event of {file} is on your map", "{n} events of {file} are on your map", outcome.added
        ).format(n=f"{outcome.added:,}", file=name)
    elif outcome.good:
        said = _("All events of {file} were there already").format(file=name)
    else:
        said = _("No row of {file} could be used").format(file=name)
    counts = (
        (language.ngettext("{n} row read", "{n} rows read", outcome.rows), outcome.rows),
        (_("{n} left out"), outcome.rows - outcome.good),
        (_("{n} placed by name through the gazetteer"), outcome.located),
        (_("{n} there already"), outcome.good - outcome.added),
    )
    parts = [text.format(n=f"{n:,}") for text, n in counts if n]
    _title(said, language.joined(parts))
    with st.container(horizontal=True, vertical_alignment="center", key="open-done"):
        if map_page is not None and outcome.added:
            st.page_link(map_page, label=_("Open the map"), icon=":material/map:")
        if outcome.table:
            st.button(_("Correct the columns"), on_click=_correct, args=(file,), key="open:correct",
                      icon=":material/edit:", type="secondary" if outcome.added else "primary")  # fmt: skip
        if outcome.added:
            st.button(_("Take it off my map"), on_click=_take_off, args=(file, outcome), key="open:off",
                      icon=":material/remove:")  # fmt: skip
        _another(language)
    open_issues.show(outcome.groups, outcome.issues, outcome.more_issues, atlas.gazetteer, language)


def _correct(file: File) -> None:
    """Back to the columns; what is on the map stays until the file is put there again."""
    file.outcome, file.corrected = None, True


def _take_off(file: File, outcome: Outcome) -> None:
    session.drop(outcome.batch)
    file.outcome = None


def _sentence(title: str, fault: str, language: Language) -> None:
    draw(
        html(
            "<div class='furat-note' role='alert'><p>{title}</p><p dir='{dir}'>{text}</p></div>",
            title=title, text=said_of_file(fault, language), dir=direction(fault, language),
        )
    )  # fmt: skip
