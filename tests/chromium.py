"""The Chromium that the browser tests drive: the system's, else Playwright's, else Debian's package.

Run as `python -m tests.chromium` it makes sure that there is one and prints where.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
MAC = Path("/Applications/Google Chrome.app/Contents/MacOS/Google Chrome")
FLAGS = (
    "--no-sandbox",  # needed for root in containers; the tests open localhost only
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
)
NONE_FOUND = (
    "No Chromium for the browser tests: none is installed, Playwright's could not be downloaded and "
    "`apt-get install chromium` did not work. Install Chromium or Google Chrome, or set CHROMIUM to its path."
)


def find_chromium() -> str | None:
    """The path of an installed Chromium, or None."""
    named = os.environ.get("CHROMIUM")
    if named:
        return named if Path(named).exists() else None
    for name in NAMES:
        found = shutil.which(name)
        if found:
            return found
    return str(MAC) if MAC.exists() else _playwrights()


def _playwrights() -> str | None:
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        path = playwright.chromium.executable_path
    return path if Path(path).exists() else None


def ensure_chromium() -> str:
    """The path of a Chromium, installed if need be. Raises RuntimeError with one sentence where none can be had."""
    found = find_chromium()
    if found is None:
        _attempt([sys.executable, "-m", "playwright", "install", "chromium"])
        found = find_chromium()
    if found is None and shutil.which("apt-get"):
        root = [] if os.geteuid() == 0 else ["sudo", "-n"]
        _attempt([*root, "apt-get", "update", "-qq"])
        _attempt([*root, "apt-get", "install", "-y", "-qq", "--no-install-recommends", "chromium"])
        found = find_chromium()
    if found is None:
        raise RuntimeError(NONE_FOUND)
    return found


def _attempt(command: list[str]) -> None:
    """Run one way of installing; a failure is no error yet, the next way follows."""
    print(f"Looking for a Chromium: {' '.join(command)}", file=sys.stderr)
    try:
        subprocess.run(
            command,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            timeout=900,
            env=os.environ | {"DEBIAN_FRONTEND": "noninteractive"},
        )
    except (OSError, subprocess.TimeoutExpired) as error:
        print(f"  did not work: {error}", file=sys.stderr)


if __name__ == "__main__":
    try:
        print(ensure_chromium())
    except RuntimeError as error:
        sys.exit(str(error))
