"""Reports laid on a desk, and ways to find and take what they tell."""

from __future__ import annotations

from datetime import date

from events.atlas import Atlas
from events.desk import desk as on_desk
from events.desk.desk import Desk, Sheet, sheet, sound
from events.reading.reader import read

FRIDAY = date(2017, 10, 13)


def laid(atlas: Atlas, text: str, *, published: date | None = FRIDAY, name: str = "invented") -> Sheet:
    reading = read(sound(text), published=published, publisher=None, gazetteer=atlas.gazetteer, dataset=atlas.dataset)
    return sheet(reading, name=name, day_from="person" if published else "")


def of_type(desk: Desk, kind: str) -> str:
    return next(p.id for p in desk.proposals if p.values.sub_event_type == kind)


def everything(desk: Desk) -> Desk:
    return on_desk.accept_from(desk, 0.0)
