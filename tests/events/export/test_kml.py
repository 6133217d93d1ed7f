"""The file is KML 2.2 by the OGC's own schema, and a balloon holds no markup but ours."""

from __future__ import annotations

import io
import re
from collections.abc import Callable
from pathlib import Path

import fastkml
import lxml.html
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from lxml import etree

from events import export
from events.atlas import Atlas
from events.export.kml_file import KML
from events.selection import Selection

SCHEMA = etree.XMLSchema(etree.parse(Path(fastkml.__file__).parent / "schema" / "ogckml22.xsd"))
OURS = {"div", "h3", "table", "tbody", "tr", "th", "td", "ul", "li"}
relaxed = settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])


def kml_of(atlas: Atlas) -> etree._Element:
    out = io.BytesIO()
    export.FORMATS["kml"].write(atlas, Selection(), out)
    return etree.fromstring(out.getvalue())


def texts(tree: etree._Element, path: str) -> list[str]:
    return [found.text or "" for found in tree.iterfind(f".//{path}", {"": KML})]


def test_it_is_valid(atlas: Atlas, hostile: Atlas) -> None:
    for found in (kml_of(atlas), kml_of(hostile)):
        SCHEMA.assertValid(found)


def test_the_namespace_is_named_once(atlas: Atlas) -> None:
    out = io.BytesIO()
    export.FORMATS["kml"].write(atlas, Selection(), out)
    assert out.getvalue().count(KML.encode()) == 1


def test_days_are_a_time_span(atlas: Atlas) -> None:
    for placemark in kml_of(atlas).iterfind(".//Placemark", {"": KML}):
        event = atlas.dataset.events[texts(placemark, "Data[@name='id']/value")[0]]
        days = texts(placemark, "TimeSpan/begin") + texts(placemark, "TimeSpan/end")
        assert days == [str(day) for day in (event.date_start, event.date_end) if day]


def test_the_colour_is_that_of_the_side_that_acts(atlas: Atlas) -> None:
    tree = kml_of(atlas)
    for placemark in tree.iterfind(".//Placemark", {"": KML}):
        event = atlas.dataset.events[texts(placemark, "Data[@name='id']/value")[0]]
        style = texts(placemark, "styleUrl")[0].removeprefix("#")
        alpha, blue, green, red = re.findall("..", texts(tree, f"Style[@id='{style}']/IconStyle/color")[0])
        if event.actors:
            assert (alpha, f"#{red}{green}{blue}") == ("ff", atlas.side(event.actors[0]).colour)


def test_a_balloon_shows_hostile_text_as_text(hostile: Atlas) -> None:
    tree = kml_of(hostile)
    balloons = texts(tree, "description")
    assert balloons
    for balloon in balloons:
        markup = lxml.html.fragment_fromstring(balloon, create_parent="div")
        assert {element.tag for element in markup.iter()} <= OURS
        assert all(not element.attrib for element in markup.iter())
    assert set(texts(tree, "BalloonStyle/text")) == {"$[description]"}


def test_a_text_cannot_name_a_field_of_the_balloon(noted: Callable[[str], Atlas]) -> None:
    assert all("$[" not in balloon for balloon in texts(kml_of(noted("$[id] $[name]")), "description"))


def test_nothing_is_fetched_when_it_is_opened(atlas: Atlas) -> None:
    assert not list(kml_of(atlas).iter(f"{{{KML}}}href", f"{{{KML}}}NetworkLink", f"{{{KML}}}Link"))


@relaxed
@given(text=st.text(alphabet=st.characters(exclude_categories=["Cs"]), max_size=60))
def test_any_text_makes_a_valid_file(noted: Callable[[str], Atlas], text: str) -> None:
    SCHEMA.assertValid(kml_of(noted(text)))
