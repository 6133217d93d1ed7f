"""GDELT 2 events (codebook V2.0 of 2015): what machines read in the news of the last quarter of an hour."""

from __future__ import annotations

from events.engines.loading import quoted
from events.sources.codes import event_type_of, precision, prefixed
from events.sources.common import add_days, add_place, add_point, add_toll
from events.sources.plan import Plan

_NO_NAMES = "[]::VARCHAR[]"
_STATES = ("GOV", "MIL", "COP", "SPY", "JUD", "LEG")


def gdelt_plan(plan: Plan) -> None:
    """Fill the plan. Every row gets in, deeds and words alike; the table of CAMEO codes says as what."""
    code = plan.cell("code")
    # Codes have three or four digits of which the first two are 20 at most: what breaks that lost its 0 in a program
    # that takes them for numbers.
    lost = f"length({code}) = 2 OR (length({code}) = 3 AND {code} BETWEEN '21' AND '999')"
    plan.let("cameo", f"CASE WHEN {lost} THEN concat('0', {code}) ELSE {code} END")
    state = f"{plan.cell('actor1_type')} IN ({', '.join(map(quoted, _STATES))})"
    of_a_state = f"CASE WHEN {state} THEN {prefixed('cameo', 'of_a_state')} END"
    plan.let("sub_type", f"coalesce({of_a_state}, {prefixed('cameo', 'sub_event_type')})")
    plan.check("code", "sub_type IS NULL", quoted("this is no CAMEO code of an event; the row was left out"))
    for n in ("1", "2"):
        # An actor known by its code only keeps the code.
        name = f"one_line(coalesce({plan.cell(f'actor{n}')}, {plan.cell(f'actor{n}_code')}))"
        plan.let(f"side{n}", f"CASE WHEN {name} IS NULL THEN {_NO_NAMES} ELSE [{name}] END")
    both = f"{prefixed('cameo', 'parties')} = 'both'"
    add_days(plan, start="date", end=None, prec="1")
    geo = plan.cell("geo_type")
    add_point(plan, lat="lat", lon="lon", prec=f"coalesce({precision('gdelt', 'geo', geo)}, 2)")
    add_place(plan, name="place", typed=False)
    add_toll(plan, low=None, best=None, high=None, civilians=None)
    url = plan.cell("url")
    link = f"regexp_matches({url}, '^https?://[^\\s]+$', 'i')"
    host = f"nullif(regexp_extract(lower({url}), '^https?://(?:www\\.)?([^/?#:]+)', 1), '')"
    added = f"{plan.cell('added')}"
    day = f"concat(left({added}, 4), '-', substr({added}, 5, 2), '-', substr({added}, 7, 2))"
    plan.ids_travel = True
    plan.set(
        source_id=plan.cell("id"),
        sub_event_type="sub_type",
        event_type=event_type_of("sub_type"),
        actors=f"CASE WHEN {both} THEN union_of(side1, side2) ELSE side1 END",
        targets=f"CASE WHEN {both} THEN {_NO_NAMES} ELSE side2 END",
        claimants=_NO_NAMES,
        publisher=f"CASE WHEN {link} THEN {host} ELSE {url} END",
        published=f"CASE WHEN year({plan.day(day)}) BETWEEN 1800 AND 2100 THEN {plan.day(day)} END",
        url=f"CASE WHEN {link} THEN {url} END",
        note="concat('CAMEO ', cameo, '.')",
    )
