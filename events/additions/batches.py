"""Additions to a store that outlives the process: an imported file, or the events of reports read."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass

import duckdb
import pyarrow as pa

from events.additions.adding import adding
from events.additions.foreign import stage_incoming
from events.additions.staging import stage_batch, stage_dataset
from events.engines.address import existing, holds, is_database, rows_of, sound
from events.engines.loading import Added, executing
from events.engines.schema import STAGED
from events.errors import EventsError
from events.model import Batch, Dataset
from events.tables import TABLES_BATCH, dataset_digest
from geo.gazetteer import Gazetteer


def add_incoming(
    address: str, staging: duckdb.DuckDBPyConnection, *, name: str, form: str, digest: str, dataset: Dataset,
    gazetteer: Gazetteer, mapping: Mapping[str, str] | None = None,
) -> Added:  # fmt: skip
    """Add the relation `incoming` of a staging database (see events.sources.incoming) to a store.

    digest: SHA-256 of the file, in hexadecimal. mapping: what its columns were taken for; the same file taken
    otherwise replaces what it brought before. All of the file lands or nothing; rows that the store has
    already are counted and left out. Raises StoreError.
    """
    n_rows = staging.execute("SELECT count(*) FROM incoming").fetchall()[0][0]
    stage_incoming(staging, origin=form, file=name, dataset=dataset, gazetteer=gazetteer)
    batch = f"{form}:{digest}"
    taken = json.dumps(sorted((mapping or {}).items()))
    digest = hashlib.sha256(f"{digest} {taken}".encode()).hexdigest()
    return _add(address, staging, dataset, gazetteer, batch=batch, name=name, form=form, digest=digest, n_rows=n_rows)


def add_batch(
    address: str, batch: Batch, *, form: str, digest: str, dataset: Dataset, gazetteer: Gazetteer
) -> Added:  # fmt: skip
    """Add a batch of values, in the place of an earlier one of the same id. Raises StoreError."""
    with duckdb.connect() as staging:
        _staged(staging, stage_batch(batch, dataset, gazetteer))
        return _add(
            address, staging, dataset, gazetteer, batch=batch.id, name=batch.name, form=form, digest=digest,
            n_rows=len(batch.events),
        )  # fmt: skip


@dataclass(frozen=True, kw_only=True)
class Held:
    """What a store holds of one file or sitting. rows: of the file. events: that it brought and are there now."""

    id: str
    name: str
    format: str
    rows: int
    events: int


def held(address: str) -> tuple[Held, ...]:
    """The files of a store in the order they came, without the hand-kept tables. Raises StoreError."""
    if not is_database(sound(address)):
        existing(address)
    sizes = dict(rows_of(address, "events", "batch", "count(*)", by="batch"))
    batches = sorted(rows_of(address, "batches", "num", "id", "name", "format", "n_rows"))
    return tuple(
        Held(id=key, name=name, format=form, rows=rows, events=sizes.get(num, 0))
        for num, key, name, form, rows in batches
        if key != TABLES_BATCH
    )


def remove(address: str, batch: str) -> None:
    """Take a file's events out of a store again, with all that belongs to them. Raises StoreError."""
    with duckdb.connect() as staging, adding(address, staging) as store:
        store.remove(batch)


def reports_held(address: str) -> frozenset[str]:
    """Ids of the reports that a store has. Raises StoreError."""
    return frozenset(str(key) for (key,) in rows_of(address, "reports", "id"))


def bring_up_to_date(address: str, *, dataset: Dataset, gazetteer: Gazetteer) -> bool:
    """See that a store holds the hand-kept tables as they are now, making it where there is none.

    Returns whether anything had to be done. Raises StoreError.
    """
    digest = dataset_digest(dataset, gazetteer)
    if holds(address, batch=TABLES_BATCH, digest=digest):
        return False
    with duckdb.connect() as staging:
        _staged(staging, stage_dataset(dataset, gazetteer))
        with adding(address, staging) as store:
            store.load(
                batch=TABLES_BATCH, name="Furat", form="coded", digest=digest, n_rows=len(dataset.events), replace=True
            )
    return True


def _add(
    address: str, staging: duckdb.DuckDBPyConnection, dataset: Dataset, gazetteer: Gazetteer, *, batch: str, name: str,
    form: str, digest: str, n_rows: int,
) -> Added:  # fmt: skip
    # Actors and claimants of the hand-kept tables come first: their numbers are small, see schema.MOST_BITS.
    bring_up_to_date(address, dataset=dataset, gazetteer=gazetteer)
    if holds(address, batch=batch, digest=digest):
        return Added(added=0, duplicates=n_rows)
    with adding(address, staging) as store:
        return store.load(batch=batch, name=name, form=form, digest=digest, n_rows=n_rows, replace=True)


def _staged(staging: duckdb.DuckDBPyConnection, tables: dict[str, pa.Table]) -> None:
    if tables.keys() != STAGED.keys():
        raise EventsError(f"staged tables {sorted(tables)!r}; expected {sorted(STAGED)!r}")
    for table, rows in tables.items():
        staging.register("arrow", rows)
        executing(staging)(f"CREATE TABLE {table} AS SELECT * FROM arrow")
        staging.unregister("arrow")
