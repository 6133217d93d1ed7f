"""The view's heat: events counted by small cell on the engine, and how far around it they may lie.

Counts are exact; what the map smears is drawn from them. Events at a district or a wider area would look like a
place that nobody named: they are counted as left out, the same ones as by hexagons. Events that lie outside the
view, but so near that their smear reaches into it, are given too; they are not counted.
"""

from __future__ import annotations

import math
from collections import Counter
from dataclasses import dataclass

from events.map.cells import TILE_PX, least_across
from events.selection import Selection
from events.store.grids import shift
from events.store.stack import Stack
from events.store.store import Store
from geo.mercator import Box

CELL_PX = 8
"""Side of a cell on the screen. Ours: well below the width over which the map smears an event."""
MOST_ACROSS = 256
"""Cells across a view at most: a box far larger than a screen gets coarser ones, whatever its zoom says."""
MOST_CELLS = 6_000
"""With more of them than this the cells are made twice as wide."""
TOWN_KM = 5
"""How far around its point an event known only to the town may lie at least, in km. Ours."""
DISTRICT_KM = 25
"""The same for one known only to the district or worse that is told of a finer place. Ours."""
FARTHEST_KM = 25
"""Towns wider than this are looked for outside the view as if they were no wider. The widest known is."""

SIGMA_PX, WIDEST_PX = 13.0, 400.0
"""Standard deviation over which the map smears an event, at least and at most. The same as in `heat.js`."""
REACH = 3.0
"""Beyond so many standard deviations nothing of a smear is to be seen."""
_EQUATOR_KM = 40_075.016686

Cell = tuple[int, int, int]
"""Column, line, and the km around that the events may lie."""


@dataclass(frozen=True, kw_only=True)
class Heat:
    """The answer to one view.

    cells: rows of column and line in a grid that divides the world `across` times, of the km around that the
    events may lie (0: known to the quarter), and of their exact number. An event of several places stands in
    each of their cells. n: different events drawn that lie in the view. n_left_out: those at a district or a wider
    area.
    """

    cells: tuple[tuple[int, int, int, int], ...]
    across: int
    n: int
    n_left_out: int


def heat(store: Store | Stack, selection: Selection, *, box: Box, zoom: int) -> Heat:
    """The heat of a selection in a view. box: see `cells.snapped`."""
    view = _View(box, zoom)
    across = least_across(box, TILE_PX // CELL_PX * 2**zoom, most=MOST_ACROSS)
    cells: Counter[Cell] = Counter()
    n = left_out = 0
    for row in store.heat(selection, view.around, cells_across=across):
        inside = view.away_px(row["cx"], row["cy"], across) == 0
        if row["area"]:
            left_out += row["n"] if inside else 0
        else:
            n += row["n"] if inside else 0
            cells[row["cx"], row["cy"], _km(row["vagueness"], row["km"])] += row["n"]
    bits = shift(across)
    finest: dict[tuple[object, int, int], int] = {}
    several, drawn = set(), set()
    for row in store.spread(selection, view.around):
        cx, cy = row["x"] >> bits, row["y"] >> bits
        if inside := view.away_px(cx, cy, across) == 0:
            several.add(row["event"])
        if not row["area"]:
            if inside:
                drawn.add(row["event"])
            cell = row["event"], cx, cy
            finest[cell] = min(_km(row["vagueness"], row["radius_km"]), finest.get(cell, 1_000_000))
    for (_event, cx, cy), km in finest.items():
        cells[cx, cy, km] += 1
    cells = Counter({cell: count for cell, count in cells.items() if view.sees(cell, across)})
    while len(cells) > MOST_CELLS:
        across //= 2
        cells = _coarser(cells)
    return Heat(
        cells=tuple((cx, cy, km, count) for (cx, cy, km), count in sorted(cells.items())),
        across=across,
        n=n + len(drawn),
        n_left_out=left_out + len(several - drawn),
    )


class _View:
    """A box on the screen, and what can be seen in it of events that lie outside."""

    def __init__(self, box: Box, zoom: int) -> None:
        self._box = box
        self._world_px = TILE_PX * 2.0**zoom
        # One scale for the whole view, as the map has it.
        cosine = 1 / math.cosh(math.pi * (1 - box.north - box.south))
        self._km_per_px = _EQUATOR_KM * cosine / self._world_px
        margin = self._reach_px(FARTHEST_KM) / self._world_px
        self.around = Box(
            west=max(0.0, box.west - margin), north=max(0.0, box.north - margin),
            east=min(1.0, box.east + margin), south=min(1.0, box.south + margin),
        )  # fmt: skip

    def away_px(self, cx: int, cy: int, across: int) -> float:
        """How far the middle of a cell lies outside; 0 within."""
        x, y = (cx + 0.5) / across, (cy + 0.5) / across
        box = self._box
        dx, dy = max(box.west - x, x - box.east, 0.0), max(box.north - y, y - box.south, 0.0)
        return math.hypot(dx, dy) * self._world_px

    def sees(self, cell: Cell, across: int) -> bool:
        """Whether anything of a cell's events is to be seen in the view."""
        cx, cy, km = cell
        return self.away_px(cx, cy, across) <= self._reach_px(km)

    def _reach_px(self, km: int) -> float:
        return REACH * min(WIDEST_PX, max(SIGMA_PX, km / 2 / self._km_per_px))


def _coarser(cells: Counter[Cell]) -> Counter[Cell]:
    """The same events in cells twice as wide."""
    wide: Counter[Cell] = Counter()
    for (cx, cy, km), count in cells.items():
        wide[cx >> 1, cy >> 1, km] += count
    return wide


def _km(vagueness: int, radius_km: float) -> int:
    return max((TOWN_KM, DISTRICT_KM)[vagueness - 1], math.ceil(radius_km)) if vagueness else 0
