"""What one visitor has chosen.

The link is read once, when the session begins; from then on the session is the truth.
"""

from __future__ import annotations

import secrets

import streamlit as st

from events.atlas import Atlas
from events.selection import At, Ignored, Lang, Selection, View, read_view
from events.ui import filters
from events.ui.language import preferred
from geo.mercator import Extent

_BEGUN = "session:begun"


def begin(atlas: Atlas) -> None:
    """On the first run of a session, take over what the link says."""
    state = st.session_state
    if _BEGUN in state:
        return
    params = {name: [value or "" for value in st.query_params.get_all(name)] for name in st.query_params}
    view, ignored = read_view(params, atlas.vocabulary)
    state["session:lang"] = view.lang or preferred(st.context.locale)
    state["session:token"] = secrets.token_hex(8)
    state["session:places"] = view.places
    state["session:at"] = view.at
    state["session:ignored"] = ignored
    state["session:focus"] = atlas.store.focus(view.selection) or atlas.store.focus(Selection())
    filters.seed(view.selection, atlas)
    state[_BEGUN] = True


def token() -> str:
    """A name for this session, known to nobody else."""
    return st.session_state["session:token"]  # type: ignore[no-any-return]


def lang() -> Lang:
    """The language the visitor reads."""
    return st.session_state["session:lang"]  # type: ignore[no-any-return]


def speak(chosen: Lang) -> None:
    """Change the language."""
    st.session_state["session:lang"] = chosen


def places() -> tuple[str, ...]:
    """The keys of the picked places; empty when none is picked."""
    return st.session_state["session:places"]  # type: ignore[no-any-return]


def pick(keys: tuple[str, ...]) -> None:
    """Pick places, or with () none."""
    st.session_state["session:places"] = keys


def opened_at() -> At | None:
    """The map's view when the session began. The map keeps its own view after that."""
    return st.session_state["session:at"]  # type: ignore[no-any-return]


def focus() -> Extent | None:
    """What the map shows first where the link names no view: the events that the link selects."""
    return st.session_state["session:focus"]  # type: ignore[no-any-return]


def ignored() -> tuple[Ignored, ...]:
    """What in the link made no sense."""
    return st.session_state["session:ignored"]  # type: ignore[no-any-return]


def forget_ignored() -> None:
    """The visitor has read the note."""
    st.session_state["session:ignored"] = ()


def view(atlas: Atlas) -> View:
    """All that a link restores, as the visitor sees it now; the map writes its own part of the link."""
    return View(selection=filters.current(atlas), places=places(), at=opened_at(), lang=lang())
