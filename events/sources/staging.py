"""From the rows of a file to the table `incoming`, chunk by chunk."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import reduce

import duckdb
import pyarrow as pa
import pyarrow.compute as pc

from events.errors import RowIssue
from events.sources.acled import acled_plan
from events.sources.dates import DayOrder
from events.sources.gdelt import gdelt_plan
from events.sources.incoming import COLUMNS, create_incoming
from events.sources.issues import Issues
from events.sources.locating import Locator
from events.sources.lookups import Lookups, joined
from events.sources.plan import MACROS, Join, Plan
from events.sources.recognise import Format
from events.sources.rows import Chunk, Rows
from events.sources.table import table_plan
from events.sources.ucdp import ucdp_plan
from geo.gazetteer import Gazetteer

Progress = Callable[[int, int], None]
"""Called with bytes done and bytes in all."""

_PLANS: dict[str, Callable[[Plan], None]] = {
    "ucdp": ucdp_plan, "acled": acled_plan, "gdelt": gdelt_plan, "table": table_plan, "geojson": table_plan,
}  # fmt: skip
_TITLE = (
    "left(coalesce(title, headline, nullif(concat_ws(', ', nullif(array_to_string(list_concat(actors[1:2], "
    "targets[1:2]), ' – '), ''), place_name, sub_event_type), '')), 200)"
)
_SPACES = " \t\r\n\u00a0\u200e\u200f\ufeff\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"
_BLANK = pa.array(["", "NA", "N/A", "#N/A", "NULL", "null", "NaN", "nan", "None", "none"])
"""Texts that stand for an empty cell."""
_COMMIT = 4
"""Chunks to a commit."""

_SAME = 6
"""Cells that must equal the header's for a row to be the header again."""


@dataclass(frozen=True, kw_only=True)
class Staged:
    """What became of a file.

    rows: data rows seen. good: rows in `incoming`. located: rows among them that got their place by its name.
    issues: the first of them, by line; more: how many are not listed.
    """

    rows: int
    good: int
    located: int
    issues: tuple[RowIssue, ...] = ()
    more: int = 0


def stage_rows(
    connection: duckdb.DuckDBPyConnection,
    *,
    rows: Rows,
    form: Format,
    mapping: Mapping[str, str],
    gazetteer: Gazetteer,
    issues: Issues,
    order: DayOrder,
    progress: Progress | None = None,
) -> Staged:
    """Make and fill `incoming` in a connection of its own. Raises SourceError where the file ends it."""
    for macro in MACROS:
        connection.execute(macro)
    create_incoming(connection)
    plan = Plan(rows.columns, mapping)
    _PLANS[form](plan)
    lookups = Lookups(connection=connection, locator=Locator(gazetteer), order=order)
    steps = _Steps(connection, plan, lookups, issues)
    seen = number = 0
    for number, chunk in enumerate(_ahead(rows.chunks(issues))):
        # DuckDB copies small commits row by row and moves big ones; none at all would hold everything in memory.
        if number % _COMMIT == 0:
            connection.begin()
        steps.take(chunk)
        if number % _COMMIT == _COMMIT - 1:
            connection.commit()
        seen = chunk.seen
        if progress:
            progress(chunk.done, rows.size)
    if seen and number % _COMMIT != _COMMIT - 1:
        connection.commit()
    _drop_repeats(connection, plan, issues)
    if progress:
        progress(rows.size, rows.size)
    count = "SELECT count(*), count(place) FROM incoming"
    good, located = connection.execute(count).fetchall()[0]
    return Staged(rows=seen - steps.unreal, good=good, located=located, issues=issues.in_order(), more=issues.more)


def _ahead(chunks: Iterator[Chunk]) -> Iterator[Chunk]:
    """The same chunks; while one is used the next is read in a thread of its own."""
    with ThreadPoolExecutor(max_workers=1) as pool:
        coming = pool.submit(next, chunks, None)
        while (chunk := coming.result()) is not None:
            coming = pool.submit(next, chunks, None)
            yield chunk


class _Steps:
    """The statements of one plan, run for each chunk. unreal: rows met that are blank or hold HXL tags."""

    def __init__(self, connection: duckdb.DuckDBPyConnection, plan: Plan, lookups: Lookups, issues: Issues) -> None:
        self._connection, self._plan, self._lookups, self._issues = connection, plan, lookups, issues
        self.unreal = 0

    def take(self, chunk: Chunk) -> None:
        """One chunk's good rows into `incoming`, what is wrong into the issues."""
        table = self._real(self._told(self._without_tags(chunk.table)))
        if not table.num_rows:
            return
        self._connection.register("chunk", table)
        try:
            rows = self._rows(self._lookups.learn_all(self._plan.joins, "chunk"))
            self._check(rows)
            self._insert(rows, own="original" in table.column_names)
        finally:
            self._connection.unregister("chunk")

    def _without_tags(self, table: pa.Table) -> pa.Table:
        """A row of HXL tags stands first or nowhere."""
        if table.num_rows and table["record"][0].as_py() == 1 and is_tags(self._cells(table, 0)):
            self.unreal += 1
            return table.slice(1)
        return table

    def _cells(self, table: pa.Table, row: int) -> list[str]:
        return [table[f"c{i}"][row].as_py() or "" for i in range(len(self._plan.columns))]

    def _told(self, table: pa.Table) -> pa.Table:
        """The same with the mapped cells besides: trimmed, None where they say nothing. SQL trims slowly."""
        for name, number in self._plan.raws.items():
            trimmed = pc.utf8_trim(table[f"c{number}"], characters=_SPACES)
            blank = pc.is_in(trimmed, value_set=_BLANK)
            told = pc.if_else(blank, pa.scalar(None, pa.string()), trimmed) if pc.any(blank).as_py() else trimmed
            table = table.append_column(name, told)
        return table

    def _real(self, table: pa.Table) -> pa.Table:
        """The rows that are neither blank nor the header again."""
        names = self._plan.columns
        again = _all(pc.equal(table[f"c{i}"], name) for i, name in enumerate(names[:_SAME]))
        blank = _all(pc.is_null(table[name]) for name in self._plan.raws)
        if pc.any(blank).as_py():
            spaces = pc.utf8_trim_whitespace
            blank = _all([blank, *(pc.equal(pc.fill_null(spaces(table[f"c{i}"]), ""), "") for i in range(len(names)))])
            self.unreal += pc.sum(blank).as_py() or 0
        if pc.any(again).as_py():
            repeated = table.filter(again)
            for record, line in zip(repeated["record"].to_pylist(), repeated["line"].to_pylist(), strict=True):
                reason = "the header stands here again; the line was left out"
                self._issues.add(line=line or record, column="", value="", reason=reason)
        out = pc.or_(again, blank)
        # Filtering copies everything, and hardly any chunk needs it.
        return table.filter(pc.invert(out)) if pc.any(out).as_py() else table

    def _rows(self, needed: Sequence[Join]) -> str:
        """SQL of the rows with all that is looked up and named."""
        parts = [joined(join, needed=join in needed) for join in self._plan.joins]
        columns, joins = "".join(part[0] for part in parts), "".join(part[1] for part in parts)
        lets = "".join(f", {sql} AS {name}" for name, sql in self._plan.lets.items())
        return f"SELECT *{lets} FROM (SELECT chunk.*{columns} FROM chunk{joins})"

    def _check(self, rows: str) -> None:
        checks = self._plan.checks
        told = ", ".join(
            f"CASE WHEN {c.when} THEN {{'n': {n}, 'value': left({c.value}, 300), 'reason': {c.reason}}} END"
            for n, c in enumerate(checks)
        )
        wrong = " OR ".join(f"coalesce({check.when}, false)" for check in checks)
        query = f"SELECT coalesce(line, record), [{told}] FROM ({rows}) WHERE {wrong} ORDER BY record"
        for line, found in self._connection.execute(query).fetchall():
            for one in found:
                if one:
                    column = checks[one["n"]].column
                    self._issues.add(line=line, column=column, value=one["value"] or "", reason=one["reason"] or "")

    def _insert(self, rows: str, *, own: bool) -> None:
        plan = self._plan
        bad = " OR ".join(f"coalesce({check.when}, false)" for check in plan.checks if check.fatal)
        pairs = ", ".join(f"?, c{i}" for i in range(len(plan.columns)))
        fields = plan.fields | {"record": "record", "line": "line"}
        fields["original"] = "original" if own else f"json_object({pairs})"
        inner = ", ".join(f"({fields.get(name, 'NULL')})::{kind} AS {name}" for name, kind in COLUMNS.items())
        outer = ", ".join(_TITLE if name == "title" else name for name in COLUMNS)
        self._connection.execute(
            f"INSERT INTO incoming SELECT {outer} FROM (SELECT {inner} FROM ({rows}) WHERE NOT ({bad}))",
            [] if own else list(plan.columns),
        )


def _drop_repeats(connection: duckdb.DuckDBPyConnection, plan: Plan, issues: Issues) -> None:
    """Of rows with one id the first stays."""
    if not plan.has("id"):
        return
    connection.execute(
        "CREATE OR REPLACE TEMP TABLE repeats AS SELECT record, coalesce(line, record) AS place_of, source_id, "
        "first_value(coalesce(line, record)) OVER one AS first, row_number() OVER one AS nth FROM incoming "
        "WHERE source_id IN (SELECT source_id FROM incoming GROUP BY source_id HAVING count(*) > 1) "
        "WINDOW one AS (PARTITION BY source_id ORDER BY record)"
    )
    found = connection.execute("SELECT place_of, source_id, first FROM repeats WHERE nth > 1 ORDER BY record")
    while rows := found.fetchmany(10_000):
        for line, value, first in rows:
            reason = f"the id stands at line {first:,} already; the row was left out"
            issues.add(line=line, column=plan.column("id"), value=value, reason=reason)
    connection.execute("DELETE FROM incoming WHERE record IN (SELECT record FROM repeats WHERE nth > 1)")
    connection.execute("DROP TABLE repeats")


def _all(conditions: Iterable[pa.ChunkedArray]) -> pa.ChunkedArray:
    return reduce(pc.and_, conditions)


def is_tags(cells: Sequence[str]) -> bool:
    """Whether a row holds HXL tags instead of values."""
    told = [cell.strip() for cell in cells if cell.strip()]
    return bool(told) and all(cell.startswith("#") and len(cell) > 1 for cell in told)
