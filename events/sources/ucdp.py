"""UCDP GED, its yearly and its candidate releases (codebook of version 25.1; older ones by their names)."""

from __future__ import annotations

from events.engines.loading import quoted
from events.sources.common import add_days, add_place, add_point, add_toll, code
from events.sources.plan import Plan

_NO_NAMES = "[]::VARCHAR[]"
_LABELS = ("state%", "non%state%", "one%sided%")
"""How types 1, 2 and 3 begin where somebody put their meanings for the numbers."""


def ucdp_plan(plan: Plan) -> None:
    """Fill the plan. State-based and non-state violence are armed clashes, one-sided violence attacks on civilians."""
    told = plan.cell("type")
    labels = " ".join(f"WHEN {told} ILIKE {quoted(label)} THEN {n}" for n, label in enumerate(_LABELS, 1))
    kind = plan.let("kind", f"coalesce({plan.whole(told)}, CASE {labels} END)")
    plan.check(
        "type", "coalesce(kind NOT IN (1, 2, 3), true)",
        quoted("the type of violence is none of 1, 2, 3; the row was left out"),
    )  # fmt: skip
    for n, (field, alias) in enumerate((("side_a", "a"), ("side_b", "b")), 1):
        # Selections of columns may have the pair's name only, which is "A - B".
        side = plan.cell(field) if plan.has(field) else f"nullif(split_part({plan.cell('dyad')}, ' - ', {n}), '')"
        plan.look("sides", side, alias)
        plan.let(f"{alias}_side", f"coalesce({alias}_names, {_NO_NAMES})")
    prec = code(plan, "date_prec", 5)
    where = code(plan, "where_prec", 7)
    add_days(plan, start="date_start", end="date_end", prec=prec)
    add_point(plan, lat="lat", lon="lon", prec=where)
    add_place(plan, name="place", within=("admin2", "admin1"), country="country")
    add_toll(plan, low="low", best="best", high="high", civilians="civilians")
    plan.check(
        "best", "low_best > best_best OR best_best > high_best",
        "concat('low, best and high (', low_best, ', ', best_best, ', ', high_best, ') are not in order; "
        "the row is kept as it says')",
        fatal=False,
    )  # fmt: skip
    plan.look("voices", plan.cell("source_office"), "o")
    plan.look("voices", plan.cell("source_original"), "v")
    cited = plan.cell("source_date")
    # Some name several days; a pattern costs more than all else here, and few texts need it.
    anywhere = f"day_of(regexp_extract({cited}, '[0-9]{{4}}-[0-9]{{2}}-[0-9]{{2}}'))"
    day = plan.let("cited", f"coalesce({plan.day(f'left({cited}, 10)')}, {anywhere})")
    headline = f"one_line({plan.cell('headline')})"
    described = plan.cell("where_description")
    clarity = (
        f"CASE WHEN {plan.whole(plan.cell('clarity'))} = 2 "
        f"THEN {quoted('UCDP: event clarity 2, known from a summary of several events.')} END"
    )
    plan.ids_travel = True
    plan.set(
        source_id=plan.cell("id"),
        sub_event_type=f"CASE WHEN {kind} = 3 THEN 'Attack' ELSE 'Armed clash' END",
        event_type=f"CASE WHEN {kind} = 3 THEN 'Violence against civilians' ELSE 'Battles' END",
        actors="CASE WHEN kind = 3 THEN a_side ELSE union_of(a_side, b_side) END",
        targets=f"CASE WHEN kind = 3 THEN b_side ELSE {_NO_NAMES} END",
        claimants=f"coalesce(v_names, {_NO_NAMES})",
        publisher="o_line",
        headline=headline,
        # One headline often tells of many events, so the title is made of who and where.
        title="nullif(concat_ws(', ', nullif(array_to_string(list_concat(actors[1:2], targets[1:2]), ' – '), ''), "
        "place_name), '')",
        published=f"CASE WHEN year({day}) BETWEEN 1800 AND 2100 THEN {day} END",
        note=f"nullif(concat_ws(' ', CASE WHEN {described} IS NOT NULL THEN one_line({described}) END, {clarity}), '')",
    )
