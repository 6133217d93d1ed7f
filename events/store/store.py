"""The query layer: a `Selection` in, rows and counts out. Pages and exports ask an engine through it alone.

Every expression here runs on any engine Ibis knows; see `events.engines.engine` for those a store can live in.
Only what a page shows ever leaves the engine.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Any

import ibis.expr.types as ir
from ibis import _

from events.engines.engine import Engine
from events.engines.schema import Row
from events.model import Report
from events.selection import Selection
from events.store.asking import Asking, Build
from events.store.event_rows import EventRows
from events.store.gridded import Gridded
from events.store.over_time import OverTime, Unit, over_time, undated
from events.store.selected import Selected
from geo.mercator import Box, Extent
from geo.place import Place

PAGE_ROWS = 200
"""Rows a page of `Store.page`."""
STREAM_ROWS = 5_000
MOST_LISTED = 100
"""Events that `Store.undrawn` names; it counts all."""
REMEMBERED = {
    "count": 256, "extent": 64, "focus": 64, "dates": 1, "undated": 64,
    "by_actor": 64, "by_type": 64, "by_claimant": 64, "page": 8, "undrawn": 16, "over_time": 16, "place": 4096,
    "reports": 4, "n_reports": 1, "n_restricted": 64, "sizes": 1,
}  # fmt: skip
"""How many answers of each question are kept; few of those that may be long."""

FOCUS_SHARE = 0.9


@dataclass(frozen=True, kw_only=True)
class Undrawn:
    """What the map or the time line cannot draw: events without a place, and without a date.

    n_nowhere, n_undated: how many. nowhere, undated: the first MOST_LISTED of each by id, as `Store.rows` gives them.
    """

    n_nowhere: int
    n_undated: int
    nowhere: tuple[Row, ...]
    undated: tuple[Row, ...]


class Store:
    """Events in one engine, and the questions the pages ask of them."""

    def __init__(self, engine: Engine, *, n_sides: int) -> None:
        """engine: holds the tables of `events.engines.schema.TABLES`. n_sides: how many sides the tables tell apart."""
        self.n_sides = n_sides
        asking = self._asking = Asking(engine)
        self._table, fetch = asking.table, asking.fetch
        self.batches: tuple[Row, ...] = tuple(fetch(self._table["batches"].order_by("num")))
        self.version = hashlib.sha256(
            "\n".join(f"{b['num']} {b['id']} {b['digest']}" for b in self.batches).encode()
        ).hexdigest()[:12]
        self.actors: dict[str, Row] = {row["id"]: row for row in fetch(self._table["actors"].order_by("num"))}
        self.claimants: dict[str, Row] = {row["id"]: row for row in fetch(self._table["claimants"].order_by("num"))}
        self._actor_ids = {row["num"]: key for key, row in self.actors.items()}
        self._claimant_ids = {row["num"]: key for key, row in self.claimants.items()}
        self._types = {row["num"]: row for row in fetch(self._table["types"].order_by("num"))}
        self._selected = Selected(asking, types=self._types, actors=self.actors, claimants=self.claimants)
        self._ask = self._selected.ask
        self._events = EventRows(asking, types=self._types, actors=self._actor_ids, claimants=self._claimant_ids)
        self._gridded = Gridded(asking, self._selected, n_sides=n_sides)
        # A page asks the same questions again at every click; the data behind them do not change.
        for question, answers in REMEMBERED.items():
            setattr(self, question, lru_cache(maxsize=answers)(getattr(self, question)))
        self.total = self.count(Selection())

    def count(self, selection: Selection) -> int:
        """How many events the selection holds."""
        return int(self._ask("count", "events", selection, lambda asked: asked.aggregate(n=_.count()))[0]["n"])

    def page(self, selection: Selection, number: int) -> list[Row]:
        """PAGE_ROWS of `rows`; pages are numbered from 0."""
        return self.rows(selection, limit=PAGE_ROWS, offset=number * PAGE_ROWS)

    def rows(self, selection: Selection, *, limit: int | None = None, offset: int = 0) -> list[Row]:
        """The events of a selection, oldest first, undated last, each as `EventRows.full` gives it."""
        keys = self._keys(selection, limit=limit, offset=offset)
        return [
            row for at in range(0, len(keys), STREAM_ROWS) for row in self._events.full(keys[at : at + STREAM_ROWS])
        ]

    def stream(self, selection: Selection, *, size: int = STREAM_ROWS, originals: str = "") -> Iterator[list[Row]]:
        """`rows` in pieces of `size`: a whole export never lies in memory, but for the events' keys.

        originals: rows of this origin also carry `original`, the row of the foreign file they came from, None where
        there is none.
        """
        keys = self._keys(selection)
        for at in range(0, len(keys), size):
            page = keys[at : at + size]
            rows = self._events.full(page)
            asked = {key: row for key, row in zip(page, rows, strict=True) if originals == row["origin"]}
            if originals and asked:
                held = self._events.originals(list(asked))
                for key, row in asked.items():
                    row["original"] = held.get(key)
            yield rows

    def originals(self, ids: Sequence[str]) -> dict[str, Mapping[str, str]]:
        """The rows of foreign files that became these events, by event id, under the files' own column names."""
        if not ids:
            return {}
        named = self._asking.fetch(self._table["events"].filter(_.id.isin(list(ids))).select("id", "key"))
        held = self._events.originals([row["key"] for row in named])
        return {row["id"]: held[row["key"]] for row in named if row["key"] in held}

    def known(self, ids: Sequence[str]) -> set[str]:
        """Those of these ids that are events of this store."""
        events = self._table["events"]
        found: set[str] = set()
        for at in range(0, len(ids), STREAM_ROWS):
            asked = self._asking.answer_about(
                "known",
                lambda asked: events.semi_join(asked, events.id == asked.id).select("id"),
                ids=ids[at : at + STREAM_ROWS],
            )
            found |= {row["id"] for row in asked}
        return found

    def undrawn(self, selection: Selection) -> Undrawn:
        """What the map or the time line cannot draw.

        A filter of dates leaves undated events out of the selection; they are counted all the same.
        """
        lifted = replace(selection, date_from=None, date_to=None)
        n_nowhere, nowhere = self._listed("nowhere", selection, _.n_places == 0)
        n_undated, undated = self._listed("undated", lifted, _.date_start.isnull())
        return Undrawn(n_nowhere=n_nowhere, n_undated=n_undated, nowhere=nowhere, undated=undated)

    def _listed(self, name: str, selection: Selection, which: Any) -> tuple[int, tuple[Row, ...]]:
        """How many events of a selection are such ones, and the first of them."""

        def listed(events: ir.Table) -> ir.Table:
            return events.filter(which).select("id", "key").order_by("id").limit(MOST_LISTED)

        n = int(self._ask(f"n_{name}", "events", selection, lambda e: e.filter(which).aggregate(n=_.count()))[0]["n"])
        found = sorted(self._ask(name, "events", selection, listed), key=lambda row: row["id"]) if n else []
        return n, tuple(self._events.full([row["key"] for row in found]))

    def over_time(
        self, selection: Selection, *, lanes: int, unit: Unit | None = None, actors: tuple[str, ...] | None = None
    ) -> OverTime:
        """See `events.store.over_time.over_time`."""
        return over_time(self._selected, selection, ids=self._actor_ids, lanes=lanes, unit=unit, actors=actors)

    def undated(self, selection: Selection) -> int:
        """How many events of the selection `over_time` leaves out."""
        return undated(self._selected, selection)

    def by_actor(self, selection: Selection) -> dict[str, int]:
        """How many events each actor takes part in, the actor filter itself lifted."""
        counts = self._ask("by_actor", "parties", selection.without("actors"), _counted("actor"))
        return {self._actor_ids[row["actor"]]: int(row["n"]) for row in counts}

    def by_type(self, selection: Selection) -> dict[str, int]:
        """How many events each event type and sub-event type has, the type filter itself lifted."""
        counts = self._ask(
            "by_type",
            "events",
            selection.without("types"),
            lambda events: events.group_by("sub").aggregate(n=_.count()),
        )
        tally: dict[str, int] = {}
        for row in counts:
            kind = self._types[row["sub"]]
            for name in (kind["event_type"], kind["sub_event_type"]):
                tally[name] = tally.get(name, 0) + int(row["n"])
        return tally

    def by_claimant(self, selection: Selection) -> dict[str, int]:
        """Of how many events each claimant speaks, the claimant filter itself lifted."""
        counts = self._ask("by_claimant", "claims", selection.without("claimants"), _counted("claimant"))
        return {self._claimant_ids[row["claimant"]]: int(row["n"]) for row in counts}

    def extent(self, selection: Selection) -> Extent | None:
        """The box that holds the selection's events, or None where none of them has a place."""

        def edges(sites: ir.Table) -> ir.Table:
            places = self._table["places"].semi_join(sites, self._table["places"].num == sites.place)
            return places.aggregate(south=_.lat.min(), west=_.lon.min(), north=_.lat.max(), east=_.lon.max())

        found = self._ask("extent", "sites", selection, edges)[0]
        return None if found["south"] is None else Extent(**found)

    def focus(self, selection: Selection) -> Extent | None:
        """The box that holds nearly all of the selection's events: what a first view should show.

        A far capital where a truce was signed would else shrink the war to a dot. Ours: the middle
        FOCUS_SHARE of latitudes and of longitudes.
        """

        def located(sites: ir.Table) -> ir.Table:
            used = sites.group_by("place").aggregate(n=_.count())
            places = self._table["places"]
            return used.inner_join(places, used.place == places.num).select("n", "lat", "lon")

        placed = self._ask("focus", "sites", selection, located)
        if not placed:
            return None
        south, north = _middle([(row["lat"], int(row["n"])) for row in placed])
        west, east = _middle([(row["lon"], int(row["n"])) for row in placed])
        return Extent(south=south, west=west, north=north, east=east)

    def dates(self) -> Row:
        """The first and the last day of all events: `first`, `last`."""
        return self._asking.fetch(self._table["events"].aggregate(first=_.date_start.min(), last=_.date_end.max()))[0]

    def place(self, key: str) -> Place | None:
        """A place of this store by its id, or None."""
        found = self._asking.fetch(self._table["places"].filter(_.id == key).limit(1))
        return _place(found[0]) if found else None

    def reports(self, *, most: int) -> list[Report]:
        """The reports cited, at most so many, in the order they came in."""
        found = self._asking.fetch(self._cited().order_by("num").limit(most).drop("num"))
        return [Report(**row) for row in found]

    def n_reports(self) -> int:
        """How many reports are cited."""
        return int(self._asking.fetch(self._cited().aggregate(n=_.count()))[0]["n"])

    def sizes(self) -> dict[str, int]:
        """How many events each batch has, by its id."""
        names = {batch["num"]: batch["id"] for batch in self.batches}
        counted = self._asking.fetch(self._table["events"].group_by("batch").aggregate(n=_.count()))
        return {names[row["batch"]]: int(row["n"]) for row in counted}

    def n_restricted(self, selection: Selection) -> int:
        """How many events of the selection may not be passed on."""
        counted = self._ask(
            "n_restricted", "events", selection, lambda events: events.filter(_.restricted).aggregate(n=_.count())
        )
        return int(counted[0]["n"])

    def cells(self, selection: Selection, box: Box, *, cells_across: int) -> list[Row]:
        """See `Gridded.cells`."""
        return self._gridded.cells(selection, box, cells_across=cells_across)

    def cell_places(self, selection: Selection, box: Box, *, cells_across: int) -> list[Row]:
        """See `Gridded.cell_places`."""
        return self._gridded.cell_places(selection, box, cells_across=cells_across)

    def spread(self, selection: Selection, box: Box) -> list[Row]:
        """See `Gridded.spread`."""
        return self._gridded.spread(selection, box)

    def hexagons(self, selection: Selection, box: Box, *, width: int) -> list[Row]:
        """See `Gridded.hexagons`."""
        return self._gridded.hexagons(selection, box, width=width)

    def hexagon_places(self, selection: Selection, box: Box, *, width: int) -> list[Row]:
        """See `Gridded.hexagon_places`."""
        return self._gridded.hexagon_places(selection, box, width=width)

    def heat(self, selection: Selection, box: Box, *, cells_across: int) -> list[Row]:
        """See `Gridded.heat`."""
        return self._gridded.heat(selection, box, cells_across=cells_across)

    def _cited(self) -> ir.Table:
        reports, claims = self._table["reports"], self._table["claims"]
        return reports.semi_join(claims, reports.num == claims.report)

    def _keys(self, selection: Selection, *, limit: int | None = None, offset: int = 0) -> list[int]:
        """Keys of the selection's events, oldest first, undated last."""
        events = self._selected.rows(selection, self._table["events"]).select("key", "date_start", "date_end", "id")
        ordered = events.order_by([_.date_start.asc(nulls_first=False), _.date_end.asc(nulls_first=False), _.id])
        if limit is not None or offset:
            ordered = ordered.limit(limit, offset=offset)
        return [row["key"] for row in self._asking.fetch(ordered.select("key"))]


def _counted(column: str) -> Build:
    return lambda table: table.filter(_.first).group_by(column).aggregate(n=_.count())


def _middle(values: list[tuple[float, int]]) -> tuple[float, float]:
    """The ends of the middle FOCUS_SHARE of values that occur n times each."""
    values.sort()
    total = sum(n for _value, n in values)
    low, high = (1 - FOCUS_SHARE) / 2 * total, (1 + FOCUS_SHARE) / 2 * total
    first = last = None
    passed = 0
    for value, n in values:
        passed += n
        if first is None and passed > low:
            first = value
        if passed >= high:
            last = value
            break
    return first if first is not None else values[0][0], last if last is not None else values[-1][0]


def _place(row: Row) -> Place:
    return Place(
        id=row["id"], name_en=row["name_en"] or row["id"], name_ar=row["name_ar"], kind=row["kind"],
        lat=row["lat"], lon=row["lon"], radius_km=row["radius_km"], parent=None, source="imported",
    )  # fmt: skip
