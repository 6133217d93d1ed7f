"""Looking up places on the command line: `python -m geo resolve|candidates|add`.

Exit codes: 0 an answer, 1 no single answer, 2 wrong use or an unreadable file, 130 stopped by somebody.
"""

from __future__ import annotations

import argparse
import dataclasses
import json
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any, TextIO, cast

from geo.errors import AmbiguousPlace, GeoError, PlaceTableError, UnknownPlace
from geo.gazetteer import Gazetteer, load_gazetteer
from geo.importing import FORMATS, Reading, read_places
from geo.own import USER_PLACES, user_places, user_tables
from geo.place import Candidate, Place, Point
from geo.tables import Row, load_rows, write_rows

_SHOWN_ISSUES = 10


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command and return its exit code."""
    for stream in (sys.stdout, sys.stderr):
        # A pipe or a C locale would otherwise refuse Arabic; a broken argument is shown, not fatal.
        cast("Any", stream).reconfigure(encoding="utf-8", errors="backslashreplace")
    try:
        options = _parser().parse_args(arguments)
        return int(options.run(options))
    except (AmbiguousPlace, UnknownPlace) as error:
        return _fail(error, 1)
    except (GeoError, OSError) as error:
        return _fail(error, 2)
    except KeyboardInterrupt:
        print("Stopped.", file=sys.stderr)
        return 130


def _resolve(options: argparse.Namespace) -> int:
    place = _gazetteer().resolve(options.name, near=options.near, within=options.within)
    if options.json:
        _print_json(dataclasses.asdict(place))
    else:
        _print_place(place, sys.stdout)
    return 0


def _candidates(options: argparse.Namespace) -> int:
    gazetteer = _gazetteer()
    found = gazetteer.candidates(options.name, near=options.near, within=options.within, limit=options.limit)
    if options.json:
        _print_json([_as_dict(candidate) for candidate in found])
    if not found:
        raise UnknownPlace(options.name, gazetteer.suggest(options.name))
    if not options.json:
        for candidate in found:
            place = candidate.place
            names = f"{place.name_en} / {place.name_ar}" if place.name_ar else place.name_en
            print(
                f"{candidate.score:.2f}  {place.id}  {names}  "
                f"{place.lat:.5f},{place.lon:.5f}  {'; '.join(candidate.reasons)}"
            )
    return 0


def _add(options: argparse.Namespace) -> int:
    target = options.to or user_places()
    own = load_rows(target) if target.exists() else []
    reading = read_places(options.file, form=options.format, gazetteer=load_gazetteer([target] if own else []))
    if reading.rows:
        try:
            _replace(target, [*own, *reading.rows])
        except OSError as error:
            return _fail(PlaceTableError(f"{target} cannot be written ({error.strerror or error})."), 2)
    _print_reading(reading, target)
    return 0


def _replace(target: Path, rows: list[Row]) -> None:
    """Write a table beside the old one and move it over, so that a full disk leaves the old one whole."""
    target.parent.mkdir(parents=True, exist_ok=True)
    fresh = target.with_name(f"{target.stem}.new{target.suffix}")
    try:
        write_rows(fresh, rows)
        fresh.replace(target)
    finally:
        fresh.unlink(missing_ok=True)


def _print_reading(reading: Reading, target: Path) -> None:
    reasons = ", ".join(f"{n:,} {reason}" for reason, n in reading.skipped.most_common())
    print(
        f"{_counted(len(reading.rows), 'place')} added to {target}, {_counted(len(reading.issues), 'row')} skipped"
        + (f": {reasons}." if reasons else ".")
    )
    for issue in reading.broken[:_SHOWN_ISSUES]:
        print(f"row {issue.row}: {issue.problem}", file=sys.stderr)
    if (more := len(reading.broken) - _SHOWN_ISSUES) > 0:
        print(f"and {more:,} more broken {'row' if more == 1 else 'rows'}", file=sys.stderr)


def _counted(n: int, noun: str) -> str:
    return f"{n:,} {noun}" if n == 1 else f"{n:,} {noun}s"


def _gazetteer() -> Gazetteer:
    return load_gazetteer(user_tables())


def _print_place(place: Place, out: TextIO) -> None:
    for field in dataclasses.fields(place):
        value = getattr(place, field.name)
        text = " | ".join(value) if isinstance(value, tuple) else "" if value is None else value
        print(f"{field.name}: {text}", file=out)


def _as_dict(candidate: Candidate) -> dict[str, Any]:
    found = dataclasses.asdict(candidate)
    return {**found.pop("place"), **found}


def _print_json(value: object) -> None:
    print(json.dumps(value, ensure_ascii=False, indent=2))


def _fail(error: Exception, code: int) -> int:
    print(" ".join(str(error).split()), file=sys.stderr)
    return code


def _point(text: str) -> Point:
    try:
        lat, lon = (float(part) for part in text.split(","))
        return Point(lat=lat, lon=lon)
    except ValueError as error:
        raise argparse.ArgumentTypeError(
            f"{text!r} is not a point; expected LAT,LON in degrees, such as 35.95,39.01"
        ) from error


def _positive(text: str) -> int:
    if text.isdecimal() and int(text) > 0:
        return int(text)
    raise argparse.ArgumentTypeError(f"{text!r} is not a number above 0")


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python -m geo", description="Which place a name means, in Arabic or Latin script."
    )
    commands = parser.add_subparsers(required=True, metavar="COMMAND")
    resolve = commands.add_parser("resolve", help="print the one place that a name means")
    resolve.set_defaults(run=_resolve)
    candidates = commands.add_parser("candidates", help="list all places that a name may mean")
    candidates.set_defaults(run=_candidates)
    for command in (resolve, candidates):
        command.add_argument("name", metavar="NAME")
        command.add_argument("--near", type=_point, metavar="LAT,LON", help="a point it is near")
        command.add_argument(
            "--within",
            metavar="PLACE_ID",
            help="a place it lies in; for a governorate's capital, failing that, its governorate",
        )
        command.add_argument("--json", action="store_true", help="print JSON")
    candidates.add_argument("--limit", type=_positive, default=30, help="at most so many (30)")
    add = commands.add_parser(
        "add", help="add places from a GeoNames dump (SY.zip, SY.txt) or a table of P-codes (CSV)"
    )
    add.set_defaults(run=_add)
    add.add_argument("file", type=Path, metavar="FILE")
    add.add_argument("--format", choices=FORMATS, help="told by the file when not given")
    add.add_argument("--to", type=Path, metavar="PATH", help=f"table to write; else ${USER_PLACES} or a default")
    return parser


if __name__ == "__main__":
    sys.exit(main())
