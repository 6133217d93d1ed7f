"""The map's frame: constant, offline, and deaf to anything in a string but the string itself."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from typing import Any

import folium
import pytest
from branca.colormap import LinearColormap
from folium.plugins import MarkerCluster
from hypothesis import given
from hypothesis import strategies as st
from jinja2 import Template
from streamlit.testing.v1 import AppTest

from events.ui import map as event_map
from events.ui import map_frame
from geo.basemap import ATTRIBUTION

HOSTILE = (
    "</script><script>parent.PWNED=1</script>",
    "{{ 7 * 7 }}",
    "{{ cycler.__init__.__globals__.os.system('id') }}",
    "{% raise %}{# never closed",
    "${parent.PWNED = 2}`",
    "\\' \\\" \" '",
    "_0 _div map_div feature_group_0",
    "\u2028\u2029\u200e\u202eأحداث",
    "\ud83d alone \U0001f5fa",
    "<img src=x onerror=alert(1)>",
)
HARMLESS = re.compile(r"(?:[A-Za-z0-9 ,.:\-]|\\u[0-9a-f]{4})*")

WORDS = event_map.strings(lambda message: message, lambda one, many, n: one if n == 1 else many)


@dataclass(frozen=True, kw_only=True)
class Box:
    south: float = 33.0
    west: float = 36.0
    north: float = 37.0
    east: float = 42.0


@dataclass(frozen=True, kw_only=True)
class At:
    lat: float
    lon: float
    zoom: int


def page(query: str, picked: tuple[str, ...], at: tuple[float, float, int] | None, lang: str) -> None:
    """A page with nothing but the map, and the pick that made the run."""
    import streamlit

    from events.ui import map as page_map
    from tests.events.ui.test_map import WORDS, At, Box

    streamlit.session_state["first"] = page_map.take_pick()
    streamlit.session_state["second"] = page_map.show(
        query=query,
        draw="symbols",
        lang=lang,
        picked=picked,
        tiles=None,
        view=At(lat=at[0], lon=at[1], zoom=at[2]) if at else None,
        focus=None,
        bounds=Box(),
        height=500,
        session="s",
        strings=WORDS,
    )


def run(
    query: str = "", picked: tuple[str, ...] = (), at: tuple[float, float, int] | None = None, lang: str = "en"
) -> AppTest:
    app = AppTest.from_function(page, args=(query, picked, at, lang))
    return app.run(timeout=30)


def component(app: AppTest) -> Any:
    assert not app.exception
    [found] = [element for element in app.main if element.type == "component_instance"]
    return found.proto


def arguments(app: AppTest) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(component(app).json_args)
    return found


def said(app: AppTest) -> dict[str, Any]:
    """What the one call in the feature group's script says, as a browser would read it."""
    script = arguments(app)["feature_group"]
    [literal] = re.findall(r'Furat\.update\(("[^"]*")\);', script)
    heard: dict[str, Any] = json.loads(json.loads(literal))
    return heard


def around_the_call(app: AppTest) -> tuple[str, str]:
    """All of the feature group's script but what is said; that must be harmless."""
    before, literal, after = re.split(r'Furat\.update\("([^"]*)"\);', arguments(app)["feature_group"])
    assert HARMLESS.fullmatch(literal)
    return before, after


def own_scripts() -> str:
    return "\n".join(path.read_text("utf-8") for path in sorted((map_frame.ASSETS / "map").glob("*.js")))


@given(
    st.recursive(
        st.none()
        | st.booleans()
        | st.integers()
        | st.text(st.characters(exclude_categories=()))
        | st.sampled_from(HOSTILE),
        lambda inner: st.lists(inner) | st.dictionaries(st.text() | st.sampled_from(HOSTILE), inner),
    )
)
def test_encoding_leaves_only_harmless_signs_and_loses_nothing(value: object) -> None:
    encoded = map_frame.encode(value)
    assert HARMLESS.fullmatch(encoded)
    assert json.loads(json.loads(f'"{encoded}"')) == value
    assert Template(encoded).render() == encoded


def test_no_number_that_javascript_cannot_read_is_encoded() -> None:
    with pytest.raises(ValueError, match="JSON"):
        map_frame.encode({"lat": float("nan")})


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_place_keys_arrive_in_the_frame_as_they_are(text: str) -> None:
    hostile, tame = run(picked=(text,)), run(picked=("raqqa",))
    assert said(hostile)["picked"] == [text]
    assert around_the_call(hostile) == around_the_call(tame)


def test_only_the_feature_group_differs_whatever_is_shown() -> None:
    plain = run()
    other = run(query="actor=sdf&dates=2017-10-12&dates=", picked=("raqqa",), at=(35.5, 39.25, 9), lang="ar")
    assert component(plain).id == component(other).id
    changed = {key for key, value in arguments(plain).items() if value != arguments(other)[key]}
    assert changed - {"id"} == {"feature_group"}  # `id` is a random name that the frame does not read


def test_the_frame_hears_the_selection_the_view_and_the_words() -> None:
    heard = said(run(query="type=Air/drone%20strike&actor=sdf", picked=("raqqa",), at=(35.5, 39.25, 9), lang="ar"))
    assert heard["query"] == "type=Air/drone%20strike&actor=sdf"
    assert heard["view"] == {"lat": 35.5, "lon": 39.25, "zoom": 9}
    assert heard["bounds"] == {"south": 33.0, "west": 36.0, "north": 37.0, "east": 42.0}
    assert (heard["lang"], heard["picked"], heard["tiles"]) == ("ar", ["raqqa"], None)
    assert heard["text"] == WORDS
    assert heard["attribution"] == ATTRIBUTION
    assert heard["places"] is None


@pytest.mark.parametrize("query", ["?actor=sdf", "actor=a b", "place=الرقة", "a=%zz", 'a="', "a=<b>", "a=1\n"])
def test_a_query_that_is_not_percent_encoded_is_refused(query: str) -> None:
    with pytest.raises(event_map.QueryError, match="percent-encoded"):
        event_map.show(
            query=query,
            draw="symbols",
            lang="en",
            picked=(),
            tiles=None,
            view=None,
            focus=None,
            bounds=None,
            height=500,
            session="s",
            strings=WORDS,
        )


def test_every_link_is_a_file_of_ours() -> None:
    sent = arguments(run())
    links = sent["js_links"] + sent["css_links"]
    assert len(links) == len(map_frame.SCRIPTS) + len(map_frame.STYLES)
    for link in links:
        name = re.fullmatch(r"\.\./\.\./assets/([a-z./]+)\?v=[0-9a-f]{12}", link)
        assert name
        assert (map_frame.ASSETS / name[1]).is_file()
    assert not re.search(r"https?:|//[a-z]", json.dumps({**sent, "js_links": [], "css_links": []}))


@pytest.mark.parametrize(
    "element",
    [folium.Map(tiles=None), MarkerCluster(), LinearColormap(["red", "blue"]), folium.FeatureGroup()],
    ids=["folium's own map", "a plugin", "a colour map", "a plugin in a group"],
)
def test_what_loads_from_elsewhere_is_refused(element: Any) -> None:
    if isinstance(element, folium.FeatureGroup):
        element.add_child(MarkerCluster())
    with pytest.raises(map_frame.ForeignLinkError, match="may only load"):
        map_frame.refuse_foreign_links(element)


@pytest.mark.parametrize("link", ["../../assets/../secrets", "/assets/a.js", "//host/a.js", "a.js"])
def test_a_link_out_of_the_assets_is_refused(link: str) -> None:
    frame = map_frame.Frame()
    frame.default_js.append(("more", link))
    with pytest.raises(map_frame.ForeignLinkError):
        map_frame.refuse_foreign_links(frame)


def test_the_first_script_fetches_the_same_files_as_python_links() -> None:
    boot = (map_frame.ASSETS / "map/boot.js").read_text("utf-8")
    [listed] = re.findall(r"Furat\.SCRIPTS = \[(.*?)\];", boot, re.DOTALL)
    assert tuple(re.findall(r'"([^"]+)"', listed)) == map_frame.SCRIPTS[1:]


def test_our_scripts_make_no_markup_from_text() -> None:
    forbidden = (
        r"innerHTML|outerHTML|insertAdjacentHTML|document\.write|DOMParser|createContextualFragment"
        r"|\beval\(|new Function|bindPopup|bindTooltip|divIcon|setContent|srcdoc"
    )
    assert not re.findall(forbidden, own_scripts())


def test_our_files_name_no_other_host() -> None:
    ours = own_scripts() + (map_frame.ASSETS / "map/map.css").read_text("utf-8")
    named = set(re.findall(r"(?:https?:)?//[\w.-]+\.[a-z]+[\w/.-]*", ours))
    assert named <= {"http://www.w3.org/2000/svg"}  # a name, never fetched


def test_every_word_the_scripts_use_is_translated_and_no_other() -> None:
    scripts = own_scripts()
    used = set(re.findall(r"\btext\.([a-z_]+)\b", scripts))
    used |= {f"precision_{kind}" for kind in ("site", "town", "area")}
    counted = set(re.findall(r'Furat\.plural\((?:this\.)?text, "([a-z]+)"', scripts))
    forms = {key for key in WORDS if key.partition("_")[0] in counted}
    assert counted == {"events", "places", "left", "undrawn"}
    assert used | forms | {"gazetteer_map", "attribution"} == set(WORDS)


def test_the_credits_are_those_the_base_asks_for_and_follow_the_language() -> None:
    assert WORDS["attribution"] == ATTRIBUTION
    other = event_map.strings(lambda message: message[::-1], lambda _one, many, _n: many)
    assert other["attribution"] == ATTRIBUTION[::-1]


@pytest.mark.parametrize("form", ["zero", "one", "two", "few", "many", "other"])
def test_counted_words_have_every_plural_form_of_arabic(form: str) -> None:
    assert "{n}" in WORDS[f"events_{form}"]
    assert "{n}" in WORDS[f"places_{form}"]
    assert "{n}" in WORDS[f"left_{form}"]


def places_page(name: str) -> None:
    """The gazetteer's map with two places, the second outlined."""
    from events.ui import map as page_map
    from geo.place import Place
    from tests.events.ui.test_map import WORDS

    town = Place(
        id="raqqa", name_en=name, name_ar="الرقة", kind="city", lat=35.95, lon=39.0, radius_km=4.0,
        parent=None, source="test",
    )  # fmt: skip
    area = Place(
        id="raqqa_governorate", name_en=name, name_ar="", kind="governorate", lat=36.1, lon=38.8, radius_km=80.0,
        parent=None, source="test",
    )  # fmt: skip
    page_map.show_places([town, area], picked="raqqa_governorate", lang="ar", height=300, strings=WORDS)


@pytest.mark.parametrize("name", HOSTILE)
def test_the_gazetteer_s_map_is_told_its_places_and_shows_all_of_them(name: str) -> None:
    app = AppTest.from_function(places_page, args=(name,)).run(timeout=30)
    heard = said(app)
    assert [(place["key"], place["name_en"], place["precision"]) for place in heard["places"]] == [
        ("raqqa", name, "town"),
        ("raqqa_governorate", name, "area"),
    ]
    assert heard["picked"] == ["raqqa_governorate"]
    # As wide as the governorate, whose 80 km are 0.72 degrees northwards and 0.89 eastwards.
    bounds = heard["bounds"]
    assert {edge: round(bounds[edge], 2) for edge in bounds} == {
        "south": 35.38,
        "west": 37.91,
        "north": 36.82,
        "east": 39.69,
    }
    assert heard["text"]["map"] == WORDS["gazetteer_map"]
    around_the_call(app)


def test_the_two_maps_are_two_frames() -> None:
    places = AppTest.from_function(places_page, args=("Raqqa",)).run(timeout=30)
    assert component(places).id != component(run()).id


def test_a_pick_is_taken_once_and_before_the_map_is_drawn() -> None:
    app = AppTest.from_function(page, args=("", (), None, "en"))
    app.session_state[event_map.KEY] = {"pick": "token1", "places": ["raqqa", "raqqa_badu", "raqqa"]}
    app.run(timeout=30)
    assert (app.session_state["first"], app.session_state["second"]) == (("raqqa", "raqqa_badu"), None)
    assert said(app)["heard"] == "token1"
    app.run(timeout=30)
    assert app.session_state["first"] is None


def test_taking_a_pick_back_is_news_and_not_nothing() -> None:
    app = AppTest.from_function(page, args=("", (), None, "en"))
    app.session_state[event_map.KEY] = {"pick": "token2", "places": []}
    app.run(timeout=30)
    assert app.session_state["first"] == ()


@pytest.mark.parametrize(
    "answer",
    [
        None,
        {},
        [],
        "raqqa",
        {"pick": "t"},
        {"pick": 1, "places": []},
        {"pick": "", "places": []},
        {"pick": "t" * 41, "places": []},
        {"pick": "t", "places": "raqqa"},
    ],
)
def test_an_answer_that_no_frame_of_ours_gives_is_not_a_pick(answer: object) -> None:
    app = AppTest.from_function(page, args=("", (), None, "en"))
    app.session_state[event_map.KEY] = answer
    app.run(timeout=30)
    assert app.session_state["first"] is None


def test_a_pick_is_bounded_in_number_and_length() -> None:
    places = ["x" * 201, 7, None, *(f"place_{n}" for n in range(80))]
    app = AppTest.from_function(page, args=("", (), None, "en"))
    app.session_state[event_map.KEY] = {"pick": "token3", "places": places}
    app.run(timeout=30)
    assert len(app.session_state["first"]) <= 50
    assert set(app.session_state["first"]) <= {f"place_{n}" for n in range(80)}


def test_vendored_files_stand_with_their_licence_and_version() -> None:
    readme = (map_frame.ASSETS / "README.md").read_text("utf-8")
    leaflet = (map_frame.ASSETS / "leaflet/leaflet.js").read_text("utf-8")
    [version] = re.findall(r"Leaflet (\d+\.\d+\.\d+)", leaflet[:200])
    assert f"leaflet@{version}" in readme
    for licence in ("leaflet/LICENSE", "fonts/LICENSE-noto-sans", "fonts/LICENSE-noto-sans-arabic"):
        assert licence in readme
        assert (map_frame.ASSETS / licence).stat().st_size > 1000
