"""The page script: language, navigation, and the pages. Streamlit runs it from top to bottom for every change."""

from __future__ import annotations

import importlib
import sys
from typing import Any

import streamlit as st

from events.atlas import Atlas
from events.engines.address import StoreError
from events.errors import EventsError
from events.ui import frames, map_page, session, shell  # noqa: F401 - frames first, for the map loads folium
from events.ui.language import language, preferred
from geo.errors import GeoError

SIDEBAR_PX = 330


def _atlas() -> Atlas | None:
    """What the visitor sees, or None after one clear sentence where it cannot be opened. Raises StoreError."""
    try:
        return session.atlas()
    except StoreError:
        st.title("Furat · الفرات")
        raise
    except (EventsError, GeoError) as error:
        st.title("Furat · الفرات")
        st.text(language(preferred(st.context.locale)).gettext("The tables behind this map contradict themselves:"))
        st.text(str(error))
        return None


def _page(name: str) -> Any:
    """One of the further pages, loaded when somebody first opens it: the map need not wait for the reader."""
    return importlib.import_module(f"events.ui.{name}_page")


def main() -> None:
    """Draw one run of the page a visitor is on."""
    st.set_page_config(
        page_title="Furat · الفرات",
        page_icon=shell.ICON,
        layout="wide",
        # In an article's frame the map needs the room; the filters are one click away.
        initial_sidebar_state="collapsed" if st.context.is_embedded else SIDEBAR_PX,
    )
    try:
        atlas = _atlas()
        if atlas is not None:
            _show(atlas)
    except StoreError as error:
        # The address says where the data lie; that is for the keeper's eyes.
        print(error, file=sys.stderr)
        _ = language(session.lang() if session.begun() else preferred(st.context.locale)).gettext
        st.text(_("The store behind this map cannot be opened; its keeper finds the reason in the server's log."))
        # To reload the page would let go of what the visitor has read or opened.
        st.button(_("Try again"), icon=":material/refresh:", key="store:again", on_click=session.try_again)


def _show(atlas: Atlas) -> None:
    """Draw the frame of every page, and the page itself. Raises StoreError where the store has gone away."""
    session.begin(atlas)
    spoken = language(session.lang())
    shell.show(spoken)
    _ = spoken.gettext
    on_map = st.Page(lambda: map_page.show(atlas, spoken), title=_("Map"), url_path="map", default=True)
    page = st.navigation(
        [
            on_map,
            st.Page(lambda: _page("read").show(atlas, spoken, on_map), title=_("Read a report"), url_path="read"),
            st.Page(lambda: _page("open").show(atlas, spoken, on_map), title=_("Open a file"), url_path="open"),
            st.Page(lambda: _page("gazetteer").show(atlas, spoken), title=_("Gazetteer"), url_path="gazetteer"),
        ],
        position="top",
    )
    page.run()


main()
