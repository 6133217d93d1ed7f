"""The hand-kept tables: read from CSV, checked as a whole, handed on as one `Dataset`.

All faults of all files are collected before anything is raised, so that a coder mends a
spreadsheet once and not twenty times.
"""

from __future__ import annotations

import csv
import hashlib
import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Protocol, TypeVar

from events.csv_sheet import CsvSheet
from events.errors import RowIssue, TableError
from events.model import (
    DATE_PREC,
    STANCES,
    SUB_EVENT_TYPES,
    WHERE_PREC,
    Actor,
    Claim,
    Claimant,
    Dataset,
    Event,
    Report,
    Side,
)
from geo.gazetteer import Gazetteer, load_gazetteer
from geo.place import Place

DATA = Path(__file__).parent / "data"
TABLES_BATCH = "tables"
"""Id of the batch that the hand-kept tables are in a store."""
TABLES = ("sides", "actors", "claimants", "reports", "events", "claims")
COLUMNS = {
    "sides": ("id", "name_en", "name_ar", "colour", "letter"),
    "actors": ("id", "name_en", "name_ar", "side", "aliases"),
    "claimants": ("id", "name_en", "name_ar", "kind", "actor"),
    "reports": (
        "id", "publisher_en", "publisher_ar", "headline", "published", "published_note", "language", "url", "licence",
        "sha256",
    ),
    "events": (
        "id", "event_type", "sub_event_type", "date_start", "date_end", "date_prec", "places", "where_prec",
        "actors", "targets", "fatalities_low", "fatalities_best", "fatalities_high", "civilians",
        "title_en", "title_ar", "note",
    ),
    "claims": (
        "id", "event", "report", "claimant", "stance", "paragraph", "fatalities_low", "fatalities_high",
        "summary_en", "summary_ar",
    ),
}  # fmt: skip


FOREIGN_ACTORS = DATA / "foreign_actors.csv"

T = TypeVar("T")


class Places(Protocol):
    """What the tables ask of a gazetteer."""

    def __contains__(self, place_id: object) -> bool: ...

    def get(self, place_id: str) -> Place:
        """The place with this id."""
        ...

    def country_of(self, place_id: str) -> str | None:
        """Id of the country the place lies in, or None."""
        ...


@dataclass(frozen=True, kw_only=True)
class Tables:
    """The hand-kept tables, and the gazetteer that their places are from."""

    dataset: Dataset
    gazetteer: Gazetteer


def load_tables(folder: Path = DATA, *, extra_places: tuple[Path, ...] = ()) -> Tables:
    """The tables of a folder. extra_places: place files added by `python -m geo add`. Raises TableError."""
    gazetteer = load_gazetteer(extra_places)
    # A test has held our own tables against the outlines.
    return Tables(dataset=load_dataset(places=gazetteer, folder=folder, outlines=folder != DATA), gazetteer=gazetteer)


def dataset_digest(dataset: Dataset, gazetteer: Gazetteer) -> str:
    """Changes with the tables and with the places they name."""
    digest = hashlib.sha256(dataset.version.encode())
    for key in sorted({key for event in dataset.events.values() for key in event.places}):
        place = gazetteer.get(key)
        digest.update(f"{place.id}\t{place.lat}\t{place.lon}\t{place.name_en}\t{place.name_ar}\n".encode())
    return digest.hexdigest()


def load_dataset(*, places: Places, folder: Path = DATA, outlines: bool = True) -> Dataset:
    """The hand-kept tables of a folder, checked against each other and against a gazetteer.

    outlines: whether each place is also held against the outlines of the countries, which takes as long as all else.
    Raises TableError, which lists every fault by file, line and column.
    """
    raw = {name: _bytes(folder / f"{name}.csv") for name in TABLES}
    issues: list[RowIssue] = []
    lines: dict[str, int] = {}

    def table(name: str, build: Callable[[CsvSheet], T]) -> dict[str, T]:
        rows: dict[str, T] = {}
        sheet = CsvSheet(file=f"{name}.csv", issues=issues)
        for _ in sheet.rows(raw[name], COLUMNS[name]):
            key = sheet.text("id")
            if key in rows:
                sheet.fault("id", f"repeats {key!r}; every id stands once")
            rows[key] = build(sheet)
            if name == "events":
                lines[key] = sheet.line
        if sheet.unreadable:
            # Every reference to an unread table would be one more fault that is none.
            raise TableError(issues)
        return rows

    sides = table("sides", _side)
    actors = table("actors", lambda s: _actor(s, sides))
    claimants = table("claimants", lambda s: _claimant(s, actors))
    reports = table("reports", _report)
    events = table("events", lambda s: _event(s, places, actors, outlines=outlines))
    claims = table("claims", lambda s: _claim(s, events, reports, claimants))
    claimed = {claim.event for claim in claims.values()}
    for key in events.keys() - claimed:
        reason = f"{key!r} has no claim; every event cites at least one row of claims.csv"
        issues.append(RowIssue(file="events.csv", line=lines[key], column="id", reason=reason))
    if issues:
        raise TableError(issues)
    return Dataset(
        reports=reports,
        events=events,
        claims=claims,
        actors=actors,
        sides=sides,
        claimants=claimants,
        version=hashlib.sha256(b"".join(raw[name] for name in TABLES)).hexdigest()[:12],
    )


def load_foreign_actors() -> tuple[tuple[str, str, str, str], ...]:
    """How other codebooks name parties: (name, our actor id or "", side or "", Arabic name or "")."""
    with FOREIGN_ACTORS.open(encoding="utf-8", newline="") as file:
        return tuple((row["name"], row["actor"], row["side"], row["name_ar"]) for row in csv.DictReader(file))


def _bytes(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        reason = (
            f"cannot be read ({error.strerror}); the folder must hold {', '.join(f'{name}.csv' for name in TABLES)}"
        )
        raise TableError([RowIssue(file=path.name, line=1, column="", reason=reason)]) from error


def _side(s: CsvSheet) -> Side:
    colour, letter = s.text("colour"), s.text("letter")
    if not re.fullmatch(r"#[0-9a-f]{6}", colour):
        s.fault("colour", f"holds {colour!r}; expected a colour such as #c0392b")
    if len(letter) != 1:
        s.fault("letter", f"holds {letter!r}; expected one letter")
    return Side(id=s.text("id"), name_en=s.text("name_en"), name_ar=s.text("name_ar"), colour=colour, letter=letter)


def _actor(s: CsvSheet, sides: dict[str, Side]) -> Actor:
    return Actor(
        id=s.text("id"),
        name_en=s.text("name_en"),
        name_ar=s.text("name_ar"),
        side=s.one_of("side", sides, "a side's id from sides.csv"),
        aliases=tuple(a.strip() for a in s.row["aliases"].split("|") if a.strip()),
    )


def _claimant(s: CsvSheet, actors: dict[str, Actor]) -> Claimant:
    return Claimant(
        id=s.text("id"),
        name_en=s.text("name_en"),
        name_ar=s.text("name_ar"),
        kind=s.text("kind"),
        actor=s.one_of("actor", actors, "an actor's id from actors.csv or nothing", required=False) or None,
    )


def _report(s: CsvSheet) -> Report:
    return Report(
        id=s.text("id"),
        publisher_en=s.text("publisher_en"),
        publisher_ar=s.text("publisher_ar"),
        headline=s.text("headline"),
        published=s.day("published", required=True) or date.min,
        published_note=s.text("published_note", required=False),
        language=s.text("language"),
        url=s.text("url", required=False),
        licence=s.text("licence"),
        sha256=s.text("sha256"),
    )


def _event(s: CsvSheet, places: Places, actors: dict[str, Actor], *, outlines: bool) -> Event:
    event_type = s.one_of("event_type", SUB_EVENT_TYPES, f"one of {', '.join(SUB_EVENT_TYPES)}")
    subs = SUB_EVENT_TYPES.get(event_type, ())
    start, end, date_prec = s.day("date_start"), s.day("date_end"), s.whole("date_prec", DATE_PREC)
    if (start is None) != (end is None) or (start is None) != (date_prec is None):
        s.fault("date_start", "date_start, date_end and date_prec stand together: give all three or none")
    elif start and end and end < start:
        s.fault("date_end", f"is {end}, before date_start {start}; dates run forward")
    elif start != end and date_prec == 1:
        s.fault("date_prec", f"is 1, one day, but the event runs from {start} to {end}; use 2 to 5")
    where, where_prec = s.list_of("places", places, "place ids of the gazetteer"), s.whole("where_prec", WHERE_PREC)
    for place_id in where:
        if outlines and place_id in places:
            _in_its_country(s, places, place_id)
    if bool(where) != (where_prec is not None):
        s.fault("where_prec", "places and where_prec stand together: give both or none")
    low, best, high = (s.whole(f"fatalities_{part}") for part in ("low", "best", "high"))
    told = [value for value in (low, best, high) if value is not None]
    if told != sorted(told):
        s.fault("fatalities_low", f"low, best, high are {low}, {best}, {high}; expected rising numbers")
    return Event(
        id=s.text("id"),
        event_type=event_type,
        sub_event_type=s.one_of("sub_event_type", subs, f"a sub-event type of {event_type}: {', '.join(subs)}"),
        date_start=start,
        date_end=end,
        date_prec=date_prec,
        places=where,
        where_prec=where_prec,
        actors=s.list_of("actors", actors, "actor ids from actors.csv"),
        targets=s.list_of("targets", actors, "actor ids from actors.csv"),
        fatalities_low=low,
        fatalities_best=best,
        fatalities_high=high,
        civilians=s.whole("civilians"),
        title_en=s.text("title_en"),
        title_ar=s.text("title_ar"),
        note=s.text("note", required=False),
    )


def _in_its_country(s: CsvSheet, places: Places, place_id: str) -> None:
    """A place whose point lies in another country than the gazetteer says would put the event on the wrong soil."""
    from geo.boundaries import country_at  # brings shapely, which our own tables are read without

    place, country = places.get(place_id), places.country_of(place_id)
    found = country_at(lat=place.lat, lon=place.lon)
    if country is not None and found != country:
        s.fault(
            "places",
            f"names {place_id!r}, said to lie in {country}, but its point {place.lat}, {place.lon} lies in "
            f"{found or 'no country'}; correct the gazetteer",
        )


def _claim(s: CsvSheet, events: dict[str, Event], reports: dict[str, Report], claimants: dict[str, Claimant]) -> Claim:
    low, high = s.whole("fatalities_low"), s.whole("fatalities_high")
    if low is not None and high is not None and high < low:
        s.fault("fatalities_high", f"is {high}, below fatalities_low {low}")
    return Claim(
        id=s.text("id"),
        event=s.one_of("event", events, "an event's id from events.csv"),
        report=s.one_of("report", reports, "a report's id from reports.csv"),
        claimant=s.one_of("claimant", claimants, "a claimant's id from claimants.csv"),
        stance=s.one_of("stance", STANCES, f"one of {', '.join(STANCES)}"),  # type: ignore[arg-type]
        paragraph=_paragraph(s),
        fatalities_low=low,
        fatalities_high=high,
        summary_en=s.text("summary_en"),
        summary_ar=s.text("summary_ar"),
    )


def _paragraph(s: CsvSheet) -> int:
    """Every claim points at a paragraph."""
    s.text("paragraph")
    return s.whole("paragraph", range(1, 10_000)) or 0
