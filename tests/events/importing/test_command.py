"""`python -m events import`: what it prints, what it answers, what it leaves in a store."""

from __future__ import annotations

import argparse
import json
import signal
import subprocess
import sys
from pathlib import Path

import duckdb
import pytest

from events.__main__ import main
from events.additions.adding import WAITING, adding
from events.additions.batches import held
from events.atlas import open_atlas
from events.importing.command import add_import_command, run_import
from tests.events.additions.test_batches import ROOT
from tests.events.sources.conftest import UCDP, csv_of, ucdp_row


def run(*words: str) -> int:
    parser = argparse.ArgumentParser()
    add_import_command(parser.add_subparsers(required=True))
    return run_import(parser.parse_args(["import", *words]), open_atlas)


@pytest.fixture
def ged(tmp_path: Path) -> Path:
    path = tmp_path / "ged.csv"
    path.write_text(csv_of(UCDP, ucdp_row(1), ucdp_row(2, date_start="2016-03-99"), ucdp_row(3)), encoding="utf-8")
    return path


def test_json_tells_of_each_file_and_a_refusal_of_one_stops_no_other(
    ged: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "no.pdf").write_bytes(b"%PDF-1.4")
    assert run(str(tmp_path / "no.pdf"), str(ged), "--dry-run", "--json") == 1
    refused, read = map(json.loads, capsys.readouterr().out.splitlines())
    assert refused["issues"][0]["reason"].startswith("This is a PDF")
    assert {"file", "format", "rows", "added", "duplicates", "issues"} <= set(refused) & set(read)
    assert (read["format"], read["rows"], read["good"], read["added"]) == ("ucdp", 3, 2, 0)
    (issue,) = read["issues"]
    assert {name: issue[name] for name in ("line", "column", "value")} == {
        "line": 3, "column": "date_start", "value": "2016-03-99",
    }  # fmt: skip


def test_a_store_takes_each_event_once(ged: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    store = str(tmp_path / "store.duckdb")
    assert run(str(ged), "--store", store, "--json") == 0
    assert run(str(ged), "--store", store, "--json") == 0
    first, second = map(json.loads, capsys.readouterr().out.splitlines())
    assert (first["added"], first["duplicates"]) == (2, 0)
    assert (second["added"], second["duplicates"]) == (0, 2)


def test_a_summary_for_people(ged: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(str(ged), "--dry-run") == 0
    out = capsys.readouterr().out
    assert "2 of 3 rows are good" in out
    assert "line 3, date_start: '2016-03-99'" in out


def test_a_summary_says_which_column_was_read_as_what(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "t.csv"
    path.write_text("Timestamp,Date of attack,Town\n2017-06-05,2017-05-01,Raqqa\n", encoding="utf-8")
    assert run(str(path), "--dry-run") == 0
    out = capsys.readouterr().out
    assert "date = Date of attack, place = Town" in out
    assert "Kept as they are: Timestamp." in out


def test_without_a_store_one_sentence_says_what_to_give(
    ged: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    assert run(str(ged)) == 2
    assert "--store" in capsys.readouterr().err


def test_a_mapping_by_hand(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "t.csv"
    path.write_text("q,w\n2017-05-01,Raqqa\n", encoding="utf-8")
    assert run(str(path), "--dry-run") == 1
    assert "--map date=COLUMN" in capsys.readouterr().out
    assert run(str(path), "--dry-run", "--map", "date=q", "--map", "place=w", "--json") == 0
    assert json.loads(capsys.readouterr().out)["located"] == 1
    with pytest.raises(SystemExit) as ended:
        run(str(path), "--map", "nonsense")
    assert ended.value.code == 2


def test_a_store_that_cannot_be_opened_is_told_before_a_file_is_read(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    store = tmp_path / "notes.txt"
    store.write_text("no store", encoding="utf-8")
    assert run(str(tmp_path / "nowhere.csv"), "--store", str(store)) == 1
    out, err = capsys.readouterr()
    assert out == ""
    assert "cannot be opened" in err
    assert store.read_text("utf-8") == "no store"


def test_an_import_that_is_stopped_while_it_waits_says_so_and_leaves_the_store(ged: Path, tmp_path: Path) -> None:
    store = tmp_path / "store.duckdb"
    with duckdb.connect() as staging, adding(str(store), staging):
        importing = subprocess.Popen(
            [sys.executable, "-m", "events", "import", str(ged), "--store", str(store)],
            cwd=ROOT, stderr=subprocess.PIPE, text=True,
            preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_DFL),
        )  # fmt: skip
        assert importing.stderr is not None
        assert importing.stderr.readline().strip() == WAITING % str(store)
        importing.send_signal(signal.SIGINT)
        assert importing.communicate(timeout=30)[1].splitlines() == [
            f"{ged}: stopped. A file gets in wholly or not at all; to import it again adds nothing twice."
        ]
    assert importing.returncode == 130
    assert held(str(store)) == ()


def test_a_table_named_as_the_store_is_no_store(ged: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    before = ged.read_bytes()
    for command in (["import", str(ged)], ["files"], ["list"]):
        assert main([*command, "--store", str(ged)]) == 1
        said = capsys.readouterr().err
        assert "cannot be opened" in said
        assert "not a valid DuckDB database file" in said
    assert ged.read_bytes() == before
