"""The page "Open a file" before there is one: the box for it, what may be in it, and an example."""

from __future__ import annotations

import csv
import io

import streamlit as st

from events.ui import open_columns, own, session, upload
from events.ui import open_state as state
from events.ui.language import Language
from events.ui.markup import draw, html, joined

SUFFIXES = ("csv", "tsv", "tab", "txt", "xlsx", "parquet", "geojson", "json", "geojsonl", "ndjson", "zip", "gz")


def show(language: Language) -> None:
    """The box for a file, what may be in it, and what is on the map already."""
    _ = language.gettext
    key = state.box()
    with st.container(key="open-box"):
        upload.show(
            _("Your file"), language, suffixes=SUFFIXES, most_mb=state.MOST_MB, key=key,
            on_change=lambda: state.take(key),
        )  # fmt: skip
        draw(html("<p class='furat-small'>{text}</p>", text=_(
            "It is read on this server for you alone and kept in its memory only; "
            "it is gone once you close or reload this page."
        )))  # fmt: skip
    if session.own():
        with st.container(key="own"):
            own.listed(language)
    steps = (
        _("Files of UCDP GED, ACLED and GDELT 2 are recognised by themselves. "
          "Of a table of your own you say which column means what; the headers may be in any script."),
        _("Each row is one event. It needs a day, and a place, a type, an actor or a text. "
          "Places without coordinates are looked up by name in the gazetteer."),
        _("You see the first rows and what is made of them before anything is put on your map."),
        _("Every row that cannot be used is listed, with its line and the reason."),
    )  # fmt: skip
    draw(html("<ol class='furat-steps'>{steps}</ol>", steps=joined(html("<li>{s}</li>", s=step) for step in steps)))
    rows = example(language)
    heads = joined(html("<th scope='col'>{cell}</th>", cell=cell) for cell in rows[0])
    body = joined(
        html("<tr>{cells}</tr>", cells=joined(html("<td>{cell}</td>", cell=cell) for cell in row)) for row in rows[1:]
    )
    draw(open_columns.table(_("A table of your own may be as small as this:"), heads, body))
    st.download_button(
        _("Download this example"), lambda: _csv(rows), file_name="furat-example.csv", mime="text/csv",
        on_click="ignore", icon=":material/download:", key="open:example",
    )  # fmt: skip


def example(language: Language) -> list[list[str]]:
    """A table, invented, that opens without a question: its header and three rows."""
    _ = language.gettext
    return [
        [_("Date"), _("Place name"), _("Governorate"), _("Event type"), _("Who"), _("Killed"), _("Source")],
        ["2018-03-01", _("Raqqa"), _("Raqqa"), _("landmine"), _("Unknown"), "1", _("Our office")],
        ["2018-03-02", _("Mayadin"), _("Deir ez-Zor"), _("air strike"), _("Unknown"), "5-7", _("Our office")],
        ["2018-03-04", _("Bukamal"), _("Deir ez-Zor"), _("displacement"), "", "", _("Our office")],
    ]


def _csv(rows: list[list[str]]) -> bytes:
    out = io.StringIO()
    csv.writer(out).writerows(rows)
    return ("\ufeff" + out.getvalue()).encode()  # without the mark Excel takes Arabic for another code page
