"""Events per day (or week, month, year), a lane for each actor; the area of a dot is the number of events."""

from __future__ import annotations

from datetime import date
from typing import Any

import streamlit as st

from events.atlas import Atlas
from events.selection import Selection
from events.store.over_time import UNITS, OverTime, Unit
from events.ui.columns import columns
from events.ui.language import Language

MOST_LANES = 12
LANE_PX, AXIS_PX = 24, 70
"""Height of a lane, and of the days under all lanes: Streamlit fits both into the chart's height."""
MOST_DAYS = 40
"""With so few days that have events each gets a column of its own; more lie on a line of time."""
LARGEST_PX2 = 420
"""Area of the fullest dot where there is room for it."""
LEAST_PX2 = 50
"""And where there is none, so that it is seen."""
_WRITTEN = {"month": "%Y-%m", "year": "%Y"}
"""How a time line of months or years writes them: as numbers, which read alike in both languages."""


def show(atlas: Atlas, selection: Selection, language: Language) -> None:
    """Draw the time line of a selection. Lanes go to the actors with most events."""
    _ = language.gettext
    found = atlas.store.over_time(selection, lanes=MOST_LANES)
    if not found.bins:
        return
    names = {actor: language.name(atlas.actor(actor)) for actor in found.actors}
    colours = {actor: atlas.side(actor).colour for actor in found.actors}
    starts = sorted({row["start"] for row in found.bins})
    by_day = found.unit == "day" and len(starts) <= MOST_DAYS
    written = {day: language.day_in_lines(day) if by_day else day.isoformat() for day in starts}
    spoken = {day: language.period(day, found.unit) for day in starts}
    dots = columns(
        {
            "day": [written[row["start"]] for row in found.bins],
            "tip": [spoken[row["start"]] for row in found.bins],
            "actor": [names[row["actor"]] for row in found.bins],
            "n": [row["n"] for row in found.bins],
        }
    )
    headings = {
        "day": _("Events per day by actor"),
        "week": _("Events per week by actor"),
        "month": _("Events per month by actor"),
        "year": _("Events per year by actor"),
    }
    st.subheader(headings[found.unit], anchor=False)
    st.vega_lite_chart(
        dots,
        _spec(
            list(names.values()),
            list(colours.values()),
            language,
            unit=found.unit,
            days=list(written.values()) if by_day else None,
            steps=len(starts) if by_day else _steps(starts, found.unit),
        ),
        width="stretch",
        key="timeline",
    )
    st.caption(_note(found, language, every_day=by_day))


def _note(found: OverTime, language: Language, *, every_day: bool) -> str:
    _ = language.gettext
    parts = [_("Each event counts on the day it began, once for every actor in it.")]
    hidden = len(found.totals) - len(found.actors)
    if every_day:
        parts.append(_("Days without an event are left out."))
    if hidden:
        parts.append(
            language.ngettext(
                "{n} actor with fewer events has no lane.", "{n} actors with fewer events have no lane.", hidden
            ).format(n=f"{hidden:,}")
        )
    undated = found.n_coarse
    if undated:
        parts.append(
            language.ngettext(
                "{n} event whose date is known only to the week or worse is not drawn here.",
                "{n} events whose dates are known only to the week or worse are not drawn here.",
                undated,
            ).format(n=f"{undated:,}")
        )
    return " ".join(parts)


def _steps(starts: list[date], unit: Unit) -> int:
    """How many days, weeks, months or years lie between the first and the last, both included."""
    return round((starts[-1] - starts[0]).days / UNITS[unit][1]) + 1


def _spec(
    names: list[str], colours: list[str], language: Language, *, unit: Unit, days: list[str] | None, steps: int
) -> dict[str, Any]:  # fmt: skip
    """The chart as Vega-Lite.

    days: those that are columns, in their order, each written `12|October|2017`. steps: units across the chart.
    """
    _ = language.gettext
    day: dict[str, Any] = {"field": "day", "title": None}
    if days is not None:
        day |= {
            "type": "ordinal",
            # From the right in Arabic.
            "scale": {"domain": days[::-1] if language.rtl else days},
            "axis": {
                # The month stands under the day: names of months are long in Arabic.
                "labelExpr": "split(datum.label, '|')",
                "labelAngle": 0,
                "labelLimit": 0,
                "labelOverlap": True,
                "grid": True,
                "domain": False,
                "ticks": False,
            },
        }
    else:
        day |= {"type": "temporal", "axis": {"format": _WRITTEN.get(unit, "%Y-%m-%d"), "labelOverlap": True}}
        day |= {"scale": {"type": "utc", "reverse": language.rtl}}
    actor = {
        "field": "actor", "type": "nominal", "title": None, "scale": {"domain": names},
        "axis": {
            "orient": "right" if language.rtl else "left",
            "labelLimit": 190, "ticks": False, "grid": True, "domain": False,
        },
    }  # fmt: skip
    # Neighbours may touch, not hide each other: on a phone there is little room between two months. Where there is
    # hardly any between two days they overlap rather than vanish.
    largest = {"expr": f"clamp(PI / 4 * pow(1.2 * width / {steps}, 2), {LEAST_PX2}, {LARGEST_PX2})"}
    edge = {"expr": f"min(0.7, width / {steps} / 8)"}
    size = {"field": "n", "type": "quantitative", "legend": None, "scale": {"range": [0, largest], "zero": True}}
    colour = {"field": "actor", "type": "nominal", "legend": None, "scale": {"domain": names, "range": colours}}
    tooltip = [
        {"field": "tip", "title": _("When")},
        {"field": "actor", "title": _("Actor")},
        {"field": "n", "title": _("Events")},
    ]
    return {
        "height": LANE_PX * len(names) + AXIS_PX,
        "mark": {"type": "circle", "opacity": 0.9, "stroke": "#fff", "strokeWidth": edge},
        "encoding": {"x": day, "y": actor, "size": size, "color": colour, "tooltip": tooltip},
        "config": {"view": {"stroke": None}, "font": "Noto Sans, Noto Sans Arabic, sans-serif"},
    }
