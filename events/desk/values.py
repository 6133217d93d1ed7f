"""What is coded of one event, and which values can be: every wrong one is told in one sentence."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields, replace
from datetime import date
from typing import Any, Protocol

from events.desk.errors import N_, InvalidValue
from events.model import DATE_PREC, SUB_EVENT_TYPES, WHERE_PREC
from events.reading.reading import EventPlace, ReadEvent
from geo.gazetteer import Gazetteer
from geo.place import Place

SUB_TYPES = tuple(sub for subs in SUB_EVENT_TYPES.values() for sub in subs)
MOST_PEOPLE = 10_000_000
"""No event kills more; a larger number is a slip of the keyboard."""
LONGEST_TITLE = 200
MOST_PLACES = 20
_PREC_OF_KIND = {
    "country": 6, "governorate": 4, "district": 3, "subdistrict": 3, "region": 5, "river": 5, "road": 5,
}  # fmt: skip
_DATE_PREC = {"day": 1, "days": 2, "week": 3, "month": 4, "year": 5}


class Known(Protocol):
    """What values may name: an `events.atlas.Atlas` will do."""

    @property
    def gazetteer(self) -> Gazetteer:
        """The places."""
        ...

    @property
    def vocabulary(self) -> Any:
        """With `actors` and `claimants`, collections of ids."""
        ...


@dataclass(frozen=True, kw_only=True, slots=True)
class Values:
    """The coded values of one event, named as `events.model.Event` names them.

    places: the first is where it happened. title_en, title_ar: "" for a title composed from the rest.
    """

    sub_event_type: str
    date_start: date | None
    date_end: date | None
    date_prec: int | None
    places: tuple[EventPlace, ...]
    where_prec: int | None
    actors: tuple[str, ...]
    targets: tuple[str, ...]
    fatalities_low: int | None
    fatalities_high: int | None
    civilians: int | None = None
    title_en: str = ""
    title_ar: str = ""


FIELDS = tuple(field.name for field in fields(Values))
EDITABLE = ("sub_event_type", "dates", "date_prec", "places", "where_prec", "actors", "targets", "fatalities",
            "civilians", "title_en", "title_ar")  # fmt: skip
"""What `changed` takes: "dates" and "fatalities" are pairs, for their ends must fit each other."""


def values_of(event: ReadEvent) -> Values:
    """The values as the reader proposes them."""
    return Values(
        sub_event_type=event.sub_event_type, date_start=event.date_start, date_end=event.date_end,
        date_prec=_DATE_PREC.get(event.date_precision) if event.date_start else None, places=event.places,
        where_prec=event.places[0].where_prec if event.places else None, actors=event.actors, targets=event.targets,
        fatalities_low=event.fatalities_low, fatalities_high=event.fatalities_high,
    )  # fmt: skip


def put_at(place: Place) -> EventPlace:
    """A place of the gazetteer, chosen by a person. Our rule: its kind says how precise it is."""
    return EventPlace(
        name=place.name_en, place=place.id, lat=place.lat, lon=place.lon, radius_km=place.radius_km,
        where_prec=_PREC_OF_KIND.get(place.kind, 1),
    )  # fmt: skip


def changed(values: Values, field: str, value: object, *, known: Known) -> Values:
    """The values with one of EDITABLE changed. Raises InvalidValue with one sentence for what cannot be."""
    if field not in EDITABLE:
        raise InvalidValue(
            field,
            N_("{found!r} is no value of an event; expected one of {known}."),
            found=field,
            known=", ".join(EDITABLE),
        )
    return replace(values, **_RULES[field](values, field, value, known))


def _type(_values: Values, field: str, value: object, _known: Known) -> Mapping[str, Any]:
    if value not in SUB_TYPES:
        raise InvalidValue(field, N_("{value!r} is no sub-event type; choose one of the list."), value=value)
    return {"sub_event_type": value}


def _dates(_values: Values, field: str, value: object, _known: Known) -> Mapping[str, Any]:
    first, last = (_day(field, end) for end in _pair(field, value))
    first, last = first or last, last or first
    if first is None or last is None:
        return {"date_start": None, "date_end": None, "date_prec": None}
    if last < first:
        raise InvalidValue(
            field, N_("The last day, {last}, lies before the first, {first}; turn them round."), first=first, last=last
        )
    return {"date_start": first, "date_end": last, "date_prec": _finest(first, last)}


def _finest(first: date, last: date) -> int:
    """UCDP's precision of a date that reaches from one day to another."""
    days = (last - first).days + 1
    return next((prec for prec, most in ((1, 1), (2, 6), (3, 7), (4, 31)) if days <= most), 5)


def _day(field: str, value: object) -> date | None:
    if value is None or value == "":
        return None
    try:
        day = value if isinstance(value, date) else date.fromisoformat(str(value))
    except ValueError:
        raise InvalidValue(field, N_("{value!r} is not a day; expected one such as 2017-10-12."), value=value) from None
    if not 1900 <= day.year <= 2100:
        raise InvalidValue(field, N_("The year {year} cannot be meant; expected one from 1900 to 2100."), year=day.year)
    return day


def _pair(field: str, value: object) -> Sequence[object]:
    if not isinstance(value, Sequence) or isinstance(value, str) or len(value) != 2:
        raise InvalidValue(field, N_("{value!r} is not a pair; expected a first and a last value."), value=value)
    return value


def _date_prec(values: Values, field: str, value: object, _known: Known) -> Mapping[str, Any]:
    if values.date_start is None:
        raise InvalidValue(field, N_("An event without a date has no precision of the date; give it a day first."))
    return {field: _one_of(field, value, DATE_PREC)}


def _where_prec(values: Values, field: str, value: object, _known: Known) -> Mapping[str, Any]:
    if not values.places:
        raise InvalidValue(field, N_("An event without a place has no precision of the place; give it a place first."))
    return {field: _one_of(field, value, WHERE_PREC)}


def _one_of(field: str, value: object, scale: Sequence[int]) -> object:
    if isinstance(value, bool) or value not in scale:
        raise InvalidValue(
            field,
            N_("{value!r} is not on UCDP's scale of {first} to {last}."),
            value=value,
            first=scale[0],
            last=scale[-1],
        )
    return value


def _places(values: Values, field: str, value: object, known: Known) -> Mapping[str, Any]:
    wanted = _strings(field, value)
    if len(wanted) > MOST_PLACES:
        raise InvalidValue(
            field, N_("{n} places are too many for one event; keep at most {most}."), n=len(wanted), most=MOST_PLACES
        )
    had = {key_of(place): place for place in values.places}
    kept = []
    for key in wanted:
        if key not in had and key not in known.gazetteer:
            raise InvalidValue(
                field, N_("The gazetteer knows no place {key!r}; look its name up and choose one found."), key=key
            )
        kept.append(had[key] if key in had else put_at(known.gazetteer.get(key)))
    same = bool(kept) and bool(values.places) and kept[0] == values.places[0]
    prec = values.where_prec if same else kept[0].where_prec if kept else None
    return {"places": tuple(kept), "where_prec": prec}


def key_of(place: EventPlace) -> str:
    """The place's id; a name and a point where the gazetteer does not hold it."""
    return place.place or f"{place.name}@{place.lat:.4f},{place.lon:.4f}"


def _actors(_values: Values, field: str, value: object, known: Known) -> Mapping[str, Any]:
    wanted = _strings(field, value)
    for actor in wanted:
        if actor not in known.vocabulary.actors:
            raise InvalidValue(field, N_("No actor has the id {key!r}; choose from the list."), key=actor)
    return {field: wanted}


def _strings(field: str, value: object) -> tuple[str, ...]:
    if isinstance(value, str) or not isinstance(value, Sequence) or not all(isinstance(one, str) for one in value):
        raise InvalidValue(field, N_("{value!r} is not a list of ids."), value=value)
    return tuple(dict.fromkeys(value))


def _fatalities(values: Values, field: str, value: object, _known: Known) -> Mapping[str, Any]:
    low, high = (_people(field, end) for end in _pair(field, value))
    if low is not None and high is not None and high < low:
        raise InvalidValue(
            field, N_("At most {high} killed is fewer than at least {low}; turn them round."), high=high, low=low
        )
    if high is not None and values.civilians is not None and values.civilians > high:
        raise InvalidValue(
            field,
            N_("{n} civilians among at most {most} killed cannot be; change either."),
            n=values.civilians,
            most=high,
        )
    return {"fatalities_low": low, "fatalities_high": high}


def _civilians(values: Values, field: str, value: object, _known: Known) -> Mapping[str, Any]:
    people = _people(field, value)
    most = values.fatalities_high
    if people is not None and most is not None and people > most:
        raise InvalidValue(
            field, N_("{n} civilians among at most {most} killed cannot be; change either."), n=people, most=most
        )
    return {"civilians": people}


def _people(field: str, value: object) -> int | None:
    if value is None:
        return None
    if isinstance(value, bool) or not isinstance(value, int):
        raise InvalidValue(
            field, N_("{value!r} is not a number of people; expected a whole number, or nothing."), value=value
        )
    if not 0 <= value <= MOST_PEOPLE:
        raise InvalidValue(
            field, N_("{n:,} people cannot be meant; expected 0 to {most:,}."), n=value, most=MOST_PEOPLE
        )
    return value


def _title(_values: Values, field: str, value: object, _known: Known) -> Mapping[str, Any]:
    text = " ".join(str(value or "").split())
    if len(text) > LONGEST_TITLE:
        raise InvalidValue(
            field, N_("A title of {n} characters is too long; keep it within {most}."), n=len(text), most=LONGEST_TITLE
        )
    return {field: text}


_RULES = {
    "sub_event_type": _type, "dates": _dates, "date_prec": _date_prec, "places": _places, "where_prec": _where_prec,
    "actors": _actors, "targets": _actors, "fatalities": _fatalities, "civilians": _civilians, "title_en": _title,
    "title_ar": _title,
}  # fmt: skip
