"""The questions that the map asks: events of a view counted by square cell, by hexagon, or by place for heat."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from decimal import Decimal
from functools import lru_cache

import ibis.expr.types as ir

from events.engines.schema import PRECISIONS, Row
from events.selection import Selection
from events.store import grids
from events.store.asking import Asking
from events.store.selected import Selected
from geo.mercator import Box

MOST_KEPT = 20_000
"""Places held by number, since the map names the same ones again and again."""


class Gridded:
    """One engine's events on grids. May be shared between threads."""

    def __init__(self, asking: Asking, selected: Selected, *, n_sides: int) -> None:
        """n_sides: how many sides the tables tell apart."""
        self._asking, self._selected, self._n_sides = asking, selected, n_sides
        self._table = asking.table
        self._places: dict[int, Row] = {}

    def cells(self, selection: Selection, box: Box, *, cells_across: int) -> list[Row]:
        """Events with one place, counted by cell of a grid that divides the world `cells_across` times, a power of 2.

        Areas are counted apart from finer places. A row: `cx`, `cy`, `area`, `n`, `sides` (a list of how many events
        each side acts in), `vague` (events known only to the town or coarser), `vagueness` (the finest, see
        PRECISIONS), `n_places`, the fullest place's `id`, `lat`, `lon`, `radius_km`, `name_en` and `name_ar`, and the
        box `south` … `east` of all.
        """
        view = grids.numbers(box, cells_across=cells_across)
        acting = lru_cache(None)(lambda mask: [side for side in range(self._n_sides) if mask >> side & 1])
        found: dict[tuple[int, int, bool], Row] = {}
        for row in self._with_places(self._viewed("cells", grids.cells, selection, view)):
            found[row["cx"], row["cy"], row["area"]] = row | {
                "n": 0, "sides": [0] * self._n_sides, "vague": 0, "vagueness": len(PRECISIONS)
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

    def _viewed(
        self, name: str, build: Callable[[ir.Table, ir.Table], ir.Table], selection: Selection, view: grids.Numbers
    ) -> list[Row]:
        """A question about a view's sites and their places. An engine's sum of integers may be a decimal."""
        found = self._selected.ask(name, "sites", selection, lambda sites: build(sites, self._table["places"]), **view)
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
