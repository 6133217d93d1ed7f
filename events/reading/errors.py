"""The errors of reading: files that hold no report, lexicons that contradict themselves."""

from __future__ import annotations

from events.errors import EventsError


class ReadingError(EventsError):
    """Base of every error that reading a report raises on purpose."""


class UnreadableDocument(ReadingError, ValueError):  # noqa: N818 - says what is the matter, not that it is an error
    """A file holds no article. The message says what was found and what was expected."""


class LexiconError(ReadingError, ValueError):
    """A lexicon file is malformed. The message names file and line."""
