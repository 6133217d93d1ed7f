"""GeoJSON (RFC 7946), and JSON lists of flat objects as ACLED's service gives them: objects one after the other."""

from __future__ import annotations

import json
from collections.abc import Iterator
from itertools import islice
from typing import Any

import shapely
from shapely.geometry import shape

from events.sources.errors import SourceError
from events.sources.issues import Issues
from events.sources.limits import Limits
from events.sources.points import LAT, LON, point_of
from events.sources.rows import Chunk, chunk, unique_names
from events.sources.text import Text

_ROWS = 5_000
_SAMPLE = 1_000
_COLUMNS = 2000
_LISTS = ("features", "data")
_DEGREES = ("CRS84", "EPSG::4326", "EPSG:4326", "4326")
_SPACE = " \t\n\r"


class Features:
    """The features of a GeoJSON text, or the objects of a JSON list: the columns are what the first 1,000 have.

    geojson: whether there are geometries. A geometry gives the columns lat and lon; an `id` beside the
    properties is a column too.
    """

    def __init__(self, text: Text, *, limits: Limits) -> None:
        """Raises SourceError where the text holds no list of objects."""
        self.size = text.size
        self._limits = limits
        self._text = text.whole().removeprefix("\ufeff")
        keys: dict[str, None] = {}
        self.geojson = False
        count = 0
        for _, item in islice(self._items(Issues("")), _SAMPLE):
            count += 1
            self.geojson |= _is_feature(item)
            keys |= dict.fromkeys(_properties(item))
        if not count:
            raise SourceError("The JSON holds no features; expected a GeoJSON FeatureCollection of events.")
        if len(keys) > _COLUMNS:
            raise SourceError(f"The JSON's objects have {len(keys):,} properties; expected a table of events.")
        self._keys = list(keys)
        self.columns = unique_names([*self._keys, *([LAT, LON] if self.geojson else [])])

    def preview(self, n: int) -> list[list[str]]:
        """The first n rows."""
        quiet = Issues("")
        return [self._cells(item, 0, quiet) for _, item in islice(self._items(quiet), n)]

    def chunks(self, issues: Issues) -> Iterator[Chunk]:
        """All rows in order, up to where the JSON breaks. Raises SourceError beyond the limits."""
        lines: list[int | None] = []
        cells: list[list[str]] = []
        originals: list[str] = []
        seen = 0
        at = line = 1
        at = 0
        for start, item in self._items(issues):
            line += self._text.count("\n", at, start)
            at = start
            seen += 1
            self._limits.check_rows(seen)
            row = self._cells(item, line, issues)
            if self._fits(row, line, issues):
                lines.append(line)
                cells.append(row)
                originals.append(_original(item))
            else:
                lines.append(line)
                cells.append([""] * len(row))
                originals.append("{}")
            if len(lines) >= _ROWS:
                yield self._chunk(lines, cells, originals, seen, done=min(self.size, start))
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
        for name, cell in zip(self.columns, row, strict=True):
            if most is not None and len(cell) > most:
                reason = f"the value has more than the {most:,} characters read here; the feature was left out"
                issues.add(line=line, column=name, value=cell, reason=reason)
                return False
        return True

    def _cells(self, item: Any, line: int, issues: Issues) -> list[str]:
        properties = _properties(item)
        cells = [_text(properties.get(key)) for key in self._keys]
        if not self.geojson:
            return cells
        lat = lon = None
        geometry = item.get("geometry") if isinstance(item, dict) else None
        if geometry is not None:
            try:
                lat, lon = point_of(shape(geometry))
            except (shapely.errors.ShapelyError, ValueError, TypeError, AttributeError, KeyError, IndexError) as error:
                why = " ".join(str(error).split())[:80]
                reason = f"the geometry cannot be read ({why}); the feature is kept without a place"
                issues.add(line=line, column="geometry", value=_text(geometry), reason=reason)
        return [*cells, lat or "", lon or ""]

    def _items(self, issues: Issues) -> Iterator[tuple[int, Any]]:
        """Each object with its position in the text; a text that breaks in the middle gives those before."""
        decoder = json.JSONDecoder()
        text = self._text
        at = count = 0
        try:
            at = _start(text, decoder)
            lines = at < 0
            at = max(at, 0)
            while True:
                at = _skip(text, at, "" if lines else ",")
                if at >= len(text):
                    if lines:
                        return
                    raise ValueError("the list is not closed")  # noqa: TRY301 - the same end as for any other break
                if not lines and text[at] == "]":
                    return
                item, end = decoder.raw_decode(text, at)
                yield from ((at, part) for part in _parts(item))
                count += 1
                at = end
        except (ValueError, RecursionError) as error:
            if isinstance(error, SourceError):
                raise
            if not count:
                raise SourceError(f"The JSON is broken ({str(error)[:80]}); expected GeoJSON features.") from error
            line = text.count("\n", 0, at) + 1
            reason = f"the JSON breaks here ({str(error)[:80]}); what stands before was read, the rest left out"
            issues.add(line=line, column="", value=text[at : at + 80], reason=reason)


def _start(text: str, decoder: json.JSONDecoder) -> int:
    """Position after the bracket that opens the list of objects; -1 for single objects one after the other."""
    at = _skip(text, 0)
    if text[at : at + 1] == "[":
        return at + 1
    if text[at : at + 1] != "{":
        raise SourceError("The file is no JSON object or list; expected a GeoJSON FeatureCollection of events.")
    at = _skip(text, at + 1)
    while text[at : at + 1] == '"':
        key, at = decoder.raw_decode(text, at)
        at = _skip(text, at)
        if text[at : at + 1] != ":":
            break
        at = _skip(text, at + 1)
        if key in _LISTS and text[at : at + 1] == "[":
            return at + 1
        value, at = decoder.raw_decode(text, at)
        if key == "crs":
            _check_crs(value)
        at = _skip(text, at, ",")
    return -1


def _skip(text: str, at: int, also: str = "") -> int:
    while at < len(text) and text[at] in _SPACE + also + "\x1e":
        at += 1
    return at


def _check_crs(crs: Any) -> None:
    """RFC 7946 knows WGS 84 only; a named other system is refused, a link is never followed."""
    name = crs.get("properties", {}).get("name", "") if isinstance(crs, dict) else ""
    if crs and isinstance(name, str) and name and not name.endswith(_DEGREES):
        raise SourceError(
            f"The GeoJSON's coordinates are in {name[:60]!r}; RFC 7946 wants degrees of WGS 84: convert it."
        )


def _parts(item: Any) -> list[Any]:
    """The objects in one: a collection that stands on one line of many holds several."""
    if isinstance(item, dict) and isinstance(item.get("features"), list):
        return list(item["features"])
    return [item]


def _is_feature(item: Any) -> bool:
    return isinstance(item, dict) and ("geometry" in item or item.get("type") == "Feature")


def _properties(item: Any) -> dict[str, Any]:
    if not isinstance(item, dict):
        return {}
    if not _is_feature(item):
        return item
    found = item.get("properties")
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
