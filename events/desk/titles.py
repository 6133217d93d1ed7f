"""Titles and summaries composed from what is coded, in both languages: never a sentence of a report."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Literal, Protocol, TypeVar

from events.desk.values import Values
from events.model import Actor
from events.reading.reading import EventPlace
from geo.place import Place

_T = TypeVar("_T")
Lang = Literal["en", "ar"]
MOST_NAMED = 3

KINDS: dict[str, tuple[str, str]] = {
    "Government regains territory": ("Government forces retake ground", "قوات حكومية تستعيد أراضي"),
    "Non-state actor overtakes territory": ("Ground changes hands", "سيطرة على أراضٍ"),
    "Armed clash": ("Fighting", "اشتباكات"),
    "Excessive force against protesters": ("Force against protesters", "عنف ضد محتجين"),
    "Protest with intervention": ("Protest broken up", "تفريق احتجاج"),
    "Peaceful protest": ("Protest", "احتجاج"),
    "Violent demonstration": ("Violent demonstration", "مظاهرة عنيفة"),
    "Mob violence": ("Mob violence", "عنف غوغاء"),
    "Chemical weapon": ("Chemical attack", "هجوم كيماوي"),
    "Air/drone strike": ("Air strike", "غارة جوية"),
    "Suicide bomb": ("Suicide bombing", "تفجير انتحاري"),
    "Shelling/artillery/missile attack": ("Shelling", "قصف"),
    "Remote explosive/landmine/IED": ("Explosion", "انفجار"),
    "Grenade": ("Grenade attack", "هجوم بقنبلة يدوية"),
    "Sexual violence": ("Sexual violence", "عنف جنسي"),
    "Attack": ("Attack", "اعتداء"),
    "Abduction/forced disappearance": ("Abduction", "خطف أو إخفاء قسري"),
    "Agreement": ("Agreement", "اتفاق"),
    "Arrests": ("Arrests", "اعتقالات"),
    "Change to group/activity": ("Change in a group", "تغيّر في جماعة"),
    "Disrupted weapons use": ("Weapons seized or defused", "ضبط أسلحة أو إبطالها"),
    "Headquarters or base established": ("Base established", "إقامة قاعدة"),
    "Looting/property destruction": ("Looting or destruction", "نهب أو تدمير ممتلكات"),
    "Non-violent transfer of territory": ("Ground handed over", "تسليم أراضٍ بلا قتال"),
    "Other": ("Development", "تطور"),
    "Negotiation": ("Talks", "مفاوضات"),
    "Displacement": ("Displacement", "نزوح"),
    "Siege": ("Siege", "حصار"),
    "Statement": ("Statement", "تصريح"),
    "Troop movement": ("Troop movement", "تحرك قوات"),
    "Mass grave found": ("Mass grave found", "العثور على مقبرة جماعية"),
}
"""What a title calls each sub-event type, in English and in Arabic. Ours; the type itself keeps ACLED's name."""


class Names(Protocol):
    """Where names are looked up: an `events.atlas.Atlas` will do."""

    def place(self, key: str) -> Place:
        """The place with this id."""
        ...

    def actor(self, key: str) -> Actor:
        """The actor with this id."""
        ...


def title(values: Values, names: Names, lang: Lang) -> str:
    """A title that a person gave, else one from type, place and actors."""
    given = values.title_ar if lang == "ar" else values.title_en
    if given:
        return given
    who = _listed([actor_name(key, names, lang) for key in values.actors], lang)
    whom = _listed([actor_name(key, names, lang) for key in values.targets], lang)
    head = kind_and_place(values.sub_event_type, values.places, names, lang)
    # Not "against" nor «ضد»: names may hold the word, and in Arabic it would change their case.
    target = f" ({'المستهدف' if lang == 'ar' else 'target'}: {whom})" if whom else ""
    return f"{head}: {who}{target}" if who else f"{head}{target}"


def kind_and_place(sub_event_type: str, places: Sequence[EventPlace], names: Names, lang: Lang) -> str:
    """«Air strike in Raqqa»."""
    kind = KINDS[sub_event_type][lang == "ar"]
    where = _listed([place_name(place, names, lang) for place in places], lang)
    if not where:
        return kind
    return f"{kind} في {where}" if lang == "ar" else f"{kind} in {where}"


def summary(sub_event_type: str, places: Sequence[EventPlace], low: int | None, high: int | None, names: Names,
            lang: Lang) -> str:  # fmt: skip
    """What one voice claims, in one line."""
    head = kind_and_place(sub_event_type, places, names, lang)
    killed = figure(low, high, lang)
    if not killed:
        return f"{head}."
    return f"{head}؛ القتلى: {killed}." if lang == "ar" else f"{head}; killed: {killed}."


def figure(low: int | None, high: int | None, lang: Lang) -> str:
    """A number of people: exact, a range, at least, at most; empty where nothing was said."""
    if low is None and high is None:
        return ""
    if high is None:
        return f"{low} على الأقل" if lang == "ar" else f"at least {low}"
    if low is None:
        return f"{high} على الأكثر" if lang == "ar" else f"at most {high}"
    if low == high:
        return str(low)
    return f"من {low} إلى {high}" if lang == "ar" else f"{low} to {high}"


def place_name(place: EventPlace, names: Names, lang: Lang) -> str:
    """The gazetteer's name; the report's own where the gazetteer has no such place."""
    if place.place is None:
        return place.name
    found = _found(names.place, place.place)
    return place.name if found is None else _either(found.name_en, found.name_ar, lang)


def actor_name(key: str, names: Names, lang: Lang) -> str:
    """The actor's name; its id in words where no table holds it."""
    found = _found(names.actor, key)
    return key.replace("_", " ") if found is None else _either(found.name_en, found.name_ar, lang)


def _found(look_up: Callable[[str], _T], key: str) -> _T | None:
    try:
        return look_up(key)
    except LookupError:
        return None


def _either(name_en: str, name_ar: str, lang: Lang) -> str:
    return (name_ar or name_en) if lang == "ar" else (name_en or name_ar)


def _listed(found: Sequence[str], lang: Lang) -> str:
    parts = list(dict.fromkeys(found))
    if len(parts) > MOST_NAMED:
        shown = parts[: MOST_NAMED - 1]
        return f"{'، '.join(shown)} وغيرها" if lang == "ar" else f"{', '.join(shown)} and others"
    if len(parts) < 2:
        return "".join(parts)
    if lang == "ar":
        return f"{'، '.join(parts[:-1])} و{parts[-1]}"
    return f"{', '.join(parts[:-1])} and {parts[-1]}"
