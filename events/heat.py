"""The view's heat: events counted by small cell on the engine, and how far around it they may lie.

Counts are exact; what the map smears is drawn from them. Events known only to the district or worse would
look like a place that nobody named: they are counted as left out.
"""

from __future__ import annotations

import math
from collections import Counter
from dataclasses import dataclass

from events.cells import TILE_PX, least_across
from events.grids import shift
from events.selection import Selection
from events.stack import Stack
from events.store import Store
from geo.mercator import Box

CELL_PX = 8
"""Side of a cell on the screen. Ours: well below the width over which the map smears an event."""
MOST_ACROSS = 256
"""Cells across a view at most: a box far larger than a screen gets coarser ones, whatever its zoom says."""
MOST_CELLS = 6_000
"""With more of them than this the cells are made twice as wide."""
TOWN_KM = 5
"""How far around its point an event known only to the town may lie at least, in km. Ours."""


@dataclass(frozen=True, kw_only=True)
class Heat:
    """The answer to one view.

    cells: rows of column and line in a grid that divides the world `across` times, of the km around that the
    events may lie (0: known to the quarter), and of their exact number. An event of several places stands in
    each of their cells. n: different events drawn. n_left_out: events known only to the district or worse.
    """

    cells: tuple[tuple[int, int, int, int], ...]
    across: int
    n: int
    n_left_out: int


def heat(store: Store | Stack, selection: Selection, *, box: Box, zoom: int) -> Heat:
    """The heat of a selection in a view. box: see `cells.snapped`."""
    across = least_across(box, TILE_PX // CELL_PX * 2**zoom, most=MOST_ACROSS)
    cells: Counter[tuple[int, int, int]] = Counter()
    n = left_out = 0
    for row in store.heat(selection, box, cells_across=across):
        if row["vagueness"] == 2:
            left_out += row["n"]
        else:
            n += row["n"]
            cells[row["cx"], row["cy"], _km(row["vagueness"], row["km"])] += row["n"]
    bits = shift(across)
    finest: dict[tuple[object, int, int], int] = {}
    several, drawn = set(), set()
    for row in store.spread(selection, box):
        several.add(row["event"])
        if row["vagueness"] < 2:
            drawn.add(row["event"])
            cell = row["event"], row["x"] >> bits, row["y"] >> bits
            finest[cell] = min(_km(row["vagueness"], row["radius_km"]), finest.get(cell, 1_000_000))
    for (_event, cx, cy), km in finest.items():
        cells[cx, cy, km] += 1
    while len(cells) > MOST_CELLS:
        across //= 2
        coarser: Counter[tuple[int, int, int]] = Counter()
        for (cx, cy, km), count in cells.items():
            coarser[cx >> 1, cy >> 1, km] += count
        cells = coarser
    return Heat(
        cells=tuple((cx, cy, km, count) for (cx, cy, km), count in sorted(cells.items())),
        across=across,
        n=n + len(drawn),
        n_left_out=left_out + len(several - drawn),
    )


def _km(vagueness: int, radius_km: float) -> int:
    return max(TOWN_KM, math.ceil(radius_km)) if vagueness else 0
