"""What one visitor has chosen, and what they brought along.

The link is read once, when the session begins; from then on the session is the truth. A visitor's own events
live in `events.visitors` and go when Streamlit lets go of the session.
"""

from __future__ import annotations

import secrets
import time
import weakref
from collections.abc import Mapping

import pyarrow as pa
import streamlit as st

from events.atlas import Atlas
from events.engines.loading import Added
from events.map.answered import DRAWING_S, FIRST_DRAWING_S, MOST_FIRST_WAIT_S, answered
from events.map.drawing import answer_ahead
from events.model import Batch
from events.selection import DRAWS, At, Draw, Ignored, Lang, Selection, View, read_view
from events.ui import filters
from events.ui.language import preferred
from events.visitors import Own, visitors
from geo.mercator import Extent

_BEGUN = "session:begun"
DRAWN_AS = "drawn-as"
"""Key of the widget that says what the map draws the events as."""
BACKGROUND = "background"
"""Key of the widget that says what lies under the events."""
_OWN = "session:own"
ONLY_OWN = "session:only_own"
"""Key of the switch that leaves the public events out."""


class _Ticket:
    """Held by the session alone: when it goes, the visitor's own events go."""

    def __init__(self) -> None:
        self.token = visitors.token()
        weakref.finalize(self, visitors.forget, self.token)


def _ticket() -> _Ticket:
    if _OWN not in st.session_state:
        st.session_state[_OWN] = _Ticket()
    return st.session_state[_OWN]  # type: ignore[no-any-return]


def atlas() -> Atlas:
    """What this visitor sees: the public events, and upon them their own."""
    return visitors.atlas(_ticket().token, alone=only_own())


def only_own() -> bool:
    """Whether the public events are left out."""
    return bool(own()) and bool(st.session_state.get(ONLY_OWN))


def own() -> tuple[Own, ...]:
    """The batches the visitor brought along."""
    return visitors.own(_ticket().token)


def keep(batch: Batch) -> Added:
    """Add a batch to the visitor's own events, in the place of an earlier one of its id. Raises TooMuchError."""
    return visitors.keep(_ticket().token, batch)


def keep_tables(tables: Mapping[str, pa.Table], *, batch: str, name: str, form: str, n_rows: int) -> Added:
    """Add the staged tables of an opened file to the visitor's own events, which the map then opens upon.

    Raises TooMuchError.
    """
    mine = _ticket().token
    added = visitors.keep_tables(mine, tables, batch=batch, name=name, form=form, n_rows=n_rows)
    if added.added:
        _look_at(visitors.atlas(mine, alone=True).store.focus(Selection()))
    return added


def _look_at(focus: Extent | None) -> None:
    """Have the map open upon this the next time, wherever it was before."""
    if focus:
        # Under the old name the map's frame would find its last view again.
        st.session_state.update({"session:token": secrets.token_hex(8), "session:at": None, "session:focus": focus})


def drop(batch: str) -> None:
    """Take a batch out of the visitor's own events."""
    visitors.drop(_ticket().token, batch)


def own_params() -> list[tuple[str, str]]:
    """What makes our routes answer with the visitor's own events too. Never part of a link."""
    if not own():
        return []
    return [("own", _ticket().token)] + ([("only_own", "1")] if only_own() else [])


def try_again() -> None:
    """The store had gone away: the map, which may have failed as well, is to ask anew."""
    st.session_state["session:tries"] = tries() + 1


def tries() -> int:
    """How often the visitor has tried again."""
    return int(st.session_state.get("session:tries", 0))


def begun() -> bool:
    """Whether the link has been read."""
    return _BEGUN in st.session_state


def begin(atlas: Atlas) -> None:
    """On the first run of a session, take over what the link says."""
    if begun():
        return
    state = st.session_state
    params = {name: [value or "" for value in st.query_params.get_all(name)] for name in st.query_params}
    view, ignored = read_view(params, atlas.vocabulary)
    state["session:lang"] = view.lang or preferred(st.context.locale)
    state["session:token"] = secrets.token_hex(8)
    state["session:places"] = view.places
    state["session:at"] = view.at
    state["session:ignored"] = ignored
    state["session:focus"] = atlas.store.focus(view.selection) or atlas.store.focus(Selection())
    state[DRAWN_AS] = view.draw
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


def drawn_as() -> Draw:
    """What the map draws the events as."""
    return st.session_state.get(DRAWN_AS) or DRAWS[0]


def background() -> str | None:
    """The id of the online background, or None for the bundled map alone."""
    return st.session_state.get(BACKGROUND) or None


def let_map_first(atlas: Atlas, selection: Selection, *, since: float) -> None:
    """Where the map has just been told of a new question: answer it before it asks, and wait until it has drawn it.

    since: time.monotonic before the map was told. See `events.map.answered`.
    """
    draw = drawn_as()
    question = (atlas.store.version, selection, draw)
    before = st.session_state.get("session:asked")
    st.session_state["session:asked"] = question
    if question == before:
        return
    if before is None:
        if answered.wait(question, since=since, most=MOST_FIRST_WAIT_S):
            time.sleep(FIRST_DRAWING_S)
        return
    # Answers about a visitor's own events are never kept.
    if not own() and (view := answered.view(token())):
        box, zoom = view
        answer_ahead(atlas.store, selection, box=box, zoom=zoom, draw=draw, sides=tuple(atlas.dataset.sides))
    if answered.wait(question, since=since):
        time.sleep(DRAWING_S)


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
    return View(
        selection=filters.current(atlas), places=places(), at=opened_at(), draw=drawn_as(), lang=lang()
    )  # fmt: skip
