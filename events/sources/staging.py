"""From the rows of a file to the table `incoming`, chunk by chunk."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import Executor, Future, ThreadPoolExecutor
from dataclasses import dataclass

import duckdb
import pyarrow as pa

from events.engines.originals import pack
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
from events.sources.rows import Rows
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
_COMMIT = 2
"""Chunks to a commit."""
_MANY, _SHARE = 20, 4
"""Rows, and the part of all rows, that must repeat an id and differ before the column counts as no id; ours."""


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
    """A chunk's rows made ready, and all of them as they came, soon in blocks. done, seen: see `Chunk`."""

    table: pa.Table
    blocks: Future[pa.Table]
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
    with ThreadPoolExecutor(max_workers=1) as reader, ThreadPoolExecutor(max_workers=1) as packer:
        for number, chunk in enumerate(_ahead(reader, _read(rows, issues, tidying, packer))):
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


def _read(rows: Rows, issues: Issues, tidying: Tidying, packer: Executor) -> Iterator[_Read]:
    for chunk in rows.chunks(issues):
        blocks = packer.submit(_packed, chunk.table, rows.columns)
        yield _Read(table=tidying.tidy(chunk.table), blocks=blocks, done=chunk.done, seen=chunk.seen)


def _packed(table: pa.Table, columns: Sequence[str]) -> pa.Table:
    return pa.Table.from_pylist([vars(block) for block in pack(table, columns)], _BLOCKS)


def _ahead(reader: Executor, chunks: Iterator[_Read]) -> Iterator[_Read]:
    """The same chunks; while one is used the next is read."""
    coming = reader.submit(next, chunks, None)
    while (chunk := coming.result()) is not None:
        coming = reader.submit(next, chunks, None)
        yield chunk


class _Steps:
    """The statements of one plan, run for each chunk."""

    def __init__(self, connection: duckdb.DuckDBPyConnection, plan: Plan, lookups: Lookups, issues: Issues) -> None:
        self._connection, self._plan, self._lookups, self._issues = connection, plan, lookups, issues
        plain = "".join(f", {sql} AS {name}" for name, sql in plan.plain.items())
        self._source = f"(SELECT *{plain} FROM chunk) AS chunk"
        # In most files all days and figures are plain; to find out costs as much as a third of judging.
        self._joins = [join for join in plan.joins if join.always]

    def take(self, chunk: _Read) -> None:
        """One chunk's rows into `judged`, what is wrong with them into the issues, all of it into `originals`."""
        self._connection.register("chunk", chunk.table)
        try:
            if chunk.table.num_rows:
                since = chunk.table["record"][0].as_py()
                self._judge(chunk.table)
                if len(self._joins) < len(self._plan.joins) and self._asks(since):
                    self._joins = self._plan.joins
                    self._connection.execute("DELETE FROM judged WHERE record >= $1", [since])
                    self._judge(chunk.table)
                self._tell(since)
            self._connection.register("blocks", chunk.blocks.result())
            self._connection.execute("INSERT INTO originals SELECT * FROM blocks")
            self._connection.unregister("blocks")
        except duckdb.Error:
            # Or what follows would only say that the transaction is aborted.
            self._connection.rollback()
            raise
        finally:
            self._connection.unregister("chunk")

    def _asks(self, since: int) -> bool:
        asked = self._connection.execute(
            "SELECT coalesce(bool_or(asks), false) FROM judged WHERE record >= $1", [since]
        )
        return bool(asked.fetchall()[0][0])

    def _rows(self, needed: Sequence[Join]) -> str:
        """SQL of the rows with all that is looked up and named."""
        parts = [joined(join, needed=join in needed) for join in self._plan.joins]
        columns, joins = "".join(part[0] for part in parts), "".join(part[1] for part in parts)
        asks = " OR ".join(f"({join.key}) IS NOT NULL" for join in self._plan.joins if join not in self._joins)
        rows = f"SELECT chunk.*{columns}, {asks or 'false'} AS asks FROM {self._source}{joins}"
        # Named in one SELECT, an expression would stand again in all that use it; below them it is reckoned once.
        for lets in self._plan.levels():
            rows = f"SELECT *{''.join(f', {sql} AS {name}' for name, sql in lets.items())} FROM ({rows})"
        return rows

    def _content(self, chunk: pa.Table) -> str:
        """SQL for what names a row besides its id; it reads every cell, so it is asked only where it must be."""
        cells = ", ".join(f"coalesce(c{i}, '')" for i in range(len(self._plan.columns)))
        digest = "md5(original)" if "original" in chunk.column_names else f"md5(concat_ws(chr(31), {cells}))"
        if not (self._plan.ids_travel and self._plan.has("id")):
            return digest
        key = self._plan.cell("id")
        return f"CASE WHEN {key} IS NULL THEN {digest} END" if chunk[key].null_count else "NULL"

    def _judge(self, chunk: pa.Table) -> None:
        rows = self._rows(self._lookups.learn_all(self._joins, self._source))
        checks, plan = self._plan.checks, self._plan
        when = "".join(f", coalesce({c.when}, false) AS wrong{n}" for n, c in enumerate(checks))
        told = ", ".join(
            f"CASE WHEN wrong{n} THEN {{'n': {n}, 'value': left({c.value}, 300), 'reason': {c.reason}}} END"
            for n, c in enumerate(checks)
        )
        wrong = " OR ".join(f"wrong{n}" for n, _check in enumerate(checks))
        bad = " OR ".join(f"wrong{n}" for n, check in enumerate(checks) if check.fatal)
        fields = plan.fields | {"record": "record", "line": "line", "content": self._content(chunk)}
        inner = ", ".join(f"({fields.get(name, 'NULL')})::{kind} AS {name}" for name, kind in COLUMNS.items())
        outer = ", ".join(_TITLE if name == "title" else name for name in COLUMNS)
        self._connection.execute(
            f"INSERT INTO judged SELECT {outer}, faults, bad, asks FROM (SELECT {inner}, "
            f"CASE WHEN {wrong} THEN [{told}] END AS faults, ({bad}) AS bad, asks FROM (SELECT *{when} FROM ({rows})))"
        )

    def _tell(self, since: int) -> None:
        """What is wrong with the rows from record `since` on."""
        found = self._connection.execute(
            "SELECT coalesce(line, record), bad, faults FROM judged WHERE record >= $1 AND faults IS NOT NULL "
            "ORDER BY record", [since],
        )  # fmt: skip
        for line, bad, faults in found.fetchall():
            for one in faults:
                check = self._plan.checks[one["n"]] if one else None
                # Of a row that is left out nothing is told that speaks of it as kept.
                if one and check and (check.fatal or not bad):
                    self._issues.add(
                        line=line, column=check.column, value=one["value"] or "", reason=one["reason"] or ""
                    )


def _drop_repeats(connection: duckdb.DuckDBPyConnection, plan: Plan, issues: Issues) -> None:
    """Of rows with one id the first stays, unless so many others say something else that the id names no row."""
    if not plan.has("id"):
        return
    connection.execute(
        "CREATE OR REPLACE TEMP TABLE repeats AS SELECT record, coalesce(line, record) AS place_of, source_id, "
        "first_value(coalesce(line, record)) OVER one AS first, row_number() OVER one AS nth, "
        "content IS DISTINCT FROM first_value(content) OVER one AS other FROM incoming "
        "WHERE source_id IN (SELECT source_id FROM incoming GROUP BY source_id HAVING count(*) > 1) "
        "WINDOW one AS (PARTITION BY source_id ORDER BY record)"
    )
    others, rows = connection.execute(
        "SELECT count(*) FILTER (nth > 1 AND other), (SELECT count(*) FROM incoming) FROM repeats"
    ).fetchall()[0]
    if not plan.ids_travel and others >= _MANY and others > rows / _SHARE:
        reason = f"the ids of {others:,} rows stand at other rows too and name none of them; all rows were kept"
        issues.add(line=1, column=plan.column("id"), value="", reason=reason)
        connection.execute("UPDATE judged SET source_id = NULL")
        connection.execute("DROP TABLE repeats")
        return
    found = connection.execute("SELECT place_of, source_id, first FROM repeats WHERE nth > 1 ORDER BY record")
    while rows := found.fetchmany(10_000):
        for line, value, first in rows:
            reason = f"the id stands at line {first:,} already; the row was left out"
            issues.add(line=line, column=plan.column("id"), value=value, reason=reason)
    connection.execute("DELETE FROM judged WHERE record IN (SELECT record FROM repeats WHERE nth > 1)")
    connection.execute("DROP TABLE repeats")
