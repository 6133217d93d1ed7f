"""Statements: a party that says what it will or will not do, threatens, demands or promises."""

from __future__ import annotations

from events.reading.facts import Fact
from events.reading.lexicon import Trigger, common_words
from events.reading.matching import Hit
from events.reading.mentions import Mentions, Sentence

PARTIES = frozenset(
    [
        "coalition", "sdf", "russia", "syrian_government", "united_states", "turkey", "iran", "israel", "iraq",
        "hezbollah", "ypg", "popular_mobilization", "jaysh_al_islam", "hts", "islamic_state", "raqqa_civil_council",
        "opposition_rebels",
    ]
)  # fmt: skip
"""Claimants whose own intentions are news."""

_WEIGHT = 0.5
_SHALL = frozenset({"لن", "سوف", "ولن", "will", "won't"})


def speakers(sentence: Sentence) -> list[str]:
    """The parties that a sentence quotes."""
    return [c for c in sentence.said.claimants if c in PARTIES]


def announcement(mentions: Mentions, sentence: Sentence, *, beside: bool) -> Fact | None:
    """The word by which a quoted party says what it will or will not do: an event of its own.

    ``beside``: other things are told too; then it counts only right after the verb of saying: «أنه لن».
    """
    keys, tags = mentions.words.keys, mentions.tags
    marks = [j for j in range(sentence.first, sentence.end) if "intent" in tags[j] or _will(keys[j])]
    if beside:
        marks = [j for j in marks if keys[j] in _SHALL and _follows_that(tags, j)]
    if not speakers(sentence) or not marks or sentence.headline:
        return None
    hit = Hit("trigger", Trigger("statement", "noun"), marks[0], marks[0], "", "noun")
    reasons = ("announces what it means to do",)
    return Fact(hit=hit, sort="statement", weight=_WEIGHT, reasons=reasons, relative=False)


def declares(mentions: Mentions, sentence: Sentence, fact: Fact) -> bool:
    """Whether a word of threat, demand or promise makes a statement: a verb with a party beside it as its subject.

    What weighs no more than an announcement is taken as one.
    """
    if fact.weight == _WEIGHT:
        return True
    keys = mentions.words.keys
    if fact.hit.value.tense == "noun" or keys[fact.hit.last].endswith("ا"):
        return False
    i = fact.hit.first
    if "التعليق" in keys[i : i + 8]:
        return False  # declines to comment
    return any(m.actor in PARTIES and m.last - i >= -4 and m.first - i <= 3 for m in sentence.actors)


def _will(key: str) -> bool:
    """«سنستمر», «سنواصل»: the first person of the future."""
    return len(key) > 4 and key.startswith(("سن", "وسن")) and key not in common_words()


def _follows_that(tags: list[frozenset[str]], j: int) -> bool:
    return any("that" in tags[k] for k in range(max(0, j - 3), j))
