"""`python -m events read FILE…`: a JSON object an article, or the events into a store; complaints on standard error."""

from __future__ import annotations

import argparse
import hashlib
import json
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, replace
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

from tqdm import tqdm

from events.additions.batches import add_batch, reports_held
from events.atlas import Atlas, open_atlas
from events.desk.batch import batch
from events.desk.desk import MOST_CHARACTERS, MOST_SHEETS, Desk, Sheet, add, sheet, sound
from events.desk.errors import KnownReport
from events.desk.links import link
from events.engines.address import public, reachable
from events.engines.loading import Added
from events.errors import EventsError
from events.reading.document import read_documents
from events.reading.reader import Reader
from geo.errors import GeoError

_BAR_FROM = 20


def add_read_command(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add the command to a parser's sub-commands; the parsed arguments go to :func:`run_read`."""
    reading = commands.add_parser(
        "read",
        help="read reports",
        description="Read Arabic (and, less well, English) reports: located, dated, attributed events.",
    )
    reading.add_argument("files", nargs="+", type=Path, metavar="FILE", help=".txt, .html, .json or .jsonl")
    reading.add_argument(
        "--published", type=_day, metavar="DAY", help="day of publication where a file has none, such as 2017-10-14"
    )
    reading.add_argument("--publisher", metavar="NAME", help="publisher where a file names none")
    reading.add_argument(
        "--json", action="store_true", help="one JSON object a line even on a terminal (a pipe always gets it)"
    )
    reading.add_argument("--jobs", type=_jobs, default=1, metavar="N", help="processes, 1 to 64")
    reading.add_argument(
        "--store", metavar="PATH",
        help="add the events to a store instead: a DuckDB file or an engine's address. Reports told of one event "
        "are linked; nobody has checked what is added, and its origin says so",
    )  # fmt: skip


def run_read(asked: argparse.Namespace, opened: Callable[[], Atlas]) -> int:
    """Read the files asked for. 0 when all were read, 1 when some could not be: the rest is still written.

    opened: gives the tables and the gazetteer by which the events of a store are named.
    """
    global _tables
    _tables = opened
    if asked.store:
        try:
            reachable(asked.store)
        except (EventsError, OSError) as error:
            print(error, file=sys.stderr)
            return 1
    failed = 0
    sheets: list[Sheet] = []
    plain = sys.stdout.isatty() and not asked.json
    for found in _progress(_results(asked), len(asked.files)):
        if found.problem:
            failed += 1
            print(found.problem, file=sys.stderr)
        sheets += found.sheets
        for line in found.lines if asked.json or not asked.store else ():
            print(_table(json.loads(line)) if plain else line)
    if failed:
        print(f"{failed} of {_counted(len(asked.files), 'file')} could not be read.", file=sys.stderr)
    if asked.store:
        try:
            added, known = _keep(asked.store, sheets, opened())
        except (EventsError, GeoError, OSError) as error:
            print(error, file=sys.stderr)
            return 1
        new, to = _counted(len(sheets) - known, "report"), public(asked.store)
        told = f"{_counted(added.added, 'event')} of {new} added to {to}"
        there = f"{_counted(known, 'report')} {'was' if known == 1 else 'were'} there already"
        print(f"{told}; {there}." if known else f"{told}.", file=sys.stderr)
    return 1 if failed else 0


def _counted(n: int, noun: str) -> str:
    return f"{n:,} {noun}" if n == 1 else f"{n:,} {noun}s"


def _keep(address: str, sheets: Sequence[Sheet], atlas: Atlas) -> tuple[Added, int]:
    """Add what the reports tell to a store; reports of one event become claims of it, desk by desk.

    Returns also how many reports were there already: these are left alone, whatever they were linked with.
    """
    total = Added(added=0, duplicates=0)
    held = reports_held(address)
    for desk in _desks(one for one in sheets if one.id not in held):
        linked = link(desk)
        digest = hashlib.sha256("".join(one.sha256 for one in linked.sheets).encode()).hexdigest()
        first = linked.sheets[0].name
        name = first if len(linked.sheets) == 1 else f"{first} and {len(linked.sheets) - 1} more"
        read = replace(batch(linked, atlas=atlas, name=name, statuses=("proposed",)), id=f"read:{digest}")
        added = add_batch(
            address, read, form="read", digest=digest, dataset=atlas.dataset, gazetteer=atlas.gazetteer
        )  # fmt: skip
        total = Added(added=total.added + added.added, duplicates=total.duplicates + added.duplicates)
    return total, len({one.id for one in sheets} & held)


def _desks(sheets: Iterable[Sheet]) -> Iterator[Desk]:
    """The reports laid on as few desks as hold them; a text given twice lies there once."""
    desk, characters = Desk(), 0
    for one in sheets:
        if desk.sheets and (len(desk.sheets) >= MOST_SHEETS or characters + len(one.text) > MOST_CHARACTERS):
            yield desk
            desk, characters = Desk(), 0
        try:
            desk = add(desk, one)
        except KnownReport:
            continue
        characters += len(one.text)
    if desk.sheets:
        yield desk


@dataclass(frozen=True, kw_only=True)
class _Read:
    """What became of one file: a line an article, the same for a store, or what is wrong with it."""

    lines: tuple[str, ...] = ()
    sheets: tuple[Sheet, ...] = ()
    problem: str = ""


def _results(asked: argparse.Namespace) -> Iterator[_Read]:
    work = [(path, asked.published, asked.publisher, bool(asked.store)) for path in asked.files]
    if asked.jobs == 1 or len(work) == 1:
        yield from map(_read_one, work)
        return
    with ProcessPoolExecutor(max_workers=min(asked.jobs, len(work))) as pool:
        yield from pool.map(_read_one, work, chunksize=max(1, min(32, len(work) // (4 * asked.jobs))))


def _progress(results: Iterable[_Read], total: int) -> Iterable[_Read]:
    bar: Iterable[_Read] = tqdm(results, total=total, unit="file", file=sys.stderr, disable=total < _BAR_FROM)
    return bar


_tables: Callable[[], Atlas] = open_atlas
"""Gives the tables to read by; processes made later inherit it."""


@cache
def _reader() -> Reader:
    atlas = _tables()
    return Reader(gazetteer=atlas.gazetteer, dataset=atlas.dataset)


def _read_one(job: tuple[Path, date | None, str | None, bool]) -> _Read:
    path, published, publisher, kept = job
    try:
        documents = read_documents(path)
        reader = _reader()
    except OSError as error:
        return _Read(problem=f"{path}: {error.strerror or error}; expected a report to read.")
    except (EventsError, GeoError) as error:
        return _Read(problem=f"{path}: {error}")
    lines, sheets = [], []
    for document in documents:
        reading = reader.read(
            sound(document.text), published=document.published or published,
            publisher=document.publisher or publisher, title=document.title,
        )  # fmt: skip
        # The text goes along where it is not the file itself: spans count in it.
        extra = {"url": document.url, "text": reading.text}
        lines.append(json.dumps({**reading.as_json(docno=document.docno), **extra}, ensure_ascii=False))
        if kept:
            sheets.append(
                sheet(reading, name=document.docno, day_from="file" if document.published else "person",
                      url=document.url)
            )  # fmt: skip
    return _Read(lines=tuple(lines), sheets=tuple(sheets))


def _table(article: dict[str, Any]) -> str:
    rows = [f"{article['docno']}: {article['title']} ({article['published'] or 'undated'})"]
    for event in article["events"]:
        where = event["place"]["name"] if event["place"] else "?"
        when = event["date_start"] or "?"
        if event["date_end"] not in (None, event["date_start"]):
            when += f" to {event['date_end']}"
        who = f"{', '.join(event['actors'])} -> {', '.join(event['targets'])}  ({', '.join(event['claimants'])})"
        rows.append(f"  {event['confidence']:.2f}  {when}  {where}  {event['sub_event_type']}  {who}")
    return "\n".join(rows)


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise argparse.ArgumentTypeError(f"{text!r} is not a day; expected one such as 2017-10-12") from None


def _jobs(text: str) -> int:
    if not text.isdigit() or not 1 <= int(text) <= 64:
        raise argparse.ArgumentTypeError(f"{text!r} is not a number of processes; expected 1 to 64")
    return int(text)
