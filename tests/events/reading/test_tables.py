"""What the reader can name exists in the tables that the page and the store look it up in."""

from __future__ import annotations

import pytest

from events.model import Dataset
from events.reading import lexicon
from events.reading.camps import CAMPS
from events.reading.errors import LexiconError
from events.tables import load_dataset
from geo.gazetteer import load_gazetteer


@pytest.fixture(scope="module")
def dataset() -> Dataset:
    return load_dataset(places=load_gazetteer())


def test_every_actor_that_a_word_stands_for_is_an_actor(dataset: Dataset) -> None:
    named = {row[0] for row in lexicon.rows("actor_aliases.tsv", 2)} | {state.actor for state in lexicon.states()}
    named |= {actor for camp in CAMPS.values() for actor in camp}
    assert sorted(named - set(dataset.actors)) == []


def test_every_claimant_that_a_word_stands_for_is_a_claimant(dataset: Dataset) -> None:
    named = {row[0] for row in lexicon.rows("claimants.tsv", 2)}
    assert sorted(named - set(dataset.claimants)) == []


def test_parties_that_speak_for_themselves_are_claimants(dataset: Dataset) -> None:
    assert {"turkey", "israel", "ypg", "hts", "asayish", "opposition_rebels"} <= set(dataset.claimants)


def test_a_claimant_of_the_general_rule_is_other_and_a_name(dataset: Dataset) -> None:
    others = [claimant for claimant in dataset.claimants if claimant.startswith("other:")]
    assert others
    assert [c for c in others if not c.removeprefix("other:").replace("_", "").isalnum()] == []


def test_a_list_of_words_that_is_not_there_is_an_error_that_says_so() -> None:
    with pytest.raises(LexiconError, match="no list 'weather'"):
        lexicon.listed("weather")
