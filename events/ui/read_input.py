"""Reports onto the desk: pasted and uploaded."""

from __future__ import annotations

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
from events.ui import read_state as state
from events.ui import upload
from events.ui.language import Language
from events.ui.markup import draw, html
from events.ui.read_sheet import sheet_of
from events.ui.read_state import Said
from events.ui.read_words import REFUSALS

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
    return sheet_of(text, sound(document.docno), atlas, published=document.published, publisher=publisher,
                  title=document.title, day_from=day_from, url=sound(document.url or "") or None)  # fmt: skip


def _cut(text: str) -> str:
    """The text up to LONGEST, ended at a line where there is one."""
    if len(text) <= LONGEST:
        return text
    return text[: text.rfind("\n", LONGEST // 2, LONGEST) + 1 or LONGEST]
