"""KML 2.2 (OGC 07-147r2): a placemark an event, its days as a TimeSpan, its colour that of the side that acts."""

from __future__ import annotations

import re
from typing import Any, BinaryIO

from lxml import etree
from markupsafe import escape

from events.atlas import Atlas
from events.export.plain_file import figure
from events.export.record import COLUMNS, plain, record
from events.export.streaming import pages
from events.export.written import Tally, Written
from events.model import killed
from events.schema import Row
from events.selection import Selection

KML = "http://www.opengis.net/kml/2.2"
NOBODY = "nobody"
"""The style of events that nobody is said to have done."""
_GREY = "#6b6b6b"
# What XML 1.0 cannot hold, not even escaped.
_NOT_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_SHOWN = ("sub_event_type", "date_start", "date_end", "place_en", "title_ar", "note")


def write_kml(atlas: Atlas, selection: Selection, out: BinaryIO, *, include_restricted: bool = False) -> Written:
    """Write the selection as KML. Events without a place have no geometry, those without a date no TimeSpan.

    Balloons hold our own markup only: every text in them is escaped. Nothing is fetched when the file is opened.
    """
    tally = Tally()
    with etree.xmlfile(out, encoding="utf-8") as file:
        file.write_declaration()
        with file.element(f"{{{KML}}}kml", nsmap={None: KML}), file.element(f"{{{KML}}}Document"):
            file.write(_text("name", "Furat: events"))
            file.write(_text("open", "1"))
            for side in atlas.dataset.sides.values():
                file.write(_style(side.id, side.colour))
            file.write(_style(NOBODY, _GREY))
            for page in pages(atlas, selection, tally, include_restricted=include_restricted):
                for row in page:
                    file.write(_placemark(atlas, plain(record(row))))
                tally.events += len(page)
    return tally.written()


def _element(tag: str, /, *children: Any, **attributes: str) -> Any:
    element = etree.Element(f"{{{KML}}}{tag}", **attributes)
    element.extend(children)
    return element


def _text(tag: str, text: str) -> Any:
    element = _element(tag)
    element.text = _NOT_XML.sub("\ufffd", text)
    return element


def _style(key: str, colour: str) -> Any:
    """A side's colour. Without an icon of its own a viewer tints the pin it has; an address would be fetched."""
    red, green, blue = colour[1:3], colour[3:5], colour[5:7]
    return _element(
        "Style",
        _element("IconStyle", _text("color", f"ff{blue}{green}{red}")),
        _element("LabelStyle", _text("scale", "0.7")),
        # Without a template of our own, a viewer takes the name for markup.
        _element("BalloonStyle", _text("text", "$[description]")),
        id=f"side-{key}",
    )


def _placemark(atlas: Atlas, full: Row) -> Any:
    acting = full["actors"]
    side = atlas.side(acting[0]).id if acting else NOBODY
    placemark = _element(
        "Placemark", _text("name", full["title_en"] or full["id"]), _text("description", _balloon(atlas, full))
    )
    if full["date_start"]:
        days = (_text("begin", full["date_start"]), _text("end", full["date_end"] or full["date_start"]))
        placemark.append(_element("TimeSpan", *days))
    placemark.append(_text("styleUrl", f"#side-{side}"))
    placemark.append(_element("ExtendedData", *_data(full)))
    if full["lat"] is not None:
        placemark.append(_element("Point", _text("coordinates", f"{full['lon']},{full['lat']}")))
    return placemark


def _data(full: Row) -> list[Any]:
    told = ((name, full[name]) for name in COLUMNS)
    return [
        _element("Data", _text("value", ";".join(value) if isinstance(value, list) else str(value)), name=name)
        for name, value in told
        if value not in (None, "", [])
    ]


def _balloon(atlas: Atlas, full: Row) -> str:
    """What a click shows: our markup, everybody's words escaped."""
    rows = [(name, full[name]) for name in _SHOWN]
    for role in ("actors", "targets"):
        rows.append((role, ", ".join(atlas.actor(key).name_en for key in full[role])))
    rows.append(("killed", figure(*killed(full))))
    cells = "".join(f"<tr><th>{_safe(name)}</th><td>{_safe(value)}</td></tr>" for name, value in rows if value)
    said = "".join(
        f"<li>{_safe(atlas.claimant(claim['claimant']).name_en)} {_safe(claim['stance'])}: "
        f"{_safe(claim['summary_en'] or claim['summary_ar'] or '')}</li>"
        for claim in full["claims"]
    )
    return f"<h3>{_safe(full['title_en'] or full['id'])}</h3><table>{cells}</table><ul>{said}</ul>"


def _safe(text: object) -> str:
    # "$[" names a field in a balloon; as a number the sign is only a sign.
    return str(escape(text)).replace("$", "&#36;")
