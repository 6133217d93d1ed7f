"""Events as a page or an export needs them: each with its places, parties and claims, and its foreign row."""

from __future__ import annotations

import json
from bisect import bisect_right
from collections.abc import Mapping, Sequence
from functools import lru_cache

import ibis.expr.types as ir
from ibis import _

from events.engines.originals import Opened
from events.engines.schema import FILTERED, Row
from events.model import Report
from events.store.asking import Asking, Build

MOST_BLOCKS = 50
"""Blocks of foreign rows held at a time."""


class EventRows:
    """The events of one engine, by their keys."""

    def __init__(
        self, asking: Asking, *, types: Mapping[int, Row], actors: Mapping[int, str], claimants: Mapping[int, str]
    ) -> None:
        """types: by number. actors, claimants: their ids by number."""
        self._asking, self._table = asking, asking.table
        self._types, self._actors, self._claimants = types, actors, claimants
        # The data behind them do not change.
        self._blocks = lru_cache(maxsize=1)(self._find_blocks)

    def full(self, keys: Sequence[int]) -> list[Row]:
        """The events with these keys, in this order, each with its `places`, `parties` and `claims`.

        Places, parties and claims are lists of rows in their tables' order; a claim has its report as `cited`.
        """
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

    def originals(self, keys: Sequence[int]) -> dict[int, Mapping[str, str]]:
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

    def _find_blocks(self) -> tuple[list[int], list[int]]:
        """The first and the last key of each block of `originals`, in order. No two blocks overlap."""
        blocks = self._asking.fetch(self._table["originals"].select("first", "last").order_by("first"))
        return [block["first"] for block in blocks], [block["last"] for block in blocks]

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
        return [row | {"actor": self._actors[row["actor"]]} for row in sorted(found, key=lambda row: row["role"])]

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
            row["claimant"] = self._claimants[row["claimant"]]
            row["spans"] = json.loads(row["spans"]) if row["spans"] else {}
            row["cited"] = reports[row["report"]]
            if not (row["summary_en"] or row["summary_ar"]):
                row["summary_en"] = row["summary_ar"] = row["cited"].headline
            row["report"] = row["cited"].id
        return found
