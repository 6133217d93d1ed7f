"""An event in the making: what kinds there are, when two are alike, how one takes in another."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date

from events.reading.casualties import Toll
from events.reading.text import Span
from events.reading.whereabouts import Located

VIOLENT = frozenset(
    {"clash", "fighting", "air", "bomb", "shell", "suicide", "ied", "grenade", "chemical", "execute", "capture"}
)
_STATES = frozenset(
    [
        "syrian_government",
        "pro_government_militias",
        "russia",
        "iran",
        "hezbollah",
        "iran_backed_militias",
        "iraq",
        "popular_mobilization",
        "turkey",
        "israel",
        "united_states",
        "jordan",
        "lebanon",
        "egypt",
    ]
)
_TYPES = {
    "clash": "Armed clash", "air": "Air/drone strike", "shell": "Shelling/artillery/missile attack",
    "suicide": "Suicide bomb", "ied": "Remote explosive/landmine/IED", "grenade": "Grenade",
    "chemical": "Chemical weapon",
    "grave": "Mass grave found", "execute": "Attack", "abduct": "Abduction/forced disappearance", "arrest": "Arrests",
    "rape": "Sexual violence", "displace": "Displacement", "return": "Displacement", "siege": "Siege",
    "talks": "Negotiation",
    "agree": "Agreement", "movement": "Troop movement", "disrupt": "Disrupted weapons use",
    "base": "Headquarters or base established", "loot": "Looting/property destruction", "protest": "Peaceful protest",
    "fighting": "Armed clash", "destroy": "Shelling/artillery/missile attack",
    "other": "Other", "statement": "Statement",
    "kill": "Armed clash", "evacuate": "Non-violent transfer of territory",
    "transfer": "Non-violent transfer of territory", "bodies": "Attack", "riot": "Violent demonstration",
    "repress": "Excessive force against protesters", "intervene": "Protest with intervention",
    "group": "Change to group/activity",
}  # fmt: skip
_MOST_SPANS = 40
"""Words kept for one value of one event; a thing told a thousand times needs no more."""


@dataclass(kw_only=True, slots=True)
class Draft:
    """An event in the making. Dates are None where nothing dates it."""

    sort: str
    sub_event_type: str
    sentence: int
    paragraph: int
    trigger: Span
    where: list[Located]
    start: date | None
    end: date | None
    precision: str
    sense: str
    actors: list[str]
    targets: list[str]
    tolls: list[Toll]
    claimants: list[str]
    denied_by: list[str]
    hedged: bool
    confidence: float
    reasons: list[str]
    headline: bool = False
    definite: bool = False
    own_place: bool = True
    own_date: bool = True
    spans: dict[str, list[Span]] = field(default_factory=dict)


def type_of(sort: str, actors: Sequence[str]) -> str:
    """Sub-event type of a sort; who takes ground decides how its capture is called."""
    if sort == "capture":
        state = bool(actors) and actors[0] in _STATES
        return "Government regains territory" if state else "Non-state actor overtakes territory"
    return _TYPES[sort]


def alike(one: str, other: str) -> bool:
    """Whether two sorts can tell of one thing."""
    return one == other or {one, other} <= {"air", "bomb", "shell"} or {one, other} <= {"clash", "kill"} or {
        one, other} <= {"talks", "agree"}  # fmt: skip


def absorb(draft: Draft, other: Draft) -> None:
    """The same thing told twice: keep the first, add who and where the second knows more."""
    if draft.sort != "statement" or not draft.actors:  # a statement stays its speaker's alone
        draft.actors = list(dict.fromkeys([*draft.actors, *other.actors]))
    draft.targets = [t for t in dict.fromkeys([*draft.targets, *other.targets]) if t not in draft.actors]
    draft.claimants = list(dict.fromkeys([*draft.claimants, *other.claimants]))
    draft.denied_by = list(dict.fromkeys([*draft.denied_by, *other.denied_by]))
    draft.tolls += other.tolls[: max(0, _MOST_SPANS - len(draft.tolls))]
    draft.confidence = min(0.99, max(draft.confidence, other.confidence) + 0.03)
    for key, spans in other.spans.items():
        kept = draft.spans.setdefault(key, [])
        kept += [span for span in spans if len(kept) < _MOST_SPANS and span not in kept]
