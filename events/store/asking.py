"""How a question reaches an engine: expressions become SQL, SQL becomes rows.

Turning an Ibis expression into SQL takes 5 to 60 ms, longer than DuckDB needs for the answer. A question is
therefore put in two parts. What it does with rows is translated once; which rows a selection means is
translated once a selection; the two are joined as text, the second being named `asked` in the first.
"""

from __future__ import annotations

import re
import threading
from collections.abc import Callable, Iterable, Mapping
from functools import lru_cache
from typing import Any

import ibis
import ibis.expr.types as ir

from events.engines.address import StoreError, connected, first_line, public
from events.engines.engine import Engine
from events.engines.schema import TABLES, Row
from events.selection import Selection

ASKED = "asked"
"""The rows that a question is about."""
SLOTS = {"west": 2_000_000_011, "north": 2_000_000_022, "east": 2_000_000_033, "south": 2_000_000_044,
         "shift": 2_000_000_055, "width": 2_000_000_066, "height": 2_000_000_077}  # fmt: skip
"""Numbers that stand in a translated question for those of the view, and occur nowhere else."""

_PLAIN = re.compile(r"[\w .:-]+")

Rows = Callable[[Selection, ir.Table], ir.Table]
Build = Callable[[ir.Table], ir.Table]


class Asking:
    """One engine, and the questions translated for it so far. May be shared between threads."""

    def __init__(self, engine: Engine) -> None:
        """engine: holds the tables of `events.engines.schema.TABLES`."""
        self._connection = engine.connection
        self._address = engine.address
        self._compiling = threading.Lock()
        self._own = threading.local()
        self.table: Mapping[str, ir.Table] = {name: engine.table(name) for name in TABLES}
        self._questions: dict[str, str] = {}
        self._compiled_rows = lru_cache(maxsize=256)(self._compile_rows)

    def fetch(self, expression: ir.Table) -> list[Row]:
        """The rows of an expression that is asked once."""
        return self._run(self._sql(expression))

    def answer(
        self, name: str, build: Build, *, table: str, selection: Selection, rows: Rows, **numbers: int
    ) -> list[Row]:
        """The rows of a question. name: of the question; `build` makes its expression the first time.

        table: whose rows it is about; rows: narrows it to a selection. numbers: for SLOTS. In no order.
        """
        asked = self._compiled_rows(table, selection, rows)
        return self._run(
            f"WITH {ASKED} AS ({asked}) {self._question(name, build, self.table[table].schema(), numbers)}"
        )

    def answer_for(self, name: str, build: Build, *, keys: Iterable[int]) -> list[Row]:
        """The rows of a question about a list of events; `build` gets a table of one column, `event`. In no order."""
        asked = f"SELECT CAST(one AS BIGINT) AS event FROM {self._listed(str(int(key)) for key in keys)}"
        return self._run(f"WITH {ASKED} AS ({asked}) {self._question(name, build, {'event': 'int64'}, {})}")

    def answer_about(self, name: str, build: Build, *, ids: Iterable[str]) -> list[Row]:
        """The rows of a question about a list of ids; `build` gets a table of one column, `id`. In no order.

        Ids of other than plain characters are left out: not every engine quotes them alike.
        """
        plain = [one for one in ids if _PLAIN.fullmatch(one)]
        if not plain:
            return []
        asked = f"SELECT one AS id FROM {self._listed(plain)}"
        return self._run(f"WITH {ASKED} AS ({asked}) {self._question(name, build, {'id': 'string'}, {})}")

    def _listed(self, texts: Iterable[str]) -> str:
        """SQL for a table of one column, `one`. The texts are plain.

        One literal that the engine takes apart: ten thousand literals take DuckDB ten times as long to parse as the
        answer takes.
        """
        joined = "|".join(texts)
        if self._connection.name == "pyspark":
            return f"(SELECT explode(split('{joined}', '[|]')) AS one) AS listed"
        return f"unnest(string_to_array('{joined}', '|')) AS listed(one)"

    def _question(self, name: str, build: Build, columns: Mapping[str, Any], numbers: Mapping[str, int]) -> str:
        if name not in self._questions:
            self._questions[name] = self._sql(build(ibis.table(ibis.schema(columns), name=ASKED)))
        sql = self._questions[name]
        for slot, number in numbers.items():
            sql = sql.replace(str(SLOTS[slot]), str(int(number)))
        return f"SELECT * FROM ({sql}) AS answered"

    def _compile_rows(self, table: str, selection: Selection, rows: Rows) -> str:
        return self._sql(rows(selection, self.table[table]))

    def _sql(self, expression: ir.Table) -> str:
        with self._compiling:
            return str(self._connection.compile(expression))

    def _run(self, sql: str) -> list[Row]:
        """Connections shared by threads fail: DuckDB gets a cursor a call, PostgreSQL a connection a thread."""
        if self._connection.name == "duckdb":
            with self._compiling:
                cursor = self._connection.con.cursor()
            with cursor:
                return cursor.sql(sql).to_arrow_table().to_pylist()  # type: ignore[no-any-return]
        if self._connection.name == "postgres":
            return self._run_on_postgres(sql)
        with self._compiling:
            return self._connection._session.sql(sql).toArrow().to_pylist()  # type: ignore[no-any-return]

    def _run_on_postgres(self, sql: str) -> list[Row]:
        import psycopg
        from psycopg.rows import dict_row

        for attempt in (1, 2):
            own = getattr(self._own, "connection", None)
            if own is None or own.closed:
                own = self._own.connection = connected(self._address, autocommit=True, row_factory=dict_row)
            try:
                return list(own.execute(sql))
            except psycopg.Error as error:
                self._own.connection = None
                # The server was restarted, or an idle connection was closed: once more with a new one.
                if attempt == 2 or not isinstance(error, psycopg.OperationalError):
                    raise StoreError(
                        f"The store {public(self._address)!r} cannot be asked: {first_line(error)}"
                    ) from error
        raise AssertionError
