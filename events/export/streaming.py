"""A selection's events, page by page, so that a file of a million needs no more memory than one of a thousand."""

from __future__ import annotations

from collections.abc import Iterator

from events.atlas import Atlas
from events.export.written import Tally
from events.schema import Row
from events.selection import Selection

PAGE = 10_000


def pages(
    atlas: Atlas,
    selection: Selection,
    tally: Tally,
    *,
    include_restricted: bool = False,
    originals: bool = False,
    size: int = PAGE,
) -> Iterator[list[Row]]:
    """The selection's events as `Store.rows` gives them, at most `size` at a time, none of the pages empty.

    originals: each with `original`, the row of the foreign file it came from, where there is one. Events whose
    source forbids passing them on are left out and counted, unless include_restricted.
    """
    for page in atlas.store.stream(selection, size=size, originals=originals):
        kept = page if include_restricted else [row for row in page if not row.get("restricted")]
        tally.restricted += len(page) - len(kept)
        if kept:
            yield kept
