"""Events out again: always exactly the events of a selection, in the format asked for.

`FORMATS` names every format; each writes to an open file, page by page.
"""

from __future__ import annotations

import io
import json
from collections.abc import Sequence
from typing import Any

from events.atlas import Atlas
from events.export.csv_file import write_csv
from events.export.formats import FORMATS, Format, pack
from events.export.geojson_file import write_geojson
from events.export.plain_file import plain_table
from events.export.record import COLUMNS, TEXT_COLUMNS, records
from events.export.written import Omission, Written
from events.selection import Ignored, Selection

__all__ = [
    "COLUMNS",
    "FORMATS",
    "TEXT_COLUMNS",
    "Format",
    "Omission",
    "Written",
    "csv_text",
    "feature_collection",
    "geojson",
    "pack",
    "plain_table",
    "records",
]


def geojson(atlas: Atlas, selection: Selection, ignored: Sequence[Ignored] = ()) -> str:
    """`write_geojson` as text; for answers and tests, not for files of any size."""
    out = io.BytesIO()
    write_geojson(atlas, selection, out, ignored=ignored)
    return out.getvalue().decode()


def feature_collection(atlas: Atlas, selection: Selection, ignored: Sequence[Ignored] = ()) -> dict[str, Any]:
    """`geojson` as values."""
    collection: dict[str, Any] = json.loads(geojson(atlas, selection, ignored))
    return collection


def csv_text(atlas: Atlas, selection: Selection) -> str:
    """`write_csv` as text, without the byte-order mark."""
    out = io.BytesIO()
    write_csv(atlas, selection, out)
    return out.getvalue().decode("utf-8-sig")
