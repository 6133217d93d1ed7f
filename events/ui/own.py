"""The visitor's own events: what they brought along, how to see it alone, and how to let go of it."""

from __future__ import annotations

import streamlit as st

from events.ui import session
from events.ui.language import Language
from events.ui.markup import draw, html


def show(language: Language) -> None:
    """Draw the panel, in the sidebar; nothing where the visitor brought nothing along."""
    own = session.own()
    if not own:
        return
    _ = language.gettext
    total = sum(batch.n_events for batch in own)
    with st.container(key="own"):
        draw(html("<h3>{title} · {n}</h3>", title=_("My events"), n=f"{total:,}"))
        for number, batch in enumerate(own):
            with st.container(horizontal=True, vertical_alignment="center", key=f"own-{number}"):
                draw(html("<p>{name} · {n}</p>", name=batch.name, n=f"{batch.n_events:,}"))
                st.button(
                    _("Remove"), key=f"own:drop:{batch.id}", on_click=session.drop, args=(batch.id,), type="tertiary"
                )
        st.checkbox(_("Show only my events"), key=session.ONLY_OWN, persist_state="session")
        st.caption(_("They stay in this browser session only; a shared link does not carry them."))
