"""Events over time: how many began on each day, week, month or year, by actor."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Literal

from ibis import _

from events.engines.schema import Row
from events.selection import Selection
from events.store.selected import Selected

MOST_BINS = 200
"""Days, weeks, months or years that are answered at most: what a screen can show."""

Unit = Literal["day", "week", "month", "year"]
UNITS: dict[Unit, tuple[str, float]] = {"day": ("D", 1), "week": ("W", 7), "month": ("M", 30.4), "year": ("Y", 365.25)}
"""Units of time, finest first: Ibis's letter, and days."""


@dataclass(frozen=True, kw_only=True)
class OverTime:
    """Events per unit of time and actor. bins: rows of `start` (first day of the unit), `actor` and `n`.

    totals: dated events of every actor. actors: those who have bins, most events first. n_coarse: events left
    out, undated or known only to the week or worse.
    """

    unit: Unit
    bins: tuple[Row, ...]
    totals: dict[str, int]
    actors: tuple[str, ...]
    n_coarse: int


def over_time(
    selected: Selected, selection: Selection, *, ids: Mapping[int, str], lanes: int, unit: Unit | None = None,
    actors: tuple[str, ...] | None = None,
) -> OverTime:  # fmt: skip
    """Events by the unit of time in which they began, and by actor, for the `lanes` actors with most events.

    ids: of actors, by number. actors: for these instead. Where no unit is given it is the finest of which MOST_BINS
    cover the selection. Left out are events known only to the week or worse (date_prec over 2) and undated ones.
    """
    n_coarse = undated(selected, selection)
    found = selected.ask(
        "actors_dated", "parties", selection,
        lambda parties: parties.filter(_.date_prec <= 2, _.first).group_by("actor").aggregate(
            n=_.count(), first=_.date_start.min(), last=_.date_start.max()
        ),
    )  # fmt: skip
    totals = {ids[row["actor"]]: int(row["n"]) for row in found}
    shown = tuple(sorted(totals, key=lambda actor: (-totals[actor], actor))[:lanes])
    if actors is not None:
        shown = tuple(actor for actor in actors if actor in totals)
    unit = unit or _fitting_unit([row[end] for row in found for end in ("first", "last")])
    code = UNITS[unit][0]
    counted = selected.ask(
        f"by_{unit}", "parties", selection,
        lambda parties: parties.filter(_.date_prec <= 2, _.first).group_by(
            start=_.date_start if code == "D" else _.date_start.truncate(code), actor=_.actor
        ).aggregate(n=_.count()),
    ) if shown else []  # fmt: skip
    bins = [
        {"start": _day(row["start"]), "actor": ids[row["actor"]], "n": int(row["n"])}
        for row in counted
        if ids[row["actor"]] in shown
    ]
    bins.sort(key=lambda row: (row["start"], row["actor"]))
    return OverTime(unit=unit, bins=tuple(bins), totals=totals, actors=shown, n_coarse=n_coarse)


def undated(selected: Selected, selection: Selection) -> int:
    """How many events of a selection `over_time` leaves out: undated, or known only to the week or worse."""
    counted = selected.ask(
        "undated_or_coarse", "events", selection,
        lambda events: events.filter(_.date_prec.isnull() | (_.date_prec > 2)).aggregate(n=_.count()),
    )  # fmt: skip
    return int(counted[0]["n"])


def _fitting_unit(days: Sequence[date]) -> Unit:
    span = (max(days) - min(days)).days if days else 0
    return next((unit for unit, (_code, length) in UNITS.items() if span / length < MOST_BINS), "year")


def _day(value: Any) -> date:
    """An engine may answer a truncated day as a moment."""
    return value if type(value) is date else value.date()
