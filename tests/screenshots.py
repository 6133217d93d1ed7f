"""Pictures of the finished pages: `python -m tests.screenshots FOLDER`, wide and phone, English and Arabic."""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path

from playwright.sync_api import sync_playwright

from tests.browser.site import Server, Visitor
from tests.chromium import FLAGS, ensure_chromium

WIDE, PHONE = (1440, 900), (390, 844)
PAGES = {
    "map-en": ("/?lang=en", WIDE),
    "map-ar": ("/?lang=ar", WIDE),
    "raqqa-en": ("/?place=raqqa&dates=2017-10-12&dates=2017-10-14&at=35.95,39.01,12&lang=en", WIDE),
    "map-en-phone": ("/?lang=en", PHONE),
    "map-ar-phone": ("/?lang=ar", PHONE),
    "gazetteer-en": ("/gazetteer?name=الصالحية&lang=en", WIDE),
}


def take(folder: Path) -> list[Path]:
    """Serve the dashboard, open each page and save a PNG of it. Returns the files."""
    folder.mkdir(parents=True, exist_ok=True)
    taken = []
    with tempfile.TemporaryDirectory() as scratch, sync_playwright() as playwright:
        server = Server(Path(scratch) / "log.txt")
        browser = playwright.chromium.launch(executable_path=ensure_chromium(), args=list(FLAGS))
        try:
            for name, (address, (width, height)) in PAGES.items():
                visitor = Visitor(browser, server, width=width, height=height)
                visitor.open(address)
                visitor.page.wait_for_timeout(1500)
                path = folder / f"{name}.png"
                visitor.page.screenshot(path=path)
                visitor.close()
                taken.append(path)
        finally:
            browser.close()
            server.stop()
    return taken


if __name__ == "__main__":
    if len(sys.argv) != 2:
        sys.exit("usage: python -m tests.screenshots FOLDER")
    for saved in take(Path(sys.argv[1])):
        print(saved)
