"""Reports onto the desk: pasted, uploaded, corrected in their day and publisher, and taken away."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import PurePath
from typing import Protocol

import streamlit as st

from events.atlas import Atlas
from events.desk import desk as on_desk
from events.desk.desk import Desk, Sheet, Source, sound
from events.desk.errors import DeskError
from events.desk.links import link
from events.reading.document import Document, decoded, documents_of
from events.reading.errors import UnreadableDocument
from events.reading.reader import read
from events.ui import read_state as state
from events.ui import upload
from events.ui.language import Language
from events.ui.markup import draw, html, joined
from events.ui.read_state import Said
from events.ui.read_words import REFUSALS, reason

SUFFIXES = ("txt", "html", "htm", "json", "jsonl")
MOST_MB = 16
MOST_FILES = 50
MOST_FAULTS = 8
LONGEST = 200_000
"""Characters of one report that are read here: far more than any article has. The command line has no such end."""
_TEXT, _UPLOADS = "read:text", "read:uploads"


class Uploaded(Protocol):
    """A file as the browser sends it."""

    name: str

    def getvalue(self) -> bytes:
        """Its bytes."""
        ...


def show(atlas: Atlas, language: Language) -> None:
    """Draw the boxes for new reports: a text to paste, files to upload."""
    _ = language.gettext
    empty = not state.desk().sheets
    # A new one after each report: an expander keeps what the visitor did to it, and a report just read comes first.
    with st.expander(_("Add a report"), expanded=empty, key=f"read-add-{len(state.desk().sheets)}"):
        left, right = st.columns([5, 3], gap="medium")
        with left:
            st.text_area(
                _("Text of the report"), key=_TEXT, persist_state="session", height=180 if empty else 120,
                placeholder=_("Paste an Arabic report here, headline first."),
            )  # fmt: skip
            st.button(
                _("Read the report"), type="primary", key="read:go", on_click=_pasted, args=(atlas, language),
                icon=":material/auto_stories:",
            )  # fmt: skip
        with right:
            uploads = st.session_state.get(_UPLOADS, 0)
            upload.show(
                _("or files"), language, suffixes=SUFFIXES, most_mb=MOST_MB, key=f"read:files:{uploads}", several=True,
                on_change=lambda: _uploaded(atlas, language),
                help=_("Up to {n} files of {mb} MB. One file may hold several articles.").format(
                    n=MOST_FILES, mb=MOST_MB
                ),
            )  # fmt: skip
            draw(html("<p class='furat-small'>{text}</p>", text=_(
                "It is read on this server for you alone and kept in its memory only; "
            "it is gone once you close or reload this page."
            )))  # fmt: skip


def _pasted(atlas: Atlas, language: Language) -> None:
    text = st.session_state.get(_TEXT) or ""
    if not text.strip():
        state.say(
            Said(
                text=lambda spoken: spoken.gettext("There is no text to read yet; paste a report first."), tone="wrong"
            )
        )
        return
    number = 1 + sum(sheet.name.startswith(_pasted_name(language, "")) for sheet in state.desk().sheets)
    stem = _pasted_name(language, str(number))
    if _add(list(documents_of(text, stem=stem)), atlas):
        st.session_state[_TEXT] = ""


def _pasted_name(language: Language, number: str) -> str:
    return language.gettext("Pasted report {n}").format(n=number).strip()


def _uploaded(atlas: Atlas, language: Language) -> None:
    """Read the files just uploaded, then empty the box: from here on they are reports on the desk."""
    number = st.session_state.get(_UPLOADS, 0)
    files: list[Uploaded] = st.session_state.get(f"read:files:{number}") or []
    if not files:
        return
    st.session_state[_UPLOADS] = number + 1
    documents: list[Document] = []
    faults = []
    for file in files[:MOST_FILES]:
        try:
            documents += _documents(file)
        except UnreadableDocument as error:
            faults.append(str(error))
    if len(files) > MOST_FILES:
        faults.append(language.gettext("Only the first {n} files were read.").format(n=MOST_FILES))
    done = _add(documents, atlas) if documents else False
    if faults:
        before = state.said() if documents and not done else None

        def told(spoken: Language) -> str:
            # What could not be laid on the desk is told beside the files that could not be read.
            lines = [REFUSALS.said(fault, spoken) for fault in faults[:MOST_FAULTS]]
            if len(faults) > MOST_FAULTS:
                lines.append("…")
            return "\n".join([*lines, *([before.text(spoken)] if before else [])])

        state.say(Said(text=told, tone="wrong"))


def _documents(file: Uploaded) -> list[Document]:
    name = PurePath(file.name.replace("\\", "/"))
    text = decoded(file.getvalue(), name.name)
    found = list(documents_of(text, stem=name.stem, suffix=name.suffix.lower()))
    if not found:
        raise UnreadableDocument(f"{name.name} holds no article text; expected .txt, .html, .json or .jsonl with some.")
    return found


def _add(documents: list[Document], atlas: Atlas) -> bool:
    """Read documents and lay them on the desk as one step; says what came of it."""
    known: list[Sheet] = []
    added: list[Sheet] = []
    cut: list[str] = []
    full: list[DeskError] = []

    def lay(desk: Desk) -> Desk:
        for one in documents:
            new = _read(one, atlas)
            if any(sheet.id == new.id for sheet in desk.sheets):
                known.append(new)
                continue
            try:
                desk = on_desk.add(desk, new)
            except DeskError as error:
                full.append(error)
                break
            added.append(new)
            if len(one.text) > LONGEST:
                cut.append(new.name)
        return link(desk) if added else desk

    if not state.act(lay):
        return False
    if added:
        state.choose(None)
        state.open_sheet(added[0].id)
    elif known:
        state.open_sheet(known[0].id)
        state.say(Said(text=lambda spoken: spoken.gettext("This text is on the desk already; it lies open below.")))
    if full:
        # What found room stays; the rest is told.
        state.say(Said(text=lambda spoken: full[0].said(spoken.gettext), tone="wrong"))
    elif cut:
        names = ", ".join(cut[:3])
        state.say(
            Said(
                text=lambda spoken: spoken.gettext(
                    "{names}: only the first {n:,} characters were read here; "
                    "`python -m events read` on the command line reads the whole."
                ).format(names=names, n=LONGEST),
                tone="wrong",
            )
        )
    return True


def _read(document: Document, atlas: Atlas) -> Sheet:
    text = _cut(sound(document.text))
    day_from: Source = "file" if document.published else ""
    publisher = sound(document.publisher) if document.publisher else None
    return _sheet(text, sound(document.docno), atlas, published=document.published, publisher=publisher,
                  title=document.title, day_from=day_from, url=sound(document.url or "") or None)  # fmt: skip


def _sheet(
    text: str, name: str, atlas: Atlas, *, published: date | None, publisher: str | None, title: str, day_from: Source,
    url: str | None,
) -> Sheet:  # fmt: skip
    reading = read(text, published=published, publisher=publisher, gazetteer=atlas.gazetteer, dataset=atlas.dataset)
    if title:
        reading = replace(reading, title=sound(title))
    return on_desk.sheet(reading, name=name, day_from=day_from, url=url)


def _cut(text: str) -> str:
    """The text up to LONGEST, ended at a line where there is one."""
    if len(text) <= LONGEST:
        return text
    return text[: text.rfind("\n", LONGEST // 2, LONGEST) + 1 or LONGEST]


# -- the report that lies open -------------------------------------------------------------------


def show_sheet(sheet: Sheet, atlas: Atlas, language: Language) -> None:
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
    new = _sheet(sheet.text, sheet.name, atlas, published=day, publisher=str(publisher) if publisher else None,
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
