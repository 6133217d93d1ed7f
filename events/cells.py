"""The view's symbols: events counted by cell on the engine, then joined where their discs would overlap.

Counts are exact. Nothing is jittered and nothing lies hidden: what would cover its neighbour becomes
one symbol with it, and parts from it again when the reader zooms in. A place known only to the
district or worse never joins a finer one.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from events.schema import PRECISIONS, Precision, Row
from events.selection import Selection
from events.stack import Stack
from events.store import MOST_PLACES, Store
from geo.mercator import Box, Extent, mercator

TILE_PX = 256
CELL_PX = 32
"""Side of a cell on the screen. Ours: wide enough to bound the answer, narrow enough to part neighbouring towns."""
SNAP_PX = 512
"""Boxes grow to this grid, so that neighbouring views ask the same question and share one cached answer."""
MOST_SYMBOLS = 1_500

LARGEST_PX, PX_PER_EVENT, SMALLEST_PX = 34.0, 9.0, 6.0
"""Radius of the fullest symbol at most, of one event at most, and of any symbol at least. Ours."""
OVERLAP = 0.9
"""Two discs join when their centres are nearer than this share of their radii's sum. Ours."""


@dataclass(frozen=True, kw_only=True)
class Symbol:
    """One disc on the map.

    key: key of the place it is named after, whose names are name_en and name_ar. places: keys of the
    places it stands for, fullest first, at most MOST_PLACES of `n_places`. n: exact number of events.
    sides: for each side, in the sides' order, of how many of them it is an actor. vague: how many are
    known only to the town or coarser; precision: the finest of them. radius_km: of the named place.
    """

    key: str
    name_en: str
    name_ar: str
    places: tuple[str, ...]
    n_places: int
    lat: float
    lon: float
    n: int
    sides: tuple[int, ...]
    precision: Precision
    vague: int
    radius_km: float
    extent: Extent


@dataclass(frozen=True, kw_only=True)
class Cells:
    """The answer to one view. px: pixels of radius for the square root of one event; see `radius_px`."""

    symbols: tuple[Symbol, ...]
    n: int
    px: float


def radius_px(n: int, px: float) -> float:
    """Radius of a symbol on the screen: its area is proportional to `n`, but for the smallest."""
    return max(SMALLEST_PX, px * math.sqrt(n))


def cells(store: Store | Stack, selection: Selection, *, box: Box, zoom: int) -> Cells:
    """The symbols of a selection in a view. box: what the view shows, see `snapped`. zoom: 0 to 18."""
    return _cells(store, selection, box, zoom, cells_across=TILE_PX // CELL_PX * 2**zoom)


def _cells(store: Store | Stack, selection: Selection, box: Box, zoom: int, *, cells_across: int) -> Cells:
    joined = _groups(store, selection, box, cells_across=cells_across)
    while True:
        # Joining makes discs grow and the scale shrink, so ask again until nothing joins any more.
        fullest = max((group.n for group in joined), default=1)
        px = min(PX_PER_EVENT, LARGEST_PX / math.sqrt(fullest))
        apart = len(joined)
        joined = _join(joined, px, world_px=TILE_PX * 2.0**zoom)
        if len(joined) == apart:
            break
    if len(joined) > MOST_SYMBOLS:
        # Coarser cells rather than a cut: the counts stay exact.
        return _cells(store, selection, box, zoom, cells_across=cells_across // 2)
    symbols = sorted((group.symbol() for group in joined), key=lambda s: (-s.n, s.key))
    return Cells(symbols=tuple(symbols), n=_events(joined), px=round(px, 3))


def snapped(extent: Extent, zoom: int) -> Box:
    """The view's box in Web Mercator, grown outwards to a grid of SNAP_PX."""
    step = SNAP_PX / (TILE_PX * 2.0**zoom)
    west, north = mercator(lat=extent.north, lon=extent.west)
    east, south = mercator(lat=extent.south, lon=extent.east)
    return Box(
        west=math.floor(west / step) * step,
        north=math.floor(north / step) * step,
        east=math.ceil(east / step) * step,
        south=math.ceil(south / step) * step,
    )


@dataclass(kw_only=True)
class _Group:
    """Places that become one symbol. Events told of several places at once are kept by id, so that they count once."""

    area: bool
    places: dict[str, int]
    n_places: int
    single: int
    single_sides: list[int]
    single_vague: int
    lat: float
    lon: float
    radius_km: float
    vagueness: int
    named: str
    name_en: str
    name_ar: str
    extent: Extent
    spread: dict[str, tuple[int, bool]] = field(default_factory=dict)

    @property
    def n(self) -> int:
        return self.single + len(self.spread)

    def absorb(self, other: _Group) -> None:
        self.places |= {key: self.places.get(key, 0) + n for key, n in other.places.items()}
        self.n_places += other.n_places
        self.single += other.single
        self.single_sides = [a + b for a, b in zip(self.single_sides, other.single_sides, strict=True)]
        self.single_vague += other.single_vague
        self.vagueness = min(self.vagueness, other.vagueness)
        for event, (sides, vague) in other.spread.items():
            self.spread[event] = (sides, vague and self.spread.get(event, (0, True))[1])
        a, b = self.extent, other.extent
        self.extent = Extent(
            south=min(a.south, b.south), west=min(a.west, b.west), north=max(a.north, b.north), east=max(a.east, b.east)
        )

    def symbol(self) -> Symbol:
        sides = [
            n + sum(mask >> bit & 1 for mask, _ in self.spread.values()) for bit, n in enumerate(self.single_sides)
        ]
        places = sorted(self.places, key=lambda key: (key != self.named, -self.places[key], key))
        return Symbol(
            key=self.named,
            name_en=self.name_en,
            name_ar=self.name_ar,
            places=tuple(places[:MOST_PLACES]),
            n_places=self.n_places,
            lat=self.lat,
            lon=self.lon,
            n=self.n,
            sides=tuple(sides),
            precision=PRECISIONS[self.vagueness],
            vague=self.single_vague + sum(vague for _, vague in self.spread.values()),
            radius_km=self.radius_km,
            extent=self.extent,
        )


def _groups(store: Store | Stack, selection: Selection, box: Box, *, cells_across: int) -> list[_Group]:
    """One group a cell: the engine's counts, with the events of several places laid in by id."""
    groups: dict[tuple[int, int, bool], _Group] = {}
    for row in store.cells(selection, box, cells_across=cells_across):
        found = _Group(
            area=row["area"],
            places=dict.fromkeys(row["places"], 0) | {row["places"][0]: 1},
            n_places=row["n_places"],
            # An engine's sum of integers may be a decimal.
            single=int(row["n"]),
            single_sides=[int(row[f"side_{i}"]) for i in range(store.n_sides)],
            single_vague=int(row["vague"]),
            lat=row["lat"],
            lon=row["lon"],
            radius_km=row["radius_km"],
            vagueness=row["vagueness"],
            named=row["places"][0],
            name_en=row["name_en"],
            name_ar=row["name_ar"],
            extent=Extent(south=row["south"], west=row["west"], north=row["north"], east=row["east"]),
        )
        # Of several stores each answers for itself.
        cell = row["cx"], row["cy"], row["area"]
        if cell in groups:
            groups[cell].absorb(found)
        else:
            groups[cell] = found
    for row in store.spread(selection, box, cells_across=cells_across):
        cell = row["cx"], row["cy"], row["area"]
        alone = _lone(row, store.n_sides)
        if cell not in groups:
            groups[cell] = alone
        else:
            if row["place"] in groups[cell].places:
                alone.n_places = 0
            groups[cell].absorb(alone)
    return list(groups.values())


def _lone(row: Row, n_sides: int) -> _Group:
    return _Group(
        area=row["area"],
        places={row["place"]: 1},
        n_places=1,
        single=0,
        single_sides=[0] * n_sides,
        single_vague=0,
        lat=row["lat"],
        lon=row["lon"],
        radius_km=row["radius_km"],
        vagueness=row["vagueness"],
        named=row["place"],
        name_en=row["name_en"],
        name_ar=row["name_ar"],
        extent=Extent(south=row["lat"], west=row["lon"], north=row["lat"], east=row["lon"]),
        spread={row["event"]: (row["sides"], row["vagueness"] > 0)},
    )


def _join(groups: Sequence[_Group], px: float, world_px: float) -> list[_Group]:
    """Fullest first, each group takes in every lesser one whose disc its own would cover."""
    kept: list[_Group] = []
    grid: dict[tuple[int, int], list[tuple[float, float, _Group]]] = {}
    reach = 2 * max(LARGEST_PX, SMALLEST_PX)
    for group in sorted(groups, key=lambda g: (-g.n, g.named)):
        x, y = (value * world_px for value in mercator(lat=group.lat, lon=group.lon))
        column, line = int(x // reach), int(y // reach)
        near = (
            (math.hypot(x - ox, y - oy), other)
            for i in (-1, 0, 1)
            for j in (-1, 0, 1)
            for ox, oy, other in grid.get((column + i, line + j), ())
        )
        covering = [
            (distance, other)
            for distance, other in near
            if group.area is other.area and distance < OVERLAP * (radius_px(group.n, px) + radius_px(other.n, px))
        ]
        if covering:
            min(covering, key=lambda found: found[0])[1].absorb(group)
        else:
            kept.append(group)
            grid.setdefault((column, line), []).append((x, y, group))
    return kept


def _events(groups: Iterable[_Group]) -> int:
    """How many different events the groups hold."""
    groups = list(groups)
    return sum(group.single for group in groups) + len({event for group in groups for event in group.spread})
