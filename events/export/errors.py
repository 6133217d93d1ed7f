"""What stands in the way of an export, in one sentence."""

from __future__ import annotations

from events.errors import EventsError


class ExportError(EventsError, ValueError):
    """The export asked for cannot be made as asked."""
