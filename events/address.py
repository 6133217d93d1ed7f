"""The address of a store: what it names, and what can be asked there without an engine.

| address                     | engine                                                                |
|-----------------------------|-----------------------------------------------------------------------|
| a path                      | a DuckDB file                                                         |
| `postgresql://user@host/db` | PostgreSQL; the tables stand in the schema `furat`                    |
| `spark:folder`              | Spark over a folder of Parquet files, for those who outgrow a machine |
"""

from __future__ import annotations

import contextlib
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import duckdb

from events.errors import EventsError
from events.loading import quoted
from events.schema import TABLES

SCHEMA = "furat"
"""Where the tables stand in PostgreSQL."""
CURRENT = "CURRENT"
"""Names the sub-folder that holds a Spark store's tables now."""


class StoreError(EventsError, OSError):
    """A store cannot be opened or added to."""


def is_database(address: str) -> bool:
    """Whether an address names PostgreSQL."""
    return address.startswith(("postgresql://", "postgres://"))


def sound(address: str) -> str:
    """The address, if it names an engine there is."""
    if "://" in address and not is_database(address):
        scheme = address.partition("://")[0]
        raise StoreError(f"The store's address begins with {scheme!r}; expected a path, postgresql:// or spark:FOLDER.")
    return address


def existing(path: Path) -> Path:
    """A path where a file is. Raises StoreError."""
    if not path.is_file():
        raise StoreError(f"There is no store at {str(path)!r}; make one with `python -m events import FILE --store …`.")
    return path


def file_of(address: str) -> Path:
    """The file whose replacing makes an addition seen."""
    if address.startswith("spark:"):
        return Path(address.removeprefix("spark:")) / CURRENT
    return Path(address)


def parquet_of(folder: Path) -> dict[str, Path]:
    """The file of each table of a Spark store."""
    current = (folder / CURRENT).read_text("utf-8").strip()
    return {name: folder / current / f"{name}.parquet" for name in TABLES}


def public(address: str) -> str:
    """The address without its password."""
    parts = urlsplit(address)
    return address.replace(f":{parts.password}@", ":…@") if parts.password else address


def first_line(error: BaseException) -> str:
    """What an engine says is wrong, without what it adds."""
    return (str(error).strip().splitlines() or [type(error).__name__])[0]


def rows_of(address: str, table: str, *columns: str, by: str = "") -> list[tuple[Any, ...]]:
    """Some columns of a small table of a store; none where there is no store. Raises StoreError.

    by: column to group by, for columns such as count(*).
    """
    names, grouped = ", ".join(columns), f" GROUP BY {by}" if by else ""
    if is_database(address):
        import psycopg

        try:
            with psycopg.connect(address, connect_timeout=10) as connection:
                found: list[tuple[Any, ...]] = connection.execute(
                    f"SELECT {names} FROM {SCHEMA}.{table}{grouped}"
                ).fetchall()
                return found
        except psycopg.errors.UndefinedTable:
            return []
        except psycopg.Error as error:
            raise StoreError(f"The store {public(address)!r} cannot be opened: {first_line(error)}") from error
    file = file_of(sound(address))
    if not file.exists():
        return []
    try:
        with duckdb.connect() as reading:
            if address.startswith("spark:"):
                source = f"read_parquet({quoted(str(parquet_of(file.parent)[table]))})"
            else:
                reading.execute(f"ATTACH {quoted(str(file))} AS store (READ_ONLY)")
                source = f"store.{table}"
            return reading.execute(f"SELECT {names} FROM {source}{grouped}").fetchall()
    except duckdb.CatalogException:
        return []
    except duckdb.Error as error:
        raise StoreError(f"The store {address!r} cannot be opened: {first_line(error)}") from error


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
        stat = file_of(address).stat()
        return stat.st_ino, stat.st_mtime_ns
    return None
