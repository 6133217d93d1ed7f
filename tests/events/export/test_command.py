"""`python -m events export`: the file, what is said beside it, and what is said of a wrong command."""

from __future__ import annotations

import argparse
import csv
import io
import os
import pty
import subprocess
import sys
from pathlib import Path

import geopandas
import openpyxl
import pytest

from events import export
from events.atlas import Atlas
from events.export.command import add_export_command, run_export
from events.selection import Selection
from tests.events.export.conftest import RESTRICTED

ROOT = Path(__file__).parents[3]


def asked(*words: str) -> argparse.Namespace:
    parser = argparse.ArgumentParser()
    add_export_command(parser.add_subparsers(dest="command"))
    return parser.parse_args(["export", *words])


@pytest.mark.parametrize("form", export.FORMATS.values(), ids=export.FORMATS)
def test_the_file_is_the_one_the_page_gives(
    atlas: Atlas, tmp_path: Path, form: export.Format, capsys: pytest.CaptureFixture[str]
) -> None:
    target = tmp_path / f"x{form.suffix}"
    selection = Selection(actors=("coalition",))
    assert run_export(asked("--format", form.id, "--actor", "coalition", "--output", str(target)), atlas) == 0
    if form.id == "xlsx":
        assert len(list(openpyxl.load_workbook(target)["events"].rows)) - 1 == atlas.store.count(selection)
    else:
        out = io.BytesIO()
        form.write(atlas, selection, out)
        assert target.read_bytes() == out.getvalue()
    made = {path.name for path in tmp_path.iterdir()}
    assert made == {target.name} | ({"x.README.txt"} if form.readme else set())
    assert "written to" in capsys.readouterr().err


def test_the_readme_says_what_standard_error_says(
    atlas: Atlas, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    run_export(asked("--format", "acled", "--output", str(tmp_path / "x.csv")), atlas)
    told = capsys.readouterr().err
    assert "5 events left out, since no text dates them" in told
    assert "5 events, since no text dates them" in (tmp_path / "x.README.txt").read_text(encoding="utf-8")


def test_restricted_events_are_told_of_and_can_be_asked_for(
    restricted: Atlas, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    target = tmp_path / "x.csv"
    run_export(asked("--format", "csv", "--output", str(target)), restricted)
    assert "2 events left out: their source forbids" in capsys.readouterr().err
    assert RESTRICTED[0] not in target.read_text(encoding="utf-8-sig")
    run_export(asked("--format", "csv", "--include-restricted", "--output", str(target)), restricted)
    assert RESTRICTED[0] in target.read_text(encoding="utf-8-sig")


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["--format", "csv", "--actor", "islamic_stat"], "did you mean islamic_state"),
        (["--format", "csv", "--type", "Battle"], "Battles"),
        (["--format", "csv", "--from", "2017-10-14", "--to", "2017-10-12"], "turn them round"),
        (["--format", "csv", "--output", "."], "is a folder"),
    ],
)
def test_a_wrong_command_gets_one_sentence(
    atlas: Atlas, words: list[str], said: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run_export(asked(*words), atlas) == 2
    told = capsys.readouterr()
    assert said in told.err
    assert told.out == ""


def test_a_place_that_cannot_be_written_gets_one_sentence(
    atlas: Atlas, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run_export(asked("--format", "csv", "--output", str(tmp_path / "no" / "x.csv")), atlas) == 1
    assert "cannot be written" in capsys.readouterr().err


def test_a_failed_export_leaves_the_old_file(atlas: Atlas, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    target = tmp_path / "x.csv"
    target.write_text("old")

    def full(*_: object, **__: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("events.export.csv_file.add", full)
    assert run_export(asked("--format", "csv", "--output", str(target)), atlas) == 1
    assert [path.name for path in tmp_path.iterdir()] == ["x.csv"]
    assert target.read_text() == "old"


def test_the_filters_are_those_of_list() -> None:
    words = ["--from", "2017-10-12", "--to", "2017-10-14", "--actor", "sdf", "--type", "Battles", "--claimant", "sohr"]
    found = asked("--format", "csv", *words)
    assert (str(found.date_from), str(found.date_to)) == ("2017-10-12", "2017-10-14")
    assert (found.actor, found.type, found.claimant) == (["sdf"], ["Battles"], ["sohr"])


SCRIPT = """
import argparse, sys
from events.atlas import open_atlas
from events.export.command import add_export_command, run_export
parser = argparse.ArgumentParser()
add_export_command(parser.add_subparsers(dest="command"))
sys.exit(run_export(parser.parse_args(["export", *sys.argv[1:]]), open_atlas()))
"""


def test_standard_output_keeps_its_arabic_whatever_the_locale(atlas: Atlas) -> None:
    printed = subprocess.run(
        [sys.executable, "-c", SCRIPT, "--format", "csv"],
        cwd=ROOT, capture_output=True, timeout=60, env=os.environ | {"LC_ALL": "C", "PYTHONIOENCODING": "ascii"},
    )  # fmt: skip
    rows = list(csv.DictReader(io.StringIO(printed.stdout.decode("utf-8-sig"))))
    assert len(rows) == atlas.store.total
    assert any("الرقة" in row["place_ar"] for row in rows)


def test_a_binary_format_goes_down_a_pipe(atlas: Atlas) -> None:
    printed = subprocess.run(
        [sys.executable, "-c", SCRIPT, "--format", "geoparquet"], cwd=ROOT, capture_output=True, timeout=60
    )
    assert len(geopandas.read_parquet(io.BytesIO(printed.stdout))) == atlas.store.total


def test_a_binary_format_is_refused_to_a_terminal() -> None:
    parent, child = pty.openpty()
    printed = subprocess.run(
        [sys.executable, "-c", SCRIPT, "--format", "xlsx"],
        cwd=ROOT, stdout=child, stderr=subprocess.PIPE, encoding="utf-8", timeout=60,
    )  # fmt: skip
    os.close(child)
    os.close(parent)
    assert printed.returncode == 2
    assert len(printed.stderr.splitlines()) == 1
    assert "--output" in printed.stderr


def test_a_reader_that_stops_reading_is_no_error() -> None:
    piped = subprocess.run(
        [sys.executable, "-c", f"import subprocess, sys\np = subprocess.Popen([sys.executable, '-c', {SCRIPT!r}, "
         "'--format', 'kml'], stdout=subprocess.PIPE)\np.stdout.read(10)\np.stdout.close()\nsys.exit(p.wait())"],
        cwd=ROOT, capture_output=True, encoding="utf-8", timeout=60,
    )  # fmt: skip
    assert (piped.stderr, piped.returncode) == ("", 0)
