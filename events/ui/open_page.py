"""The page "Open a file": a visitor's own event file, recognised, looked over, and put on their map."""

from __future__ import annotations

import tempfile
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import streamlit as st
from streamlit.navigation.page import StreamlitPage
from streamlit.runtime.uploaded_file_manager import UploadedFile

from events.atlas import Atlas
from events.errors import EventsError, RowIssue
from events.importing import Limits, stage_file
from events.sources.columns import fields_of, header_key
from events.sources.issues import issues_csv
from events.sources.recognise import FORMATS
from events.sources.source import Source, open_source
from events.staging import RESTRICTED, stage_incoming, staged_tables
from events.ui import link, session, shell
from events.ui.language import Language
from events.ui.markup import draw, html
from events.ui.words import field_name
from events.visitors import MOST_OWN
from geo.errors import GeoError

MOST_MB = 64
LIMITS = Limits(size=MOST_MB * 1_000_000, rows=MOST_OWN, cell=100_000, expansion=100)
SHOWN_ROWS, SHOWN_ISSUES = 8, 200
SUFFIXES = ("csv", "tsv", "txt", "xlsx", "parquet", "geojson", "json", "zip")
NAMES = {"ucdp": "UCDP GED", "acled": "ACLED", "gdelt": "GDELT 2"}
_ASKED = ("date", "date_start", "date_end", "lat", "lon", "latlon", "place", "admin1", "country", "event_type",
          "actors", "targets", "fatalities", "fatalities_low", "fatalities_high", "source", "headline", "url", "title",
          "notes", "id")  # fmt: skip
"""Fields of a plain table that the page asks for; the others keep their guess."""


@dataclass(kw_only=True)
class _File:
    """An uploaded file on this server's disk, for as long as the visitor looks at it.

    refusal: why it cannot be opened as asked. failure: why its rows could not be added. outcome: of adding them.
    """

    id: str
    name: str
    path: Path
    folder: tempfile.TemporaryDirectory[str]
    source: Source | None = None
    refusal: str = ""
    failure: str = ""
    outcome: _Outcome | None = None


@dataclass(frozen=True, kw_only=True)
class _Outcome:
    """What became of a file that was put on the map."""

    rows: int
    added: int
    duplicates: int
    located: int
    issues: tuple[RowIssue, ...]
    more_issues: int


def show(atlas: Atlas, language: Language, map_page: StreamlitPage | None = None) -> None:
    """Draw the page. map_page: where a link leads once a file is on the visitor's map."""
    _ = language.gettext
    with st.container(horizontal=True, vertical_alignment="center", key="head"):
        draw(html("<div class='furat-head'><h1>{title}</h1></div>", title=_("Open a file")))
        link.show([("lang", language.lang)], language, ours=("lang",))
        shell.language_switch(language)
    draw(
        html(
            "<p>{what}</p><p class='furat-small'>{where}</p>",
            what=_(
                "UCDP GED, ACLED, GDELT 2, or a table of your own: CSV, Excel, Parquet or GeoJSON, with headers in any "
                "script. Every row that cannot be used is told, with the reason."
            ),
            where=_("The file is read on this server, stays in this browser session and is stored nowhere."),
        )
    )
    uploaded = st.file_uploader(
        _("Your file"), type=list(SUFFIXES), max_upload_size=MOST_MB, key=f"open:file:{st.session_state.get(_TURN, 0)}"
    )
    file = _taken(uploaded)
    if file is None:
        return
    if file.outcome is not None:
        _told(file, file.outcome, language, map_page)
        return
    _look_over(file, atlas, language)


_TURN, _FILE, _MAPPINGS = "open:turn", "open:taken", "open:mappings"


def _taken(uploaded: UploadedFile | None) -> _File | None:
    """The file on the desk: the one just uploaded, or the one from before the page was left."""
    held: _File | None = st.session_state.get(_FILE)
    if uploaded is None or (held is not None and held.id == uploaded.file_id):
        return held
    folder = tempfile.TemporaryDirectory(prefix="furat-open-")
    # The visitor's name for it says nothing about a path here; only its ending tells the reader something.
    path = Path(folder.name) / f"file{Path(uploaded.name).suffix[:10].lower()}"
    path.write_bytes(uploaded.getbuffer())
    file = st.session_state[_FILE] = _File(id=uploaded.file_id, name=uploaded.name, path=path, folder=folder)
    return file


def _opened(file: _File, form: str, mapping: Mapping[str, str]) -> Source | None:
    """The file as a format reads it, or None after its refusal."""
    if file.source is not None:
        file.source.close()
        file.source = None
    try:
        file.source = open_source(file.path, format=form, mapping=mapping, name=file.name, limits=LIMITS)
        file.refusal = ""
    except (EventsError, GeoError) as error:
        file.refusal = str(error)
    return file.source


def _look_over(file: _File, atlas: Atlas, language: Language) -> None:
    """The format, the columns and the first rows; then onto the map."""
    _ = language.gettext
    key = f"open:format:{file.id}"
    form = st.session_state.get(key, "auto")
    columns = _columns(file, form)
    source = _opened(file, form, columns)
    formats: dict[str, str] = {"auto": _("Recognise it"), **{name: _format_name(name, language) for name in FORMATS}}
    with st.container(horizontal=True, vertical_alignment="bottom"):
        st.selectbox(_("Format"), list(formats), format_func=formats.__getitem__, key=key, width=260)
        st.button(_("Take another file"), on_click=_put_away, icon=":material/close:", key="open:away")
    if source is None:
        _sentence(_("This file cannot be used:"), file.refusal, "alert")
        return
    if file.failure:
        _sentence(_("This file could not be put on the map:"), file.failure, "alert")
    found = _("{file}: {format}, {n} columns").format(
        file=file.name, format=_format_name(source.format, language), n=len(source.columns)
    )
    draw(html("<h2 class='furat-panel-title'>{found}</h2>", found=found))
    if source.format in RESTRICTED:
        st.caption(_("ACLED's terms forbid passing its data on: these events are left out of downloads."))
    if source.format in ("table", "geojson"):
        _mapping(file, source, language)
    rows = source.preview(SHOWN_ROWS)
    st.caption(_("The first rows, as the file has them:"))
    st.dataframe(
        {f"{number}. {name}": [row[number - 1] for row in rows] for number, name in enumerate(source.columns, start=1)},
        hide_index=True,
    )
    st.button(
        _("Put it on my map"), type="primary", icon=":material/add_location_alt:", key="open:add",
        on_click=_put_on_map, args=(file, atlas, form, columns),
    )  # fmt: skip


def _format_name(form: str, language: Language) -> str:
    _ = language.gettext
    return NAMES.get(form) or {"table": _("Table"), "geojson": "GeoJSON"}[form]


def _columns(file: _File, form: str) -> dict[str, str]:
    """What the visitor said of the columns of this file, or of an earlier one with the same header."""
    said: dict[str, str] = dict(st.session_state.get(f"open:columns:{file.id}:{form}") or {})
    if said or file.source is None:
        return said
    remembered: dict[str, dict[str, str]] = st.session_state.get(_MAPPINGS) or {}
    return dict(remembered.get(header_key(file.source.columns), {}))


def _mapping(file: _File, source: Source, language: Language) -> None:
    """Which column means what: the guess, to be corrected."""
    _ = language.gettext
    fields = [name for name in _ASKED if name in fields_of("table")]
    missing = not ({"date", "date_start"} & {*source.mapping}) or not (
        {"lat", "latlon", "place", "admin1"} & {*source.mapping}
    )
    with st.expander(_("Which column means what"), expanded=missing):
        options = ["", *source.columns]
        left, middle, right = st.columns(3)
        for number, name in enumerate(fields):
            with (left, middle, right)[number % 3]:
                current = source.mapping.get(name, "")
                st.selectbox(
                    field_name(name, language),
                    list(range(len(options))),
                    index=options.index(current) if current in options else 0,
                    format_func=lambda at: options[at] or "–",
                    key=f"open:field:{file.id}:{source.format}:{name}",
                    on_change=_say,
                    args=(file, source, name, options),
                )


def _say(file: _File, source: Source, name: str, options: list[str]) -> None:
    """The visitor says what a column means: for this file, and for all with its header."""
    form = st.session_state.get(f"open:format:{file.id}", "auto")
    said = dict(source.mapping) | {name: options[st.session_state[f"open:field:{file.id}:{source.format}:{name}"]]}
    column = said[name]
    # A column serves one field.
    said = {other: "" if column and other != name and taken == column else taken for other, taken in said.items()}
    st.session_state[f"open:columns:{file.id}:{form}"] = said
    st.session_state.setdefault(_MAPPINGS, {})[header_key(source.columns)] = said


def _put_on_map(file: _File, atlas: Atlas, form: str, columns: Mapping[str, str]) -> None:
    """Read the whole file and add its good rows to the visitor's own events."""
    try:
        file.outcome, file.failure = _added(file, atlas, form, columns), ""
    except (EventsError, GeoError) as error:
        file.failure = str(error)


def _added(file: _File, atlas: Atlas, form: str, columns: Mapping[str, str]) -> _Outcome:
    with stage_file(
        file.path, gazetteer=atlas.gazetteer, format=form, mapping=columns, name=file.name, limits=LIMITS
    ) as staged:
        stage_incoming(
            staged.connection, origin=staged.format, dataset=atlas.dataset, gazetteer=atlas.gazetteer,
        )  # fmt: skip
        added = session.keep_tables(
            staged_tables(staged.connection), batch=f"{staged.format}:{staged.digest}", name=file.name,
            form=staged.format, n_rows=staged.staged.rows,
        )  # fmt: skip
        rows = staged.staged
        return _Outcome(
            rows=rows.rows, added=added.added, duplicates=rows.good - added.added, located=rows.located,
            issues=rows.issues, more_issues=rows.more,
        )  # fmt: skip


def _put_away() -> None:
    file: _File | None = st.session_state.pop(_FILE, None)
    if file is not None:
        if file.source is not None:
            file.source.close()
        file.folder.cleanup()
    st.session_state[_TURN] = st.session_state.get(_TURN, 0) + 1


def _told(file: _File, outcome: _Outcome, language: Language, map_page: StreamlitPage | None) -> None:
    """What became of the file, and every row that was refused."""
    _ = language.gettext
    said = language.ngettext(
        "{n} event of {file} is on your map", "{n} events of {file} are on your map", outcome.added
    ).format(n=f"{outcome.added:,}", file=file.name)
    parts = [_("{n} rows read").format(n=f"{outcome.rows:,}")]
    if outcome.located:
        parts.append(_("{n} placed by their name through the gazetteer").format(n=f"{outcome.located:,}"))
    if outcome.duplicates:
        parts.append(_("{n} were there already").format(n=f"{outcome.duplicates:,}"))
    draw(
        html(
            "<h2 class='furat-panel-title' role='status'>{said}</h2><p class='furat-panel-sub'>{more}</p>",
            said=said, more=language.joined(parts),
        )
    )  # fmt: skip
    with st.container(horizontal=True):
        if map_page is not None:
            st.page_link(map_page, label=_("Open the map"), icon=":material/map:")
        st.button(_("Take another file"), on_click=_put_away, icon=":material/close:", key="open:away")
    total = len(outcome.issues) + outcome.more_issues
    if not total:
        st.caption(_("Nothing was wrong with any row."))
        return
    st.subheader(
        language.ngettext("{n} thing is wrong in the file", "{n} things are wrong in the file", total).format(
            n=f"{total:,}"
        ),
        anchor=False,
    )
    st.download_button(
        _("Download the list"), lambda: issues_csv(outcome.issues).encode(), file_name="furat-issues.csv",
        mime="text/csv", on_click="ignore", icon=":material/download:", key="open:issues",
    )  # fmt: skip
    shown = outcome.issues[:SHOWN_ISSUES]
    table: dict[str, list[Any]] = {
        _("Line"): [issue.line for issue in shown],
        _("Column"): [issue.column for issue in shown],
        _("Value"): [issue.value for issue in shown],
        _("What is wrong"): [issue.reason for issue in shown],
    }
    st.dataframe(table, hide_index=True)
    if total > len(shown):
        st.caption(_("The first {shown} of {n}; a download has them all.").format(shown=len(shown), n=total))


def _sentence(title: str, text: str, role: str) -> None:
    draw(
        html(
            "<div class='furat-note' role='{role}'><p>{title}</p><p dir='ltr'>{text}</p></div>",
            role=role, title=title, text=text,
        )
    )  # fmt: skip
