"""ACLED's codes for what we code otherwise. Spelling follows the ACLED Codebook (acleddata.com, as of 2024); the
mapping from our coding is ours.
"""

from __future__ import annotations

from events.export.sides import home_of
from events.model import OURS, Actor

COLUMNS = (
    "event_id_cnty", "event_date", "year", "time_precision", "disorder_type", "event_type", "sub_event_type",
    "actor1", "assoc_actor_1", "inter1", "actor2", "assoc_actor_2", "inter2", "interaction", "civilian_targeting",
    "iso", "region", "country", "admin1", "admin2", "admin3", "location", "latitude", "longitude", "geo_precision",
    "source", "source_scale", "notes", "fatalities", "tags", "timestamp",
)  # fmt: skip

TIME_PRECISION = {1: 1, 2: 2, 3: 2, 4: 3}
"""Our date_prec to theirs; a year (5) has none."""
GEO_PRECISION = {1: 1, 2: 2, 3: 3, 4: 3, 5: 3}
"""Our where_prec to theirs; a country (6) and the sea or air (7) have none."""

KINDS = (
    "State forces", "Rebel group", "Political militia", "Identity militia",
    "Rioters", "Protesters", "Civilians", "External/Other forces",
)  # fmt: skip
"""ACLED's kinds of actors, the words of inter1 and inter2, in the order of their numbers 1 to 8."""

_OF_SIDE = {
    "government": "State forces", "islamic_state": "Rebel group", "sdf": "Rebel group", "opposition": "Rebel group",
    "civilians": "Civilians", "russia": "External/Other forces", "iran": "External/Other forces",
    "coalition": "External/Other forces",
}  # fmt: skip
_OF_ACTOR = {
    "pro_government_militias": "Political militia",
    "unidentified": "Political militia",
    "tribal_leaders": "Identity militia",
}
_CROWD = {"Protests": "Protesters", "Riots": "Rioters"}

CIVILIANS = "Civilian targeting"
"""As ACLED's files say; its codebook says "Civilians targeted"."""
_ALWAYS = ("Violence against civilians",)
_IF_HIT = ("Explosions/Remote violence", "Riots")


def event_types(event_type: str, sub_event_type: str) -> tuple[str, str]:
    """The types as ACLED knows them: ours become "Other"."""
    return event_type, "Other" if sub_event_type in OURS else sub_event_type


def disorder_type(event_type: str, sub_event_type: str) -> str:
    """ACLED's table 2: the disorder a sub-event type belongs to."""
    if event_type == "Strategic developments":
        return "Strategic developments"
    if sub_event_type == "Excessive force against protesters":
        return "Political violence; Demonstrations"
    if event_type == "Protests" or sub_event_type == "Violent demonstration":
        return "Demonstrations"
    return "Political violence"


def inter(actor: Actor | None, event_type: str, country: str) -> str:
    """What kind of actor it is, "" for none. country: id of the one it acts in; a state abroad is external."""
    if actor is None:
        return ""
    if actor.side == "civilians":
        return _CROWD.get(event_type, "Civilians")
    if actor.id in _OF_ACTOR:
        return _OF_ACTOR[actor.id]
    home = home_of(actor)
    if home:
        return "State forces" if home == country else "External/Other forces"
    return _OF_SIDE.get(actor.side, "Rebel group")


def interaction(first: str, second: str) -> str:
    """Two kinds of actors as one code: the lower number first, save that civilians come last of all."""
    known = [kind for kind in (first, second) if kind]
    if not known:
        return ""
    if len(known) == 1:
        return f"{known[0]} only"
    if set(known) == {"External/Other forces", "Civilians"}:
        return "External/Other forces-Civilians"
    return "-".join(sorted(known, key=KINDS.index))


def civilian_targeting(event_type: str, sub_event_type: str, second: Actor | None) -> str:
    """Whether civilians were the main or only target. Never in a battle, whoever dies in it."""
    hit = second is not None and second.side == "civilians"
    if (
        event_type in _ALWAYS
        or sub_event_type == "Excessive force against protesters"
        or (event_type in _IF_HIT and hit)
    ):
        return CIVILIANS
    return ""
