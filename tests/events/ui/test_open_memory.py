"""What a browser kept of columns is taken for what it may be: anything."""

from __future__ import annotations

import json

import pytest

from events.ui.open_memory import MOST_HEADERS, read

KEY = "a" * 64


def test_what_was_kept_is_read() -> None:
    assert read(json.dumps({KEY: {"date": 0, "place": -1}})) == {KEY: {"date": 0, "place": -1}}


@pytest.mark.parametrize(
    "kept",
    [None, 5, "", "{", "[]", "[" * 100_000, '{"key": {"date": 0}}', json.dumps({KEY: [1]})],
)
def test_what_was_never_written_is_nothing(kept: object) -> None:
    assert read(kept) == {}


@pytest.mark.parametrize("told", [{"nofield": 1}, {"date": "1"}, {"date": True}, {"date": -2}, {"date": 1.0}])
def test_a_position_that_is_none_is_left_out(told: dict[str, object]) -> None:
    assert read(json.dumps({KEY: told})) == {KEY: {}}


def test_the_last_headers_are_kept() -> None:
    many = {f"{n:064x}": {"date": 0} for n in range(MOST_HEADERS + 5)}
    assert list(read(json.dumps(many))) == list(many)[5:]
