"""The country, governorate and district a place lies in, in the words that ACLED's and UCDP's columns ask for."""

from __future__ import annotations

import csv
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from events.atlas import Atlas
from events.engines.schema import Row
from geo.boundaries import country_at, governorate_at
from geo.place import Place

COUNTRIES = Path(__file__).parent / "data" / "countries.csv"
_REMEMBERED = 100_000
_WIDE = ("country", "region", "river", "road")
"""Kinds that may reach over several governorates, wherever their point lies."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Country:
    """A country's codes; see data/README.md. Empty where there is none."""

    iso: str = ""
    gwno: str = ""
    acled_region: str = ""

    @property
    def ucdp_region(self) -> str:
        """UCDP's region, which follows from Gleditsch and Ward's number (UCDP/PRIO Armed Conflict codebook)."""
        if not self.gwno:
            return ""
        number = int(self.gwno)
        for last, region in ((199, "Americas"), (399, "Europe"), (626, "Africa"), (699, "Middle East")):
            if number <= last:
                return region
        return "Asia"


@dataclass(frozen=True, kw_only=True, slots=True)
class Area:
    """What surrounds a place: names in English, "" where unknown. adm_1, adm_2, adm_3: with the unit's kind."""

    country: str
    country_id: str
    codes: Country
    adm_1: str
    adm_2: str
    adm_3: str


class Areas:
    """Areas by place, each found once."""

    def __init__(self, atlas: Atlas) -> None:
        self._atlas = atlas
        self._found: dict[str, Area] = {}

    def of(self, site: Row) -> Area:
        """What surrounds a site of an event: its ancestors in the gazetteer, else the boundaries around its point."""
        key = site["place"]
        if key not in self._found:
            if len(self._found) >= _REMEMBERED:
                self._found.clear()
            self._found[key] = self._find(site)
        return self._found[key]

    def _find(self, site: Row) -> Area:
        # A place that came with a file is named by its point, whatever its kind: it is no unit, it lies in some.
        units = {unit.kind: unit for unit in self._upward(site["place"])}
        country = units["country"].id if "country" in units else None
        governorate = units["governorate"].id if "governorate" in units else None
        if country is None:
            country = country_at(lat=site["lat"], lon=site["lon"])
        if governorate is None and country == "syria" and site["kind"] not in _WIDE:
            governorate = governorate_at(lat=site["lat"], lon=site["lon"])
        return Area(
            country=self._name(country),
            country_id=country or "",
            codes=countries().get(country or "", Country()),
            adm_1=self._name(governorate),
            adm_2=units["district"].name_en if "district" in units else "",
            adm_3=units["subdistrict"].name_en if "subdistrict" in units else "",
        )

    def _upward(self, key: str) -> tuple[Place, ...]:
        gazetteer = self._atlas.gazetteer
        return (gazetteer.get(key), *gazetteer.ancestors(key)) if key in gazetteer else ()

    def _name(self, key: str | None) -> str:
        return self._atlas.gazetteer.get(key).name_en if key and key in self._atlas.gazetteer else ""


@cache
def countries() -> dict[str, Country]:
    """Codes of each country, by its id in the gazetteer."""
    with COUNTRIES.open(encoding="utf-8", newline="") as file:
        return {
            row["place"]: Country(iso=row["iso"], gwno=row["gwno"], acled_region=row["acled_region"])
            for row in csv.DictReader(file)
        }
