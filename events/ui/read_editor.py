"""The chosen event: decide on it, correct its values, see the words, reasons and voices they rest on."""

from __future__ import annotations

import streamlit as st

from events.atlas import Atlas
from events.desk import desk as on_desk
from events.desk.proposal import Proposal, Status
from events.ui import read_fields, read_grounds, read_voices
from events.ui import read_state as state
from events.ui.language import Language


def show(one: Proposal, atlas: Atlas, language: Language) -> None:
    """Draw the editor of a proposal."""
    with st.container(key="read-box-editor", gap="small"):
        _next(one, language)
        read_fields.kind_and_time(one, atlas, language)
        read_fields.where(one, atlas, language)
        read_fields.who(one, atlas, language)
        read_fields.how_many(one, atlas, language)
        read_voices.show(one, atlas, language)
        read_fields.titles(one, atlas, language)
        read_grounds.why(one, atlas, language)
        if one.of:
            read_grounds.parts(one, atlas, language)


def _next(one: Proposal, language: Language) -> None:
    """Decide and go on to the next open event: the way through a report by keyboard."""
    _ = language.gettext
    ways: tuple[tuple[str, Status | None, str, str], ...] = (
        (_("Accept, next"), "accepted", "check", "Alt+A"),
        (_("Reject, next"), "rejected", "close", "Alt+X"),
        (_("Next"), None, "arrow_downward", "Alt+N"),
    )
    with st.container(horizontal=True, gap="small", key="read-box-next"):
        for label, status, icon, keys in ways:
            st.button(
                label, key=f"read:next:{status}", icon=f":material/{icon}:", on_click=_go_on, args=(one.id, status),
                shortcut=keys, help=keys, type="primary" if status == "accepted" else "secondary",
            )  # fmt: skip


def _go_on(key: str, status: Status | None) -> None:
    if status is not None and not state.act(lambda desk: on_desk.decide(desk, [key], status)):
        return
    sheet = state.sheet()
    listed = state.visible(sheet) if sheet else []
    at = next((n for n, other in enumerate(listed) if other.id == key), 0)
    following = [*listed[at + 1 :], *listed[:at]]
    wanted = [other for other in following if other.status == "proposed"] if status else following
    state.choose(wanted[0].id if wanted else None)
