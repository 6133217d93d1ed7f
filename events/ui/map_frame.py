"""The map's frame: a streamlit-folium component that loads our assets only and hears one string from us.

Events never pass through folium, whose templates would run them. What passes is JSON, through
`feature_group_to_add`, the only argument that reaches a drawn map without remounting it.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path
from typing import Any, Final

import folium
from branca.colormap import ColorMap
from branca.element import MacroElement
from folium.template import Template
from streamlit_folium import st_folium

from events.errors import EventsError

ASSETS: Final = Path(__file__).parent / "assets"
ADDRESS: Final = "../../assets/"
"""Where the assets are served, seen from /component/streamlit_folium.st_folium/index.html."""

SCRIPTS: Final = (
    "map/boot.js",
    "leaflet/leaflet.js",
    "map/words.js",
    "map/dom.js",
    "map/canvas.js",
    "map/basemap.js",
    "map/labels.js",
    "map/ramp.js",
    "map/shapes.js",
    "map/marks.js",
    "map/symbols.js",
    "map/smear.js",
    "map/heat.js",
    "map/hexagons.js",
    "map/legend.js",
    "map/list.js",
    "map/panel.js",
    "map/address.js",
    "map/view.js",
    "map/asking.js",
    "map/ground.js",
    "map/picking.js",
    "map/map.js",
)
STYLES: Final = ("leaflet/leaflet.css", "map/map.css")


class ForeignLinkError(EventsError, ValueError):
    """Something in the map would make the reader's browser fetch from elsewhere than this app."""

    def __init__(self, *, link: str, element: str) -> None:
        self.link, self.element = link, element
        super().__init__(
            f"{element} asks the browser for {link!r}, but the map may only load what lies under "
            f"{ADDRESS!r}; put the file into events/ui/assets and link it with asset_address()"
        )


def show_frame(payload: object, *, key: str, height: int) -> object:
    """Draw the frame and return what it says.

    payload: anything JSON can hold, for `Furat.update`. key: names this frame, constant. height: px.
    The answer also lies in `st.session_state[key]` from the start of the run that it made.
    Raises ForeignLinkError if the frame would load anything from elsewhere.
    """
    # Made anew on every run: st_folium changes what it is given.
    frame = Frame()
    update = folium.FeatureGroup(name="furat")
    update.add_child(Update(encode(payload)))
    refuse_foreign_links(frame, update)
    return st_folium(
        frame,
        key=key,
        height=height,
        use_container_width=True,
        # With nothing to return st_folium never sends a value of its own over ours.
        returned_objects=[],
        feature_group_to_add=update,
        on_change=_nothing,
    )


def asset_address(name: str) -> str:
    """Address of a file of `assets/` as the map's frame sees it, with the version of all of them."""
    return f"{ADDRESS}{name}?v={_assets_version()}"


@lru_cache(maxsize=1)
def _assets_version() -> str:
    digest = hashlib.sha256()
    for name in (*SCRIPTS, *STYLES):
        digest.update((ASSETS / name).read_bytes())
    return digest.hexdigest()[:12]


class Frame(folium.Map):
    """A map without a background or a control of folium's, loading nothing but our assets.

    Its script is the same in every run, whatever is shown: st_folium makes the frame's identity
    from it, and a changed frame would lose the reader's view.
    """

    def __init__(self) -> None:
        super().__init__(
            location=[35.0, 38.5],
            zoom_start=7,
            tiles=None,
            # folium hands min_zoom and max_zoom to its tiles only; these reach Leaflet.
            minZoom=3,
            maxZoom=18,
            # Beyond these a link could not name the view, nor the server answer for it.
            maxBounds=[[-85, -180], [85, 180]],
            maxBoundsViscosity=1.0,
            prefer_canvas=True,
            zoom_control=False,
            attributionControl=False,
            # Leaflet's own answer to a new size moves the middle by up to a pixel; ours does not.
            trackResize=False,
        )
        self.default_js = [(name, asset_address(name)) for name in SCRIPTS]
        self.default_css = [(name, asset_address(name)) for name in STYLES]


class Update(MacroElement):
    """The one line of script that tells the frame what to show. payload: see `encode`."""

    _template = Template('{% macro script(this, kwargs) %}Furat.update("{{ this.payload }}");{% endmacro %}')

    def __init__(self, payload: str) -> None:
        super().__init__()  # type: ignore[no-untyped-call]
        self._name = "FuratUpdate"
        self.payload = payload


def encode(value: object) -> str:
    r"""JSON for the inside of a JavaScript string literal, of harmless characters only.

    All but letters, digits, space and `,.:-` of ASCII becomes `\uXXXX`: no sign is left that could
    mean anything to Jinja (branca renders what it has rendered once more), to JavaScript or HTML,
    nor an underscore, after which streamlit-folium replaces names.
    """
    text = json.dumps(value, ensure_ascii=False, allow_nan=False)
    units = text.encode("utf-16-be", "surrogatepass")
    codes = (int.from_bytes(units[at : at + 2], "big") for at in range(0, len(units), 2))
    return "".join(chr(code) if chr(code) in _HARMLESS else f"\\u{code:04x}" for code in codes)


_HARMLESS: Final = frozenset("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789 ,.:-")


def refuse_foreign_links(*elements: MacroElement) -> None:
    """Look where st_folium looks for links, before it does."""
    for element in (found for root in elements for found in _walk(root)):
        if isinstance(element, ColorMap):  # for which st_folium links d3
            raise ForeignLinkError(link="https://d3js.org/", element=type(element).__name__)
        links = [*getattr(element, "default_js", ()), *getattr(element, "default_css", ())]
        for _, link in links:
            if not link.startswith(ADDRESS) or ".." in link[len(ADDRESS) :]:
                raise ForeignLinkError(link=link, element=type(element).__name__)


def _walk(element: Any) -> Iterator[Any]:
    yield element
    for child in element._children.values():
        yield from _walk(child)


def _nothing() -> None:
    """Only with a callback does st_folium put the answer into the session's state."""
