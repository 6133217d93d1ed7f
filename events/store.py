"""The query layer: a `Selection` in, rows and counts out. The only module that speaks Ibis.

Every expression here runs on any engine Ibis knows; the embedded default is DuckDB in memory.
Only what a page shows ever leaves the engine.
"""

from __future__ import annotations

import hashlib
import threading
from dataclasses import replace
from functools import lru_cache
from typing import Any

import ibis
import ibis.expr.types as ir
import pyarrow as pa
from ibis import _

from events.model import Dataset
from events.schema import SCHEMAS, Row, table_rows
from events.selection import Selection
from geo.gazetteer import Gazetteer
from geo.mercator import Box, Extent

PAGE_ROWS = 500
"""Rows a page of `Store.page`."""

REMEMBERED = {
    "count": 256, "extent": 64, "focus": 64, "dates": 1, "undated": 64,
    "by_actor": 64, "by_type": 64, "by_claimant": 64, "page": 8, "undrawn": 8, "by_day": 8,
}  # fmt: skip
"""How many answers of each question are kept; few of those that may be long."""

FOCUS_SHARE = 0.9


class Store:
    """Events in one engine, and the questions the pages ask of them."""

    def __init__(self, connection: Any, *, version: str, n_sides: int) -> None:
        """connection: an Ibis backend that holds the tables of SCHEMAS. version: changes with the data."""
        self.version = version
        self.n_sides = n_sides
        self._connection = connection
        self._compiling = threading.Lock()
        self._events: ir.Table = connection.table("events")
        self._sites: ir.Table = connection.table("sites")
        self._parties: ir.Table = connection.table("parties")
        self._claims: ir.Table = connection.table("claims")
        # A page asks the same questions again at every click; the data behind them do not change.
        for question, answers in REMEMBERED.items():
            setattr(self, question, lru_cache(maxsize=answers)(getattr(self, question)))
        self.total = self.count(Selection())

    # -- questions -----------------------------------------------------------------------------

    def count(self, selection: Selection) -> int:
        """How many events the selection holds."""
        return int(self._fetch(self._matching(selection).aggregate(n=_.count()))[0]["n"])

    def page(self, selection: Selection, number: int) -> list[Row]:
        """PAGE_ROWS of `rows`; pages are numbered from 0."""
        return self.rows(selection, limit=PAGE_ROWS, offset=number * PAGE_ROWS)

    def rows(self, selection: Selection, *, limit: int | None = None, offset: int = 0) -> list[Row]:
        """The events of a selection, oldest first, undated last, each with its `places`, `parties` and `claims`.

        Places, parties and claims are lists of rows in their tables' order.
        """
        page = self._matching(selection).order_by([_.date_start.isnull(), _.date_start, _.date_end, _.id])
        if limit is not None or offset:
            page = page.limit(limit, offset=offset)
        rows = self._fetch(page.drop("sides", "n_places"))
        if not rows:
            return []
        wanted = [row["id"] for row in rows]
        # A page names its events; a whole export asks by the selection, which no engine finds too long.
        many = len(wanted) > 1_000
        for name, table in (("places", self._sites), ("parties", self._parties), ("claims", self._claims)):
            related = self._of(selection, table) if many else table.filter(_.event.isin(wanted))
            groups: dict[str, list[Row]] = {}
            for found in self._fetch(related.order_by("event", "rank")):
                groups.setdefault(found.pop("event"), []).append(found)
            for row in rows:
                row[name] = groups.get(row["id"], [])
        return rows

    def undrawn(self, selection: Selection) -> list[Row]:
        """What the map or the time line cannot draw: the selection's events without a place, and all without a date.

        A filter of dates leaves undated events out of the selection; they are listed all the same.
        """
        nowhere = self._matching(selection).filter(_.n_places == 0)
        undated = self._matching(replace(selection, date_from=None, date_to=None)).filter(_.date_start.isnull())
        columns = ("id", "title_en", "title_ar", "place", "date_start")
        events = ibis.union(nowhere.select(*columns), undated.select(*columns), distinct=True)
        return self._fetch(events.order_by("id"))

    def by_day(self, selection: Selection) -> list[Row]:
        """Per first day and actor: in how many events (`n`) the actor takes part. Rows: `date_start`, `actor`, `n`.

        Left out are events known only to the week or worse (date_prec over 2) and undated ones.
        """
        dated = self._matching(selection).filter(_.date_prec <= 2).select("id", "date_start")
        parties = self._parties.inner_join(dated, self._parties.event == dated.id)
        counts = parties.group_by("date_start", "actor").aggregate(n=_.event.nunique())
        return self._fetch(counts.order_by("date_start", "actor"))

    def undated(self, selection: Selection) -> int:
        """How many events of the selection `by_day` leaves out."""
        events = self._matching(selection)
        return int(self._fetch(events.aggregate(n=(_.date_prec.fill_null(5) > 2).sum()))[0]["n"] or 0)

    def by_actor(self, selection: Selection) -> dict[str, int]:
        """How many events each actor takes part in, the actor filter itself lifted."""
        parties = self._of(selection.without("actors"), self._parties)
        return self._tally(parties.group_by("actor").aggregate(n=_.event.nunique()), "actor")

    def by_type(self, selection: Selection) -> dict[str, int]:
        """How many events each event type and sub-event type has, the type filter itself lifted."""
        events = self._matching(selection.without("types"))
        return self._tally(events.group_by("event_type").aggregate(n=_.count()), "event_type") | self._tally(
            events.group_by("sub_event_type").aggregate(n=_.count()), "sub_event_type"
        )

    def by_claimant(self, selection: Selection) -> dict[str, int]:
        """Of how many events each claimant speaks, the claimant filter itself lifted."""
        claims = self._of(selection.without("claimants"), self._claims)
        return self._tally(claims.group_by("claimant").aggregate(n=_.event.nunique()), "claimant")

    def extent(self, selection: Selection) -> Extent | None:
        """The box that holds the selection's events, or None where none of them has a place."""
        sites = self._of(selection, self._sites)
        found = self._fetch(sites.aggregate(south=_.lat.min(), west=_.lon.min(), north=_.lat.max(), east=_.lon.max()))[
            0
        ]
        return None if found["south"] is None else Extent(**found)

    def focus(self, selection: Selection) -> Extent | None:
        """The box that holds nearly all of the selection's events: what a first view should show.

        A far capital where a truce was signed would else shrink the war to a dot. Ours: the middle
        FOCUS_SHARE of latitudes and of longitudes.
        """
        sites = self._of(selection, self._sites)
        low, high = (1 - FOCUS_SHARE) / 2, (1 + FOCUS_SHARE) / 2
        found = self._fetch(
            sites.aggregate(
                south=_.lat.quantile(low), west=_.lon.quantile(low),
                north=_.lat.quantile(high), east=_.lon.quantile(high),
            )
        )[0]  # fmt: skip
        return None if found["south"] is None else Extent(**found)

    def dates(self) -> Row:
        """The first and the last day of all events: `first`, `last`."""
        return self._fetch(self._events.aggregate(first=_.date_start.min(), last=_.date_end.max()))[0]

    def cells(self, selection: Selection, box: Box, *, cells_across: int, most_places: int) -> list[Row]:
        """Events with one place, counted by cell of a grid that divides the world `cells_across` times.

        Areas are counted apart from finer places. A row: `cx`, `cy`, `area`, `n`, `side_i`, `vague`
        (events known only to the town or coarser), `vagueness` (the finest, see PRECISIONS),
        `n_places`, `places` (at most `most_places`, fullest first), the first of them's `lat`, `lon`
        and `radius_km`, and the box `south` … `east` of all.
        """
        sites = self._in_box(selection, box, cells_across).filter(_.n_places == 1)
        sides = {f"side_{i}": _has(sites.sides, i).sum() for i in range(self.n_sides)}
        by_place = sites.group_by("cx", "cy", "area", "place").aggregate(
            n=_.count(), lat=_.lat.min(), lon=_.lon.min(), radius_km=_.radius_km.max(),
            vagueness=_.vagueness.min(), vague=(_.vagueness > 0).sum(), **sides,
        )  # fmt: skip
        # One order for all: an engine would break ties by chance, and name one place but draw another.
        fullest = [_.n.desc(), _.place]
        cells = by_place.group_by("cx", "cy", "area").aggregate(
            n=_.n.sum(), n_places=_.count(), vague=_.vague.sum(), vagueness=_.vagueness.min(),
            places=_.place.collect(order_by=fullest),
            lat=_.lat.first(order_by=fullest), lon=_.lon.first(order_by=fullest),
            radius_km=_.radius_km.first(order_by=fullest),
            south=_.lat.min(), west=_.lon.min(), north=_.lat.max(), east=_.lon.max(),
            **{name: by_place[name].sum() for name in sides},
        )  # fmt: skip
        return self._fetch(cells.mutate(places=_.places[:most_places]))

    def spread(self, selection: Selection, box: Box, *, cells_across: int) -> list[Row]:
        """Events told of several places at once, a row an event and place; they count once a symbol, so not here."""
        sites = self._in_box(selection, box, cells_across).filter(_.n_places > 1)
        return self._fetch(sites.drop("x", "y", "rank", "n_places"))

    # -- how -----------------------------------------------------------------------------------

    def _matching(self, selection: Selection) -> ir.Table:
        """The events of a selection, lazily."""
        events = self._events
        if selection.date_from:
            events = events.filter(_.date_end >= selection.date_from)
        if selection.date_to:
            events = events.filter(_.date_start <= selection.date_to)
        if selection.types:
            events = events.filter(_.event_type.isin(selection.types) | _.sub_event_type.isin(selection.types))
        for table, column, wanted in (
            (self._parties, "actor", selection.actors),
            (self._claims, "claimant", selection.claimants),
            (self._sites, "place", selection.places),
        ):
            if wanted:
                named = table.filter(table[column].isin(wanted))
                events = events.semi_join(named, events.id == named.event)
        return events

    def _of(self, selection: Selection, table: ir.Table) -> ir.Table:
        """The rows of a table (sites, parties, claims) that belong to a selection's events, lazily."""
        events = self._matching(selection).select("id")
        return table.semi_join(events, table.event == events.id)

    def _in_box(self, selection: Selection, box: Box, cells_across: int) -> ir.Table:
        """The selection's sites within a box, each with its cell `cx`, `cy` and its event's `sides` and `n_places`."""
        events = self._matching(selection).select("id", "sides", "n_places")
        sites = self._sites.filter(_.x.between(box.west, box.east), _.y.between(box.north, box.south))
        joined = sites.inner_join(events, sites.event == events.id).drop("id")
        return joined.mutate(
            cx=(_.x * cells_across).floor().cast("int64"),
            cy=(_.y * cells_across).floor().cast("int64"),
        )

    def _tally(self, counts: ir.Table, column: str) -> dict[str, int]:
        return {row[column]: int(row["n"]) for row in self._fetch(counts)}

    def _fetch(self, expression: ir.Table) -> list[Row]:
        """Run one expression. DuckDB gets a cursor a call: a connection shared by threads fails there."""
        if self._connection.name != "duckdb":
            return self._connection.to_pyarrow(expression).to_pylist()  # type: ignore[no-any-return]
        with self._compiling:
            sql = self._connection.compile(expression)
            cursor = self._connection.con.cursor()
        with cursor:
            return cursor.sql(sql).to_arrow_table().to_pylist()  # type: ignore[no-any-return]


def _has(sides: ir.IntegerColumn, bit: int) -> ir.IntegerColumn:
    """1 where a side's bit is set, else 0."""
    return ((sides & (1 << bit)) > 0).cast("int64")


def open_store(dataset: Dataset, gazetteer: Gazetteer) -> Store:
    """A data set in an embedded DuckDB in memory, with no access to files or network."""
    connection = ibis.duckdb.connect()
    for name, rows in table_rows(dataset, gazetteer).items():
        # Ibis 12's own create_table writes a DROP VIEW that DuckDB 2.0 does not parse.
        connection.con.register("incoming", pa.Table.from_pylist(list(rows), schema=SCHEMAS[name]))
        connection.con.execute(f"CREATE TABLE {name} AS SELECT * FROM incoming")  # noqa: S608 - our own names
        connection.con.unregister("incoming")
    connection.raw_sql("SET enable_external_access = false; SET lock_configuration = true")
    return Store(connection, version=_version(dataset, gazetteer), n_sides=len(dataset.sides))


def _version(dataset: Dataset, gazetteer: Gazetteer) -> str:
    """Changes with the tables and with the places they name."""
    digest = hashlib.sha256(dataset.version.encode())
    for place in gazetteer:
        digest.update(f"{place.id}\t{place.lat}\t{place.lon}\t{place.name_en}\t{place.name_ar}\n".encode())
    return digest.hexdigest()[:12]
