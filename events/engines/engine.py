"""The engines a store can live in, opened for reading, and stores in memory. Reading never writes.

See `events.engines.address` for what their addresses look like, `events.additions.adding` for adding to one that
outlives the process.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import ibis
import pyarrow as pa

from events.engines.address import (
    NEEDED,
    READ,
    SCHEMA,
    StoreError,
    connected,
    existing,
    first_line,
    is_database,
    parquet_of,
    public,
    sound,
)
from events.engines.compilers import load_on_demand
from events.engines.loading import Added, create_tables, executing, load, quoted, replace_batch
from events.engines.schema import TABLES
from events.errors import EventsError

load_on_demand()

SPARK_MASTER = "local[2]"


@dataclass(frozen=True)
class Engine:
    """An open store.

    connection: an Ibis backend. database: where in it the tables stand, None for its own place. address: of a
    PostgreSQL store, for further connections.
    """

    connection: Any
    database: str | None = None
    address: str = ""

    def table(self, name: str) -> Any:
        """A table of the store, as an Ibis expression."""
        return self.connection.table(name, **({"database": self.database} if self.database else {}))


def memory() -> Engine:
    """An empty store in this process's memory."""
    connection = _duckdb()
    create_tables(executing(connection.con))
    return Engine(connection)


def add_tables(
    engine: Engine, tables: Mapping[str, pa.Table], *, batch: str, name: str, form: str, digest: str, n_rows: int
) -> Added:
    """Add staged tables to a store in memory, in the place of an earlier batch of the same id."""
    con = engine.connection.con
    execute = executing(con)
    for table, rows in tables.items():
        con.register(table, rows)
    try:
        execute("BEGIN")
        replace_batch(execute, batch=batch)
        added = load(execute, batch=batch, name=name, form=form, digest=digest, n_rows=n_rows)
        execute("COMMIT")
    except BaseException:
        execute("ROLLBACK")
        raise
    finally:
        for table in tables:
            con.unregister(table)
    return added


def locked(engine: Engine) -> Engine:
    """The engine, from now on without access to further files, network or settings."""
    if engine.connection.name == "duckdb":
        engine.connection.raw_sql("SET enable_external_access = false; SET lock_configuration = true")
    return engine


def opened(address: str) -> Engine:
    """An existing store, for reading. Raises StoreError with one sentence."""
    try:
        engine = _connected(sound(address))
        _check_tables(engine, address)
    except EventsError:
        raise
    except ibis.common.exceptions.TableNotFound as error:
        reason = "it holds no events yet; add some with `python -m events import FILE --store …`"
        raise StoreError(f"The store {public(address)!r} cannot be opened: {reason}.") from error
    except Exception as error:
        raise StoreError(f"The store {public(address)!r} cannot be opened: {first_line(error)}") from error
    return engine


def _duckdb() -> Any:
    # In the background it gives back what it computed with; else a store of a few events holds on to 20 MB.
    return ibis.duckdb.connect(allocator_background_threads=True)


def _check_tables(engine: Engine, address: str) -> None:
    for name, columns in TABLES.items():
        if set(engine.table(name).columns) != set(columns):
            raise StoreError(
                f"The store {public(address)!r} was made by another version of Furat: its table {name!r} has other "
                "columns; make it anew with `python -m events import FILE --store …`."
            )


def _connected(address: str) -> Engine:
    if is_database(address):
        opened = connected(address, autocommit=True)
        return Engine(ibis.postgres.from_connection(opened), SCHEMA, address)
    if address.startswith("spark:"):
        return Engine(_spark(existing(address).parent))
    connection = _duckdb()
    # DuckDB would give a file of the same name opened before, though an addition has replaced it since.
    connection.raw_sql(f"ATTACH {quoted(str(existing(address)))} AS store ({READ})")
    return Engine(connection, "store.main")


def _spark(folder: Path) -> Any:
    try:
        from pyspark import SparkConf
        from pyspark.errors import PySparkException
        from pyspark.sql import SparkSession
    except ModuleNotFoundError as error:
        raise StoreError(f"A store on Spark needs Java 17 and {NEEDED}") from error

    # spark-defaults.conf may name a cluster.
    builder = (
        SparkSession.builder.master(SparkConf().get("spark.master") or SPARK_MASTER)
        .appName("Furat").config("spark.ui.enabled", "false").config("spark.sql.session.timeZone", "UTC")
        .config("spark.sql.shuffle.partitions", "4").config("spark.log.level", "ERROR")
        .config("spark.ui.showConsoleProgress", "false")
    )  # fmt: skip
    try:
        session = builder.getOrCreate()
    except PySparkException as error:
        raise StoreError(f"Spark does not start; it needs Java 17, found by JAVA_HOME: {first_line(error)}") from error
    connection = ibis.pyspark.connect(session)
    for name, source in parquet_of(folder).items():
        session.read.parquet(str(source)).createOrReplaceTempView(name)
    return connection
