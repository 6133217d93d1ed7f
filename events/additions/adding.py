"""Adding to a store: whole or not at all.

A DuckDB file and a Parquet folder are built anew beside the old and put in its place at the end; PostgreSQL
commits once.
"""

from __future__ import annotations

import contextlib
import fcntl
import logging
import os
import shutil
import tempfile
import time
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, BinaryIO

import duckdb

from events.engines.address import (
    CURRENT,
    SCHEMA,
    StoreError,
    connected,
    first_line,
    is_database,
    parquet_of,
    public,
    sound,
)
from events.engines.loading import Added, Execute, create_tables, executing, load, quoted, replace_batch
from events.engines.schema import STAGED, TABLES, create

_KINDS = {"reports": {"headline": "TEXT USING COMPRESSION zstd"}}
"""DuckDB's words for prose: left to itself it takes three times as long over it, for twice the room."""

LONGEST_WAIT_S = 600
"""How long an addition waits for another to end, in seconds."""
LOOK_AGAIN_S = 0.05
BUSY = "Another import is adding to the store {address!r} and does not end; try again once it has."
WAITING = "Another import is adding to the store %r; this one waits for it."

_log = logging.getLogger(__name__)


class Addition:
    """A store opened for one addition. Nothing of it is seen before the block that opened it has ended well."""

    def __init__(self, execute: Execute, *, store: str = "") -> None:
        """execute: runs a statement where both the store's tables, prefixed by `store`, and the staged ones are."""
        self._execute, self._store = execute, store

    def load(self, *, batch: str, name: str, form: str, digest: str, n_rows: int, replace: bool = False) -> Added:
        """Add what is staged; see `loading.load`. replace: in the place of an earlier batch of the same id.

        Nothing where it is there with this content already: an addition that was waited for may have brought it.
        """
        same = f"SELECT 1 FROM {self._store}batches WHERE id = {quoted(batch)} AND digest = {quoted(digest)}"
        if self._execute(same):
            return Added(added=0, duplicates=n_rows)
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
    adds = _adding_to_postgres if is_database(sound(address)) else _adding_alone
    with adds(address, staging) as addition:
        yield addition


def _refused(address: str, error: Exception) -> StoreError:
    reason = first_line(error).rstrip(".")
    return StoreError(f"The store {public(address)!r} cannot be added to: {reason}. It stays as it was.")


@contextlib.contextmanager
def _adding_alone(address: str, staging: duckdb.DuckDBPyConnection) -> Iterator[Addition]:
    """One addition at a time to a file or folder; the next one waits."""
    path = Path(address.removeprefix("spark:"))
    lock = path.with_name(f".{path.name}.lock")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with _locked(lock, address), _adding_to_file(path, staging, folder=address.startswith("spark:")) as addition:
            yield addition
    except StoreError:
        raise
    except (OSError, duckdb.Error) as error:
        raise _refused(address, error) from error


@contextlib.contextmanager
def _locked(path: Path, address: str) -> Iterator[None]:
    """A file that this process alone holds; it goes when the block ends."""
    began = time.monotonic()
    told = False
    while True:
        with path.open("wb") as file:
            if _held(file, path):
                try:
                    yield
                finally:
                    path.unlink(missing_ok=True)
                return
        if time.monotonic() > began + LONGEST_WAIT_S:
            raise StoreError(BUSY.format(address=address))
        if not told:
            _log.warning(WAITING, address)
            told = True
        time.sleep(LOOK_AGAIN_S)


def _held(file: BinaryIO, path: Path) -> bool:
    """Whether the file is locked now, by us, and still the one of this name: who held it before may have removed it."""
    try:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        return os.path.samestat(os.fstat(file.fileno()), path.stat())
    except (BlockingIOError, FileNotFoundError):
        return False


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
        staging.execute(f"ATTACH {quoted(str(part))} AS store (TYPE duckdb, RECOVERY_MODE no_wal_writes)")
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
    opened = connected(address)
    import psycopg

    try:
        with opened as connection, connection.cursor() as cursor:

            def execute(statement: str) -> list[tuple[object, ...]]:
                cursor.execute(statement)
                return cursor.fetchall() if cursor.description else []

            # One addition at a time, the next one waits; the lock goes with the transaction.
            execute(f"SET LOCAL lock_timeout = '{LONGEST_WAIT_S}s'")
            if execute("SELECT pg_try_advisory_xact_lock(hashtext('furat'))") == [(False,)]:
                _log.warning(WAITING, public(address))
                execute("SELECT pg_advisory_xact_lock(hashtext('furat'))")
            execute(f"CREATE SCHEMA IF NOT EXISTS {SCHEMA}")
            execute(f"SET search_path TO {SCHEMA}, pg_temp")
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
    except psycopg.errors.LockNotAvailable as error:
        raise StoreError(BUSY.format(address=public(address))) from error
    except psycopg.Error as error:
        raise _refused(address, error) from error


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
    pointer = folder / f".{CURRENT}.part"
    current = folder / CURRENT
    try:
        for name in TABLES:
            execute(f"COPY store.{name} TO {quoted(str(version / f'{name}.parquet'))} (FORMAT parquet)")
        pointer.write_text(version.name, "utf-8")
        os.replace(pointer, current)
    finally:
        # What nothing names: the tables until now, or where something went wrong the new ones.
        kept = current.read_text("utf-8") if current.exists() else ""
        for old in folder.glob("tables-*"):
            if old.name != kept:
                shutil.rmtree(old, ignore_errors=True)
