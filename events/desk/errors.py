"""The errors of the desk: values that cannot be, proposals and reports that are not there.

Each is one sentence from a template, so that a page can say it in the reader's language.
"""

from __future__ import annotations

from collections.abc import Callable

from events.errors import EventsError


def N_(template: str) -> str:  # noqa: N802
    """Mark a sentence for translation without translating it yet."""
    return template


class DeskError(EventsError):
    """Base of every error that the desk raises on purpose. template: a sentence with the found values in braces."""

    def __init__(self, template: str, /, **found: object) -> None:
        self.template, self.found = template, found
        super().__init__(template.format(**found))

    def __str__(self) -> str:
        return str(self.args[0])

    def said(self, gettext: Callable[[str], str]) -> str:
        """The sentence in another language."""
        return gettext(self.template).format(**self.found)


class InvalidValue(DeskError, ValueError):  # noqa: N818 - says what is the matter, not that it is an error
    """A value that no event can have. field: its name."""

    def __init__(self, field: str, template: str, /, **found: object) -> None:
        self.field = field
        super().__init__(template, **found)


class UnknownProposal(DeskError, KeyError):  # noqa: N818
    """No proposal on the desk has this id."""


class KnownReport(DeskError, ValueError):  # noqa: N818
    """The same text is on the desk already."""


class CannotJoin(DeskError, ValueError):  # noqa: N818
    """These proposals cannot be merged, or this one not be split."""
