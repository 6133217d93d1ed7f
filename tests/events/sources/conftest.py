"""Files written as programs write them, staged as visitors' files are."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from events.engines.originals import Opened
from events.importing import VISITOR, Limits, stage_file
from events.sources.staging import Staged
from geo.gazetteer import Gazetteer, load_gazetteer

UCDP = (
    "id", "type_of_violence", "side_a", "side_b", "date_start", "date_end", "date_prec", "latitude", "longitude",
    "where_prec", "where_coordinates", "country", "best", "low", "high", "deaths_civilians", "source_office",
    "source_original",
)  # fmt: skip
ACLED = (
    "event_id_cnty", "event_date", "year", "time_precision", "event_type", "sub_event_type", "actor1", "assoc_actor_1",
    "inter1", "actor2", "assoc_actor_2", "inter2", "civilian_targeting", "country", "admin1", "location", "latitude",
    "longitude", "geo_precision", "source", "notes", "fatalities", "tags",
)  # fmt: skip


@dataclass(frozen=True, kw_only=True)
class Result:
    """What a file became."""

    rows: list[dict[str, Any]]
    staged: Staged
    format: str
    mapping: dict[str, str]

    def faults(self) -> list[tuple[int, str, str]]:
        return [(issue.line, issue.column, issue.value) for issue in self.staged.issues]


Stage = Callable[..., Result]


@pytest.fixture(scope="session")
def gazetteer() -> Gazetteer:
    return load_gazetteer()


@pytest.fixture
def stage(tmp_path: Path, gazetteer: Gazetteer) -> Stage:
    """Stage a text, bytes or a file, as a visitor's."""

    def run(content: str | bytes | Path, *, limits: Limits = VISITOR, name: str = "f.csv", **options: Any) -> Result:
        return stage_content(tmp_path, gazetteer, content, limits=limits, name=name, **options)

    return run


def stage_content(
    folder: Path, gazetteer: Gazetteer, content: str | bytes | Path, *, limits: Limits = VISITOR, name: str = "f.csv",
    **options: Any,
) -> Result:  # fmt: skip
    path = content if isinstance(content, Path) else folder / name
    if not isinstance(content, Path):
        path.write_bytes(content.encode() if isinstance(content, str) else content)
    with stage_file(path, gazetteer=gazetteer, limits=limits, **options) as file:
        found = file.connection.execute("SELECT * FROM incoming ORDER BY record")
        names = [column[0] for column in found.description]
        rows = [dict(zip(names, row, strict=True)) for row in found.fetchall()]
        blocks = file.connection.execute("SELECT * FROM originals").fetchall()
        for row in rows:
            first, packed = next((first, packed) for first, last, packed in blocks if first <= row["record"] <= last)
            row["original"] = Opened(packed).rows([row["record"] - first])[0]
        return Result(rows=rows, staged=file.staged, format=file.format, mapping=dict(file.mapping))


def csv_of(header: tuple[str, ...], *rows: dict[str, object], end: str = "\n", by: str = ",") -> str:
    """A CSV; a row gives what differs from an empty cell."""

    def cell(value: object) -> str:
        text = str(value)
        return '"' + text.replace('"', '""') + '"' if any(c in text for c in by + '"\n\r') else text

    lines = [by.join(header), *(by.join(cell(row.get(name, "")) for name in header) for row in rows)]
    return end.join(lines) + end


def ucdp_row(number: int, **other: object) -> dict[str, object]:
    return {
        "id": number, "type_of_violence": 1, "side_a": "Government of Syria", "side_b": "Syrian insurgents",
        "date_start": "2016-03-04", "date_end": "2016-03-05", "date_prec": 2, "latitude": 35.95, "longitude": 39.01,
        "where_prec": 2, "where_coordinates": "Raqqa town", "country": "Syria", "best": 4, "low": 3, "high": 9,
        "deaths_civilians": 1, "source_office": "SOHR;SOHR;Airwars", "source_original": "SOHR, police",
    } | other  # fmt: skip


def acled_row(number: int, **other: object) -> dict[str, object]:
    return {
        "event_id_cnty": f"SYR{number}", "event_date": "2017-05-16", "year": 2017, "time_precision": 1,
        "event_type": "Battles", "sub_event_type": "Armed clash", "actor1": "Islamic State (Syria)", "inter1": 2,
        "actor2": "QSD: Syrian Democratic Forces", "assoc_actor_2": "Global Coalition; YPG", "inter2": 3,
        "country": "Syria", "admin1": "Ar-Raqqa", "location": "Ar-Raqqa", "latitude": 35.95, "longitude": 39.01,
        "geo_precision": 1, "source": "SOHR; Invented Daily", "notes": "A made-up clash.", "fatalities": 3,
    } | other  # fmt: skip
