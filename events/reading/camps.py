"""Which parties fight on one side: who can share a deed, and who cannot be its own opponent."""

from __future__ import annotations

from collections.abc import Iterable

CAMPS = {
    "government": ("syrian_government", "pro_government_militias", "russia", "wagner", "iran", "hezbollah",
                   "iran_backed_militias"),
    "iraq": ("iraq", "popular_mobilization"),
    "sdf": ("sdf", "ypg", "pyd", "asayish", "syrian_elite_forces", "raqqa_civil_council", "coalition",
            "united_states"),
    "opposition": ("opposition_rebels", "jaysh_al_islam", "turkey"),
    "hts": ("hts",), "islamic_state": ("islamic_state",), "israel": ("israel",),
}  # fmt: skip
"""Camps of the wars in Syria and Iraq, the leading party first. Ours, for reading only."""

_CAMP = {actor: camp for camp, actors in CAMPS.items() for actor in actors}
_BYSTANDERS = frozenset({"civilians", "unidentified"})


def camp_of(actor: str) -> str:
    """The camp of an actor; an actor of no camp is its own."""
    return _CAMP.get(actor, actor)


def leader_of(actor: str) -> str:
    """The leading party of an actor's camp."""
    return CAMPS[_CAMP[actor]][0] if actor in _CAMP else actor


def camps_of(actors: Iterable[str]) -> frozenset[str]:
    """The camps among some actors; civilians and the unknown are of none."""
    return frozenset(camp_of(a) for a in actors if a not in _BYSTANDERS)
