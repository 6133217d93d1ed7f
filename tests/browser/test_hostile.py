"""Hostile text in every cell of the tables shows as text: nothing runs, neither in the browser nor on the server."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from tests.browser.site import Server, Visitor, until
from tests.hostile import CANARY, CORPUS, poison, poisoned_places, touching


@pytest.fixture(scope="module")
def touched(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("touched") / "canary"


@pytest.fixture(scope="module")
def hostile_server(tmp_path_factory: pytest.TempPathFactory, touched: Path) -> Iterator[Server]:
    folder = tmp_path_factory.mktemp("hostile")
    poison(folder / "tables", touched)
    poisoned_places(folder / "places.csv", touched)
    server = Server(folder / "log.txt", FURAT_TABLES=str(folder / "tables"), FURAT_PLACES=str(folder / "places.csv"))
    yield server
    server.stop()


@pytest.mark.parametrize("lang", ["en", "ar"])
def test_nothing_runs_anywhere_on_the_map_page(
    browser: Browser, hostile_server: Server, touched: Path, lang: str
) -> None:
    visitor = Visitor(browser, hostile_server)
    visitor.open(f"/?lang={lang}&at=35.95,39.0,12")
    assert visitor.page.locator('[data-testid="stSidebar"] a[href]').count() == 0
    titles = [" ".join(title.split()) for title in visitor.page.locator(".furat-event h3").all_inner_texts()]
    wanted = {" ".join(text.split()) for text in CORPUS + touching(touched)}
    assert set(titles) <= wanted
    assert sum(any(mark in title for mark in ("<", "{", "$", "[")) for title in titles) >= 5
    frame = visitor.page.locator('iframe[title^="streamlit_folium"]').bounding_box()
    assert frame is not None
    for symbol in visitor.map()["symbols"][:6]:
        if 0 < symbol["x"] < frame["width"] and 0 < symbol["y"] < frame["height"]:
            visitor.page.mouse.move(frame["x"] + symbol["x"], frame["y"] + symbol["y"])
            visitor.page.mouse.click(frame["x"] + symbol["x"], frame["y"] + symbol["y"])
            visitor.settled()
    visitor.page.locator('[data-testid="stDataFrame"]').scroll_into_view_if_needed()
    visitor.page.wait_for_timeout(500)
    assert visitor.page.evaluate(f"() => window.{CANARY}") is None
    assert visitor.frame.evaluate(f"() => window.{CANARY}") is None
    assert visitor.strayed == []
    assert visitor.errors == []
    assert not touched.exists()
    assert "Traceback" not in visitor.page.inner_text("body")
    visitor.close()


def test_nothing_runs_on_the_gazetteer_page(browser: Browser, hostile_server: Server, touched: Path) -> None:
    visitor = Visitor(browser, hostile_server)
    visitor.page.goto(hostile_server.url + "/gazetteer?lang=en")
    name = visitor.page.get_by_label("Name of a place")
    for text in ("{{ 7 * 7 }}", "<script>x</script>", "![x](https://stray.example/pixel.png)"):
        name.fill(text)
        name.press("Enter")
        visitor.page.wait_for_timeout(1500)
    assert visitor.page.evaluate(f"() => window.{CANARY}") is None
    assert visitor.strayed == []
    assert not touched.exists()
    visitor.close()


def test_the_api_sends_hostile_text_as_json_and_files_are_disarmed(hostile_server: Server, touched: Path) -> None:
    import csv
    import io
    import json

    collection = json.loads(hostile_server.get("/api/events.geojson"))
    titles = {feature["properties"]["title_en"] for feature in collection["features"]}
    assert any("{{ cycler" in title for title in titles)
    rows = list(csv.DictReader(io.StringIO(hostile_server.get("/api/events.csv").decode("utf-8-sig"))))
    assert not [value for row in rows for value in row.values() if value.startswith(("=", "+", "@", "\t"))]
    assert not touched.exists()


def test_the_log_holds_no_traceback(hostile_server: Server) -> None:
    until(lambda: hostile_server.log.exists(), "there is a log")
    assert "Traceback" not in hostile_server.log.read_text(encoding="utf-8")
