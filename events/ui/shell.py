"""What every page shares: its look, its direction, the language switch."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import streamlit as st

from events.ui import session
from events.ui.language import Language

ICON = Path(__file__).parent / "assets" / "icon.svg"
_OTHER = {"en": ("ar", "العربية"), "ar": ("en", "English")}


@cache
def _style() -> str:
    return (Path(__file__).parent / "style.css").read_text("utf-8")


def show(language: Language) -> None:
    """Put the style sheet on the page, turned to the language's direction."""
    direction = ".stApp { direction: rtl; text-align: start; }" if language.rtl else ""
    st.html(f"<style>{_style()}{direction}</style>")


def language_switch(language: Language) -> None:
    """A button that turns the page into the other language, labelled in that language."""
    code, name = _OTHER[language.lang]
    st.button(name, key="shell:language", on_click=session.speak, args=(code,))
