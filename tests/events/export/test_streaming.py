"""Events come page by page, in one order, each once."""

from __future__ import annotations

from events.atlas import Atlas
from events.export.streaming import pages
from events.export.written import NAMED, Tally
from events.selection import Selection
from tests.events.export.conftest import RESTRICTED


def test_pages_hold_what_rows_holds_and_no_more_than_asked(atlas: Atlas) -> None:
    found = list(pages(atlas, Selection(), Tally(), size=10))
    assert [len(page) for page in found] == [10, 10, 10, 10, 10, 9]
    assert [row["id"] for page in found for row in page] == [row["id"] for row in atlas.store.rows(Selection())]


def test_what_may_not_be_passed_on_is_counted_once(restricted: Atlas) -> None:
    tally = Tally()
    kept = [row["id"] for page in pages(restricted, Selection(), tally, size=1) for row in page]
    assert tally.restricted == len(RESTRICTED)
    assert len(kept) == restricted.store.total - len(RESTRICTED)


def test_only_some_of_many_omitted_events_are_named_but_all_are_counted() -> None:
    tally = Tally()
    for n in range(NAMED + 5):
        tally.omit("they are too many", str(n))
    omission = tally.written().omitted["they are too many"]
    assert (omission.events, len(omission.ids)) == (NAMED + 5, NAMED)
    assert tally.written().remarks() == [f"{NAMED + 5} events left out, since they are too many."]
