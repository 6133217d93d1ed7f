"""When, where and how many: what all formats say alike."""

from __future__ import annotations

from events.loading import quoted
from events.sources.dates import HIJRI, HIJRI_YEARS
from events.sources.figures import ROUGH, VAGUE
from events.sources.locating import country_bounds
from events.sources.plan import Plan

FIRST_YEAR, LAST_YEAR = 1800, 2100
"""Years of plausible events; ours."""

_METRES = 20_000
_NEAR = 0.5
"""Degrees within which a place named and a point given are one."""
_IN_ORDER = "; the row was left out"


def add_days(
    plan: Plan, *, start: str, end: str | None, prec: str | None, required: bool = True, text: str | None = None
) -> None:
    """date_start, date_end, date_prec from the fields so named. prec: field of UCDP's codes, already ours.

    required: whether a row without a day is left out. text: SQL for the first day where several columns say it. Where
    no code is given it follows from the span: 1 day;
    2 to 6; a week; a month; longer.
    """
    first = text or plan.cell(start)
    if required:
        plan.check(start, f"{first} IS NULL", quoted(f"the event has no day{_IN_ORDER}"))
    plain = plan.day(first)
    plan.look("days", f"CASE WHEN {plain} IS NULL THEN {first} END", "d0")
    plan.let("day0", f"coalesce({plain}, d0_first)")
    plan.let("day1", f"coalesce({plain}, d0_last)")
    _check_day(plan, start, first, "day0", "d0_problem")
    if end and plan.has(end):
        last = plan.cell(end)
        ended = plan.day(last)
        plan.look("days", f"CASE WHEN {ended} IS NULL THEN {last} END", "d1")
        plan.lets["day9"] = f"coalesce({ended}, d1_last)"
        plan.lets["day1"] = f"coalesce({ended}, d1_last, {plain}, d0_last)"
        _check_day(plan, end, last, "day9", "d1_problem")
        plan.check(end, "day1 < day0", f"concat('the event ends before it starts (', day0, '){_IN_ORDER}')")
    plan.check(
        start, "day0 > current_date + 1 AND year(day0) <= " + str(LAST_YEAR),
        quoted("the day lies in the future; the row was kept"), fatal=False,
    )  # fmt: skip
    span = "CASE WHEN day1 = day0 THEN 1 WHEN day1 - day0 < 6 THEN 2 WHEN day1 - day0 < 7 THEN 3 " \
        "WHEN day1 - day0 < 31 THEN 4 ELSE 5 END"  # fmt: skip
    given = prec or "NULL::INTEGER"
    plan.set(
        date_start="day0",
        date_end="CASE WHEN day0 IS NOT NULL THEN greatest(day0, day1) END",
        date_prec=f"CASE WHEN day0 IS NOT NULL THEN coalesce({given}, greatest({span}, coalesce(d0_prec, 1))) END",
    )


def _check_day(plan: Plan, field: str, cell: str, day: str, problem: str) -> None:
    plan.check(
        field, f"{cell} IS NOT NULL AND {day} IS NULL",
        f"concat(coalesce({problem}, 'this is no day of the calendar'), '{_IN_ORDER}')", value=cell,
    )  # fmt: skip
    plan.check(
        field, f"year({day}) NOT BETWEEN {FIRST_YEAR} AND {LAST_YEAR}",
        f"concat(CASE WHEN year({day}) BETWEEN {HIJRI_YEARS[0]} AND {HIJRI_YEARS[1]} THEN {quoted(HIJRI)} "
        f"ELSE 'the year is not between {FIRST_YEAR} and {LAST_YEAR}' END, '{_IN_ORDER}')", value=cell,
    )  # fmt: skip


def code(plan: Plan, field: str, most: int) -> str | None:
    """SQL for a precision code from 1 to `most`, None without a column; rows with another are left out."""
    if not plan.has(field):
        return None
    cell = plan.cell(field)
    plan.check(
        field, f"{cell} IS NOT NULL AND coalesce({plan.whole(cell)} NOT BETWEEN 1 AND {most}, true)",
        quoted(f"the code is not between 1 and {most}; the row was left out"),
    )  # fmt: skip
    return f"CASE WHEN {plan.whole(cell)} BETWEEN 1 AND {most} THEN {plan.whole(cell)}::INTEGER END"


def add_point(plan: Plan, *, lat: str, lon: str, prec: str | None, pair: str | None = None) -> None:
    """lat, lon, where_prec, and place where a name had to be looked up. prec: SQL for UCDP's code, or None.

    pair: field of a column that holds both. Needs the look-up `place` (see `add_place`), of which it takes what
    no coordinates say.
    """
    for field, name in ((lat, "lat0"), (lon, "lon0")):
        cell = plan.cell(field)
        plain = plan.real(cell)
        plan.look("degrees", f"CASE WHEN {plain} IS NULL THEN {cell} END", f"x_{name}")
        plan.let(name, f"coalesce({plain}, x_{name}_value)")
    if pair and plan.has(pair):
        plan.look("pairs", plan.cell(pair), "x_pair")
        plan.lets["lat0"] = f"coalesce({plan.lets['lat0']}, x_pair_lat)"
        plan.lets["lon0"] = f"coalesce({plan.lets['lon0']}, x_pair_lon)"
        plan.check(
            pair, f"{plan.cell(pair)} IS NOT NULL AND x_pair_lat IS NULL",
            quoted(f"this is no pair of latitude and longitude{_IN_ORDER}"),
        )  # fmt: skip
    hint = (
        "CASE WHEN abs(lat0) <= 180 AND abs(lon0) <= 90 THEN ': latitude and longitude look swapped' "
        f"WHEN abs(lat0) > {_METRES} AND abs(lon0) > {_METRES} THEN ': these look like metres of a map projection; "
        "convert them to degrees of WGS 84' ELSE '' END"
    )
    for field, name, most, word in ((lat, "lat0", 90, "latitude"), (lon, "lon0", 180, "longitude")):
        cell = plan.cell(field)
        plan.check(
            field, f"{cell} IS NOT NULL AND {name} IS NULL",
            quoted(f"this is no {word}; expected degrees such as 35.33{_IN_ORDER}"),
        )  # fmt: skip
        plan.check(
            field, f"abs({name}) > {most}",
            f"concat('the {word} is not between -{most} and {most}', {hint}, '{_IN_ORDER}')",
        )  # fmt: skip
    plan.check(
        lat, "(lat0 IS NULL) <> (lon0 IS NULL)"
        f" AND ({plan.cell(lat)} IS NULL OR {plan.cell(lon)} IS NULL)",
        quoted("one of latitude and longitude is missing; the row is kept without the other"), fatal=False,
    )  # fmt: skip
    plan.check(
        lat, "lat0 = 0 AND lon0 = 0",
        quoted("latitude and longitude are both 0, which stands for unknown; they were not used"), fatal=False,
    )  # fmt: skip
    given = prec or "NULL::INTEGER"
    plan.let("pointed", "coalesce(lat0 IS NOT NULL AND lon0 IS NOT NULL AND NOT (lat0 = 0 AND lon0 = 0), false)")
    plan.set(
        lat="CASE WHEN pointed THEN lat0 ELSE g_lat END",
        lon="CASE WHEN pointed THEN lon0 ELSE g_lon END",
        where_prec=f"CASE WHEN pointed THEN coalesce({given}, 1) WHEN g_place IS NOT NULL "
        f"THEN greatest(coalesce({given}, 1), g_prec) END",
        place="CASE WHEN NOT pointed THEN g_place END",
    )  # fmt: skip


def add_place(
    plan: Plan, *, name: str, within: tuple[str, ...] = (), country: str | None = None, typed: bool = True
) -> None:
    """place_name, and the look-up of a place by name for rows without coordinates.

    within: fields of the areas it lies in, narrowest first. Also checks that a point lies in the country named,
    where turning latitude and longitude round would bring it there. typed: whether people typed the points; those
    that a program took from its gazetteer are never turned round.
    """
    cells = [plan.cell(name), *(plan.cell(field) for field in within if plan.has(field))]
    nation = plan.cell(country) if country else "NULL::VARCHAR"
    # Only rows without both coordinates ask the gazetteer.
    lat, lon = plan.cell("lat"), plan.cell("lon")
    bare = f"({lat} IS NULL OR {lon} IS NULL OR ({plan.real(lat)} = 0 AND {plan.real(lon)} = 0))"
    if plan.has("latlon"):
        bare += f" AND {plan.cell('latlon')} IS NULL"
    parts = ", ".join(f"coalesce({cell}, '')" for cell in [*cells, nation]) or "''"
    key = (
        f"CASE WHEN {bare} AND coalesce({', '.join([*cells, 'NULL'])}) IS NOT NULL THEN concat_ws(chr(31), {parts}) END"
    )
    plan.look("places", key, "g")
    label = name if plan.has(name) else next((field for field in within if plan.has(field)), name)
    plan.check(
        label, "g_problem IS NOT NULL", "concat(g_problem, ' The row is kept without a place.')",
        value=f"coalesce({', '.join([*cells, 'NULL'])})", fatal=False,
    )  # fmt: skip
    plan.set(place_name=f"one_line(coalesce({', '.join([*cells, 'NULL'])}))")
    if country and plan.has(country):
        _check_country(plan, nation)
    elif typed:
        _check_turned(plan, name, parts)


def _check_country(plan: Plan, nation: str) -> None:
    """A point far from its country that lies in it when turned round."""
    plan.look("countries", nation, "n")
    plan.let(
        "turned",
        "coalesce(n_south IS NOT NULL AND NOT (lat0 BETWEEN n_south AND n_north AND lon0 BETWEEN n_west AND n_east)"
        " AND lon0 BETWEEN n_south AND n_north AND lat0 BETWEEN n_west AND n_east, false)",
    )  # fmt: skip
    plan.check(
        "lat", "turned",
        f"concat('latitude and longitude look swapped: as they stand the point is far from ', {nation}, "
        f"', the other way round it lies there{_IN_ORDER}')",
        value=f"concat({plan.cell('lat')}, ', ', {plan.cell('lon')})",
    )  # fmt: skip


def _check_turned(plan: Plan, name: str, parts: str) -> None:
    """Where no column names the country: a point outside Syria that lies in it when turned round is told.

    The row is left out only where the place's name says the same; where it says that the point is right, all is well.
    """
    plan.let("turned", f"coalesce({_turned('lat0', 'lon0')}, false)")
    value, named, right = "concat(lat0, ', ', lon0)", "false", "false"
    if plan.has(name):
        lat, lon = (plan.real(plan.cell(field)) for field in ("lat", "lon"))
        key = f"CASE WHEN {_turned(lat, lon)} AND {plan.cell(name)} IS NOT NULL THEN concat_ws(chr(31), {parts}) END"
        plan.look("places", key, "w")
        named = f"coalesce(abs(w_lat - lon0) < {_NEAR} AND abs(w_lon - lat0) < {_NEAR}, false)"
        right = f"coalesce(abs(w_lat - lat0) < {_NEAR} AND abs(w_lon - lon0) < {_NEAR}, false)"
    reason = "latitude and longitude look swapped: the other way round the point lies at the place named"
    plan.check("lat", f"turned AND {named}", quoted(reason + _IN_ORDER), value=value)
    reason = "the other way round the point would lie in Syria; if the two are swapped, turn the columns round"
    plan.check("lat", f"turned AND NOT {named} AND NOT {right}", quoted(reason), value=value, fatal=False)


def _turned(lat: str, lon: str) -> str:
    """SQL: whether a point outside Syria lies in it the other way round."""
    south, north, west, east = country_bounds("syria")
    return (
        f"(NOT ({lat} BETWEEN {south} AND {north} AND {lon} BETWEEN {west} AND {east})"
        f" AND {lon} BETWEEN {south} AND {north} AND {lat} BETWEEN {west} AND {east})"
    )


def add_toll(
    plan: Plan, *, low: str | None, best: str | None, high: str | None, civilians: str | None, vague: bool = False
) -> None:
    """The figures from the fields so named. A text such as "5-7" or "at least 5" gives low and high.

    vague: whether a word such as "several" leaves the row in without a figure.
    """
    names = {"low": low, "best": best, "high": high, "civ": civilians}
    for name, field in names.items():
        if field is None or not plan.has(field):
            for part in ("low", "best", "high"):
                plan.let(f"{name}_{part}", "NULL::BIGINT")
            continue
        cell = plan.cell(field)
        whole = plan.whole(cell)
        plan.look("figures", f"CASE WHEN {whole} IS NULL THEN {cell} END", f"f_{name}")
        for part in ("low", "best", "high"):
            plain = whole if part == "best" else "NULL"
            plan.let(f"{name}_{part}", f"coalesce({plain}, f_{name}_{part})")
        problem, without = f"f_{name}_problem", f"{VAGUE}; the row is kept without it"
        mild = f"{problem} IN ({quoted(ROUGH)}, {quoted(VAGUE)})" if vague else f"{problem} = {quoted(ROUGH)}"
        plan.check(field, f"{problem} IS NOT NULL AND NOT {mild}", f"concat({problem}, '{_IN_ORDER}')")
        plan.check(
            field, mild, f"CASE WHEN {problem} = {quoted(VAGUE)} THEN {quoted(without)} ELSE {quoted(ROUGH)} END",
            fatal=False,
        )  # fmt: skip
    # One figure alone is the least and the most as well.
    alone = "NULL" if any(field and plan.has(field) for field in (low, high)) else "best_best"
    plan.set(
        fatalities_low=f"coalesce(low_low, low_best, best_low, {alone})", fatalities_best="best_best",
        fatalities_high=f"coalesce(high_high, high_best, best_high, {alone})", civilians="coalesce(civ_best, civ_low)",
    )  # fmt: skip
