"""KML 2.2 (OGC 07-147r2): a placemark an event, its days as a TimeSpan, its colour that of the side that acts."""

from __future__ import annotations

import re
from typing import BinaryIO

from markupsafe import escape

from events.atlas import Atlas
from events.engines.schema import Row
from events.export.plain_file import figure
from events.export.record import COLUMNS, plain, record
from events.export.streaming import Progress, pages
from events.export.written import Tally, Written
from events.model import killed
from events.selection import Selection

KML = "http://www.opengis.net/kml/2.2"
NOBODY = "nobody"
"""The style of events that nobody is said to have done."""
_GREY = "#6b6b6b"
# What XML 1.0 cannot hold, not even escaped.
_NOT_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_MARKUP = re.compile("[&<>'\"$]")
_AT_ONCE = 500
_SHOWN = ("sub_event_type", "date_start", "date_end", "place_en", "title_ar", "note")


def write_kml(
    atlas: Atlas,
    selection: Selection,
    out: BinaryIO,
    *,
    include_restricted: bool = False,
    progress: Progress | None = None,
) -> Written:
    """Write the selection as KML. Events without a place have no geometry, those without a date no TimeSpan.

    Balloons hold our own markup only: every text in them is escaped. Nothing is fetched when the file is opened.
    """
    # As text: elements that are made only to be written and forgotten take several times as long.
    tally = Tally()
    styles = [_style(side.id, side.colour) for side in atlas.dataset.sides.values()]
    out.write(
        f'<?xml version="1.0" encoding="UTF-8"?>\n<kml xmlns="{KML}"><Document>'
        f"{_text('name', 'Furat: events')}<open>1</open>{''.join(styles)}{_style(NOBODY, _GREY)}".encode()
    )
    for page in pages(atlas, selection, tally, include_restricted=include_restricted, progress=progress):
        for at in range(0, len(page), _AT_ONCE):
            some = page[at : at + _AT_ONCE]
            out.write("".join([_placemark(atlas, plain(record(row))) for row in some]).encode())
        tally.events += len(page)
    out.write(b"\n</Document></kml>\n")
    return tally.written()


def _text(tag: str, text: str) -> str:
    return f"<{tag}>{_content(text)}</{tag}>"


def _content(text: str) -> str:
    """A text as XML has it between two tags."""
    # What XML cannot hold is never printable.
    if not text.isprintable():
        text = _NOT_XML.sub("\ufffd", text)
    if "&" in text:
        text = text.replace("&", "&amp;")
    # A reader would take a bare carriage return for a line feed.
    return text.replace("<", "&lt;").replace(">", "&gt;").replace("\r", "&#13;")


def _style(key: str, colour: str) -> str:
    """A side's colour. Without an icon of its own a viewer tints the pin it has; an address would be fetched."""
    red, green, blue = colour[1:3], colour[3:5], colour[5:7]
    return (
        f'<Style id="side-{_attribute(key)}"><IconStyle>{_text("color", f"ff{blue}{green}{red}")}</IconStyle>'
        "<LabelStyle><scale>0.7</scale></LabelStyle>"
        # Without a template of our own, a viewer takes the name for markup.
        "<BalloonStyle><text>$[description]</text></BalloonStyle></Style>"
    )


def _attribute(text: str) -> str:
    return _content(text).replace('"', "&quot;")


def _placemark(atlas: Atlas, full: Row) -> str:
    acting = full["actors"]
    side = atlas.side(acting[0]).id if acting else NOBODY
    days = ""
    if full["date_start"]:
        begin, end = full["date_start"], full["date_end"] or full["date_start"]
        days = f"<TimeSpan><begin>{begin}</begin><end>{end}</end></TimeSpan>"
    point = ""
    if full["lat"] is not None:
        point = f"<Point><coordinates>{full['lon']},{full['lat']}</coordinates></Point>"
    return (
        f"\n<Placemark>{_text('name', full['title_en'] or full['id'])}{_text('description', _balloon(atlas, full))}"
        f"{days}{_text('styleUrl', f'#side-{side}')}<ExtendedData>{_data(full)}</ExtendedData>{point}</Placemark>"
    )


def _data(full: Row) -> str:
    told = [(name, full[name]) for name in COLUMNS]
    return "".join(
        [
            f'<Data name="{name}">{_text("value", ";".join(value) if type(value) is list else str(value))}</Data>'
            for name, value in told
            if value not in (None, "", [])
        ]
    )


def _balloon(atlas: Atlas, full: Row) -> str:
    """What a click shows: our markup, everybody's words escaped."""
    rows = [(name, full[name]) for name in _SHOWN]
    for role in ("actors", "targets"):
        rows.append((role, ", ".join([atlas.actor(key).name_en for key in full[role]])))
    rows.append(("killed", figure(*killed(full))))
    cells = "".join([f"<tr><th>{name}</th><td>{_safe(value)}</td></tr>" for name, value in rows if value])
    said = "".join(
        [
            f"<li>{_safe(atlas.claimant(claim['claimant']).name_en)} {_safe(claim['stance'])}: "
            f"{_safe(claim['summary_en'] or claim['summary_ar'] or '')}</li>"
            for claim in full["claims"]
        ]
    )
    return f"<h3>{_safe(full['title_en'] or full['id'])}</h3><table>{cells}</table><ul>{said}</ul>"


def _safe(text: str) -> str:
    # "$[" names a field in a balloon; as a number the sign is only a sign.
    return str(escape(text)).replace("$", "&#36;") if _MARKUP.search(text) else text
