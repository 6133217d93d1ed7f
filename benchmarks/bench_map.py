"""`make bench-map`: the map beside st.map, pydeck and FastMarkerCluster in one run in real Chromium.

Writes docs/performance.md: milliseconds from a filter to the drawn map, for panning and for the first view; bytes;
memory of browser and server.
"""

from __future__ import annotations

import argparse
import hashlib
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import duckdb
from playwright.sync_api import Error, Playwright, sync_playwright

from benchmarks.driving import Chromium, Server, TooSlowError, Visitor, fetch_plugins
from benchmarks.pages import ALSO_OURS, OURS, PEERS, ROOT, Page
from benchmarks.report import Case, write_report
from benchmarks.synthetic import parquet_beside, write_store
from events.atlas import Atlas, open_atlas
from events.engines.schema import TABLES
from events.selection import Selection

ACTORS = (
    ("Islamic State", "islamic_state"), ("Syrian Democratic Forces", "sdf"), ("Russia", "russia"),
    ("Coalition", "coalition"), ("Turkey", "turkey"),
)  # fmt: skip
"""The boxes that are ticked: as the made-up events name the actor, and its id."""
SIZES = (1_000, 10_000, 100_000, 1_000_000, 10_000_000)
PEERS_UP_TO = 1_000_000
ALSO_OURS_AT = (1_000, 1_000_000)


@dataclass
class Job:
    """One page at one size."""

    page: Page
    n: int
    env: dict[str, str]
    counts: Callable[[Sequence[int]], int]
    labels: Sequence[str]
    case: Case = field(init=False)

    def __post_init__(self) -> None:
        self.case = Case(page=self.page.name, n=self.n)


def main() -> int:
    """Measure and write the report."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--sizes", default=",".join(map(str, SIZES)), help="numbers of events, with commas between")
    parser.add_argument("--changes", type=int, default=12, help="changes measured of each page, 30 at most")
    parser.add_argument("--moves", type=int, default=6, help="moves measured of each page")
    parser.add_argument("--limit", type=float, default=120, help="seconds after which a page is given up")
    parser.add_argument("--budget", type=float, default=20, help="seconds after which a slow page is not repeated")
    parser.add_argument("--only", default="", help="names of pages, with commas between; all where empty")
    parser.add_argument(
        "--folder", type=Path, default=Path(tempfile.gettempdir()) / "furat-bench", help="for the events made up"
    )
    parser.add_argument("--write", type=Path, default=ROOT / "docs/performance.md")
    asked = parser.parse_args()
    sizes = [int(float(size)) for size in asked.sizes.split(",") if size]
    only = {name for name in asked.only.split(",") if name}
    asked.folder.mkdir(parents=True, exist_ok=True)
    npm = fetch_plugins(asked.folder)
    began = time.perf_counter()
    cases = []
    with sync_playwright() as playwright:
        for n in sizes:
            store = made(asked.folder, n)
            for page in (OURS, *(ALSO_OURS if n in ALSO_OURS_AT else ()), *(PEERS if n <= PEERS_UP_TO else ())):
                if only and page.name not in only:
                    continue
                job = _job(page, n, store)
                _measure(job, playwright, npm, asked)
                cases.append(job.case)
                print(job.case.line(), file=sys.stderr, flush=True)
    write_report(asked.write, cases, limit=asked.limit, minutes=(time.perf_counter() - began) / 60)
    print(asked.write)
    return 0


def made(folder: Path, n: int) -> Path:
    """The store of n events, made where it is not there yet."""
    # One made for other tables is no longer a store.
    path = folder / f"{n}-{hashlib.sha256(repr(TABLES).encode()).hexdigest()[:8]}.duckdb"
    if not path.exists():
        begin = time.perf_counter()
        atlas = open_atlas()
        write_store(path, n, dataset=atlas.dataset, gazetteer=atlas.gazetteer)
        print(f"{n:,} events made in {time.perf_counter() - begin:.0f} s", file=sys.stderr, flush=True)
    return path


def _job(page: Page, n: int, store: Path) -> Job:
    """How the page is started, what its boxes are called, and how many events each choice of them shows."""
    if page in (OURS, *ALSO_OURS):
        atlas = open_atlas(address=str(store))
        return Job(
            page=page, n=n, env={"FURAT_STORE": str(store)}, counts=lambda chosen: _our_count(atlas, chosen),
            labels=[f"{atlas.actor(key).name_en} ·" for _name, key in ACTORS],
        )  # fmt: skip
    events = parquet_beside(store)
    return Job(
        page=page, n=n, env={"FURAT_BENCH_EVENTS": str(events)}, counts=lambda chosen: _their_count(events, chosen),
        labels=[name for name, _key in ACTORS],
    )  # fmt: skip


def _our_count(atlas: Atlas, chosen: Sequence[int]) -> int:
    return atlas.store.count(Selection(actors=tuple(ACTORS[i][1] for i in chosen)))


def _their_count(events: Path, chosen: Sequence[int]) -> int:
    wanted = [ACTORS[i][0] for i in chosen]
    which = "len($wanted) = 0 OR list_contains($wanted, a) OR list_contains($wanted, b)"
    query = f"SELECT count(*) FROM read_parquet($events) WHERE {which}"  # noqa: S608 - a constant
    with duckdb.connect() as reading:
        return int(reading.execute(query, {"events": str(events), "wanted": wanted}).fetchall()[0][0])


def _measure(job: Job, playwright: Playwright, npm: Path | None, asked: argparse.Namespace) -> None:
    """First views, changes and moves of one page at one size; what was too slow is said in the case."""
    case, log = job.case, asked.folder / f"{job.page.name.replace(' ', '-')}-{job.n}.log"
    browser = Chromium(playwright, npm)
    try:
        with Server(job.page, job.env, log) as server:
            visitor = _first_views(job, server, browser, asked)
            if visitor is not None:
                _changes(job, visitor, asked)
                case.server_mb = server.megabytes()
                case.browser_mb = browser.megabytes()
                _moves(job, visitor, asked)
    except TooSlowError:
        case.given_up = True
    except Error as error:
        # A tab that ran out of memory, or a message too large for Streamlit.
        case.broke = str(error).splitlines()[0][:120]
    finally:
        browser.close()


def _first_views(job: Job, server: Server, browser: Chromium, asked: argparse.Namespace) -> Visitor | None:
    """Open the page a few times; the first time warms the server and is not counted unless it must be."""
    total = job.counts(())
    begin = time.perf_counter()
    visitor = None
    for turn in range(4):
        if turn and time.perf_counter() - begin > asked.budget:
            break
        if visitor is not None:
            visitor.close()
        visitor = browser.visitor()
        took = visitor.open(server.url, job.page, total, limit=asked.limit)
        job.case.first_bytes = visitor.received
        if turn or took > asked.budget * 1000:
            job.case.first.append(took)
        visitor.rest()
    return visitor


def _changes(job: Job, visitor: Visitor, asked: argparse.Namespace) -> None:
    """Tick and untick boxes so that every choice is a new one: nothing can be remembered."""
    begin = time.perf_counter()
    chosen: list[int] = []
    # The first change also warms what every later one needs.
    for turn in range(asked.changes + 1):
        # By the lowest set bit: the order of a Gray code, which comes by each of the 31 choices once.
        box = ((turn + 1) & -(turn + 1)).bit_length() - 1
        chosen = sorted({*chosen} ^ {box})
        before = visitor.received
        took = visitor.change(job.page, job.labels[box], job.counts(chosen), limit=asked.limit)
        visitor.rest()
        slow = time.perf_counter() - begin > asked.budget
        if turn or slow:
            job.case.change.append(took)
            job.case.change_bytes.append(visitor.received - before)
        if slow:
            break
    job.case.shown = job.counts(chosen)


def _moves(job: Job, visitor: Visitor, asked: argparse.Namespace) -> None:
    begin = time.perf_counter()
    for turn in range(asked.moves):
        before = visitor.received
        # Away from where one has been, so that nothing near is there already.
        step = (1, 1, -1, -1, -1, 1, 1, 1)[turn % 8]
        job.case.pan.append(visitor.pan(job.page, step, job.case.shown, limit=asked.limit))
        visitor.rest()
        job.case.pan_bytes.append(visitor.received - before)
        if time.perf_counter() - begin > asked.budget:
            break


if __name__ == "__main__":
    sys.exit(main())
