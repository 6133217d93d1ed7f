"""The page "Read a report" as an analyst meets it: paste, correct, accept, and find it on the map."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Locator

from tests.browser.site import Visitor
from tests.hostile import CANARY, CORPUS, touching
from tests.reports import FIRST, SECOND

Visit = Callable[..., Visitor]
PATIENCE_MS = 30_000


def opened(visitor: Visitor, lang: str = "en") -> Visitor:
    visitor.page.goto(f"{visitor.server.url}/read?lang={lang}")
    visitor.page.locator(".st-key-read-text textarea").wait_for(timeout=PATIENCE_MS)
    return visitor


def pasted(visitor: Visitor, text: str = FIRST, day: str = "2017-10-13") -> Visitor:
    """Paste a report, have it read, and give its day of publication."""
    page = visitor.page
    n = page.locator('[class*="st-key-read-card-"]').count()
    if not page.locator(".st-key-read-text textarea").is_visible():
        page.locator('[class*="st-key-read-add-"] summary').click()
    page.locator(".st-key-read-text textarea").fill(text)
    page.locator(".st-key-read-go button").click()
    visitor.until(lambda: cards(visitor).count() and cards(visitor).count() != n, "the events are listed")
    visitor.settled()
    if day:
        date(visitor, day)
    return visitor


def date(visitor: Visitor, day: str) -> None:
    box = visitor.page.locator('[class*="st-key-read-day-"]')
    for part, value in zip(("year", "month", "day"), day.split("-"), strict=True):
        segment = box.locator(f'[data-type="{part}"]')
        segment.click()
        segment.press_sequentially(value)
    visitor.page.keyboard.press("Escape")
    visitor.page.locator("h1").click()
    visitor.page.wait_for_timeout(300)
    visitor.settled()


def cards(visitor: Visitor) -> Locator:
    return visitor.page.locator('[class*="st-key-read-card-"]')


def card(visitor: Visitor, text: str) -> Locator:
    return cards(visitor).filter(has_text=text)


def choose(visitor: Visitor, text: str) -> Locator:
    card(visitor, text).locator('[class*="st-key-read-choose-"] button').click()
    chosen = visitor.page.locator('[class*="st-key-read-card-"][class*="-chosen"]')
    chosen.locator(".st-key-read-box-editor").wait_for(timeout=PATIENCE_MS)
    visitor.settled()
    return chosen


def cited(visitor: Visitor) -> list[str]:
    return visitor.page.locator(".text .mark.cited").all_inner_texts()


def test_paste_correct_accept_and_find_it_on_the_map(visitor: Visitor) -> None:
    pasted(opened(visitor))
    assert card(visitor, "Air/drone strike").count() == 1
    assert "11 October 2017" in card(visitor, "Air/drone strike").inner_text()
    chosen = choose(visitor, "Air/drone strike")
    assert "الميادين" in cited(visitor)
    assert [s["key"] for s in visitor.map()["symbols"] if s["selected"]] == ["mayadin"]

    # The place is corrected through the gazetteer.
    name = chosen.get_by_label("Look up another place")
    name.fill("Deir Ezzor")
    name.press("Enter")
    chosen.get_by_role("button", name="Put the event there").click()
    visitor.until(
        lambda: [s["key"] for s in visitor.map()["symbols"] if s["selected"]] == ["deir_ez_zor"],
        "the symbol has moved", lambda: visitor.map(),
    )  # fmt: skip
    assert "edited" in chosen.inner_text()

    # By keyboard: accept and go on.
    visitor.page.keyboard.press("Alt+a")
    visitor.until(lambda: visitor.count().startswith("1 of"), "one is accepted", visitor.count)
    visitor.page.get_by_role("button", name="Add to my map").click()
    note = visitor.page.locator(".furat-done")
    note.wait_for(timeout=PATIENCE_MS)
    assert "this browser session" in note.inner_text()

    total = _public(visitor)
    visitor.page.get_by_role("link", name="Open the map").click()
    visitor.shows(total + 1, total + 1)
    visitor.page.locator('[data-testid="stSidebar"]').get_by_text("Show only my events").click()
    state = visitor.shows(1, 1)
    assert [symbol["key"] for symbol in state["symbols"]] == ["deir_ez_zor"]
    assert "Air strike in Deir ez-Zor" in visitor.page.locator(".furat-event").inner_text()
    assert "own=" not in visitor.page.url

    # Adding again replaces; the desk is as it was.
    visitor.page.get_by_role("link", name="Read a report").first.click()
    visitor.until(lambda: visitor.count().startswith("1 of"), "the desk is as it was", visitor.count)
    visitor.page.get_by_role("button", name="Add to my map").click()
    visitor.page.get_by_role("link", name="Open the map").click()
    visitor.shows(1, 1)


def _public(visitor: Visitor) -> int:
    import json

    total: int = json.loads(visitor.server.get("/api/events.geojson"))["total"]
    return total


def test_pressing_words_shows_the_events_that_rest_on_them(visitor: Visitor) -> None:
    pasted(opened(visitor))
    place = visitor.page.locator(".text .mark.place", has_text="الميادين").last
    place.hover()
    tip = visitor.page.locator(".tip")
    assert "Mayadin" in tip.inner_text()
    place.click()
    visitor.until(lambda: cards(visitor).count() == 1, "only the citing event is listed")
    assert "Air/drone strike" in cards(visitor).inner_text()
    assert "1 event rests on these words" in visitor.page.locator(".st-key-read-box-asked").inner_text()
    visitor.page.get_by_role("button", name="Show all").click()
    visitor.until(lambda: cards(visitor).count() == 3, "all are listed again")


def test_words_are_reached_and_asked_about_by_keyboard(visitor: Visitor) -> None:
    pasted(opened(visitor))
    first = visitor.page.locator(".text .mark").first
    first.focus()
    assert visitor.page.locator(".tip").is_visible()
    visitor.page.keyboard.press("ArrowLeft")  # onward, in a text that runs from right to left
    second = visitor.page.locator(".text .mark").nth(1)
    assert second.evaluate("mark => mark.matches(':focus')")
    assert visitor.page.locator('.text .mark[tabindex="0"]').count() == 1
    visitor.page.keyboard.press("Enter")
    visitor.page.locator(".st-key-read-box-asked").wait_for(timeout=PATIENCE_MS)


def test_a_symbol_of_the_map_chooses_its_event(visitor: Visitor) -> None:
    pasted(opened(visitor))
    visitor.page.locator(".st-key-read-box-map").scroll_into_view_if_needed()
    symbol = next(s for s in visitor.map()["symbols"] if s["key"] == "mayadin")
    frame = visitor.page.locator('iframe[title^="streamlit_folium"]').bounding_box()
    assert frame is not None
    visitor.page.mouse.click(frame["x"] + symbol["x"], frame["y"] + symbol["y"])
    chosen = visitor.page.locator('[class*="st-key-read-card-"][class*="-chosen"]')
    chosen.wait_for(timeout=PATIENCE_MS)
    assert "Air/drone strike" in chosen.inner_text()


def test_pages_languages_and_filters_change_and_nothing_is_lost(visitor: Visitor) -> None:
    pasted(pasted(opened(visitor)), SECOND)
    visitor.page.locator('[class*="st-key-read-add-"] summary').click()
    visitor.page.locator(".st-key-read-text textarea").fill("نص لم يُقرأ بعد")
    visitor.page.locator("h1").click()
    card(visitor, "Air/drone strike").get_by_role("button", name="Accept").click()
    visitor.until(lambda: visitor.count().startswith("1 of"), "one is accepted", visitor.count)
    before = visitor.count()
    visitor.page.get_by_role("link", name="Map", exact=True).first.click()
    visitor.page.locator('[data-testid="stSidebar"] label').first.wait_for(timeout=PATIENCE_MS)
    visitor.settled()
    visitor.tick("Syrian Democratic Forces")
    visitor.settled()
    visitor.page.get_by_role("link", name="Read a report").first.click()
    visitor.until(lambda: visitor.count() == before, "the desk is as it was", visitor.count)
    visitor.page.get_by_role("button", name="العربية").click()
    visitor.until(lambda: visitor.page.evaluate("() => document.documentElement.dir") == "rtl", "the page is turned")
    visitor.settled()
    assert cards(visitor).first.is_visible()
    assert re.search(r"\b1\b", visitor.count())
    assert visitor.page.locator(".st-key-read-text textarea").input_value() == "نص لم يُقرأ بعد"


def test_files_are_uploaded_and_a_bad_one_is_told_in_one_sentence(visitor: Visitor, tmp_path: Path) -> None:
    opened(visitor)
    (tmp_path / "bad.json").write_text("{", encoding="utf-8")
    (tmp_path / "good.txt").write_text(FIRST, encoding="utf-8")
    visitor.page.locator('input[type="file"]').set_input_files([tmp_path / "bad.json", tmp_path / "good.txt"])
    visitor.page.locator(".furat-note").first.wait_for(timeout=PATIENCE_MS)
    assert "bad is not JSON" in visitor.page.locator(".furat-note").first.inner_text()
    visitor.until(lambda: cards(visitor).count() == 3, "the good one is read")


def test_downloads_say_what_they_hold(visitor: Visitor) -> None:
    pasted(opened(visitor))
    for name, ending, inside in (("CSV", "csv", "Air/drone strike"), ("Everything (JSON)", "json", "furat desk")):
        with visitor.page.expect_download() as download:
            visitor.page.get_by_role("button", name=name).click()
        path = download.value.path()
        assert download.value.suggested_filename == f"furat-read.{ending}"
        assert inside in path.read_text("utf-8-sig")


def test_hostile_text_runs_nowhere(visitor: Visitor, tmp_path: Path) -> None:
    touched = tmp_path / "canary"
    text = FIRST + "\n" + "\n".join((*CORPUS, *touching(touched)))
    pasted(opened(visitor), text)
    chosen = choose(visitor, "Air/drone strike")
    title = chosen.get_by_label("Title in English")
    title.fill("<img src=x onerror=window.top.furatPwned=1> {{ 7 * 7 }}")
    title.press("Enter")
    visitor.page.get_by_label("Publisher").fill("![x](https://stray.example/pixel.png)")
    visitor.page.get_by_label("Publisher").press("Enter")
    visitor.page.wait_for_timeout(500)
    for mark in visitor.page.locator(".text .mark").all()[:20]:
        mark.hover()
    visitor.page.keyboard.press("Alt+a")
    visitor.until(lambda: visitor.count().startswith("1 of"), "one is accepted", visitor.count)
    visitor.page.get_by_role("button", name="Add to my map").click()
    visitor.page.get_by_role("link", name="Open the map").click()
    visitor.settled()
    visitor.page.locator('[data-testid="stSidebar"]').get_by_text("Show only my events").click()
    visitor.shows(1, 1)
    assert "{{ 7 * 7 }}" in visitor.page.locator(".furat-event").inner_text()
    assert visitor.page.evaluate(f"() => window.{CANARY}") is None
    assert not touched.exists()


@pytest.mark.parametrize("lang", ["en", "ar"])
def test_on_a_phone_nothing_sticks_out(visit: Visit, lang: str) -> None:
    visitor = visit(width=390, height=844, touch=True)
    pasted(opened(visitor, lang), day="")
    cards(visitor).first.locator('[class*="st-key-read-choose-"] button').click()
    visitor.page.locator(".st-key-read-box-editor").wait_for(timeout=PATIENCE_MS)
    visitor.settled()
    wide = visitor.page.evaluate(
        "() => [...document.querySelectorAll('.st-key-read-box-events *, .st-key-read-box-text *')]"
        ".filter(e => e.getClientRects().length && e.getBoundingClientRect().right > innerWidth + 1).length"
    )
    assert wide == 0
