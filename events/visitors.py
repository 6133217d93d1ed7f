"""What visitors bring along: events of their own, in memory, under a token that nobody can guess.

Bounded in number and size, shown together with the public events, and gone when the session ends. Never
written anywhere.
"""

from __future__ import annotations

import secrets
import threading
from collections import deque
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from typing import cast

import pyarrow as pa

from events.additions.staging import empty_tables, stage_batch, stage_dataset, without
from events.atlas import Atlas
from events.engines.engine import Engine, add_tables, locked, memory
from events.engines.loading import Added
from events.errors import EventsError
from events.model import Batch
from events.public import public_atlas
from events.store.stack import Stack
from events.store.store import Store
from events.tables import TABLES_BATCH

MOST_VISITORS = 100
"""Visitors with events of their own at a time."""
MOST_OWN = 200_000
"""Events one visitor may bring along."""
MOST_EVENTS = 2_000_000
"""Events all visitors together may bring along."""


_PUBLIC = "The events of {name!r} are on the public map already."


class TooMuchError(EventsError, ValueError):
    """A visitor's events are more than this server can hold for them, or are there already."""


@dataclass(kw_only=True)
class _Visitor:
    engine: Engine
    names: dict[str, str] = field(default_factory=dict)
    store: Store | None = None
    atlases: dict[bool, Atlas] = field(default_factory=dict)
    upon: Atlas | None = None

    @property
    def n_events(self) -> int:
        return self.store.total if self.store else 0


@dataclass(frozen=True, kw_only=True)
class Own:
    """One batch of a visitor's own: its id, its name, and how many events it has."""

    id: str
    name: str
    n_events: int


class Visitors:
    """The visitors who brought events along, by token."""

    def __init__(self, public: Callable[[], Atlas] = public_atlas) -> None:
        self._public = public
        self._visitors: dict[str, _Visitor] = {}
        self._changing = threading.Lock()
        self._gone: deque[str] = deque()

    @staticmethod
    def token() -> str:
        """A name for a new visitor that nobody can guess."""
        return secrets.token_urlsafe(18)

    def keep(self, token: str, batch: Batch) -> Added:
        """Add a visitor's batch, in the place of an earlier one of the same id. Raises TooMuchError."""
        tables = stage_batch(batch, self._public().dataset, self._public().gazetteer)
        return self._add(token, tables, id_=batch.id, name=batch.name, form="read", n_rows=len(batch.events))

    def keep_tables(
        self, token: str, tables: Mapping[str, pa.Table], *, batch: str, name: str, form: str, n_rows: int
    ) -> Added:  # fmt: skip
        """Add staged tables (see `events.engines.schema.STAGED`), such as those of an opened file. Raises TooMuchError.

        Events that are public already are left out and counted: nothing is shown twice.
        """
        public = cast(Store, self._public().store)
        held: set[str] = set()
        if any(one["format"] == form for one in public.batches):
            held = public.known(tables["staged_events"]["id"].to_pylist())
        if held and len(held) == tables["staged_events"].num_rows:
            raise TooMuchError(_PUBLIC.format(name=name))
        added = self._add(token, without(tables, held), id_=batch, name=name, form=form, n_rows=n_rows)
        return replace(added, duplicates=added.duplicates + len(held))

    def drop(self, token: str, batch: str) -> None:
        """Take a batch out again."""
        with self._changing:
            self._sweep()
            visitor = self._visitors.get(token)
            if visitor is None or batch not in visitor.names:
                return
            add_tables(visitor.engine, empty_tables(), batch=batch, name="", form="", digest="", n_rows=0)
            del visitor.names[batch]
            self._renew(visitor)
            if not visitor.names:
                del self._visitors[token]

    def forget(self, token: str) -> None:
        """The session has ended. Called by the garbage collector, in any thread at any moment: takes no lock."""
        self._gone.append(token)

    def _sweep(self) -> None:
        while self._gone:
            self._visitors.pop(self._gone.popleft(), None)

    def own(self, token: str) -> tuple[Own, ...]:
        """The batches a visitor has, in the order they came."""
        visitor = self._visitors.get(token)
        if visitor is None or visitor.store is None:
            return ()
        sizes = visitor.store.sizes()
        return tuple(Own(id=key, name=name, n_events=sizes.get(key, 0)) for key, name in visitor.names.items())

    def atlas(self, token: str, *, alone: bool = False) -> Atlas:
        """The visitor's own events upon the public ones, or alone; the public ones where there are no others."""
        public = self._public()
        if self._gone:
            with self._changing:
                self._sweep()
        visitor = self._visitors.get(token)
        if visitor is None or visitor.store is None:
            return public
        with self._changing:
            if visitor.upon is not public:
                visitor.atlases.clear()
                visitor.upon = public
            if alone not in visitor.atlases:
                store = visitor.store if alone else Stack(visitor.store, cast(Store, public.store))
                visitor.atlases[alone] = Atlas(dataset=public.dataset, gazetteer=public.gazetteer, store=store)
            return visitor.atlases[alone]

    def _add(
        self, token: str, tables: Mapping[str, pa.Table], *, id_: str, name: str, form: str, n_rows: int
    ) -> Added:  # fmt: skip
        coming = tables["staged_events"].num_rows
        public = self._public()
        if any(batch["id"] == id_ for batch in public.store.batches):
            raise TooMuchError(_PUBLIC.format(name=name))
        with self._changing:
            self._sweep()
            visitor = self._visitors.get(token)
            if visitor is None and len(self._visitors) >= MOST_VISITORS:
                raise TooMuchError(
                    f"This server holds the events of {MOST_VISITORS} visitors already; download yours, or try later."
                )
            held = visitor.n_events if visitor else 0
            everyone = sum(other.n_events for other in self._visitors.values())
            if held + coming > MOST_OWN or everyone + coming > MOST_EVENTS:
                raise TooMuchError(
                    f"These are {coming:,} events, and you have {held:,}; this server holds at most {MOST_OWN:,} for a "
                    "visitor. Import large files with `python -m events import`."
                )
            if visitor is None:
                visitor = self._visitors[token] = _Visitor(engine=self._opened())
            # A digest that is new every time: the store's version changes with it.
            added = add_tables(
                visitor.engine, tables, batch=id_, name=name, form=form, digest=secrets.token_hex(8), n_rows=n_rows
            )
            visitor.names[id_] = name
            self._renew(visitor)
            return added

    def _opened(self) -> Engine:
        """An empty store that knows the actors and claimants of the tables, as batches name them by id."""
        public = self._public()
        known = stage_dataset(public.dataset, public.gazetteer)
        tables = {name: rows if name in _NAMES else rows.slice(0, 0) for name, rows in known.items()}
        engine = memory()
        add_tables(engine, tables, batch=TABLES_BATCH, name="", form="coded", digest="", n_rows=0)
        return locked(engine)

    def _renew(self, visitor: _Visitor) -> None:
        visitor.store = Store(visitor.engine, n_sides=len(self._public().dataset.sides))
        visitor.atlases.clear()


_NAMES = ("staged_actors", "staged_claimants")


visitors = Visitors()
"""Those of this process."""
