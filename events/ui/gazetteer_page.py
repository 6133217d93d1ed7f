"""The gazetteer page: which place a name means, on a small map."""

from __future__ import annotations

import streamlit as st

from events.atlas import Atlas
from events.ui.language import Language


def show(atlas: Atlas, language: Language) -> None:
    """Draw the page."""
    st.write("")
