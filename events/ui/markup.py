"""Text into HTML: the one encoder at the one boundary where data become markup.

Everything that is drawn as HTML is built from `html` templates; every value put in is escaped.
"""

from __future__ import annotations

from collections.abc import Iterable

import streamlit as st
from markupsafe import Markup


def html(template: str, /, **values: object) -> Markup:
    """Markup from a literal template, each value escaped unless it is markup already.

    The template must be a literal of ours, never data.
    """
    return Markup(template).format(**values)  # noqa: S704 - the one place where it is made


def joined(parts: Iterable[Markup]) -> Markup:
    """Several pieces of markup, one after the other."""
    return Markup("").join(parts)


def draw(markup: Markup) -> None:
    """Put markup on the page. Takes nothing else, so that no plain string gets here by mistake."""
    if not isinstance(markup, Markup):
        raise TypeError(f"draw() takes Markup, found {type(markup).__name__}; build it with html()")
    st.html(str(markup))
