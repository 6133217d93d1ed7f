"""The view's symbols: events counted by cell on the engine, then joined where their discs would overlap.

Counts are exact. Nothing is jittered and nothing lies hidden: what would cover its neighbour becomes
one symbol with it, and parts from it again when the reader zooms in. A place known only to the
district or worse never joins a finer one.
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from events.engines.schema import PRECISIONS, Precision, Row
from events.selection import Selection
from events.store.grids import shift
from events.store.stack import Stack
from events.store.store import Store
from geo.mercator import Box, Extent, mercator

TILE_PX = 256
CELL_PX, STREET_CELL_PX = 32, 8
"""Side of a cell on the screen. Ours: wide enough to bound the answer, narrow enough to part neighbouring towns;
from STREET_ZOOM on narrow enough that events stand alone wherever they lie apart."""
STREET_ZOOM = 14
MOST_ACROSS = 256
"""Cells across a view at most: a box far larger than a screen gets coarser ones, whatever its zoom says."""
SNAP_PX = 512
"""Boxes grow to this grid, so that neighbouring views ask the same question and share one cached answer."""
MOST_SYMBOLS = 1_500
MOST_PLACES = 50
"""Places that one symbol names; it counts all."""
MOST_NAMED = 2_000
"""Places that the symbols of one answer name together; with more of them each names its fullest only."""

LARGEST_PX, PX_PER_EVENT, SMALLEST_PX = 34.0, 9.0, 6.0
"""Radius of the fullest symbol at most, of one event at most, and of any symbol at least. Ours."""
OVERLAP = 0.9
"""Two discs join when their centres are nearer than this share of their radii's sum. Ours."""


@dataclass(frozen=True, kw_only=True)
class Symbol:
    """One disc on the map.

    key: key of the place it is named after, whose names are name_en and name_ar. places: keys of the
    places it stands for, the named one first, then the fullest; at most MOST_PLACES, and that one alone where
    the view has more than MOST_NAMED. n_places: how many there are. n: exact number of events.
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


def cells(store: Store | Stack, selection: Selection, *, box: Box, zoom: int, named: bool = False) -> Cells:
    """The symbols of a selection in a view. box: what the view shows, see `snapped`. zoom: 0 to 18.

    named: all symbols name their places, however many the view has.
    """
    side = STREET_CELL_PX if zoom >= STREET_ZOOM else CELL_PX
    across = least_across(box, TILE_PX // side * 2**zoom, most=MOST_ACROSS)
    return _cells(store, selection, box, zoom, cells_across=across, named=named)


def least_across(box: Box, cells_across: int, *, most: int) -> int:
    """The grid, coarsened by powers of two until a box has at most so many cells in a row."""
    widest = max(box.east - box.west, box.south - box.north)
    while cells_across > 1 and widest * cells_across > most:
        cells_across //= 2
    return cells_across


def _cells(
    store: Store | Stack, selection: Selection, box: Box, zoom: int, *, cells_across: int, named: bool
) -> Cells:  # fmt: skip
    joined = _groups(store, selection, box, cells_across=cells_across, named=named)
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
        return _cells(store, selection, box, zoom, cells_across=cells_across // 2, named=named)
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
    """Places that become one symbol. Events told of several places at once are kept by id, so that they count once.

    place: the one it is named after and stands at: its columns. places: events by place key. unnamed: how many
    more places there are.
    """

    place: Row
    places: dict[str, int]
    unnamed: int = 0
    single: int = 0
    single_sides: list[int]
    single_vague: int = 0
    vagueness: int
    extent: Extent
    spread: dict[str, tuple[int, bool]] = field(default_factory=dict)

    @property
    def n(self) -> int:
        return self.single + len(self.spread)

    @property
    def n_places(self) -> int:
        return len(self.places) + self.unnamed

    def absorb(self, other: _Group) -> None:
        self.places |= {key: self.places.get(key, 0) + n for key, n in other.places.items()}
        self.unnamed += other.unnamed
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
        place = self.place
        places = sorted(self.places, key=lambda key: (key != place["id"], -self.places[key], key))
        return Symbol(
            key=place["id"],
            name_en=place["name_en"],
            name_ar=place["name_ar"],
            places=tuple(places[:MOST_PLACES]),
            n_places=self.n_places,
            lat=place["lat"],
            lon=place["lon"],
            n=self.n,
            sides=tuple(sides),
            precision=PRECISIONS[self.vagueness],
            vague=self.single_vague + sum(vague for _, vague in self.spread.values()),
            radius_km=place["radius_km"],
            extent=self.extent,
        )


def _groups(
    store: Store | Stack, selection: Selection, box: Box, *, cells_across: int, named: bool
) -> list[_Group]:  # fmt: skip
    """One group a cell: the engine's counts, with the events of several places laid in by id."""
    groups: dict[tuple[int, int, bool], _Group] = {}
    for row in store.cells(selection, box, cells_across=cells_across):
        found = _counted(row)
        # Of several stores each answers for itself.
        cell = row["cx"], row["cy"], row["area"]
        if cell in groups:
            groups[cell].absorb(found)
        else:
            groups[cell] = found
    if named or sum(group.n_places for group in groups.values()) <= MOST_NAMED:
        for row in store.cell_places(selection, box, cells_across=cells_across):
            group = groups[row["cx"], row["cy"], row["area"]]
            group.places[row["id"]] = group.places.get(row["id"], 0) + int(row["n"])
        for group in groups.values():
            group.unnamed = 0
    bits = shift(cells_across)
    for row in store.spread(selection, box):
        cell = row["x"] >> bits, row["y"] >> bits, row["area"]
        alone = _lone(row, store.n_sides)
        if cell not in groups:
            groups[cell] = alone
        else:
            groups[cell].absorb(alone)
    return list(groups.values())


def _counted(row: Row) -> _Group:
    """A row of `Gridded.cells`."""
    return _Group(
        place=row, places={row["id"]: 0}, unnamed=row["n_places"] - 1, single=row["n"], single_sides=row["sides"],
        single_vague=row["vague"], vagueness=row["vagueness"],
        extent=Extent(south=row["south"], west=row["west"], north=row["north"], east=row["east"]),
    )  # fmt: skip


def _lone(row: Row, n_sides: int) -> _Group:
    """A row of `Gridded.spread`."""
    return _Group(
        place=row, places={row["id"]: 1}, single_sides=[0] * n_sides, vagueness=row["vagueness"],
        extent=Extent(south=row["lat"], west=row["lon"], north=row["lat"], east=row["lon"]),
        spread={row["event"]: (row["sides"], row["vagueness"] > 0)},
    )  # fmt: skip


def _join(groups: Sequence[_Group], px: float, world_px: float) -> list[_Group]:
    """Fullest first, each group takes in every lesser one whose disc its own would cover."""
    kept: list[_Disc] = []
    grid: dict[tuple[int, int, bool], list[_Disc]] = defaultdict(list)
    reach = 2 * max(LARGEST_PX, SMALLEST_PX)
    for group in sorted(groups, key=lambda g: (-g.n, g.place["id"])):
        x, y = (value * world_px for value in mercator(lat=group.place["lat"], lon=group.place["lon"]))
        disc = _Disc(group, x, y, radius_px(group.n, px))
        column, line, area = int(x // reach), int(y // reach), group.place["area"]
        near = [other for i in (-1, 0, 1) for j in (-1, 0, 1) for other in grid.get((column + i, line + j, area), ())]
        covering = [(away, other) for other in near if (away := disc.away(other)) < OVERLAP * (disc.r + other.r)]
        if covering:
            _away, other = min(covering, key=lambda found: found[0])
            other.group.absorb(group)
            other.r = radius_px(other.group.n, px)
        else:
            kept.append(disc)
            grid[column, line, area].append(disc)
    return [disc.group for disc in kept]


@dataclass(slots=True)
class _Disc:
    """A group on the screen: middle and radius in px of the world."""

    group: _Group
    x: float
    y: float
    r: float

    def away(self, other: _Disc) -> float:
        return math.hypot(self.x - other.x, self.y - other.y)


def _events(groups: Iterable[_Group]) -> int:
    """How many different events the groups hold."""
    groups = list(groups)
    return sum(group.single for group in groups) + len({event for group in groups for event in group.spread})
