"""Text that a spreadsheet must not run: made safe, and had back."""

from __future__ import annotations

import unicodedata

# What may stand before the sign without a spreadsheet taking notice: blanks, control and format characters.
_SKIPPED = ("Zs", "Zl", "Zp", "Cc", "Cf")
_SIGNS = "=+-@"
_OPENERS = "\t\r\n"


def disarmed(text: str) -> str:
    """The text, with an apostrophe before it where a spreadsheet would take it for a formula.

    That is text whose first sign is = + - or @, full-width and small forms included, whatever blanks or invisible
    characters come before, and text that begins with a tab or a line break (OWASP, CSV injection). A text that
    already has apostrophes there gets one more, so that `armed` gives back exactly what was.
    """
    # Nearly every text begins with a letter or a figure.
    return text if text[:1].isalnum() or not _runs(text.lstrip("'")) else f"'{text}"


def armed(text: str) -> str:
    """What `disarmed` was given."""
    return text[1:] if text.startswith("'") and _runs(text.lstrip("'")) else text


def _runs(text: str) -> bool:
    if not text or text[0] in _OPENERS:
        return bool(text)
    for character in text:
        if character.isalnum():
            return False
        if unicodedata.category(character) not in _SKIPPED:
            return unicodedata.normalize("NFKC", character)[0] in _SIGNS
    return False
