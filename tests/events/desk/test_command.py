"""`read`: one JSON object an article; a bad file is told and the rest goes on."""

from __future__ import annotations

import argparse
import json
from datetime import date
from pathlib import Path

import pytest

from events.atlas import Atlas, open_atlas
from events.desk.command import add_read_command, run_read
from events.selection import Selection


def run(*words: str) -> int:
    parser = argparse.ArgumentParser()
    add_read_command(parser.add_subparsers())
    return run_read(parser.parse_args(["read", *words]), open_atlas)


def test_an_article_becomes_a_line(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "news.txt"
    path.write_text("خبر\n\nقصف الطيران الروسي مدينة الرقة أمس.", encoding="utf-8")
    assert run(str(path), "--published", "2017-10-14", "--json") == 0
    article = json.loads(capsys.readouterr().out)
    assert article["docno"] == "news"
    assert article["events"][0]["date_start"] == "2017-10-13"
    assert article["events"][0]["place"]["id"] == "raqqa"


@pytest.mark.parametrize("jobs", ["1", "2"])
def test_a_bad_file_is_told_and_the_rest_goes_on(tmp_path: Path, capsys: pytest.CaptureFixture[str], jobs: str) -> None:
    good, bad = tmp_path / "good.txt", tmp_path / "bad.json"
    good.write_text("قصف الطيران الروسي مدينة الرقة.", encoding="utf-8")
    bad.write_text("{", encoding="utf-8")
    assert run(str(bad), str(good), str(tmp_path / "none.txt"), "--json", "--jobs", jobs) == 1
    out = capsys.readouterr()
    assert [json.loads(line)["docno"] for line in out.out.splitlines()] == ["good"]
    assert "bad.json" in out.err
    assert "none.txt: No such file or directory; expected a report to read." in out.err
    assert "2 of 3 files could not be read." in out.err


@pytest.mark.parametrize("words", [("--jobs", "0"), ("--published", "yesterday"), ()])
def test_a_wrong_command_line_ends_with_2(words: tuple[str, ...]) -> None:
    with pytest.raises(SystemExit) as stop:
        run(*words, *(("x",) if words else ()))
    assert stop.value.code == 2


def test_events_go_into_a_store_once_and_reports_of_one_event_are_its_claims(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], atlas: Atlas
) -> None:
    store = str(tmp_path / "store.duckdb")
    one, other = tmp_path / "one.txt", tmp_path / "other.txt"
    one.write_text("قصف الطيران الروسي مدينة الرقة أمس، بحسب المرصد السوري لحقوق الإنسان.", encoding="utf-8")
    other.write_text("قالت وكالة سانا إن الطيران الروسي قصف مدينة الرقة أمس وقتل 12 شخصا.", encoding="utf-8")
    words = (str(one), str(other), "--published", "2017-10-14", "--store", store)
    assert run(*words) == 0
    assert capsys.readouterr().out == ""
    rows = [row for row in open_atlas(address=store).store.rows(Selection()) if row["origin"] == "read"]
    assert [row["date_start"] for row in rows] == [date(2017, 10, 13)]
    assert {claim["claimant"] for claim in rows[0]["claims"]} == {"sohr", "sana"}
    assert {claim["report"] for claim in rows[0]["claims"]} == {c["cited"].id for c in rows[0]["claims"]}
    assert all(claim["spans"]["place"] for claim in rows[0]["claims"])
    assert run(*words) == 0
    assert "2 reports were there already" in capsys.readouterr().err
    one.write_text("قصف الطيران الروسي بلدة هجين أمس.", encoding="utf-8")
    assert run(str(one), "--published", "2017-10-14", "--store", store) == 0
    assert "1 event of 1 report added" in capsys.readouterr().err
    assert open_atlas(address=store).store.total == atlas.store.total + 2
