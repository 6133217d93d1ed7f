"""What the columns of a table mean: the guess to be corrected, and the first rows under it."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

import streamlit as st
from markupsafe import Markup

from events.ui.language import Language
from events.ui.markup import draw, html, joined
from events.ui.open_state import Look
from events.ui.words import N_, field_name

GROUPS = (
    (N_("When"), ("date", "date_start", "date_end")),
    (N_("Where"), ("place", "admin1", "country", "lat", "lon", "latlon")),
    (N_("What and who"), ("event_type", "actors", "targets")),
    (N_("How many were killed"), ("fatalities", "fatalities_low", "fatalities_high")),
    (N_("Who says so, and how"), ("source", "headline", "url", "title", "notes", "id")),
)
"""Fields of a plain table that the page asks for; the others keep their guess."""
SHOWN_COLUMNS, SHOWN_LETTERS = 60, 120
_DAYS = {"date", "date_start"}
_WHAT = {"place", "lat", "latlon", "event_type", "sub_event_type", "actors", "title", "notes"}


def lacking(mapping: Mapping[str, str], language: Language) -> str:
    """What must still be said of the columns before the rows are events; "" where nothing is."""
    _ = language.gettext
    if not _DAYS & {*mapping}:
        return _("No column says yet when something happened: choose the one of the date.")
    if not _WHAT & {*mapping}:
        return _("No column says yet where, what or who: choose one that does.")
    return ""


def show(look: Look, file: str, language: Language, *, opened: bool, on_say: Callable[[dict[str, str]], None]) -> None:
    """Draw a box for each thing that a column can mean. file: names the boxes. on_say: takes the corrected mapping."""
    _ = language.gettext
    options = ["", *look.columns]
    with st.expander(_("Which column means what"), expanded=opened, key=f"open-columns-{file}"):
        st.caption(
            _("A day is needed, and a place, a type, an actor or a text. “–” stands for: no column says it.")
        )  # fmt: skip
        for title, fields in GROUPS:
            draw(html("<h3 class='furat-group'>{title}</h3>", title=_(title)))
            for start in range(0, len(fields), 3):
                for at, name in zip(st.columns(3), fields[start : start + 3], strict=False):
                    with at:
                        _box(look, file, name, options, language, on_say)


def _box(
    look: Look, file: str, name: str, options: Sequence[str], language: Language,
    on_say: Callable[[dict[str, str]], None],
) -> None:  # fmt: skip
    key = f"open:field:{file}:{look.format}:{name}"
    current = look.mapping.get(name, "")
    at = options.index(current) if current in options else 0
    # The file as it is read decides what stands in the box: a column that another box took is gone from here.
    st.session_state[key] = at

    def say() -> None:
        column = options[st.session_state[key]]
        said = dict(look.mapping) | {name: column}
        # A column serves one field.
        on_say({other: "" if column and other != name and taken == column else taken for other, taken in said.items()})

    st.selectbox(
        field_name(name, language), list(range(len(options))), format_func=lambda n: options[n] or "–", key=key,
        on_change=say,
    )  # fmt: skip


def preview(look: Look, language: Language) -> None:
    """Draw the first rows as the file has them, what each column means above it."""
    _ = language.gettext
    meaning = {column: name for field, column in look.mapping.items() if (name := field_name(field, language))}
    columns = look.columns[:SHOWN_COLUMNS]
    more = len(look.columns) - len(columns)
    said = _("The first rows, as the file has them, and what is made of them:")
    arrow = "←" if language.rtl else "→"
    means = {column: html("{arrow} {field}", arrow=arrow, field=name) for column, name in meaning.items()}
    heads = joined(
        html(
            "<th scope='col'><bdi>{name}</bdi><small>{field}</small></th>",
            name=_short(name),
            field=means.get(name, html("&nbsp;")),
        )
        for name in columns
    )
    body = joined(html("<tr>{cells}</tr>", cells=_cells(row[:SHOWN_COLUMNS])) for row in look.rows)
    draw(table(said, heads, body))
    if more > 0:
        st.caption(
            language.ngettext("and {n} column more", "and {n} columns more", more).format(n=f"{more:,}")
        )  # fmt: skip


def table(caption: str, heads: Markup, body: Markup) -> Markup:
    """A table that scrolls by itself where it is wider than the page."""
    return html(
        "<p class='furat-small'>{caption}</p>"
        "<div class='furat-scroll' tabindex='0' role='region' aria-label='{caption}'>"
        "<table class='furat-table furat-rows'><thead><tr>{heads}</tr></thead><tbody>{body}</tbody></table></div>",
        caption=caption, heads=heads, body=body,
    )  # fmt: skip


def _cells(row: Sequence[str]) -> Markup:
    return joined(html("<td><bdi>{cell}</bdi></td>", cell=_short(cell)) for cell in row)


def _short(text: str) -> str:
    return text if len(text) <= SHOWN_LETTERS else text[: SHOWN_LETTERS - 1] + "…"
