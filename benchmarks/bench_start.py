"""`make bench-start`: a cold start, the server's memory and each further visitor's, beside a page with one marker.

Both pages are started in turn in one run; writes docs/cold-start.md.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
import time
from pathlib import Path

from playwright.sync_api import Playwright, sync_playwright

from benchmarks.driving import Chromium, Server, fetch_plugins
from benchmarks.pages import BARE, OURS, ROOT, Page
from benchmarks.report import Start, write_starts
from events.atlas import open_atlas

STARTS = 5
FURTHER_VISITORS = 10
LIMIT_S = 120


def main() -> int:
    """Measure and write the report."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--write", type=Path, default=ROOT / "docs/cold-start.md")
    asked = parser.parse_args()
    total = open_atlas().store.total
    ours, bare = Start(page=OURS.name), Start(page=BARE.name)
    with tempfile.TemporaryDirectory(prefix="furat-bench-") as name, sync_playwright() as playwright:
        npm = fetch_plugins(Path(name))
        for _turn in range(STARTS):
            _measure(ours, OURS, total, playwright, npm, Path(name))
            _measure(bare, BARE, 0, playwright, npm, Path(name))
    write_starts(asked.write, ours, bare, visitors=FURTHER_VISITORS)
    print(asked.write)
    return 0


def _measure(start: Start, page: Page, n: int, playwright: Playwright, npm: Path | None, folder: Path) -> None:
    """From the command to the drawn map of n events, and the memory of server and of each further visitor."""
    browser = Chromium(playwright, npm)
    visitor = browser.visitor()
    with Server(page, {}, folder / "start.log") as server:
        visitor.open(server.url, page, n, limit=LIMIT_S)
        start.cold.append((time.perf_counter() - server.began) * 1000)
        visitor.rest()
        one = server.megabytes()
        for _further in range(FURTHER_VISITORS):
            further = browser.visitor()
            further.open(server.url, page, n, limit=LIMIT_S)
            further.rest()
        start.server_mb.append(one)
        start.visitor_mb.append((server.megabytes() - one) / FURTHER_VISITORS)
    browser.close()


if __name__ == "__main__":
    sys.exit(main())
