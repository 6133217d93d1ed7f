"""`python -m events files`: what a store holds, and how a file leaves it."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from events.__main__ import main
from events.atlas import open_atlas
from events.selection import Selection
from tests.events.sources.conftest import UCDP, csv_of, ucdp_row


@pytest.fixture
def store(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> str:
    address = str(tmp_path / "store.duckdb")
    for name, ids in (("one", (1, 2)), ("two", (2, 3, 4))):
        path = tmp_path / f"{name}.csv"
        path.write_text(csv_of(UCDP, *map(ucdp_row, ids)), encoding="utf-8")
        assert main(["import", str(path), "--store", address]) == 0
    capsys.readouterr()
    return address


def test_the_files_of_a_store_are_listed(store: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["files", "--store", store, "--json"]) == 0
    told = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert [(one["name"], one["format"], one["rows"], one["events"]) for one in told] == [
        ("one.csv", "ucdp", 2, 2), ("two.csv", "ucdp", 3, 2),
    ]  # fmt: skip


def test_a_file_leaves_with_its_events_and_with_nobody_else_s(store: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["files", "--store", store, "--remove", "one.csv"]) == 0
    assert "one.csv is out of the store, with 2 events." in capsys.readouterr().out
    left = open_atlas(address=store).store
    mine = {row["id"] for row in left.rows(Selection()) if row["origin"] == "ucdp"}
    assert mine == {"ucdp:3", "ucdp:4"}
    assert left.originals(["ucdp:1", "ucdp:3"]).keys() == {"ucdp:3"}


def test_a_file_taken_out_can_come_in_again(store: str, tmp_path: Path) -> None:
    assert main(["files", "--store", store, "--remove", "two.csv"]) == 0
    assert main(["import", str(tmp_path / "two.csv"), "--store", store]) == 0
    store_now = open_atlas(address=store).store
    assert store_now.originals(["ucdp:1", "ucdp:4"]).keys() == {"ucdp:1", "ucdp:4"}


def test_an_unknown_name_and_no_store_are_told_in_one_sentence(
    store: str, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    assert main(["files", "--store", store, "--remove", "three.csv"]) == 1
    assert "no file 'three.csv'; expected one of: 'one.csv', 'two.csv'." in capsys.readouterr().err
    assert main(["files", "--store", str(tmp_path / "none.duckdb")]) == 1
    assert "There is no store" in capsys.readouterr().err
    monkeypatch.delenv("FURAT_STORE", raising=False)
    assert main(["files"]) == 2
    assert "--store PATH" in capsys.readouterr().err
