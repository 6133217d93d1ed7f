"""The online backgrounds a reader may switch on; none is asked for until then."""

from __future__ import annotations

from functools import cache
from typing import Any

NAMES = {"osm": "OpenStreetMap", "quiet": "Esri World Gray Canvas"}


@cache
def online_tiles() -> list[dict[str, Any]]:
    """Address, attribution and deepest zoom of each background, from xyzservices."""
    from xyzservices import providers

    layers = {"osm": providers.OpenStreetMap.Mapnik, "quiet": providers.Esri.WorldGrayCanvas}
    return [
        {
            "id": key,
            "name": NAMES[key],
            "url": layer.build_url(fill_subdomain=False),
            "attribution": layer.attribution.replace("(C)", "©"),
            "max_zoom": layer.get("max_zoom", 19),
            "subdomains": layer.get("subdomains", "abc"),
        }
        for key, layer in layers.items()
    ]
