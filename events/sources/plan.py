"""How the columns of a file become the columns of `incoming`: expressions, look-ups and checks of one format."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from events.sources.incoming import COLUMNS

MACROS = (
    # Only what has a year of four digits: DuckDB also takes 'infinity' and 'epoch' for times, 3/16/17 for the year 3.
    "CREATE OR REPLACE TEMP MACRO day_of(x) AS CASE WHEN try_cast(left(x, 4) AS SMALLINT) >= 1000 "
    "AND x[5] IN ('-', '/') THEN try_cast(try_cast(x AS TIMESTAMP) AS DATE) END",
    "CREATE OR REPLACE TEMP MACRO real_of(x) AS CASE WHEN regexp_full_match(x, '[-+]?[0-9]{1,6}(\\.[0-9]*)?') "
    "THEN try_cast(x AS DOUBLE) END",
    "CREATE OR REPLACE TEMP MACRO whole_of(x) AS CASE WHEN regexp_full_match(x, '[0-9]{1,9}(\\.0*)?') "
    "THEN try_cast(try_cast(x AS DOUBLE) AS BIGINT) END",
    # Patterns are slow in DuckDB, and few texts need one.
    "CREATE OR REPLACE TEMP MACRO one_line(x) AS CASE WHEN contains(x, '  ') OR contains(x, chr(9)) "
    "OR contains(x, chr(10)) OR contains(x, chr(13)) THEN trim(regexp_replace(x, '\\s+', ' ', 'g')) ELSE x END",
    # So are functions on lists, and few lists share a name.
    "CREATE OR REPLACE TEMP MACRO union_of(a, b) AS list_concat(a, CASE WHEN list_has_any(a, b) "
    "THEN list_filter(b, lambda x: NOT list_contains(a, x)) ELSE b END)",
)
"""What the expressions of all formats use."""


_WORD = re.compile(r"\w+")


@dataclass(frozen=True, kw_only=True)
class Check:
    """Something that may be wrong with a row. when: SQL, true where it is. value, reason: SQL for texts.

    column: name of the file's column. fatal: whether the row is left out.
    """

    column: str
    when: str
    value: str
    reason: str
    fatal: bool = True


@dataclass(frozen=True, kw_only=True)
class Join:
    """A look-up by value. kind: which of `lookups.KINDS`. key: SQL for the value looked up."""

    alias: str
    kind: str
    key: str

    @property
    def always(self) -> bool:
        """Whether every row asks for it that has the cell."""
        return self.key.startswith("r_") and self.key.isidentifier()


class Plan:
    """Expressions over a chunk's columns c0, c1 …, gathered by a format.

    mapping: field to column name. Fields without a column read as None. raws: the cells used, by the name under
    which expressions have them, and the number of their column. plain: what a cell says where it is written plainly,
    by name; look-ups are for the others. ids_travel: whether an id means the same event in
    every file of the format. by_people: whether a cell may say "unknown" instead of nothing.
    """

    def __init__(self, columns: Sequence[str], mapping: Mapping[str, str]) -> None:
        self.columns = tuple(columns)
        self.mapping = dict(mapping)
        self.raws: dict[str, int] = {}
        self.plain: dict[str, str] = {}
        self.joins: list[Join] = []
        self.lets: dict[str, str] = {}
        self.checks: list[Check] = []
        self.fields: dict[str, str] = {}
        self.ids_travel = False
        self.by_people = False

    def has(self, field: str) -> bool:
        """Whether a column is mapped to the field."""
        return field in self.mapping

    def column(self, field: str) -> str:
        """Name of the field's column, "" for none."""
        return self.mapping.get(field, "")

    def cell(self, field: str) -> str:
        """SQL for the field's cell: trimmed text, or None."""
        if field not in self.mapping:
            return "NULL::VARCHAR"
        self.raws[f"r_{field}"] = self.columns.index(self.mapping[field])
        return f"r_{field}"

    def day(self, cell: str) -> str:
        """Name of the day a cell plainly says, None for all others."""
        return self._plainly("day", cell)

    def real(self, cell: str) -> str:
        """Name of the decimal number a cell plainly says, None for all others."""
        return self._plainly("real", cell)

    def whole(self, cell: str) -> str:
        """Name of the whole number, not negative, a cell plainly says, None for all others."""
        return self._plainly("whole", cell)

    def _plainly(self, what: str, cell: str) -> str:
        sql = f"{what}_of({cell})"
        known = next((name for name, said in self.plain.items() if said == sql), None)
        name = known or f"{what}_{len(self.plain)}"
        self.plain[name] = sql
        return name

    def look(self, kind: str, key: str, alias: str) -> str:
        """Join a look-up by a cell, or by what is None where the cell is plain; its columns are then `alias_column`."""
        self.joins.append(Join(alias=alias, kind=kind, key=key))
        return alias

    def let(self, name: str, sql: str) -> str:
        """Name an expression; it may use cells, look-ups and earlier names."""
        self.lets[name] = sql
        return name

    def levels(self) -> Iterator[Mapping[str, str]]:
        """The named expressions, each after all that it uses; those given together use none of one another."""
        depth: dict[str, int] = {}
        for name, sql in self.lets.items():
            words = set(_WORD.findall(sql))
            depth[name] = 1 + max((depth[other] for other in depth.keys() & words), default=0)
        for level in range(1, max(depth.values(), default=0) + 1):
            yield {name: sql for name, sql in self.lets.items() if depth[name] == level}

    def check(self, field: str, when: str, reason: str, *, value: str | None = None, fatal: bool = True) -> None:
        """Note an issue where SQL holds. reason: SQL for one sentence. A field without a column names itself."""
        shown = value if value is not None else (self.cell(field) if self.has(field) else "''")
        column = self.column(field) or field
        self.checks.append(Check(column=column, when=when, value=shown, reason=reason, fatal=fatal))

    def set(self, **fields: str) -> None:
        """Expressions for columns of `incoming`. Raises KeyError for others."""
        for name, sql in fields.items():
            COLUMNS[name]
            self.fields[name] = sql
