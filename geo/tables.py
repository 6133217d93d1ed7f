"""Reading and writing tables of places: CSV, UTF-8, plain or gzipped."""

from __future__ import annotations

import csv
import gzip
import io
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from operator import itemgetter
from pathlib import Path

from geo.errors import InvalidPlace, PlaceTableError
from geo.names import KEYS_VERSION, fold, sound_key
from geo.place import Place

COLUMNS = (
    "id",
    "name_en",
    "name_ar",
    "aliases",
    "kind",
    "lat",
    "lon",
    "radius_km",
    "parent",
    "source",
)
"""The columns of every table of places; ``population`` and the stored keys are optional."""

POPULATION = "population"
KEYS = f"keys_{KEYS_VERSION}"
_BETWEEN = " | "


@dataclass(frozen=True, kw_only=True, slots=True)
class Row:
    """One place as a table holds it.

    ``population`` in people, 0 where unknown. ``keys`` are those of the place's names as a table stores them, "" where
    it stores none: to compute them is most of the work of an index of names, and who asks by id needs none.
    """

    place: Place
    population: int = 0
    keys: str = field(default="", compare=False)

    def folds_and_sounds(self) -> tuple[tuple[str, ...], tuple[str, ...]]:
        """The keys of the place's names, in their order: by `fold` and by `sound_key`."""
        names = self.place.names
        stored = tuple(tuple(part.split(" ")) for part in self.keys.split(_BETWEEN))
        if self.keys and [len(part) for part in stored] == [len(names)] * 2:
            return stored[0], stored[1]
        return tuple(map(fold.__wrapped__, names)), tuple(map(sound_key.__wrapped__, names))


def load_rows(path: Path) -> list[Row]:
    """Read a table of places. Raises PlaceTableError naming file, row and column."""
    return list(parse_rows(_text_of(path), named=path.name))


def parse_rows(text: str, *, named: str) -> Iterator[Row]:
    """Read the text of a table; ``named`` is what errors call it."""
    lines = csv.reader(io.StringIO(text, newline=""))
    header = next(lines, [])
    missing = [column for column in COLUMNS if column not in header]
    if missing:
        raise PlaceTableError(
            f"{named}, row 1: the column {missing[0]!r} is missing from {header!r}; expected {', '.join(COLUMNS)}."
        )
    # One look-up of all columns at once; absent optional ones read the empty cell at the end.
    wanted = (*COLUMNS, POPULATION, KEYS)
    pick = itemgetter(*(header.index(c) if c in header else len(header) for c in wanted))
    for number, cells in enumerate(lines, start=2):
        if len(cells) != len(header):
            raise PlaceTableError(f"{named}, row {number}: {len(cells)} cells; expected {len(header)}, as in row 1.")
        yield _row(pick([*cells, ""]), where=f"{named}, row {number}")


def write_rows(path: Path, rows: Iterable[Row]) -> None:
    """Write a table of places with population and keys; gzipped when the name ends in .gz."""
    text = io.StringIO(newline="")
    table = csv.writer(text, lineterminator="\n")
    table.writerow([*COLUMNS, POPULATION, KEYS])
    for row in rows:
        p, (folds, sounds) = row.place, row.folds_and_sounds()
        table.writerow(
            [p.id, p.name_en, p.name_ar, _BETWEEN.join(p.aliases), p.kind, f"{p.lat:.5f}",
             f"{p.lon:.5f}", f"{p.radius_km:g}", p.parent or "", p.source, row.population or "",
             f"{' '.join(folds)}{_BETWEEN}{' '.join(sounds)}"]
        )  # fmt: skip
    data = text.getvalue().encode("utf-8")
    # No time stamp inside, so that the same rows give the same bytes.
    path.write_bytes(gzip.compress(data, mtime=0) if path.suffix == ".gz" else data)


def _text_of(path: Path) -> str:
    try:
        data = path.read_bytes()
        return (gzip.decompress(data) if path.suffix == ".gz" else data).decode("utf-8-sig")
    except (OSError, EOFError) as error:
        why = getattr(error, "strerror", None) or error
        raise PlaceTableError(f"{path}: cannot be read ({why}); give a CSV table.") from error
    except UnicodeDecodeError as error:
        raise PlaceTableError(f"{path}: not UTF-8 text ({error}); save it as UTF-8.") from error


def _row(cells: Sequence[str], *, where: str) -> Row:
    place_id, en, ar, aliases, kind, lat, lon, radius_km, parent, source, people, keys = cells
    try:
        place = Place(
            id=place_id,
            name_en=en,
            name_ar=ar,
            aliases=tuple(aliases.split(_BETWEEN)) if aliases else (),
            kind=kind,
            lat=_number(lat, "lat", where),
            lon=_number(lon, "lon", where),
            radius_km=_number(radius_km, "radius_km", where),
            parent=parent or None,
            source=source,
        )
    except InvalidPlace as error:
        raise PlaceTableError(f"{where}: {error}") from error
    population = int(_number(people, POPULATION, where)) if people else 0
    return Row(place=place, population=population, keys=keys)


def _number(cell: str, column: str, where: str) -> float:
    try:
        return float(cell)
    except ValueError:
        raise PlaceTableError(f"{where}, column {column}: found {cell!r}; expected a number.") from None
