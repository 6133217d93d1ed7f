"""The words the reader knows: data files beside this module, turned into patterns and tags once a process."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path
from typing import NamedTuple

from events.reading.errors import LexiconError
from events.reading.matching import Pattern
from events.reading.morphology import NOUN_CLITICS, noun_forms, past_forms, present_forms
from events.reading.text import fold_word

DATA = Path(__file__).parent / "data"

_NO_TAGS: frozenset[str] = frozenset()


class Trigger(NamedTuple):
    """A word that tells of an event. ``tense``: past, present, noun; ``owned``: with a possessor, «هجومها»."""

    sort: str
    tense: str
    owned: bool = False


def fold_phrase(phrase: str) -> str:
    """A phrase as the matcher sees it: folded words joined by single spaces; "=" also joins words."""
    return " ".join(filter(None, (fold_word(word) for word in phrase.replace("=", " ").split())))


def rows(name: str, columns: int) -> Iterator[list[str]]:
    """The rows of a tab-separated lexicon file, header and comments left out. Raises LexiconError."""
    lines = (DATA / name).read_text(encoding="utf-8").splitlines()
    for number, cells in enumerate(csv.reader(lines, delimiter="\t", quoting=csv.QUOTE_NONE), start=1):
        if number == 1 or not cells or cells[0].startswith("#"):
            continue
        if len(cells) > columns:
            raise LexiconError(f"{name}, line {number}: {len(cells)} cells; expected at most {columns}.")
        yield cells + [""] * (columns - len(cells))


def trigger_patterns() -> Iterator[Pattern]:
    """What tells of events: every form of the listed verbs and nouns."""
    for sort, pos, past, present, forms in rows("triggers.tsv", 5):
        tensed: dict[str, str] = {}
        owned: set[str] = set()
        if pos == "verb":
            for stem in present.split():
                stem = stem.rstrip("=")
                tensed |= dict.fromkeys(present_forms(stem), "present")
            for stem in past.split():
                tensed |= dict.fromkeys(past_forms(stem) if not stem.endswith("=") else {fold_word(stem[:-1])}, "past")
            tensed |= {fold_phrase(form): _tense(form) for form in forms.split()}
        else:
            for form in forms.split():
                phrase = fold_phrase(form)
                if pos == "english":
                    tensed[phrase] = "past" if phrase.endswith(("ed", "seized", "took", "fled")) else "noun"
                    continue
                plain = {phrase, phrase + "ا"}
                found = {phrase} if " " in phrase else noun_forms(phrase)
                owned |= found - plain
                tensed |= dict.fromkeys(found, "noun")
        for phrase, tense in tensed.items():
            value = Trigger(sort, tense, phrase in owned)
            yield Pattern(phrase=phrase, kind="trigger", value=value, form="verb" if pos == "verb" else "noun")


def _tense(form: str) -> str:
    return "present" if form[0] in "يت" else "past"


def word_patterns() -> Iterator[Pattern]:
    """Casualty words, number words and the calendar."""
    for kind, forms in rows("casualties.tsv", 2):
        for form in forms.split():
            yield Pattern(phrase=fold_phrase(form), kind="casualty", value=kind, form="noun")
    for value, forms in rows("numbers.tsv", 2):
        for form in forms.split():
            yield Pattern(phrase=fold_phrase(form), kind="number", value=int(value), form="noun")
    for kind, value, forms in rows("calendar.tsv", 3):
        for form in forms.split():
            yield Pattern(phrase=fold_phrase(form), kind=kind, value=int(value), form="loose")


def claimant_patterns() -> Iterator[Pattern]:
    """Who is quoted."""
    for claimant, aliases in rows("claimants.tsv", 2):
        for alias in aliases.split("|"):
            yield Pattern(phrase=fold_phrase(alias), kind="claimant", value=claimant, form="name")


def actor_patterns() -> Iterator[Pattern]:
    """Names of actors that only running text uses; those of the actor table are added by the reader."""
    for actor, aliases in rows("actor_aliases.tsv", 2):
        for alias in aliases.split("|"):
            yield Pattern(phrase=fold_phrase(alias), kind="actor", value=actor, form="name")


@dataclass(frozen=True, kw_only=True, slots=True)
class State:
    """A state as an actor: its adjectives name its soldiers, its capital stands for its government."""

    actor: str
    place: str
    names: frozenset[str]
    adjectives: frozenset[str]
    metonyms: frozenset[str]


@cache
def states() -> tuple[State, ...]:
    """The states that the reader tells apart by adjective and capital."""
    found = []
    for actor, place, names, adjectives, metonyms in rows("states.tsv", 5):
        plain = {fold_word(a) for a in adjectives.split()}
        found.append(
            State(
                actor=actor,
                place=place,
                names=frozenset(map(fold_phrase, names.split())),
                adjectives=frozenset(plain | {"ال" + a for a in plain if not a.startswith("ال")}),
                metonyms=frozenset(map(fold_phrase, metonyms.split())),
            )
        )
    return tuple(found)


@cache
def adjectives() -> dict[str, str]:
    """Actor id by adjective of a state: روسي, الروسية."""
    return {adjective: state.actor for state in states() for adjective in state.adjectives}


@cache
def common_words() -> frozenset[str]:
    """Frequent Arabic words that are also names of small places."""
    return frozenset((DATA / "common_words.txt").read_text(encoding="utf-8").split())


@cache
def listed(name: str) -> frozenset[str]:
    """The words of one list of `wordlists.tsv`, folded. Raises LexiconError for a list that is not there."""
    lists = {key: frozenset(map(fold_word, words.split())) for key, words in rows("wordlists.tsv", 2)}
    if name not in lists:
        raise LexiconError(f"wordlists.tsv has no list {name!r}; expected one of {', '.join(sorted(lists))}.")
    return lists[name]


@cache
def _cues() -> dict[str, frozenset[str]]:
    found: dict[str, set[str]] = {}
    for name in ("cues.tsv", "frames.tsv", "generic_actors.tsv"):
        for tag, words in rows(name, 2):
            for word in words.split():
                found.setdefault(fold_word(word), set()).add(tag)
    for adjective in adjectives():
        found.setdefault(adjective, set()).add("demonym")
    return {word: frozenset(tags) for word, tags in found.items()}


@lru_cache(maxsize=1 << 16)
def tags_of(key: str) -> frozenset[str]:
    """What a word may do in a sentence, proclitics aside; the empty set for most words."""
    cues = _cues()
    if key in cues:
        return cues[key]
    for clitic in sorted(NOUN_CLITICS, key=len, reverse=True):
        if clitic and key.startswith(clitic) and key[len(clitic) :] in cues and len(key) > len(clitic) + 1:
            return cues[key[len(clitic) :]] | {"clitic:" + clitic}
    if key.startswith(("لل", "ولل")):
        bare = "ال" + key[key.index("لل") + 2 :]
        if bare in cues:
            return cues[bare] | {"clitic:ل"}
    return _NO_TAGS
