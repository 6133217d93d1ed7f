"""The dashboard as a visitor meets it: a real server, a real Chromium, and no way out to the internet."""

from __future__ import annotations

import os
import re
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, BrowserContext, Frame, Page, Route

ROOT = Path(__file__).parents[2]
PATIENCE = 30.0
_OUTSIDE = re.compile(r"(?:https?|wss?)://(?!localhost[:/])")


class Server:
    """`streamlit run dashboard.py` on a free port of localhost."""

    def __init__(self, log: Path, **env: str) -> None:
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self.port = free.getsockname()[1]
        self.url = f"http://localhost:{self.port}"
        self.log = log
        self._process = subprocess.Popen(
            [sys.executable, "-m", "streamlit", "run", "dashboard.py", "--server.port", str(self.port)],
            cwd=ROOT, env=os.environ | env, stdout=log.open("w"), stderr=subprocess.STDOUT,
        )  # fmt: skip
        until(lambda: self.get("/_stcore/health") == b"ok", "the server is up")

    def get(self, path: str) -> bytes:
        try:
            with urllib.request.urlopen(self.url + path, timeout=20) as answer:
                body: bytes = answer.read()
                return body
        except OSError:
            return b""

    def stop(self) -> None:
        self._process.terminate()
        self._process.wait(timeout=20)


class Visitor:
    """One person's browser. Requests that would leave localhost are stopped and remembered in `strayed`."""

    def __init__(self, browser: Browser, server: Server, *, locale: str = "en-GB", width: int = 1440, height: int = 900,
                 touch: bool = False) -> None:  # fmt: skip
        self.server = server
        self.strayed: list[str] = []
        self.errors: list[str] = []
        self.context: BrowserContext = browser.new_context(
            locale=locale, viewport={"width": width, "height": height}, has_touch=touch,
            permissions=["clipboard-read", "clipboard-write"], accept_downloads=True,
        )  # fmt: skip
        self.context.route(_OUTSIDE, self._stray)
        self.page: Page = self.context.new_page()
        self.page.on("pageerror", lambda error: self.errors.append(str(error)))

    def _stray(self, route: Route) -> None:
        self.strayed.append(route.request.url)
        route.abort()

    def open(self, address: str = "/") -> Visitor:
        """Open an address of the app and wait until its map is drawn."""
        self.page.goto(address if address.startswith("http") else self.server.url + address)
        self.settled()
        return self

    @property
    def frame(self) -> Frame:
        """The map's frame."""
        element = self.page.wait_for_selector('iframe[title^="streamlit_folium"]', timeout=PATIENCE * 1000)
        frame = element.content_frame() if element else None
        assert frame is not None, "the map has no frame"
        return frame

    def map(self) -> dict[str, Any]:
        """What the map says of itself."""
        state: dict[str, Any] = self.frame.evaluate(
            "() => window.Furat && window.Furat.state ? window.Furat.state() : {}"
        )
        return state

    def count(self) -> str:
        """The line that says how many events are shown."""
        return self.page.inner_text(".furat-count", timeout=PATIENCE * 1000)

    def until(self, true: Callable[[], object], what: str, found: Callable[[], object] = lambda: "") -> None:
        """Wait for something to become true, while the browser's news (a changed address) keep arriving."""
        until(true, what, found, wait=lambda: self.page.wait_for_timeout(100))

    def idle(self) -> bool:
        """Whether no run of the page is under way."""
        return self.page.get_attribute('[data-testid="stApp"]', "data-test-script-state") == "notRunning"

    def settled(self) -> dict[str, Any]:
        """Wait until page and map agree with themselves: no run under way, nothing loading. Returns the map's state."""

        def calm() -> bool:
            if not self.idle():
                return False
            state = self.map()
            if not state or state["loading"] or state["error"]:
                return False
            # The gazetteer's map is given its places and asks for nothing.
            given = not state["version"] and state["symbols"]
            return given or (state["version"] and state["answered"] == state["query"])

        self.until(calm, "the map is drawn")
        # What was pressed may not have begun yet: a run begins about 100 ms after, on a busy machine later.
        self.page.wait_for_timeout(300)
        self.until(calm, "the map is drawn")
        return self.map()

    def shows(self, n: int, total: int) -> dict[str, Any]:
        """Wait until the page says `n of total events` and the map has followed. Returns the map's state."""
        self.until(
            lambda: self.count() == f"{n} of {total} events",
            f"the page says {n} of {total} events",
            lambda: self.count(),
        )
        return self.settled()

    def tick(self, label: str) -> None:
        """Tick or untick the box whose label begins with these words."""
        self.page.locator('[data-testid="stSidebar"] label', has_text=label).first.click()

    def close(self) -> None:
        self.context.close()


def until(
    true: Callable[[], object],
    what: str,
    found: Callable[[], object] = lambda: "",
    wait: Callable[[], None] = lambda: time.sleep(0.1),
) -> None:
    """Wait for something to become true."""
    end = time.monotonic() + PATIENCE
    error: Exception | None = None
    while time.monotonic() < end:
        try:
            if true():
                return
            error = None
        except Exception as caught:
            error = caught
        wait()
    raise AssertionError(f"waited {PATIENCE:.0f} s in vain until {what}; found {found()!r} {error or ''}")
