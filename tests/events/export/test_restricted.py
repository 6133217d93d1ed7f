"""What a source forbids to pass on stays here, and every format says how much that is."""

from __future__ import annotations

import io
import json

import pytest

from events import export
from events.atlas import Atlas
from events.selection import Selection
from tests.events.export.conftest import RESTRICTED
from tests.events.export.test_selection_files import ids_in


@pytest.mark.parametrize("form", export.FORMATS)
def test_restricted_events_stay_out_and_are_counted(restricted: Atlas, form: str) -> None:
    out = io.BytesIO()
    written = export.FORMATS[form].write(restricted, Selection(), out)
    assert written.restricted == len(RESTRICTED)
    assert not set(ids_in(form, out.getvalue())) & set(RESTRICTED)
    assert any(f"{len(RESTRICTED)} events left out" in remark for remark in written.remarks())


@pytest.mark.parametrize("form", export.FORMATS)
def test_whoever_asks_for_them_gets_them(restricted: Atlas, form: str) -> None:
    out = io.BytesIO()
    written = export.FORMATS[form].write(restricted, Selection(), out, include_restricted=True)
    assert written.restricted == 0
    assert set(RESTRICTED) <= set(ids_in(form, out.getvalue()))


def test_geojson_says_how_many_are_missing_and_cites_none_of_their_reports(restricted: Atlas) -> None:
    only = Selection(places=("raqqa_mishlab",))
    collection = json.loads(export.geojson(restricted, only))
    assert collection["features"] == collection["sources"] == []
    assert collection["restricted_left_out"] == 1


@pytest.mark.parametrize("form", ["acled", "ucdp"])
def test_the_readme_says_it_too(restricted: Atlas, form: str) -> None:
    chosen = export.FORMATS[form]
    written = chosen.write(restricted, Selection(), io.BytesIO())
    assert chosen.readme is not None
    readme = chosen.readme(restricted, Selection(), written)
    assert "2 events are not in the file" in readme
    assert not any(key in readme for key in RESTRICTED)
