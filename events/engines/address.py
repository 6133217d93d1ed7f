"""The address of a store: what it names, and what can be asked there without an engine.

| address                     | engine                                                                |
|-----------------------------|-----------------------------------------------------------------------|
| a path                      | a DuckDB file                                                         |
| `postgresql://user@host/db` | PostgreSQL; the tables stand in the schema `furat`                    |
| `spark:folder`              | Spark over a folder of Parquet files, for those who outgrow a machine |
"""

from __future__ import annotations

import contextlib
import re
from pathlib import Path
from typing import Any

import duckdb

from events.engines.loading import quoted
from events.engines.schema import TABLES
from events.errors import EventsError

SCHEMA = "furat"
"""Where the tables stand in PostgreSQL."""
CURRENT = "CURRENT"
"""Names the sub-folder that holds a Spark store's tables now."""
READ = "TYPE duckdb, READ_ONLY"
"""How a store's file is attached to be read: by its name alone DuckDB would take it for a table of a like ending."""
CONNECT_S = 10
"""How long a database that does not answer is waited for, in seconds."""
NEEDED = "what requirements-engines.txt names; `pip install -r requirements-engines.txt` gets it."
"""The rest of a sentence about an engine whose library is missing."""

_WORD = r"(?:[^%@:/?#,\[\]\s]|%[0-9A-Fa-f]{2})*"
_HOST = rf"(?:{_WORD}|\[[0-9A-Fa-f:.]+\])(?::\d*)?"
_DATABASE = re.compile(
    rf"postgres(?:ql)?://(?:{_WORD}(?::{_WORD})?@)?{_HOST}(?:,{_HOST})*(?:/{_WORD})?(?:\?(?:[^%#\s]|%[0-9A-Fa-f]{{2}})*)?"
)
_SECRET = re.compile(r"(?<=:)[^:/@]*(?=@)|(?<=password=)[^&]*")
_SCHEME = re.compile(r"([A-Za-z][A-Za-z0-9+.-]+):")


class StoreError(EventsError, OSError):
    """A store cannot be opened, asked or added to."""


def is_database(address: str) -> bool:
    """Whether an address names PostgreSQL."""
    return address.startswith(("postgresql://", "postgres://"))


def sound(address: str) -> str:
    """The address, if it names an engine there is. Raises StoreError."""
    if is_database(address):
        if not _DATABASE.fullmatch(address):
            # Not the address itself: where it cannot be taken apart, its password cannot be taken out.
            raise StoreError(
                "The store's address cannot be understood; expected postgresql://user:password@host:port/database, in "
                "which each of the signs % @ : / ? # in a name or password is percent-encoded, such as %40 for @."
            )
    elif address.startswith("spark:"):
        folder = Path(address.removeprefix("spark:"))
        if not folder.name or folder.is_file():
            raise StoreError(f"The store's address is {address!r}; expected the name of a folder after 'spark:'.")
    elif scheme := _SCHEME.match(address):
        raise StoreError(
            f"The store's address begins with {scheme[1]!r}; expected a path, postgresql:// or spark:FOLDER."
        )
    elif Path(address).is_dir():
        raise StoreError(f"The store's address {address!r} is a folder; expected a file, such as one in it.")
    return address


def existing(address: str) -> Path:
    """`file_of` an address, if it is there. Raises StoreError."""
    file = file_of(sound(address))
    if not file.is_file():
        raise StoreError(f"There is no store at {address!r}; make one with `python -m events import FILE --store …`.")
    return file


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
    """A sound address without its password."""
    return _SECRET.sub("…", address) if is_database(address) else address


def connected(address: str, **how: Any) -> Any:
    """A connection of psycopg to a PostgreSQL store. how: its settings. Raises StoreError."""
    sound(address)
    try:
        import psycopg
    except ModuleNotFoundError as error:
        raise StoreError(f"A store on PostgreSQL needs {NEEDED}") from error
    try:
        return psycopg.connect(address, connect_timeout=CONNECT_S, **how)
    except psycopg.Error as error:
        raise StoreError(f"The store {public(address)!r} cannot be opened: {first_line(error)}") from error


def first_line(error: BaseException) -> str:
    """What an engine says is wrong, without what it adds."""
    if isinstance(error, OSError) and error.strerror:
        return error.strerror
    return (str(error).strip().splitlines() or [type(error).__name__])[0].rpartition("Original error: ")[2]


def rows_of(address: str, table: str, *columns: str, by: str = "") -> list[tuple[Any, ...]]:
    """Some columns of a small table of a store; none where there is no store. Raises StoreError.

    by: column to group by, for columns such as count(*).
    """
    names, grouped = ", ".join(columns), f" GROUP BY {by}" if by else ""
    if is_database(address):
        opened = connected(address)
        import psycopg

        try:
            with opened as connection:
                return list(connection.execute(f"SELECT {names} FROM {SCHEMA}.{table}{grouped}"))
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
                reading.execute(f"ATTACH {quoted(str(file))} AS store ({READ})")
                source = f"store.{table}"
            return reading.execute(f"SELECT {names} FROM {source}{grouped}").fetchall()
    except duckdb.CatalogException:
        return []
    except duckdb.Error as error:
        raise StoreError(f"The store {address!r} cannot be opened: {first_line(error)}") from error


def reachable(address: str) -> None:
    """See that a store, where there is one, can be opened: before much is read for it. Raises StoreError."""
    rows_of(address, "batches", "num")


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
