"""Plain tables: anybody's columns, by a mapping."""

from __future__ import annotations

import re

from events.engines.loading import quoted
from events.sources.codes import event_type_of
from events.sources.common import add_days, add_place, add_point, add_toll, code
from events.sources.errors import SourceError
from events.sources.plan import Plan
from events.sources.types import FALLBACK

_TOTAL = "(grand |sub)?-?total[a-z]*[: ]*|sums?|(المجموع|الإجمالي|الاجمالي|مجموع)( .*)?|toplam|итого|всего"
"""What a row of sums calls itself where an event says its place, type, actor or title."""
_FIGURE = re.compile(r"(?!(?:19|20)\d\d\b)-?\d+(?:[.,]\d+)?(?: \(\d+\))?")
"""A number where the name of a column should stand; years head columns of many a table."""
_FIGURES = 2
_SAYS = frozenset({"place", "lat", "latlon", "event_type", "sub_event_type", "actors", "title", "notes"})
"""Fields of which one says where, what or who."""
_AREAS = frozenset({"admin1", "admin2", "admin3"})
_WHOM = frozenset({"targets", "fatalities", "fatalities_low", "fatalities_high", "civilians"})
"""Fields of which one of each says where and to whom."""
_NO_NAMES = "[]::VARCHAR[]"


def check_table(columns: tuple[str, ...], mapping: dict[str, str]) -> None:
    """Raises SourceError for a table of which too little is known: when, and where or what or who.

    An area alone may be where anything was counted; where people were killed it says enough.
    """
    shown = ", ".join(repr(column[:40]) for column in columns[:12]) + (" …" if len(columns) > 12 else "")
    if not {"date", "date_start", "year"} & set(mapping):
        if sum(bool(_FIGURE.fullmatch(column)) for column in columns) >= _FIGURES:
            raise SourceError(
                f"The first line reads like an event and not like a header (columns: {shown}); "
                "put the names of the columns above it."
            )
        raise SourceError(
            f"No column says when something happened (columns: {shown}); this is no table of events, "
            "or name the column: --map date=COLUMN."
        )
    if not _SAYS & set(mapping) and not (_AREAS & set(mapping) and _WHOM & set(mapping)):
        raise SourceError(
            f"No column says where, what or who (columns: {shown}); this is no table of events, "
            "or name the column: --map place=COLUMN."
        )


def table_plan(plan: Plan) -> None:
    """Fill the plan; the mapping says which columns there are."""
    plan.by_people = True
    _add_type(plan)
    says = ("date", "date_start", "place", "lat", "latlon", "event_type", "sub_event_type", "actors", "title", "notes")
    start = next(field for field in ("date_start", "date", "year") if plan.has(field) or field == "year")
    day = _of_parts(plan) if start == "year" else plan.cell(start)
    told = ", ".join([day, *(plan.cell(field) for field in says if plan.has(field))])
    plan.check(
        start, f"coalesce({told}, NULL) IS NULL",
        quoted("the row says neither when nor where, what or who; it was left out"), value="''",
    )  # fmt: skip
    prec = code(plan, "date_prec", 5)
    where = code(plan, "where_prec", 7)
    named = [plan.cell(field) for field in ("place", "admin1", "event_type", "actors", "title") if plan.has(field)]
    sums = " OR ".join(f"regexp_full_match(lower({cell}), {quoted(_TOTAL)})" for cell in named) or "false"
    plan.let("total", f"CASE WHEN {day} IS NULL THEN coalesce({sums}, false) ELSE false END")
    plan.check(
        start, "total", quoted("the row is a total of others; it was left out"),
        value=f"concat_ws(', ', {', '.join([*named, 'NULL'])})",
    )  # fmt: skip
    plan.check(
        start, f"{day} IS NULL AND coalesce({told}, NULL) IS NOT NULL",
        quoted("the event has no day; the row is kept undated; a merged cell tells of its first row only"),
        value="''", fatal=False,
    )  # fmt: skip
    add_days(plan, start=start, end="date_end", prec=prec, required=False, text=day)
    areas = tuple(field for field in ("admin3", "admin2", "admin1") if plan.has(field))
    add_point(plan, lat="lat", lon="lon", prec=where, pair="latlon")
    add_place(plan, name="place", within=areas, country="country" if plan.has("country") else None)
    add_toll(plan, low="fatalities_low", best="fatalities", high="fatalities_high", civilians="civilians", vague=True)
    plan.check(
        "fatalities", "low_best > high_best",
        quoted("the least figure is above the greatest; the row is kept as it says"), fatal=False,
    )  # fmt: skip
    plan.look("names", plan.cell("actors"), "a")
    plan.look("names", plan.cell("targets"), "b")
    plan.look("voices", plan.cell("claimants" if plan.has("claimants") else "source"), "v")
    plan.look("days", plan.cell("published"), "p")
    url, source = plan.cell("url"), plan.cell("source")
    host = f"nullif(regexp_extract(lower({source}), '^https?://(?:www\\.)?([^/?#:\\s]+)', 1), '')"
    listed = f"left({source}, 2) IN ('{{\"', '[{{')"
    located = "CASE WHEN NOT pointed AND g_place IS NOT NULL THEN concat('Located by name: ', g_place, '.') END"
    plan.set(
        source_id=plan.cell("id"),
        actors=f"coalesce(a_names, {_NO_NAMES})",
        targets=f"coalesce(b_names, {_NO_NAMES})",
        claimants=f"coalesce(v_names, {_NO_NAMES})",
        publisher=f"CASE WHEN {listed} THEN v_line ELSE coalesce({host}, one_line({source})) END",
        headline=f"one_line({plan.cell('headline')})",
        published="CASE WHEN year(p_first) BETWEEN 1800 AND 2100 THEN p_first END",
        url=f"coalesce({_link(url)}, {_link(source)})",
        title=f"one_line({plan.cell('title')})",
        note=f"nullif(concat_ws(' ', {plan.cell('notes')}, {located}), '')",
    )


def _link(cell: str) -> str:
    """SQL for the first address on the web that a cell holds."""
    return f"nullif(regexp_extract({cell}, '^https?://[^\\s,;|<>\"]+', 0, 'i'), '')"


def _of_parts(plan: Plan) -> str:
    """SQL for a day told in three columns; what is empty, 0 or negative is unknown."""
    year, month, day = (
        f"CASE WHEN NOT regexp_full_match({cell}, '0+(\\.0*)?|-[0-9.]+') THEN regexp_replace({cell}, '\\.0*$', '') END"
        for cell in (plan.cell("year"), plan.cell("month"), plan.cell("day"))
    )
    by = f"CASE WHEN regexp_full_match({month}, '[0-9]+') THEN '-' ELSE ' ' END"
    return f"CASE WHEN {month} IS NULL THEN {year} ELSE concat_ws({by}, {year}, {month}, {day}) END"


def _add_type(plan: Plan) -> None:
    event, sub = plan.cell("event_type"), plan.cell("sub_event_type")
    plan.look("types", sub, "s")
    plan.look("types", event, "t")
    plan.let("sub_type", f"coalesce(s_sub, t_sub, {quoted(FALLBACK[1])})")
    plan.check(
        "event_type" if plan.has("event_type") else "sub_event_type",
        f"s_sub IS NULL AND t_sub IS NULL AND coalesce({sub}, {event}) IS NOT NULL",
        quoted("the type is not known; the row is kept as Strategic developments / Other"),
        value=f"coalesce({event}, {sub})", fatal=False,
    )  # fmt: skip
    plan.set(sub_event_type="sub_type", event_type=event_type_of("sub_type"))
