"""Values that need more than SQL, each distinct one looked at once: days, degrees, figures, names, places."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

import duckdb
import pyarrow as pa

from events.sources import figures, listing
from events.sources.dates import DayOrder, day_range
from events.sources.degrees import one_angle, two_angles
from events.sources.locating import Locator
from events.sources.plan import Join
from events.sources.types import type_of

_TEXT, _REAL, _INT, _DAY = pa.string(), pa.float64(), pa.int64(), pa.date32()
_NAMES = pa.list_(_TEXT)
KINDS: dict[str, pa.Schema] = {
    "days": pa.schema({"first": _DAY, "last": _DAY, "prec": pa.int32(), "problem": _TEXT}),
    "degrees": pa.schema({"value": _REAL}),
    "pairs": pa.schema({"lat": _REAL, "lon": _REAL}),
    "figures": pa.schema({"low": _INT, "best": _INT, "high": _INT, "problem": _TEXT}),
    "sides": pa.schema({"names": _NAMES}),
    "names": pa.schema({"names": _NAMES}),
    "voices": pa.schema({"names": _NAMES, "line": _TEXT}),
    "types": pa.schema({"event": _TEXT, "sub": _TEXT}),
    "places": pa.schema({"place": _TEXT, "lat": _REAL, "lon": _REAL, "prec": pa.int32(), "problem": _TEXT}),
    "countries": pa.schema({"south": _REAL, "north": _REAL, "west": _REAL, "east": _REAL}),
}
"""What each kind of look-up answers."""
_SQL = {_TEXT: "VARCHAR", _REAL: "DOUBLE", _INT: "BIGINT", _DAY: "DATE", pa.int32(): "INTEGER", _NAMES: "VARCHAR[]"}

Answer = tuple[Any, ...]


def joined(join: Join, *, needed: bool) -> tuple[str, str]:
    """SQL for the columns of a look-up and for its join; where nothing asks for it, Nones and no join."""
    if not needed:
        none = "".join(f", NULL::{_SQL[field.type]} AS {join.alias}_{field.name}" for field in KINDS[join.kind])
        return none, ""
    columns = "".join(f", {join.alias}.{name} AS {join.alias}_{name}" for name in KINDS[join.kind].names)
    return columns, f" LEFT JOIN look_{join.kind} AS {join.alias} ON {join.alias}.key = ({join.key})"


@dataclass(kw_only=True)
class Lookups:
    """The tables of looked-up values in a connection, filled as values turn up."""

    connection: duckdb.DuckDBPyConnection
    locator: Locator
    order: DayOrder

    def __post_init__(self) -> None:
        self._known: dict[str, set[str]] = {kind: set() for kind in KINDS}
        self._answer: dict[str, Callable[[str], Answer]] = {
            "days": lambda text: day_range(text, self.order),
            "degrees": lambda text: (one_angle(text),),
            "pairs": two_angles,
            "figures": figures.figures_of,
            "sides": lambda text: (listing.sides(text),),
            "names": lambda text: (listing.names(text),),
            "voices": listing.voices,
            "types": type_of,
            "places": self.locator.place,
            "countries": self.locator.bounds,
        }
        for kind, schema in KINDS.items():
            self._insert(kind, schema, [], create=True)

    def learn(self, kind: str, values: Iterable[str]) -> None:
        """Look up values that were not yet."""
        known = self._known[kind]
        fresh = [value for value in values if value not in known]
        if fresh:
            known.update(fresh)
            rows = [(value, *self._answer[kind](value)) for value in fresh]
            self._insert(kind, KINDS[kind], rows, create=False)

    def learn_all(self, joins: Sequence[Join], source: str) -> list[Join]:
        """Look up whatever the joins will ask for of the rows in `source`. The joins that ask for anything."""
        unsure = [join for join in joins if not join.always]
        counts = ", ".join(f"count({join.key})" for join in unsure) or "0"
        asked = self.connection.execute(f"SELECT {counts} FROM {source}").fetchall()[0] if unsure else ()
        silent = [join for join, count in zip(unsure, asked, strict=True) if not count]
        needed = [join for join in joins if join not in silent]
        for join in needed:
            query = f"SELECT DISTINCT {join.key} AS key FROM {source} WHERE key IS NOT NULL"
            self.learn(join.kind, (value for (value,) in self.connection.execute(query).fetchall()))
        return needed

    def _insert(self, kind: str, schema: pa.Schema, rows: list[Answer], *, create: bool) -> None:
        full = pa.schema([("key", _TEXT), *((name, schema.field(name).type) for name in schema.names)])
        columns = list(zip(*rows, strict=True)) if rows else [()] * len(full)
        table = pa.table([pa.array(column, field.type) for column, field in zip(columns, full, strict=True)], full)
        self.connection.register("looked_up", table)
        into = f"CREATE OR REPLACE TEMP TABLE look_{kind} AS" if create else f"INSERT INTO look_{kind}"
        self.connection.execute(f"{into} SELECT * FROM looked_up")
        self.connection.unregister("looked_up")
