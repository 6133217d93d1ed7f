"""GeoJSON (RFC 7946), Esri's JSON, and JSON lists of flat objects as ACLED's and UCDP's services give them."""

from __future__ import annotations

import json
from collections.abc import Iterator
from itertools import islice
from typing import Any

from events.sources.columns import guess_mapping
from events.sources.errors import SourceError
from events.sources.issues import Issues
from events.sources.limits import Limits
from events.sources.objects import LISTS, Objects
from events.sources.points import LAT, LON, PREC, point_of_json
from events.sources.rows import Chunk, chunk, unique_names
from events.sources.text import Text

_ROWS = 5_000
_SAMPLE = 1_000
_COLUMNS = 2000
_DEGREES = ("CRS84", "EPSG::4326", "EPSG:4326", "4326")
_ANSWERS = ("error", "message", "detail", "error_description")
_NO_EVENTS = {
    "Topology": "TopoJSON; expected GeoJSON with a feature an event",
    **dict.fromkeys(
        ("GeometryCollection", "Point", "MultiPoint", "LineString", "MultiLineString", "Polygon", "MultiPolygon"),
        "a geometry that says nothing of events; expected GeoJSON features with their properties",
    ),
}


class Features:
    """The features of a GeoJSON text, or the objects of a JSON list: the columns are what the first 1,000 have.

    geojson: whether there are geometries. A geometry gives the columns lat, lon and where_prec; an `id` beside the
    properties is a column too. Where all stand on one line their numbers take the place of lines.
    """

    def __init__(self, text: Text, *, limits: Limits) -> None:
        """Raises SourceError where the text holds no list of objects."""
        self.size = text.size
        self._text, self._limits = text, limits
        keys: dict[str, None] = {}
        self.geojson = False
        sample = list(islice(self._items(Issues("")), _SAMPLE))
        for _, _, item in sample:
            self.geojson |= _is_feature(item)
            keys |= dict.fromkeys(_properties(item))
        if not sample:
            raise SourceError("The JSON holds an empty list; expected at least one event.")
        if len(keys) > _COLUMNS:
            raise SourceError(f"The JSON's objects have {len(keys):,} properties; expected a table of events.")
        if len(sample) == 1:
            _check_single(sample[0][2])
        # As in the answers of services, which are one line.
        self._packed = len(sample) > 1 and sample[0][0] == sample[-1][0]
        self._keys = list(keys)
        own = guess_mapping("table", self._keys)
        self._own = tuple(own.get(field) for field in ("lat", "lon"))
        self.columns = unique_names([*self._keys, *((LAT, LON, PREC) if self.geojson else ())])

    def preview(self, n: int) -> list[list[str]]:
        """The first n rows."""
        quiet = Issues("")
        return [self._cells(item, 0, quiet) for _, _, item in islice(self._items(quiet), n)]

    def chunks(self, issues: Issues) -> Iterator[Chunk]:
        """All rows in order, up to where the JSON breaks. Raises SourceError beyond the limits."""
        lines: list[int | None] = []
        cells: list[list[str]] = []
        originals: list[str] = []
        seen = 0
        for line, done, item in self._items(issues):
            seen += 1
            self._limits.check_rows(seen)
            if self._packed:
                line = seen
            row = self._cells(item, line, issues)
            fits = self._fits(row, line, issues)
            lines.append(line)
            cells.append(row if fits else [""] * len(row))
            originals.append(_original(item) if fits else "{}")
            if len(lines) >= _ROWS:
                yield self._chunk(lines, cells, originals, seen, done=min(self.size, done))
                lines, cells, originals = [], [], []
        if lines:
            yield self._chunk(lines, cells, originals, seen, done=self.size)

    def _chunk(
        self, lines: list[int | None], cells: list[list[str]], originals: list[str], seen: int, *, done: int
    ) -> Chunk:
        first = seen - len(lines) + 1
        return chunk(
            records=range(first, seen + 1), lines=lines, cells=cells, originals=originals,
            width=len(self.columns), done=done, seen=seen,
        )  # fmt: skip

    def _fits(self, row: list[str], line: int, issues: Issues) -> bool:
        most = self._limits.cell
        if most is None or max(map(len, row), default=0) <= most:
            return True
        at = next(i for i, cell in enumerate(row) if len(cell) > most)
        reason = f"the value has more than the {most:,} characters read here; the feature was left out"
        issues.add(line=line, column=self.columns[at], value=row[at], reason=reason)
        return False

    def _cells(self, item: Any, line: int, issues: Issues) -> list[str]:
        properties = _properties(item)
        cells = [_text(properties.get(key)) for key in self._keys]
        if not self.geojson:
            return cells
        lat = lon = prec = None
        geometry = item.get("geometry") if isinstance(item, dict) else None
        try:
            lat, lon, prec = point_of_json(geometry)
        except ValueError as error:
            reason = f"the geometry cannot be read ({error}); the feature is kept without it"
            issues.add(line=line, column="geometry", value=_text(geometry), reason=reason)
        if lat is None and all(self._own):
            # Some writers leave out geometries and say the same in the properties.
            lat, lon = (_text(properties.get(str(name))) for name in self._own)
        return [*cells, lat or "", lon or "", prec or ""]

    def _items(self, issues: Issues) -> Iterator[tuple[int, int, Any]]:
        """Each object with its line and its position; a text that breaks in the middle gives those before."""

        def fault(line: int, text: str, why: str) -> None:
            reason = f"the JSON breaks here ({why[:80]}); what stands before was read, the broken part left out"
            issues.add(line=line, column="", value=text, reason=reason)

        objects = Objects(self._text, fault=fault)
        for line, done, item in objects:
            _check_reference(objects.others)
            for part in _parts(item):
                yield line, done, part
        _check_reference(objects.others)


def _check_reference(others: dict[str, Any]) -> None:
    """Raises SourceError for coordinates in anything but degrees; a link is never followed."""
    crs = others.get("crs")
    properties = crs.get("properties") if isinstance(crs, dict) else None
    name = properties.get("name", "") if isinstance(properties, dict) else ""
    esri = others.get("spatialReference")
    if isinstance(esri, dict) and str(esri.get("wkid", "4326")) != "4326":
        name = f"EPSG:{esri.get('latestWkid', esri['wkid'])}"
    if isinstance(name, str) and name and not name.endswith(_DEGREES):
        raise SourceError(
            f"The GeoJSON's coordinates are in {name[:60]!r}; RFC 7946 wants degrees of WGS 84: convert it."
        )


def _check_single(item: Any) -> None:
    """Raises SourceError where the one object there is holds no events, or all of them column by column."""
    if not isinstance(item, dict):
        return
    said = next((item[key] for key in _ANSWERS if isinstance(item.get(key), str)), None)
    if said and not guess_mapping("table", list(item)):
        raise SourceError(f"This is a service's answer without events, which says {said[:80]!r}; ask it anew.")
    kind = item.get("type")
    if isinstance(kind, str) and kind in _NO_EVENTS:
        raise SourceError(f"This is {_NO_EVENTS[kind]}.")
    if (
        not _is_feature(item)
        and len(item) > 1
        and all(isinstance(value, dict) and len(value) for value in item.values())
    ):
        raise SourceError("The JSON stands column by column; expected a list of objects, one an event.")


def _parts(item: Any) -> list[Any]:
    """The objects in one: a collection that stands on one line of many holds several."""
    if isinstance(item, dict):
        for key, value in item.items():
            if key in LISTS and key in ("features", "layers") and isinstance(value, list):
                return [part for inner in value for part in _parts(inner)] if key == "layers" else list(value)
    return [item]


def _is_feature(item: Any) -> bool:
    return isinstance(item, dict) and ("geometry" in item or item.get("type") == "Feature")


def _properties(item: Any) -> dict[str, Any]:
    if not isinstance(item, dict):
        return {}
    if not _is_feature(item):
        return item
    found = item.get("properties", item.get("attributes"))
    own = {"id": item["id"]} if "id" in item else {}
    return own | (found if isinstance(found, dict) else {})


def _original(item: Any) -> str:
    """The object with every value as text, the geometry's too."""
    values = {str(key): _text(value) for key, value in _properties(item).items()}
    if _is_feature(item) and item.get("geometry") is not None:
        values["geometry"] = _text(item["geometry"])
    return json.dumps(values, ensure_ascii=False).encode("utf-8", errors="replace").decode("utf-8")


def _text(value: Any) -> str:
    match value:
        case None:
            found = ""
        case str():
            found = value
        case bool():
            found = "true" if value else "false"
        case float():
            found = str(int(value)) if value.is_integer() and abs(value) < 1e15 else repr(value)
        case list() if all(isinstance(part, str) for part in value):
            found = ";".join(value)
        case _:
            try:
                found = json.dumps(value, ensure_ascii=False)
            except (RecursionError, ValueError):
                found = ""
    # Lone surrogates, which JSON can spell, are no text for anybody else.
    return found.replace("\0", "").encode("utf-8", errors="replace").decode("utf-8")
