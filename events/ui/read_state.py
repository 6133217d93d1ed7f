"""What a visitor has on the desk, kept in the session: nothing is lost when the page, a filter or the language changes.

Every change of the desk goes through `act`, so that every change can be undone.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

import streamlit as st

from events.desk.desk import Desk, Sheet
from events.desk.errors import DeskError
from events.desk.history import History
from events.desk.proposal import Proposal
from events.ui.language import Language

_HISTORY, _SHEET, _CHOSEN, _ASKED, _SAID, _WRONG = (
    f"read:{name}" for name in ("history", "sheet", "chosen", "asked", "said", "wrong")
)
_TURN = "read:turn"


@dataclass(frozen=True, kw_only=True)
class Said:
    """What is to be told after an action. text: says it in a language. link: with the way to the map."""

    text: Callable[[Language], str]
    tone: Literal["done", "wrong"] = "done"
    link: bool = False


def history() -> History:
    """The desk with its past and future."""
    return st.session_state.setdefault(_HISTORY, History())  # type: ignore[no-any-return]


def desk() -> Desk:
    """The desk as it is now."""
    return history().now


def begin() -> None:
    """At the start of a run: let go of what undoing or removing has taken away."""
    known = {sheet.id for sheet in desk().sheets}
    state = st.session_state
    if state.get(_SHEET) not in known:
        state[_SHEET] = desk().sheets[-1].id if known else None
        state[_ASKED] = None
    if state.get(_CHOSEN) not in {one.id for one in desk().proposals}:
        state[_CHOSEN] = None


def act(operation: Callable[[Desk], Desk]) -> bool:
    """Do something on the desk. What cannot be done is said, and changes nothing. Returns whether it was done."""
    state = st.session_state
    try:
        new = operation(desk())
    except DeskError as error:
        fault = error
        say(Said(text=lambda language: fault.said(language.gettext), tone="wrong"))
        return False
    state[_HISTORY] = history().then(new)
    say(None)
    return True


def undo() -> None:
    """One step back."""
    _step(history().undo())


def redo() -> None:
    """One step forward again."""
    _step(history().redo())


def _step(new: History) -> None:
    st.session_state[_HISTORY] = new
    st.session_state[_WRONG] = {}
    say(None)


# -- what is looked at ---------------------------------------------------------------------------


def sheet() -> Sheet | None:
    """The report that lies open; None on an empty desk."""
    key = st.session_state.get(_SHEET)
    return next((one for one in desk().sheets if one.id == key), None)


def visible(here: Sheet) -> list[Proposal]:
    """What list and map show: the events of the open report, or of every report."""
    everywhere = st.session_state.get("read:scope") == "all"
    return [one for one in desk().proposals if everywhere or here.id in one.sheets]


def open_sheet(key: str) -> None:
    """Open a report."""
    st.session_state[_SHEET] = key
    st.session_state[_ASKED] = None


def chosen() -> Proposal | None:
    """The proposal whose words are shown and which is edited, if any."""
    key = st.session_state.get(_CHOSEN)
    return next((one for one in desk().proposals if one.id == key), None)


def choose(key: str | None) -> None:
    """Choose a proposal, or with None none; opens a report that tells of it."""
    state = st.session_state
    if key is None:
        state[_CHOSEN] = None
        return
    one = desk().proposal(key)
    state[_CHOSEN] = key
    state[_WRONG] = {}
    if state.get(_SHEET) not in one.sheets:
        open_sheet(next(s.id for s in desk().sheets if s.id in one.sheets))
    # The text and the list bring what is chosen into view once, not on every run.
    state[_TURN] = state.get(_TURN, 0) + 1


def turn() -> int:
    """Grows whenever something is chosen."""
    return st.session_state.get(_TURN, 0)  # type: ignore[no-any-return]


def paged(name: str, pages: int, jump: int | None) -> int:
    """Draw the numbers of pages and return the one to show, counted from 0; it outlasts other pages and languages.

    name: of what is paged. jump: where what was just chosen stands; it is gone to once.
    """
    key = f"read:at:{name}"
    at, heard, times = st.session_state.get(key, (0, 0, 0))
    if jump is not None and heard != turn():
        # A fresh row of numbers: one that is drawn cannot be told where to stand.
        at, times = jump, times + 1
    at = min(at, pages - 1)
    shown = int(st.pagination(pages, default=at + 1, key=f"read:page:{name}:{times}:{pages}")) - 1
    st.session_state[key] = (shown, turn(), times)
    return shown


def ask(span: tuple[int, int] | None) -> None:
    """The words of the open report that the visitor asks about, or None."""
    st.session_state[_ASKED] = span


def asked() -> tuple[int, int] | None:
    """The words asked about."""
    return st.session_state.get(_ASKED)


# -- what is told --------------------------------------------------------------------------------


def say(said: Said | None) -> None:
    """Tell something in place of what was told before."""
    st.session_state[_SAID] = said


def said() -> Said | None:
    """What was told last."""
    return st.session_state.get(_SAID)


def wrong() -> dict[tuple[str, str], tuple[object, DeskError]]:
    """What was typed into a field and cannot be, by proposal and field: it stands there until it is put right."""
    return st.session_state.setdefault(_WRONG, {})  # type: ignore[no-any-return]
