"""Pictures of the finished pages: `python -m tests.screenshots FOLDER [NAME…]`, wide and phone, English and Arabic."""

from __future__ import annotations

import sys
import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from playwright.sync_api import sync_playwright

from tests.browser.site import Server, Visitor
from tests.chromium import FLAGS, ensure_chromium
from tests.reports import FIRST

WIDE, PHONE = (1440, 900), (390, 844)
PATIENCE_MS = 30_000


@dataclass(frozen=True, kw_only=True)
class Picture:
    """A page at an address, in a size, once a visitor has done something on it."""

    address: str
    size: tuple[int, int] = WIDE
    do: Callable[[Visitor], None] = Visitor.settled


def take(folder: Path, names: list[str]) -> list[Path]:
    """Serve the dashboard, open each page and save a PNG of it. Returns the files."""
    folder.mkdir(parents=True, exist_ok=True)
    taken = []
    with tempfile.TemporaryDirectory() as scratch, sync_playwright() as playwright:
        server = Server(Path(scratch) / "log.txt")
        browser = playwright.chromium.launch(executable_path=ensure_chromium(), args=list(FLAGS))
        try:
            for name in names or PICTURES:
                picture = PICTURES[name]
                width, height = picture.size
                visitor = Visitor(browser, server, width=width, height=height)
                visitor.page.goto(server.url + picture.address)
                picture.do(visitor)
                visitor.page.wait_for_timeout(1500)
                path = folder / f"{name}.png"
                visitor.page.screenshot(path=path)
                visitor.close()
                taken.append(path)
        finally:
            browser.close()
            server.stop()
    return taken


def read(visitor: Visitor) -> None:
    """Read an invented report and choose one of its events."""
    page = visitor.page
    page.locator(".st-key-read-text textarea").fill(FIRST, timeout=PATIENCE_MS)
    page.locator(".st-key-read-go button").click()
    cards = page.locator('[class*="st-key-read-card-"]')
    cards.first.wait_for(timeout=PATIENCE_MS)
    visitor.settled()
    cards.nth(1).locator('[class*="st-key-read-choose-"] button').click()
    page.locator(".st-key-read-box-editor").wait_for(timeout=PATIENCE_MS)
    visitor.settled()
    page.mouse.move(0, 0)


OWN = """رقم,تاريخ الحادثة,المدينة,المحافظة,نوع الحدث,الفاعل,القتلى,المصدر
1,2018-03-01,الرقة,الرقة,لغم,مجهولون,1,مكتبنا
2,2018-03-02,الميادين,دير الزور,غارة جوية,التحالف الدولي,5-7,مكتبنا
3,2018-03-04,البوكمال,دير الزور,نزوح,,,مكتبنا
4,2018-03-06,تل أبيض,الرقة,اشتباك,داعش,3,شاهد
5,31/2/2018,الطبقة,الرقة,قصف,داعش,2,شاهد
6,2018-03-09,الشدادي,الحسكة,لغم,مجهولون,كثير,مكتبنا
7,2018-03-11,كفر وهم,إدلب,قصف,النظام,4,شاهد
"""
"""A spreadsheet, invented, in which some rows are wrong."""


def upload(visitor: Visitor) -> None:
    """Open the spreadsheet and look at what its columns are taken for."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "incidents.csv"
        path.write_text(OWN, encoding="utf-8")
        visitor.page.locator("input[type=file]").set_input_files(path, timeout=PATIENCE_MS)
        visitor.page.locator(".st-key-open-add button").wait_for(timeout=PATIENCE_MS)


def add(visitor: Visitor) -> None:
    """Put the spreadsheet on the map and look at what was wrong in it."""
    upload(visitor)
    visitor.page.locator(".st-key-open-add button").click()
    visitor.page.locator(".furat-issues").wait_for(timeout=PATIENCE_MS)


PICTURES = {
    "map-en": Picture(address="/?lang=en"),
    "map-ar": Picture(address="/?lang=ar"),
    "raqqa-en": Picture(address="/?place=raqqa&dates=2017-10-12&dates=2017-10-14&at=35.95,39.01,12&lang=en"),
    "map-en-phone": Picture(address="/?lang=en", size=PHONE),
    "map-ar-phone": Picture(address="/?lang=ar", size=PHONE),
    "gazetteer-en": Picture(address="/gazetteer?name=الصالحية&lang=en"),
    "read-en": Picture(address="/read?lang=en", do=read),
    "open-en": Picture(address="/open?lang=en", size=(1440, 700), do=upload),
    "open-ar": Picture(address="/open?lang=ar", size=(1440, 700), do=add),
}


if __name__ == "__main__":
    _, *asked = sys.argv
    if not asked or set(asked[1:]) - set(PICTURES):
        sys.exit(f"usage: python -m tests.screenshots FOLDER [NAME…], names of {', '.join(PICTURES)}")
    for saved in take(Path(asked[0]), asked[1:]):
        print(saved)
