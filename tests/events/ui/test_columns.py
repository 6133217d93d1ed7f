"""A table for the browser holds what it was given, and each text that repeats once."""

from __future__ import annotations

from datetime import date

import pyarrow as pa
from hypothesis import given
from hypothesis import strategies as st

from events.ui.columns import columns

texts = st.text(max_size=4) | st.none()


@given(values=st.lists(texts) | st.lists(st.integers(-(2**62), 2**62) | st.none()) | st.lists(st.dates() | st.none()))
def test_what_goes_in_comes_out(values: list[object]) -> None:
    assert columns({"one": values})["one"].to_pylist() == values


def test_texts_that_repeat_are_sent_once() -> None:
    names = [f"A long name of a place, number {n % 20}" for n in range(1_000)]
    small = columns({"name": names})
    assert small.nbytes < pa.table({"name": names}).nbytes / 8
    assert small["name"].to_pylist() == names


def test_numbers_take_no_more_room_than_they_need() -> None:
    table = columns({"n": [1, 2], "many": [1, 2**40], "day": [date(2017, 10, 12)] * 2})
    assert [table.schema.field(name).type for name in table.column_names] == [pa.int32(), pa.int64(), pa.date32()]
