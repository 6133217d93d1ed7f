"""The selection in the columns of UCDP GED, and the text that says how our coding became theirs."""

from __future__ import annotations

import hashlib
import math
import re
from typing import Any, BinaryIO

from events.atlas import Atlas
from events.engines.schema import Row
from events.export.areas import Areas, countries
from events.export.cited import reports_of
from events.export.companion import companion
from events.export.originals import write_coded
from events.export.record import once
from events.export.sides import Sides, home_of, is_state, sides_of
from events.export.spreadsheet import listed
from events.export.streaming import Progress
from events.export.written import Written
from events.model import Actor
from events.selection import Selection

COLUMNS = (
    "id", "relid", "year", "active_year", "code_status", "type_of_violence", "conflict_dset_id", "conflict_new_id",
    "conflict_name", "dyad_dset_id", "dyad_new_id", "dyad_name", "side_a_dset_id", "side_a_new_id", "side_a",
    "side_b_dset_id", "side_b_new_id", "side_b", "number_of_sources", "source_article", "source_office", "source_date",
    "source_headline", "source_original", "where_prec", "where_coordinates", "where_description", "adm_1", "adm_2",
    "latitude", "longitude", "geom_wkt", "priogrid_gid", "country", "country_id", "region", "event_clarity",
    "date_prec", "date_start", "date_end", "deaths_a", "deaths_b", "deaths_civilians", "deaths_unknown", "best", "high",
    "low", "gwnoa", "gwnob",
)  # fmt: skip
"""The 49 columns of UCDP GED 23.1 and later, by the UCDP GED Codebook (ucdp.uu.se)."""

ORIGIN = "ucdp"
"""Origin of events imported from UCDP; the store names them by it and UCDP's own id."""
STATE_BASED, NON_STATE, ONE_SIDED = 1, 2, 3
_VIOLENT = ("Battles", "Explosions/Remote violence", "Violence against civilians")
_NO_STATE_NEEDED = "Excessive force against protesters"

NOT_VIOLENT = "they are no use of armed force, and UCDP codes nothing else"
ONE_PARTY = "fewer than two parties are named, and UCDP codes pairs"
UNDATED = "no text dates them, and UCDP dates every event"
NOWHERE = "no text names a place, and UCDP places every event"


def write_ucdp(
    atlas: Atlas,
    selection: Selection,
    out: BinaryIO,
    *,
    include_restricted: bool = False,
    progress: Progress | None = None,
) -> Written:
    """Write the selection as CSV in UCDP GED's columns (UTF-8 with byte-order mark), safe to open in a spreadsheet."""
    return write_coded(
        atlas, selection, out, origin=ORIGIN, columns=COLUMNS, omitted=omitted, told=Rows(atlas).of,
        include_restricted=include_restricted, progress=progress,
    )  # fmt: skip


def omitted(row: Row) -> str:
    """Why UCDP's columns cannot hold an event, "" where they can."""
    if row["event_type"] not in _VIOLENT and row["sub_event_type"] != _NO_STATE_NEEDED:
        return NOT_VIOLENT
    if len({party["actor"] for party in row["parties"]}) < 2 or not any(p["role"] == "actor" for p in row["parties"]):
        return ONE_PARTY
    if row["date_start"] is None:
        return UNDATED
    return NOWHERE if row["place"] is None else ""


def number_of(event: str) -> int:
    """A number for an event id, since UCDP's ids are numbers: its own where UCDP gave one, else one of ours.

    Ours is the same every time; below 2**53, so that JSON keeps it exact, and from 10**9 on, beyond UCDP's.
    """
    given = event.removeprefix(f"{ORIGIN}:")
    if given != event and re.fullmatch("[1-9][0-9]{0,8}", given):
        return int(given)
    digest = hashlib.sha256(event.encode()).digest()
    return 10**9 + int.from_bytes(digest[:8], "big") % (2**53 - 10**9)


def priogrid_gid(*, lat: float, lon: float) -> int:
    """The cell of PRIO-GRID (Tollefsen, Strand and Buhaug 2012) at a point: half degrees, counted from 1 at 90° S,
    180° W eastward and then northward.
    """
    row = min(math.floor((lat + 90) * 2), 359)
    column = min(math.floor((lon + 180) * 2), 719)
    return row * 720 + column + 1


class Rows:
    """Rows of the store as rows of UCDP GED."""

    def __init__(self, atlas: Atlas) -> None:
        self._atlas, self._areas = atlas, Areas(atlas)

    def of(self, row: Row) -> dict[str, Any]:
        """One event that is not `omitted`, by UCDP's columns; None where a cell stays empty."""
        area = self._areas.of(row["places"][0])
        return dict.fromkeys(COLUMNS) | {
            "id": number_of(row["id"]),
            "relid": row["id"],
            "year": row["date_start"].year,
            **self._parties(row),
            **self._sources(row),
            "where_prec": row["where_prec"],
            "where_coordinates": row["places"][0]["name_en"],
            "where_description": listed([site["name_en"] for site in row["places"]])
            if len(row["places"]) > 1
            else None,
            "adm_1": area.adm_1,
            "adm_2": area.adm_2,
            "latitude": row["lat"],
            "longitude": row["lon"],
            "geom_wkt": f"POINT ({row['lon']} {row['lat']})",
            "priogrid_gid": priogrid_gid(lat=row["lat"], lon=row["lon"]),
            "country": area.country,
            "country_id": _whole(area.codes.gwno),
            "region": area.codes.ucdp_region,
            "event_clarity": 1 if row["date_prec"] <= 2 and len(row["places"]) == 1 else 2,
            "date_prec": row["date_prec"],
            "date_start": row["date_start"],
            "date_end": row["date_end"],
            **_deaths(row),
        }

    def _parties(self, row: Row) -> dict[str, Any]:
        sides = sides_of(self._atlas, row["parties"])
        kind = type_of_violence(sides)
        first, second = (sides.first, *sides.with_first), (sides.second, *sides.with_second)
        if kind == STATE_BASED and not _state_in((sides.first,)):
            first, second = second, first
        name_a, name_b = _names(first), _names(second)
        return {
            "type_of_violence": kind,
            "dyad_name": f"{name_a} - {name_b}",
            # UCDP names a state-based conflict by what it is about, which we do not code.
            "conflict_name": None if kind == STATE_BASED else f"{name_a} - {name_b}",
            "side_a": name_a,
            "side_b": name_b,
            "gwnoa": _number(first),
            "gwnob": _number(second),
        }

    def _sources(self, row: Row) -> dict[str, Any]:
        reports = reports_of(row)
        days = [r.published.isoformat() if r.published else "" for r in reports]
        articles = [f'"{r.publisher_en},{day},{r.headline}"' for r, day in zip(reports, days, strict=True)]
        voices = once(self._atlas.claimant(claim["claimant"]).name_en for claim in row["claims"])
        return {
            "number_of_sources": len(reports),
            "source_article": ";".join(article.replace(";", ",") for article in articles),
            "source_office": listed([r.publisher_en for r in reports]),
            "source_date": listed(days),
            "source_headline": listed([r.headline for r in reports]),
            "source_original": listed(voices),
        }


def type_of_violence(sides: Sides) -> int:
    """UCDP's, by the first party of either side: 3 where one are civilians, 1 where one is a state, else 2."""
    if any(actor is not None and actor.side == "civilians" for actor in (sides.first, sides.second)):
        return ONE_SIDED
    return STATE_BASED if _state_in((sides.first, sides.second)) else NON_STATE


def _state_in(actors: tuple[Actor | None, ...]) -> bool:
    return any(actor is not None and is_state(actor) for actor in actors)


def _names(actors: tuple[Actor | None, ...]) -> str:
    """The parties of one side, as UCDP joins them."""
    return ", ".join(actor.name_en for actor in actors if actor is not None)


def _number(actors: tuple[Actor | None, ...]) -> int | None:
    """Gleditsch and Ward's number of the first party, where that is a state."""
    home = home_of(actors[0]) if actors[0] else ""
    return _whole(countries()[home].gwno) if home else None


def _whole(text: str) -> int | None:
    return int(text) if text else None


def _deaths(row: Row) -> dict[str, int | None]:
    """Deaths; whose they are we know of civilians only, the rest of `best` is unknown."""
    best, civilians = row["fatalities_best"], row["civilians"]
    unknown = None if best is None else max(best - (civilians or 0), 0)
    return {
        "deaths_civilians": civilians,
        "deaths_unknown": unknown,
        "best": best,
        "high": row["fatalities_high"],
        "low": row["fatalities_low"],
    }


def ucdp_readme(atlas: Atlas, selection: Selection, written: Written) -> str:
    """The text that goes with the file."""
    return companion(
        atlas,
        selection,
        written,
        title="Events of Furat in the columns of UCDP GED",
        intro=(
            "The columns are those of the UCDP Georeferenced Event Dataset (codebook of version 23.1, ucdp.uu.se). The "
            "events are not UCDP's: Furat coded them from its own sources, and this mapping is Furat's. Do not cite "
            "them as UCDP. UCDP holds only events with at least one death; this file also holds those whose deaths "
            "nobody counted. Keep the rows with low, best or high above 0 for UCDP's own definition."
        ),
        columns=_MAPPING,
        lost=_LOST,
    )


_MAPPING = {
    "(every column)": "events that came from UCDP GED go out as they came in; what follows is for all others.",
    "id": "a number made from our event id (SHA-256, 53 bits), the same in every export.",
    "relid": "our event id.",
    "year, date_start, date_end, date_prec": "as coded; our scale is UCDP's.",
    "active_year, code_status": "empty: UCDP counts 25 deaths a year for a pair, and reviews; we do neither.",
    "type_of_violence": (
        "by the first party of either side: 3 where one are civilians; else 1 where one is a state (a country, the "
        "Syrian government, the coalition); else 2."
    ),
    "conflict_name": "the pair's name, as UCDP does outside state-based conflict; there empty.",
    "dyad_name": "side_a - side_b.",
    "conflict_dset_id, conflict_new_id, dyad_dset_id, dyad_new_id, side_a_dset_id, side_a_new_id, side_b_dset_id, "
    "side_b_new_id": "empty: the numbers are UCDP's to give.",
    "side_a, side_b": (
        "actors against targets; where all are actors, the first and its friends against the first from another camp "
        "(government with Russia and Iran; SDF with the coalition) and its friends. Joined by commas, as UCDP joins "
        "them. In state-based violence the state is side_a. Names are Furat's, not UCDP's."
    ),
    "number_of_sources": "number of reports.",
    "source_article, source_office, source_date, source_headline": "publisher, date and headline of each report.",
    "source_original": "the claimants.",
    "where_prec": "as coded; our scale is UCDP's.",
    "where_coordinates, latitude, longitude, geom_wkt": "the first place of the event, degrees WGS 84.",
    "where_description": "all places of an event told of several, else empty.",
    "adm_1, adm_2, country": (
        "from Furat's gazetteer; where it names no governorate, from the boundaries around the point."
    ),
    "priogrid_gid": "the half-degree cell of PRIO-GRID (Tollefsen, Strand and Buhaug 2012), computed from the point.",
    "country_id, gwnoa, gwnob": "Gleditsch and Ward's numbers; gwnoa and gwnob where the first party is a state.",
    "region": "follows from the country's number, as in the UCDP/PRIO codebook.",
    "event_clarity": "2 where the date is no finer than a week or several places are told of at once, else 1.",
    "best, high, low": "as coded; empty where nobody says. 'At least 30' has low and best 30 and an empty high.",
    "deaths_civilians, deaths_unknown": "civilians as coded; the rest of best is of unknown status.",
    "deaths_a, deaths_b": "empty: we do not code them.",
}
_LOST = (
    "event and sub-event types, titles, summaries and notes; which claimant speaks in which report, who denies what, "
    "which paragraph says it, and the figures of each claim; the reports' addresses; the points of further places of "
    "an event told of several; a place's kind and radius and its Arabic name; whether a person or the reader coded the "
    "event and the reader's confidence; and which of several parties acted and which were hit"
)
