"""The view's hexagons: events counted by hexagon on the engine. Counts are exact.

Events at a district or a wider area belong to no hexagon; they are counted as left out.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field

from events.engines.schema import GRID
from events.map.cells import MOST_NAMED, MOST_PLACES, TILE_PX
from events.selection import Selection
from events.store.grids import axial, hexagon_of, row_height
from events.store.stack import Stack
from events.store.store import Store
from geo.mercator import Box

HEXAGON_PX = 40
"""From side to side on the screen. Ours: wide enough for a finger and for colours to be told apart."""
MOST_ACROSS = 100
"""Hexagons across a view at most: a box far larger than a screen gets larger ones, whatever its zoom says."""


@dataclass(frozen=True, kw_only=True)
class Hexagon:
    """One hexagon, pointed up. q, r: axial coordinates, from the north-west corner of Web Mercator.

    name_en, name_ar: of its fullest place. places: their keys, that one first, then the fullest; at most
    MOST_PLACES, and the first alone where the view has more than MOST_NAMED. n_places: how many there are.
    n: exact number of events. vague: how many of them are known only to the town or coarser.
    """

    q: int
    r: int
    name_en: str
    name_ar: str
    places: tuple[str, ...]
    n_places: int
    n: int
    vague: int

    @property
    def key(self) -> str:
        """Names the hexagon among those of its view."""
        return f"{self.q},{self.r}"


@dataclass(frozen=True, kw_only=True)
class Hexagons:
    """The answer to one view. n: events drawn. n_left_out: events known only to an area.

    width, height: a hexagon's, as shares of the world; its middle lies at ((q + r / 2) * width, r * height * 3 / 4).
    """

    hexagons: tuple[Hexagon, ...]
    n: int
    n_left_out: int
    width: float
    height: float


@dataclass
class _Bin:
    name_en: str
    name_ar: str
    named: str
    n: int = 0
    vague: int = 0
    n_places: int = 0
    places: dict[str, int] = field(default_factory=dict)
    # Events told of several places at once: whether known only to the town.
    spread: dict[object, bool] = field(default_factory=dict)


def hexagons(store: Store | Stack, selection: Selection, *, box: Box, zoom: int, named: bool = False) -> Hexagons:
    """The hexagons of a selection in a view. box: see `cells.snapped`. named: each names its places, however many."""
    width = _width(box, zoom)
    bins: dict[tuple[int, int], _Bin] = {}
    left_out = 0
    for row in store.hexagons(selection, box, width=width):
        if row["area"]:
            left_out += row["n"]
            continue
        found = bins.setdefault(
            (row["col"], row["row"]), _Bin(name_en=row["name_en"], name_ar=row["name_ar"], named=row["id"])
        )
        found.n += row["n"]
        found.vague += row["vague"]
        found.n_places += row["n_places"]
    if named or sum(one.n_places for one in bins.values()) <= MOST_NAMED:
        for row in store.hexagon_places(selection, box, width=width):
            if not row["area"]:
                places = bins[row["col"], row["row"]].places
                places[row["id"]] = places.get(row["id"], 0) + row["n"]
        for one in bins.values():
            one.n_places = len(one.places)
    spread = _lay_in(store, selection, box, width, bins)
    in_any = set().union(*(one.spread for one in bins.values())) if bins else set()
    height = row_height(width)
    return Hexagons(
        hexagons=tuple(_hexagon(cell, one) for cell, one in sorted(bins.items())),
        n=sum(one.n for one in bins.values()) + len(in_any),
        n_left_out=left_out + len(spread - in_any),
        width=width / GRID,
        height=height * 2 / 3 / GRID,
    )


def _width(box: Box, zoom: int) -> int:
    least = max(box.east - box.west, box.south - box.north) * GRID / MOST_ACROSS
    return round(max(least, HEXAGON_PX * GRID / (TILE_PX * 2.0**zoom)))


def _lay_in(
    store: Store | Stack, selection: Selection, box: Box, width: int, bins: dict[tuple[int, int], _Bin]
) -> set[object]:  # fmt: skip
    """Add the events of several places, each once a hexagon. Returns all of them, those at areas only among them."""
    seen: set[object] = set()
    added: dict[tuple[int, int], set[str]] = defaultdict(set)
    for row in store.spread(selection, box):
        seen.add(row["event"])
        if row["area"]:
            continue
        cell = hexagon_of(x=row["x"], y=row["y"], width=width)
        one = bins.setdefault(cell, _Bin(name_en=row["name_en"], name_ar=row["name_ar"], named=row["id"]))
        if row["id"] not in one.places and row["id"] not in added[cell]:
            added[cell].add(row["id"])
            one.n_places += 1
        one.places[row["id"]] = one.places.get(row["id"], 0) + 1
        one.spread[row["event"]] = row["vagueness"] > 0 and one.spread.get(row["event"], True)
    return seen


def _hexagon(cell: tuple[int, int], one: _Bin) -> Hexagon:
    q, r = axial(col=cell[0], row=cell[1])
    places = {one.named: 0} | one.places
    ordered = sorted(places, key=lambda key: (key != one.named, -places[key], key))
    return Hexagon(
        q=q, r=r, name_en=one.name_en, name_ar=one.name_ar, places=tuple(ordered[:MOST_PLACES]),
        n_places=max(one.n_places, len(ordered)), n=one.n + len(one.spread), vague=one.vague + sum(one.spread.values()),
    )  # fmt: skip
