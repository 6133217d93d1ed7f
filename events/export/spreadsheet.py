"""Text that a spreadsheet must not run."""

from __future__ import annotations

import re
import unicodedata
from typing import Any

# What may stand before the sign without a spreadsheet taking notice: blanks, control and format characters.
_SKIPPED = ("Zs", "Zl", "Zp", "Cc", "Cf")
_SIGNS = "=+-@"
_OPENERS = "\t\r\n"


class Figure(str):
    """A number written as text, to the digit: no formula, whatever its sign."""

    __slots__ = ()


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


def cell(value: Any) -> Any:
    """A value for a CSV cell: text and lists (joined by semicolons) disarmed, numbers and days as they are."""
    kind = type(value)
    if kind is str:
        return value if value[:1].isalnum() else disarmed(value)
    return ";".join([disarmed(item) for item in value]) if kind is list else value


def listed(values: list[str] | tuple[str, ...]) -> str:
    """Names in one cell, parted by "; " as ACLED and UCDP do; a semicolon inside a name becomes a comma."""
    return "; ".join(re.sub(r"\s*;\s*", ", ", value) for value in values)


def _runs(text: str) -> bool:
    if not text or text[0] in _OPENERS:
        return bool(text)
    for character in text:
        if character.isalnum():
            return False
        if unicodedata.category(character) not in _SKIPPED:
            return unicodedata.normalize("NFKC", character)[0] in _SIGNS
    return False
