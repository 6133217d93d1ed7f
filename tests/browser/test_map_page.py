"""The map page in a real browser: what is drawn, filtered, picked and downloaded is what the tables hold."""

from __future__ import annotations

import csv
import io
import json
import urllib.request
from collections.abc import Callable
from datetime import date
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest

from events.atlas import Atlas
from events.map.cells import cells, snapped
from events.selection import Selection
from geo.mercator import Extent
from tests.browser.site import Server, Visitor
from tests.selections import expected

Visit = Callable[..., Visitor]


def placed(atlas: Atlas, selection: Selection) -> int:
    return sum(bool(atlas.dataset.events[event].places) for event in expected(atlas, selection))


def test_it_opens_with_every_event_and_the_symbols_of_the_view(visitor: Visitor, atlas: Atlas) -> None:
    visitor.open()
    state = visitor.shows(atlas.store.total, atlas.store.total)
    assert visitor.page.locator('iframe[title^="streamlit_folium"]').bounding_box()["height"] > 400  # type: ignore[index]
    box = visitor.frame.evaluate(
        "() => { const b = window.map.getBounds(); return [b.getSouth(), b.getWest(), b.getNorth(), b.getEast()]; }"
    )
    south, west, north, east = box
    view = snapped(Extent(south=south, west=west, north=north, east=east), state["zoom"])
    wanted = {s.key: s.n for s in cells(atlas.store, Selection(), box=view, zoom=state["zoom"]).symbols}
    drawn = {s["key"]: s["n"] for s in state["symbols"]}
    assert len(drawn) == len(state["symbols"])
    assert wanted.items() <= drawn.items()
    inside = {s["key"] for s in state["symbols"] if south <= s["lat"] <= north and west <= s["lon"] <= east}
    assert inside <= set(wanted)


def test_the_five_places_of_the_mission_are_on_it(visitor: Visitor) -> None:
    state = visitor.open("/?at=35.4,39.8,7").map()
    shown = {place for symbol in state["symbols"] for place in symbol["places"]}
    assert shown >= {"raqqa", "deir_ez_zor", "mayadin", "abu_fas", "al_bukamal"}


@pytest.mark.parametrize(
    ("box", "selection"),
    [
        ("Islamic State ·", Selection(actors=("islamic_state",))),
        ("Syrian Democratic Forces ·", Selection(actors=("sdf",))),
        ("Explosions/Remote violence ·", Selection(types=("Explosions/Remote violence",))),
        ("Negotiation ·", Selection(types=("Negotiation",))),
    ],
)
def test_ticking_a_box_shows_its_events_and_no_others(
    visitor: Visitor, atlas: Atlas, box: str, selection: Selection
) -> None:
    visitor.open("/?at=34.0,37.0,5")
    visitor.tick(box)
    state = visitor.shows(len(expected(atlas, selection)), atlas.store.total)
    visitor.until(lambda: visitor.map()["n"] == placed(atlas, selection), "the map counts the same")
    assert f"{box} {len(expected(atlas, selection))}" in visitor.page.inner_text('[data-testid="stSidebar"]')
    assert state["error"] is None or not state["error"]


def test_claimants_filter_too(visitor: Visitor, atlas: Atlas) -> None:
    visitor.open("/?at=34.0,37.0,5")
    visitor.page.get_by_text("Who says so").click()
    visitor.tick("SANA")
    visitor.shows(len(expected(atlas, Selection(claimants=("sana",)))), atlas.store.total)


def test_dates_filter_too(visitor: Visitor, atlas: Atlas) -> None:
    day = date(2017, 10, 12)
    visitor.open(f"/?dates={day}&dates={day}&at=34.0,37.0,5")
    visitor.shows(len(expected(atlas, Selection(date_from=day, date_to=day))), atlas.store.total)
    visitor.page.get_by_role("button", name="Clear all filters").click()
    visitor.shows(atlas.store.total, atlas.store.total)


def test_a_filter_keeps_the_map_s_frame_pan_and_zoom(visitor: Visitor, atlas: Atlas) -> None:
    visitor.open()
    visitor.frame.evaluate(
        "() => { window.mark = 'the same'; window.map.setView([35.95, 39.0], 11, {animate: false}); }"
    )
    visitor.settled()
    visitor.tick("Islamic State ·")
    state = visitor.shows(len(expected(atlas, Selection(actors=("islamic_state",)))), atlas.store.total)
    assert visitor.frame.evaluate("() => window.mark") == "the same"
    assert state["zoom"] == 11
    assert visitor.frame.evaluate(
        "() => { const c = window.map.getCenter(); return [c.lat.toFixed(2), c.lng.toFixed(2)]; }"
    ) == ["35.95", "39.00"]


def test_picking_a_symbol_opens_its_events(visitor: Visitor, atlas: Atlas) -> None:
    visitor.open("/?at=35.96429,40.45929,12")
    state = visitor.settled()
    symbol = next(s for s in state["symbols"] if s["key"] == "abu_fas")
    visitor.page.locator('iframe[title^="streamlit_folium"]').scroll_into_view_if_needed()
    frame = visitor.page.locator('iframe[title^="streamlit_folium"]').bounding_box()
    assert frame is not None
    visitor.page.mouse.click(frame["x"] + symbol["x"], frame["y"] + symbol["y"])
    panel = visitor.page.locator(".st-key-panel")
    event = atlas.dataset.events["abu_fas_car_bombs_2017_10_12"]
    visitor.until(lambda: event.title_en in panel.inner_text(), "the panel tells of the event", panel.inner_text)
    assert panel.locator("h2").inner_text() == "Abu Fas"
    text = panel.inner_text()
    assert event.title_en in text
    assert "12 October 2017" in text
    assert "at least 50" in text
    assert "24 to 99" in text
    for claim in atlas.dataset.claims.values():
        if claim.event == event.id:
            assert claim.summary_en in text
            assert f"paragraph {claim.paragraph}" in text
    visitor.until(lambda: "place=abu_fas" in visitor.page.url, "the link names the place")
    visitor.page.get_by_role("button", name="Show all places").click()
    visitor.until(lambda: "place=" not in visitor.page.url, "the link forgets the place")


def test_the_panel_says_who_denies(visitor: Visitor) -> None:
    visitor.open("/?place=raqqa&dates=2017-10-13&dates=2017-10-13")
    denial = visitor.page.locator(".furat-denies").first
    denial.wait_for()
    assert "Denied by" in denial.inner_text()


def test_a_row_of_the_table_opens_its_place(visitor: Visitor) -> None:
    visitor.open("/?dates=2017-10-12&dates=2017-10-12&type=Suicide%20bomb")
    table = visitor.page.locator('[data-testid="stDataFrame"]')
    table.scroll_into_view_if_needed()
    table.click(position={"x": 15, "y": 55})
    visitor.until(lambda: "place=abu_fas" in visitor.page.url, "the link names the place")


def test_events_that_cannot_be_drawn_are_counted_and_listed(visitor: Visitor, atlas: Atlas) -> None:
    visitor.open()
    title = visitor.page.locator("summary", has_text="not on the map")
    nowhere = [e for e in atlas.dataset.events.values() if not e.places]
    undated = [e for e in atlas.dataset.events.values() if e.date_start is None]
    assert f"{len(nowhere)} event without a place is not on the map" in title.inner_text()
    assert f"{len(undated)} events without a date are not in the chart by day" in title.inner_text()
    title.click()
    for event in nowhere + undated:
        visitor.page.get_by_text(event.title_en).last.wait_for()


@pytest.mark.parametrize("kind", ["CSV", "GeoJSON"])
def test_downloads_hold_exactly_the_events_shown(visitor: Visitor, atlas: Atlas, kind: str) -> None:
    visitor.open("/?actor=coalition")
    with visitor.page.expect_download() as started:
        visitor.page.get_by_role("button", name=f"Download {kind}").click()
    text = Path(started.value.path()).read_bytes().decode("utf-8-sig")
    if kind == "CSV":
        ids = {row["id"] for row in csv.DictReader(io.StringIO(text))}
    else:
        ids = {feature["id"] for feature in json.loads(text)["features"]}
    assert ids == expected(atlas, Selection(actors=("coalition",)))


def test_a_map_that_cannot_get_its_data_says_so_and_tries_again(visitor: Visitor, atlas: Atlas) -> None:
    visitor.open()
    visitor.context.route("**/api/cells**", lambda route: route.abort())
    visitor.tick("Islamic State ·")
    again = visitor.frame.get_by_role("button", name="Try again")
    again.wait_for()
    assert "could not get its events" in visitor.frame.inner_text("body")
    visitor.context.unroute("**/api/cells**")
    again.click()
    visitor.until(lambda: visitor.map()["n"] > 0 and not visitor.map()["error"], "the map has its events")


def test_online_tiles_are_asked_for_only_when_switched_on(visit: Visit, server: Server) -> None:
    visitor = visit().open()
    assert visitor.strayed == []
    visitor.tick("OpenStreetMap")
    visitor.until(lambda: visitor.strayed, "tiles are asked for")
    assert all("tile.openstreetmap.org" in url for url in visitor.strayed)
    visitor.strayed.clear()


def test_many_changes_leave_no_layer_behind(visitor: Visitor) -> None:
    visitor.open()
    layers = "() => { let n = 0; window.map.eachLayer(() => n++); return [n, (window.feature_group || []).length]; }"
    visitor.tick("Islamic State ·")
    visitor.settled()
    before = visitor.frame.evaluate(layers)
    for _ in range(10):
        visitor.tick("Russia ·")
        visitor.settled()
    assert visitor.frame.evaluate(layers) == before


def test_every_answer_forbids_what_is_not_served_here(server: Server) -> None:
    for path in ("/", "/api/map.json", "/assets/map/map.js", "/component/streamlit_folium.st_folium/index.html"):
        with urllib.request.urlopen(server.url + path) as answer:
            rules = answer.headers["Content-Security-Policy"]
            assert "default-src 'self'" in rules
            assert answer.headers["X-Content-Type-Options"] == "nosniff"


def test_a_day_typed_in_filters(visitor: Visitor, atlas: Atlas) -> None:
    visitor.open("/?at=34.0,37.0,5")
    field = visitor.page.locator('[data-testid="stSidebar"] [data-testid="stDateInput"]').first
    field.locator('[role="spinbutton"]').first.click()
    visitor.page.keyboard.type("20171101")
    visitor.page.keyboard.press("Escape")
    visitor.shows(len(expected(atlas, Selection(date_from=date(2017, 11, 1)))), atlas.store.total)


def test_beyond_the_edge_of_the_world_there_is_no_error(visitor: Visitor) -> None:
    visitor.open()
    visitor.frame.evaluate("() => { window.map.setView([35, 260], 5, {animate: false}); }")
    visitor.page.wait_for_timeout(1500)
    assert not visitor.map()["error"]
    lon = float(parse_qs(urlsplit(visitor.page.url).query)["at"][0].split(",")[1])
    assert -180 <= lon <= 180


def test_the_view_is_kept_while_the_reader_is_on_the_other_page(visitor: Visitor) -> None:
    visitor.open()
    visitor.frame.evaluate("() => { window.map.setView([35.0, 40.5], 10, {animate: false}); }")
    visitor.settled()
    visitor.page.get_by_role("link", name="Gazetteer").click()
    visitor.page.get_by_label("Name of a place").wait_for()
    visitor.page.get_by_role("link", name="Map").click()
    visitor.until(lambda: visitor.map().get("zoom") == 10, "the map is where it was", visitor.map)
    visitor.until(lambda: "at=35.0000,40.5000,10" in visitor.page.url, "the address too", lambda: visitor.page.url)


def test_every_symbol_in_view_opens_as_many_events_as_it_counts(visitor: Visitor, atlas: Atlas) -> None:
    visitor.open("/?at=35.6,39.6,8")
    for symbol in visitor.map()["symbols"]:
        assert symbol["n"] == atlas.store.count(Selection(places=tuple(symbol["places"]))), symbol["key"]


def test_a_filter_nobody_fits_is_still_ticked(visitor: Visitor, atlas: Atlas) -> None:
    visitor.open("/?actor=hts&type=Grenade&at=34.0,37.0,5")
    visitor.shows(0, atlas.store.total)
    for label in ("Grenade", atlas.dataset.actors["hts"].name_en):
        box = visitor.page.locator('[data-testid="stSidebar"] label', has_text=label.split()[0]).first
        assert box.locator("input").is_checked()


def test_on_a_phone_nothing_is_wider_than_the_screen(visit: Visit) -> None:
    for locale in ("en-GB", "ar-SY"):
        visitor = visit(locale=locale, width=390, height=844, touch=True).open()
        assert visitor.page.evaluate("() => document.documentElement.scrollWidth") <= 390
        assert visitor.page.locator(".furat-count").is_visible()


@pytest.mark.parametrize(("locale", "turned"), [("en-GB", "none"), ("ar-SY", "matrix(-1, 0, 0, 1, 0, 0)")])
def test_arrows_point_the_way_the_lines_run(visit: Visit, locale: str, turned: str) -> None:
    page = visit(locale=locale).open().page
    for where in ("stPaginationNext", "stPaginationPrev", "stExpander", "stSidebarCollapseButton"):
        icon = page.locator(f'[data-testid="{where}"] [data-testid="stIconMaterial"]').first
        assert icon.evaluate("icon => getComputedStyle(icon).transform") == turned, where


def test_a_date_reads_year_month_day_in_arabic_too(visit: Visit) -> None:
    page = visit(locale="ar-SY").open().page
    boxes = [
        page.locator(f'[data-testid="stDateInput"] [data-type="{part}"]').first for part in ("year", "month", "day")
    ]
    found = [box.bounding_box() for box in boxes]
    edges = [box["x"] for box in found if box]
    assert len(edges) == 3
    assert edges == sorted(edges)


def test_a_latin_sentence_on_the_arabic_page_keeps_its_order(visit: Visit) -> None:
    page = visit(locale="ar-SY").open().page
    title = page.locator(".furat-event h3 bdi").first
    assert (
        title.evaluate("title => { title.textContent = '14 shells hit'; return title.getClientRects().length; }") == 1
    )
    order = title.evaluate(
        """title => {
          const range = document.createRange(), text = title.firstChild;
          const left = (at) => {
            range.setStart(text, at);
            range.setEnd(text, at + 1);
            return range.getBoundingClientRect().left;
          };
          return [left(0), left(3)];
        }"""
    )
    assert order[0] < order[1]
