"""Events per day, a lane for each actor; the area of a dot is the number of events."""

from __future__ import annotations

from typing import Any

import streamlit as st

from events.atlas import Atlas
from events.selection import Selection
from events.ui.language import Language

MOST_LANES = 12
LANE_PX, AXIS_PX = 24, 70
"""Height of a lane, and of the days under all lanes: Streamlit fits both into the chart's height."""
MOST_DAYS = 40
"""With so few days that have events each gets a column of its own; more lie on a line of time."""


def show(atlas: Atlas, selection: Selection, language: Language) -> None:
    """Draw the time line of a selection. Lanes go to the actors with most events."""
    _ = language.gettext
    days = atlas.store.by_day(selection)
    if not days:
        return
    totals: dict[str, int] = {}
    for day in days:
        totals[day["actor"]] = totals.get(day["actor"], 0) + day["n"]
    lanes = sorted(totals, key=lambda actor: (-totals[actor], actor))[:MOST_LANES]
    names = {actor: language.name(atlas.actor(actor)) for actor in lanes}
    colours = {actor: atlas.side(actor).colour for actor in lanes}
    shown = {day["date_start"] for day in days if day["actor"] in names}
    every_day = len({day["date_start"] for day in days}) <= MOST_DAYS
    written = {day: language.day_in_lines(day) if every_day else day.isoformat() for day in shown}
    spoken = {day: language.day(day) for day in shown}
    dots = [
        {
            "day": written[day["date_start"]],
            "tip": spoken[day["date_start"]],
            "actor": names[day["actor"]],
            "n": day["n"],
        }
        for day in days
        if day["actor"] in names
    ]
    st.subheader(_("Events per day by actor"), anchor=False)
    st.vega_lite_chart(
        _spec(dots, list(names.values()), list(colours.values()), language, every_day=every_day),
        width="stretch",
        key="timeline",
    )
    st.caption(_note(atlas, selection, len(totals) - len(lanes), language, every_day=every_day))


def _note(atlas: Atlas, selection: Selection, hidden: int, language: Language, *, every_day: bool) -> str:
    _ = language.gettext
    parts = [_("Each event counts on the day it began, once for every actor in it.")]
    if every_day:
        parts.append(_("Days without an event are left out."))
    if hidden:
        parts.append(
            language.ngettext(
                "{n} actor with fewer events has no lane.", "{n} actors with fewer events have no lane.", hidden
            ).format(n=hidden)
        )
    undated = atlas.store.undated(selection)
    if undated:
        parts.append(
            language.ngettext(
                "{n} event whose date is known only to the week or worse is not drawn here.",
                "{n} events whose dates are known only to the week or worse are not drawn here.",
                undated,
            ).format(n=undated)
        )
    return " ".join(parts)


def _spec(
    dots: list[dict[str, Any]], names: list[str], colours: list[str], language: Language, *, every_day: bool
) -> dict[str, Any]:
    """The chart as Vega-Lite. A day that is a column is written `12|October|2017`."""
    _ = language.gettext
    day: dict[str, Any] = {"field": "day", "title": None}
    if every_day:
        # Columns in the order of the data, which is that of the days; from the right in Arabic.
        columns = list(dict.fromkeys(dot["day"] for dot in dots))
        day |= {
            "type": "ordinal",
            "scale": {"domain": columns[::-1] if language.rtl else columns},
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
        # Dates as numbers read alike in both languages.
        day |= {"type": "temporal", "axis": {"format": "%Y-%m-%d", "labelOverlap": True}}
        day |= {"scale": {"type": "utc", "reverse": language.rtl}}
    actor = {
        "field": "actor", "type": "nominal", "title": None, "scale": {"domain": names},
        "axis": {
            "orient": "right" if language.rtl else "left",
            "labelLimit": 190, "ticks": False, "grid": True, "domain": False,
        },
    }  # fmt: skip
    size = {"field": "n", "type": "quantitative", "legend": None, "scale": {"range": [0, 420], "zero": True}}
    colour = {"field": "actor", "type": "nominal", "legend": None, "scale": {"domain": names, "range": colours}}
    tooltip = [
        {"field": "tip", "title": _("Day")},
        {"field": "actor", "title": _("Actor")},
        {"field": "n", "title": _("Events")},
    ]
    return {
        "data": {"values": dots},
        "height": LANE_PX * len(names) + AXIS_PX,
        "mark": {"type": "circle", "opacity": 0.9, "stroke": "#fff", "strokeWidth": 0.7},
        "encoding": {"x": day, "y": actor, "size": size, "color": colour, "tooltip": tooltip},
        "config": {"view": {"stroke": None}, "font": "Noto Sans, Noto Sans Arabic, sans-serif"},
    }
