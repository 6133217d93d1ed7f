"""The command line prints one place, or fails with one sentence."""

from __future__ import annotations

import dataclasses
import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from geo.place import Place

ROOT = Path(__file__).parents[2]
FIELDS = [field.name for field in dataclasses.fields(Place)]


def run(*arguments: str, places: Path, locale: str = "C.UTF-8") -> subprocess.CompletedProcess[bytes]:
    """Run `python -m geo` as a user's shell would, its output piped."""
    environment = {**os.environ, "FURAT_PLACES": str(places), "LC_ALL": locale, "PYTHONUTF8": "0"}
    command = [sys.executable, "-m", "geo", *arguments]
    return subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, check=False)


@pytest.fixture
def places(tmp_path: Path) -> Path:
    return tmp_path / "own" / "places.csv"


def test_resolve_prints_every_field_of_the_place(places: Path) -> None:
    done = run("resolve", "البوكمال", places=places)
    assert done.returncode == 0
    lines = done.stdout.decode().splitlines()
    assert [line.partition(":")[0] for line in lines] == FIELDS
    assert "id: al_bukamal" in lines
    assert "name_ar: البوكمال" in lines
    assert done.stderr == b""


def test_json_holds_the_same_fields_and_readable_arabic(places: Path) -> None:
    done = run("resolve", "Abu Kamal", "--json", places=places)
    found = json.loads(done.stdout)
    assert list(found) == FIELDS
    assert (found["id"], found["kind"], found["parent"]) == ("al_bukamal", "city", "al_bukamal_district")
    assert "البوكمال".encode() in done.stdout


def test_arabic_survives_a_pipe_in_any_locale(places: Path) -> None:
    for locale in ("C", "POSIX", "C.UTF-8"):
        assert "الرقة" in run("resolve", "Raqqa", places=places, locale=locale).stdout.decode("utf-8")


@pytest.mark.parametrize(
    ("arguments", "expected"),
    [
        (["الصالحية", "--near", "35.95,39.01"], "raqqa_salihiyah"),
        (["الصالحية", "--within", "deir_ez_zor"], "salihiyah_deir_ez_zor"),
        (["المنصورة", "--within", "raqqa_governorate", "--near=35.9,38.9"], "mansura"),
    ],
)
def test_near_and_within_decide(places: Path, arguments: list[str], expected: str) -> None:
    assert json.loads(run("resolve", *arguments, "--json", places=places).stdout)["id"] == expected


@pytest.mark.parametrize(
    ("arguments", "code", "said"),
    [
        (["resolve", "الصالحية"], 1, "may mean 18 places"),
        (["resolve", "Xyzzyqq"], 1, "No place is known"),
        (["resolve", "Raqqqa"], 1, "closest spellings: Raqqa"),
        (["resolve", "a\nb"], 1, "No place is known"),
        (["resolve", ""], 1, "No place is known"),
        (["candidates", "Xyzzyqq"], 1, "No place is known"),
        (["candidates", "Xyzzyqq", "--json"], 1, "No place is known"),
        (["resolve", "Raqqa", "--within", "raqqqa"], 2, "did you mean 'raqqa'"),
        (["add", "no_such_file.txt"], 2, "cannot be read (No such file or directory)"),
    ],
)
def test_failure_is_one_sentence(places: Path, arguments: list[str], code: int, said: str) -> None:
    done = run(*arguments, places=places)
    message = done.stderr.decode()
    assert done.returncode == code
    assert said in message
    assert message.count("\n") == 1
    assert "Traceback" not in message


@pytest.mark.parametrize(
    "arguments",
    [[], ["resolve"], ["resolve", "Raqqa", "--near", "35.95"], ["resolve", "Raqqa", "--near", "99,39"], ["fly"],
     ["resolve", "Raqqa", "--near", "a,b"], ["candidates", "Raqqa", "--limit", "0"], ["add", "x", "--format", "xml"]],
)  # fmt: skip
def test_wrong_use_ends_with_two(places: Path, arguments: list[str]) -> None:
    done = run(*arguments, places=places)
    assert done.returncode == 2
    assert b"usage:" in done.stderr
    assert b"Traceback" not in done.stderr


def test_candidates_list_what_a_name_may_mean(places: Path) -> None:
    found = json.loads(run("candidates", "الجزرة", "--json", places=places).stdout)
    assert {"raqqa_jazrah", "jazrat_al_buhamid"} <= {c["id"] for c in found}
    assert list(found[0]) == [*FIELDS, "score", "match", "reasons"]
    lines = run("candidates", "الجزرة", places=places).stdout.decode().splitlines()
    assert len(lines) == len(found)
    assert "raqqa_jazrah" in " ".join(lines)


def test_nothing_found_is_still_json(places: Path) -> None:
    assert json.loads(run("candidates", "Xyzzyqq", "--json", places=places).stdout) == []


def test_added_places_are_found_at_once(places: Path, tmp_path: Path) -> None:
    dump = tmp_path / "SY.txt"
    row = ["9999001", "Tell Furat Probe", "Tell Furat Probe", "تل الاختبار", "35.5", "39.5", "P", "PPL", "SY", "", "04"]
    dump.write_text(
        "\t".join([*row, "", "", "", "0", "", "300", "Asia/Damascus", "2020-01-01"]) + "\nbroken\n", encoding="utf-8"
    )
    done = run("add", str(dump), places=places)
    assert done.returncode == 0
    assert "1 place added" in done.stdout.decode()
    assert "1 row skipped: 1 broken" in done.stdout.decode()
    assert "row 2" in done.stderr.decode()
    found = json.loads(run("resolve", "تل الاختبار", "--json", places=places).stdout)
    assert (found["id"], found["parent"]) == ("gn_9999001", "raqqa_governorate")
    again = run("add", str(dump), places=places)
    assert "0 places added" in again.stdout.decode()
    assert "1 already known" in again.stdout.decode()


def test_a_table_that_cannot_be_written_is_named_and_nothing_lies_about(places: Path, tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    source = tmp_path / "SY.txt"
    row = ["9999001", "Tell Furat Probe", "Tell Furat Probe", "", "35.5", "39.5", "P", "PPL", "SY", "", "04"]
    source.write_text("\t".join([*row, "", "", "", "0", "", "300", "Asia/Damascus", "2020-01-01"]), encoding="utf-8")
    done = run("add", str(source), "--to", str(tmp_path / "file" / "places.csv"), places=places)
    assert done.returncode == 2
    assert done.stderr.decode().strip() == f"{tmp_path / 'file' / 'places.csv'} cannot be written (File exists)."


def test_a_broken_own_table_is_named(places: Path) -> None:
    places.parent.mkdir()
    places.write_text("id,name\n1,2\n", encoding="utf-8")
    done = run("resolve", "Raqqa", places=places)
    assert done.returncode == 2
    assert "places.csv, row 1" in done.stderr.decode()
