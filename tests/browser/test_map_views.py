"""The map drawn as heat and as hexagons: counts, picks, link, keyboard, both languages, a phone's width."""

from __future__ import annotations

from collections.abc import Callable
from urllib.parse import parse_qs, urlsplit

import pytest

from events.atlas import Atlas
from events.map.cells import snapped
from events.map.heat import heat
from events.map.hexagons import hexagons
from events.selection import Selection
from geo.mercator import Extent
from tests.browser.site import Visitor

Visit = Callable[..., Visitor]
WIDE = "at=34.0,37.0,4"


def params(visitor: Visitor) -> dict[str, list[str]]:
    return parse_qs(urlsplit(visitor.page.url).query)


def drawn_as(visitor: Visitor, name: str) -> None:
    visitor.page.locator(".st-key-drawn-as label", has_text=name).click()


def click_on(visitor: Visitor, symbol: dict[str, float]) -> None:
    element = visitor.page.locator('iframe[title^="streamlit_folium"]')
    element.scroll_into_view_if_needed()
    frame = element.bounding_box()
    assert frame is not None
    visitor.page.mouse.click(frame["x"] + symbol["x"], frame["y"] + symbol["y"])


def painted(visitor: Visitor) -> int:
    """How many pixels of the map's layer of densities are not empty."""
    count: int = visitor.frame.evaluate(
        """() => [...document.querySelectorAll(".leaflet-furat-density-pane canvas")].reduce((sum, canvas) => {
          const { data } = canvas.getContext("2d").getImageData(0, 0, canvas.width, canvas.height);
          for (let at = 3; at < data.length; at += 4) sum += data[at] > 0;
          return sum;
        }, 0)"""
    )
    return count


@pytest.mark.parametrize("draw", ["heat", "hexagons"])
def test_drawn_and_left_out_events_add_up_to_all_that_have_a_place(visitor: Visitor, atlas: Atlas, draw: str) -> None:
    state = visitor.open(f"/?draw={draw}&{WIDE}").map()
    assert state["draw"] == draw
    assert state["n"] + state["left"] == sum(bool(event.places) for event in atlas.dataset.events.values())
    visitor.until(lambda: painted(visitor) > 1000, "it is drawn")
    assert f"{state['left']} events too vague to draw" in visitor.frame.inner_text(".furat-legend")
    visitor.frame.locator(".furat-legend-head").click()
    assert f"{state['left']} events known only to the district or wider are left out" in visitor.frame.inner_text(
        ".furat-legend"
    )


@pytest.mark.parametrize("lang", ["en", "ar"])
@pytest.mark.parametrize("draw", ["heat", "hexagons"])
def test_the_folded_legend_is_one_line_and_leaves_the_corner_free(visitor: Visitor, draw: str, lang: str) -> None:
    visitor.open(f"/?draw={draw}&lang={lang}")
    map_box, legend = (
        visitor.frame.locator(where).bounding_box() for where in (".leaflet-container", ".furat-legend.furat-folded")
    )
    assert map_box
    assert legend
    assert visitor.frame.locator(".furat-left").is_visible()
    assert legend["height"] < 45
    before, after = legend["x"] - map_box["x"], map_box["x"] + map_box["width"] - legend["x"] - legend["width"]
    assert (after if lang == "ar" else before) > 80


def test_the_heat_drawn_is_the_heat_that_was_counted(visitor: Visitor, atlas: Atlas) -> None:
    state = visitor.open(f"/?draw=heat&{WIDE}").map()
    extent = Extent(south=-20.0, west=0.0, north=70.0, east=80.0)
    counted = heat(atlas.store, Selection(), box=snapped(extent, 4), zoom=4)
    assert state["heat"]["sum"] == sum(n for *_, n in counted.cells)
    assert state["heat"]["densest"] > 0


def test_the_colours_of_heat_go_by_what_is_in_view(visitor: Visitor) -> None:
    dense = visitor.open("/?draw=heat&at=35.95,39.01,12").map()["heat"]["densest"]
    numbers = visitor.frame.locator(".furat-ramp-scale")
    before = numbers.inner_text()
    visitor.frame.evaluate("() => { map.panBy([0, 420], { animate: false }); }")
    visitor.until(lambda: visitor.settled()["heat"]["densest"] < dense, "the city is out of sight", visitor.map)
    visitor.until(lambda: numbers.inner_text() != before, "the legend says so", numbers.inner_text)


def test_a_hexagon_opens_as_many_events_as_it_counts(visitor: Visitor, atlas: Atlas) -> None:
    state = visitor.open("/?draw=hexagons&at=35.4,39.8,7").map()
    assert state["symbols"]
    for symbol in state["symbols"]:
        assert symbol["n"] == atlas.store.count(Selection(places=tuple(symbol["places"])))
    # One that no legend or button covers.
    symbol = next(s for s in state["symbols"] if "raqqa" in s["places"])
    click_on(visitor, symbol)
    panel = visitor.page.locator(".st-key-panel")
    visitor.until(lambda: f"{symbol['n']} events" in panel.inner_text(), "its events are listed", panel.inner_text)
    visitor.until(lambda: set(params(visitor).get("place", ())) == set(symbol["places"]), "the link names its places")
    picked = next(s for s in visitor.settled()["symbols"] if s["key"] == symbol["key"])
    assert picked["selected"]
    visitor.page.get_by_role("button", name="Show all places").click()
    visitor.until(lambda: "place" not in params(visitor), "the link forgets them")


def test_the_switch_is_in_the_link_and_comes_back(visitor: Visitor) -> None:
    visitor.open()
    assert "draw" not in params(visitor)
    visitor.frame.evaluate("() => { window.mark = 'the same'; }")
    for name, draw in (("Hexagons", "hexagons"), ("Heat", "heat")):
        drawn_as(visitor, name)
        visitor.until(lambda draw=draw: visitor.map()["draw"] == draw, f"the map draws {draw}")  # type: ignore[misc]
        visitor.until(lambda draw=draw: params(visitor).get("draw") == [draw], "the link says so")  # type: ignore[misc]
    assert visitor.frame.evaluate("() => window.mark") == "the same"
    visitor.page.get_by_role("link", name="Gazetteer").click()
    visitor.page.get_by_label("Name of a place").wait_for()
    visitor.page.get_by_role("link", name="Map").click()
    visitor.until(lambda: visitor.map().get("draw") == "heat", "the map is as it was", visitor.map)
    drawn_as(visitor, "Symbols")
    visitor.until(lambda: visitor.map()["draw"] == "symbols", "symbols again")
    visitor.until(lambda: "draw" not in params(visitor), "the link is silent again")
    visitor.until(lambda: painted(visitor) == 0, "nothing of the heat stays")


def test_the_switch_and_the_hexagons_are_reached_by_keyboard(visitor: Visitor) -> None:
    visitor.open("/?at=35.4,39.8,7")
    visitor.page.locator(".st-key-drawn-as input").first.focus()
    visitor.page.keyboard.press("ArrowRight")
    visitor.page.keyboard.press("ArrowRight")
    visitor.until(lambda: visitor.map()["draw"] == "hexagons", "hexagons are drawn")
    state = visitor.settled()
    fullest = max(state["symbols"], key=lambda symbol: symbol["n"])
    first = visitor.frame.locator(".furat-list button").first
    assert first.inner_text().startswith(fullest["name_en"])
    first.focus()
    visitor.page.keyboard.press("Enter")
    visitor.until(lambda: set(params(visitor).get("place", ())) == set(fullest["places"]), "Enter picks it")


@pytest.mark.parametrize(("locale", "words"), [("en-GB", "Events in a hexagon"), ("ar-SY", None)])
@pytest.mark.parametrize("draw", ["heat", "hexagons"])
def test_on_a_phone_legend_and_switch_fit(visit: Visit, draw: str, locale: str, words: str | None) -> None:
    visitor = visit(locale=locale, width=390, height=844, touch=True).open(f"/?draw={draw}")
    assert visitor.page.evaluate("() => document.documentElement.scrollWidth") <= 390
    box = visitor.page.locator(".st-key-drawn-as").bounding_box()
    assert box is not None
    assert box["width"] <= 390
    visitor.frame.locator(".furat-legend-head").click()
    legend = visitor.frame.locator(".furat-legend")
    inside = legend.bounding_box()
    assert inside is not None
    assert inside["width"] <= 366
    if words and draw == "hexagons":
        assert words in legend.inner_text()


def test_a_legend_s_classes_hold_every_count(visitor: Visitor) -> None:
    state = visitor.open(f"/?draw=hexagons&{WIDE}").map()
    if not visitor.frame.locator(".furat-classes").is_visible():
        visitor.frame.locator(".furat-legend-head").click()
    labels = [label.strip() for label in visitor.frame.locator(".furat-classes li").all_inner_texts()]
    starts = [int(label.split("–")[0].split()[0]) for label in labels]
    ends = [int(label.split("–")[-1]) for label in labels[:-1]]
    assert labels[-1].endswith("or more")
    assert starts[0] == 1
    assert [end + 1 for end in ends] == starts[1:]
    assert starts[-1] <= max(symbol["n"] for symbol in state["symbols"])


def test_hexagons_agree_with_the_engine(visitor: Visitor, atlas: Atlas) -> None:
    state = visitor.open("/?draw=hexagons&at=35.4,39.8,8").map()
    box = visitor.frame.evaluate(
        "() => { const b = window.map.getBounds(); return [b.getSouth(), b.getWest(), b.getNorth(), b.getEast()]; }"
    )
    south, west, north, east = box
    view = snapped(Extent(south=south, west=west, north=north, east=east), state["zoom"])
    counted = {h.key: h.n for h in hexagons(atlas.store, Selection(), box=view, zoom=state["zoom"]).hexagons}
    drawn = {symbol["key"]: symbol["n"] for symbol in state["symbols"]}
    inside = {s["key"] for s in state["symbols"] if south < s["lat"] < north and west < s["lon"] < east}
    assert inside
    assert all(drawn[key] == counted[key] for key in inside)


def test_of_many_areas_none_hides_a_count_and_their_discs_do_not_hide_the_map(visitor: Visitor) -> None:
    visitor.open("/?at=35.0,38.5,7")
    found = visitor.frame.evaluate(
        """() => {
          const entry = (key, lat, lon, n, precision) =>
            ({ key, lat, lon, n, precision, sides: {}, vague: 0, radius_km: 40, places: [key], n_places: 1 });
          const areas = [...Array(100).keys()].map((i) =>
            entry("a" + i, 33 + (i % 10) / 2.5, 36 + Math.floor(i / 10) / 2, 3, "area"));
          const layer = new Furat.Symbols(() => {}).addTo(map);
          layer.setSymbols([...areas, entry("town", 35.01, 38.01, 2000, "site")], 34 / Math.sqrt(2000));
          const placed = layer.placed();
          const town = placed.find(({ symbol }) => symbol.key === "town");
          const others = placed.filter((spot) => spot !== town);
          const washed = [];
          layer._drawExtent = (ctx, { symbol }) => washed.push(symbol.key);
          layer.setLit("a7");
          layer.paint();
          const answer = {
            gaps: others.map(({ x, y, r }) => Math.hypot(x - town.x, y - town.y) - town.r - r),
            moved: others.filter(({ x, y, x0, y0 }) => Math.hypot(x - x0, y - y0) > 0.5).length,
            washed: [...new Set(washed)],
          };
          layer.remove();
          return answer;
        }"""
    )
    assert min(found["gaps"]) > 0
    assert 0 < found["moved"] < 10  # the others stay where they are
    assert found["washed"] == ["a7"]


@pytest.mark.parametrize("draw", ["symbols", "hexagons"])
def test_a_view_without_events_says_so_though_there_are_some_beyond_its_edge(visitor: Visitor, draw: str) -> None:
    visitor.open(f"/?draw={draw}&at=35.88,39.01,13")
    note = visitor.frame.locator(".furat-note")
    assert note.inner_text() == "No events here. Zoom out, or widen the filters."
    assert visitor.map()["n"] > 0
    visitor.frame.evaluate("() => { window.map.panTo([35.95, 39.01], { animate: false }); }")
    visitor.settled()
    assert note.inner_text() == ""


def test_what_lies_under_the_legend_is_not_pointed_at(visitor: Visitor) -> None:
    state = visitor.open("/?at=35.95,39.01,9").map()
    visitor.frame.locator(".furat-legend-head").click()
    element = visitor.page.locator('iframe[title^="streamlit_folium"]')
    element.scroll_into_view_if_needed()
    frame, legend = element.bounding_box(), visitor.frame.locator(".furat-legend").bounding_box()
    assert frame is not None
    assert legend is not None
    x, y = legend["x"] + legend["width"] / 2, legend["y"] + legend["height"] / 2
    fullest = max(state["symbols"], key=lambda symbol: symbol["n"])
    by = [fullest["x"] + frame["x"] - x, fullest["y"] + frame["y"] - y]
    visitor.frame.evaluate("by => { window.map.panBy(by, { animate: false }); }", by)
    visitor.settled()
    tooltip = visitor.frame.locator(".furat-tooltip")
    visitor.page.mouse.move(x - 1, y)
    visitor.page.mouse.move(x, y)
    assert not tooltip.is_visible()
    visitor.frame.locator(".furat-legend-head").click()
    visitor.page.mouse.move(x - 1, y)
    visitor.page.mouse.move(x, y)
    assert tooltip.is_visible()
