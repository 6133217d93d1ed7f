"""`python -m events list`: what it prints, and what it says of a wrong command."""

from __future__ import annotations

import csv
import io
import json
import os
import random
import subprocess
import sys
from pathlib import Path

import pytest

from events.atlas import Atlas
from events.selection import Selection
from tests.selections import expected, random_selection

ROOT = Path(__file__).parents[2]


def run(*words: str, **env: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "events", *words],
        cwd=ROOT, capture_output=True, encoding="utf-8", timeout=60, env=os.environ | env,
    )  # fmt: skip


def words_of(selection: Selection) -> list[str]:
    words: list[str] = []
    if selection.date_from:
        words += ["--from", str(selection.date_from)]
    if selection.date_to:
        words += ["--to", str(selection.date_to)]
    for option, values in (("actor", selection.actors), ("type", selection.types), ("claimant", selection.claimants)):
        for value in values:
            words += [f"--{option}", value]
    return words


@pytest.mark.parametrize("seed", range(3))
def test_the_list_is_the_selection(atlas: Atlas, seed: int) -> None:
    selection = random_selection(atlas, random.Random(seed))
    printed = run("list", "--format", "geojson", *words_of(selection))
    assert printed.returncode == 0, printed.stderr
    assert {f["id"] for f in json.loads(printed.stdout)["features"]} == expected(atlas, selection)


def test_the_table_closes_with_the_count(atlas: Atlas) -> None:
    lines = run("list", "--actor", "coalition").stdout.splitlines()
    n = len(expected(atlas, Selection(actors=("coalition",))))
    assert lines[-1] == f"{n} of {atlas.store.total} events"
    assert len(lines) == n + 2


def test_csv_keeps_its_arabic_whatever_the_locale(atlas: Atlas) -> None:
    printed = run("list", "--format", "csv", PYTHONIOENCODING="ascii", LC_ALL="C")
    rows = list(csv.DictReader(io.StringIO(printed.stdout)))
    assert len(rows) == atlas.store.total
    assert any("الرقة" in row["place_ar"] for row in rows)


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["list", "--actor", "isis"], "islamic_state"),
        (["list", "--actor", "islamic_stat"], "did you mean islamic_state"),
        (["list", "--type", "Battle"], "Battles"),
        (["list", "--claimant", "shor"], "sohr"),
        (["list", "--from", "12.10.2017"], "such as 2017-10-12"),
        (["list", "--from", "2017-10-14", "--to", "2017-10-12"], "turn them round"),
        (["list", "--format", "xml"], "geojson"),
        ([], "COMMAND"),
    ],
)
def test_a_wrong_command_gets_one_sentence(words: list[str], said: str) -> None:
    printed = run(*words)
    assert printed.returncode == 2
    assert said in printed.stderr
    assert "Traceback" not in printed.stderr
    assert printed.stdout == ""


def test_broken_tables_get_a_sentence_and_no_traceback(tmp_path: Path) -> None:
    printed = run("list", FURAT_TABLES=str(tmp_path))
    assert printed.returncode == 1
    assert "Traceback" not in printed.stderr
    assert "sides.csv" in printed.stderr


def test_a_reader_that_stops_reading_is_no_error() -> None:
    piped = subprocess.run(
        f"{sys.executable} -m events list | head -1",
        shell=True,
        cwd=ROOT,
        capture_output=True,
        encoding="utf-8",
    )
    assert piped.stderr == ""
