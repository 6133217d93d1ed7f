"""What meets the eye on the map: counts that can be read, whole words, sane numbers, targets for a finger."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from tests.browser.site import Visitor

Visit = Callable[..., Visitor]

WRITTEN = """([n, px]) => {
  const layer = new Furat.Symbols(() => {}).addTo(map);
  layer.setSides([{ id: "a", colour: "#f62918", letter: "G" }, { id: "b", colour: "#409760", letter: "O" }]);
  const { lat, lng } = map.getCenter();
  const symbol = { key: "s", lat, lon: lng, n, precision: "site", vague: 0, radius_km: 1, places: ["s"], n_places: 1,
    sides: { a: Math.ceil(n / 2), b: Math.floor(n / 2) } };
  layer.setSymbols([symbol], px);
  const [{ x, y, r }] = layer.placed();
  const written = [];
  const ctx = document.createElement("canvas").getContext("2d");
  ctx.fillText = (text) => written.push(text);
  layer._drawSymbol(ctx, symbol, { x, y, r });
  const hit = layer.at(L.point(x + 11.5, y)) !== null;
  layer.remove();
  return { r, written, hit };
}"""


@pytest.mark.parametrize(("n", "px"), [(60, 1.15), (140, 1.0), (1200, 0.34), (9, 9), (15_000, 0.27)])
def test_a_symbol_with_room_for_letters_has_its_count_first(visitor: Visitor, n: int, px: float) -> None:
    visitor.open()
    found = visitor.frame.evaluate(WRITTEN, [n, px])
    counts = [text for text in found["written"] if text[0].isdigit()]
    assert found["r"] >= 8
    assert len(counts) == 1
    assert counts[0] in (f"{n:,}", f"{n / 1000:.1f}".removesuffix(".0") + "K")


def test_the_smallest_symbol_has_neither_count_nor_letters_and_is_a_finger_wide(visitor: Visitor) -> None:
    visitor.open()
    found = visitor.frame.evaluate(WRITTEN, [20, 0.3])
    assert found == {"r": 6, "written": [], "hit": True}


@pytest.mark.parametrize("width", [1440, 1024])
@pytest.mark.parametrize("lang", ["en", "ar"])
def test_the_folded_legend_cuts_no_name(visit: Visit, lang: str, width: int) -> None:
    visitor = visit(width=width, height=900).open(f"/?lang={lang}&at=35.4,39.8,6")
    legend = visitor.frame.locator(".furat-legend.furat-folded").bounding_box()
    names = visitor.frame.locator(".furat-folded .furat-side")
    assert legend
    assert names.count() > 3, "the page gave the frame its width after the events had come"
    for name in names.all():
        assert name.evaluate("(e) => e.scrollWidth <= e.offsetWidth && getComputedStyle(e).textOverflow !== 'ellipsis'")
        box = name.bounding_box()
        assert box
        assert legend["x"] <= box["x"]
        assert box["x"] + box["width"] <= legend["x"] + legend["width"]
    assert legend["height"] <= 66  # what "show all" leaves free, see STRIP_PX in legend.js


@pytest.mark.parametrize(
    ("zoom", "unit"),
    [(6, "Events per 100 km²"), (10, "Events per 100 km²"), (12, "Events per km²"), (15, "Events per hectare"),
     (18, "Events per 100 m²")],
)  # fmt: skip
def test_heat_is_told_by_a_unit_that_keeps_its_numbers_near_those_of_events(
    visitor: Visitor, zoom: int, unit: str
) -> None:
    state = visitor.open(f"/?draw=heat&at=35.95,39.01,{zoom}").map()
    assert visitor.frame.locator(".furat-legend h2").inner_text() == unit
    most = float(visitor.frame.locator(".furat-ramp-scale span").last.inner_text())
    assert 0 < most <= 12 * state["heat"]["sum"]


def test_an_arabic_page_runs_from_the_right_before_any_script_has_run(visit: Visit) -> None:
    for locale, address in (("en-GB", "/?lang=ar"), ("ar-SY", "/")):
        visitor = visit(locale=locale)
        visitor.page.goto(visitor.server.url + address, wait_until="commit")
        root = visitor.page.evaluate(
            "() => ({ dir: document.documentElement.dir, lang: document.documentElement.lang })"
        )
        assert root == {"dir": "rtl", "lang": "ar"}


def test_the_map_of_an_arabic_page_stays_where_it_first_appears(visit: Visit) -> None:
    visitor = visit(locale="ar-SY")
    visitor.page.add_init_script(
        """window.lefts = [];
        const look = () => {
          const frame = document.querySelector('iframe[title^="streamlit_folium"]');
          const box = frame && frame.getBoundingClientRect();
          if (box && box.height > 100) window.lefts.push(Math.round(box.x));
          requestAnimationFrame(look);
        };
        if (window.top === window) look();"""
    )
    visitor.open()
    lefts = visitor.page.evaluate("() => [...new Set(window.lefts)]")
    assert len(lefts) == 1
