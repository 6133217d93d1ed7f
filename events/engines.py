"""The engines a store can live in, by address, and how each is read and added to.

| address                     | engine                                                                |
|-----------------------------|-----------------------------------------------------------------------|
| a path                      | a DuckDB file                                                         |
| `postgresql://user@host/db` | PostgreSQL; the tables stand in the schema `furat`                    |
| `spark:folder`              | Spark over a folder of Parquet files, for those who outgrow a machine |

Reading never writes. An addition lands whole or not at all: a DuckDB file and a Parquet folder are built
anew beside the old and put in its place at the end, PostgreSQL commits once.
"""

from __future__ import annotations

import contextlib
import fcntl
import os
import shutil
import tempfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import duckdb
import ibis
import pyarrow as pa

from events.errors import EventsError
from events.loading import Added, Execute, create_tables, load, quoted, replace_batch
from events.schema import STAGED, TABLES, create

SCHEMA = "furat"
"""Where the tables stand in PostgreSQL."""
SPARK_MASTER = "local[2]"
_CURRENT = "CURRENT"
_KINDS = {"reports": {"headline": "TEXT USING COMPRESSION zstd"}}
"""DuckDB's words for prose: left to itself it takes three times as long over it, for twice the room."""


class StoreError(EventsError, OSError):
    """A store cannot be opened or added to."""


def is_database(address: str) -> bool:
    """Whether an address names PostgreSQL."""
    return address.startswith(("postgresql://", "postgres://"))


@dataclass(frozen=True)
class Engine:
    """An open store. connection: an Ibis backend. database: where in it the tables stand, None for its own place."""

    connection: Any
    database: str | None = None

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
        engine = _connected(_sound(address))
        _check_tables(engine, address)
    except EventsError:
        raise
    except ibis.common.exceptions.TableNotFound as error:
        reason = "it holds no events yet; add some with `python -m events import FILE --store …`"
        raise StoreError(f"The store {_public(address)!r} cannot be opened: {reason}.") from error
    except Exception as error:
        raise StoreError(f"The store {_public(address)!r} cannot be opened: {_first_line(error)}") from error
    return engine


def _duckdb() -> Any:
    # In the background it gives back what it computed with; else a store of a few events holds on to 20 MB.
    return ibis.duckdb.connect(allocator_background_threads=True)


def _check_tables(engine: Engine, address: str) -> None:
    for name, columns in TABLES.items():
        if set(engine.table(name).columns) != set(columns):
            raise StoreError(
                f"The store {_public(address)!r} was made by another version of Furat: its table {name!r} has other "
                "columns; make it anew with `python -m events import FILE --store …`."
            )


def _connected(address: str) -> Engine:
    if is_database(address):
        return Engine(ibis.postgres.connect(**_parts(address), schema=SCHEMA), SCHEMA)
    if address.startswith("spark:"):
        return Engine(_spark(Path(address.removeprefix("spark:"))))
    connection = _duckdb()
    # DuckDB would give a file of the same name opened before, though an addition has replaced it since.
    connection.raw_sql(f"ATTACH {quoted(str(_existing(Path(address))))} AS store (READ_ONLY)")
    return Engine(connection, "store.main")


def _sound(address: str) -> str:
    """The address, if it names an engine there is."""
    if "://" in address and not is_database(address):
        scheme = address.partition("://")[0]
        raise StoreError(f"The store's address begins with {scheme!r}; expected a path, postgresql:// or spark:FOLDER.")
    return address


def rows_of(address: str, table: str, *columns: str) -> list[tuple[object, ...]]:
    """Some columns of a small table of a store; none where there is no store. Raises StoreError."""
    names = ", ".join(columns)
    if is_database(address):
        import psycopg

        try:
            with psycopg.connect(address, connect_timeout=10) as connection:
                found: list[tuple[object, ...]] = connection.execute(f"SELECT {names} FROM {SCHEMA}.{table}").fetchall()
                return found
        except psycopg.errors.UndefinedTable:
            return []
        except psycopg.Error as error:
            raise StoreError(f"The store {_public(address)!r} cannot be opened: {_first_line(error)}") from error
    file = _file(_sound(address))
    if not file.exists():
        return []
    try:
        with duckdb.connect() as reading:
            if address.startswith("spark:"):
                source = f"read_parquet({quoted(str(_parquet(file.parent)[table]))})"
            else:
                reading.execute(f"ATTACH {quoted(str(file))} AS store (READ_ONLY)")
                source = f"store.{table}"
            return reading.execute(f"SELECT {names} FROM {source}").fetchall()
    except duckdb.CatalogException:
        return []
    except duckdb.Error as error:
        raise StoreError(f"The store {address!r} cannot be opened: {_first_line(error)}") from error


def holds(address: str, *, batch: str, digest: str) -> bool:
    """Whether a store is there and holds a batch with this content. Raises StoreError where it cannot be opened."""
    return (batch, digest) in rows_of(address, "batches", "id", "digest")


def changed_at(address: str) -> object:
    """A value that changes with every addition; None where the store cannot be asked just now."""
    if is_database(address):
        with contextlib.suppress(StoreError):
            return sorted(rows_of(address, "batches", "num", "digest"))
        return None
    with contextlib.suppress(OSError):
        stat = _file(address).stat()
        return stat.st_ino, stat.st_mtime_ns
    return None


class Addition:
    """A store opened for one addition. Nothing of it is seen before the block that opened it has ended well."""

    def __init__(self, execute: Execute, *, store: str = "") -> None:
        """execute: runs a statement where both the store's tables, prefixed by `store`, and the staged ones are."""
        self._execute, self._store = execute, store

    def load(self, *, batch: str, name: str, form: str, digest: str, n_rows: int, replace: bool = False) -> Added:
        """Add what is staged; see `loading.load`. replace: in the place of an earlier batch of the same id."""
        # PostgreSQL is within a transaction already.
        if self._store:
            self._execute("BEGIN")
        if replace:
            replace_batch(self._execute, batch=batch, store=self._store)
        added = load(
            self._execute, batch=batch, name=name, form=form, digest=digest, n_rows=n_rows, store=self._store
        )  # fmt: skip
        if self._store:
            self._execute("COMMIT")
        return added

    def remove(self, batch: str) -> None:
        """Take a batch out."""
        replace_batch(self._execute, batch=batch, store=self._store)


@contextlib.contextmanager
def adding(address: str, staging: duckdb.DuckDBPyConnection) -> Iterator[Addition]:
    """Open a store to add what `staging` holds as staged tables, making it where there is none. Raises StoreError."""
    for name, columns in STAGED.items():
        staging.execute(create(name, columns).replace("CREATE TABLE", "CREATE TABLE IF NOT EXISTS"))
    if is_database(_sound(address)):
        with _adding_to_postgres(address, staging) as addition:
            yield addition
    else:
        folder = address.startswith("spark:")
        path = Path(address.removeprefix("spark:"))
        with _alone(path), _adding_to_file(path, staging, folder=folder) as addition:
            yield addition


def executing(con: duckdb.DuckDBPyConnection) -> Execute:
    """A DuckDB connection as `loading` wants it."""

    def execute(statement: str) -> list[tuple[object, ...]]:
        return con.execute(statement).fetchall()

    return execute


@contextlib.contextmanager
def _alone(path: Path) -> Iterator[None]:
    """One addition at a time to a file or folder."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with path.with_name(f".{path.name}.lock").open("w") as lock:
            try:
                fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except OSError:
                raise StoreError(f"Another import is adding to {str(path)!r}; wait until it has ended.") from None
            yield
    except PermissionError as error:
        raise StoreError(f"{str(path)!r} cannot be written: {error.strerror}.") from error


@contextlib.contextmanager
def _adding_to_file(path: Path, staging: duckdb.DuckDBPyConnection, *, folder: bool) -> Iterator[Addition]:
    """The new file is made beside the old one: a kill at any moment leaves the old one as it was."""
    part = path.with_name(f".{path.name}.part")
    part.unlink(missing_ok=True)
    exists = (path / _CURRENT).is_file() if folder else path.is_file()
    try:
        if exists and not folder:
            shutil.copyfile(path, part)
        # No log: until it is whole and renamed, nobody reads the file.
        staging.execute(f"ATTACH {quoted(str(part))} AS store (RECOVERY_MODE no_wal_writes)")
        execute = executing(staging)
        if not exists:
            create_tables(execute, store="store.", kinds=_KINDS)
        elif folder:
            for name, source in _parquet(path).items():
                execute(f"CREATE TABLE store.{name} AS SELECT * FROM read_parquet({quoted(str(source))})")
        yield Addition(execute, store="store.")
        if folder:
            _write_parquet(execute, path)
        execute("CHECKPOINT store")
        execute("DETACH store")
        if not folder:
            _synced(part)
            os.replace(part, path)
    except duckdb.Error as error:
        raise StoreError(f"{str(path)!r} cannot be added to: {_first_line(error)}") from error
    finally:
        with contextlib.suppress(duckdb.Error):
            staging.execute("DETACH store")
        part.unlink(missing_ok=True)
        part.with_name(f"{part.name}.wal").unlink(missing_ok=True)


def _synced(path: Path) -> None:
    with path.open("rb+") as file:
        os.fsync(file.fileno())


# -- PostgreSQL --------------------------------------------------------------------------------


def _parts(address: str) -> dict[str, Any]:
    from psycopg.conninfo import conninfo_to_dict

    parts: dict[str, Any] = dict(conninfo_to_dict(address))
    known = {
        "host": parts.pop("host", None), "port": int(parts.pop("port", 5432)), "user": parts.pop("user", None),
        "password": parts.pop("password", None), "database": parts.pop("dbname", None) or "postgres",
    }  # fmt: skip
    return known | parts


def _public(address: str) -> str:
    """The address without its password."""
    parts = urlsplit(address)
    return address.replace(f":{parts.password}@", ":…@") if parts.password else address


@contextlib.contextmanager
def _adding_to_postgres(address: str, staging: duckdb.DuckDBPyConnection) -> Iterator[Addition]:
    import psycopg

    try:
        with psycopg.connect(address) as connection, connection.cursor() as cursor:

            def execute(statement: str) -> list[tuple[object, ...]]:
                cursor.execute(statement)
                return cursor.fetchall() if cursor.description else []

            execute(f"CREATE SCHEMA IF NOT EXISTS {SCHEMA}")
            execute(f"SET search_path TO {SCHEMA}, pg_temp")
            # One addition at a time; the lock goes with the transaction.
            execute("SELECT pg_advisory_xact_lock(hashtext('furat'))")
            if not execute(f"SELECT 1 FROM pg_tables WHERE schemaname = '{SCHEMA}' AND tablename = 'events'"):
                create_tables(execute)
                for statement in _INDEXES:
                    execute(statement)
            for name, columns in STAGED.items():
                execute(create(name, columns).replace("CREATE TABLE", "CREATE TEMPORARY TABLE"))
                _copy(cursor, staging, name, columns)
                execute(f"ANALYZE {name}")
            yield Addition(execute)
            execute("ANALYZE")
    except psycopg.Error as error:
        raise StoreError(f"The store {_public(address)!r} cannot be added to: {_first_line(error)}") from error


def _copy(cursor: Any, staging: duckdb.DuckDBPyConnection, name: str, columns: Mapping[str, str]) -> None:
    staged = staging.execute(f"SELECT {', '.join(columns)} FROM {name}")
    with cursor.copy(f"COPY {name} FROM STDIN") as copy:
        while rows := staged.fetchmany(1_000):
            for row in rows:
                # PostgreSQL's texts hold every character but this one.
                copy.write_row([v.replace("\0", "") if isinstance(v, str) else v for v in row])


_INDEXES = (
    "CREATE UNIQUE INDEX ON events (id)", "CREATE UNIQUE INDEX ON events (key)", "CREATE INDEX ON events (batch)",
    "CREATE INDEX ON events (date_start, date_end, id)",
    *(f"CREATE INDEX ON {table} (event)" for table in ("sites", "parties", "claims")),
    'CREATE INDEX ON originals ("first")',
    "CREATE INDEX ON parties (actor)", "CREATE INDEX ON claims (claimant)", "CREATE INDEX ON sites (place)",
    *(f"CREATE UNIQUE INDEX ON {table} (num)" for table in ("places", "reports", "actors", "claimants")),
    *(f"CREATE UNIQUE INDEX ON {table} (id)" for table in ("places", "reports", "actors", "claimants")),
)  # fmt: skip


# -- Spark -------------------------------------------------------------------------------------


def _parquet(folder: Path) -> dict[str, Path]:
    current = (folder / _CURRENT).read_text("utf-8").strip()
    return {name: folder / current / f"{name}.parquet" for name in TABLES}


def _write_parquet(execute: Execute, folder: Path) -> None:
    """The tables as a new sub-folder; then CURRENT names it, and the old one goes."""
    folder.mkdir(parents=True, exist_ok=True)
    version = Path(tempfile.mkdtemp(prefix="tables-", dir=folder))
    version.chmod(0o755)
    for name in TABLES:
        execute(f"COPY store.{name} TO {quoted(str(version / f'{name}.parquet'))} (FORMAT parquet)")
    pointer = folder / f".{_CURRENT}.part"
    pointer.write_text(version.name, "utf-8")
    os.replace(pointer, folder / _CURRENT)
    for old in folder.glob("tables-*"):
        if old != version:
            shutil.rmtree(old, ignore_errors=True)


def _spark(folder: Path) -> Any:
    _existing(folder / _CURRENT)
    from pyspark import SparkConf
    from pyspark.sql import SparkSession

    # spark-defaults.conf may name a cluster.
    session = (
        SparkSession.builder.master(SparkConf().get("spark.master") or SPARK_MASTER)
        .appName("Furat").config("spark.ui.enabled", "false").config("spark.sql.session.timeZone", "UTC")
        .config("spark.sql.shuffle.partitions", "4").config("spark.log.level", "ERROR").getOrCreate()
    )  # fmt: skip
    connection = ibis.pyspark.connect(session)
    for name, source in _parquet(folder).items():
        session.read.parquet(str(source)).createOrReplaceTempView(name)
    return connection


def _file(address: str) -> Path:
    """The file whose replacing makes an addition seen."""
    if address.startswith("spark:"):
        return Path(address.removeprefix("spark:")) / _CURRENT
    return Path(address)


def _existing(path: Path) -> Path:
    if not path.is_file():
        raise StoreError(f"There is no store at {str(path)!r}; make one with `python -m events import FILE --store …`.")
    return path


def _first_line(error: BaseException) -> str:
    return (str(error).strip().splitlines() or [type(error).__name__])[0]
