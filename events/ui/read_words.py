"""The reader's reasons and remarks in the visitor's language; what has no translation stands in English."""

from __future__ import annotations

from events.atlas import Atlas
from events.desk.batch import filed_under, spoken_of
from events.desk.titles import actor_name
from events.ui.language import Language
from events.ui.sentences import Sentences, isolated
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

REASONS = Sentences((
    N_("told more than once"), N_("the place is that of the sentence before"), N_("no place"),
    N_("unconfirmed by the report's own words"), N_("only described in passing"), N_("no certain time"),
    N_("takes up something known, no party named"), N_("who announces it without naming who did it"),
    N_("nobody is named as having done it"), N_("a well-known name"), N_("a running total"),
    N_("a look back at losses"), N_("told as earlier than the news"), N_("still going on"),
    N_("announces what it means to do"),
    N_("the other side, {actors}, is taken from the rest of the report"),
    N_("after a preposition of place"), N_("named before"), N_("named as a place elsewhere in the report"),
    N_("in a list of places"), N_("in the list"), N_("in a list of places, in no gazetteer"),
    N_("listed with “{name}”"), N_("after {word}, in no gazetteer"), N_("after {word}"),
    N_("placed in or near {name}"), N_("{n} bear this name"),
    ("both {type}", N_("both: {type}")), N_("{type} and {type2}"), N_("{n} km apart"), N_("dates overlap or adjoin"),
    N_("both name {actors}"), N_("no parties compared"),
    N_("“{day}” counted from publication is {date}, another weekday"), N_("“{day}”: {date} is another weekday"),
    N_("{day} is no day of the calendar"),
    N_("The day of publication, {day}, was read from the text."),
    N_("The day of publication is unknown: what is dated by «أمس» or a weekday stays undated."),
))  # fmt: skip
"""Why the reader took words for what it did, and what it remarks on a report."""

REFUSALS = Sentences((
    N_("{file} holds no article text; expected .txt, .html, .json or .jsonl with some."),
    N_("{file} holds no article text that stands out from the page around it."),
    N_("{file} is not text in UTF-8, UTF-16 or Windows-1256; save it as UTF-8."),
    N_("{file} is not an HTML page ({why})."),
    N_("{file} is not JSON ({why}); expected an object with title, date and text."),
    N_("{file} holds {kind} “{value}”; expected an object with a text."),
    N_("{file} has the fields “{fields}”; expected one of {expected}."),
    N_("{file} has {n} bytes; expected at most {most}. Split it."),
))  # fmt: skip
"""Why an uploaded file holds no report; see `events.reading.document`."""


def reason(text: str, atlas: Atlas, language: Language) -> str:
    """A reason of the reader's, or a remark on a report. Words that it quotes are nobody's to translate."""
    if text.startswith("«"):
        return text

    def value(name: str, found: str) -> str:
        if name == "actors":
            return language.joined(actor_name(key.strip(), atlas, language.lang) for key in found.split(","))
        return type_name(found, language) if name in ("type", "type2") else isolated(found, language)

    return REASONS.said(text, language, value=value)


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
