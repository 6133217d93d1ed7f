"""The report that lies open: which one, its day and publisher to correct, what the reader remarked on it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date

import streamlit as st

from events.atlas import Atlas
from events.desk import desk as on_desk
from events.desk.desk import Sheet, Source, sound
from events.desk.links import link
from events.reading.reader import read
from events.ui import read_state as state
from events.ui.language import Language
from events.ui.markup import draw, html, joined
from events.ui.read_words import reason


def show(sheet: Sheet, atlas: Atlas, language: Language) -> None:
    """Draw the choice of report, its day and publisher, and what the reader remarked on it."""
    _ = language.gettext
    sheets = {one.id: one for one in state.desk().sheets}
    key = "read:open"
    st.session_state[key] = sheet.id
    picker, day, publisher, away = st.columns([5, 2, 3, 1.4], gap="small", vertical_alignment="bottom")
    with picker:
        st.selectbox(
            language.ngettext("{n} report on the desk", "{n} reports on the desk", len(sheets)).format(n=len(sheets)),
            list(sheets), format_func=lambda one: _label(sheets[one]), key=key,
            on_change=lambda: _open(st.session_state[key]),
        )  # fmt: skip
    with day:
        _field(
            "day", sheet, sheet.published,
            lambda key, act: st.date_input(
                _("Day of publication"), key=key, value=None, format="YYYY-MM-DD", on_change=act,
                min_value=date(1900, 1, 1), max_value=date(2100, 12, 31), help=_day_help(sheet, language),
            ),
            lambda value: _corrected(sheet, atlas, published=value, publisher=sheet.reading.publisher),
        )  # fmt: skip
    with publisher:
        _field(
            "publisher", sheet, sheet.reading.publisher or "",
            lambda key, act: st.text_input(_("Publisher"), key=key, on_change=act, max_chars=120),
            lambda value: _corrected(sheet, atlas, published=sheet.published, publisher=" ".join(str(value).split())),
        )  # fmt: skip
    with away:
        st.button(_("Take away"), key="read:away", icon=":material/close:", width="stretch",
                  on_click=_take_away, args=(sheet.id,))  # fmt: skip
    _remarks(sheet, atlas, language)


def _take_away(key: str) -> None:
    state.act(lambda desk: on_desk.remove(desk, key))


def _open(key: str) -> None:
    state.open_sheet(key)
    state.choose(None)


def _label(sheet: Sheet) -> str:
    title = " ".join(sheet.reading.title.split())[:80]
    return f"{sheet.name} · {title}" if title else sheet.name


def _field(
    name: str, sheet: Sheet, value: object, box: Callable[[str, Callable[[], None]], object],
    change: Callable[[object], None],
) -> None:  # fmt: skip
    """A box that shows what the desk says, and changes it."""
    key = f"read:{name}:{sheet.id}"
    st.session_state[key] = value
    box(key, lambda: change(st.session_state[key]))


def _day_help(sheet: Sheet, language: Language) -> str:
    _ = language.gettext
    return {
        "": _("Without it what the report dates by «أمس» or a weekday stays undated. It is never taken for today."),
        "file": _("From the file."),
        "text": _("Read from the text; correct it where it is wrong."),
        "person": _("Given by you."),
    }[sheet.day_from]


def _corrected(sheet: Sheet, atlas: Atlas, *, published: object, publisher: object) -> None:
    """Read a report again with another day or publisher; what was decided and coded stays."""
    day = published if isinstance(published, date) else None
    new = sheet_of(sheet.text, sheet.name, atlas, published=day, publisher=str(publisher) if publisher else None,
                 title=sheet.reading.title, day_from="" if day is None else "person" if day != sheet.published
                 else sheet.day_from, url=sheet.url)  # fmt: skip
    state.act(lambda desk: link(on_desk.reread(desk, new)))


def _remarks(sheet: Sheet, atlas: Atlas, language: Language) -> None:
    """What the reader noticed: an unknown day of publication, weekdays and dates that contradict each other."""
    issues = list(sheet.reading.issues)
    if sheet.published is None and not issues:
        issues = ["The day of publication is unknown: what is dated by «أمس» or a weekday stays undated."]
    notes = [note for note in issues if not (sheet.day_from == "text" and "was read from the text" in note)]
    if notes:
        draw(
            html(
                "<div class='furat-note' role='status'>{notes}</div>",
                notes=joined(
                    html("<p dir='auto'>{note}</p>", note=reason(note, atlas, language)) for note in notes[:5]
                ),
            )
        )


def sheet_of(
    text: str, name: str, atlas: Atlas, *, published: date | None, publisher: str | None, title: str, day_from: Source,
    url: str | None,
) -> Sheet:  # fmt: skip
    """Read a text as a report of the desk. title: instead of the one that the reader finds, where it is not ""."""
    reading = read(text, published=published, publisher=publisher, gazetteer=atlas.gazetteer, dataset=atlas.dataset)
    if title:
        reading = replace(reading, title=sound(title))
    return on_desk.sheet(reading, name=name, day_from=day_from, url=url)
