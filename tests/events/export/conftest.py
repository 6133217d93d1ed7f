"""Atlases that the public tables do not give: hostile texts, and events that may not be passed on."""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import replace
from pathlib import Path

import pyarrow as pa
import pytest

from events.additions.batches import add_incoming
from events.additions.staging import stage_dataset
from events.atlas import Atlas, open_atlas
from events.engines.engine import add_tables, locked, memory, opened
from events.importing import stage_file
from events.model import Dataset
from events.store.store import Store
from geo.gazetteer import Gazetteer
from tests.hostile import poison, poisoned_places


def atlas_of(dataset: Dataset, gazetteer: Gazetteer, *, restricted: Collection[str] = ()) -> Atlas:
    """An atlas of these values. restricted: ids of events that their source forbids to pass on."""
    tables = stage_dataset(dataset, gazetteer)
    staged = tables["staged_events"]
    marks = pa.array([key in restricted for key in staged["id"].to_pylist()])
    tables["staged_events"] = staged.set_column(staged.column_names.index("restricted"), "restricted", marks)
    connection = memory()
    add_tables(connection, tables, batch="test", name="test", form="coded", digest="1", n_rows=len(dataset.events))
    store = Store(locked(connection), n_sides=len(dataset.sides))
    return Atlas(dataset=dataset, gazetteer=gazetteer, store=store)


def imported(path: Path, atlas: Atlas) -> Atlas:
    """An atlas of a store beside a foreign file, into which that file was imported, and nothing else."""
    address = str(path.with_suffix(".duckdb"))
    bare = replace(atlas.dataset, events={}, claims={}, reports={})
    with stage_file(path, gazetteer=atlas.gazetteer, reach=path.parent) as file:
        add_incoming(
            address, file.connection, name=path.name, form=file.format, digest=file.digest, dataset=bare,
            gazetteer=atlas.gazetteer,
        )  # fmt: skip
    store = Store(locked(opened(address)), n_sides=len(atlas.dataset.sides))
    return Atlas(dataset=atlas.dataset, gazetteer=atlas.gazetteer, store=store)


@pytest.fixture(scope="session")
def hostile(tmp_path_factory: pytest.TempPathFactory) -> Atlas:
    """Every text of every table is hostile, and so are the ids of events, claims, claimants and reports."""
    folder = tmp_path_factory.mktemp("hostile")
    touched = folder / "touched"
    poison(folder / "tables", touched)
    poisoned_places(folder / "places.csv", touched)
    return open_atlas(folder / "tables", extra_places=(folder / "places.csv",))


RESTRICTED = ("raqqa_assault_begins_2017_06_06", "raqqa_mishlab_captured_2017_06_09")


@pytest.fixture(scope="session")
def restricted(atlas: Atlas) -> Atlas:
    """The public tables, the events RESTRICTED marked as not to be passed on."""
    return atlas_of(atlas.dataset, atlas.gazetteer, restricted=RESTRICTED)


@pytest.fixture(scope="session")
def noted(atlas: Atlas) -> Callable[[str], Atlas]:
    """Makes an atlas of one event, all its own texts the one given, read with a confidence and spans."""

    def build(text: str) -> Atlas:
        key = "raqqa_mishlab_captured_2017_06_09"
        event = replace(
            atlas.dataset.events[key], title_en=text, title_ar=text, note=text, confidence=0.75, origin="read"
        )
        claims = {
            claim.id: replace(claim, summary_en=text, summary_ar=text, spans={"place": ((3, 8),)})
            for claim in atlas.dataset.claims.values()
            if claim.event == key
        }
        return atlas_of(replace(atlas.dataset, events={key: event}, claims=claims), atlas.gazetteer)

    return build
