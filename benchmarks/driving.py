"""A Streamlit server and a Chromium of their own, and what they take: time, bytes, memory."""

from __future__ import annotations

import base64
import contextlib
import os
import re
import shutil
import socket
import subprocess
import sys
import tarfile
import tempfile
import time
import urllib.request
from collections.abc import Mapping
from pathlib import Path
from types import TracebackType
from typing import Any

from playwright.sync_api import Browser, BrowserContext, CDPSession, Error, Playwright, Route
from playwright.sync_api import Page as Tab

from benchmarks.pages import ROOT, WATCH, Page
from tests.chromium import find_chromium

FLAGS = (
    "--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update", "--disable-sync",
    "--no-first-run",
    # deck.gl needs WebGL, which a machine without a graphics card computes.
    "--enable-unsafe-swiftshader",
)  # fmt: skip
VIEWPORT = {"width": 1440, "height": 900}
QUIET_MS = 1_200
MOST_REST_S = 20
PLUGINS = ("leaflet.markercluster@1.5.3", "leaflet.awesome-markers@2.0.5")
"""npm packages that folium's pages load from CDNs."""


class TooSlowError(Exception):
    """A page did not draw within the time limit."""


class Server:
    """`streamlit run` of a page on a free port, and its memory."""

    def __init__(self, page: Page, env: Mapping[str, str], log: Path) -> None:
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            port = free.getsockname()[1]
        self.url = f"http://localhost:{port}"
        ours = page.script.parent == ROOT
        options = ["--server.port", str(port), "--server.headless", "true", "--browser.gatherUsageStats", "false",
                   "--server.fileWatcherType", "none", "--server.maxMessageSize", "2000"]  # fmt: skip
        self.began = time.perf_counter()
        self._process = subprocess.Popen(  # noqa: S603 - our own command
            [sys.executable, "-m", "streamlit", "run", str(page.script), *options],
            cwd=ROOT if ours else page.script.parent, env=os.environ | dict(env), stdout=log.open("w"),
            stderr=subprocess.STDOUT,
        )  # fmt: skip
        while not self._healthy():
            if self._process.poll() is not None or time.perf_counter() - self.began > 120:
                raise RuntimeError(f"{page.script} did not start:\n{log.read_text()[-2000:]}")
            time.sleep(0.02)

    def _healthy(self) -> bool:
        try:
            with urllib.request.urlopen(self.url + "/_stcore/health", timeout=5) as answer:  # noqa: S310 - localhost
                return answer.read() == b"ok"  # type: ignore[no-any-return]
        except OSError:
            return False

    def megabytes(self) -> float:
        """Resident memory now."""
        return _megabytes(self._process.pid, "Rss")

    def __enter__(self) -> Server:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, value: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._process.terminate()
        try:
            self._process.wait(timeout=20)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()


class Chromium:
    """A browser of its own, fresh for each page and size, and its visitors."""

    def __init__(self, playwright: Playwright, npm: Path | None) -> None:
        self.browser: Browser = playwright.chromium.launch(executable_path=find_chromium(), args=list(FLAGS))
        self._npm = npm

    def visitor(self) -> Visitor:
        """One more visitor, with nothing cached."""
        # A fade is not a delay of any of the pages, and only ours has one.
        context = self.browser.new_context(viewport=VIEWPORT, reduced_motion="reduce", locale="en-GB")  # type: ignore[arg-type]
        context.add_init_script(WATCH)
        context.route(re.compile(r"^https://"), self._answer)
        return Visitor(context)

    def _answer(self, route: Route) -> None:
        """What pages want from elsewhere: Leaflet and its clusters from local copies, the rest empty."""
        url = route.request.url
        assets = ROOT / "events/ui/assets/leaflet"
        files = {"leaflet.js": assets / "leaflet.js", "leaflet.css": assets / "leaflet.css"}
        if self._npm:
            files |= {file.name: file for file in self._npm.iterdir() if file.suffix in (".js", ".css")}
        name = url.split("?")[0].rsplit("/", 1)[-1]
        if name in files:
            route.fulfill(path=files[name], headers={"Access-Control-Allow-Origin": "*"})
        elif name.endswith("style.json"):
            route.fulfill(
                json={"version": 8, "sources": {}, "layers": []}, headers={"Access-Control-Allow-Origin": "*"}
            )
        else:
            kind = "text/css" if name.endswith(".css") else "text/javascript"
            route.fulfill(body="", content_type=kind, headers={"Access-Control-Allow-Origin": "*"})

    def megabytes(self) -> float:
        """Memory of all its processes, what they share counted once."""
        session = self.browser.new_browser_cdp_session()
        pids = [one["id"] for one in session.send("SystemInfo.getProcessInfo")["processInfo"]]
        session.detach()
        return sum(_megabytes(pid, "Pss") for pid in pids)

    def close(self) -> None:
        """End it, even where a page hangs."""
        with contextlib.suppress(Error):
            self.browser.close()


class Visitor:
    """One tab, and the bytes it was sent."""

    def __init__(self, context: BrowserContext) -> None:
        self.tab: Tab = context.new_page()
        self._context = context
        self.received = 0
        self._network: CDPSession = context.new_cdp_session(self.tab)
        self._network.send("Network.enable")
        self._network.on("Network.dataReceived", lambda told: self._count(told.get("encodedDataLength") or 0))
        self._network.on("Network.webSocketFrameReceived", lambda told: self._count(_payload(told["response"])))

    def _count(self, n: int) -> None:
        self.received += n

    def open(self, url: str, page: Page, n: int, *, limit: float) -> float:
        """Open the page; milliseconds from the navigation until it has drawn n events."""
        self.tab.goto(f"{url}/{page.query}", wait_until="commit", timeout=limit * 1000)
        return self.measure(f"drawn: (begin) => ({page.drawn})({{ n: {n}, begin }}), since: 0", limit=limit)

    def change(self, page: Page, label: str, n: int, *, limit: float) -> float:
        """Tick or untick a box; milliseconds until the page has drawn n events."""
        act = f"act: () => window.bench.tick({label!r})"
        return self.measure(f"{act}, drawn: (begin) => ({page.drawn})({{ n: {n}, begin }})", limit=limit)

    def pan(self, page: Page, step: int, n: int, *, limit: float) -> float:
        """Move the map by 400 px; milliseconds until it is drawn there."""
        if page.pan is not None:
            return self.measure(f"act: () => ({page.pan})({step}), drawn: {page.panned}", limit=limit)
        box = self.tab.locator("canvas").first.bounding_box()
        if box is None:
            raise TooSlowError
        x, y = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
        mouse = self.tab.mouse
        mouse.move(x, y)
        mouse.down()
        mouse.move(x + 5 * step, y)
        self.tab.wait_for_timeout(300)
        drawn = f"(begin) => ({page.panned})({{ n: {n}, begin }})"
        measured = f"window.bench.measure({{ since: performance.now(), drawn: {drawn} }})"
        once = "{ once: true, capture: true }"
        self.tab.evaluate(f"() => addEventListener('pointermove', () => {measured}, {once})")
        self.tab.evaluate("() => { window.bench.took = null; }")
        mouse.move(x + 400 * step, y)
        took = self._took(limit)
        mouse.up()
        return took

    def measure(self, what: str, *, limit: float) -> float:
        """Run bench.measure in the page; raises TooSlowError beyond the limit, in seconds."""
        self.tab.evaluate(f"() => {{ window.bench.measure({{ {what} }}); }}")
        return self._took(limit)

    def _took(self, limit: float) -> float:
        try:
            found = self.tab.wait_for_function("() => window.bench.took", timeout=limit * 1000, polling=50)
        except Error as error:
            raise TooSlowError from error
        took = float(found.json_value())
        if took > limit * 1000:
            raise TooSlowError
        return took

    def rest(self) -> None:
        """Let the page end what it still does after it has drawn: until nothing has come for QUIET_MS."""
        before, end = -1, time.monotonic() + MOST_REST_S
        while self.received != before and time.monotonic() < end:
            before = self.received
            self.tab.wait_for_timeout(QUIET_MS)

    def close(self) -> None:
        """End the visit."""
        self._context.close()


def fetch_plugins(folder: Path) -> Path | None:
    """A folder with the files of PLUGINS; None where npm cannot get them."""
    target = folder / "plugins"
    npm = shutil.which("npm")
    if target.is_dir() or npm is None:
        return target if target.is_dir() else None
    with tempfile.TemporaryDirectory(dir=folder) as made:
        for plugin in PLUGINS:
            done = subprocess.run([npm, "pack", plugin], cwd=made, capture_output=True)  # noqa: S603 - our own names
            if done.returncode:
                return None
        for packed in Path(made).glob("*.tgz"):
            with tarfile.open(packed) as archive:
                archive.extractall(Path(made) / "unpacked", filter="data")
        Path(made, "unpacked/package/dist").rename(target)
    return target


def _payload(frame: Mapping[str, Any]) -> int:
    text = frame["payloadData"]
    return len(base64.b64decode(text)) if frame["opcode"] == 2 else len(text)


def _megabytes(pid: int, what: str) -> float:
    try:
        found = re.search(rf"^{what}:\s+(\d+) kB", Path(f"/proc/{pid}/smaps_rollup").read_text(), re.MULTILINE)
    except OSError:
        return 0.0
    return int(found[1]) / 1024 if found else 0.0
