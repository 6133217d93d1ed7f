"""The command line: `python -m events list`, `export`, `import`, `files` and `read`."""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Sequence
from pathlib import Path

from events import export
from events.atlas import Atlas, open_atlas
from events.desk.command import add_read_command, run_read
from events.errors import EventsError
from events.export.command import add_export_command, run_export
from events.export.options import OptionError, add_selection_options, selection_asked
from events.importing.command import add_import_command, run_import
from events.importing.files import add_files_command, run_files
from events.tables import DATA
from geo.errors import GeoError
from geo.own import user_tables


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command; 0 when it worked, 1 when the data stand in the way, 2 when the command line does."""
    parser = _parser()
    asked = parser.parse_args(argv)
    # Arabic must survive a pipe on a system whose locale is not UTF-8.
    sys.stdout.reconfigure(encoding="utf-8")  # type: ignore[union-attr]
    if asked.command == "read":
        return run_read(asked, _tables)
    if asked.command == "import":
        return run_import(asked, _tables, store=os.environ.get("FURAT_STORE", ""))
    if asked.command == "files":
        return run_files(asked, _tables, store=os.environ.get("FURAT_STORE", ""))
    try:
        address = asked.store or os.environ.get("FURAT_STORE") or None
        atlas = open_atlas(_folder(), extra_places=user_tables(), address=address)
    except (EventsError, GeoError, OSError) as error:
        print(error, file=sys.stderr)
        return 1
    if asked.command == "export":
        return run_export(asked, atlas)
    try:
        return _list(asked, atlas)
    except OptionError as error:
        parser.error(str(error))


def _folder() -> Path:
    return Path(os.environ.get("FURAT_TABLES", DATA))


def _tables() -> Atlas:
    """The hand-kept tables, whatever store there is."""
    return open_atlas(_folder(), extra_places=user_tables())


def _list(asked: argparse.Namespace, atlas: Atlas) -> int:
    selection = selection_asked(asked, atlas)
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
    add_selection_options(listing)
    listing.add_argument("--format", choices=("table", "csv", "geojson"), default="table")
    add_export_command(commands)
    add_import_command(commands)
    add_files_command(commands)
    return parser


if __name__ == "__main__":
    sys.exit(main())
