"""ACLED, as its codebook (2024) has it and as its files really are."""

from __future__ import annotations

from events.engines.loading import quoted
from events.sources.codes import event_type_of, precision
from events.sources.common import add_days, add_place, add_point, add_toll
from events.sources.plan import Plan
from events.sources.types import FALLBACK

_NO_NAMES = "[]::VARCHAR[]"
_ONE_SIDED = (
    "Excessive force against protesters", "Mob violence", "Chemical weapon", "Air/drone strike", "Suicide bomb",
    "Shelling/artillery/missile attack", "Remote explosive/landmine/IED", "Grenade", "Sexual violence", "Attack",
    "Abduction/forced disappearance", "Arrests", "Disrupted weapons use", "Looting/property destruction",
)  # fmt: skip
"""Sub-event types in which one side acts and the other suffers; ours."""


def acled_plan(plan: Plan) -> None:
    """Fill the plan. ACLED's actor1 is not always who acts: see the README for who becomes a target."""
    _add_kinds(plan)
    _add_type(plan)
    _add_parties(plan)
    for field in ("time_prec", "geo_prec"):
        cell = plan.cell(field)
        plan.check(
            field, f"{cell} IS NOT NULL AND coalesce({plan.whole(cell)} NOT BETWEEN 1 AND 3, true)",
            quoted("the code is not between 1 and 3; the row was left out"),
        )  # fmt: skip
    add_days(plan, start="date", end=None, prec=precision("acled", "time", plan.cell("time_prec")))
    add_point(plan, lat="lat", lon="lon", prec=precision("acled", "geo", plan.cell("geo_prec")))
    add_place(plan, name="place", within=("admin3", "admin2", "admin1"), country="country")
    add_toll(plan, low=None, best="fatalities", high=None, civilians=None)
    plan.look("voices", plan.cell("source"), "v")
    plan.ids_travel = True
    plan.set(
        source_id=plan.cell("id"),
        # ACLED's figure is the least that sources report.
        fatalities_low="coalesce(best_low, best_best)",
        fatalities_best="best_best",
        fatalities_high="best_high",
        claimants=f"coalesce(v_names, {_NO_NAMES})",
        publisher="v_line",
        note=plan.cell("notes"),
    )


def _add_kinds(plan: Plan) -> None:
    """Who are civilians and protesters: by the code of their kind, its word, or their name."""
    for n in ("1", "2"):
        inter, actor = plan.cell(f"inter{n}"), plan.cell(f"actor{n}")
        plan.let(
            f"civil{n}",
            f"coalesce({inter} IN ('7', '7.0') OR {inter} ILIKE 'civilian%' OR {actor} ILIKE 'civilian%', false)",
        )
        plan.let(
            f"protest{n}",
            f"coalesce({inter} IN ('6', '6.0') OR {inter} ILIKE 'protest%' OR {actor} ILIKE 'protester%', false)",
        )


def _add_type(plan: Plan) -> None:
    sub, event = plan.cell("sub_event_type"), plan.cell("event_type")
    plan.look("types", sub, "s")
    plan.look("types", event, "t")
    # Releases before 2019 have one type for both, and tell by the actor which it was.
    crowd = f"WHEN s_sub IS NULL AND protest1 AND {event} ILIKE 'riots/protests' THEN 'Peaceful protest'"
    plan.let("sub_type", f"CASE {crowd} ELSE coalesce(s_sub, t_sub, {quoted(FALLBACK[1])}) END")
    plan.check(
        "sub_event_type" if plan.has("sub_event_type") else "event_type", "s_sub IS NULL AND t_sub IS NULL",
        quoted("neither type is one of ACLED's; the row is kept as Strategic developments / Other"),
        value=f"concat_ws(' / ', {event}, {sub})", fatal=False,
    )  # fmt: skip
    plan.set(sub_event_type="sub_type", event_type=event_type_of("sub_type"))


def _add_parties(plan: Plan) -> None:
    """Whose names go where.

    In battles and dealings both sides act. In one-sided acts who suffers is the target: civilians wherever they
    stand, protesters met with excessive force, else the second actor.
    """
    for n in ("1", "2"):
        plan.look("names", plan.cell(f"actor{n}"), f"p{n}")
        plan.look("names", plan.cell(f"assoc{n}"), f"q{n}")
        own, with_it = f"coalesce(p{n}_names, {_NO_NAMES})", f"coalesce(q{n}_names, {_NO_NAMES})"
        plan.let(f"party{n}", f"union_of({own}, {with_it})")
    one_sided = f"sub_type IN ({', '.join(map(quoted, _ONE_SIDED))})"
    plan.let("one_sided", one_sided)
    plan.let(
        "first_suffers",
        "CASE WHEN sub_type = 'Excessive force against protesters' THEN protest1 AND NOT protest2 "
        "ELSE civil1 AND NOT civil2 END",
    )
    plan.let(
        "second_suffers",
        "NOT first_suffers AND (one_sided OR (civil2 AND NOT civil1 AND NOT starts_with(sub_type, 'Peaceful')))",
    )
    plan.let("first_only", "first_suffers AND (one_sided OR civil1)")
    plan.let("all_sides", "union_of(party1, party2)")
    plan.set(
        actors="CASE WHEN first_only THEN party2 WHEN second_suffers THEN party1 ELSE all_sides END",
        targets=f"CASE WHEN first_only THEN party1 WHEN second_suffers THEN party2 ELSE {_NO_NAMES} END",
    )
