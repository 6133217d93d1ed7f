"""Which rows a selection means, and questions about them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import ibis.expr.types as ir
from ibis import _

from events.engines.schema import MOST_BITS, Row
from events.selection import Selection
from events.store.asking import Asking, Build


class Selected:
    """One engine's rows, narrowed to a selection."""

    def __init__(
        self, asking: Asking, *, types: Mapping[int, Row], actors: Mapping[str, Row], claimants: Mapping[str, Row]
    ) -> None:
        """types: by number. actors, claimants: by id."""
        self._asking, self._table = asking, asking.table
        self._types, self._actors, self._claimants = types, actors, claimants

    def ask(self, name: str, table: str, selection: Selection, build: Build, **numbers: int) -> list[Row]:
        """The rows of a question about a table (events, sites, parties, claims), see `Asking.answer`."""
        return self._asking.answer(name, build, table=table, selection=selection, rows=self.rows, **numbers)

    def rows(self, selection: Selection, table: ir.Table) -> ir.Table:
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
            ("parties", "actor", "who", _numbers(selection.actors, self._actors)),
            ("claims", "claimant", "voices", _numbers(selection.claimants, self._claimants)),
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


def _numbers(ids: Sequence[str], known: Mapping[str, Row]) -> list[int]:
    """The numbers of ids; an id that the store has never met matches nothing."""
    return [known[key]["num"] if key in known else -1 for key in ids]
