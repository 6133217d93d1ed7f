"""What the map draws, as JSON: one view's events as symbols, as heat or as hexagons."""

from __future__ import annotations

import json
from collections.abc import Callable, Hashable
from typing import Any

from events.map import cells as cells_of
from events.map import heat as heat_of
from events.map import hexagons as hexagons_of
from events.map.answered import Answers
from events.map.cells import MOST_PLACES
from events.selection import Draw, Selection
from events.store.stack import Stack
from events.store.store import Store
from geo.mercator import Box

Answer = dict[str, Any]

_answers = Answers()


def answer(
    store: Store | Stack, selection: Selection, *, box: Box, zoom: int, draw: Draw, sides: tuple[str, ...],
    kept: bool = True,
) -> bytes:  # fmt: skip
    """`drawing` as JSON. kept: it is remembered, and not made twice for two who ask at once."""
    key, make = _asked(store, selection, box, zoom, draw, sides)
    return _answers.get(key, make) if kept else make()


def answer_ahead(
    store: Store | Stack, selection: Selection, *, box: Box, zoom: int, draw: Draw, sides: tuple[str, ...]
) -> None:  # fmt: skip
    """Have an answer made that a map is about to ask for, while its page runs."""
    _answers.make_ahead(*_asked(store, selection, box, zoom, draw, sides))


def _asked(
    store: Store | Stack, selection: Selection, box: Box, zoom: int, draw: Draw, sides: tuple[str, ...]
) -> tuple[Hashable, Callable[[], bytes]]:  # fmt: skip
    def make() -> bytes:
        return as_json(drawing(store, selection, box=box, zoom=zoom, draw=draw, sides=sides))

    # By the data's version, not the store itself: a kept answer shall not keep a replaced store open.
    return (store.version, sides, selection, box, zoom, draw), make


def as_json(value: object) -> bytes:
    """Compact JSON."""
    return json.dumps(value, ensure_ascii=False, allow_nan=False, separators=(",", ":")).encode()


def drawing(
    store: Store | Stack, selection: Selection, *, box: Box, zoom: int, draw: Draw, sides: tuple[str, ...]
) -> Answer:  # fmt: skip
    """One view as the map wants it. box: see `cells.snapped`. sides: their ids, in order.

    All have `version`, `draw` and `n`, the number of different events drawn; heat and hexagons also `left_out`,
    those too vaguely placed to be drawn so. The shapes stand in `symbols`, `cells` and `hexagons`.
    """
    if draw == "heat":
        made = _heat(store, selection, box, zoom)
    elif draw == "hexagons":
        made = _hexagons(store, selection, box, zoom)
    else:
        made = _symbols(store, selection, box, zoom, sides)
    return {"version": store.version, "draw": draw} | made


def places_of(
    store: Store | Stack, selection: Selection, *, box: Box, zoom: int, draw: Draw, key: str
) -> tuple[str, ...]:  # fmt: skip
    """All places of the symbol or hexagon of that key, at most MOST_PLACES, fullest first; () where there is none."""
    if draw == "symbols":
        symbols = cells_of.cells(store, selection, box=box, zoom=zoom, named=True).symbols
        return next((symbol.places for symbol in symbols if symbol.key == key), ())
    if draw == "hexagons":
        found = hexagons_of.hexagons(store, selection, box=box, zoom=zoom, named=True).hexagons
        return next((hexagon.places for hexagon in found if hexagon.key == key), ())
    return ()


def _symbols(store: Store | Stack, selection: Selection, box: Box, zoom: int, sides: tuple[str, ...]) -> Answer:
    found = cells_of.cells(store, selection, box=box, zoom=zoom)
    return {"n": found.n, "px": found.px, "symbols": [_symbol(symbol, sides) for symbol in found.symbols]}


def _symbol(symbol: cells_of.Symbol, sides: tuple[str, ...]) -> Answer:
    extent = symbol.extent
    return {
        "key": symbol.key,
        "places": symbol.places,
        "n_places": symbol.n_places,
        "lat": round(symbol.lat, 5),
        "lon": round(symbol.lon, 5),
        "n": symbol.n,
        "sides": {side: n for side, n in zip(sides, symbol.sides, strict=True) if n},
        "name_en": symbol.name_en,
        "name_ar": symbol.name_ar,
        "precision": symbol.precision,
        "vague": symbol.vague,
        "radius_km": symbol.radius_km,
        # Needed only where a pick must come closer.
        **({"bounds": [round(edge, 4) for edge in (extent.west, extent.south, extent.east, extent.north)]}
           if symbol.n_places > MOST_PLACES else {}),
    }  # fmt: skip


def _heat(store: Store | Stack, selection: Selection, box: Box, zoom: int) -> Answer:
    found = heat_of.heat(store, selection, box=box, zoom=zoom)
    west, north = (min((cell[axis] for cell in found.cells), default=0) for axis in (0, 1))
    return {
        "n": found.n, "left_out": found.n_left_out, "across": found.across, "west": west, "north": north,
        # Column and line from there, km around, and count: four numbers a cell.
        "cells": [v for cx, cy, km, n in found.cells for v in (cx - west, cy - north, km, n)],
    }  # fmt: skip


def _hexagons(store: Store | Stack, selection: Selection, box: Box, zoom: int) -> Answer:
    found = hexagons_of.hexagons(store, selection, box=box, zoom=zoom)
    return {
        "n": found.n, "left_out": found.n_left_out, "width": found.width, "height": found.height,
        "hexagons": [[h.q, h.r, h.n, h.vague, h.n_places, h.name_en, h.name_ar, h.places] for h in found.hexagons],
    }  # fmt: skip
