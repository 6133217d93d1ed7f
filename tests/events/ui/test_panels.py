"""The panels, run by Streamlit's own test runner: what they say is what the store says."""

from __future__ import annotations

import json
import re
from datetime import date
from html import unescape
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from events.__main__ import main
from events.atlas import Atlas
from events.public import publish
from events.selection import Selection
from events.tables import DATA
from events.ui.events_panel import FEW_PAGES
from tests.selections import expected

pytestmark = pytest.mark.usefixtures("no_map")

PAGE = Path(__file__).parents[3] / "events" / "ui" / "page.py"


def opened(**params: str | list[str]) -> AppTest:
    app = AppTest.from_file(PAGE, default_timeout=60)
    for name, value in params.items():
        app.query_params[name] = value
    app.run()
    assert not app.exception
    return app


def text_of(app: AppTest) -> str:
    return "\n".join(element.proto.body for element in app.get("html"))


def count_of(app: AppTest) -> str:
    found = re.search(r"furat-count' role='status'>([^<]*)<", text_of(app))
    assert found
    return found[1]


def test_the_page_says_how_many_of_how_many(atlas: Atlas) -> None:
    assert count_of(opened(lang="en")) == f"{atlas.store.total} of {atlas.store.total} events"


@pytest.mark.parametrize(
    ("key", "selection"),
    [
        ("filter:actor:sdf", Selection(actors=("sdf",))),
        ("filter:type:Battles", Selection(types=("Battles",))),
        ("filter:type:Suicide bomb", Selection(types=("Suicide bomb",))),
        ("filter:claimant:sohr", Selection(claimants=("sohr",))),
    ],
)
def test_each_kind_of_box_filters(atlas: Atlas, key: str, selection: Selection) -> None:
    app = opened(lang="en")
    app.checkbox(key=key).check().run()
    n = len(expected(atlas, selection))
    assert count_of(app) == f"{n} of {atlas.store.total} events"
    assert app.checkbox(key=key).label.endswith(f"· {n}")


def test_boxes_are_grouped_by_side_and_count_what_is_left(atlas: Atlas) -> None:
    app = opened(lang="en", dates=["2017-10-12", "2017-10-12"])
    day = date(2017, 10, 12)
    counts = atlas.store.by_actor(Selection(date_from=day, date_to=day))
    for actor in atlas.dataset.actors:
        key = f"filter:actor:{actor}"
        if key in {box.key for box in app.checkbox}:
            assert app.checkbox(key=key).label.endswith(f"· {counts.get(actor, 0)}")
    sides = [side.name_en for side in atlas.dataset.sides.values()]
    shown = [text.value for text in app.text if text.value in sides]
    assert shown == [side for side in sides if side in shown]
    assert len(shown) >= 6


def test_clearing_lifts_every_filter(atlas: Atlas) -> None:
    app = opened(lang="en", actor="sdf", type="Battles", claimant="sohr", dates=["2017-06-01", "2017-06-30"])
    assert not count_of(app).startswith(f"{atlas.store.total} of")
    app.button(key="filter:clear").click().run()
    assert count_of(app) == f"{atlas.store.total} of {atlas.store.total} events"


def test_an_empty_result_says_what_to_widen() -> None:
    app = opened(lang="en", actor="egypt", dates=["2017-06-06", "2017-06-06"])
    assert count_of(app).startswith("0 of")
    assert "Widen the dates" in app.info[0].value


def test_a_link_s_dates_beyond_the_data_are_kept(atlas: Atlas) -> None:
    app = opened(lang="en", dates=["2001-01-01", "2030-12-31"])
    assert str(app.date_input(key="filter:from").value) == "2001-01-01"
    assert str(app.date_input(key="filter:to").value) == "2030-12-31"


def test_a_place_of_the_link_opens_its_events(atlas: Atlas) -> None:
    page = text_of(opened(lang="en", place="abu_fas"))
    assert "Abu Fas" in page
    assert "at least 50" in page
    assert "Kurdish Red Crescent" in page


def test_the_page_speaks_arabic(atlas: Atlas) -> None:
    app = opened(lang="ar")
    assert count_of(app) == f"{atlas.store.total} من {atlas.store.total} حدثاً"
    assert "direction: rtl" in text_of(app)


def test_the_map_is_told_the_selection_and_nothing_of_the_events() -> None:
    app = opened(lang="en", actor="sdf")
    frame = next(e for e in app.main if e.type == "component_instance" or hasattr(e.proto, "json_args"))
    sent = json.loads(frame.proto.json_args)
    assert "Furat.update" in sent["feature_group"]
    assert all(link.startswith("../../assets/") for link in sent["js_links"] + sent["css_links"])
    assert "Abu Fas" not in json.dumps(sent)


def test_nonsense_in_the_link_is_shown_as_text() -> None:
    page = text_of(opened(lang="en", actor="<img src=x onerror=alert(1)>"))
    assert "&lt;img src=x onerror=alert(1)&gt;" in page
    assert "<img" not in page


def test_large_counts_beside_the_choices_are_grouped() -> None:
    def boxes() -> None:
        from events.ui import filters

        filters._boxes("actor", {"sdf": "SDF"}, {"sdf": 11334})

    assert AppTest.from_function(boxes).run().checkbox[0].label == "SDF · 11,334"


def test_a_long_list_turns_to_the_page_that_is_named(atlas: Atlas, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("events.ui.events_panel.PAGE", 2)
    app = opened(lang="en")
    assert "furat-event" in text_of(app)
    [field] = [box for box in app.number_input if box.label == "Go to page"]
    assert field.max == -(-atlas.store.total // 2) > FEW_PAGES
    field.set_value(9).run()
    assert not app.exception
    titles = re.findall(r"<article.*?<h3><bdi>([^<]*)</bdi>", text_of(app), re.DOTALL)
    assert [unescape(title) for title in titles] == [row["title_en"] for row in atlas.store.page(Selection(), 0)[16:18]]
    assert next(box for box in app.number_input if box.label == "Go to page").value is None


def test_a_short_list_has_a_button_for_every_page() -> None:
    app = opened(lang="en", actor="russia")
    assert not [box for box in app.number_input if box.label == "Go to page"]


def test_an_empty_cell_of_the_table_holds_no_word_of_any_language() -> None:
    [table] = opened(lang="ar", actor="russia").dataframe
    assert table.proto.placeholder == "–"


def test_what_cannot_be_drawn_is_called_in_the_page_s_language(tmp_path: Path) -> None:
    path, store = tmp_path / "own.csv", str(tmp_path / "store.duckdb")
    path.write_text("التاريخ,المدينة,نوع الحدث,الفاعل\n2018-03-06,مكان لا يعرفه أحد,اشتباك,داعش\n", encoding="utf-8")
    assert main(["import", str(path), "--store", store]) == 0
    publish(DATA, address=store)
    try:
        page = text_of(opened(lang="en", dates=["2018-03-06", "2018-03-06"]))
    finally:
        publish(DATA)
    assert "<li><bdi>Islamic State, Armed clash</bdi></li>" in page


def test_dots_of_the_time_line_grow_no_wider_than_their_step_unless_they_would_vanish() -> None:
    app = opened(lang="en")
    [chart] = app.get("vega_lite_chart")
    size = json.loads(chart.proto.spec)["encoding"]["size"]
    assert re.fullmatch(r"clamp\(PI / 4 \* pow\(1\.2 \* width / \d+, 2\), 50, 420\)", size["scale"]["range"][1]["expr"])
