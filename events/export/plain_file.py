"""The selection as aligned text for a terminal."""

from __future__ import annotations

from events.atlas import Atlas
from events.export.record import records
from events.model import killed
from events.selection import Selection


def plain_table(atlas: Atlas, selection: Selection) -> str:
    """The selection as aligned text, one event a line, closed by the count; what may not be passed on included."""
    found = records(atlas, selection, include_restricted=True)
    lines = [("date", "sub-event type", "place", "actors", "killed", "said by", "event")]
    for r in found:
        lines.append(
            (
                _span(r["date_start"], r["date_end"]),
                r["sub_event_type"],
                r["place_en"] or "–",
                ", ".join(r["actors"]) or "–",
                figure(*killed(r)),
                ", ".join(f"{c} (denies)" if c in r["denied_by"] else c for c in r["claimants"]),
                r["title_en"],
            )
        )
    widths = [max(map(len, column)) for column in zip(*lines, strict=True)]
    text = "\n".join("  ".join(cell.ljust(w) for cell, w in zip(line, widths, strict=True)).rstrip() for line in lines)
    return f"{text}\n{len(found)} of {atlas.store.total} events"


def _span(start: str | None, end: str | None) -> str:
    if start is None:
        return "undated"
    return start if start == end else f"{start}…{end}"


def figure(low: int | None, high: int | None) -> str:
    """Deaths as a range: "–" where nobody says, "≥" or "≤" where one end is open."""
    if low is None and high is None:
        return "–"
    if high is None:
        return f"≥{low}"
    if low is None:
        return f"≤{high}"
    return str(low) if low == high else f"{low}–{high}"
