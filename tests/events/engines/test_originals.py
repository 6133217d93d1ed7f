"""Rows of foreign files come out of their blocks as they went in."""

from __future__ import annotations

import pyarrow as pa
import pytest

from events.engines.originals import ROWS, Opened, pack

NAMES = ("id", "record", 'an "odd" name')


def chunk(records: list[int], **more: list[str]) -> pa.Table:
    cells = {f"c{i}": [f"{name} {record}" for record in records] for i, name in enumerate(NAMES)}
    return pa.table({"record": records, "line": records, **cells, **more})


def test_every_row_is_found_by_its_number() -> None:
    records = list(range(5, 5 + 2 * ROWS + 7))
    blocks = list(pack(chunk(records), NAMES))
    assert [(block.first, block.last) for block in blocks] == [
        (5, 4 + ROWS), (5 + ROWS, 4 + 2 * ROWS), (5 + 2 * ROWS, records[-1]),
    ]  # fmt: skip
    row = Opened(blocks[1].packed).rows([3])[0]
    assert row == {name: f"{name} {5 + ROWS + 3}" for name in NAMES}


def test_rows_that_were_left_out_shift_no_other() -> None:
    (block,) = pack(chunk([1, 2, 5, 9]), NAMES)
    opened = Opened(block.packed)
    assert (block.first, block.last) == (1, 9)
    assert [row["id"] for row in opened.rows([0, 1, 8, 4])] == ["id 1", "id 2", "id 9", "id 5"]
    with pytest.raises(LookupError, match="no row 3 above the first one; expected one of 4 rows"):
        opened.rows([0, 3])


def test_a_row_known_better_than_by_its_columns_comes_back_so() -> None:
    (block,) = pack(chunk([1], original=['{"geometry": {"type": "Point"}, "name": "الرقة"}']), NAMES)
    assert Opened(block.packed).rows([0]) == [{"geometry": {"type": "Point"}, "name": "الرقة"}]


def test_a_chunk_without_rows_has_no_block() -> None:
    assert list(pack(chunk([]), NAMES)) == []
