"""Tables on their way to the browser, as small as they can be: each text that repeats is sent once."""

from __future__ import annotations

import contextlib
from collections.abc import Mapping, Sequence

import pyarrow as pa


def columns(values: Mapping[str, Sequence[object]]) -> pa.Table:
    """A table of these columns, all of one length. Texts are numbered where fewer than half of them differ."""
    return pa.table({name: _column(pa.array(column)) for name, column in values.items()})


def _column(column: pa.Array) -> pa.Array:
    if pa.types.is_int64(column.type):
        return _shrunk(column, pa.int32())
    if not pa.types.is_string(column.type):
        return column
    numbered = column.dictionary_encode()
    if 2 * len(numbered.dictionary) > len(column):
        return column
    return _shrunk(_shrunk(numbered, pa.dictionary(pa.int16(), pa.string())), pa.dictionary(pa.int8(), pa.string()))


def _shrunk(column: pa.Array, kind: pa.DataType) -> pa.Array:
    """The column as a smaller type, where its values fit."""
    with contextlib.suppress(pa.ArrowInvalid):
        return column.cast(kind)
    return column
