"""The values of `events`: reports, claims, events, and who they name.

Words and codes follow ACLED (event types) and UCDP GED (precision); see events/data/README.md.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Literal

from geo.place import Place

Stance = Literal["asserts", "denies", "unconfirmed"]
STANCES: tuple[Stance, ...] = ("asserts", "denies", "unconfirmed")

# ACLED's event types and sub-event types, spelled exactly, in ACLED's order. The last line of
# "Strategic developments" is ours; it leaves as "Strategic developments / Other".
SUB_EVENT_TYPES: dict[str, tuple[str, ...]] = {
    "Battles": (
        "Government regains territory",
        "Non-state actor overtakes territory",
        "Armed clash",
    ),
    "Protests": (
        "Excessive force against protesters",
        "Protest with intervention",
        "Peaceful protest",
    ),
    "Riots": ("Violent demonstration", "Mob violence"),
    "Explosions/Remote violence": (
        "Chemical weapon",
        "Air/drone strike",
        "Suicide bomb",
        "Shelling/artillery/missile attack",
        "Remote explosive/landmine/IED",
        "Grenade",
    ),
    "Violence against civilians": (
        "Sexual violence",
        "Attack",
        "Abduction/forced disappearance",
    ),
    "Strategic developments": (
        "Agreement",
        "Arrests",
        "Change to group/activity",
        "Disrupted weapons use",
        "Headquarters or base established",
        "Looting/property destruction",
        "Non-violent transfer of territory",
        "Other",
        *(OURS := ("Negotiation", "Displacement", "Siege", "Statement", "Troop movement", "Mass grave found")),
    ),
}

DATE_PREC = range(1, 6)
"""UCDP: 1 day, 2 two to six days, 3 week, 4 month, 5 year."""

WHERE_PREC = range(1, 8)
"""UCDP: 1 exact, 2 within about 25 km, 3 district, 4 governorate, 5 vague or linear, 6 country, 7 sea or air."""


@dataclass(frozen=True, kw_only=True)
class Report:
    """One text that tells of events; cited, never copied.

    published: day of publication, None where it is unknown. published_note: how that day is known.
    sha256: digest of the text's bytes, which ties paragraph numbers to one version of the text.
    """

    id: str
    publisher_en: str
    publisher_ar: str
    headline: str
    published: date | None
    published_note: str
    language: str
    url: str
    licence: str
    sha256: str


@dataclass(frozen=True, kw_only=True)
class Claim:
    """What one report says about one event, in one voice.

    paragraph: number of the paragraph in the report, counting non-empty lines from 1; None where nobody counted.
    spans: for each value coded ("sub_event_type", "date", "place", "actors" …) the words it came from, as
    (start, end) in characters of the report's text. Empty where only the paragraph is known.
    fatalities_low, fatalities_high: deaths this voice claims; None is "not said", never zero.
    """

    id: str
    event: str
    report: str
    claimant: str
    stance: Stance
    paragraph: int | None
    fatalities_low: int | None
    fatalities_high: int | None
    summary_en: str
    summary_ar: str
    spans: Mapping[str, tuple[tuple[int, int], ...]] = field(default_factory=dict)


@dataclass(frozen=True, kw_only=True)
class Event:
    """Our record of one thing that happened, citing one or more claims.

    date_start, date_end: first and last day, both None where no text dates it.
    places: ids of the gazetteer; the first is where it happened, further ones are adjoining places
    named in the same breath. Empty where no text names a place.
    actors did it (both sides of a clash); targets were hit where the act is one-sided.
    fatalities: None is "not said", never zero.
    confidence: of the reader, 0 to 1; None where a person coded the event. origin: "coded", "read", or the
    format it was imported from.
    """

    id: str
    event_type: str
    sub_event_type: str
    date_start: date | None
    date_end: date | None
    date_prec: int | None
    places: tuple[str, ...]
    where_prec: int | None
    actors: tuple[str, ...]
    targets: tuple[str, ...]
    fatalities_low: int | None
    fatalities_best: int | None
    fatalities_high: int | None
    civilians: int | None
    title_en: str
    title_ar: str
    note: str
    origin: str = "coded"
    confidence: float | None = None


@dataclass(frozen=True, kw_only=True)
class Side:
    """A camp of the war: what a map reader tells apart at first sight. colour: #rrggbb."""

    id: str
    name_en: str
    name_ar: str
    colour: str
    letter: str


@dataclass(frozen=True, kw_only=True)
class Actor:
    """Who fights, talks, flees or suffers. aliases: other names, both scripts."""

    id: str
    name_en: str
    name_ar: str
    side: str
    aliases: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class Claimant:
    """Who says so. actor: the actor's id where the voice is itself a party, else None."""

    id: str
    name_en: str
    name_ar: str
    kind: str
    actor: str | None


@dataclass(frozen=True, kw_only=True)
class Dataset:
    """Everything the tables hold, by id, in the tables' order. version: digest of the files."""

    reports: dict[str, Report]
    events: dict[str, Event]
    claims: dict[str, Claim]
    actors: dict[str, Actor]
    sides: dict[str, Side]
    claimants: dict[str, Claimant]
    version: str


@dataclass(frozen=True, kw_only=True)
class Batch:
    """Events that came together, such as those of the reports read in one sitting.

    Adding a batch whose id is there already replaces it. places: entries that the events name and no
    gazetteer holds, by id. Actors and claimants are ids of the data set it is added to.
    """

    id: str
    name: str
    reports: Mapping[str, Report]
    events: Mapping[str, Event]
    claims: Mapping[str, Claim]
    places: Mapping[str, Place] = field(default_factory=dict)


def killed(row: Mapping[str, Any]) -> tuple[int | None, int | None]:
    """The least and the most that were killed by an event's record: its best figure where no others are told."""
    low, high = row["fatalities_low"], row["fatalities_high"]
    return (low, high) if (low, high) != (None, None) else (row["fatalities_best"], row["fatalities_best"])
