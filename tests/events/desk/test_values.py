"""Values corrected by a person."""

from __future__ import annotations

import re

import pytest

from events.atlas import Atlas
from events.desk import desk as on_desk
from events.desk.desk import Desk
from events.desk.errors import InvalidValue
from events.desk.values import key_of
from tests.events.desk.laid import of_type


@pytest.mark.parametrize(
    ("field", "value", "says"),
    [
        ("sub_event_type", "Bombing", "no sub-event type"),
        ("dates", ("2017-10-14", "2017-10-12"), "before the first"),
        ("dates", ("yesterday", None), "not a day"),
        ("dates", ("0017-10-12", None), "cannot be meant"),
        ("date_prec", 6, "UCDP's scale of 1 to 5"),
        ("where_prec", 0, "UCDP's scale of 1 to 7"),
        ("places", ("atlantis",), "knows no place"),
        ("actors", ("martians",), "No actor"),
        ("targets", "sdf", "not a list"),
        ("fatalities", (5, 3), "fewer than"),
        ("fatalities", (-1, None), "cannot be meant"),
        ("fatalities", (1.5, None), "not a number of people"),
        ("civilians", True, "not a number of people"),
        ("title_en", "x" * 300, "too long"),
        ("colour", "red", "no value of an event"),
    ],
)
def test_a_wrong_value_is_one_clear_sentence(atlas: Atlas, one: Desk, field: str, value: object, says: str) -> None:
    key = of_type(one, "Air/drone strike")
    with pytest.raises(InvalidValue, match=re.escape(says)) as caught:
        on_desk.edit(one, key, field, value, known=atlas)
    sentence = str(caught.value)
    assert sentence.endswith(".")
    assert "\n" not in sentence
    assert caught.value.said(lambda template: f"«{template}»") == f"«{sentence}»"


def test_an_edited_value_is_marked_and_its_words_stay(atlas: Atlas, one: Desk) -> None:
    key = of_type(one, "Air/drone strike")
    before = one.proposal(key)
    desk = on_desk.edit(one, key, "sub_event_type", "Shelling/artillery/missile attack", known=atlas)
    after = desk.proposal(key)
    assert after.was == {"sub_event_type": "Air/drone strike"}
    assert after.tellings[0].event.spans == before.tellings[0].event.spans
    assert on_desk.edit(desk, key, "sub_event_type", "Air/drone strike", known=atlas) == one


def test_a_place_brings_its_own_precision(atlas: Atlas, one: Desk) -> None:
    key = one.proposals[0].id
    desk = on_desk.edit(one, key, "places", ("deir_ez_zor_governorate", "raqqa"), known=atlas)
    values = desk.proposal(key).values
    assert [key_of(place) for place in values.places] == ["deir_ez_zor_governorate", "raqqa"]
    assert values.where_prec == 4
    assert on_desk.edit(desk, key, "places", (), known=atlas).proposal(key).values.where_prec is None


@pytest.mark.parametrize(
    ("first", "last", "prec"),
    [("2017-10-12", "2017-10-12", 1), ("2017-10-12", "2017-10-14", 2), ("2017-10-01", "2017-10-07", 3),
     ("2017-10-01", "2017-10-31", 4), ("2017-01-01", "2017-12-31", 5)],
)  # fmt: skip
def test_dates_say_how_exactly_they_are_known(atlas: Atlas, one: Desk, first: str, last: str, prec: int) -> None:
    key = one.proposals[0].id
    assert on_desk.edit(one, key, "dates", (first, last), known=atlas).proposal(key).values.date_prec == prec


def test_who_says_so_can_be_corrected(atlas: Atlas, one: Desk) -> None:
    key = of_type(one, "Air/drone strike")
    desk = on_desk.edit_telling(one, key, key, "claimants", ["reuters"], known=atlas)
    assert desk.proposal(key).tellings[0].claimants == ("reuters",)
    assert desk.proposal(key).tellings[0].was == {"claimants": one.proposal(key).tellings[0].claimants}
    with pytest.raises(InvalidValue, match="No claimant"):
        on_desk.edit_telling(one, key, key, "denied_by", ["nobody"], known=atlas)
