"""A foreign file on its way to a store: staged in a temporary folder that always goes away again."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import duckdb

from events.sources.limits import COMMAND_LINE, VISITOR, Limits
from events.sources.source import Source, open_source
from events.sources.staging import Progress, Staged
from geo.gazetteer import Gazetteer

__all__ = ["COMMAND_LINE", "VISITOR", "Limits", "StagedFile", "stage_file", "staging_connection"]

_MEMORY = "2GB"
_ROW_GROUP = 122_880
"""Rows that DuckDB keeps together."""


@dataclass(frozen=True, kw_only=True)
class StagedFile:
    """A file whose rows lie in `incoming` (see `events.sources.incoming`) of a connection.

    format, columns, mapping, digest: as `events.sources.source.Source` has them.
    """

    connection: duckdb.DuckDBPyConnection
    staged: Staged
    name: str
    format: str
    columns: tuple[str, ...]
    mapping: Mapping[str, str]
    digest: str


@contextmanager
def stage_file(
    path: Path,
    *,
    gazetteer: Gazetteer,
    format: str = "auto",
    mapping: Mapping[str, str] | None = None,
    name: str | None = None,
    limits: Limits = COMMAND_LINE,
    progress: Progress | None = None,
    reach: Path | None = None,
) -> Iterator[StagedFile]:
    """The rows of a file, for as long as the context lasts.

    reach: the only folder whose files the connection can still attach, for a store to add to; None for none.
    Raises SourceError where the file is refused, of which nothing is left then.
    """
    with (
        open_source(path, format=format, mapping=mapping, name=name, limits=limits) as source,
        staging_connection(reach=reach) as connection,
    ):
        yield _staged(source, connection, gazetteer, progress)


@contextmanager
def staging_connection(*, reach: Path | None = None) -> Iterator[duckdb.DuckDBPyConnection]:
    """An empty DuckDB in memory, which moves to a temporary folder as it grows.

    reach: the only folder whose files it can open; None for none at all.
    """
    with tempfile.TemporaryDirectory(prefix="furat-staging-", ignore_cleanup_errors=True) as folder:
        connection = duckdb.connect(":memory:", config={"memory_limit": _MEMORY, "temp_directory": folder})
        try:
            # While a file is read its rows are parsed and packed by threads of their own, which need a core.
            threads = connection.execute("SELECT current_setting('threads')").fetchall()[0][0]
            connection.execute(f"SET threads = {max(1, threads - 1)}")
            if reach is not None:
                connection.execute("SET allowed_directories = $1", [[str(reach.resolve())]])
            connection.execute("SET enable_external_access = false")
            yield connection
        finally:
            connection.close()


def _staged(
    source: Source, connection: duckdb.DuckDBPyConnection, gazetteer: Gazetteer, progress: Progress | None
) -> StagedFile:
    staged = source.stage(connection, gazetteer, progress)
    if staged.good > _ROW_GROUP:
        # To merge what is left over beside full row groups is for smaller additions: here it takes half a second.
        connection.execute("SET max_vacuum_tasks = 0")
    connection.execute("RESET threads; SET lock_configuration = true")
    return StagedFile(
        connection=connection, staged=staged, name=source.name, format=source.format,
        columns=source.columns, mapping=source.mapping, digest=source.digest,
    )  # fmt: skip
