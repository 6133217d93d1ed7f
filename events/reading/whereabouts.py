"""From a name to a place: head noun, places named nearby, distance to the rest of the report, importance."""

from __future__ import annotations

import csv
import math
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from typing import NamedTuple

from events.reading.gazetting import PlaceName
from events.reading.lexicon import DATA
from events.reading.text import fold_word
from events.reading.toponym import Toponym
from geo.gazetteer import HOME, Gazetteer
from geo.place import Place, Point, distance_km

_KINDS_OF_HEAD = {
    ("محافظه", "محافظتي", "محافظتا", "محافظات", "governorate", "province"): ("governorate",),
    ("ريف", "ريفي", "ارياف", "باديه", "countryside"): ("governorate", "region", "district"),
    ("حي", "حيي", "حيا", "احياء", "الاحياء", "ضاحيه", "neighbourhood", "neighborhood"): ("neighbourhood",),
    ("مدينه", "مدينتي", "مدينتا", "مدن", "مدينتين", "city", "العاصمه"): ("city", "town"),
    ("بلده", "بلدتي", "بلدتا", "بلدات", "town"): ("town", "village", "city"),
    ("قريه", "قريتي", "قريتا", "قري", "village"): ("village", "town"),
    ("ناحيه",): ("subdistrict", "town", "village", "city"),
    ("نهر",): ("river",),
    ("مخيم", "مخيمات", "camp"): ("camp",),
    ("مطار", "قاعده"): ("base", "landmark"),
    ("حقل", "جسر", "سد", "سجن", "مستشفي", "مشفي", "دوار", "حديقه", "ملعب"): ("landmark",),
    ("معبر",): ("crossing",),
    ("طريق",): ("road",),
}
_WANTED = {fold_word(head): kinds for heads, kinds in _KINDS_OF_HEAD.items() for head in heads}
_PREC = {"governorate": 4, "district": 3, "subdistrict": 3, "region": 5, "river": 5, "road": 5, "country": 6}
_BEARINGS = {"شمال": 0, "شرق": 90, "جنوب": 180, "غرب": 270, "north": 0, "east": 90, "south": 180, "west": 270}
_TOLERANCE_KM = 35.0
_MOST_ANCHORS = 40


class Spot(NamedTuple):
    """Where something lies: degrees WGS 84, radius in km, UCDP precision 1–7, the place it comes from."""

    lat: float
    lon: float
    radius_km: float
    where_prec: int
    place: str | None
    name: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Located:
    """A toponym and what it means: ``place`` for the name itself, ``spot`` for what happened there."""

    toponym: Toponym
    place: Place | None
    point: Point | None
    spot: Spot | None
    confidence: float
    reasons: tuple[str, ...]
    country: str | None = None


@cache
def _courses() -> dict[str, tuple[Point, ...]]:
    found: dict[str, list[Point]] = {}
    with (DATA / "courses.csv").open(encoding="utf-8", newline="") as lines:
        for row in csv.DictReader(lines):
            found.setdefault(row["place"], []).append(Point(lat=float(row["lat"]), lon=float(row["lon"])))
    return {place: tuple(points) for place, points in found.items()}


_Anchor = tuple[str, Point, str, int]
"""A place beyond doubt: id, point, kind, how often it is named."""


class Locator:
    """Resolves the toponyms of one report together, so that each can speak for the others."""

    def __init__(self, gazetteer: Gazetteer) -> None:
        self._gazetteer = gazetteer

    def locate(self, toponyms: Sequence[Toponym]) -> list[Located]:
        """One answer for each toponym, in order; ``place`` is None where only the surroundings are known."""
        anchors = [(place.id, place.point, place.kind, n) for place, n in self._anchors(toponyms)]
        rivers: dict[str, Point] = {}
        memory: dict[tuple[str, str], Place] = {}
        found: list[Located] = []
        for i, topo in enumerate(toponyms):
            after = [t for t in toponyms[i + 1 : i + 3] if t.first - topo.last <= 8]
            found.append(self._one(topo, after, anchors, memory, rivers, found))
        return found

    def _anchors(self, toponyms: Sequence[Toponym]) -> list[tuple[Place, int]]:
        """The places that are beyond doubt, with how often each is named; countries say too little."""
        sure: Counter[str] = Counter()
        for topo in toponyms:
            if topo.name is None:
                continue
            points = [
                p for p in topo.name.places if p.kind not in ("country", "governorate", "district", "subdistrict")
            ]
            points = points or [p for p in topo.name.places if p.kind != "country"]
            if points and all(distance_km(points[0].point, p.point) < _TOLERANCE_KM for p in points[1:]):
                sure[points[0].id] += 1
        return [(self._gazetteer.get(place), count) for place, count in sure.most_common(_MOST_ANCHORS)]

    def _one(
        self,
        topo: Toponym,
        after: Sequence[Toponym],
        anchors: Sequence[_Anchor],
        memory: dict[tuple[str, str], Place],
        rivers: dict[str, Point],
        before: Sequence[Located],
    ) -> Located:
        if topo.name is None:
            return self._surroundings(topo, after, anchors, before)
        key = (topo.name.phrase, topo.head)
        place = memory.get(key) or self._choose(topo, topo.name, after, anchors, before)
        memory[key] = place
        point = self._point(place, anchors, rivers)
        region = topo.area.places[0] if topo.area else None
        spot = self._spot(topo, place, point) if region is None else _spot_of(region)
        rivals = len(topo.name.places)
        reasons = (
            *topo.reasons,
            f"{place.kind} {place.name_en}",
            *((f"{rivals} bear this name",) if rivals > 1 else ()),
        )
        return Located(
            toponym=topo, place=place, point=point, spot=spot,
            confidence=round(topo.sure * (0.9 if rivals > 1 else 1.0), 2), reasons=reasons,
            country=self._gazetteer.country_of(place.id),
        )  # fmt: skip

    def _choose(
        self,
        topo: Toponym,
        name: PlaceName,
        after: Sequence[Toponym],
        anchors: Sequence[_Anchor],
        before: Sequence[Located],
    ) -> Place:
        places = list(name.places)
        if len(places) == 1:
            return places[0]
        wanted = _WANTED.get(topo.head, ())
        fitting = [p for p in places if p.kind in wanted]
        if not fitting and wanted and wanted[0] == "governorate":
            fitting = [p for p in places if p.kind in ("region", "district", "city")]
        if not fitting:
            # A bare name means the town before the area called after it, and a quarter only when said so.
            plain = [p for p in places if p.kind not in ("neighbourhood", "district", "subdistrict")]
            settled = [p for p in plain if p.kind != "governorate"]
            fitting = settled or plain or places
        parents = {p.id for t in after if t.name for p in t.name.places}
        last = next((b.place for b in reversed(before) if b.place and b.place.kind != "country"), None)

        def score(place: Place) -> float:
            here = place.point
            near = sum(n * 50 / (50 + _km(here, point)) for key, point, _, n in anchors if key != place.id)
            total = sum(n for key, _, _, n in anchors if key != place.id) or 1
            value = self._gazetteer.rank(place.id) / 9 + 0.8 * near / total
            value += 0.6 * any(self._gazetteer.is_within(place.id, parent) for parent in parents if parent != HOME)
            if last is not None:
                value += 0.3 * 50 / (50 + _km(here, last.point))
            return value - 0.01 * wanted.index(place.kind) if place.kind in wanted else value

        return max(fitting, key=lambda p: (score(p), p.id))

    def _point(self, place: Place, anchors: Sequence[_Anchor], rivers: dict[str, Point]) -> Point:
        """A river has no one place: the point of its course nearest to what the report is about."""
        course = _courses().get(place.id)
        others = [(point, n) for _, point, kind, n in anchors if kind not in ("river", "region")][:12]
        if course is None or not others:
            return place.point
        if place.id not in rivers:
            rivers[place.id] = min(course, key=lambda c: sum(n * min(_km(c, point), 150) for point, n in others))
        return rivers[place.id]

    def _spot(self, topo: Toponym, place: Place, point: Point) -> Spot:
        prec = _PREC.get(place.kind, 1)
        bearing = _bearing(topo.sides)
        lat, lon, radius = point.lat, point.lon, place.radius_km
        if topo.wide and place.kind in ("governorate", "city", "district") and topo.head.startswith("ري"):
            prec = 3
        if bearing is not None and place.kind in ("governorate", "country"):
            shift = min(radius * 0.5, 200.0)
            lat += shift / 111.2 * math.cos(math.radians(bearing))
            lon += shift / (111.2 * math.cos(math.radians(lat))) * math.sin(math.radians(bearing))
            radius, prec = max(shift, 10.0), 3 if place.kind == "governorate" else 5
        elif bearing is not None and prec == 1:
            prec = 2
        return Spot(
            lat=round(lat, 5), lon=round(lon, 5), radius_km=radius, where_prec=prec, place=place.id, name=place.name_en
        )

    def _surroundings(
        self, topo: Toponym, after: Sequence[Toponym], anchors: Sequence[_Anchor], before: Sequence[Located]
    ) -> Located:
        """A name no gazetteer holds lies in the place named just after it, else near the one before."""
        for nearby in after:
            if nearby.name is not None:
                place = self._choose(nearby, nearby.name, (), anchors, before)
                spot = self._spot(nearby, place, place.point)
                break
        else:
            known = next((b for b in reversed(before) if b.spot and b.place and b.place.kind != "country"), None)
            if known is None or known.spot is None or known.place is None:
                return Located(
                    toponym=topo, place=None, point=None, spot=None, confidence=0.4, reasons=tuple(topo.reasons)
                )
            place, spot = known.place, known.spot
        spot = spot._replace(where_prec=max(3, spot.where_prec), radius_km=max(25.0, spot.radius_km))
        return Located(
            toponym=topo, place=None, point=Point(lat=spot.lat, lon=spot.lon), spot=spot, confidence=0.4,
            country=self._gazetteer.country_of(place.id),
            reasons=(*topo.reasons, f"placed in or near {place.name_en}"),
        )  # fmt: skip


def _spot_of(region: Place) -> Spot:
    prec = 3 if region.radius_km > 20 else 2
    return Spot(
        lat=region.lat,
        lon=region.lon,
        radius_km=region.radius_km,
        where_prec=prec,
        place=region.id,
        name=region.name_en,
    )


def _km(a: Point, b: Point) -> float:
    """Distance on a plane, good to a few per cent over a country; only compared, never reported."""
    north, east = a.lat - b.lat, (a.lon - b.lon) * 0.82
    return 111.2 * math.sqrt(north * north + east * east)


def _bearing(sides: Sequence[str]) -> float | None:
    """Degrees clockwise from north of the compass words beside a name; None without one or for opposites."""
    angles = [math.radians(a) for side in sides for word, a in _BEARINGS.items() if word in side]
    north, east = sum(map(math.cos, angles)), sum(map(math.sin, angles))
    if math.hypot(north, east) < 0.3:
        return None
    return math.degrees(math.atan2(east, north)) % 360
