"""Names of places that no gazetteer holds: announced by a head noun, or standing in a list of places."""

from __future__ import annotations

from collections.abc import Sequence

from events.reading.lexicon import common_words
from events.reading.text import COMMA, JOINED, QUOTED, Words
from events.reading.toponym import KEPT_HEADS, Tags, Toponym, adjoin, bare_cue


def with_unlisted(words: Words, tags: Tags, found: Sequence[Toponym], organisations: set[int]) -> list[Toponym]:
    """The toponyms found and those that only their surroundings make names, in order of the text."""
    return _Unlisted(words, tags, found, organisations).all()


class _Unlisted:
    def __init__(self, words: Words, tags: Tags, found: Sequence[Toponym], organisations: set[int]) -> None:
        self.words, self.tags, self.found, self.organisations = words, tags, found, organisations

    def all(self) -> list[Toponym]:
        """Add the unknown names that a head noun announces, and return all in order."""
        taken = {i for topo in self.found for i in range(topo.first, topo.last + 1)} | self.organisations
        unknown = []
        for i, here in enumerate(self.tags):
            if "townish" in here and i + 1 < len(self.tags) and i not in taken:
                topo = self._unknown(i, taken)
                if topo is not None:
                    unknown.append(topo)
        for topo in (*self.found, *unknown):
            at = topo.first - 1
            if (
                topo.head in KEPT_HEADS
                and topo.head
                and not topo.area
                and bare_cue(self.words.keys[at], self.tags[at]) == topo.head
            ):
                topo.skip = max(0, len(self.words.keys[at]) - len(topo.head))
                topo.first = at
        unknown += self._unknown_in_lists(taken | {i for t in unknown for i in range(t.first, t.last + 1)})
        return sorted([*self.found, *unknown], key=lambda t: t.first)

    def _unknown(self, head: int, taken: set[int]) -> Toponym | None:
        first = head + 1
        if self.words.keys[head].startswith(("ال", "وال", "بال", "لل")) or not self._may_name(first, taken):
            return None
        last = first
        definite = self.words.keys[first].startswith("ال")
        after = first + 1
        if not definite and self._may_name(after, taken) and self.words.keys[after].startswith("ال"):
            last = after
        return Toponym(
            first=first, last=last, skip=0, name=None, head=bare_cue(self.words.keys[head], self.tags[head]), sure=0.6,
            reasons=[f"after {self.words.keys[head]}, in no gazetteer"],
        )  # fmt: skip

    def _may_name(self, i: int, taken: set[int]) -> bool:
        if i >= len(self.words) or i in taken or self.words.gaps[i] > QUOTED or self.tags[i]:
            return False
        key = self.words.keys[i]
        if key.isascii() or len(key) < 3 or key[0].isdigit() or key[-1].isdigit():
            return False
        if key.startswith(("ي", "سي", "بال", "لل")):
            return False
        if key.startswith("ال") and "townish" in self.tags[i - 1] and not key.endswith(("يه", "ين")):
            return True  # «حي القدم»: an ordinary word, made a name by the noun before it
        return key not in common_words() and key[1:] not in common_words()

    def _unknown_in_lists(self, taken: set[int]) -> list[Toponym]:
        """Short items of a bracketed or comma-separated list whose neighbours are places."""
        found: list[Toponym] = []
        for one, other in zip(self.found, self.found[1:], strict=False):
            if not one.head or not adjoin(self.words, one.last, other.first) or self.words.gaps[other.first] != COMMA:
                continue
            first = other.last + 1
            while first < len(self.words) and self.words.gaps[first] == COMMA and len(found) < 200:
                last = first
                while last + 1 < len(self.words) and self.words.gaps[last + 1] == JOINED and last - first < 3:
                    last += 1
                if last - first > 1 or any(i in taken or self.tags[i] for i in range(first, last + 1)):
                    break
                found.append(Toponym(first=first, last=last, skip=0, name=None, head=one.head, sure=0.5,
                                     reasons=["in a list of places, in no gazetteer"]))  # fmt: skip
                taken = taken | set(range(first, last + 1))
                first = last + 1
        return found
