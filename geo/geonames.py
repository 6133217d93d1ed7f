"""Rows of a GeoNames country dump, and what the codes in them mean here."""

from __future__ import annotations

import csv
import re
from functools import cache
from pathlib import Path

from geo.incoming import Incoming, LeftOutError, degrees
from geo.place import Place
from geo.radii import AREA_RADIUS_KM, RADIUS_KM, settlement_kind
from geo.spellings import arabic_name, spellings

COLUMNS = 19
"""Tab-separated columns of a dump; it has no header."""

GOVERNORATES = {
    "01": "hasakah_governorate",
    "02": "latakia_governorate",
    "03": "quneitra_governorate",
    "04": "raqqa_governorate",
    "05": "suwayda_governorate",
    "06": "daraa_governorate",
    "07": "deir_ez_zor_governorate",
    "08": "rif_dimashq_governorate",
    "09": "aleppo_governorate",
    "10": "hama_governorate",
    "11": "homs_governorate",
    "12": "idlib_governorate",
    "13": "damascus_governorate",
    "14": "tartus_governorate",
}
"""Place id of each first-level division (admin1 code) of Syria."""

COUNTRY_CODES = Path(__file__).parent / "data" / "countries.csv"
"""Generated table: ISO 3166 two-letter code, place id."""

NOT_NAMED = "a feature the news does not name"

_KINDS = {
    "PPLC": "city",
    "PPLA": "city",
    "PPLA2": "town",
    "PPLA3": "town",
    "PPLX": "neighbourhood",
    "ADM2": "district",
    "ADM3": "subdistrict",
    "AIRB": "base",
    "INSM": "base",
    "AIRP": "landmark",
    "DAM": "landmark",
    "HSP": "landmark",
    "OILF": "landmark",
    "OILR": "landmark",
    "GASF": "landmark",
    "PRN": "landmark",
    "RUIN": "landmark",
    "STDM": "landmark",
    "CMP": "camp",
    "CMPRF": "camp",
    "BDGX": "crossing",
    "CUST": "crossing",
}
_GONE = {"PPLH", "PPLW", "PPLCH"}


def kind_of(feature_code: str, population: int) -> str | None:
    """Kind of place of a GeoNames feature code; None for what the news does not name."""
    if feature_code in _GONE:
        return None
    kind = _KINDS.get(feature_code)
    if feature_code.startswith("PPL") and kind not in ("city", "neighbourhood"):
        by_people = settlement_kind(population)
        return kind if kind is not None and by_people == "village" else by_people
    return kind


@cache
def country_ids() -> dict[str, str]:
    """Place id by ISO 3166 two-letter code."""
    with COUNTRY_CODES.open(encoding="utf-8", newline="") as lines:
        return {row["code"]: row["place"] for row in csv.DictReader(lines)}


def parent_of(country_code: str, admin1_code: str) -> str | None:
    """Id of the governorate in Syria, of the country elsewhere; None for an unknown code."""
    if country_code == "SY":
        return GOVERNORATES.get(admin1_code, "syria")
    return country_ids().get(country_code)


def read_row(cells: list[str]) -> Incoming:
    """Read one row of a dump. Raises LeftOutError, or InvalidPlace for impossible values."""
    if len(cells) != COLUMNS:
        raise LeftOutError(f"{len(cells)} columns; expected {COLUMNS}, separated by tabs")
    number, name, alternates, code, country = (
        cells[0],
        cells[1].strip(),
        cells[3],
        cells[7],
        cells[8],
    )
    if not re.fullmatch(r"[0-9]{1,12}", number):
        raise LeftOutError(f"the GeoNames id is {number!r}; expected a whole number")
    if not name:
        raise LeftOutError("the name is empty")
    population = int(cells[14]) if cells[14].isascii() and cells[14].isdigit() else 0
    kind = kind_of(code, population)
    if kind is None:
        raise LeftOutError(f"{NOT_NAMED}: {code}", broken=False)
    parent = parent_of(country, cells[10])
    if parent is None:
        raise LeftOutError(f"the country code is {country!r}; expected two letters such as SY")
    others = [alt.strip() for alt in alternates.split(",") if alt.strip()]
    name_ar = arabic_name(name, others)
    place = Place(
        id=f"gn_{number}",
        name_en=name,
        name_ar=name_ar,
        aliases=spellings(name, name_ar, others),
        kind=kind,
        lat=degrees(cells[4], "latitude"),
        lon=degrees(cells[5], "longitude"),
        radius_km=RADIUS_KM.get(kind) or AREA_RADIUS_KM[kind],
        parent=parent,
        source=f"GeoNames {number}",
    )
    return Incoming(place=place, population=population)
