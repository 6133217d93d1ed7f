"""pandas, which is not loaded before somebody brings a data frame. To be imported before folium is.

folium, pyarrow and Streamlit's components load pandas to be able to tell a frame when they are handed one: 34 MB, and
a third of a second of every start. The pages hand them Arrow tables, lists and dicts only.
"""

from __future__ import annotations

import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from importlib.abc import MetaPathFinder
from importlib.machinery import ModuleSpec
from types import ModuleType

import streamlit.components.v1.custom_component as components
import streamlit.components.v2.bidi_component.serialization as components_v2
from streamlit.dataframe_util import is_dataframe_like


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


def _is_frame(argument: object) -> bool:
    """Whether a component's argument goes to the browser as a table. Our components' lists and dicts are JSON."""
    return not isinstance(argument, (list, dict)) and is_dataframe_like(argument)


with without_pandas():
    # Both go on without it: folium for good, pyarrow until it is handed a frame or asked for one.
    import folium.plugins  # noqa: F401
    import pyarrow

    pyarrow.array(())
components.is_dataframe_like = _is_frame  # type: ignore[attr-defined, assignment]
components_v2.is_dataframe_like = _is_frame  # type: ignore[attr-defined, assignment]
