"""Several stores asked as one: a visitor's own events upon the public ones.

Nothing is copied from one engine to another; each answers for itself, and the answers are put together.
Ids of events are taken to differ between the stores.
"""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import Any

from events.engines.schema import Row
from events.model import Report
from events.selection import Selection
from events.store.over_time import UNITS, OverTime, Unit
from events.store.store import MOST_LISTED, PAGE_ROWS, Store, Undrawn
from geo.mercator import Box, Extent
from geo.place import Place


class Stack:
    """Answers every question of `Store` for several stores together, those named first standing first."""

    def __init__(self, *stores: Store) -> None:
        self.stores = stores
        self.n_sides = stores[0].n_sides
        self.version = hashlib.sha256(" ".join(store.version for store in stores).encode()).hexdigest()[:12]
        self.total = sum(store.total for store in stores)
        self.batches = tuple(batch for store in stores for batch in store.batches)
        self.actors = {key: row for store in reversed(stores) for key, row in store.actors.items()}
        self.claimants = {key: row for store in reversed(stores) for key, row in store.claimants.items()}

    def count(self, selection: Selection) -> int:
        """See `Store.count`."""
        return sum(store.count(selection) for store in self.stores)

    def page(self, selection: Selection, number: int) -> list[Row]:
        """See `Store.page`."""
        return self.rows(selection, limit=PAGE_ROWS, offset=number * PAGE_ROWS)

    def rows(self, selection: Selection, *, limit: int | None = None, offset: int = 0) -> list[Row]:
        """See `Store.rows`; the events of each store stand together, oldest first."""
        found: list[Row] = []
        for store in self.stores:
            wanted = None if limit is None else limit - len(found)
            if wanted == 0:
                break
            here = store.count(selection)
            if offset < here:
                found += store.rows(selection, limit=wanted, offset=offset)
            offset = max(0, offset - here)
        return found

    def stream(self, selection: Selection, **how: Any) -> Iterator[list[Row]]:
        """See `Store.stream`."""
        for store in self.stores:
            yield from store.stream(selection, **how)

    def originals(self, ids: Sequence[str]) -> dict[str, Mapping[str, str]]:
        """See `Store.originals`."""
        return {key: row for store in reversed(self.stores) for key, row in store.originals(ids).items()}

    def undrawn(self, selection: Selection) -> Undrawn:
        """See `Store.undrawn`."""
        parts = [store.undrawn(selection) for store in self.stores]
        return Undrawn(
            n_nowhere=sum(part.n_nowhere for part in parts),
            n_undated=sum(part.n_undated for part in parts),
            nowhere=tuple(row for part in parts for row in part.nowhere)[:MOST_LISTED],
            undated=tuple(row for part in parts for row in part.undated)[:MOST_LISTED],
        )

    def over_time(self, selection: Selection, *, lanes: int, unit: Unit | None = None) -> OverTime:
        """See `Store.over_time`."""
        parts = [store.over_time(selection, lanes=lanes, unit=unit) for store in self.stores]
        coarsest = max((part.unit for part in parts), key=list(UNITS).index)
        totals = _summed(part.totals for part in parts)
        shown = tuple(sorted(totals, key=lambda actor: (-totals[actor], actor))[:lanes])
        counts: Counter[tuple[date, str]] = Counter()
        for store in self.stores:
            for row in store.over_time(selection, lanes=lanes, unit=coarsest, actors=shown).bins:
                counts[row["start"], row["actor"]] += row["n"]
        return OverTime(
            unit=coarsest,
            bins=tuple({"start": start, "actor": actor, "n": n} for (start, actor), n in sorted(counts.items())),
            totals=totals,
            actors=shown,
            n_coarse=sum(part.n_coarse for part in parts),
        )  # fmt: skip

    def undated(self, selection: Selection) -> int:
        """See `Store.undated`."""
        return sum(store.undated(selection) for store in self.stores)

    def by_actor(self, selection: Selection) -> dict[str, int]:
        """See `Store.by_actor`."""
        return _summed(store.by_actor(selection) for store in self.stores)

    def by_type(self, selection: Selection) -> dict[str, int]:
        """See `Store.by_type`."""
        return _summed(store.by_type(selection) for store in self.stores)

    def by_claimant(self, selection: Selection) -> dict[str, int]:
        """See `Store.by_claimant`."""
        return _summed(store.by_claimant(selection) for store in self.stores)

    def extent(self, selection: Selection) -> Extent | None:
        """See `Store.extent`."""
        return _around([found for store in self.stores if (found := store.extent(selection))])

    def focus(self, selection: Selection) -> Extent | None:
        """See `Store.focus`."""
        return _around([found for store in self.stores if (found := store.focus(selection))])

    def dates(self) -> Row:
        """See `Store.dates`."""
        known = [store.dates() for store in self.stores]
        firsts, lasts = ([row[end] for row in known if row[end]] for end in ("first", "last"))
        return {"first": min(firsts, default=None), "last": max(lasts, default=None)}

    def place(self, key: str) -> Place | None:
        """See `Store.place`."""
        return next((place for store in self.stores if (place := store.place(key))), None)

    def reports(self, *, most: int) -> list[Report]:
        """See `Store.reports`."""
        return [report for store in self.stores for report in store.reports(most=most)][:most]

    def n_reports(self) -> int:
        """See `Store.n_reports`."""
        return sum(store.n_reports() for store in self.stores)

    def n_restricted(self, selection: Selection) -> int:
        """See `Store.n_restricted`."""
        return sum(store.n_restricted(selection) for store in self.stores)

    def cells(self, selection: Selection, box: Box, **how: Any) -> list[Row]:
        """See `Store.cells`; a cell may come once from each store."""
        return [row for store in self.stores for row in store.cells(selection, box, **how)]

    def cell_places(self, selection: Selection, box: Box, **how: Any) -> list[Row]:
        """See `Store.cell_places`; a place may come once from each store."""
        return [row for store in self.stores for row in store.cell_places(selection, box, **how)]

    def spread(self, selection: Selection, box: Box) -> list[Row]:
        """See `Store.spread`."""
        return [
            row | {"event": (number, row["event"])}
            for number, store in enumerate(self.stores)
            for row in store.spread(selection, box)
        ]

    def hexagons(self, selection: Selection, box: Box, **how: Any) -> list[Row]:
        """See `Store.hexagons`; a hexagon may come once from each store."""
        return [row for store in self.stores for row in store.hexagons(selection, box, **how)]

    def hexagon_places(self, selection: Selection, box: Box, **how: Any) -> list[Row]:
        """See `Store.hexagon_places`; a place may come once from each store."""
        return [row for store in self.stores for row in store.hexagon_places(selection, box, **how)]

    def heat(self, selection: Selection, box: Box, **how: Any) -> list[Row]:
        """See `Store.heat`; a cell may come once from each store."""
        return [row for store in self.stores for row in store.heat(selection, box, **how)]


def _summed(parts: Any) -> dict[str, int]:
    total: Counter[str] = Counter()
    for part in parts:
        total.update(part)
    return dict(total)


def _around(parts: list[Extent]) -> Extent | None:
    if not parts:
        return None
    return Extent(
        south=min(part.south for part in parts), west=min(part.west for part in parts),
        north=max(part.north for part in parts), east=max(part.east for part in parts),
    )  # fmt: skip
