"""The text that goes with a file in somebody else's columns: what was mapped, what was left out, what is lost."""

from __future__ import annotations

import textwrap
from collections.abc import Mapping

from events.atlas import Atlas
from events.export.written import Written
from events.selection import Selection, query_string

_WIDTH = 100


def companion(
    atlas: Atlas,
    selection: Selection,
    written: Written,
    *,
    title: str,
    intro: str,
    columns: Mapping[str, str],
    lost: str,
) -> str:
    """Plain text. columns: columns to how they are filled. lost: a clause, what the columns cannot hold."""
    n = f"{written.events:,} event" + ("" if written.events == 1 else "s")
    parts = [
        title,
        "=" * len(title),
        "",
        _wrapped(intro),
        "",
        _wrapped(f"{n} written, of {atlas.store.total:,} in all; data version {atlas.store.version}."),
        _wrapped(f"Filters: {query_string(selection.params()) or 'none'}"),
        "",
        *_heading("Left out"),
        *_left_out(written),
        "",
        *_heading("How each column is filled"),
        *(_item(f"{name}: {how}") for name, how in columns.items()),
        "",
        *_heading("What the columns do not hold"),
        _wrapped(f"Lost on the way: {lost}. Furat's own GeoJSON, GeoParquet and Excel files keep it."),
        "",
        *_heading("Safe to open"),
        _wrapped(
            "UTF-8 with byte-order mark. A text that a spreadsheet would run as a formula has an apostrophe before it; "
            "numbers are as they are. An empty cell means that nobody says so; it never means zero."
        ),
        "",
    ]
    return "\n".join(parts)


def _left_out(written: Written) -> list[str]:
    if not written.left_out:
        return ["Nothing: every event of the selection is in the file."]
    lines = []
    if written.restricted:
        said = "event is" if written.restricted == 1 else "events are"
        lines.append(
            _item(f"{written.restricted:,} {said} not in the file: ACLED's terms of use forbid passing them on.")
        )
    for reason, omission in written.omitted.items():
        said = "event" if omission.events == 1 else "events"
        more = omission.events - len(omission.ids)
        named = ", ".join(omission.ids) + (f" and {more:,} more" if more else "")
        lines.append(_item(f"{omission.events:,} {said}, since {reason}: {named}"))
    return lines


def _heading(text: str) -> tuple[str, str]:
    return text, "-" * len(text)


def _wrapped(text: str) -> str:
    # Line breaks inside an id would pass for lines of ours.
    return textwrap.fill(" ".join(text.split()), _WIDTH, break_long_words=False, break_on_hyphens=False)


def _item(text: str) -> str:
    return textwrap.fill(
        " ".join(text.split()),
        _WIDTH,
        initial_indent="- ",
        subsequent_indent="  ",
        break_long_words=False,
        break_on_hyphens=False,
    )
