"""`python -m events export`: the file, what is said beside it, and what is said of a wrong command."""

from __future__ import annotations

import argparse
import csv
import io
import os
import pty
import subprocess
import sys
import termios
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import geopandas
import openpyxl
import pytest

from events import export
from events.atlas import Atlas
from events.export.command import add_export_command, run_export
from events.selection import Selection
from tests.events.export.conftest import RESTRICTED

ROOT = Path(__file__).parents[3]


SCRIPT = """
import argparse, sys
from events.atlas import open_atlas
from events.export.command import add_export_command, run_export
parser = argparse.ArgumentParser()
add_export_command(parser.add_subparsers(dest="command"))
sys.exit(run_export(parser.parse_args(["export", *sys.argv[1:]]), open_atlas()))
"""


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


def run(script: str, *words: str, **how: Any) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-c", script, *words],
        cwd=ROOT, timeout=60, encoding="utf-8", **({"capture_output": True} | how),
    )  # fmt: skip


SMALL = "import resource\nresource.setrlimit(resource.RLIMIT_FSIZE, (5_000, 5_000))\n"
"""No file grows beyond five kilobytes: the next byte fails as on a full disk."""


@pytest.mark.parametrize("form", export.FORMATS.values(), ids=export.FORMATS)
def test_a_disk_that_fills_up_leaves_the_old_file_and_nothing_else(tmp_path: Path, form: export.Format) -> None:
    target = tmp_path / "x.csv"
    target.write_text("old")
    done = run(SMALL + SCRIPT, "--format", form.id, "--output", str(target))
    assert done.returncode == 1
    assert done.stderr == f"{target}: cannot be written (File too large)\n"
    assert [path.name for path in tmp_path.iterdir()] == ["x.csv"]
    assert target.read_text() == "old"


@pytest.mark.parametrize("form", ["csv", "xlsx"])
def test_a_full_device_gets_one_sentence_and_stays_a_device(form: str) -> None:
    done = run(SCRIPT, "--format", form, "--output", "/dev/full")
    assert (done.returncode, done.stderr) == (1, "/dev/full: cannot be written (No space left on device)\n")
    with open("/dev/full", "wb") as full:
        piped = run(SCRIPT, "--format", form, capture_output=False, stdout=full, stderr=subprocess.PIPE)
    assert (piped.returncode, piped.stderr) == (1, "standard output: cannot be written (No space left on device)\n")
    assert Path("/dev/full").is_char_device()


def test_a_pipe_with_a_name_is_written_to(atlas: Atlas, tmp_path: Path) -> None:
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    with ThreadPoolExecutor() as pool:
        read = pool.submit(pipe.read_bytes)
        assert run_export(asked("--format", "geoparquet", "--output", str(pipe)), atlas) == 0
        assert len(geopandas.read_parquet(io.BytesIO(read.result(timeout=60)))) == atlas.store.total
    assert pipe.is_fifo()


def test_a_file_stays_where_its_link_points_and_as_open_as_it_was(atlas: Atlas, tmp_path: Path) -> None:
    kept, link = tmp_path / "kept.csv", tmp_path / "link.csv"
    kept.write_text("old")
    kept.chmod(0o600)
    link.symlink_to(kept)
    assert run_export(asked("--format", "csv", "--output", str(link)), atlas) == 0
    assert link.is_symlink()
    assert len(kept.read_text(encoding="utf-8-sig").splitlines()) > atlas.store.total
    assert kept.stat().st_mode & 0o777 == 0o600


STOPPED = """
import os, signal
signal.signal(signal.SIGINT, signal.default_int_handler)
from events.store.store import Store
stream = Store.stream
def interrupted(*asked, **how):
    for page in stream(*asked, **how):
        yield page
        os.kill(os.getpid(), signal.SIGINT)
Store.stream = interrupted
"""
"""Somebody presses Ctrl-C once the first page is written."""


@pytest.mark.parametrize("form", export.FORMATS)
def test_whoever_is_stopped_leaves_no_half_a_file(tmp_path: Path, form: str) -> None:
    done = run(
        STOPPED + SCRIPT, "--format", form, "--output", str(tmp_path / "x"), env=os.environ | {"TMPDIR": str(tmp_path)}
    )
    assert (done.returncode, done.stderr) == (130, f"{tmp_path / 'x'}: stopped before all was written.\n")
    assert list(tmp_path.iterdir()) == []


LONG = """
import time
import events.export.command as command
from events.store.store import Store
command.MOMENT = 0
stream = Store.stream
def slowly(*asked, **how):
    for page in stream(*asked, **how):
        time.sleep(0.3)
        yield page
Store.stream = slowly
"""
"""An export that takes longer than a moment."""


def test_a_terminal_is_told_how_far_it_has_come_and_nobody_else(tmp_path: Path) -> None:
    target = ("--format", "csv", "--output", str(tmp_path / "x.csv"))
    parent, child = pty.openpty()
    termios.tcsetwinsize(child, (24, 120))
    run(LONG + SCRIPT, *target, capture_output=False, stderr=child)
    os.close(child)
    told = os.read(parent, 10_000).decode()
    os.close(parent)
    assert "59/59" in told
    assert told.endswith(f"\r59 events written to {tmp_path / 'x.csv'}.\r\n")
    assert run(LONG + SCRIPT, *target).stderr == f"59 events written to {tmp_path / 'x.csv'}.\n"


def test_the_filters_are_those_of_list() -> None:
    words = ["--from", "2017-10-12", "--to", "2017-10-14", "--actor", "sdf", "--type", "Battles", "--claimant", "sohr"]
    found = asked("--format", "csv", *words)
    assert (str(found.date_from), str(found.date_to)) == ("2017-10-12", "2017-10-14")
    assert (found.actor, found.type, found.claimant) == (["sdf"], ["Battles"], ["sohr"])


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
