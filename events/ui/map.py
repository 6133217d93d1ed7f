"""The map: a constant streamlit-folium frame in which our own script draws what our routes serve.

Two things pass between Python and the frame. In: one string of JSON, through
`feature_group_to_add`, the only argument that reaches a drawn map without remounting it. Out: the
place keys of the symbol that was picked. Events never pass through folium, whose templates would
run them.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import lru_cache
from pathlib import Path
from typing import Any, Final, Protocol

import folium
import streamlit as st
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
    "map/canvas.js",
    "map/basemap.js",
    "map/labels.js",
    "map/symbols.js",
    "map/panel.js",
    "map/map.js",
)
STYLES: Final = ("leaflet/leaflet.css", "map/map.css")

KEY: Final = "furat_map"
_HEARD: Final = "furat_map_heard"
_MOST_PLACES: Final = 50
_LONGEST_KEY: Final = 200
_QUERY: Final = re.compile(r"(?:[A-Za-z0-9\-._~!*'()+,;:@/?&=]|%[0-9A-Fa-f]{2})*")


class View(Protocol):
    """A view of the map: its middle in degrees WGS 84, and the zoom as Leaflet counts it."""

    @property
    def lat(self) -> float:
        """Degrees north."""

    @property
    def lon(self) -> float:
        """Degrees east."""

    @property
    def zoom(self) -> int:
        """0 to 18."""


class Bounds(Protocol):
    """A box in degrees WGS 84."""

    @property
    def south(self) -> float:
        """Its southern edge."""

    @property
    def west(self) -> float:
        """Its western edge."""

    @property
    def north(self) -> float:
        """Its northern edge."""

    @property
    def east(self) -> float:
        """Its eastern edge."""


class ForeignLinkError(EventsError, ValueError):
    """Something in the map would make the reader's browser fetch from elsewhere than this app."""

    def __init__(self, *, link: str, element: str) -> None:
        self.link, self.element = link, element
        super().__init__(
            f"{element} asks the browser for {link!r}, but the map may only load what lies under "
            f"{ADDRESS!r}; put the file into events/ui/assets and link it with asset_address()"
        )


class QueryError(EventsError, ValueError):
    """The map was given a query string that is not percent-encoded."""

    def __init__(self, query: str) -> None:
        super().__init__(
            f"the map's query is {query!r}, but it must be percent-encoded and without a leading "
            "'?'; write it with events.selection.query_string"
        )


def show(
    *,
    query: str,
    lang: str,
    picked: Sequence[str],
    tiles: str | None,
    view: View | None,
    bounds: Bounds | None,
    height: int,
    strings: Mapping[str, str],
) -> tuple[str, ...] | None:
    """Draw the map; return the places of the symbol picked since the last run.

    query: the selection as a percent-encoded query string; the frame adds it to `api/cells`.
    picked: place keys to outline. tiles: id of an online background, or None for the bundled one.
    view: first view, once a session; None shows all of `bounds`, which the "show all" button uses
    too. height: px. strings: from `strings()`. Returns None when nothing new was picked, () when
    the pick was taken back. A pick that `take_pick` has taken in this run is not returned again.

    Raises QueryError, and ForeignLinkError if the map would load anything from elsewhere.
    """
    payload = _payload(query=query, lang=lang, picked=picked, tiles=tiles, view=view, bounds=bounds, strings=strings)
    # Made anew on every run: st_folium changes what it is given.
    frame = _Frame()
    update = folium.FeatureGroup(name="furat")
    update.add_child(_Update(payload))
    _refuse_foreign_links(frame, update)
    answer = st_folium(
        frame,
        key=KEY,
        height=height,
        use_container_width=True,
        # With nothing to return st_folium never sends a value of its own over ours.
        returned_objects=[],
        feature_group_to_add=update,
        on_change=_nothing,
    )
    return _take(answer)


def take_pick() -> tuple[str, ...] | None:
    """The pick that made this run, before the map is drawn: call it first thing in the page.

    Saves a second run: the page can set its panel, its link and `show(picked=…)` from it at once.
    Returns None when this run has another cause, () when the pick was taken back.
    """
    return _take(st.session_state.get(KEY))


def strings(gettext: Callable[[str], str], ngettext: Callable[[str, str, int], str]) -> dict[str, str]:
    """All that the map says, worded by gettext. `{n}` and `{total}` are filled in by the frame."""
    _ = gettext
    worded = {
        "map": _("Map of events"),
        "symbols": _("Places on the map, most events first; arrow keys move, Enter picks"),
        "zoom_in": _("Zoom in"),
        "zoom_out": _("Zoom out"),
        "fit": _("Show all events"),
        "loading": _("Loading events…"),
        "failed": _("The map could not get its events."),
        "retry": _("Try again"),
        "empty": _("No events here. Zoom out, or widen the filters."),
        "tiles_failed": _("The online background does not answer; the built-in one is shown."),
        "legend": _("Legend"),
        "legend_sides": _("Who took part"),
        "legend_sizes": _("Number of events"),
        "legend_precision": _("How exactly the place is known"),
        "precision_site": _("Quarter, village or landmark"),
        "precision_town": _("Town only"),
        "precision_area": _("District, governorate or wider"),
        "vague": _("Known only to the town or wider: {n} of {total}"),
        "at_most": _("up to {n}"),
        "km": _("{n} km"),
        "m": _("{n} m"),
        "attribution": _("Map data: Natural Earth, GeoNames"),
    }
    for form, sample in _PLURAL_SAMPLES.items():
        worded[f"events_{form}"] = ngettext("{n} event", "{n} events", sample)
        worded[f"places_{form}"] = ngettext(
            "{n} place drawn as one; zoom in to part them",
            "{n} places drawn as one; zoom in to part them",
            sample,
        )
    return worded


_PLURAL_SAMPLES: Final = {"zero": 0, "one": 1, "two": 2, "few": 3, "many": 11, "other": 100}
"""A number for each of CLDR's plural forms, by which gettext and the browser mean the same one."""


def asset_address(name: str) -> str:
    """Address of a file of `assets/` as the map's frame sees it, with the version of all of them."""
    return f"{ADDRESS}{name}?v={_assets_version()}"


@lru_cache(maxsize=1)
def _assets_version() -> str:
    digest = hashlib.sha256()
    for name in (*SCRIPTS, *STYLES):
        digest.update((ASSETS / name).read_bytes())
    return digest.hexdigest()[:12]


class _Frame(folium.Map):
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
            prefer_canvas=True,
            zoom_control=False,
            attributionControl=False,
            # Leaflet's own answer to a new size moves the middle by up to a pixel; ours does not.
            trackResize=False,
        )
        self.default_js = [(name, asset_address(name)) for name in SCRIPTS]
        self.default_css = [(name, asset_address(name)) for name in STYLES]


class _Update(MacroElement):
    """The one line of script that tells the frame what to show. payload: see `_encode`."""

    _template = Template('{% macro script(this, kwargs) %}Furat.update("{{ this.payload }}");{% endmacro %}')

    def __init__(self, payload: str) -> None:
        super().__init__()  # type: ignore[no-untyped-call]
        self._name = "FuratUpdate"
        self.payload = payload


def _payload(
    *,
    query: str,
    lang: str,
    picked: Sequence[str],
    tiles: str | None,
    view: View | None,
    bounds: Bounds | None,
    strings: Mapping[str, str],
) -> str:
    if not _QUERY.fullmatch(query) or query.startswith("?"):
        raise QueryError(query)
    text = dict(strings)
    return _encode(
        {
            "query": query,
            "lang": lang,
            "picked": list(picked),
            # Without this a pick and its undoing could look like nothing new to st_folium.
            "heard": st.session_state.get(_HEARD),
            "tiles": tiles,
            "view": view and {"lat": view.lat, "lon": view.lon, "zoom": view.zoom},
            "bounds": bounds
            and {
                "south": bounds.south,
                "west": bounds.west,
                "north": bounds.north,
                "east": bounds.east,
            },
            "attribution": text.pop("attribution", ""),
            "text": text,
        }
    )


def _encode(value: object) -> str:
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


def _refuse_foreign_links(*elements: MacroElement) -> None:
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


def _take(answer: object) -> tuple[str, ...] | None:
    """What the frame says was picked, if it has not been taken before. The browser wrote `answer`."""
    if not isinstance(answer, dict):
        return None
    token, places = answer.get("pick"), answer.get("places")
    if not isinstance(token, str) or not 0 < len(token) <= 40 or not isinstance(places, list):
        return None
    if token == st.session_state.get(_HEARD):
        return None
    st.session_state[_HEARD] = token
    keys = [key for key in places if isinstance(key, str) and 0 < len(key) <= _LONGEST_KEY]
    return tuple(dict.fromkeys(keys[:_MOST_PLACES]))


def _nothing() -> None:
    """Only with a callback does st_folium put the answer where `take_pick` finds it."""
