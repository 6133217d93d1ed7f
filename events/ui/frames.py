"""Components that load no pandas. To be imported before folium is.

folium and Streamlit's components load it to be able to tell a frame when they are handed one; the pages hand them Arrow
tables, lists and dicts only. See `events.frames`.
"""

from __future__ import annotations

import streamlit.components.v1.custom_component as components
import streamlit.components.v2.bidi_component.serialization as components_v2
from streamlit.dataframe_util import is_dataframe_like

from events.frames import without_pandas


def _is_frame(argument: object) -> bool:
    """Whether a component's argument goes to the browser as a table. Our components' lists and dicts are JSON."""
    return not isinstance(argument, (list, dict)) and is_dataframe_like(argument)


with without_pandas():
    # folium goes on without it for good.
    import folium.plugins  # noqa: F401
components.is_dataframe_like = _is_frame  # type: ignore[attr-defined, assignment]
components_v2.is_dataframe_like = _is_frame  # type: ignore[attr-defined, assignment]
