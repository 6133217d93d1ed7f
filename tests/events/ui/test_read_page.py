"""The page "Read a report", run by Streamlit's own test runner: what is typed, decided and edited stays."""

from __future__ import annotations

import json
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from events.ui import read_input, read_text
from tests.hostile import CORPUS
from tests.reports import FIRST, SECOND

PAGE = """
from events.public import public_atlas
from events.ui import read_page, session, shell
from events.ui.language import language

atlas = public_atlas()
session.begin(atlas)
spoken = language(session.lang())
shell.show(spoken)
read_page.show(atlas, spoken)
"""


def opened(lang: str = "en") -> AppTest:
    app = AppTest.from_string(PAGE, default_timeout=60)
    app.query_params["lang"] = lang
    return calm(app.run())


def calm(app: AppTest) -> AppTest:
    assert not app.exception
    return app


def reading(*texts: str, lang: str = "en", published: str | None = "2017-10-13") -> AppTest:
    app = opened(lang)
    for text in texts:
        app.text_area(key="read:text").set_value(text).run()
        calm(app.button(key="read:go").click().run())
        if published:
            from datetime import date

            calm(app.date_input(key=f"read:day:{sheet(app)}").set_value(date.fromisoformat(published)).run())
    return app


def sheet(app: AppTest) -> str:
    key: str = app.selectbox(key="read:open").value
    return key


def desk(app: AppTest) -> Any:
    return app.session_state["read:history"].now


def text_of(app: AppTest) -> str:
    return "\n".join(element.proto.body for element in app.get("html"))


def component(app: AppTest) -> dict[str, Any]:
    found = next(e for e in app.get("bidi_component") if e.proto.component_name == "furat.report")
    data: dict[str, Any] = json.loads(found.proto.json)
    return data


def strike(app: AppTest) -> str:
    return next(p.id for p in desk(app).proposals if p.values.sub_event_type == "Air/drone strike")


def choose(app: AppTest, key: str) -> AppTest:
    return calm(app.button(key=f"read:choose:{key}").click().run())


def test_an_empty_desk_asks_for_a_report() -> None:
    app = opened()
    calm(app.button(key="read:go").click().run())
    assert "paste a report first" in text_of(app)
    assert not app.get("bidi_component") or "furat.report" not in [
        e.proto.component_name for e in app.get("bidi_component")
    ]


def test_a_pasted_report_is_marked_up_and_its_events_are_listed() -> None:
    app = reading(FIRST)
    page = text_of(app)
    assert "0 of 3 proposed events accepted" in page
    data = component(app)
    assert (data["dir"], data["lang"]) == ("rtl", "ar")
    told = "\n".join("".join(words for words, _ in paragraph) for paragraph in data["paragraphs"])
    assert told == "\n".join(line for line in FIRST.split("\n") if line)
    assert {mark["kind"] for mark in data["marks"]} >= {"place", "date", "actor", "number", "event"}
    for paragraph in data["paragraphs"]:
        for words, n in paragraph:
            if n is not None:
                mark = data["marks"][n]
                assert words == FIRST[mark["start"] : mark["end"]]
    assert app.text_area(key="read:text").value == ""


def test_without_a_day_of_publication_the_page_says_what_stays_undated() -> None:
    app = reading(FIRST, published=None)
    assert "stays undated" in text_of(app)
    assert all(p.values.date_start is None for p in desk(app).proposals)
    assert app.date_input(key=f"read:day:{sheet(app)}").value is None


def test_choosing_an_event_cites_its_words_and_outlines_its_place() -> None:
    app = reading(FIRST)
    choose(app, strike(app))
    data = component(app)
    cited = {FIRST[data["marks"][int(n)]["start"] : data["marks"][int(n)]["end"]] for n in data["cited"]}
    assert "الميادين" in cited
    assert "غارات" in cited
    assert "البوكمال" not in cited
    frame = next(e for e in app.main if e.type == "component_instance" or hasattr(e.proto, "json_args"))
    assert "Furat.update" in json.loads(frame.proto.json_args)["feature_group"]


def test_an_edit_is_kept_marked_and_undone() -> None:
    app = reading(FIRST)
    key = strike(app)
    choose(app, key)
    calm(app.selectbox(key=f"read:edit:{key}:sub_event_type").set_value("Siege").run())
    assert desk(app).proposal(key).values.sub_event_type == "Siege"
    assert "edited" in text_of(app)
    calm(app.button(key="read:undo").click().run())
    assert desk(app).proposal(key).values.sub_event_type == "Air/drone strike"
    assert app.selectbox(key=f"read:edit:{key}:sub_event_type").value == "Air/drone strike"
    calm(app.button(key="read:redo").click().run())
    assert app.selectbox(key=f"read:edit:{key}:sub_event_type").value == "Siege"


def test_a_wrong_number_is_told_in_one_sentence_and_stays_in_its_box() -> None:
    app = reading(FIRST)
    key = strike(app)
    choose(app, key)
    calm(app.number_input(key=f"read:edit:{key}:fatalities:high").set_value(3).run())
    assert "At most 3 killed is fewer than at least 12; turn them round." in text_of(app)
    assert app.number_input(key=f"read:edit:{key}:fatalities:high").value == 3
    assert desk(app).proposal(key).values.fatalities_high is None
    calm(app.number_input(key=f"read:edit:{key}:fatalities:high").set_value(30).run())
    assert "turn them round" not in text_of(app)
    assert desk(app).proposal(key).values.fatalities_high == 30


def test_a_place_is_corrected_through_the_gazetteer_in_any_spelling() -> None:
    app = reading(FIRST)
    key = strike(app)
    choose(app, key)
    calm(app.text_input(key=f"read:place:{key}").set_value("Deir Ezzor").run())
    meant = app.selectbox(key=f"read:meant:{key}:Deir Ezzor")
    calm(meant.set_value("deir_ez_zor").run())
    calm(app.button(key=f"read:put:{key}").click().run())
    assert [p.place for p in desk(app).proposal(key).values.places] == ["deir_ez_zor"]
    assert app.text_input(key=f"read:place:{key}").value == ""


def test_accept_next_walks_through_the_open_events() -> None:
    app = reading(FIRST)
    keys = [p.id for p in desk(app).proposals]
    choose(app, keys[0])
    for n in range(len(keys)):
        calm(app.button(key="read:next:accepted").click().run())
        assert len(desk(app).with_status("accepted")) == n + 1
    assert f"{len(keys)} of {len(keys)} proposed events accepted" in text_of(app)
    assert "read:next:accepted" not in [b.key for b in app.button]


def test_marked_events_are_merged_and_split_again() -> None:
    app = reading(FIRST)
    before = desk(app)
    first, second = (p.id for p in before.proposals[:2])
    app.checkbox(key=f"read:mark:{first}").check().run()
    app.checkbox(key=f"read:mark:{second}").check().run()
    calm(app.button(key="read:merge").click().run())
    whole = next(p for p in desk(app).proposals if p.of)
    assert "Merged by you from:" in text_of(app)
    calm(app.button(key=f"read:split:{whole.id}").click().run())
    assert desk(app) == before


def test_two_reports_of_one_event_are_linked_with_reasons_and_can_be_split() -> None:
    app = reading(FIRST, SECOND)
    whole = next(p for p in desk(app).proposals if p.of)
    assert whole.joined.by == "link"
    choose(app, whole.id)
    page = text_of(app)
    assert "Linked as one event, because:" in page
    assert "dates overlap or adjoin" in page
    assert "2 reports tell of it" in page
    calm(app.button(key=f"read:split:{whole.id}").click().run())
    assert not [p for p in desk(app).proposals if p.of]


def test_the_language_changes_and_nothing_else() -> None:
    app = reading(FIRST)
    key = strike(app)
    choose(app, key)
    calm(app.number_input(key=f"read:edit:{key}:fatalities:high").set_value(30).run())
    app.text_area(key="read:text").set_value("نص لم يُقرأ بعد").run()
    before = desk(app)
    calm(app.button(key="shell:language").click().run())
    assert "direction: rtl" in text_of(app)
    assert desk(app) == before
    assert app.number_input(key=f"read:edit:{key}:fatalities:high").value == 30
    assert app.text_area(key="read:text").value == "نص لم يُقرأ بعد"
    assert component(app)["cited"]


@pytest.mark.parametrize("text", CORPUS)
def test_hostile_text_stays_text(text: str) -> None:
    app = reading(f"{FIRST}\n{text}\n", published=None)
    key = f"read:publisher:{sheet(app)}"
    calm(app.text_input(key=key).set_value(text[:100]).run())
    for one in desk(app).proposals[:1]:
        choose(app, one.id)
        calm(app.text_input(key=f"read:edit:{one.id}:title_en").set_value(text[:150]).run())
    page = text_of(app)
    for mark in ("<script", "<img", "<svg", "<iframe", "<link"):
        assert mark not in page
    calm(app.button(key="read:accept-all").click().run())


def test_a_text_beyond_all_measure_is_cut_paged_and_said() -> None:
    line = FIRST.strip().replace("\n", " ") + "\n"
    app = reading("عنوان\n\n" + line * 800, published=None)
    one = desk(app).sheets[0]
    assert len(one.text) <= read_input.LONGEST
    assert "only the first 200,000 characters" in text_of(app)
    data = component(app)
    assert sum(len(words) for p in data["paragraphs"] for words, _ in p) <= read_text.PAGE * 1.3


def test_a_report_taken_away_comes_back_by_undo() -> None:
    app = reading(FIRST, SECOND)
    before = desk(app)
    calm(app.button(key="read:away").click().run())
    assert len(desk(app).sheets) == 1
    calm(app.button(key="read:undo").click().run())
    assert desk(app) == before


def test_the_same_text_again_opens_it() -> None:
    app = reading(FIRST, SECOND)
    app.text_area(key="read:text").set_value(FIRST).run()
    calm(app.button(key="read:go").click().run())
    assert "on the desk already" in text_of(app)
    assert desk(app).sheet(sheet(app)).text == FIRST
    assert len(desk(app).sheets) == 2


@pytest.mark.parametrize(
    ("name", "content", "says"),
    [
        ("scan.txt", b"\x00\x01\x02\xff\xfe\x00", "is not text"),
        ("broken.json", b"{", "is not JSON"),
        ("list.json", b"[1, 2]", "expected an object with a text"),
        ("empty.txt", b"  \n ", "holds no article text"),
        ("page.html", b"<html><body></body></html>", "holds no article text"),
    ],
)
def test_a_bad_file_is_told_in_one_sentence(name: str, content: bytes, says: str) -> None:
    app = opened()
    app.file_uploader[0].set_value((name, content, "application/octet-stream")).run()
    calm(app)
    note = next(e.proto.body for e in app.get("html") if "furat-note" in e.proto.body)
    assert says in note
    assert note.count("<p") == 1
    assert not desk(app).sheets


def test_files_bring_their_day_and_publisher_and_a_bad_one_stops_none() -> None:
    app = opened()
    article = {"title": "عنوان", "date": "2017-10-13", "publisher": "صحيفة", "text": FIRST}
    app.file_uploader[0].set_value(
        [("one.json", json.dumps(article).encode(), "application/json"), ("two.txt", b"\x00", "text/plain")]
    ).run()
    calm(app)
    (found,) = desk(app).sheets
    assert (found.name, found.published.isoformat(), found.reading.publisher) == ("one", "2017-10-13", "صحيفة")
    assert found.day_from == "file"
    assert "two.txt is not text" in text_of(app)
