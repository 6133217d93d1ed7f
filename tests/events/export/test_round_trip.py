"""What goes out in ACLED's and UCDP's columns comes in again: all of it, save what the README says is lost."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable
from pathlib import Path
from typing import Any

import duckdb
import pytest

from events import export
from events.atlas import Atlas
from events.export.acled_codes import GEO_PRECISION, TIME_PRECISION
from events.export.ucdp import number_of
from events.model import OURS, Event
from events.selection import Selection
from events.sources.source import open_source
from tests.events.export.conftest import imported


def back(atlas: Atlas, form: str, folder: Path) -> dict[str, dict[str, Any]]:
    """The events of an export as the importer reads them, by the id in the file."""
    target = folder / f"{form}.csv"
    with target.open("wb") as file:
        written = export.FORMATS[form].write(atlas, Selection(), file)
    connection = duckdb.connect()
    with open_source(target) as source:
        assert source.format == form
        staged = source.stage(connection, atlas.gazetteer)
    found = connection.execute("SELECT * FROM incoming")
    names = [column[0] for column in found.description]
    rows = [dict(zip(names, row, strict=True)) for row in found.fetchall()]
    assert len(rows) == written.events
    assert [str(issue) for issue in staged.issues] == []
    return {row["source_id"]: row for row in rows}


def parties(atlas: Atlas, event: Event) -> set[str]:
    return {atlas.actor(key).name_en for key in (*event.actors, *event.targets)}


def same_place(atlas: Atlas, event: Event, row: dict[str, Any]) -> bool:
    place = atlas.place(event.places[0])
    return (row["lat"], row["lon"], row["place_name"]) == (place.lat, place.lon, place.name_en)


def test_acled_comes_back(atlas: Atlas, tmp_path: Path) -> None:
    rows = back(atlas, "acled", tmp_path)
    assert rows
    for key, row in rows.items():
        event = atlas.dataset.events[key]
        assert row["event_type"] == event.event_type
        assert row["sub_event_type"] == ("Other" if event.sub_event_type in OURS else event.sub_event_type)
        assert row["date_start"] == event.date_start
        assert TIME_PRECISION[row["date_prec"]] == TIME_PRECISION[event.date_prec or 0]
        assert GEO_PRECISION[row["where_prec"]] == GEO_PRECISION[event.where_prec or 0]
        assert same_place(atlas, event, row)
        assert {*row["actors"], *row["targets"]} == parties(atlas, event)
        assert row["fatalities_low"] == event.fatalities_low
        assert event.title_en in row["note"]


def test_what_acled_has_no_column_for_can_be_read_from_the_tags(atlas: Atlas) -> None:
    out = io.BytesIO()
    export.FORMATS["acled"].write(atlas, Selection(), out)
    for row in csv.DictReader(io.StringIO(out.getvalue().decode("utf-8-sig"))):
        event = atlas.dataset.events[row["event_id_cnty"]]
        tags = dict(tag.split(": ", 1) for tag in row["tags"].split("; ") if tag)
        low = row["fatalities"] or None
        assert tags.get("furat type", row["sub_event_type"]) == event.sub_event_type
        assert tags.get("until", row["event_date"]) == str(event.date_end)
        assert int(tags.get("date precision", {"1": 1, "2": 2, "3": 4}[row["time_precision"]])) == event.date_prec
        assert int(tags.get("where precision", row["geo_precision"])) == event.where_prec
        told = {"low": event.fatalities_low, "best": event.fatalities_best, "high": event.fatalities_high}
        found = {"low": low, "best": tags.get("best", low), "high": tags.get("high", low)}
        said = {name: None if n is None else str(n) for name, n in told.items()}
        assert {name: None if n == "unknown" else n for name, n in found.items()} == said
        assert tags.get("civilians killed") == (None if event.civilians is None else str(event.civilians))


CORE = (
    "event_type", "sub_event_type", "date_start", "date_end", "date_prec", "place_en", "lat", "lon", "where_prec",
    "actors", "targets", "claimants", "fatalities_low", "fatalities_best", "fatalities_high", "civilians", "title_en",
)  # fmt: skip


@pytest.mark.parametrize("form", ["csv", "geojson", "geoparquet", "xlsx"])
def test_our_own_formats_come_back(atlas: Atlas, tmp_path: Path, form: str) -> None:
    target = tmp_path / f"x{export.FORMATS[form].suffix}"
    with target.open("w+b") as file:
        export.FORMATS[form].write(atlas, Selection(), file)
    there = export.records(imported(target, atlas), Selection())
    # An id of one file is no id of another, and a place without a name in Arabic bears the one it has.
    found = {row["id"].partition(":")[2].rpartition("_")[0]: row for row in there}
    for row in export.records(atlas, Selection()):
        assert {name: found[row["id"]][name] for name in CORE} == {name: row[name] for name in CORE}
        assert (found[row["id"]]["note"] or "").startswith(row["note"] or "")


@pytest.mark.parametrize("title", ["-5 أو أكثر", "=1+1", "＋x", "'=1", "'tis", "\u200f-x"])
def test_a_title_comes_back_without_what_disarmed_it(
    atlas: Atlas, noted: Callable[[str], Atlas], tmp_path: Path, title: str
) -> None:
    target = tmp_path / "x.csv"
    with target.open("wb") as file:
        export.FORMATS["csv"].write(noted(title), Selection(), file)
    (row,) = export.records(imported(target, atlas), Selection())
    # Directions at the ends of a cell are trimmed, as blanks are.
    assert (row["title_en"], row["note"]) == (title.strip("\u200f"), title.strip("\u200f"))


def test_ucdp_comes_back(atlas: Atlas, tmp_path: Path) -> None:
    rows = back(atlas, "ucdp", tmp_path)
    numbers = {str(number_of(key)): event for key, event in atlas.dataset.events.items()}
    assert rows
    for key, row in rows.items():
        event = numbers[key]
        assert (row["date_start"], row["date_end"], row["date_prec"]) == (
            event.date_start,
            event.date_end,
            event.date_prec,
        )
        assert row["where_prec"] == event.where_prec
        assert same_place(atlas, event, row)
        assert {*row["actors"], *row["targets"]} == parties(atlas, event)
        assert row["fatalities_low"] == event.fatalities_low
        assert row["fatalities_best"] == event.fatalities_best
        # Whoever reads UCDP takes an empty high for best; "at least" is not UCDP's to say.
        assert row["fatalities_high"] in (event.fatalities_high, event.fatalities_best)
        assert event.fatalities_high is None or row["fatalities_high"] == event.fatalities_high
        assert row["civilians"] == event.civilians


GED = """id,relid,year,active_year,type_of_violence,dyad_name,side_a,side_b,source_headline,where_prec,\
where_coordinates,adm_1,latitude,longitude,country,date_prec,date_start,date_end,deaths_a,deaths_b,deaths_civilians,deaths_unknown,low,\
best,high,gwnob
9001,SYR-1,2016,1,1,Government of X - Group Y,Government of X,Group Y,Clashes near a village,1,Hatla,Deir ez Zor \
Governorate,35.3500,40.2000,Syria,1,2016-01-02,2016-01-02,007,2,0,1,3,10,12,
9002,SYR-2,2016,0,3,Group Y - Civilians,Group Y,Civilians,=1+1,2,Somewhere at sea,,-35.25,-40.75,Syria,2,2016-01-02,\
2016-01-04,0,0,4,0,4,4,4,
"""


def test_what_came_from_ucdp_goes_out_as_it_came(atlas: Atlas, tmp_path: Path) -> None:
    table = tmp_path / "ged.csv"
    table.write_text(GED, encoding="utf-8")
    out = io.BytesIO()
    export.FORMATS["ucdp"].write(imported(table, atlas), Selection(), out)
    gone = {row["id"]: row for row in csv.DictReader(io.StringIO(out.getvalue().decode("utf-8-sig")))}
    came = {row["id"]: row for row in csv.DictReader(io.StringIO(GED))}
    assert gone.keys() == came.keys()
    for key, row in came.items():
        for column, value in row.items():
            assert gone[key][column] == ("'=1+1" if value == "=1+1" else value), (key, column)


ACLED = """event_id_cnty,event_date,year,time_precision,disorder_type,event_type,sub_event_type,actor1,assoc_actor_1,\
inter1,actor2,assoc_actor_2,inter2,interaction,civilian_targeting,iso,region,country,admin1,admin2,admin3,location,\
latitude,longitude,geo_precision,source,source_scale,notes,fatalities,tags,timestamp
SYR1,16 May 2019,2019,1,Political violence,Battles,Armed clash,Group X (Syria),Group Z; Group W,Rebel group,Group Y,,\
Political militia,Rebel group-Political militia,,760,Middle East,Syria,Idleb,Ariha,,Ariha,35.8140,36.6110,1,A; B,\
National,"On 16 May 2019, X and Y fought.",0,crowd size=no report,1560000000
"""


def test_what_came_from_acled_stays_here_unless_asked_for_and_then_goes_as_it_came(
    atlas: Atlas, tmp_path: Path
) -> None:
    table = tmp_path / "acled.csv"
    table.write_text(ACLED, encoding="utf-8")
    there = imported(table, atlas)
    out = io.BytesIO()
    assert export.FORMATS["acled"].write(there, Selection(), out).restricted == 1
    assert out.getvalue().decode("utf-8-sig").count("\r\n") == 1
    out = io.BytesIO()
    export.FORMATS["acled"].write(there, Selection(), out, include_restricted=True)
    assert out.getvalue().decode("utf-8-sig").replace("\r\n", "\n") == ACLED
