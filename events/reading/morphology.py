"""The written forms of Arabic verbs and nouns, folded. Made from a stem, never guessed from a text.

Stemming running text destroys names; listing the forms that a known word takes does not.
"""

from __future__ import annotations

from events.reading.text import fold_word

VERB_CLITICS = frozenset({"", "و", "ف"})
FUTURE_CLITICS = frozenset({"س", "وس", "فس"})
NOUN_CLITICS = frozenset({"", "و", "ف", "ب", "ل", "ك", "وب", "ول", "فب", "فل", "وك"})
ARTICLES = frozenset({"ال", "وال", "فال", "بال", "كال", "لل", "ولل", "فلل", "وبال"})

_OBJECTS = ("ه", "ها", "هم")
_POSSESSORS = ("ه", "ها", "هم", "هما", "نا")


def past_forms(stem: str) -> set[str]:
    """Third-person forms of the past: سيطر, سيطرت, سيطروا, سيطرا, and with an object."""
    stem = fold_word(stem)
    if stem.endswith("ي"):  # نفى، أجلى: weak last letter
        base = stem[:-1]
        return {stem, base + "ت", base + "وا", *(base + "ا" + o for o in _OBJECTS), *(base + "ت" + o for o in _OBJECTS)}
    forms = {stem, stem + "ت", stem + "وا", stem + "ا", stem + "تا"}
    return forms | {form + o for form in (stem, stem + "ت", stem + "و") for o in _OBJECTS}


def present_forms(stem: str) -> set[str]:
    """Third-person forms of the present, stem given without prefix: يسيطر, تسيطر, يسيطرون, and with an object."""
    stem = fold_word(stem)
    forms: set[str] = set()
    for prefix in ("ي", "ت", "ن"):
        form = prefix + stem
        base = form[:-1] if form[-1] in "يا" else form
        forms |= {form, base + "ون", base + "ان", base + "وا", *(form + o for o in _OBJECTS)}
    return forms


def noun_forms(noun: str) -> set[str]:
    """A noun and the noun with a possessor: هجوم, هجومه, هجومها; غارة, غارته."""
    noun = fold_word(noun)
    base = noun[:-1] + "ت" if noun.endswith("ه") and len(noun) > 2 else noun
    forms = {noun, *(base + p for p in _POSSESSORS)}
    if noun[-1] not in "هاي" and not noun.endswith("ات"):
        forms.add(noun + "ا")  # the accusative of an indefinite noun: هجوما
    return forms
