"""What the first page needs, loaded while its visitor's browser still loads Streamlit: of itself, and of the engine.

Neither `events.ui.map_frame` nor `events.ui.link` may be loaded here: Streamlit knows a component only where a page's
run has named it.
"""

from __future__ import annotations

from events.map.cells import snapped
from events.map.drawing import drawing
from events.public import public_atlas
from events.selection import Selection
from events.ui import events_panel, filters, frames, table, timeline  # noqa: F401 - the panels beside the map, folium

ZOOM = 7


def warm() -> None:
    """Open the data, and have the questions of a map translated, which happens once a process."""
    atlas = public_atlas()
    extent = atlas.store.extent(Selection())
    if extent is not None:
        box, sides = snapped(extent, ZOOM), tuple(atlas.dataset.sides)
        drawing(atlas.store, Selection(), box=box, zoom=ZOOM, draw="symbols", sides=sides)
