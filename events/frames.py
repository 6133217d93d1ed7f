"""pandas, which is not loaded before somebody brings a data frame. To be imported before an Arrow array is made.

pyarrow loads pandas to be able to tell a frame when it is handed one: 34 MB, and a sixth of a second of every start.
"""

from __future__ import annotations

import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from importlib.abc import MetaPathFinder
from importlib.machinery import ModuleSpec
from types import ModuleType

import pyarrow


class _NotNow(MetaPathFinder):
    """Finds no pandas for one thread; for others, and for all else, the search goes on."""

    def __init__(self) -> None:
        self._thread = threading.get_ident()

    def find_spec(self, name: str, _path: object = None, _target: ModuleType | None = None) -> ModuleSpec | None:
        if name == "pandas" and threading.get_ident() == self._thread:
            raise ModuleNotFoundError("pandas is not looked for here", name=name)
        return None


@contextmanager
def without_pandas() -> Iterator[None]:
    """Within the block this thread can import no pandas, unless it is loaded already."""
    finder = _NotNow()
    sys.meta_path.insert(0, finder)
    try:
        yield
    finally:
        sys.meta_path.remove(finder)


with without_pandas():
    # pyarrow goes on without it until it is handed a frame or asked for one.
    pyarrow.array(())
