"""The page "Open a file" as a visitor meets it: recognised, faults told, and the events on nobody's map but theirs."""

from __future__ import annotations

import re
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

import pytest
from playwright.sync_api import TimeoutError as Late

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
    visitor.page.locator("h2", has_text=f"{n} event").wait_for(timeout=PATIENCE_MS)


def go_to_map(visitor: Visitor) -> None:
    visitor.page.get_by_role("link", name="Open the map").click()
    visitor.settled()


def test_a_file_is_recognised_put_on_the_map_and_taken_off_again(visit: Visit, atlas: Atlas, tmp_path: Path) -> None:
    path = tmp_path / "mine.csv"
    path.write_text(UCDP + "".join(ucdp_row(n) for n in range(40)), encoding="utf-8")
    visitor = visit().open("/?at=34.0,37.0,5")
    visitor.page.get_by_role("link", name="Open a file").first.click()
    visitor.page.locator("input[type=file]").set_input_files(path, timeout=PATIENCE_MS)
    visitor.page.get_by_text("UCDP GED, 18 columns").wait_for(timeout=PATIENCE_MS)
    assert "mine.csv" in visitor.page.inner_text("h2")
    on_map(visitor, 40)
    go_to_map(visitor)
    state = visitor.map()
    assert (round(state["center"]["lat"], 1), round(state["center"]["lon"], 1), state["zoom"]) == (35.9, 39.0, 11)
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
    visitor.page.get_by_text("1 thing is wrong or unclear in the file").wait_for(timeout=PATIENCE_MS)
    with visitor.page.expect_download() as download:
        visitor.page.get_by_role("button", name="Download the list").click()
    told = Path(download.value.path()).read_text("utf-8-sig").splitlines()
    assert told[0] == "file,line,column,value,reason"
    assert told[1].startswith("dirty.csv,3,")
    assert "4239.00416" in told[1]


def test_the_adding_outlasts_another_language_and_ends_with_stop(visit: Visit, tmp_path: Path) -> None:
    path = tmp_path / "long.csv"
    path.write_text(UCDP + "".join(ucdp_row(n) for n in range(40_000)), encoding="utf-8")
    visitor = opened(visit(), path)
    page = visitor.page
    add, stop = page.locator(".st-key-open-add button"), page.locator(".st-key-open-stop button")
    add.click(timeout=PATIENCE_MS)
    stop.click(timeout=PATIENCE_MS)
    add.click(timeout=PATIENCE_MS)
    stop.wait_for(timeout=PATIENCE_MS)
    page.get_by_role("button", name="العربية").click()
    visitor.until(lambda: page.evaluate("() => document.documentElement.dir") == "rtl", "the page is turned")
    page.locator("h2", has_text="40,000").wait_for(timeout=PATIENCE_MS)


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
    unfold(visitor, "Table, 4 columns")
    choose(visitor, "fatalities", "ب")
    on_map(visitor, 2)
    page.get_by_text("2 placed by name").wait_for(timeout=PATIENCE_MS)
    page.get_by_role("button", name="Take another file").click()
    page.locator("input[type=file]").set_input_files(second, timeout=PATIENCE_MS)
    page.locator("h2", has_text="two.csv").wait_for(timeout=PATIENCE_MS)
    # What was said of the first file's columns holds; two of its rows came with it.
    page.locator(".furat-table th", has_text="ب").filter(has_text="Killed").wait_for(timeout=PATIENCE_MS)
    on_map(visitor, 1)
    page.get_by_text("2 there already").wait_for(timeout=PATIENCE_MS)
    go_to_map(visitor)
    assert "Killed" in page.inner_text(".st-key-panel")


def test_what_was_said_of_columns_is_known_on_the_next_visit(visit: Visit, tmp_path: Path) -> None:
    first, second = tmp_path / "one.csv", tmp_path / "two.csv"
    first.write_text("date,place,B\n2017-10-12,Raqqa,5\n", encoding="utf-8")
    second.write_text("DATE,Place,b\n2017-10-13,Raqqa,6\n", encoding="utf-8")
    visitor = opened(visit(), first)
    unfold(visitor, "Table, 3 columns")
    choose(visitor, "fatalities", "B")
    later = visitor.context.new_page()
    visitor.page.close()
    visitor.page = later
    opened(visitor, second)
    later.get_by_text("what you said of an earlier file").wait_for(timeout=PATIENCE_MS)
    assert "Killed" in later.locator(".furat-table th", has_text="b").inner_text()


def unfold(visitor: Visitor, found: str) -> None:
    """Open the boxes of the columns, once the page says what it found."""
    visitor.page.get_by_text(found).wait_for(timeout=PATIENCE_MS)
    visitor.until(visitor.idle, "the page is drawn")
    visitor.page.get_by_text("Which column means what").click()


def choose(visitor: Visitor, field: str, column: str) -> None:
    """Say that a column means this."""
    box = visitor.page.locator(f'[class*="st-key-open-field-"][class*="-{field}"]').first
    option = visitor.page.get_by_role("option", name=column, exact=True)
    for _attempt in range(5):
        # A list closes when the page moves under it, as it does while what is around it unfolds.
        box.get_by_role("button").click()
        with suppress(Late):
            option.click(timeout=3_000)
            break
    head = visitor.page.locator(".furat-table th", has=visitor.page.locator("bdi", has_text=re.compile(f"^{column}$")))
    visitor.until(lambda: "→" in head.inner_text(), f"{column} is said to mean {field}", head.all_inner_texts)


def test_a_wrong_column_is_corrected_without_taking_the_file_again(visit: Visit, tmp_path: Path) -> None:
    path = tmp_path / "own.csv"
    path.write_text("A1,A2,A3\n2018-03-01,Raqqa,shelling\n2018-03-02,Mayadin,shelling\n", encoding="utf-8")
    visitor = opened(visit(), path)
    page = visitor.page
    add = page.locator(".st-key-open-add button")
    add.wait_for(timeout=PATIENCE_MS)
    assert add.is_disabled()
    assert "choose the one of the date" in page.inner_text(".st-key-open-go")
    choose(visitor, "date", "A2")
    choose(visitor, "place", "A3")
    add.click(timeout=PATIENCE_MS)
    page.get_by_text("No row of").wait_for(timeout=PATIENCE_MS)
    assert page.get_by_role("link", name="Open the map").count() == 0
    summary = page.locator(".furat-issues summary").first
    assert "2 ×" in summary.inner_text()
    assert "this is no day" in page.locator(".furat-issues summary", has_text="A2").inner_text()
    page.get_by_role("button", name="Correct the columns").click()
    add.wait_for(timeout=PATIENCE_MS)
    choose(visitor, "date", "A1")
    choose(visitor, "place", "A2")
    on_map(visitor, 2)
    page.get_by_role("button", name="Take it off my map").click()
    add.wait_for(timeout=PATIENCE_MS)
    page.get_by_role("button", name="Take another file").click()
    page.locator(".st-key-open-box").wait_for(timeout=PATIENCE_MS)
    assert page.get_by_text("My events").count() == 0


def test_the_arabic_page_says_in_arabic_what_is_wrong(visit: Visit, tmp_path: Path) -> None:
    path = tmp_path / "dirty.csv"
    path.write_text(UCDP + ucdp_row(1) + ucdp_row(2, lat="4239.00416") + ucdp_row(3), encoding="utf-8")
    visitor = opened(visit(), path)
    page = visitor.page
    on_map(visitor, 2)
    page.get_by_role("button", name="العربية").click()
    visitor.until(lambda: page.evaluate("() => document.documentElement.dir") == "rtl", "the page is turned")
    told = page.locator(".furat-issues summary [dir=rtl]")
    told.wait_for(timeout=PATIENCE_MS)
    assert not any("a" <= letter <= "z" for letter in told.inner_text().casefold())
    assert "90" in told.inner_text()
    with page.expect_download() as download:
        page.locator(".st-key-open-issues button").click()
    rows = Path(download.value.path()).read_text("utf-8-sig").splitlines()
    assert rows[0] == "file,line,column,value,reason,reason_ar"
    assert "the latitude is not between -90 and 90" in rows[1]
    page.locator(".st-key-open-away button").click()
    path = tmp_path / "prose.txt"
    path.write_text("كلام بلا جدول", encoding="utf-8")
    page.locator("input[type=file]").set_input_files(path, timeout=PATIENCE_MS)
    note = page.locator(".furat-note [dir=rtl]")
    note.wait_for(timeout=PATIENCE_MS)
    assert "expected" not in note.inner_text()


def test_a_long_text_of_a_preview_loses_its_end_not_its_beginning(visit: Visit, tmp_path: Path) -> None:
    path = tmp_path / "long.csv"
    path.write_text(UCDP + ucdp_row(1, headline="Something happened " * 9), encoding="utf-8")
    visitor = opened(visit(locale="ar-SY"), path, "ar")
    cell = visitor.page.locator(".furat-rows td bdi", has_text="Something happened Something")
    cell.wait_for(timeout=PATIENCE_MS)
    assert cell.evaluate("(e) => e.scrollWidth > e.clientWidth && getComputedStyle(e).direction === 'ltr'")


def test_a_file_waits_while_other_pages_are_looked_at_and_leaving_asks(visit: Visit, tmp_path: Path) -> None:
    path = tmp_path / "mine.csv"
    path.write_text(UCDP + ucdp_row(1), encoding="utf-8")
    visitor = opened(visit(), path)
    page = visitor.page
    page.get_by_text("UCDP GED, 18 columns").wait_for(timeout=PATIENCE_MS)
    page.get_by_role("link", name="Gazetteer").first.click()
    page.locator("h1", has_text="Gazetteer").wait_for(timeout=PATIENCE_MS)
    page.get_by_role("link", name="Open a file").first.click()
    page.get_by_text("UCDP GED, 18 columns").wait_for(timeout=PATIENCE_MS)
    asked: list[str] = []
    page.on("dialog", lambda dialog: (asked.append(dialog.type), dialog.accept()))
    page.reload()
    page.locator(".st-key-open-box").wait_for(timeout=PATIENCE_MS)
    assert asked == ["beforeunload"]


def test_a_file_that_is_too_large_is_told_at_once(visit: Visit, tmp_path: Path) -> None:
    path = tmp_path / "large.csv"
    with path.open("wb") as file:
        file.truncate(65_000_000 + (4 << 20))
    visitor = opened(visit(), path, lang="ar")
    box = visitor.page.locator('[data-testid="stFileUploader"]')
    box.locator('[aria-invalid="true"]').wait_for(timeout=PATIENCE_MS)
    said = box.evaluate("box => getComputedStyle(box, '::after').content")
    assert "64" in said
    assert "لم يؤخذ" in said


@pytest.mark.parametrize("lang", ["en", "ar"])
def test_the_example_opens_without_a_question(visit: Visit, tmp_path: Path, lang: str) -> None:
    visitor = visit(width=390, height=844, touch=True)
    page = visitor.page
    page.goto(f"{visitor.server.url}/open?lang={lang}")
    with page.expect_download() as download:
        page.locator(".st-key-open-example button").click(timeout=PATIENCE_MS)
    path = tmp_path / "example.csv"
    path.write_bytes(Path(download.value.path()).read_bytes())
    opened(visitor, path, lang)
    page.locator(".st-key-open-add button").click(timeout=PATIENCE_MS)
    page.locator(".st-key-open-off").wait_for(timeout=PATIENCE_MS)
    assert page.locator(".furat-issues").count() == 0
    wide = page.evaluate("() => document.querySelector('[data-testid=stMain]').scrollWidth > innerWidth + 1")
    assert not wide


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
