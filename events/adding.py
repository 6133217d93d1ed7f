"""Adding to a store: whole or not at all.

A DuckDB file and a Parquet folder are built anew beside the old and put in its place at the end; PostgreSQL
commits once.
"""

from __future__ import annotations

import contextlib
import fcntl
import os
import shutil
import tempfile
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import duckdb

from events.address import CURRENT, SCHEMA, StoreError, first_line, is_database, parquet_of, public, sound
from events.loading import Added, Execute, create_tables, executing, load, quoted, replace_batch
from events.schema import STAGED, TABLES, create

_KINDS = {"reports": {"headline": "TEXT USING COMPRESSION zstd"}}
"""DuckDB's words for prose: left to itself it takes three times as long over it, for twice the room."""


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
    if is_database(sound(address)):
        with _adding_to_postgres(address, staging) as addition:
            yield addition
    else:
        folder = address.startswith("spark:")
        path = Path(address.removeprefix("spark:"))
        with _alone(path), _adding_to_file(path, staging, folder=folder) as addition:
            yield addition


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
    exists = (path / CURRENT).is_file() if folder else path.is_file()
    try:
        if exists and not folder:
            shutil.copyfile(path, part)
        # No log: until it is whole and renamed, nobody reads the file.
        staging.execute(f"ATTACH {quoted(str(part))} AS store (RECOVERY_MODE no_wal_writes)")
        execute = executing(staging)
        if not exists:
            create_tables(execute, store="store.", kinds=_KINDS)
        elif folder:
            for name, source in parquet_of(path).items():
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
        raise StoreError(f"{str(path)!r} cannot be added to: {first_line(error)}") from error
    finally:
        with contextlib.suppress(duckdb.Error):
            staging.execute("DETACH store")
        part.unlink(missing_ok=True)
        part.with_name(f"{part.name}.wal").unlink(missing_ok=True)


def _synced(path: Path) -> None:
    with path.open("rb+") as file:
        os.fsync(file.fileno())


# -- PostgreSQL --------------------------------------------------------------------------------


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
        raise StoreError(f"The store {public(address)!r} cannot be added to: {first_line(error)}") from error


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


def _write_parquet(execute: Execute, folder: Path) -> None:
    """The tables as a new sub-folder; then CURRENT names it, and the old one goes."""
    folder.mkdir(parents=True, exist_ok=True)
    version = Path(tempfile.mkdtemp(prefix="tables-", dir=folder))
    version.chmod(0o755)
    for name in TABLES:
        execute(f"COPY store.{name} TO {quoted(str(version / f'{name}.parquet'))} (FORMAT parquet)")
    pointer = folder / f".{CURRENT}.part"
    pointer.write_text(version.name, "utf-8")
    os.replace(pointer, folder / CURRENT)
    for old in folder.glob("tables-*"):
        if old != version:
            shutil.rmtree(old, ignore_errors=True)
