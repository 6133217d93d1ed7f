"""What an event without a title of its own is called."""

from __future__ import annotations

from events.desk.titles import KINDS
from events.desk.values import SUB_TYPES


def test_every_type_has_words_for_a_title() -> None:
    assert set(KINDS) == set(SUB_TYPES)
