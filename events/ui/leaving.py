"""Before a visitor leaves or reloads the page by mistake: the browser asks, where something of theirs would be lost."""

from __future__ import annotations

import streamlit as st

from events.ui import session

_JS = """
export default function ({ data }) {
  window.onbeforeunload = data.lost ? (event) => { event.preventDefault(); return ""; } : null;
}
"""
_component = st.components.v2.component("furat_leaving", js=_JS)
_ASKED = "leaving:asked"


def watch(*, lost: bool = False) -> None:
    """Have the browser ask as long as there are events of the visitor's own or reports on their desk.

    lost: whether the page that calls has something more to lose. Costs a visitor without either nothing.
    """
    # The desk's own module loads the reader, which most pages do without.
    history = st.session_state.get("read:history")
    lost = lost or bool(session.own()) or bool(history and history.now.sheets)
    if not lost and not st.session_state.get(_ASKED):
        return
    st.session_state[_ASKED] = lost
    with st.container(key="leaving"):
        _component(key="leaving-ask", data={"lost": lost})
