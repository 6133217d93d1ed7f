"""The selection in ACLED's 31 columns, and the text that says how our coding became theirs."""

from __future__ import annotations

from datetime import date
from typing import Any, BinaryIO

from events.atlas import Atlas
from events.engines.schema import Row
from events.export import acled_codes as codes
from events.export.areas import Areas
from events.export.cited import reports_of
from events.export.companion import companion
from events.export.originals import write_coded
from events.export.record import once
from events.export.sides import sides_of
from events.export.spreadsheet import listed
from events.export.streaming import Progress
from events.export.written import Written
from events.model import OURS, killed
from events.selection import Selection

ORIGIN = "acled"
"""Origin of events imported from ACLED."""
NOBODY_SAYS = "unknown"
UNDATED = "no text dates them, and ACLED dates every event"
YEAR_ONLY = "their date is known to the year only, and ACLED goes no coarser than a month"
NOWHERE = "no text names a place, and ACLED places every event"
COUNTRY_ONLY = "their place is known to the country only or lies at sea or in the air, and ACLED goes no coarser"


def write_acled(
    atlas: Atlas,
    selection: Selection,
    out: BinaryIO,
    *,
    include_restricted: bool = False,
    progress: Progress | None = None,
) -> Written:
    """Write the selection as CSV in ACLED's columns (UTF-8, byte-order mark), text safe to open in a spreadsheet."""
    return write_coded(
        atlas, selection, out, origin=ORIGIN, columns=codes.COLUMNS, omitted=omitted, told=Rows(atlas).of,
        include_restricted=include_restricted, progress=progress,
    )  # fmt: skip


def omitted(row: Row) -> str:
    """Why ACLED's columns cannot hold an event, "" where they can."""
    if row["date_start"] is None:
        return UNDATED
    if row["date_prec"] not in codes.TIME_PRECISION:
        return YEAR_ONLY
    if row["place"] is None:
        return NOWHERE
    return "" if row["where_prec"] in codes.GEO_PRECISION else COUNTRY_ONLY


class Rows:
    """Rows of the store as rows of ACLED."""

    def __init__(self, atlas: Atlas) -> None:
        self._atlas, self._areas = atlas, Areas(atlas)

    def of(self, row: Row) -> dict[str, Any]:
        """One event that is not `omitted`, by ACLED's columns; None where a cell stays empty."""
        area = self._areas.of(row["places"][0])
        event_type, sub_event_type = codes.event_types(row["event_type"], row["sub_event_type"])
        return {
            "event_id_cnty": row["id"],
            "event_date": row["date_start"],
            "year": row["date_start"].year,
            "time_precision": codes.TIME_PRECISION[row["date_prec"]],
            "disorder_type": codes.disorder_type(event_type, sub_event_type),
            "event_type": event_type,
            "sub_event_type": sub_event_type,
            **self._parties(row, area.country_id),
            "iso": int(area.codes.iso) if area.codes.iso else None,
            "region": area.codes.acled_region,
            "country": area.country,
            "admin1": area.adm_1.removesuffix(" Governorate"),
            "admin2": area.adm_2.removesuffix(" District"),
            "admin3": area.adm_3.removesuffix(" Subdistrict"),
            "location": row["places"][0]["name_en"],
            "latitude": row["lat"],
            "longitude": row["lon"],
            "geo_precision": codes.GEO_PRECISION[row["where_prec"]],
            "source": listed(once(report.publisher_en for report in reports_of(row))),
            "source_scale": None,
            "notes": self._notes(row),
            "fatalities": killed(row)[0],
            "tags": listed([f"{name}: {value}" for name, value in _rest(row).items()]),
            "timestamp": None,
        }

    def _parties(self, row: Row, country: str) -> dict[str, str]:
        sides = sides_of(self._atlas, row["parties"])
        first = codes.inter(sides.first, row["event_type"], country)
        second = codes.inter(sides.second, row["event_type"], country)
        return {
            "actor1": sides.first.name_en if sides.first else "",
            "assoc_actor_1": listed([actor.name_en for actor in sides.with_first]),
            "inter1": first,
            "actor2": sides.second.name_en if sides.second else "",
            "assoc_actor_2": listed([actor.name_en for actor in sides.with_second]),
            "inter2": second,
            "interaction": codes.interaction(first, second),
            "civilian_targeting": codes.civilian_targeting(row["event_type"], row["sub_event_type"], sides.second),
        }

    def _notes(self, row: Row) -> str:
        told = [row["title_en"] or row["title_ar"] or ""]
        for claim in row["claims"]:
            said = claim["summary_en"] or claim["summary_ar"]
            if said:
                told.append(f"{self._atlas.claimant(claim['claimant']).name_en} ({claim['stance']}): {said}")
        return " | ".join(part for part in told if part)


def _rest(row: Row) -> dict[str, Any]:
    """What ACLED has no column for, as tags; only where it cannot be read from the columns."""
    ours = {
        "furat type": row["sub_event_type"] if row["sub_event_type"] in OURS else None,
        "until": _iso(row["date_end"]) if row["date_end"] != row["date_start"] else None,
        "date precision": row["date_prec"] if row["date_prec"] == 3 else None,
        "where precision": row["where_prec"] if row["where_prec"] > 3 else None,
        "best": _beside(row["fatalities_best"], killed(row)[0]),
        "high": _beside(row["fatalities_high"], killed(row)[0]),
        "civilians killed": row["civilians"],
    }
    return {name: value for name, value in ours.items() if value is not None}


def _beside(figure: int | None, fatalities: int | None) -> int | str | None:
    """A further figure of deaths, None where it says what the column says; "at least 50" has none above it."""
    if figure == fatalities:
        return None
    return NOBODY_SAYS if figure is None else figure


def _iso(day: date | None) -> str | None:
    return day.isoformat() if day else None


def acled_readme(atlas: Atlas, selection: Selection, written: Written) -> str:
    """The text that goes with the file."""
    return companion(
        atlas,
        selection,
        written,
        title="Events of Furat in the columns of ACLED",
        intro=(
            "The columns are those of the ACLED Codebook (acleddata.com, as of 2024), in its order. The events are not "
            "ACLED's: Furat coded them from its own sources, and this mapping is Furat's. Do not cite them as ACLED."
        ),
        columns=_MAPPING,
        lost=_LOST,
    )


_MAPPING = {
    "(every column)": "events that came from ACLED, where they may go out at all, go out as they came in.",
    "event_id_cnty": "our event id.",
    "event_date, year": "the first day. ACLED would take the middle of a period; the last day is in tags as 'until'.",
    "time_precision": "1 a day; 2 two days to a week (our date_prec 2 and 3, 3 named in tags); 3 a month (4).",
    "disorder_type": "follows from the sub-event type, by ACLED's table.",
    "event_type, sub_event_type": (
        "as coded. Negotiation, Displacement, Siege, Statement, Troop movement and Mass grave found are types of ours: "
        "they become Strategic developments / Other and are named in tags as 'furat type'."
    ),
    "actor1, actor2": (
        "actor1 is the first actor, actor2 the first target. In a fight that has actors only, actor2 is the first of "
        "them from another camp (government with Russia and Iran; SDF with the coalition; everybody else alone), else "
        "the second. actor1 is empty where nobody is said to have done it. Names are Furat's, not ACLED's."
    ),
    "assoc_actor_1, assoc_actor_2": "the other actors and targets, on the side they belong to.",
    "inter1, inter2": (
        "by side: government State forces; Islamic State, SDF, opposition and armed groups of no side Rebel group; "
        "pro-government militias and unidentified Political militia; tribal leaders Identity militia; civilians "
        "Civilians, Protesters in protests and Rioters in riots; states outside their own country, the coalition and "
        "Iran's allies External/Other forces."
    ),
    "interaction": "inter1 and inter2 in ACLED's order, 'X only' where there is one.",
    "civilian_targeting": (
        f"'{codes.CIVILIANS}' for violence against civilians, excessive force against protesters, and explosions "
        "and riots whose actor2 are civilians; else empty."
    ),
    "iso, region, country, admin1, admin2, admin3": (
        "from Furat's gazetteer; where it names no governorate, from the boundaries around the point. region is ours."
    ),
    "location, latitude, longitude": "the first place of the event, degrees WGS 84.",
    "geo_precision": "1 exact; 2 within about 25 km; 3 a district, governorate or vague area (our where_prec 3 to 5; "
    "4 and 5 named in tags).",
    "source": "publishers of the reports.",
    "source_scale, timestamp": "empty: we do not code them.",
    "notes": "our English title, then what each voice says: claimant (asserts, denies or unconfirmed): summary.",
    "fatalities": (
        "the low figure. Empty where nobody gives one: ACLED writes 0 there, we keep absent apart from zero. 'best' "
        f"and 'high' stand in tags where they differ, as '{NOBODY_SAYS}' where only the low figure is known ('at least "
        "50'); so does 'civilians killed' where it is known."
    ),
    "tags": "what has no column, as 'name: value; name: value'.",
}
_LOST = (
    "the reports' headlines, days and addresses, which claim stands in which of them and where, and the figures of "
    "each claim; further places of an event told of several; a place's kind and radius and its Arabic name; Arabic "
    "titles and summaries, the coder's note, whether a person or the reader coded the event and the reader's "
    "confidence; and whether actor2 was hit or fought back"
)
