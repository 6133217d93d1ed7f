"""A selection's events, page by page, so that a file of a million needs no more memory than one of a thousand."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from events.atlas import Atlas
from events.engines.schema import Row
from events.export.written import Tally
from events.selection import Selection

PAGE = 10_000

Progress = Callable[[int, int], None]
"""Is told how many of the selection's events are done, and how many there are."""


def pages(
    atlas: Atlas,
    selection: Selection,
    tally: Tally,
    *,
    include_restricted: bool = False,
    originals: str = "",
    size: int = PAGE,
    progress: Progress | None = None,
) -> Iterator[list[Row]]:
    """The selection's events as `Store.rows` gives them, at most `size` at a time, none of the pages empty.

    originals: events of this origin come with `original`, the row of the foreign file, where there is one. Events
    whose source forbids passing them on are left out and counted, unless include_restricted.
    """
    done, total = 0, atlas.store.count(selection) if progress else 0
    for page in atlas.store.stream(selection, size=size, originals=originals):
        kept = page if include_restricted else [row for row in page if not row.get("restricted")]
        tally.restricted += len(page) - len(kept)
        if kept:
            yield kept
        done += len(page)
        if progress:
            progress(done, total)
