"""The offline base under the events: countries, governorates, rivers, lakes, and the labels.

The shapes are geo/data/basemap/*.geojson, made by ``python -m geo.build.basemap``; that folder's
README says whose they are. The labels come from a gazetteer, so that they follow the reader's
language.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterable

    from geo.place import Place

DATA: Final = Path(__file__).parent / "data" / "basemap"
LAYERS: Final = {
    "countries": "countries",
    "borders": "borders",
    "governorates": "governorate_lines",
    "rivers": "rivers",
    "lakes": "lakes",
}
"""The layers of the document, in the order to draw them but borders last, and their files."""
ATTRIBUTION: Final = "Outlines © OpenStreetMap contributors; geoBoundaries; Natural Earth; GSHHG/WDBII"
"""What has to stand on every map that shows the base (see the README of the data)."""

CAPITALS: Final = frozenset(
    [
        "damascus",
        "aleppo",
        "homs",
        "hama",
        "latakia",
        "tartus",
        "idlib",
        "raqqa",
        "deir_ez_zor",
        "hasakah",
        "daraa",
        "suwayda",
        "quneitra",
    ]
)
"""Seats of Syria's governorates: rank 1 whatever their size."""
LARGE: Final = frozenset(
    [
        "adana",
        "amman",
        "ankara",
        "baghdad",
        "basra",
        "beirut",
        "cairo",
        "diyarbakir",
        "doha",
        "erbil",
        "gaziantep",
        "istanbul",
        "jerusalem",
        "kirkuk",
        "moscow",
        "mosul",
        "nicosia",
        "palmyra",
        "qamishli",
        "riyadh",
        "sanliurfa",
        "tehran",
    ]
)
"""Other cities that a reader looks for first."""
_RANKS: Final = {"country": 1, "governorate": 2, "city": 2, "town": 2, "village": 3}


@dataclass(frozen=True, kw_only=True, slots=True)
class Label:
    """A name to write on the base.

    ``rank`` 1 is drawn from afar, 2 nearer, 3 only close by; which place has which is our choice,
    not a source's. ``lat`` and ``lon`` are degrees WGS 84; ``name_ar`` may be empty.
    """

    place: str
    lat: float
    lon: float
    name_en: str
    name_ar: str
    rank: int
    kind: str


@cache
def load_basemap() -> bytes:
    """The whole base as one UTF-8 JSON document: a GeoJSON FeatureCollection under each name of LAYERS.

    Every feature has ``name_en``, ``name_ar`` and ``rank``; borders also have ``kind``.
    """
    # Bytes all along: as text, the Arabic names would make four times as much of it.
    parts = (b'"%s":%s' % (name.encode(), (DATA / f"{file}.geojson").read_bytes()) for name, file in LAYERS.items())
    return b"{%s}" % b",".join(parts)


def labels(places: Iterable[Place]) -> list[Label]:
    """The places worth a label, the most important first, then by id.

    Countries, governorates and settlements get one; districts, which bear the names of their
    seats, do not, nor do quarters, landmarks and rivers (the base itself names its rivers).
    """
    found = [
        Label(
            place=place.id,
            lat=place.lat,
            lon=place.lon,
            name_en=place.name_en,
            name_ar=place.name_ar,
            rank=rank,
            kind=place.kind,
        )
        for place in places
        if (rank := label_rank(place)) is not None
    ]
    return sorted(found, key=lambda label: (label.rank, label.place))


def label_rank(place: Place) -> int | None:
    """1 to 3, or None for a place without a label. The rule is ours.

    1: countries, seats of Syria's governorates and a few large cities. 2: other cities,
    Syria's towns, and its governorates, which give way to their seats. 3: towns elsewhere, and villages.
    """
    if place.id in CAPITALS or place.id in LARGE:
        return 1
    if place.kind == "town" and not _is_syrian(place):
        return 3
    return _RANKS.get(place.kind)


def _is_syrian(place: Place) -> bool:
    parent = place.parent or ""
    return parent == "syria" or parent.endswith(("_governorate", "_district"))
