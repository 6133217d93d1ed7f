"""`python -m events import FILE…`: foreign event files into a store, each wholly or not at all."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

from tqdm import tqdm
from tqdm.contrib.logging import logging_redirect_tqdm

from events.additions.batches import add_incoming
from events.engines.address import reachable
from events.errors import EventsError
from events.importing import StagedFile, stage_file
from events.sources.recognise import FORMATS
from events.stopping import stoppable
from events.tables import Tables
from geo.errors import GeoError

_SHOWN = 20
_NO_STORE = (
    "Say where the events go: --store PATH, or the environment variable FURAT_STORE; "
    "or look at the files only with --dry-run."
)
_STOPPED = "stopped. A file gets in wholly or not at all; to import it again adds nothing twice."


def add_import_command(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add the command to a parser's sub-commands; the parsed arguments go to :func:`run_import`."""
    importing = commands.add_parser(
        "import",
        help="import event files",
        description="Import UCDP GED, ACLED, GDELT or any table of events. A file gets in wholly or not at all; "
        "rows with faults are left out and told. ACLED's terms forbid to pass its data on.",
    )
    importing.add_argument(
        "files", nargs="+", type=Path, metavar="FILE", help="CSV, TSV, XLSX, Parquet, GeoJSON; also in a zip or gzip"
    )
    importing.add_argument("--format", choices=("auto", *FORMATS), default="auto", help="default: auto")
    importing.add_argument("--store", metavar="PATH", help="a DuckDB file or an engine's URL; default: FURAT_STORE")
    importing.add_argument("--dry-run", action="store_true", help="read and check only")
    importing.add_argument(
        "--map", action="append", default=[], type=_pair, metavar="FIELD=COLUMN",
        help="which column means what, such as date=Tag; repeatable; an empty COLUMN takes a guess away",
    )  # fmt: skip
    importing.add_argument("--json", action="store_true", help="one JSON object a file")


def run_import(asked: argparse.Namespace, load: Callable[[], Tables], *, store: str = "") -> int:
    """Import the files asked for. 0 when all got in, 1 when one was refused, 2 when nobody says where to, 130 when
    somebody stops it.

    load: gives the tables and the gazetteer by which names are known. store: where to when the command does not say.
    """
    store = asked.store or store
    if not store and not asked.dry_run:
        print(_NO_STORE, file=sys.stderr)
        return 2
    refused = 0
    try:
        if not asked.dry_run:
            reachable(store)
        tables = load()
    except (EventsError, GeoError, OSError) as error:
        print(error, file=sys.stderr)
        return 1
    for path in asked.files:
        try:
            with stoppable():
                told = _import(path, asked, store, tables)
        except (EventsError, GeoError, OSError) as error:
            refused += 1
            told = _refusal(path, str(error))
        except KeyboardInterrupt:
            print(f"{path}: {_STOPPED}", file=sys.stderr)
            return 130
        print(json.dumps(told, ensure_ascii=False) if asked.json else _summary(told), flush=True)
    if refused and len(asked.files) > 1 and not asked.json:
        print(f"{refused} of {len(asked.files)} files were refused.", file=sys.stderr)
    return 1 if refused else 0


def _import(path: Path, asked: argparse.Namespace, store: str, tables: Tables) -> dict[str, Any]:
    with tqdm(unit="B", unit_scale=True, desc=path.name, file=sys.stderr, disable=None, leave=False) as bar:

        def move(done: int, total: int) -> None:
            bar.total = total
            bar.update(done - bar.n)

        with stage_file(
            path,
            gazetteer=tables.gazetteer,
            format=asked.format,
            mapping=dict(asked.map),
            progress=move,
            reach=None if asked.dry_run else _reach(store),
        ) as file:
            bar.set_description(f"{path.name}, storing")
            with logging_redirect_tqdm():
                added, duplicates = (0, 0) if asked.dry_run else _add(store, file, tables)
    staged = file.staged
    return {
        "file": str(path), "format": file.format, "rows": staged.rows, "good": staged.good, "located": staged.located,
        "added": added, "duplicates": duplicates,
        "issues": [
            {"line": i.line, "column": i.column, "value": i.value, "reason": i.reason} for i in staged.issues
        ],
        "more_issues": staged.more, "mapping": dict(file.mapping),
        "unmapped": [column for column in file.columns if column not in file.mapping.values()],
        "dry_run": asked.dry_run,
    }  # fmt: skip


def _add(store: str, file: StagedFile, tables: Tables) -> tuple[int, int]:
    added = add_incoming(
        store, file.connection, name=file.name, form=file.format, digest=file.digest, dataset=tables.dataset,
        gazetteer=tables.gazetteer, mapping=file.mapping,
    )  # fmt: skip
    return added.added, added.duplicates


def _reach(store: str) -> Path | None:
    """The folder that a store's file lies in; None for an engine elsewhere."""
    if not store or ("://" in store and not store.startswith("spark:")):
        return None
    return Path(store.removeprefix("spark:")).absolute().parent


def _refusal(path: Path, reason: str) -> dict[str, Any]:
    issue = {"line": None, "column": "", "value": "", "reason": reason}
    return {
        "file": str(path),
        "format": None,
        "rows": 0,
        "added": 0,
        "duplicates": 0,
        "issues": [issue],
        "refused": reason,
    }


def _summary(told: dict[str, Any]) -> str:
    if told.get("refused"):
        return f"{told['file']}: refused. {told['refused']}"
    kept = f"{told['good']:,} of {told['rows']:,} rows are good"
    stored = "nothing stored (dry run)" if told["dry_run"] else f"{told['added']:,} added"
    known = f", {told['duplicates']:,} were there already" if told["duplicates"] else ""
    lines = [f"{told['file']}: {told['format']}; {kept}; {stored}{known}."]
    if told["format"] in ("table", "geojson"):
        read = ", ".join(f"{field} = {column[:40]}" for field, column in told["mapping"].items())
        rest = ", ".join(column[:40] for column in told["unmapped"][:_SHOWN]) + (
            ", …" if len(told["unmapped"]) > _SHOWN else ""
        )
        lines.append(f"  Columns read: {read}." + (f" Kept as they are: {rest}." if rest else ""))
    if told["located"]:
        lines.append(f"  {told['located']:,} events got their place by its name from the gazetteer.")
    issues = told["issues"]
    for issue in issues[:_SHOWN]:
        where = f"line {issue['line']:,}" + (f", {issue['column']}" if issue["column"] else "")
        value = f" {issue['value'][:60]!r}" if issue["value"] else ""
        lines.append(f"  {where}:{value} {issue['reason']}")
    rest = len(issues) - _SHOWN + told["more_issues"]
    if rest > 0:
        lines.append(f"  … and {rest:,} more; --json lists them.")
    return "\n".join(lines)


def _pair(text: str) -> tuple[str, str]:
    field, equals, column = text.partition("=")
    if not equals or not field:
        raise argparse.ArgumentTypeError(f"{text!r} is no FIELD=COLUMN; expected one such as date=Tag")
    return field.strip(), column
