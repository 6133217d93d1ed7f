"""`python -m events read FILE…`: one JSON object per article on standard output, complaints on standard error."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Iterable, Iterator
from concurrent.futures import ProcessPoolExecutor
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

from tqdm import tqdm

from events.errors import EventsError
from events.reading.document import read_documents
from events.reading.reader import Reader
from events.tables import load_dataset
from geo.errors import GeoError
from geo.gazetteer import load_gazetteer

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


def run_read(asked: argparse.Namespace) -> int:
    """Read the files asked for. 0 when all were read, 1 when some could not be: the rest is still printed."""
    failed = 0
    plain = sys.stdout.isatty() and not asked.json
    for lines, problem in _progress(_results(asked), len(asked.files)):
        if problem:
            failed += 1
            print(problem, file=sys.stderr)
        for line in lines:
            print(_table(json.loads(line)) if plain else line)
    if failed:
        print(f"{failed} of {len(asked.files)} files could not be read.", file=sys.stderr)
    return 1 if failed else 0


def _results(asked: argparse.Namespace) -> Iterator[tuple[list[str], str]]:
    work = [(path, asked.published, asked.publisher) for path in asked.files]
    if asked.jobs == 1 or len(work) == 1:
        yield from map(_read_one, work)
        return
    with ProcessPoolExecutor(max_workers=min(asked.jobs, len(work))) as pool:
        yield from pool.map(_read_one, work, chunksize=max(1, min(32, len(work) // (4 * asked.jobs))))


def _progress(results: Iterable[tuple[list[str], str]], total: int) -> Iterable[tuple[list[str], str]]:
    bar: Iterable[tuple[list[str], str]] = tqdm(
        results, total=total, unit="file", file=sys.stderr, disable=total < _BAR_FROM
    )
    return bar


@cache
def _reader() -> Reader:
    gazetteer = load_gazetteer()
    return Reader(gazetteer=gazetteer, dataset=load_dataset(places=gazetteer))


def _read_one(job: tuple[Path, date | None, str | None]) -> tuple[list[str], str]:
    path, published, publisher = job
    try:
        documents = read_documents(path)
        reader = _reader()
    except (EventsError, GeoError, OSError) as error:
        return [], f"{path}: {error}"
    lines = []
    for document in documents:
        reading = reader.read(
            document.text, published=document.published or published, publisher=document.publisher or publisher,
            title=document.title,
        )  # fmt: skip
        # The text goes along where it is not the file itself: spans count in it.
        extra = {"url": document.url, "text": document.text}
        lines.append(json.dumps({**reading.as_json(docno=document.docno), **extra}, ensure_ascii=False))
    return lines, ""


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
