"""The gazetteer page: the same answers as the command line, in both scripts, with a map."""

from __future__ import annotations

from collections.abc import Callable
from urllib.parse import quote

import pytest

from events.atlas import Atlas
from tests.browser.site import Visitor

Visit = Callable[..., Visitor]


@pytest.mark.parametrize("name", ["الرقة", "Rakka", "Ar-Raqqah"])
def test_a_clear_name_opens_its_place(visitor: Visitor, atlas: Atlas, name: str) -> None:
    visitor.open(f"/gazetteer?lang=en&name={quote(name)}")
    card = visitor.page.locator(".furat-event").inner_text()
    place = atlas.gazetteer.resolve(name)
    assert place.id == "raqqa"
    for text in (place.name_en, place.name_ar, f"{place.lat:.5f}, {place.lon:.5f}", place.source, place.id):
        assert text in card


def test_an_ambiguous_name_lists_all_who_bear_it(visitor: Visitor, atlas: Atlas) -> None:
    visitor.open(f"/gazetteer?lang=en&name={quote('الصالحية')}")
    n = len([c for c in atlas.gazetteer.candidates("الصالحية") if c.match == "exact"])
    assert f"{n} places bear this name" in visitor.page.inner_text(".furat-note")
    assert len(visitor.map()["symbols"]) >= n


def test_an_unknown_name_suggests_and_accepts_nothing(visitor: Visitor) -> None:
    visitor.page.goto(visitor.server.url + "/gazetteer?lang=en&name=Deir%20Hazzor")
    note = visitor.page.locator(".furat-note")
    note.wait_for()
    assert "No place is known" in note.inner_text()


def test_a_name_typed_in_is_part_of_the_link(visitor: Visitor) -> None:
    visitor.page.goto(visitor.server.url + "/gazetteer?lang=en")
    box = visitor.page.get_by_label("Name of a place")
    box.fill("Mayadin")
    box.press("Enter")
    visitor.page.locator(".furat-event").wait_for()
    visitor.until(lambda: "name=Mayadin" in visitor.page.url, "the link holds the name", lambda: visitor.page.url)


def test_it_speaks_arabic(visit: Visit) -> None:
    visitor = visit(locale="ar").open(f"/gazetteer?name={quote('الميادين')}")
    assert "الميادين" in visitor.page.inner_text(".furat-event h2")
    assert visitor.page.evaluate("() => document.documentElement.dir") == "rtl"
