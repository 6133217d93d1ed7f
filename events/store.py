"""The query layer: a `Selection` in, rows and counts out. The only module that asks an engine.

Every expression here runs on any engine Ibis knows; see `events.engines` for those a store can live in.
Only what a page shows ever leaves the engine.
"""

from __future__ import annotations

import hashlib
import json
from bisect import bisect_right
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from functools import lru_cache
from typing import Any, Literal

import ibis.expr.types as ir
from ibis import _

from events import grids
from events.asking import Asking, Build
from events.engines import Engine
from events.model import Report
from events.originals import Opened
from events.schema import FILTERED, MOST_BITS, PRECISIONS, Row
from events.selection import Selection
from geo.mercator import Box, Extent
from geo.place import Place

PAGE_ROWS = 200
"""Rows a page of `Store.page`."""
STREAM_ROWS = 5_000
MOST_PLACES = 50
"""Places that a cell names; it counts all."""
MOST_KEPT = 20_000
"""Places held by number, since the map names the same ones again and again."""
MOST_LISTED = 100
"""Events that `Store.undrawn` names; it counts all."""
MOST_BLOCKS = 50
"""Blocks of foreign rows held at a time."""
MOST_BINS = 200
"""Days, weeks, months or years that `Store.over_time` answers at most: what a screen can show."""

REMEMBERED = {
    "count": 256, "extent": 64, "focus": 64, "dates": 1, "undated": 64,
    "by_actor": 64, "by_type": 64, "by_claimant": 64, "page": 8, "undrawn": 16, "over_time": 16, "place": 4096,
    "reports": 4, "n_reports": 1, "n_restricted": 64, "sizes": 1, "_blocks": 1,
}  # fmt: skip
"""How many answers of each question are kept; few of those that may be long."""

FOCUS_SHARE = 0.9

Unit = Literal["day", "week", "month", "year"]
UNITS: dict[Unit, tuple[str, float]] = {"day": ("D", 1), "week": ("W", 7), "month": ("M", 30.4), "year": ("Y", 365.25)}
"""Units of time, finest first: Ibis's letter, and days."""


@dataclass(frozen=True, kw_only=True)
class Undrawn:
    """What the map or the time line cannot draw: events without a place, and without a date.

    n_nowhere, n_undated: how many. nowhere, undated: the first MOST_LISTED of each by id, as `Store.rows` gives them.
    """

    n_nowhere: int
    n_undated: int
    nowhere: tuple[Row, ...]
    undated: tuple[Row, ...]


@dataclass(frozen=True, kw_only=True)
class OverTime:
    """Events per unit of time and actor. bins: rows of `start` (first day of the unit), `actor` and `n`.

    totals: dated events of every actor. actors: those who have bins, most events first. n_coarse: events left
    out, undated or known only to the week or worse.
    """

    unit: Unit
    bins: tuple[Row, ...]
    totals: dict[str, int]
    actors: tuple[str, ...]
    n_coarse: int


class Store:
    """Events in one engine, and the questions the pages ask of them."""

    def __init__(self, engine: Engine, *, n_sides: int) -> None:
        """engine: holds the tables of `events.schema.TABLES`. n_sides: how many sides the tables tell apart."""
        self.n_sides = n_sides
        self._asking = Asking(engine)
        self._table = self._asking.table
        fetch = self._asking.fetch
        self.batches: tuple[Row, ...] = tuple(fetch(self._table["batches"].order_by("num")))
        self.version = hashlib.sha256(
            "\n".join(f"{b['num']} {b['id']} {b['digest']}" for b in self.batches).encode()
        ).hexdigest()[:12]
        self.actors: dict[str, Row] = {row["id"]: row for row in fetch(self._table["actors"].order_by("num"))}
        self.claimants: dict[str, Row] = {row["id"]: row for row in fetch(self._table["claimants"].order_by("num"))}
        self._actor_id = {row["num"]: key for key, row in self.actors.items()}
        self._claimant_id = {row["num"]: key for key, row in self.claimants.items()}
        self._types = {row["num"]: row for row in fetch(self._table["types"].order_by("num"))}
        self._places: dict[int, Row] = {}
        # A page asks the same questions again at every click; the data behind them do not change.
        for question, answers in REMEMBERED.items():
            setattr(self, question, lru_cache(maxsize=answers)(getattr(self, question)))
        self.total = self.count(Selection())

    # -- questions -----------------------------------------------------------------------------

    def count(self, selection: Selection) -> int:
        """How many events the selection holds."""
        return int(self._ask("count", "events", selection, lambda asked: asked.aggregate(n=_.count()))[0]["n"])

    def page(self, selection: Selection, number: int) -> list[Row]:
        """PAGE_ROWS of `rows`; pages are numbered from 0."""
        return self.rows(selection, limit=PAGE_ROWS, offset=number * PAGE_ROWS)

    def rows(self, selection: Selection, *, limit: int | None = None, offset: int = 0) -> list[Row]:
        """The events of a selection, oldest first, undated last, each with its `places`, `parties` and `claims`.

        Places, parties and claims are lists of rows in their tables' order; a claim has its report as `cited`.
        """
        keys = self._keys(selection, limit=limit, offset=offset)
        return [row for at in range(0, len(keys), STREAM_ROWS) for row in self._full(keys[at : at + STREAM_ROWS])]

    def stream(self, selection: Selection, *, size: int = STREAM_ROWS, originals: str = "") -> Iterator[list[Row]]:
        """`rows` in pieces of `size`: a whole export never lies in memory, but for the events' keys.

        originals: rows of this origin also carry `original`, the row of the foreign file they came from, None where
        there is none.
        """
        keys = self._keys(selection)
        for at in range(0, len(keys), size):
            page = keys[at : at + size]
            rows = self._full(page)
            asked = {key: row for key, row in zip(page, rows, strict=True) if originals == row["origin"]}
            if originals and asked:
                held = self._originals(list(asked))
                for key, row in asked.items():
                    row["original"] = held.get(key)
            yield rows

    def originals(self, ids: Sequence[str]) -> dict[str, Mapping[str, str]]:
        """The rows of foreign files that became these events, by event id, under the files' own column names."""
        if not ids:
            return {}
        named = self._asking.fetch(self._table["events"].filter(_.id.isin(list(ids))).select("id", "key"))
        held = self._originals([row["key"] for row in named])
        return {row["id"]: held[row["key"]] for row in named if row["key"] in held}

    def _originals(self, keys: Sequence[int]) -> dict[int, Mapping[str, str]]:
        """The rows of foreign files, by the keys of the events they became."""
        wanted: dict[int, list[int]] = {}
        firsts, lasts = self._blocks()
        for key in keys:
            at = bisect_right(firsts, key) - 1
            if at >= 0 and key <= lasts[at]:
                wanted.setdefault(firsts[at], []).append(key)
        found: dict[int, Mapping[str, str]] = {}
        asked = sorted(wanted)
        for at in range(0, len(asked), MOST_BLOCKS):
            some = asked[at : at + MOST_BLOCKS]
            blocks = self._asking.answer_for("originals_of", self._rows_of("originals", "first"), keys=some)
            for block in blocks:
                first, rows = block["first"], Opened(block["packed"])
                found |= zip(wanted[first], rows.rows([key - first for key in wanted[first]]), strict=True)
        return found

    def _blocks(self) -> tuple[list[int], list[int]]:
        """The first and the last key of each block of `originals`, in order. No two blocks overlap."""
        blocks = self._asking.fetch(self._table["originals"].select("first", "last").order_by("first"))
        return [block["first"] for block in blocks], [block["last"] for block in blocks]

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
        return n, tuple(self._full([row["key"] for row in found]))

    def over_time(
        self, selection: Selection, *, lanes: int, unit: Unit | None = None, actors: tuple[str, ...] | None = None
    ) -> OverTime:
        """Events by the unit of time in which they began, and by actor, for the `lanes` actors with most events.

        actors: for these instead. Where no unit is given it is the finest of which MOST_BINS cover the selection.
        Left out are events known only to the week or worse (date_prec over 2) and undated ones.
        """
        n_coarse = self.undated(selection)
        found = self._ask(
            "actors_dated", "parties", selection,
            lambda parties: parties.filter(_.date_prec <= 2, _.first).group_by("actor").aggregate(
                n=_.count(), first=_.date_start.min(), last=_.date_start.max()
            ),
        )  # fmt: skip
        totals = {self._actor_id[row["actor"]]: int(row["n"]) for row in found}
        shown = tuple(sorted(totals, key=lambda actor: (-totals[actor], actor))[:lanes])
        if actors is not None:
            shown = tuple(actor for actor in actors if actor in totals)
        unit = unit or _fitting_unit([row[end] for row in found for end in ("first", "last")])
        code = UNITS[unit][0]
        counted = self._ask(
            f"by_{unit}", "parties", selection,
            lambda parties: parties.filter(_.date_prec <= 2, _.first).group_by(
                start=_.date_start if code == "D" else _.date_start.truncate(code), actor=_.actor
            ).aggregate(n=_.count()),
        ) if shown else []  # fmt: skip
        bins = [
            {"start": _day(row["start"]), "actor": self._actor_id[row["actor"]], "n": int(row["n"])}
            for row in counted
            if self._actor_id[row["actor"]] in shown
        ]
        bins.sort(key=lambda row: (row["start"], row["actor"]))
        return OverTime(unit=unit, bins=tuple(bins), totals=totals, actors=shown, n_coarse=n_coarse)

    def undated(self, selection: Selection) -> int:
        """How many events of the selection `over_time` leaves out."""
        counted = self._ask(
            "undated_or_coarse", "events", selection,
            lambda events: events.filter(_.date_prec.isnull() | (_.date_prec > 2)).aggregate(n=_.count()),
        )  # fmt: skip
        return int(counted[0]["n"])

    def by_actor(self, selection: Selection) -> dict[str, int]:
        """How many events each actor takes part in, the actor filter itself lifted."""
        counts = self._ask("by_actor", "parties", selection.without("actors"), _counted("actor"))
        return {self._actor_id[row["actor"]]: int(row["n"]) for row in counts}

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
        return {self._claimant_id[row["claimant"]]: int(row["n"]) for row in counts}

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
        """Events with one place, counted by cell of a grid that divides the world `cells_across` times, a power of 2.

        Areas are counted apart from finer places. A row: `cx`, `cy`, `area`, `n`, `sides` (a list of how many events
        each side acts in), `vague` (events known only to the town or coarser), `vagueness` (the finest, see
        PRECISIONS), `n_places`, the fullest place's `id`, `lat`, `lon`, `radius_km`, `name_en` and `name_ar`, and the
        box `south` … `east` of all.
        """
        view = grids.numbers(box, cells_across=cells_across)
        acting = lru_cache(None)(lambda mask: [side for side in range(self.n_sides) if mask >> side & 1])
        found: dict[tuple[int, int, bool], Row] = {}
        for row in self._with_places(self._viewed("cells", grids.cells, selection, view)):
            found[row["cx"], row["cy"], row["area"]] = row | {
                "n": 0, "sides": [0] * self.n_sides, "vague": 0, "vagueness": len(PRECISIONS)
            }  # fmt: skip
        for kind in self._viewed("cell_kinds", grids.cell_kinds, selection, view):
            row, n, mask = found[kind["cx"], kind["cy"], kind["area"]], kind["n"], kind["sides"]
            row["n"] += n
            row["vague"] += n if kind["vagueness"] else 0
            row["vagueness"] = min(row["vagueness"], kind["vagueness"])
            for side in acting(mask):
                row["sides"][side] += n
        return [found[cell] for cell in sorted(found)]

    def cell_places(self, selection: Selection, box: Box, *, cells_across: int) -> list[Row]:
        """The places of each of `cells`: rows of `cx`, `cy`, `area`, the place's `id` and its `n`; in no order."""
        return self._viewed("cell_places", grids.cell_places, selection, grids.numbers(box, cells_across=cells_across))

    def spread(self, selection: Selection, box: Box) -> list[Row]:
        """Events told of several places at once, a row an event and place; they count once a symbol.

        A row: `event`, `sides` (bits), `vagueness`, and the place's `id`, `x`, `y`, `lat`, `lon`, `radius_km`,
        `area`, `name_en` and `name_ar`.
        """
        found = self._with_places(self._viewed("spread", grids.spread, selection, grids.numbers(box)))
        return sorted(found, key=lambda row: (row["event"], row["id"]))

    def hexagons(self, selection: Selection, box: Box, *, width: int) -> list[Row]:
        """Events with one place, counted by hexagon, see `grids.hexagon_of`. width: in steps of schema.GRID.

        Areas are counted apart. A row: `col`, `row`, `area`, `n`, `vague`, `n_places`, the fullest place's `id`,
        `name_en` and `name_ar`, and the box `south` … `east` of the places.
        """
        return self._viewed("hexagons", grids.hexagons, selection, grids.numbers(box, hexagon=width))

    def hexagon_places(self, selection: Selection, box: Box, *, width: int) -> list[Row]:
        """The places of each of `hexagons`: rows of `col`, `row`, `area`, `id` and `n`; in no order."""
        return self._viewed("hexagon_places", grids.hexagon_places, selection, grids.numbers(box, hexagon=width))

    def heat(self, selection: Selection, box: Box, *, cells_across: int) -> list[Row]:
        """Events with one place by cell, how exactly they are known, and the place's radius in whole `km`.

        A row: `cx`, `cy`, `area`, `vagueness`, `km` (0 where the place itself is known), `n`. In no order.
        """
        return self._viewed("heat", grids.heat, selection, grids.numbers(box, cells_across=cells_across))

    def _cited(self) -> ir.Table:
        reports, claims = self._table["reports"], self._table["claims"]
        return reports.semi_join(claims, reports.num == claims.report)

    # -- how -----------------------------------------------------------------------------------

    def _viewed(
        self, name: str, build: Callable[[ir.Table, ir.Table], ir.Table], selection: Selection, view: grids.Numbers
    ) -> list[Row]:
        """A question about a view's sites and their places. An engine's sum of integers may be a decimal."""
        found = self._ask(name, "sites", selection, lambda sites: build(sites, self._table["places"]), **view)
        return [{k: int(v) if type(v) is Decimal else v for k, v in row.items()} for row in found]

    def _with_places(self, rows: Sequence[Row]) -> list[Row]:
        """Rows that name a place by number, as `place`, with its columns instead. A map asks for the same again."""
        asked, known = {row["place"] for row in rows}, self._places
        if unknown := asked - known.keys():
            places = self._table["places"]
            found = self._asking.answer_for(
                "places_of", lambda nums: places.semi_join(nums, places.num == nums.event), keys=unknown
            )
            if len(known) > MOST_KEPT:
                known = {num: known[num] for num in asked & known.keys()}
            # Others may be reading the one that is there.
            known = self._places = known | {place.pop("num"): place for place in found}
        return [{k: v for k, v in row.items() if k != "place"} | known[row["place"]] for row in rows]

    def _ask(self, name: str, table: str, selection: Selection, build: Build, **numbers: int) -> list[Row]:
        return self._asking.answer(
            name, build, table=table, selection=selection, rows=self._matching, **numbers
        )  # fmt: skip

    def _matching(self, selection: Selection, table: ir.Table) -> ir.Table:
        """The rows of a table (events, sites, parties, claims) that belong to a selection's events, lazily."""
        if selection.date_from:
            table = table.filter(_.date_end >= selection.date_from)
        if selection.date_to:
            table = table.filter(_.date_start <= selection.date_to)
        if selection.types:
            asked = {*selection.types}
            table = table.filter(_.sub.isin([num for num, kind in self._types.items() if asked & {*kind.values()}]))
        key = "key" if "key" in table.columns else "event"
        for others, column, bits, wanted in (
            ("parties", "actor", "who", _numbers(selection.actors, self.actors)),
            ("claims", "claimant", "voices", _numbers(selection.claimants, self.claimants)),
        ):
            if wanted and max(wanted) <= MOST_BITS:
                table = table.filter((_[bits] & sum(1 << num for num in wanted if num > 0)) != 0)
            elif wanted:
                named = self._table[others].filter(_[column].isin(wanted)).select("event")
                table = table.semi_join(named, table[key] == named.event)
        if selection.places:
            places, sites = self._table["places"], self._table["sites"]
            asked_places = places.filter(_.id.isin(selection.places)).select("num")
            there = sites.semi_join(asked_places, sites.place == asked_places.num).select("event")
            table = table.semi_join(there, table[key] == there.event)
        return table

    def _keys(self, selection: Selection, *, limit: int | None = None, offset: int = 0) -> list[int]:
        """Keys of the selection's events, oldest first, undated last."""
        events = self._matching(selection, self._table["events"]).select("key", "date_start", "date_end", "id")
        ordered = events.order_by([_.date_start.asc(nulls_first=False), _.date_end.asc(nulls_first=False), _.id])
        if limit is not None or offset:
            ordered = ordered.limit(limit, offset=offset)
        return [row["key"] for row in self._asking.fetch(ordered.select("key"))]

    def _full(self, keys: Sequence[int]) -> list[Row]:
        """The events with these keys, in this order, with all that belongs to them."""
        if not keys:
            return []
        found = self._asking.answer_for("events_of", self._rows_of("events", "key"), keys=keys)
        rows = {row.pop("key"): row for row in found}
        for row in rows.values():
            kind = self._types[row["sub"]]
            for name in ("sub", "who", "voices", "batch"):
                del row[name]
            row |= {"event_type": kind["event_type"], "sub_event_type": kind["sub_event_type"]}
            row |= {"place": None, "lat": None, "lon": None, "places": [], "parties": [], "claims": []}
        for name, related in (
            ("places", self._sites_of(keys)), ("parties", self._parties_of(keys)), ("claims", self._claims_of(keys)),
        ):  # fmt: skip
            for one in sorted(related, key=lambda row: row["rank"]):
                rows[one.pop("event")][name].append(one)
        for row in rows.values():
            if row["places"]:
                row |= {"place": row["places"][0]["place"], **{c: row["places"][0][c] for c in ("lat", "lon")}}
        return [rows[key] for key in keys]

    def _rows_of(self, table: str, key: str = "event") -> Build:
        return lambda asked: self._table[table].semi_join(asked, self._table[table][key] == asked.event)

    def _sites_of(self, keys: Sequence[int]) -> list[Row]:
        def placed(asked: ir.Table) -> ir.Table:
            sites = self._rows_of("sites")(asked).select("event", "rank", "place", "vagueness")
            places = self._table["places"]
            columns = ("event", "rank", "vagueness", "lat", "lon", "radius_km", "kind", "name_en", "name_ar")
            return sites.inner_join(places, sites.place == places.num).select(*columns, place=_.id)

        return self._asking.answer_for("sites_of", placed, keys=keys)

    def _parties_of(self, keys: Sequence[int]) -> list[Row]:
        found = self._asking.answer_for(
            "parties_of",
            lambda asked: self._rows_of("parties")(asked).select("event", "rank", "actor", "role"),
            keys=keys,
        )
        # Actors before targets.
        return [row | {"actor": self._actor_id[row["actor"]]} for row in sorted(found, key=lambda row: row["role"])]

    def _claims_of(self, keys: Sequence[int]) -> list[Row]:
        def numbered(asked: ir.Table) -> ir.Table:
            return self._rows_of("claims")(asked).drop("first", *FILTERED)

        def cited(asked: ir.Table) -> ir.Table:
            reports, used = self._table["reports"], numbered(asked).select("report").distinct()
            return reports.semi_join(used, reports.num == used.report)

        reports = {
            row.pop("num"): Report(**row) for row in self._asking.answer_for("reports_of", cited, keys=keys)
        }  # fmt: skip
        found = self._asking.answer_for("claims_of", numbered, keys=keys)
        for row in found:
            row["claimant"] = self._claimant_id[row["claimant"]]
            row["spans"] = json.loads(row["spans"]) if row["spans"] else {}
            row["cited"] = reports[row["report"]]
            if not (row["summary_en"] or row["summary_ar"]):
                row["summary_en"] = row["summary_ar"] = row["cited"].headline
            row["report"] = row["cited"].id
        return found


def _fitting_unit(days: Sequence[date]) -> Unit:
    span = (max(days) - min(days)).days if days else 0
    return next((unit for unit, (_code, length) in UNITS.items() if span / length < MOST_BINS), "year")


def _counted(column: str) -> Build:
    return lambda table: table.filter(_.first).group_by(column).aggregate(n=_.count())


def _numbers(ids: Sequence[str], known: Mapping[str, Row]) -> list[int]:
    """The numbers of ids; an id that the store has never met matches nothing."""
    return [known[key]["num"] if key in known else -1 for key in ids]


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


def _day(value: Any) -> date:
    """An engine may answer a truncated day as a moment."""
    return value if type(value) is date else value.date()
