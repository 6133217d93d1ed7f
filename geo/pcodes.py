"""Rows of a table of P-codes, the place codes of the humanitarian agencies."""

from __future__ import annotations

import csv
import io
import re
import unicodedata
from collections.abc import Iterator

from geo.errors import PlaceTableError
from geo.gazetteer import Gazetteer
from geo.incoming import KNOWN, Incoming, LeftOutError, degrees
from geo.place import Place
from geo.radii import RADIUS_KM

# Headers differ by publisher and year: compared without case, spaces and underscores.
_HEADERS = {
    "code": ("admin4pcode", "adm4pcode", "pppcode", "pcode", "code", "neighborhoodpcode"),
    "en": ("admin4nameen", "adm4en", "ppnameen", "nameen", "placename", "name"),
    "ar": ("admin4namear", "adm4ar", "ppnamear", "namear", "arabicname"),
    "alt": ("ppalt1en", "altname", "alternatename", "alias"),
    "lat": ("lat", "latitude", "latdd", "pointy", "ycoord", "y"),
    "lon": ("lon", "long", "lng", "longitude", "londd", "longdd", "pointx", "xcoord", "x"),
    "governorate": ("admin1nameen", "adm1en", "governorateen", "governorate", "admin1name"),
    "area": ("admin1pcode", "adm1pcode", "admin2pcode", "adm2pcode", "admin3pcode", "adm3pcode"),
    "city": ("cityen", "city"),
}
_GOVERNORATE_OF_PCODE = {
    "SY01": "damascus", "SY02": "aleppo", "SY03": "rif_dimashq", "SY04": "homs", "SY05": "hama",
    "SY06": "latakia", "SY07": "idlib", "SY08": "hasakah", "SY09": "deir_ez_zor", "SY10": "tartus",
    "SY11": "raqqa", "SY12": "daraa", "SY13": "suwayda", "SY14": "quneitra",
}  # fmt: skip


Line = tuple[int, list[str]]


class PcodeTable:
    """A table of P-codes: its numbered lines, and how to read one."""

    def __init__(self, text: str, *, named: str, gazetteer: Gazetteer) -> None:
        """Raises PlaceTableError when a needed column is missing."""
        first = text.partition("\n")[0]
        mark = max(",;\t", key=first.count)
        table = csv.reader(io.StringIO(text, newline=""), delimiter=mark)
        header = [re.sub(r"[^a-z0-9]", "", cell.lower()) for cell in next(table, [])]
        self._width = len(header)
        self._at = {
            field: header.index(name) for field, names in _HEADERS.items() for name in reversed(names) if name in header
        }
        for field in ("code", "en", "lat", "lon"):
            if field not in self._at:
                raise PlaceTableError(
                    f"{named}, row 1: no column for {field!r} in {first.strip()!r}; "
                    f"expected one such as {', '.join(_HEADERS[field][:4])}."
                )
        self._gazetteer = gazetteer
        self._known = dict(_pcodes_of(gazetteer))
        # Humanitarian tables often carry a second header row, of HXL tags.
        self.lines: list[Line] = [
            (number, cells)
            for number, cells in enumerate(table, start=2)
            if any(cells) and not cells[0].startswith("#")
        ]

    def read_row(self, cells: list[str]) -> Incoming:
        """Read one line. Raises LeftOutError, or InvalidPlace for impossible values."""
        if len(cells) != self._width:
            raise LeftOutError(f"{len(cells)} cells; expected {self._width}, as in row 1")
        record = {field: cells[column].strip() for field, column in self._at.items()}
        if record["code"] in self._known:
            raise LeftOutError(f"{KNOWN}: {self._known[record['code']]}", broken=False)
        return Incoming(place=_place_of(record, self._gazetteer))


def _pcodes_of(gazetteer: Gazetteer) -> Iterator[tuple[str, str]]:
    for place in gazetteer:
        if code := re.match(r"OCHA ([CN]\d+)\b", place.source):
            yield code[1], place.id


def _place_of(record: dict[str, str], gazetteer: Gazetteer) -> Place:
    code, ar = record["code"], record.get("ar", "")
    # "Mansura (Tall Ed-daman)": the brackets tell namesakes apart, they are no part of the name.
    en = re.sub(r"\s*\(.*?\)", "", record["en"]).strip()
    if not re.fullmatch(r"[A-Za-z]{1,4}[0-9]{2,10}", code):
        raise LeftOutError(f"the P-code is {code!r}; expected letters and figures such as C5181")
    if not en:
        raise LeftOutError(f"{code} has no English name")
    kind = "neighbourhood" if code.upper().startswith("N") else "village"
    aliases = [alias for alias in (record.get("alt", ""),) if alias]
    return Place(
        id=f"{_slug(en)}_{code.lower()}".strip("_"),
        name_en=en,
        name_ar=ar,
        aliases=tuple(aliases),
        kind=kind,
        lat=degrees(record["lat"], "latitude"),
        lon=degrees(record["lon"], "longitude"),
        radius_km=RADIUS_KM[kind],
        parent=_parent(record, gazetteer),
        source=f"P-code {code}",
    )


def _parent(record: dict[str, str], gazetteer: Gazetteer) -> str:
    for name in filter(None, (record.get("city"), record.get("governorate"))):
        wanted = "city" if name == record.get("city") else "governorate"
        for candidate in gazetteer.candidates(name, within="syria"):
            if candidate.place.kind == wanted:
                return candidate.place.id
    area = record.get("area", "")[:4].upper()
    if area in _GOVERNORATE_OF_PCODE:
        return f"{_GOVERNORATE_OF_PCODE[area]}_governorate"
    return "syria"


def _slug(name: str) -> str:
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode("ascii")
    return re.sub(r"[^a-z0-9]+", "_", plain.lower().replace("'", "")).strip("_")
