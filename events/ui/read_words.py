"""The reader's reasons and remarks in the visitor's language; what has no translation stands in English."""

from __future__ import annotations

import re

from events.atlas import Atlas
from events.desk.batch import filed_under, spoken_of
from events.desk.titles import actor_name
from events.ui.language import Language
from events.ui.words import N_, PLACE_KINDS, type_name

FIELDS = {
    "sub_event_type": N_("Sub-event type"), "dates": N_("When"), "date_start": N_("From"), "date_end": N_("To"),
    "date_prec": N_("Date known"), "places": N_("Places"),
    "where_prec": N_("Place known"), "actors": N_("Who"), "targets": N_("Against"),
    "fatalities_low": N_("Killed, at least"), "fatalities_high": N_("Killed, at most"),
    "civilians": N_("Civilians among them"), "title_en": N_("Title in English"), "title_ar": N_("Title in Arabic"),
}  # fmt: skip
ROLES = {
    "event": N_("what happened"), "place": N_("where"), "date": N_("when"), "actors": N_("who"),
    "fatalities": N_("how many"), "claimants": N_("who says so"), "denied_by": N_("who denies it"),
    "targets": N_("against whom"),
}  # fmt: skip
COUNTS = {
    "killed": N_("killed"), "wounded": N_("wounded"), "captured": N_("captured"), "displaced": N_("displaced"),
    "bodies": N_("bodies found"),
}  # fmt: skip
STANCES = {"asserted": N_("Asserted"), "unconfirmed": N_("Unconfirmed"), "denied": N_("Denied")}

_REASONS = tuple(
    (re.compile(pattern), template)
    for pattern, template in (
        (r"told more than once", N_("told more than once")),
        (r"the place is that of the sentence before", N_("the place is that of the sentence before")),
        (r"no place", N_("no place")),
        (r"unconfirmed by the report's own words", N_("unconfirmed by the report's own words")),
        (r"only described in passing", N_("only described in passing")),
        (r"no certain time", N_("no certain time")),
        (r"takes up something known, no party named", N_("takes up something known, no party named")),
        (r"who announces it without naming who did it", N_("who announces it without naming who did it")),
        (r"a well-known name", N_("a well-known name")),
        (r"a running total", N_("a running total")),
        (r"told as earlier than the news", N_("told as earlier than the news")),
        (r"still going on", N_("still going on")),
        (r"announces what it means to do", N_("announces what it means to do")),
        (
            r"the other side, (?P<actor>\w+), is taken from the rest of the report",
            N_("the other side, {actor}, is taken from the rest of the report"),
        ),
        (r"after a preposition of place", N_("after a preposition of place")),
        (r"named as a place elsewhere in the report", N_("named as a place elsewhere in the report")),
        (r"in a list of places", N_("in a list of places")),
        (r"in the list", N_("in the list")),
        (r"in a list of places, in no gazetteer", N_("in a list of places, in no gazetteer")),
        (r"listed with '(?P<name>.*)'", N_("listed with {name}")),
        (r"after (?P<word>\S+), in no gazetteer", N_("after {word}, in no gazetteer")),
        (r"after (?P<word>\S+)", N_("after {word}")),
        (r"placed in or near (?P<name>.*)", N_("placed in or near {name}")),
        (r"(?P<n>\d+) bear this name", N_("{n} bear this name")),
        (r"both (?P<type>[A-Z].*)", N_("both: {type}")),
        (r"(?P<type>[A-Z][^0-9]*) and (?P<type2>[A-Z][^0-9]*)", N_("{type} and {type2}")),
        (r"(?P<n>\d+) km apart", N_("{n} km apart")),
        (r"dates overlap or adjoin", N_("dates overlap or adjoin")),
        (r"both name (?P<actors>[\w, ]+)", N_("both name {actors}")),
        (r"no parties compared", N_("no parties compared")),
        (
            r"The day of publication, (?P<day>\S+), was read from the text\.",
            N_("The day of publication, {day}, was read from the text."),
        ),
        (
            r"The day of publication is unknown: what is dated by «أمس» or a weekday stays undated\.",
            N_("The day of publication is unknown: what is dated by «أمس» or a weekday stays undated."),
        ),
    )
)


def reason(text: str, atlas: Atlas, language: Language) -> str:
    """A reason of the reader's, or a remark on a report."""
    for pattern, template in _REASONS:
        if found := pattern.fullmatch(text):
            told = {name: _part(name, value, atlas, language) for name, value in found.groupdict().items()}
            return language.gettext(template).format(**told)
    return text


def _part(name: str, value: str, atlas: Atlas, language: Language) -> str:
    if name == "actor":
        return actor_name(value, atlas, language.lang)
    if name == "actors":
        return language.joined(actor_name(key.strip(), atlas, language.lang) for key in value.split(","))
    if name in ("type", "type2"):
        return type_name(value, language)
    return value


def place_reason(text: str, language: Language, atlas: Atlas) -> str:
    """A reason for a place; the one that names kind and place is left out, for both are told beside it."""
    kind, _, name = text.partition(" ")
    if name[:1].isupper() and kind in PLACE_KINDS:
        return ""
    return reason(text, atlas, language)


def field_name(field: str, language: Language) -> str:
    """A coded value's name."""
    return language.gettext(FIELDS.get(field, field))


def role(what: str, language: Language) -> str:
    """What a stretch of words says of an event."""
    return language.gettext(ROLES.get(what, what))


def count_kind(kind: str, language: Language) -> str:
    """What a number of people counts."""
    return language.gettext(COUNTS.get(kind, kind))


def voice_name(voice: str, atlas: Atlas, language: Language) -> str:
    """A claimant's name; in the reader's own words where no table holds it."""
    filed = filed_under(voice, atlas)
    return language.name(atlas.claimant(filed)) if filed in (voice, voice.removeprefix("other:")) else spoken_of(voice)
