"""The command line: `python -m events list`, `export`, `import`, `files` and `read`."""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from events.errors import EventsError
from events.pipes import leave_quietly
from events.stopping import stoppable
from events.tables import DATA, Tables, load_tables
from geo.errors import GeoError
from geo.own import user_tables

if TYPE_CHECKING:
    from events.atlas import Atlas

_COMMANDS = ("read", "list", "export", "import", "files")


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command; 0 when it worked, 1 when the data stand in the way, 2 when the command line does, 130 when
    somebody stops it.
    """
    try:
        with stoppable():
            return _run(argv)
    except BrokenPipeError:
        return leave_quietly()
    except KeyboardInterrupt:
        print("Stopped.", file=sys.stderr)
        return 130


def _run(argv: Sequence[str] | None) -> int:
    arguments = list(sys.argv[1:] if argv is None else argv)
    parser = _parser(arguments[:1])
    asked = parser.parse_args(arguments)
    # Arabic must survive a pipe on a system whose locale is not UTF-8.
    sys.stdout.reconfigure(encoding="utf-8")  # type: ignore[union-attr]
    store = os.environ.get("FURAT_STORE", "")
    if asked.command == "read":
        from events.desk.command import run_read

        return run_read(asked, lambda: _opened(None))
    if asked.command == "import":
        from events.importing.command import run_import

        return run_import(asked, _tables, store=store)
    if asked.command == "files":
        from events.importing.files import run_files

        return run_files(asked, store=store)
    try:
        atlas = _opened(asked.store or store or None)
    except (EventsError, GeoError, OSError) as error:
        print(error, file=sys.stderr)
        return 1
    from events.export.command import run_export
    from events.export.options import OptionError

    if asked.command == "export":
        return run_export(asked, atlas)
    try:
        return _list(asked, atlas)
    except OptionError as error:
        parser.error(str(error))


def _folder() -> Path:
    return Path(os.environ.get("FURAT_TABLES", DATA))


def _tables() -> Tables:
    return load_tables(_folder(), extra_places=user_tables())


def _opened(address: str | None) -> Atlas:
    """A store's events; without an address those of the hand-kept tables."""
    from events.atlas import open_atlas

    return open_atlas(_folder(), extra_places=user_tables(), address=address)


def _list(asked: argparse.Namespace, atlas: Atlas) -> int:
    from events import export
    from events.export.options import selection_asked

    selection = selection_asked(asked, atlas)
    write = {"table": export.plain_table, "csv": export.csv_text, "geojson": export.geojson}[asked.format]
    text = write(atlas, selection)
    print(text, end="" if text.endswith("\n") else "\n", flush=True)
    return 0


def _parser(first: Sequence[str]) -> argparse.ArgumentParser:
    """The parser of all commands. first: the first argument; where it names one, only that is loaded and known.

    What `export` needs takes longer to load than a small file to import.
    """
    parser = argparse.ArgumentParser(prog="python -m events", description="Furat's events on the command line.")
    commands = parser.add_subparsers(required=True, metavar="COMMAND", dest="command")
    asked = [name for name in _COMMANDS if name in first] or _COMMANDS
    if "read" in asked:
        from events.desk.command import add_read_command

        add_read_command(commands)
    if "list" in asked:
        from events.export.options import add_selection_options

        listing = commands.add_parser(
            "list", help="list events", description="List the events that filters leave, oldest first."
        )
        add_selection_options(listing)
        listing.add_argument("--format", choices=("table", "csv", "geojson"), default="table")
    if "export" in asked:
        from events.export.command import add_export_command

        add_export_command(commands)
    if "import" in asked:
        from events.importing.command import add_import_command

        add_import_command(commands)
    if "files" in asked:
        from events.importing.files import add_files_command

        add_files_command(commands)
    return parser


if __name__ == "__main__":
    sys.exit(main())
