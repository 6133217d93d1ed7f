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
def _style(rtl: bool) -> str:
    sheets = ("style.css", "rtl.css") if rtl else ("style.css",)
    return "".join((Path(__file__).parent / name).read_text("utf-8") for name in sheets)


def show(language: Language) -> None:
    """Put the style sheet on the page, turned to the language's direction."""
    st.html(f"<style>{_style(language.rtl)}</style>")


def language_switch(language: Language) -> None:
    """A button that turns the page into the other language, labelled in that language."""
    code, name = _OTHER[language.lang]
    st.button(name, key="shell:language", on_click=session.speak, args=(code,))
