"""The words for codes: event types, stances, precision, kinds of place and of claimant, in the reader's language.

The strings stand here literally so that the translators' catalogue finds them.
"""

from __future__ import annotations

from events.ui.language import Language


def N_(message: str) -> str:  # noqa: N802
    """Mark a string for translation without translating it yet."""
    return message


TYPES = (
    N_("Battles"), N_("Government regains territory"), N_("Non-state actor overtakes territory"), N_("Armed clash"),
    N_("Protests"), N_("Excessive force against protesters"), N_("Protest with intervention"), N_("Peaceful protest"),
    N_("Riots"), N_("Violent demonstration"), N_("Mob violence"),
    N_("Explosions/Remote violence"), N_("Chemical weapon"), N_("Air/drone strike"), N_("Suicide bomb"),
    N_("Shelling/artillery/missile attack"), N_("Remote explosive/landmine/IED"), N_("Grenade"),
    N_("Violence against civilians"), N_("Sexual violence"), N_("Attack"), N_("Abduction/forced disappearance"),
    N_("Strategic developments"), N_("Agreement"), N_("Arrests"), N_("Change to group/activity"),
    N_("Disrupted weapons use"), N_("Headquarters or base established"), N_("Looting/property destruction"),
    N_("Non-violent transfer of territory"), N_("Other"),
    N_("Negotiation"), N_("Displacement"), N_("Siege"), N_("Statement"), N_("Troop movement"), N_("Mass grave found"),
)  # fmt: skip
STANCES = {"asserts": N_("According to"), "denies": N_("Denied by"), "unconfirmed": N_("Unconfirmed, from")}
WHERE_PREC = {
    1: N_("exact place"), 2: N_("near this place"), 3: N_("known only to the district"),
    4: N_("known only to the governorate"), 5: N_("vague or along a line"), 6: N_("known only to the country"),
    7: N_("at sea or in the air"),
}  # fmt: skip
DATE_PREC = {
    1: N_("day known"), 2: N_("within a few days"), 3: N_("known to the week"), 4: N_("known to the month"),
    5: N_("known to the year"),
}  # fmt: skip
PLACE_KINDS = {
    "country": N_("country"), "governorate": N_("governorate"), "district": N_("district"),
    "subdistrict": N_("subdistrict"), "region": N_("region"), "city": N_("city"), "town": N_("town"),
    "village": N_("village"), "neighbourhood": N_("quarter"), "landmark": N_("landmark"), "base": N_("base"),
    "camp": N_("camp"), "crossing": N_("crossing"), "river": N_("river"), "road": N_("road"),
}  # fmt: skip
CLAIMANT_KINDS = {
    "party": N_("Parties to the war"), "monitor": N_("Monitors"), "activists": N_("Activists"),
    "media": N_("Press"), "state media": N_("State media"), "news agency": N_("News agencies"),
    "humanitarian": N_("Aid organisations"), "local source": N_("Local sources"), "report": N_("The report itself"),
}  # fmt: skip


FIELDS = {
    "date": N_("Date"), "date_start": N_("First day"), "date_end": N_("Last day"), "lat": N_("Latitude"),
    "lon": N_("Longitude"), "latlon": N_("Latitude and longitude in one"), "place": N_("Place name"),
    "admin1": N_("Governorate"), "country": N_("Country"), "event_type": N_("Event type"), "actors": N_("Who"),
    "targets": N_("Against"), "fatalities": N_("Killed"), "fatalities_low": N_("Killed, at least"),
    "fatalities_high": N_("Killed, at most"), "source": N_("Source"), "headline": N_("Headline"),
    "url": N_("Address on the web"), "title": N_("Title"), "notes": N_("Notes"), "id": N_("Number or id"),
}  # fmt: skip

LIKE = {
    "type": "event_type", "sub_event_type": "event_type", "code": "event_type",
    "side_a": "actors", "side_b": "actors", "actor1": "actors", "actor2": "actors",
    "best": "fatalities", "low": "fatalities_low", "high": "fatalities_high", "source_office": "source",
}  # fmt: skip
"""Columns of UCDP, ACLED and GDELT, by what they would be in a table of one's own."""


def field_name(code: str, language: Language) -> str:
    """What a column can mean; "" for what a reader need not know of."""
    name = FIELDS.get(LIKE.get(code, code))
    return language.gettext(name) if name else ""


def type_name(code: str, language: Language) -> str:
    """An event type or sub-event type."""
    return language.gettext(code)


def stance(code: str, language: Language) -> str:
    """How a claim is attributed, to stand before the voice; it agrees with any name in either language."""
    return language.gettext(STANCES.get(code, code))


def where_prec(code: int, language: Language) -> str:
    """How finely a place is known, on UCDP's scale."""
    return language.gettext(WHERE_PREC[code])


def date_prec(code: int, language: Language) -> str:
    """How finely a date is known, on UCDP's scale."""
    return language.gettext(DATE_PREC[code])


def place_kind(code: str, language: Language) -> str:
    """What sort of place it is; a kind without a word stands as it is coded."""
    return language.gettext(PLACE_KINDS.get(code, code))


def claimant_kind(code: str, language: Language) -> str:
    """What sort of voice it is; a kind without a word stands as it is coded."""
    return language.gettext(CLAIMANT_KINDS.get(code, code))
