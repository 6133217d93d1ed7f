"""Who says so, report by report, to be corrected."""

from __future__ import annotations

import streamlit as st

from events.atlas import Atlas
from events.desk import desk as on_desk
from events.desk.desk import STANCES
from events.desk.proposal import Proposal
from events.ui import read_state as state
from events.ui.language import Language
from events.ui.markup import draw, html
from events.ui.read_words import STANCES as STANCE_NAMES
from events.ui.read_words import voice_name


def show(one: Proposal, atlas: Atlas, language: Language) -> None:
    """Draw the claimants, the deniers and the stance of each report that tells of the event."""
    _ = language.gettext
    names = {sheet.id: sheet.name for sheet in state.desk().sheets}
    many = len(one.tellings) > 1
    for leaf in one.leaves:
        telling = leaf.telling
        if telling is None:
            continue
        if many:
            draw(html("<p class='furat-small'><bdi>{name}</bdi></p>", name=names.get(telling.sheet, "")))
        voices = dict.fromkeys([*telling.claimants, *telling.denied_by, *atlas.vocabulary.claimants])
        said, denied = st.columns(2, gap="small")
        stance = st.columns(2, gap="small")[0]
        for column, field, label in ((said, "claimants", _("Said by")), (denied, "denied_by", _("Denied by"))):
            key = f"read:told:{leaf.id}:{field}"
            st.session_state[key] = list(getattr(telling, field))
            with column:
                st.multiselect(
                    label, list(voices), key=key, placeholder="–", select_all=False, wrap=True, on_change=_retell,
                    args=(one.id, leaf.id, field, key, atlas),
                    format_func=lambda voice: voice_name(voice, atlas, language),
                )  # fmt: skip
        key = f"read:told:{leaf.id}:stance"
        st.session_state[key] = telling.stance
        with stance:
            st.selectbox(
                _("Stance"), STANCES, key=key, format_func=lambda code: _(STANCE_NAMES[code]), on_change=_retell,
                args=(one.id, leaf.id, "stance", key, atlas),
            )  # fmt: skip


def _retell(key: str, leaf: str, field: str, box: str, atlas: Atlas) -> None:
    value = st.session_state[box]
    state.act(lambda desk: on_desk.edit_telling(desk, key, leaf, field, value, known=atlas))
