"""A box of the editor: it shows what the desk says and changes it.

What is typed and cannot be stays in its box beside one clear sentence.
"""

from __future__ import annotations

from collections.abc import Callable

import streamlit as st

from events.atlas import Atlas
from events.desk import desk as on_desk
from events.desk.errors import DeskError
from events.desk.proposal import Proposal
from events.ui import read_state as state
from events.ui.language import Language
from events.ui.markup import draw, html


def show_box(
    one: Proposal, field: str, part: str, value: object, widget: Callable[[str, Callable[[], None]], object],
    take: Callable[[], object], atlas: Atlas,
) -> None:  # fmt: skip
    """Draw a box that shows a value of the desk, or what was typed wrongly, and changes the desk.

    widget: draws it by its key and what to call when it changes. part: the end of a pair that this box holds, or "".
    take: what the boxes of the field say together.
    """
    key = box_key(one, field, part)
    st.session_state[key] = state.wrong().get((one.id, f"{field}{part}"), (value, None))[0]
    widget(key, lambda: change(one.id, field, take, atlas))


def box_key(one: Proposal, field: str, part: str = "") -> str:
    """The key of a box of the editor."""
    return f"read:edit:{one.id}:{field}{part}"


def change(key: str, field: str, take: Callable[[], object], atlas: Atlas) -> None:
    """Give the desk what the boxes of a field say; what cannot be is kept for `fault` to tell. key: of the event."""
    found = take()
    wrong = state.wrong()
    parts = {"dates": (":from", ":to"), "fatalities": (":low", ":high")}.get(field, ("",))
    for part in parts:
        wrong.pop((key, f"{field}{part}"), None)
    try:
        new = on_desk.edit(state.desk(), key, field, found, known=atlas)
    except DeskError as error:
        typed = found if len(parts) > 1 and isinstance(found, tuple) else (found,)
        for part, value in zip(parts, typed, strict=True):
            wrong[key, f"{field}{part}"] = (value, error)
        return
    state.act(lambda _desk: new)


def fault(one: Proposal, field: str, language: Language) -> None:
    """Draw the sentence on what was typed into a field and cannot be."""
    found = next((error for (key, name), (_, error) in state.wrong().items()
                  if key == one.id and name.split(":")[0] == field), None)  # fmt: skip
    if found is not None:
        draw(html("<p class='furat-wrong' role='alert'>{text}</p>", text=found.said(language.gettext)))
