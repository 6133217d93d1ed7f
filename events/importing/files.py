"""`python -m events files`: which files a store holds, and taking one out again."""

from __future__ import annotations

import argparse
import json
import sys
from dataclasses import asdict

from events.additions.batches import Held, held, remove
from events.errors import EventsError


def add_files_command(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add the command to a parser's sub-commands; the parsed arguments go to :func:`run_files`."""
    files = commands.add_parser(
        "files",
        help="list the files in a store, or take one out",
        description="List the files whose events a store holds, in the order they came; or take one out again. "
        "An event that several files tell of leaves with the one that brought it.",
    )
    files.add_argument("--store", metavar="PATH", help="a DuckDB file or an engine's URL; default: FURAT_STORE")
    files.add_argument("--remove", metavar="NAME", help="take out the file of this name or id, with all its events")
    files.add_argument("--json", action="store_true", help="one JSON object a file")


def run_files(asked: argparse.Namespace, *, store: str = "") -> int:
    """List, or remove. 0 when it worked, 1 when the store or the name is wrong, 2 when nobody says which store.

    store: which one when the command does not say.
    """
    store = asked.store or store
    if not store:
        print("Say which store: --store PATH, or the environment variable FURAT_STORE.", file=sys.stderr)
        return 2
    try:
        files = held(store)
        if asked.remove is not None:
            file = _named(asked.remove, files)
            remove(store, file.id)
            print(f"{file.name} is out of the store, with {file.events:,} events.")
            return 0
    except (EventsError, OSError) as error:
        print(error, file=sys.stderr)
        return 1
    for file in files:
        told = f"{file.name}  {file.format}  {file.rows:,} rows, {file.events:,} events  {file.id}"
        print(json.dumps(asdict(file), ensure_ascii=False) if asked.json else told)
    return 0


class _UnknownFileError(EventsError, LookupError):
    """No file of the store, or several, are meant."""


def _named(name: str, files: tuple[Held, ...]) -> Held:
    meant = [file for file in files if name in (file.id, file.name)]
    if len(meant) == 1:
        return meant[0]
    if meant:
        ids = ", ".join(file.id for file in meant)
        raise _UnknownFileError(f"{len(meant)} files are called {name!r}; give the id of one: {ids}.")
    known = ", ".join(repr(file.name) for file in files) or "it holds none"
    raise _UnknownFileError(f"The store holds no file {name!r}; expected one of: {known}.")
