"""The page "Open a file" as a visitor meets it: recognised, faults told, and the events on nobody's map but theirs."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from events.atlas import Atlas
from tests.browser.site import Server, Visitor
from tests.hostile import CANARY, CORPUS

Visit = Callable[..., Visitor]
PATIENCE_MS = 30_000

UCDP = "id,year,type_of_violence,side_a,side_b,where_prec,where_coordinates,latitude,longitude,date_prec,date_start,date_end,deaths_civilians,best,high,low,source_office,source_headline\n"  # noqa: E501


def ucdp_row(number: int, *, lat: str = "35.95", headline: str = "Something happened") -> str:
    return (
        f"{number},2017,1,Government of Syria,IS,1,Raqqa city,{lat},39.01,1,2017-10-{1 + number % 28:02},"
        f'2017-10-{1 + number % 28:02},0,{number % 9},9,0,SOHR,"{headline}"\n'
    )


def opened(visitor: Visitor, path: Path, lang: str = "en") -> Visitor:
    visitor.page.goto(f"{visitor.server.url}/open?lang={lang}")
    visitor.page.locator("input[type=file]").set_input_files(path, timeout=PATIENCE_MS)
    return visitor


def on_map(visitor: Visitor, n: int) -> None:
    visitor.page.locator(".st-key-open-add button").click(timeout=PATIENCE_MS)
    visitor.page.get_by_text(f"{n} event").first.wait_for(timeout=PATIENCE_MS)


def go_to_map(visitor: Visitor) -> None:
    visitor.page.get_by_role("link", name="Open the map").click()
    visitor.settled()


def test_a_file_is_recognised_put_on_the_map_and_taken_off_again(visit: Visit, atlas: Atlas, tmp_path: Path) -> None:
    path = tmp_path / "mine.csv"
    path.write_text(UCDP + "".join(ucdp_row(n) for n in range(40)), encoding="utf-8")
    visitor = opened(visit(), path)
    visitor.page.get_by_text("mine.csv: UCDP GED, 18 columns").wait_for(timeout=PATIENCE_MS)
    on_map(visitor, 40)
    go_to_map(visitor)
    total = atlas.store.total + 40
    visitor.shows(total, total)
    link = visitor.page.url
    assert "own" not in link
    other = visit()
    other.open(link)
    other.shows(atlas.store.total, atlas.store.total)
    visitor.tick("Show only my events")
    visitor.shows(40, 40)
    visitor.page.get_by_role("button", name="Remove").click()
    visitor.shows(atlas.store.total, atlas.store.total)


def test_bad_rows_are_told_by_line_and_the_good_ones_get_in(visit: Visit, tmp_path: Path) -> None:
    path = tmp_path / "dirty.csv"
    path.write_text(UCDP + ucdp_row(1) + ucdp_row(2, lat="4239.00416") + ucdp_row(3), encoding="utf-8")
    visitor = opened(visit(), path)
    on_map(visitor, 2)
    visitor.page.get_by_text("1 thing is wrong in the file").wait_for(timeout=PATIENCE_MS)
    with visitor.page.expect_download() as download:
        visitor.page.get_by_role("button", name="Download the list").click()
    told = Path(download.value.path()).read_text("utf-8-sig").splitlines()
    assert told[0] == "file,line,column,value,reason"
    assert told[1].startswith("dirty.csv,3,")
    assert "4239.00416" in told[1]


@pytest.mark.parametrize(
    ("name", "content"),
    [("report.csv", b"%PDF-1.7 \x00\x01\x02"), ("empty.csv", b""), ("prose.txt", "كلام بلا جدول".encode())],
)
def test_what_is_no_file_of_events_is_refused_with_a_sentence(
    visit: Visit, tmp_path: Path, name: str, content: bytes
) -> None:
    path = tmp_path / name
    path.write_bytes(content)
    visitor = opened(visit(), path)
    visitor.page.get_by_text("This file cannot be used:").wait_for(timeout=PATIENCE_MS)
    assert "Traceback" not in visitor.page.inner_text("body")
    assert visitor.page.locator(".st-key-open-add").count() == 0


def test_the_columns_of_a_table_are_guessed_corrected_and_remembered(visit: Visit, tmp_path: Path) -> None:
    text = "التاريخ,المكان,أ,ب\n2017-10-12,الرقة,مصدر,5\n2017-10-13,دير الزور,مصدر,6\n"
    first, second = tmp_path / "one.csv", tmp_path / "two.csv"
    first.write_text(text, encoding="utf-8")
    second.write_text(text + "2017-10-14,الميادين,مصدر,7\n", encoding="utf-8")
    visitor = opened(visit(), first)
    page = visitor.page
    page.get_by_text("one.csv: Table, 4 columns").wait_for(timeout=PATIENCE_MS)
    page.get_by_text("Which column means what").click()
    box = page.locator('[class*="st-key-open-field-"][class*="-fatalities"]').first
    box.locator("input").click()
    page.get_by_role("option", name="ب", exact=True).click()
    page.wait_for_timeout(800)
    on_map(visitor, 2)
    page.get_by_text("2 placed by their name").wait_for(timeout=PATIENCE_MS)
    page.get_by_role("button", name="Take another file").click()
    page.wait_for_timeout(800)
    page.locator("input[type=file]").set_input_files(second)
    page.get_by_text("two.csv: Table, 4 columns").wait_for(timeout=PATIENCE_MS)
    # Two of its rows came with the first file.
    on_map(visitor, 1)
    page.get_by_text("2 were there already").wait_for(timeout=PATIENCE_MS)
    go_to_map(visitor)
    assert "Killed" in page.inner_text(".st-key-panel")


def test_names_in_a_file_stay_text(visit: Visit, tmp_path: Path) -> None:
    path = tmp_path / "hostile.csv"
    lines = [ucdp_row(n, headline=text.replace('"', '""')) for n, text in enumerate(CORPUS[:40])]
    path.write_text(UCDP + "".join(lines), encoding="utf-8")
    visitor = opened(visit(), path)
    visitor.page.locator(".st-key-open-add button").click(timeout=PATIENCE_MS)
    go_to_map(visitor)
    visitor.tick("Show only my events")
    visitor.settled()
    assert visitor.page.evaluate(f"() => window.top.{CANARY} === undefined")


def test_a_stranger_s_token_shows_nothing(server: Server) -> None:
    query = "bbox=-180,-85,180,85&zoom=3"
    assert server.get(f"/api/cells?{query}&own=guessed") == server.get(f"/api/cells?{query}")
