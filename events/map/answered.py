"""What the map was answered, and for which view: so that its answer is there when it asks, and the page comes second.

When a filter changes, the page must run and tell the map before the map can ask; meanwhile its answer is made,
for the view it asked for last. And the page goes on to its panels, its table and its chart only when the map has
what it asked for: all want the same processor and the same browser.
"""

from __future__ import annotations

import threading
import time
from collections import OrderedDict
from collections.abc import Callable, Hashable
from concurrent.futures import Future, ThreadPoolExecutor
from typing import TypeVar

from geo.mercator import Box

MOST_REMEMBERED = 256
MOST_WAIT_S = 0.25
"""A page whose map does not ask, since it is out of sight, goes on after this long."""
MOST_FIRST_WAIT_S = 3.0
"""The same for a page that is opened, whose browser must load the map first."""
FIRST_DRAWING_S = 0.25
"""And so long does a browser need to draw its first map."""
DRAWING_S = 0.08
"""The same for every later answer. Panels that come sooner are drawn between: it takes the map half as long again."""
AT_ONCE = 2
"""Answers made ahead at the same time; where more are wanted they are made when they are asked for."""

View = tuple[Box, int]
"""A part of the world, and the zoom."""
K = TypeVar("K")
V = TypeVar("V")


class Answered:
    """Shared between the routes, which tell, and the pages, which wait. Safe between threads."""

    def __init__(self) -> None:
        self._told = threading.Condition()
        self._when: OrderedDict[Hashable, float] = OrderedDict()
        self._views: OrderedDict[str, View] = OrderedDict()

    def tell(self, question: Hashable, *, frame: str = "", view: View | None = None) -> None:
        """A question was answered. frame: names the map that asked, view: what it showed."""
        with self._told:
            _keep(self._when, question, time.monotonic())
            if frame and view:
                _keep(self._views, frame, view)
            self._told.notify_all()

    def view(self, frame: str) -> View | None:
        """The view that a map was answered for last; None where it is not known."""
        with self._told:
            return self._views.get(frame)

    def wait(self, question: Hashable, *, since: float, most: float = MOST_WAIT_S) -> bool:
        """Wait until a question is answered that was put at `since` (time.monotonic), and say whether it was."""
        with self._told:
            return self._told.wait_for(lambda: self._when.get(question, -1.0) >= since, timeout=most)


class Answers:
    """Answers by key, the latest few of them; each is made once, however many ask for it. Safe between threads."""

    def __init__(self, most: int = MOST_REMEMBERED) -> None:
        self._most = most
        self._lock = threading.Lock()
        self._kept: OrderedDict[Hashable, Future[bytes]] = OrderedDict()
        self._makers = ThreadPoolExecutor(AT_ONCE, thread_name_prefix="ahead")
        self._free = threading.BoundedSemaphore(AT_ONCE)

    def get(self, key: Hashable, make: Callable[[], bytes]) -> bytes:
        """The answer; where nobody has made it, or is making it, `make` does. What it raises is raised, not kept."""
        mine: Future[bytes] = Future()
        with self._lock:
            known = self._kept.get(key)
            _keep(self._kept, key, known or mine, most=self._most)
        if known:
            return known.result()
        try:
            mine.set_result(make())
        except BaseException as error:  # noqa: BLE001 - told to all who wait
            with self._lock:
                self._kept.pop(key, None)
            mine.set_exception(error)
        return mine.result()

    def make_ahead(self, key: Hashable, make: Callable[[], bytes]) -> None:
        """Have an answer made that will be asked for. Returns at once, and does nothing where others are being made."""
        if self._free.acquire(blocking=False):
            self._makers.submit(self.get, key, make).add_done_callback(lambda _made: self._free.release())


def _keep(kept: OrderedDict[K, V], key: K, value: V, *, most: int = MOST_REMEMBERED) -> None:
    kept[key] = value
    kept.move_to_end(key)
    while len(kept) > most:
        kept.popitem(last=False)


answered = Answered()
"""This process's own."""
