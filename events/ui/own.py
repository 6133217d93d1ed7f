"""The visitor's own events: what they brought along, how to see it alone, and how to let go of it."""

from __future__ import annotations

import streamlit as st

from events.ui import leaving, session
from events.ui.language import Language
from events.ui.markup import draw, html


def show(language: Language) -> None:
    """Draw the panel, in the sidebar; nothing where the visitor brought nothing along."""
    leaving.watch()
    if not session.own():
        return
    _ = language.gettext
    with st.container(key="own"):
        listed(language)
        st.checkbox(_("Show only my events"), key=session.ONLY_OWN, persist_state="session")
        st.caption(_("They stay in this browser session only; a shared link does not carry them."))


def listed(language: Language) -> None:
    """Draw what the visitor brought along, each batch with the way to let go of it."""
    _ = language.gettext
    own = session.own()
    total = sum(batch.n_events for batch in own)
    draw(html("<h3>{title} · {n}</h3>", title=_("My events"), n=f"{total:,}"))
    for number, batch in enumerate(own):
        with st.container(horizontal=True, vertical_alignment="center", key=f"own-{number}"):
            draw(html("<p><bdi>{name}</bdi> · {n}</p>", name=batch.name, n=f"{batch.n_events:,}"))
            st.button(
                _("Remove"), key=f"own:drop:{batch.id}", on_click=session.drop, args=(batch.id,), type="tertiary",
                icon=":material/close:",
            )  # fmt: skip
