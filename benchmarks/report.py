"""docs/performance.md and docs/cold-start.md, made of what `bench_map` and `bench_start` measured."""

from __future__ import annotations

import os
import platform
import statistics
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path

OURS = "Furat"


@dataclass
class Case:
    """One page at one number of events: milliseconds, bytes and MB. given_up: over the limit; broke: an error."""

    page: str
    n: int
    first: list[float] = field(default_factory=list)
    change: list[float] = field(default_factory=list)
    pan: list[float] = field(default_factory=list)
    first_bytes: int = 0
    change_bytes: list[int] = field(default_factory=list)
    pan_bytes: list[int] = field(default_factory=list)
    server_mb: float = 0.0
    browser_mb: float = 0.0
    shown: int = 0
    given_up: bool = False
    broke: str = ""

    def line(self) -> str:
        """For the terminal."""
        tail = "given up" if self.given_up else self.broke
        times = ", ".join(f"{what} {spread(getattr(self, what))}" for what in ("first", "change", "pan"))
        return f"{self.page} {self.n:,}: {times} {tail}"


@dataclass
class Start:
    """A cold start: milliseconds from the command to the drawn map; MB of the server and of each further visitor."""

    page: str
    cold: list[float] = field(default_factory=list)
    server_mb: list[float] = field(default_factory=list)
    visitor_mb: list[float] = field(default_factory=list)


def spread(values: Sequence[float]) -> str:
    """Median and, in brackets, least and most; milliseconds below ten seconds, else seconds."""
    if not values:
        return "–"
    if max(values) >= 10_000:
        return f"{_of(values, 1000, 's')}"
    return _of(values, 1, "ms")


def _of(values: Sequence[float], unit: float, name: str) -> str:
    middle, low, high = (value / unit for value in (statistics.median(values), min(values), max(values)))
    if len(values) == 1:
        return f"{middle:,.0f} {name}"
    return f"{middle:,.0f} {name} ({low:,.0f}–{high:,.0f})"


def _bytes(values: Sequence[float]) -> str:
    if not values:
        return "–"
    middle = statistics.median(values)
    return f"{middle / 1e6:,.1f} MB" if middle >= 1e6 else f"{middle / 1e3:,.0f} kB"


def write_report(path: Path, cases: Sequence[Case], *, limit: float, minutes: float) -> None:
    """Write docs/performance.md."""
    parts = [_HEAD.format(
        day=datetime.now(UTC).date(), machine=_machine(), minutes=minutes, limit=limit, versions=_versions(),
    )]  # fmt: skip
    if cases:
        parts.append(_table("From a filter to the drawn map", "change", cases))
        parts.append(_table("Panning by 400 px", "pan", cases))
        parts.append(_table("First view, server warm, browser cold", "first", cases))
        parts.append(_weights(cases))
        parts.append(_goals(cases))
    parts.append(_HOW)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("\n".join(parts), encoding="utf-8")


_PACKAGES = ("streamlit", "streamlit-folium", "folium", "pydeck", "duckdb", "playwright")
_HEAD = """# Performance

Written by `make bench-map`; do not edit. {day}, {machine}, {minutes:.0f} minutes.
{versions}; headless Chromium, WebGL computed by SwiftShader.

Median, in brackets least and most. A page that does not draw within {limit:.0f} s is given up.
"""
_HOW = """## How this was measured

- The events are made up (`benchmarks/synthetic.py`, always the same ones): places, parties, days and precision in the
  proportions of UCDP's real file of Syria. All pages show the same events and tick the same boxes; ours has 59 more,
  those of the five reports. Every change asks for a choice of actors that was not asked for before.
- "Drawn" is the second animation frame after the page's layer holds the new events: ours when the map has taken the
  answer to the new question; st.map and pydeck when WebGL was told to draw exactly as many points as there are events
  (its draw calls are watched); FastMarkerCluster when the cluster layer holds as many. Before that nothing counts, so
  a page cannot win by drawing an old or a partial picture.
- The browser asks for reduced motion: our 180 ms of fading are left out, and no other page fades.
- Bytes are what the browser was sent from the click until nothing had come for 1.2 s: HTTP as it came over the wire,
  Streamlit's messages unpacked. Memory of the browser is the proportional set size of all its processes after the
  changes, of the server its resident memory.
- No page has an online background. The peers' scripts from CDNs are answered from local copies, at once.
- Peers are the shortest pages that do it (`benchmarks/peers`), with the events held in memory and no time line, table
  or counts beside the map; ours is the whole dashboard with all its panels.
- st.map and pydeck are panned by one step of the pointer, the other two by Leaflet's `panBy`. FastMarkerCluster has
  all its events in the browser and asks nobody when it is panned; ours asks the server whenever it leaves what it has.
"""


def _machine() -> str:
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30
    return f"{os.cpu_count()} cores of {platform.machine()}, {memory:.0f} GB, {platform.system()}"


def _pages(cases: Sequence[Case]) -> list[str]:
    return list(dict.fromkeys(case.page for case in cases))


def _sizes(cases: Sequence[Case]) -> list[int]:
    return sorted({case.n for case in cases})


def _table(title: str, what: str, cases: Sequence[Case]) -> str:
    sizes = _sizes(cases)
    rows = [f"## {title}\n", "| | " + " | ".join(f"{n:,}" for n in sizes) + " |", "|---" * (len(sizes) + 1) + "|"]
    for page in _pages(cases):
        cells = [_cell(next((c for c in cases if (c.page, c.n) == (page, n)), None), what) for n in sizes]
        rows.append(f"| {'**' + page + '**' if page == OURS else page} | " + " | ".join(cells) + " |")
    return "\n".join(rows) + "\n"


def _cell(case: Case | None, what: str) -> str:
    if case is None:
        return "not tried"
    values = getattr(case, what)
    if values:
        return spread(values)
    return "given up" if case.given_up else f"broke: {case.broke}" if case.broke else "–"


def _weights(cases: Sequence[Case]) -> str:
    rows = [
        "## Bytes and memory\n",
        "| | events | sent a change | sent a pan | first view | browser | server |",
        "|---|---:|---:|---:|---:|---:|---:|",
    ]
    for page in _pages(cases):
        for case in (case for case in cases if case.page == page):
            memory = [f"{mb:,.0f} MB" if mb else "–" for mb in (case.browser_mb, case.server_mb)]
            sent = [_bytes(case.change_bytes), _bytes(case.pan_bytes), _bytes([case.first_bytes])]
            rows.append(f"| {page} | {case.n:,} | " + " | ".join(sent + memory) + " |")
    return "\n".join(rows) + "\n"


def _goals(cases: Sequence[Case]) -> str:
    """What issue and design ask of the figures, each with what was found."""
    ours = {case.n: case for case in cases if case.page == OURS}
    small, large = ours.get(1_000), ours.get(1_000_000)
    if not (small and large and small.change and large.change):
        return ""
    rows = ["## Goals\n", "| goal at 1,000,000 events | found |", "|---|---|"]
    for what, goal, title in (("change", 1.5, "filter"), ("pan", 1.5, "panning"), ("first", 2.0, "first view")):
        a, b = getattr(small, what), getattr(large, what)
        if a and b:
            ratio = statistics.median(b) / statistics.median(a)
            rows.append(f"| {title}: within {goal} times its own time at 1,000 | {ratio:.2f} times |")
    drawn_otherwise = [c for c in cases if c.page.startswith(f"{OURS} as ") and c.n == large.n and c.change]
    for case in drawn_otherwise:
        ratio = statistics.median(case.change) / statistics.median(large.change)
        name = case.page.removeprefix(f"{OURS} as ")
        rows.append(
            f"| {name}: filter at the cost of symbols | {ratio:.2f} times, {_bytes(case.change_bytes)} a change |"
        )
    peers = [c for c in cases if not c.page.startswith(OURS) and c.n == large.n and c.change]
    if peers:
        best = min(peers, key=lambda case: statistics.median(case.change))
        ratio = statistics.median(best.change) / statistics.median(large.change)
        rows.append(
            f"| filter: at least 20 times faster than the best peer | {ratio:.0f} times faster than {best.page} |"
        )
    most = max(large.change_bytes + large.pan_bytes)
    sent = f"{_bytes(large.change_bytes)} and {_bytes(large.pan_bytes)}, at most {most / 1e3:,.0f} kB"
    rows.append(f"| under 150 kB a change or pan | {sent} |")
    return "\n".join(rows) + "\n"


def write_starts(path: Path, ours: Start, bare: Start, *, visitors: int) -> None:
    """Write docs/cold-start.md. visitors: how many further ones were measured at each start."""
    rows = []
    for start in (ours, bare):
        memory = [statistics.median(start.server_mb), statistics.median(start.visitor_mb)]
        least, most = min(start.visitor_mb), max(start.visitor_mb)
        rows.append(
            f"| {start.page} | {spread(start.cold)} | {memory[0]:,.0f} MB | "
            f"{memory[1]:,.2f} MB ({least:,.2f}–{most:,.2f}) |"
        )
    ratios = [
        statistics.median(getattr(ours, what)) / max(0.001, statistics.median(getattr(bare, what)))
        for what in ("cold", "server_mb", "visitor_mb")
    ]
    rows.append("| ratio (goal: 1.5) | " + " | ".join(f"{ratio:.2f}" for ratio in ratios) + " |")
    path.write_text(
        _STARTS.format(
            day=datetime.now(UTC).date(), machine=_machine(), versions=_versions(), starts=len(ours.cold),
            visitors=visitors, rows="\n".join(rows),
        ),
        encoding="utf-8",
    )  # fmt: skip


_STARTS = """# Cold start and memory

Written by `make bench-start`; do not edit. {day}, {machine}.
{versions}; headless Chromium.

From the command to the drawn map, the five reports' events; beside the least page that streamlit-folium can
show, one marker. {starts} starts of each, in turn; median, in brackets least and most.

| | cold start | server, one visitor | each further visitor |
|---|---:|---:|---:|
{rows}

"Drawn" is the second animation frame after the map holds its events, or its marker. Memory is the server's resident
memory once its first visitor's page is at rest; a further visitor's is what it grows by while {visitors} more open the
page and stay, divided by them.
"""


def _versions() -> str:
    return ", ".join(f"{name} {version(name)}" for name in _PACKAGES)
