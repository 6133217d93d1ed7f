"""The box for uploading files, which Streamlit writes in English only, in the reader's language."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import streamlit as st

from events.ui.language import Language

_CSS = """
[data-testid="stFileUploaderDropzone"] button[data-testid="stBaseButton-secondary"] p { font-size: 0; }
[data-testid="stFileUploaderDropzone"] button[data-testid="stBaseButton-secondary"] p::after {
  content: $upload; font-size: .875rem; }
[data-testid="stFileUploaderDropzoneInstructions"] span { font-size: 0; white-space: normal; }
[data-testid="stFileUploaderDropzoneInstructions"] span::after { content: $limit; font-size: .875rem; }
[data-testid="stFileUploader"]:has([aria-invalid="true"])::after { content: $refused; display: block; color: #a3262a;
  font-size: .9rem; padding-block-start: .4rem; }
"""


def show(
    label: str, language: Language, *, suffixes: Sequence[str], most_mb: int, key: str, several: bool = False,
    on_change: Callable[[], None] | None = None, help: str | None = None,
) -> Any:  # fmt: skip
    """Draw the box. Returns the file, or with several a list; None or an empty list as long as none is."""
    _ = language.gettext
    kinds = language.joined(suffix.upper() for suffix in suffixes)
    texts = {
        "$upload": _("Choose a file"),
        "$limit": _("or drop it here; up to {mb} MB: {kinds}").format(mb=most_mb, kinds=kinds),
        "$refused": _(
            "This file was not taken: it is larger than {mb} MB, or of a kind that is not named above."
        ).format(mb=most_mb),
    }
    css = _CSS
    for name, text in texts.items():
        css = css.replace(name, _quoted(text))
    st.html(f"<style>{css}</style>")
    return st.file_uploader(
        label, type=list(suffixes), accept_multiple_files=several, max_upload_size=most_mb, key=key,
        on_change=on_change, help=help,
    )  # fmt: skip


def _quoted(text: str) -> str:
    """A text as CSS writes it; no sign in it ends the style sheet."""
    return '"' + "".join(c if c.isalnum() or c in " .,;:()" else f"\\{ord(c):x} " for c in text) + '"'
