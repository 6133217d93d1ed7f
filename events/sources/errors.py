"""What stands in the way of a whole file."""

from __future__ import annotations

from events.errors import EventsError


class SourceError(EventsError, ValueError):
    """A file that cannot be taken as events. One sentence: what was found, what was expected, what to do."""
