"""Places and points: the values everything else in ``geo`` hands around."""

from __future__ import annotations

import math
import re
from dataclasses import dataclass

from geo.errors import InvalidPlace

KINDS = (
    "country",
    "governorate",
    "district",
    "subdistrict",
    "region",
    "city",
    "town",
    "village",
    "neighbourhood",
    "landmark",
    "base",
    "camp",
    "crossing",
    "river",
    "road",
)
"""What a place can be, from the widest to the narrowest."""

_ID = re.compile(r"[a-z0-9]+(?:_[a-z0-9]+)*\Z")
_EARTH_KM = 6371.0088
_KIND_SET = frozenset(KINDS)


@dataclass(frozen=True, kw_only=True, slots=True)
class Point:
    """A point on the earth, in degrees of WGS 84.

    Raises InvalidPlace for a latitude beyond 90 or a longitude beyond 180 degrees.
    """

    lat: float
    lon: float

    def __post_init__(self) -> None:
        _check_degrees(self.lat, self.lon, of="point")


@dataclass(frozen=True, kw_only=True, slots=True)
class Place:
    """One entry of the gazetteer.

    ``lat`` and ``lon`` are degrees of WGS 84; ``radius_km`` is how far from that point the place
    may really lie or reach. ``name_ar`` is empty where no Arabic name is known. ``parent`` is the
    id of the place that contains this one, None for a country. ``source`` says who locates it.
    Raises InvalidPlace when a field breaks these rules.
    """

    id: str
    name_en: str
    name_ar: str
    aliases: tuple[str, ...] = ()
    kind: str
    lat: float
    lon: float
    radius_km: float
    parent: str | None
    source: str

    def __post_init__(self) -> None:
        if not _ID.match(self.id):
            raise InvalidPlace(f"Place id {self.id!r} is not lower-case ASCII words joined by '_'; rename it.")
        if not self.name_en:
            raise InvalidPlace(f"Place {self.id!r} has no English name; give it one.")
        if self.kind not in _KIND_SET:
            raise InvalidPlace(f"Place {self.id!r} has the kind {self.kind!r}; expected one of {', '.join(KINDS)}.")
        _check_degrees(self.lat, self.lon, of=f"place {self.id!r}")
        if not 0 < self.radius_km <= 20_000:
            raise InvalidPlace(f"Place {self.id!r} has radius_km {self.radius_km!r}; expected km above 0.")
        if self.parent == self.id:
            raise InvalidPlace(f"Place {self.id!r} is its own parent; name the one containing it.")
        if not self.source:
            raise InvalidPlace(f"Place {self.id!r} has no source; say who locates it.")

    @property
    def point(self) -> Point:
        """Where the place is drawn."""
        return Point(lat=self.lat, lon=self.lon)

    @property
    def names(self) -> tuple[str, ...]:
        """Every known spelling, the two main names first."""
        main = (self.name_en, self.name_ar) if self.name_ar else (self.name_en,)
        return main + self.aliases


@dataclass(frozen=True, kw_only=True, slots=True)
class Candidate:
    """A place that a name may mean.

    ``score`` lies in 0–1 and only orders the candidates of one lookup; ``match`` says how the
    name was recognised (``exact``, ``spelling`` or ``consonants``); ``reasons`` say it to people.
    """

    place: Place
    score: float
    match: str
    reasons: tuple[str, ...]


def distance_km(a: Point, b: Point) -> float:
    """Great-circle distance between two points in km (haversine on the mean earth radius)."""
    phi_a, phi_b = math.radians(a.lat), math.radians(b.lat)
    half_lat = math.sin((phi_b - phi_a) / 2)
    half_lon = math.sin(math.radians(b.lon - a.lon) / 2)
    h = half_lat**2 + math.cos(phi_a) * math.cos(phi_b) * half_lon**2
    return 2 * _EARTH_KM * math.asin(min(1.0, math.sqrt(h)))


def _check_degrees(lat: float, lon: float, *, of: str) -> None:
    # Comparisons are false for NaN, so NaN is refused here too.
    if not -90 <= lat <= 90:
        raise InvalidPlace(f"The {of} has latitude {lat!r}; expected degrees from -90 to 90.")
    if not -180 <= lon <= 180:
        raise InvalidPlace(f"The {of} has longitude {lon!r}; expected degrees from -180 to 180.")
