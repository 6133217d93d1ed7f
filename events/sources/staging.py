"""From the rows of a file to the table `incoming`, chunk by chunk."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

import duckdb
import pyarrow as pa

from events.errors import RowIssue
from events.originals import pack
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
from events.sources.tidying import Tidying
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
_COMMIT = 4
"""Chunks to a commit."""


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


@dataclass(frozen=True, kw_only=True)
class _Read:
    """A chunk's rows made ready, and all of them as they came, in blocks. done, seen: see `Chunk`."""

    table: pa.Table
    blocks: pa.Table
    done: int
    seen: int


_BLOCKS = pa.schema({"first": pa.int64(), "last": pa.int64(), "packed": pa.binary()})


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
    steps, tidying = _Steps(connection, plan, lookups, issues), Tidying(plan, issues)
    seen = number = 0
    for number, chunk in enumerate(_ahead(_read(rows.chunks(issues), tidying, rows.columns))):
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
    return Staged(rows=seen - tidying.unreal, good=good, located=located, issues=issues.in_order(), more=issues.more)


def _read(chunks: Iterator[Chunk], tidying: Tidying, columns: Sequence[str]) -> Iterator[_Read]:
    for chunk in chunks:
        blocks = [vars(block) for block in pack(chunk.table, columns)]
        yield _Read(
            table=tidying.tidy(chunk.table), blocks=pa.Table.from_pylist(blocks, _BLOCKS), done=chunk.done,
            seen=chunk.seen,
        )  # fmt: skip


def _ahead(chunks: Iterator[_Read]) -> Iterator[_Read]:
    """The same chunks; while one is used the next is read in a thread of its own."""
    with ThreadPoolExecutor(max_workers=1) as pool:
        coming = pool.submit(next, chunks, None)
        while (chunk := coming.result()) is not None:
            coming = pool.submit(next, chunks, None)
            yield chunk


class _Steps:
    """The statements of one plan, run for each chunk."""

    def __init__(self, connection: duckdb.DuckDBPyConnection, plan: Plan, lookups: Lookups, issues: Issues) -> None:
        self._connection, self._plan, self._lookups, self._issues = connection, plan, lookups, issues

    def take(self, chunk: _Read) -> None:
        """One chunk's rows into `judged`, what is wrong with them into the issues, all of it into `originals`."""
        for name, table in (("chunk", chunk.table), ("blocks", chunk.blocks)):
            self._connection.register(name, table)
        try:
            if chunk.table.num_rows:
                rows = self._rows(self._lookups.learn_all(self._plan.joins, "chunk"))
                self._judge(rows, known="original" in chunk.table.column_names)
                self._tell(chunk.table["record"][0].as_py())
            self._connection.execute("INSERT INTO originals SELECT * FROM blocks")
        except duckdb.Error:
            # Or what follows would only say that the transaction is aborted.
            self._connection.rollback()
            raise
        finally:
            for name in ("chunk", "blocks"):
                self._connection.unregister(name)

    def _rows(self, needed: Sequence[Join]) -> str:
        """SQL of the rows with all that is looked up and named."""
        parts = [joined(join, needed=join in needed) for join in self._plan.joins]
        columns, joins = "".join(part[0] for part in parts), "".join(part[1] for part in parts)
        lets = "".join(f", {sql} AS {name}" for name, sql in self._plan.lets.items())
        return f"SELECT *{lets} FROM (SELECT chunk.*{columns} FROM chunk{joins})"

    def _judge(self, rows: str, *, known: bool) -> None:
        checks, plan = self._plan.checks, self._plan
        told = ", ".join(
            f"CASE WHEN {c.when} THEN {{'n': {n}, 'value': left({c.value}, 300), 'reason': {c.reason}}} END"
            for n, c in enumerate(checks)
        )
        wrong = " OR ".join(f"coalesce({check.when}, false)" for check in checks)
        bad = " OR ".join(f"coalesce({check.when}, false)" for check in checks if check.fatal)
        fields = plan.fields | {"record": "record", "line": "line"}
        digest = _digest(len(plan.columns), known=known)
        by_id = plan.ids_travel and plan.has("id")
        fields["content"] = f"CASE WHEN ({plan.fields['source_id']}) IS NULL THEN {digest} END" if by_id else digest
        inner = ", ".join(f"({fields.get(name, 'NULL')})::{kind} AS {name}" for name, kind in COLUMNS.items())
        outer = ", ".join(_TITLE if name == "title" else name for name in COLUMNS)
        self._connection.execute(
            f"INSERT INTO judged SELECT {outer}, faults, bad FROM (SELECT {inner}, "
            f"CASE WHEN {wrong} THEN [{told}] END AS faults, ({bad}) AS bad FROM ({rows}))"
        )

    def _tell(self, since: int) -> None:
        """What is wrong with the rows from record `since` on."""
        found = self._connection.execute(
            "SELECT coalesce(line, record), faults FROM judged WHERE record >= $1 AND faults IS NOT NULL "
            "ORDER BY record", [since],
        )  # fmt: skip
        for line, faults in found.fetchall():
            for one in faults:
                if one:
                    column = self._plan.checks[one["n"]].column
                    self._issues.add(line=line, column=column, value=one["value"] or "", reason=one["reason"] or "")


def _digest(width: int, *, known: bool) -> str:
    """SQL for the MD5 of a row's cells."""
    cells = ", ".join(f"coalesce(c{i}, '')" for i in range(width))
    return "md5(original)" if known else f"md5(concat_ws(chr(31), {cells}))"


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
    connection.execute("DELETE FROM judged WHERE record IN (SELECT record FROM repeats WHERE nth > 1)")
    connection.execute("DROP TABLE repeats")
