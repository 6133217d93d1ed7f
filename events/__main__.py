"""The command line: `python -m events list` and `python -m events read`."""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Collection, Sequence
from datetime import date
from difflib import get_close_matches
from pathlib import Path

from events import export
from events.atlas import open_atlas
from events.errors import EventsError
from events.reading.command import add_read_command, run_read
from events.selection import TYPES, Selection, read_day
from events.tables import DATA
from geo.__main__ import user_tables
from geo.errors import GeoError


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command; 0 when it worked, 1 when the data stand in the way, 2 when the command line does."""
    parser = _parser()
    asked = parser.parse_args(argv)
    # Arabic must survive a pipe on a system whose locale is not UTF-8.
    sys.stdout.reconfigure(encoding="utf-8")  # type: ignore[union-attr]
    if asked.command == "read":
        return run_read(asked)
    try:
        atlas = open_atlas(Path(os.environ.get("FURAT_TABLES", DATA)), extra_places=user_tables())
    except (EventsError, GeoError, OSError) as error:
        print(error, file=sys.stderr)
        return 1
    for option, values, known in (
        ("--actor", asked.actor, atlas.dataset.actors),
        ("--claimant", asked.claimant, atlas.dataset.claimants),
        ("--type", asked.type, TYPES),
    ):
        for value in values:
            if value not in known:
                parser.error(_unknown(option, value, known))
    if asked.date_from and asked.date_to and asked.date_from > asked.date_to:
        parser.error(f"--from {asked.date_from} is after --to {asked.date_to}; turn them round")
    selection = Selection(
        date_from=asked.date_from,
        date_to=asked.date_to,
        actors=tuple(asked.actor),
        types=tuple(asked.type),
        claimants=tuple(asked.claimant),
    )
    write = {"table": export.plain_table, "csv": export.csv_text, "geojson": export.geojson}[asked.format]
    text = write(atlas, selection)
    try:
        print(text, end="" if text.endswith("\n") else "\n")
        sys.stdout.flush()
    except BrokenPipeError:
        # The reader (`head`) has seen enough; leave quietly.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m events", description="Furat's events on the command line.")
    commands = parser.add_subparsers(required=True, metavar="COMMAND", dest="command")
    add_read_command(commands)
    listing = commands.add_parser(
        "list", help="list events", description="List the events that filters leave, oldest first."
    )
    listing.add_argument("--from", dest="date_from", type=_day, metavar="DAY", help="first day, such as 2017-10-12")
    listing.add_argument("--to", dest="date_to", type=_day, metavar="DAY", help="last day, inclusive")
    listing.add_argument("--actor", action="append", default=[], metavar="ID", help="actor or target; repeatable")
    listing.add_argument(
        "--type", action="append", default=[], metavar="TYPE", help="event type or sub-event type; repeatable"
    )
    listing.add_argument("--claimant", action="append", default=[], metavar="ID", help="who says so; repeatable")
    listing.add_argument("--format", choices=("table", "csv", "geojson"), default="table")
    return parser


def _day(text: str) -> date:
    day = read_day(text)
    if day is None:
        raise argparse.ArgumentTypeError(f"{text!r} is not a day; expected one such as 2017-10-12")
    return day


def _unknown(option: str, value: str, known: Collection[str]) -> str:
    near = get_close_matches(value, list(known), n=3, cutoff=0.5)
    hint = f"did you mean {', '.join(near)}?" if near else f"known: {', '.join(known)}"
    return f"{option} {value!r} is unknown; {hint}"


if __name__ == "__main__":
    sys.exit(main())
