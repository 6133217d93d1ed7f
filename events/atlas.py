"""All that the pages and routes read: the tables, the gazetteer and the store."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from events.additions.staging import stage_dataset
from events.engines.engine import Engine, add_tables, locked, memory, opened
from events.model import Actor, Claimant, Dataset, Side
from events.selection import Vocabulary
from events.store.stack import Stack
from events.store.store import Store
from events.tables import DATA, TABLES_BATCH, dataset_digest, load_tables
from geo.gazetteer import Gazetteer
from geo.place import Place


class PlaceKeys:
    """The place keys that exist: every id of the gazetteer and of the store."""

    def __init__(self, gazetteer: Gazetteer, store: Store | Stack) -> None:
        self._gazetteer, self._store = gazetteer, store

    def __contains__(self, key: object) -> bool:
        if key in self._gazetteer:
            return True
        return isinstance(key, str) and key.isprintable() and self._store.place(key) is not None

    def __iter__(self) -> Iterator[str]:
        return (place.id for place in self._gazetteer)

    def __len__(self) -> int:
        return len(self._gazetteer)


@dataclass(frozen=True, kw_only=True, eq=False)
class Atlas:
    """One set of events, where they happened, and the engine that answers for them. Serves as a cache key."""

    dataset: Dataset
    gazetteer: Gazetteer
    store: Store | Stack

    @cached_property
    def vocabulary(self) -> Vocabulary:
        """The values a link to this atlas may name."""
        places = PlaceKeys(self.gazetteer, self.store)
        return Vocabulary(actors=self.actors, claimants=self.claimants, places=places)

    @cached_property
    def actors(self) -> Mapping[str, Actor]:
        """Every actor by id: those of the tables first, in their order, then those that imports brought."""
        sides = list(self.dataset.sides)
        return dict(self.dataset.actors) | {
            key: Actor(id=key, name_en=row["name_en"], name_ar=row["name_ar"], side=sides[row["side"]], aliases=())
            for key, row in self.store.actors.items()
            if key not in self.dataset.actors
        }

    @cached_property
    def claimants(self) -> Mapping[str, Claimant]:
        """Every claimant by id, in the order of `actors`."""
        return dict(self.dataset.claimants) | {
            key: Claimant(id=key, name_en=row["name_en"], name_ar=row["name_ar"], kind=row["kind"], actor=row["actor"])
            for key, row in self.store.claimants.items()
            if key not in self.dataset.claimants
        }

    def place(self, key: str) -> Place:
        """The place behind a place key. Raises UnknownPlaceId."""
        if key in self.gazetteer:
            return self.gazetteer.get(key)
        return self.store.place(key) or self.gazetteer.get(key)

    def actor(self, key: str) -> Actor:
        """The actor with this id."""
        return self.actors[key]

    def claimant(self, key: str) -> Claimant:
        """The claimant with this id."""
        return self.claimants[key]

    def side(self, actor: str) -> Side:
        """The side an actor is on."""
        return self.dataset.sides[self.actor(actor).side]


def open_atlas(folder: Path = DATA, *, extra_places: tuple[Path, ...] = (), address: str | None = None) -> Atlas:
    """The atlas of a folder of event tables, or of a store that imports have made.

    extra_places: place files added by `python -m geo add`. address: of the store, see `events.engines.address`; it
    holds its own copy of the tables. Raises TableError where the tables contradict themselves, StoreError.
    """
    tables = load_tables(folder, extra_places=extra_places)
    dataset, gazetteer = tables.dataset, tables.gazetteer
    if address is None:
        engine = memory()
        add_dataset(engine, dataset, gazetteer)
    else:
        engine = opened(address)
    return Atlas(dataset=dataset, gazetteer=gazetteer, store=Store(locked(engine), n_sides=len(dataset.sides)))


def add_dataset(engine: Engine, dataset: Dataset, gazetteer: Gazetteer) -> None:
    """Put the hand-kept tables into a store in memory."""
    add_tables(
        engine, stage_dataset(dataset, gazetteer), batch=TABLES_BATCH, name="Furat", form="coded",
        digest=dataset_digest(dataset, gazetteer), n_rows=len(dataset.events),
    )  # fmt: skip
