"""All that the public pages and routes read: the data set, the gazetteer and the store, opened once a process."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from events.model import Actor, Claimant, Dataset, Side
from events.selection import Vocabulary
from events.store import Store, open_store
from events.tables import DATA, load_dataset
from geo.gazetteer import Gazetteer, load_gazetteer
from geo.place import Place


class PlaceKeys:
    """The place keys that exist: every id of the gazetteer."""

    def __init__(self, gazetteer: Gazetteer) -> None:
        self._gazetteer = gazetteer

    def __contains__(self, key: object) -> bool:
        return key in self._gazetteer

    def __iter__(self) -> Iterator[str]:
        return (place.id for place in self._gazetteer)

    def __len__(self) -> int:
        return len(self._gazetteer)


@dataclass(frozen=True, kw_only=True, eq=False)
class Atlas:
    """One set of events, where they happened, and the engine that answers for them. Serves as a cache key."""

    dataset: Dataset
    gazetteer: Gazetteer
    store: Store

    @cached_property
    def vocabulary(self) -> Vocabulary:
        """The values a link to this atlas may name."""
        return Vocabulary(
            actors=self.dataset.actors, claimants=self.dataset.claimants, places=PlaceKeys(self.gazetteer)
        )

    def place(self, key: str) -> Place:
        """The place behind a place key."""
        return self.gazetteer.get(key)

    def actor(self, key: str) -> Actor:
        """The actor with this id."""
        return self.dataset.actors[key]

    def claimant(self, key: str) -> Claimant:
        """The claimant with this id."""
        return self.dataset.claimants[key]

    def side(self, actor: str) -> Side:
        """The side an actor is on."""
        return self.dataset.sides[self.actor(actor).side]


def open_atlas(folder: Path = DATA, *, extra_places: tuple[Path, ...] = ()) -> Atlas:
    """The atlas of a folder of event tables; extra_places: place files added by `python -m geo add`.

    Raises TableError where the tables contradict themselves.
    """
    gazetteer = load_gazetteer(extra_places)
    dataset = load_dataset(places=gazetteer, folder=folder)
    return Atlas(dataset=dataset, gazetteer=gazetteer, store=open_store(dataset, gazetteer))


@dataclass
class _Public:
    """The atlas this process serves. Opened on first use, so that the server answers before the data is in."""

    folder: Path = DATA
    extra_places: tuple[Path, ...] = ()
    atlas: Atlas | None = None


_public = _Public()
_opening = threading.Lock()


def publish(folder: Path, *, extra_places: tuple[Path, ...] = ()) -> None:
    """Say which tables this process serves. To be called before the first visitor; the entry point's task."""
    _public.folder, _public.extra_places, _public.atlas = folder, extra_places, None


def public_atlas() -> Atlas:
    """The atlas this process serves, opened by whoever asks first."""
    with _opening:
        if _public.atlas is None:
            _public.atlas = open_atlas(_public.folder, extra_places=_public.extra_places)
        return _public.atlas
