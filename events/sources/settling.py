"""What the first rows tell against the guess from a plain table's header."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence

from events.sources.columns import header_word
from events.sources.dates import HIJRI, DayOrder, day_range
from events.sources.degrees import two_angles
from events.sources.types import FALLBACK, type_of

_NUMBER = re.compile(r"\d+(?:[.,]\d+)?")
_GRID = re.compile(r"mgrs|usng|utm|(utm )?(easting|northing)s?|(map )?grid ref(erence)?", re.IGNORECASE)
_DEATH = re.compile(r".*(\bdeath|\bdied\b|\bkilled\b|\bkilling\b|وفاة|استشهاد|مقتل).*", re.IGNORECASE)
_TOLL = frozenset({"fatalities", "fatalities_low", "fatalities_high", "civilians"})
_FEW = 4
"""Rows that must have an id before its repeating tells anything."""


def settle(mapping: dict[str, str], columns: Sequence[str], rows: Sequence[Sequence[str]]) -> None:
    """Change a guessed mapping where the first rows speak against it."""
    cells = {
        column: told
        for at, column in enumerate(columns)
        if (told := [row[at].strip() for row in rows if row[at].strip()])
    }
    _settle_place(mapping, cells)
    _settle_target(mapping, columns)
    _settle_calendar(mapping, cells)
    _settle_type(mapping, cells)
    for field in ("actors", "targets"):
        # "Victims" may hold how many there were, killed or hurt.
        told = cells.get(mapping.get(field, ""), [])
        if told and all(_NUMBER.fullmatch(cell) for cell in told):
            del mapping[field]
    ids = cells.get(mapping.get("id", ""), [])
    if len(ids) >= _FEW and len(set(ids)) <= len(ids) / 2:
        # Such as a code of the place or the kind of event: rows would be left out as repeated.
        del mapping["id"]


def unread(mapping: Mapping[str, str], columns: Sequence[str]) -> Iterator[tuple[str, str]]:
    """Columns of a plain table and what is not taken from them, though a person may expect it."""
    if not {"lat", "latlon"} & set(mapping):
        for column in columns:
            if _GRID.fullmatch(column.replace("_", " ").strip()):
                yield column, "coordinates of a map grid are not read; give degrees of WGS 84"
    day = mapping.get("date", "")
    if _DEATH.fullmatch(day.replace("_", " ")) and not _TOLL & set(mapping):
        yield day, "each row seems to tell of one person's death; no column counts the dead, so no row has a figure"


def _settle_place(mapping: dict[str, str], cells: dict[str, list[str]]) -> None:
    """A column that is called a place is none if it holds numbers, or coordinates, as forms of ODK and KoBo have it."""
    column = mapping.get("place", "")
    if (told := cells.get(column)) and all(two_angles(cell)[0] is not None for cell in told):
        del mapping["place"]
        if not {"lat", "latlon"} & set(mapping):
            mapping["latlon"] = column
    elif told and all(_NUMBER.fullmatch(cell) for cell in told):
        # Such as an area in square kilometres.
        del mapping["place"]


def _settle_target(mapping: dict[str, str], columns: Sequence[str]) -> None:
    """Beside a "Target location" the "Country" is who strikes, and beside a "source_root" the "source" who acts."""
    words = {header_word(column): column for column in columns}
    if header_word(mapping.get("place", "")).startswith("target") and "targetcountry" in words:
        mapping["country"] = words["targetcountry"]
    if "actors" not in mapping and "targets" in mapping and "sourceroot" in words and "source" in words:
        mapping.pop("source", None)
        mapping["actors"] = words["source"]


def _settle_calendar(mapping: dict[str, str], cells: dict[str, list[str]]) -> None:
    """Of two columns of days the one in the Gregorian calendar."""
    told = cells.get(mapping.get("date", ""))
    if not told or any(day_range(cell, DayOrder())[3] != HIJRI for cell in told):
        return
    for column, others in cells.items():
        if column not in mapping.values() and all(_is_day(cell) for cell in others):
            mapping["date"] = column
            return


def _settle_type(mapping: dict[str, str], cells: dict[str, list[str]]) -> None:
    """Where no word of the type's column is known, a free column of types that are: the weapon beside a violation."""
    told = cells.get(mapping.get("event_type", ""))
    if not told or "sub_event_type" in mapping or any(_is_type(cell) for cell in told):
        return
    for column, others in cells.items():
        if column not in mapping.values() and 2 * sum(map(_is_type, others)) > len(others):
            mapping["sub_event_type"] = column
            return


def _is_type(cell: str) -> bool:
    return type_of(cell) not in ((None, None), FALLBACK)


def _is_day(cell: str) -> bool:
    """Whether a cell holds one day, in whichever order its numbers stand."""
    return any(day_range(cell, DayOrder(first=first))[2] == 1 for first in ("day", "month"))
