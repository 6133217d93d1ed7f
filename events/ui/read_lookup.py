"""Another place for the chosen event: a name in any spelling, the places it may mean, the one that is meant."""

from __future__ import annotations

from typing import Any

import streamlit as st

from events.atlas import Atlas
from events.desk.proposal import Proposal
from events.desk.values import key_of
from events.reading.reading import EventPlace
from events.ui.language import Language
from events.ui.markup import draw, html
from events.ui.read_boxes import change
from events.ui.words import place_kind

MOST_FOUND = 12
LONGEST_NAME = 120


def show(one: Proposal, atlas: Atlas, language: Language) -> None:
    """Draw the box for a name and, once it is given, the choice among the places it may mean."""
    _ = language.gettext
    asked, found = st.columns(2, gap="small", vertical_alignment="bottom")
    with asked:
        name = st.text_input(
            _("Look up another place"), key=f"read:place:{one.id}", max_chars=LONGEST_NAME,
            persist_state="session", placeholder="الميادين · Mayadin",
        )  # fmt: skip
    if not name.strip():
        return
    first = one.values.places[0] if one.values.places else None
    candidates = atlas.gazetteer.candidates(name, near=_point(first), limit=MOST_FOUND)
    if not candidates:
        closest = language.joined(atlas.gazetteer.suggest(name))
        text = _("No place is known by this name.")
        if closest:
            text += " " + _("Closest spellings: {names}").format(names=closest)
        draw(html("<p class='furat-wrong' role='status'>{text}</p>", text=text))
        return
    places = {candidate.place.id: candidate.place for candidate in candidates}

    def label(key: str) -> str:
        within = [language.name(area) for area in atlas.gazetteer.ancestors(key)[:2]]
        return f"{language.name(places[key])} · {language.joined([place_kind(places[key].kind, language), *within])}"

    with found:
        st.selectbox(_("Which is meant"), list(places), format_func=label, key=f"read:meant:{one.id}:{name}")
    with st.container(horizontal=True, gap="small"):
        st.button(_("Put the event there"), key=f"read:put:{one.id}", on_click=_put, args=(one, name, False, atlas),
                  icon=":material/place:")  # fmt: skip
        st.button(_("Add as an adjoining place"), key=f"read:adjoin:{one.id}", on_click=_put,
                  args=(one, name, True, atlas), icon=":material/add_location:")  # fmt: skip


def _point(place: EventPlace | None) -> Any:
    from geo.place import Point

    return Point(lat=place.lat, lon=place.lon) if place else None


def _put(one: Proposal, name: str, beside: bool, atlas: Atlas) -> None:
    meant = st.session_state.get(f"read:meant:{one.id}:{name}")
    if meant is None:
        return
    kept = [key_of(place) for place in one.values.places] if beside else []
    change(one.id, "places", lambda: (*kept, meant), atlas)
    st.session_state[f"read:place:{one.id}"] = ""
