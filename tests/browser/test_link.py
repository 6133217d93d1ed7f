"""The link: what one person sees, the next one sees who opens it, in either language."""

from __future__ import annotations

from collections.abc import Callable
from urllib.parse import parse_qs, urlsplit

import pytest

from events.atlas import Atlas
from tests.browser.site import Visitor

Visit = Callable[..., Visitor]


def params(url: str) -> dict[str, list[str]]:
    return parse_qs(urlsplit(url).query)


@pytest.mark.parametrize(("speaks", "opens_in"), [("en-GB", "ar-SY"), ("ar-SY", "en-GB")])
def test_the_copied_link_restores_everything_in_a_fresh_browser(visit: Visit, speaks: str, opens_in: str) -> None:
    lang = speaks[:2]
    sender = visit(locale=speaks).open("/?dates=2017-10-12&dates=2017-10-13&actor=islamic_state&place=raqqa")
    sender.frame.evaluate("() => { window.map.setView([35.95, 39.01], 12, {animate: false}); }")
    sender.until(
        lambda: params(sender.page.url).get("at") == ["35.9500,39.0100,12"],
        "the address follows the map",
        lambda: sender.page.url,
    )
    sender.page.get_by_role("button", name="Copy link" if lang == "en" else "نسخ الرابط").click()
    link = sender.page.evaluate("() => navigator.clipboard.readText()")
    assert link == sender.page.url

    reader = visit(locale=opens_in).open(link)
    assert reader.count() == sender.count()
    assert reader.map()["zoom"] == 12
    ours, theirs = sender.map(), reader.map()
    assert {(s["key"], s["n"]) for s in theirs["symbols"]} == {(s["key"], s["n"]) for s in ours["symbols"]}
    assert theirs["lang"] == lang
    # The page says its language after the map is drawn.
    written = "() => [document.documentElement.lang, document.documentElement.dir]"
    reader.until(
        lambda: reader.page.evaluate(written) == [lang, "rtl" if lang == "ar" else "ltr"],
        "the page says its language and direction",
        lambda: reader.page.evaluate(written),
    )
    assert reader.page.locator(".st-key-panel h2").inner_text() == sender.page.locator(".st-key-panel h2").inner_text()
    assert params(reader.page.url) == params(link)


def test_a_single_day_survives_the_link(visitor: Visitor) -> None:
    visitor.open("/?dates=2017-10-12&dates=2017-10-12")
    assert params(visitor.page.url)["dates"] == ["2017-10-12", "2017-10-12"]


def test_the_address_follows_every_filter(visitor: Visitor) -> None:
    visitor.open()
    visitor.tick("Islamic State ·")
    visitor.until(lambda: params(visitor.page.url).get("actor") == ["islamic_state"], "the address names the actor")
    visitor.tick("Islamic State ·")
    visitor.until(lambda: "actor" not in params(visitor.page.url), "the address forgets the actor")


def test_back_leaves_the_app(visitor: Visitor) -> None:
    visitor.page.goto(visitor.server.url + "/_stcore/health")
    visitor.open("/")
    for box in ("Islamic State ·", "Russia ·", "Battles ·"):
        visitor.tick(box)
        visitor.settled()
    visitor.frame.evaluate("() => { window.map.setView([35.95, 39.01], 12, {animate: false}); }")
    visitor.settled()
    visitor.page.go_back()
    assert visitor.page.url.endswith("/_stcore/health")


def test_a_link_of_nonsense_opens_with_a_note(visitor: Visitor, atlas: Atlas) -> None:
    visitor.open("/?dates=soon&actor=nobody&type=%3Cb%3E&claimant=%F0%9F%92%A5&place=atlantis&at=1,2&lang=tlh&x=1")
    visitor.shows(atlas.store.total, atlas.store.total)
    note = visitor.page.locator(".furat-note").inner_text()
    for param in ("dates=soon", "actor=nobody", "type=<b>", "place=atlantis", "at=1,2", "lang=tlh"):
        assert param in note
    visitor.page.get_by_role("button", name="Close").click()
    visitor.page.locator(".furat-note").wait_for(state="detached")


def test_the_language_is_the_browser_s_until_the_link_or_the_reader_says_otherwise(visit: Visit) -> None:
    html_lang = "() => document.documentElement.lang"
    assert visit(locale="ar").open("/").page.evaluate(html_lang) == "ar"
    assert visit(locale="fr-FR").open("/").page.evaluate(html_lang) == "en"
    switched = visit(locale="ar").open("/?lang=en")
    assert switched.page.evaluate(html_lang) == "en"
    switched.page.get_by_role("button", name="العربية").click()
    switched.until(lambda: params(switched.page.url)["lang"] == ["ar"], "the address says Arabic")


def test_filters_survive_the_other_page_and_the_other_language(visitor: Visitor, atlas: Atlas) -> None:
    visitor.open("/?actor=coalition")
    shown = visitor.count()
    visitor.page.get_by_role("link", name="Gazetteer").click()
    visitor.page.get_by_label("Name of a place").wait_for()
    visitor.page.get_by_role("link", name="Map").click()
    visitor.settled()
    assert visitor.count() == shown
    visitor.page.get_by_role("button", name="العربية").click()
    visitor.until(lambda: params(visitor.page.url)["lang"] == ["ar"], "the page is Arabic")
    visitor.settled()
    assert params(visitor.page.url)["actor"] == ["coalition"]


def test_a_parameter_of_the_host_is_left_alone(visitor: Visitor) -> None:
    visitor.open("/?embed=true&actor=sdf")
    assert params(visitor.page.url)["embed"] == ["true"]
