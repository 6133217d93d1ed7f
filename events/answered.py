"""Which questions of the map were answered just now.

When a filter changes, the map asks for its events while the page still makes its panels, its table and its chart;
both want the same processor and the same browser. The page therefore waits a moment here, so that the map comes
first. Measured: 0.2 s sooner, at a thousand events as at a million.
"""

from __future__ import annotations

import threading
import time
from collections import OrderedDict
from collections.abc import Hashable

MOST_REMEMBERED = 256
MOST_WAIT_S = 0.25
"""A page whose map does not ask, since it is out of sight, goes on after this long."""


class Answered:
    """Shared between the routes, which tell, and the pages, which wait. Safe between threads."""

    def __init__(self) -> None:
        self._told = threading.Condition()
        self._when: OrderedDict[Hashable, float] = OrderedDict()

    def tell(self, question: Hashable) -> None:
        """A question was answered."""
        with self._told:
            self._when[question] = time.monotonic()
            self._when.move_to_end(question)
            while len(self._when) > MOST_REMEMBERED:
                self._when.popitem(last=False)
            self._told.notify_all()

    def wait(self, question: Hashable, *, since: float, most: float = MOST_WAIT_S) -> bool:
        """Wait until a question is answered that was put at `since` (time.monotonic), and say whether it was."""
        with self._told:
            return self._told.wait_for(lambda: self._when.get(question, -1.0) >= since, timeout=most)


answered = Answered()
"""This process's own."""
