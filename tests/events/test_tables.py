"""The hand-kept tables: what is in them holds together, and what would not is named by file, line and column."""

from __future__ import annotations

import csv
import shutil
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from events.atlas import Atlas
from events.errors import TableError
from events.model import SUB_EVENT_TYPES
from events.tables import COLUMNS, DATA, TABLES, load_dataset

MISSION = {"raqqa", "deir_ez_zor", "mayadin", "abu_fas", "al_bukamal"}
Spoil = Callable[[str, str, dict[str, str]], Path]


@pytest.fixture
def spoil(tmp_path: Path) -> Spoil:
    """Change cells of one row (found by its id) in a copy of the tables."""

    def change(table: str, row_id: str, cells: dict[str, str]) -> Path:
        for name in TABLES:
            shutil.copy(DATA / f"{name}.csv", tmp_path)
        path = tmp_path / f"{table}.csv"
        with path.open(encoding="utf-8", newline="") as file:
            rows = list(csv.DictReader(file))
        for row in rows:
            if row["id"] == row_id:
                row.update(cells)
        with path.open("w", encoding="utf-8", newline="") as file:
            writer = csv.DictWriter(file, COLUMNS[table])
            writer.writeheader()
            writer.writerows(rows)
        return tmp_path

    return change


def faults(atlas: Atlas, folder: Path) -> list[tuple[str, str]]:
    with pytest.raises(TableError) as caught:
        load_dataset(places=atlas.gazetteer, folder=folder)
    return [(issue.file, issue.column) for issue in caught.value.issues]


def test_the_five_places_of_the_mission_have_events(atlas: Atlas) -> None:
    assert {place for event in atlas.dataset.events.values() for place in event.places} >= MISSION


def test_all_five_reports_are_coded(atlas: Atlas) -> None:
    cited = {claim.report for claim in atlas.dataset.claims.values()}
    assert len(atlas.dataset.reports) == 5
    assert cited == set(atlas.dataset.reports)
    assert 40 <= len(atlas.dataset.events) <= 60


def test_nothing_that_happened_in_syria_is_dated_outside_2017(atlas: Atlas) -> None:
    for event in atlas.dataset.events.values():
        if event.date_start:
            assert event.date_start.year == event.date_end.year == 2017  # type: ignore[union-attr]


def test_no_event_is_later_than_the_last_report_that_tells_of_it(atlas: Atlas) -> None:
    for event in atlas.dataset.events.values():
        told = [
            atlas.dataset.reports[claim.report].published
            for claim in atlas.dataset.claims.values()
            if claim.event == event.id
        ]
        assert event.date_end is None or event.date_end <= max(told), event.id


def test_claims_that_disagree_stand_side_by_side(atlas: Atlas) -> None:
    stances: dict[str, set[str]] = {}
    for claim in atlas.dataset.claims.values():
        stances.setdefault(claim.event, set()).add(claim.stance)
    assert sum({"asserts", "denies"} <= found for found in stances.values()) >= 2


def test_the_attack_on_abu_fas_keeps_both_figures(atlas: Atlas) -> None:
    figures = {
        (claim.claimant, claim.fatalities_low, claim.fatalities_high)
        for claim in atlas.dataset.claims.values()
        if claim.event == "abu_fas_car_bombs_2017_10_12"
    }
    assert ("kurdish_red_crescent", 50, None) in figures
    assert ("syrian_state_tv", 24, 99) in figures
    assert atlas.dataset.events["abu_fas_car_bombs_2017_10_12"].date_start == date(2017, 10, 12)


def test_every_event_type_is_acled_s_or_declared_ours(atlas: Atlas) -> None:
    for event in atlas.dataset.events.values():
        assert event.sub_event_type in SUB_EVENT_TYPES[event.event_type]


def test_both_languages_are_written_everywhere(atlas: Atlas) -> None:
    for claim in atlas.dataset.claims.values():
        assert any("\u0600" <= letter <= "\u06ff" for letter in claim.summary_ar)
        assert not any("\u0600" <= letter <= "\u06ff" for letter in claim.summary_en)


@pytest.mark.parametrize(
    ("table", "row", "cells", "column"),
    [
        ("events", "abu_fas_car_bombs_2017_10_12", {"date_end": "2017-10-11"}, "date_end"),
        ("events", "abu_fas_car_bombs_2017_10_12", {"date_start": "12/10/2017"}, "date_start"),
        ("events", "abu_fas_car_bombs_2017_10_12", {"date_start": ""}, "date_start"),
        ("events", "abu_fas_car_bombs_2017_10_12", {"event_type": "Battle"}, "event_type"),
        ("events", "abu_fas_car_bombs_2017_10_12", {"sub_event_type": "Grenades"}, "sub_event_type"),
        ("events", "abu_fas_car_bombs_2017_10_12", {"places": "atlantis"}, "places"),
        ("events", "abu_fas_car_bombs_2017_10_12", {"where_prec": "8"}, "where_prec"),
        ("events", "abu_fas_car_bombs_2017_10_12", {"actors": "nobody"}, "actors"),
        ("events", "abu_fas_car_bombs_2017_10_12", {"targets": "civilians;civilians"}, "targets"),
        ("events", "abu_fas_car_bombs_2017_10_12", {"fatalities_low": "fifty"}, "fatalities_low"),
        ("events", "abu_fas_car_bombs_2017_10_12", {"fatalities_high": "1"}, "fatalities_low"),
        ("events", "abu_fas_car_bombs_2017_10_12", {"title_ar": ""}, "title_ar"),
        ("claims", "abu_fas_car_bombs_2017_10_12__1", {"stance": "maybe"}, "stance"),
        ("claims", "abu_fas_car_bombs_2017_10_12__1", {"report": "gone"}, "report"),
        ("claims", "abu_fas_car_bombs_2017_10_12__1", {"paragraph": "0"}, "paragraph"),
        ("claims", "abu_fas_car_bombs_2017_10_12__1", {"paragraph": ""}, "paragraph"),
        ("events", "abu_fas_car_bombs_2017_10_12", {"date_end": "2017-10-14"}, "date_prec"),
        ("events", "abu_fas_car_bombs_2017_10_12", {"date_start": "2017-W41-4"}, "date_start"),
        ("claims", "abu_fas_car_bombs_2017_10_12__1", {"claimant": ""}, "claimant"),
        ("actors", "sdf", {"side": "nowhere"}, "side"),
        ("sides", "sdf", {"colour": "yellow"}, "colour"),
        ("reports", "al_bayan_2017_10_13", {"published": "Friday"}, "published"),
    ],
)
def test_a_wrong_cell_is_named(
    atlas: Atlas, spoil: Spoil, table: str, row: str, cells: dict[str, str], column: str
) -> None:
    assert (f"{table}.csv", column) in faults(atlas, spoil(table, row, cells))


def test_a_fault_names_the_line_a_spreadsheet_shows(atlas: Atlas, spoil: Spoil) -> None:
    folder = spoil("actors", "sdf", {"side": "nowhere"})
    lines = (folder / "actors.csv").read_text(encoding="utf-8").splitlines()
    line = next(n for n, text in enumerate(lines, 1) if text.startswith("sdf,"))
    with pytest.raises(TableError, match=f"actors.csv, line {line}, column side: .*'nowhere'.*sides.csv"):
        load_dataset(places=atlas.gazetteer, folder=folder)


def test_an_id_used_twice_is_refused(atlas: Atlas, spoil: Spoil) -> None:
    folder = spoil("claims", "abu_fas_car_bombs_2017_10_12__1", {"id": "abu_fas_car_bombs_2017_10_12__2"})
    assert ("claims.csv", "id") in faults(atlas, folder)


def test_an_event_nobody_claims_is_refused(atlas: Atlas, spoil: Spoil) -> None:
    folder = spoil("events", "abu_fas_car_bombs_2017_10_12", {"id": "unclaimed"})
    assert ("events.csv", "id") in faults(atlas, folder)


def test_our_own_places_lie_in_their_countries(atlas: Atlas) -> None:
    # `open_atlas` relies on this and does not look again.
    assert load_dataset(places=atlas.gazetteer, outlines=True) == atlas.dataset


def test_a_place_outside_its_country_is_refused(atlas: Atlas, tmp_path: Path) -> None:
    class Moved:
        """A gazetteer in which Raqqa has slipped into the sea."""

        def __contains__(self, key: object) -> bool:
            return key in atlas.gazetteer

        def get(self, key: str):  # type: ignore[no-untyped-def]
            from dataclasses import replace

            place = atlas.gazetteer.get(key)
            return replace(place, lat=34.0, lon=33.0) if key == "raqqa" else place

        def country_of(self, key: str) -> str | None:
            return atlas.gazetteer.country_of(key)

    with pytest.raises(TableError, match="'raqqa'.*syria"):
        load_dataset(places=Moved())


@pytest.mark.parametrize(
    ("spoiled", "said"),
    [
        (b"\xff\xfe\x00", "UTF-8"),
        (b"id,name\nx,y\n", "columns"),
        (b'id,name_en,name_ar,side,aliases\nsdf,"never closed,x,sdf,\n', "quote"),
        (b"id,name_en,name_ar,side,aliases\nsdf,SDF\n", "cells"),
        (b"", "columns"),
    ],
)
def test_a_file_that_is_no_such_table_is_refused_in_a_sentence(
    atlas: Atlas, spoil: Spoil, spoiled: bytes, said: str
) -> None:
    folder = spoil("actors", "sdf", {})
    (folder / "actors.csv").write_bytes(spoiled)
    with pytest.raises(TableError, match=said):
        load_dataset(places=atlas.gazetteer, folder=folder)


def test_a_missing_file_is_named(atlas: Atlas, spoil: Spoil) -> None:
    folder = spoil("sides", "sdf", {})
    (folder / "actors.csv").unlink()
    assert faults(atlas, folder) == [("actors.csv", "")]


def test_a_file_that_cannot_be_read_is_one_fault(atlas: Atlas, spoil: Spoil) -> None:
    folder = spoil("sides", "sdf", {})
    (folder / "events.csv").write_bytes(b"\xff")
    assert len(faults(atlas, folder)) == 1


def test_all_faults_are_told_at_once(atlas: Atlas, spoil: Spoil) -> None:
    spoil("sides", "sdf", {"colour": "yellow", "letter": "SD"})
    folder = Path(spoil("sides", "sdf", {"colour": "yellow", "letter": "SD"}))
    assert {("sides.csv", "colour"), ("sides.csv", "letter")} <= set(faults(atlas, folder))
