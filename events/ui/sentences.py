"""Sentences that the layers below say in English, known again by their shape and said in the reader's language.

A template such as "the row has {n} cells" is both: the shape, with its gaps named, and the string that translators see.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from events.ui.language import Language

_GAP = re.compile(r"“\{(\w+)\}”|\{(\w+)\}")
_QUOTED = r"""'(?:[^'\\]|\\.)*'|"(?:[^"\\]|\\.)*\""""
_FIRST_STRONG, _LEFT_TO_RIGHT, _END = "\u2068", "\u2066", "\u2069"

Say = Callable[[str, str], str]
"""How the value of a gap is said: from the gap's name and the value's text."""


@dataclass(frozen=True, kw_only=True)
class Told:
    """A sentence that is known. template: as translators see it. gaps: what stands in them, sentences among it."""

    template: str
    gaps: Mapping[str, str | Told]

    @property
    def shape(self) -> tuple[object, ...]:
        """What it has in common with sentences that differ in their values only."""
        inner = [(name, gap.shape) for name, gap in self.gaps.items() if isinstance(gap, Told)]
        return (self.template, *inner)


class Sentences:
    """The sentences of some modules.

    templates: each as the source says it; “{name}” is a name in quotes, as repr writes it. A pair gives the sentence
    of the source and what a page says in its place. A gap that holds another known sentence is said too; a template
    with the gap {fault} says what became of a fault, and is looked for first.
    """

    def __init__(self, templates: Iterable[str | tuple[str, str]]) -> None:
        pairs = [(one, one) if isinstance(one, str) else one for one in templates]
        # Else the one with the most words of its own knows best.
        self._pairs = sorted(pairs, key=lambda pair: ("{fault}" not in pair[0], -len(_GAP.sub("", pair[0]))))

    @cached_property
    def _shapes(self) -> list[tuple[re.Pattern[str], str]]:
        return [(_pattern(source), template) for source, template in self._pairs]

    @property
    def templates(self) -> Sequence[str]:
        """What translators see."""
        return [template for _, template in self._pairs]

    def parse(self, text: str) -> Told | None:
        """The sentence that a text is; None for one that is not known."""
        for pattern, template in self._shapes:
            if found := pattern.fullmatch(text):
                gaps = {name: _bare(value or "") for name, value in found.groupdict().items()}
                return Told(template=template, gaps={name: self.parse(gap) or gap for name, gap in gaps.items()})
        return None

    def said(self, text: str, language: Language, *, value: Say | None = None) -> str:
        """The text in the reader's language; one that is not known stays as it is. value: says what is in a gap."""
        told = self.parse(text)
        return text if told is None else say(told, language, value=value)


def say(told: Told, language: Language, *, value: Say | None = None) -> str:
    """A known sentence in the reader's language; values keep their own direction."""
    gaps = {
        name: say(gap, language, value=value) if isinstance(gap, Told)
        else value(name, gap) if value else isolated(gap, language)
        for name, gap in told.gaps.items()
    }  # fmt: skip
    return language.gettext(told.template).format(**gaps)


def isolated(value: str, language: Language) -> str:
    """A value within a sentence, apart from the sentence's direction."""
    if not value or (value.isascii() and not language.rtl):
        return value
    return f"{_FIRST_STRONG}{value}{_END}"


def file_name(name: str) -> str:
    """A file's name for any sentence: its stem in its own direction, its ending after it."""
    stem, dot, ending = name.rpartition(".")
    if name.isascii():
        return f"{_LEFT_TO_RIGHT}{name}{_END}"
    if not dot or not ending.isascii():
        return f"{_FIRST_STRONG}{name}{_END}"
    return f"{_FIRST_STRONG}{stem}{_END}{_LEFT_TO_RIGHT}.{ending}{_END}"


def common(told: Sequence[Told]) -> Told:
    """One sentence for several of one shape: values in which they differ become "…"."""
    first = told[0]
    gaps: dict[str, str | Told] = {}
    for name, gap in first.gaps.items():
        all_of_them = [one.gaps[name] for one in told]
        inner = [one for one in all_of_them if isinstance(one, Told)]
        gaps[name] = common(inner) if inner else gap if len(set(map(str, all_of_them))) == 1 else "…"
    return Told(template=first.template, gaps=gaps)


def _pattern(source: str) -> re.Pattern[str]:
    parts, end = [], 0
    for gap in _GAP.finditer(source):
        quoted, bare = gap.groups()
        parts.append(re.escape(source[end : gap.start()]))
        parts.append(f"(?P<{quoted}>{_QUOTED})" if quoted else f"(?P<{bare}>.*?)")
        end = gap.end()
    return re.compile("".join([*parts, re.escape(source[end:])]), re.DOTALL)


def _bare(value: str) -> str:
    """A name without the quotes and signs that repr put there."""
    if not re.fullmatch(_QUOTED, value, re.DOTALL):
        return value
    try:
        return str(ast.literal_eval(value))
    except (ValueError, SyntaxError):
        return value[1:-1]
