"""Reading other people's lists of places: a GeoNames country dump, a table of P-codes.

Files are dirty; a reader gives the good rows and says of each other row why it was left out.
"""

from __future__ import annotations

import csv
import zipfile
from collections import Counter
from collections.abc import Callable, Container, Iterable
from dataclasses import dataclass
from pathlib import Path

from geo import geonames
from geo.errors import InvalidPlace, PlaceTableError
from geo.gazetteer import Gazetteer
from geo.incoming import KNOWN, Incoming, LeftOutError
from geo.pcodes import PcodeTable
from geo.place import Place, distance_km
from geo.tables import Row

FORMATS = ("geonames", "pcodes")

_SAME_PLACE_KM = 6.0
_SETTLEMENTS = frozenset({"city", "town", "village"})


@dataclass(frozen=True, kw_only=True, slots=True)
class RowIssue:
    """A row left out: its number in the file (from 1), what is wrong, and of what sort."""

    row: int
    problem: str
    broken: bool = True


@dataclass(frozen=True, kw_only=True, slots=True)
class Reading:
    """What a file gave: rows to add, and the rows left out."""

    rows: tuple[Row, ...]
    issues: tuple[RowIssue, ...]

    @property
    def skipped(self) -> Counter[str]:
        """How many rows were left out, by reason."""
        return Counter("broken" if issue.broken else issue.problem.split(":")[0] for issue in self.issues)

    @property
    def broken(self) -> tuple[RowIssue, ...]:
        """The rows left out because something is wrong with them."""
        return tuple(issue for issue in self.issues if issue.broken)


def read_places(path: Path, *, form: str | None, gazetteer: Gazetteer) -> Reading:
    """Read a GeoNames dump (.txt, .zip) or a table of P-codes (CSV).

    ``form`` is one of FORMATS, None to tell by the file. Places that ``gazetteer`` holds already
    are left out. Raises PlaceTableError when the file as a whole cannot be read.
    """
    text = _text_of(path)
    if form is None:
        tabs = text.partition("\n")[0].count("\t")
        form = "geonames" if tabs == geonames.COLUMNS - 1 else "pcodes"
    if form == "geonames":
        lines = (line.rstrip("\r").split("\t") for line in text.split("\n"))
        numbered = ((number, cells) for number, cells in enumerate(lines, start=1) if any(cells))
        return _collect(numbered, geonames.read_row, gazetteer)
    try:
        table = PcodeTable(text, named=path.name, gazetteer=gazetteer)
    except csv.Error as error:
        raise PlaceTableError(f"{path} is no CSV table ({error}); expected P-codes.") from error
    return _collect(table.lines, table.read_row, gazetteer)


def _collect(
    lines: Iterable[tuple[int, list[str]]],
    read_row: Callable[[list[str]], Incoming],
    gazetteer: Gazetteer,
) -> Reading:
    rows: dict[str, Row] = {}
    issues: list[RowIssue] = []
    for number, cells in lines:
        try:
            found = read_row(cells)
            _refuse_known(found.place, rows, gazetteer)
            rows[found.place.id] = Row(place=found.place, population=found.population)
        except LeftOutError as left:
            issues.append(RowIssue(row=number, problem=str(left), broken=left.broken))
        except InvalidPlace as error:
            issues.append(RowIssue(row=number, problem=str(error)))
    return Reading(rows=tuple(rows.values()), issues=tuple(issues))


def _refuse_known(place: Place, rows: Container[str], gazetteer: Gazetteer) -> None:
    if place.id in rows:
        raise LeftOutError(f"the id {place.id!r} stands in an earlier row too; keep one")
    if known := _same_place(place, gazetteer):
        raise LeftOutError(f"{KNOWN}: {known}", broken=False)


def _same_place(place: Place, gazetteer: Gazetteer) -> str | None:
    """Id of the known place that this one is: near enough, of a like kind, sharing a name."""
    if place.id in gazetteer:
        return place.id
    for name in place.names:
        for known in gazetteer.named(name):
            alike = known.kind == place.kind or {known.kind, place.kind} <= _SETTLEMENTS
            reach = max(_SAME_PLACE_KM, known.radius_km)
            if alike and distance_km(known.point, place.point) <= reach:
                return known.id
    return None


def _text_of(path: Path) -> str:
    try:
        data = _member(path) if zipfile.is_zipfile(path) else path.read_bytes()
    except (OSError, zipfile.BadZipFile) as error:
        why = getattr(error, "strerror", None) or error
        raise PlaceTableError(f"{path} cannot be read ({why}); give a file of places.") from error
    if not data.strip():
        raise PlaceTableError(f"{path} is empty; expected a GeoNames dump or a table of P-codes.")
    encoding = "utf-16" if data[:2] in (b"\xff\xfe", b"\xfe\xff") else "utf-8-sig"
    try:
        return data.decode(encoding)
    except UnicodeDecodeError as error:
        raise PlaceTableError(f"{path} is not UTF-8 text ({error}); save it as UTF-8.") from error


def _member(path: Path) -> bytes:
    """The dump inside a GeoNames archive, which holds a readme.txt besides."""
    with zipfile.ZipFile(path) as archive:
        for name in archive.namelist():
            if name.lower().endswith((".txt", ".csv")) and "readme" not in name.lower():
                return archive.read(name)
    raise PlaceTableError(f"{path} holds no .txt or .csv table; give SY.zip or SY.txt.")
