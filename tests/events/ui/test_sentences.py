"""Sentences of the layers below are known again by their shape, and said in the reader's language, values kept."""

from __future__ import annotations

import gettext

import pytest

from events.ui.language import Language, language
from events.ui.sentences import Sentences, Told, common, say

ENGLISH = language("en")
SENTENCES = Sentences(
    [
        "the row has {n} cells",
        "the row has {n} cells, the header {m}",
        "no column “{name}”",
        "{fault}; the row was left out",
        ("give it with --map", "choose it below"),
    ]
)


class _Mirror(gettext.NullTranslations):
    """A language in which every sentence starts with its last word."""

    def gettext(self, message: str) -> str:
        *words, last = message.split(" ")
        return " ".join([last, *words])


MIRROR = Language("ar", _Mirror())


def test_a_sentence_is_known_by_its_shape_and_keeps_its_values() -> None:
    assert SENTENCES.parse("the row has 20 cells") == Told(template="the row has {n} cells", gaps={"n": "20"})
    told = SENTENCES.parse("the row has 20 cells, the header 41")
    assert told is not None
    assert told.gaps == {"n": "20", "m": "41"}


def test_values_stand_apart_from_the_direction_of_the_sentence() -> None:
    assert SENTENCES.said("the row has -20 cells", MIRROR) == "cells the row has \u2068-20\u2069"
    assert SENTENCES.said("the row has 20 cells", ENGLISH) == "the row has 20 cells"
    assert SENTENCES.said("the row has ست cells", ENGLISH) == "the row has \u2068ست\u2069 cells"


@pytest.mark.parametrize("name", ["a", "it's", 'the "old" one', 'it\'s "old"', "back\\slash", "الرقة", "a\nb"])
def test_names_lose_the_quotes_of_the_program(name: str) -> None:
    told = SENTENCES.parse(f"no column {name!r}")
    assert told is not None
    assert told.gaps == {"name": name}


def test_a_fault_and_what_became_of_it_are_two_sentences() -> None:
    assert SENTENCES.said("the row has 2 cells; the row was left out", MIRROR) == (
        "out cells the row has \u20682\u2069; the row was left"
    )
    assert SENTENCES.said("something new; the row was left out", ENGLISH) == "something new; the row was left out"


def test_a_page_may_say_it_in_other_words() -> None:
    assert SENTENCES.said("give it with --map", ENGLISH) == "choose it below"


def test_an_unknown_sentence_stays_as_it_is() -> None:
    for text in ("never heard of", "", "the row has 20 cells.", "{n} and {braces}"):
        assert SENTENCES.parse(text) is None
        assert SENTENCES.said(text, MIRROR) == text


def test_values_are_never_taken_for_templates() -> None:
    assert SENTENCES.said("the row has {n} {0.__class__} cells", ENGLISH) == "the row has {n} {0.__class__} cells"


def test_several_of_one_shape_become_one() -> None:
    texts = ["the row has 20 cells, the header 41", "the row has 39 cells, the header 41"]
    told = [found for text in texts if (found := SENTENCES.parse(text))]
    assert say(common(told), ENGLISH) == "the row has \u2068…\u2069 cells, the header 41"
    assert told[0].shape == told[1].shape


def test_shapes_look_into_the_sentence_inside() -> None:
    one, other = (
        SENTENCES.parse(f"{fault}; the row was left out") for fault in ("the row has 2 cells", "no column 'a'")
    )
    assert one is not None
    assert other is not None
    assert one.shape != other.shape
