"""Which words of a report name places: evidence for and against each candidate the gazetteer offers."""

from __future__ import annotations

import itertools
import re
from collections.abc import Sequence
from dataclasses import dataclass

from events.reading.gazetting import PlaceName
from events.reading.lexicon import adjectives, states
from events.reading.matching import Hit, longest
from events.reading.morphology import ARTICLES
from events.reading.text import JOINED, LINE, QUOTED, SENTENCE, Words
from events.reading.toponym import KEPT_HEADS, Tags, Toponym, adjoin, bare_cue
from events.reading.unlisted import with_unlisted

_PERSONS = frozenset(
    ["ابو", "بن", "عبد", "ام", "ابن", "محمد", "احمد", "السيد", "اللواء", "العقيد", "العميد", "الجنرال"]
)
_METONYMS = frozenset(m for state in states() for m in state.metonyms)
_POWERS = frozenset(n for s in states() if s.place not in ("syria", "iraq", "lebanon", "jordan") for n in s.names)
_HELPERS = frozenset({"sponsor", "backing"})
_STARTING = frozenset({"انطلاقا", "قادمه", "قادما", "قادمين", "القادمه", "القادمين"})
_AGENCY_AFTER = re.compile(r"\s*(?:\([^)\n]{2,25}\)\s*[-–—:]|/\s*\S+\s*(?:\S+\s*)?$|\s[-–—]\s)")
_SEATED = frozenset({"مقره", "ومقره", "مقرها", "ومقرها", "based"})


def find_toponyms(words: Words, tags: Tags, hits: Sequence[Hit], organisations: set[int]) -> list[Toponym]:
    """The literal toponyms of a text, in order; names inside organisations and bare demonyms are left out."""
    seeker = _Seeker(words, tags, organisations)
    seeker.inner = {(h.first, h.last): h.value for h in hits if not h.clitic}
    candidates = [seeker.candidate(hit) for hit in _plainest(longest(hits))]
    seeker.accept([c for c in candidates if c is not None])
    return with_unlisted(words, tags, seeker.found, organisations)


@dataclass(kw_only=True, slots=True)
class _Candidate:
    hit: Hit
    toponym: Toponym
    evidence: str  # "", or why it is believed


class _Seeker:
    def __init__(self, words: Words, tags: Tags, organisations: set[int]) -> None:
        self.words, self.tags, self.organisations = words, tags, organisations
        self.found: list[Toponym] = []
        self.inner: dict[tuple[int, int], PlaceName] = {}

    # -- one candidate -----------------------------------------------------------------------

    def candidate(self, hit: Hit) -> _Candidate | None:
        words, tags, first = self.words, self.tags, hit.first
        name: PlaceName = hit.value
        if any(i in self.organisations for i in range(first, hit.last + 1)):
            return None
        if words.keys[first].isascii() and not self._latin(hit):
            return None
        joined = first > 0 and words.gaps[first] <= QUOTED and not _conjoined(hit.clitic)
        before = tags[first - 1] if joined else frozenset()
        if "orghead" in before and "placehead" not in before:
            return None
        if first == hit.last and not name.strong and tags[first]:
            return None  # a word the grammar needs: المدينة, وسط, بعد
        article = hit.clitic in ARTICLES and hit.clitic != ""
        skip = self._skip(first, len(hit.clitic) - 2 if article else len(hit.clitic))
        topo = Toponym(first=first, last=hit.last, skip=skip, name=name)
        self._narrow(topo, name)
        self._govern(topo, joined or topo.first > first)
        if self._stands_for_people(hit, name, topo, before):
            return None
        return _Candidate(hit=hit, toponym=topo, evidence=self._evidence(hit, name, topo, before, article))

    def _narrow(self, topo: Toponym, name: PlaceName) -> None:
        """«ريف دير الزور الشرقي», «جنوب دمشق»: the name is what stands inside, the area what is meant."""
        if topo.last == topo.first or not ({"compass", "wide", "placehead"} & self.tags[topo.first]):
            return
        if bare_cue(self.words.keys[topo.first], self.tags[topo.first]) in KEPT_HEADS:
            return  # «مطار الطبقة» is not the town
        broad = bool({"compass", "wide"} & self.tags[topo.first])
        for first in range(topo.first + 1, topo.last + 1):
            for last in range(topo.last, first - 1, -1):
                inner = self.inner.get((first, last))
                if inner is not None and (broad or inner.strong):
                    topo.first, topo.last, topo.skip, topo.name = first, last, 0, inner
                    topo.area = name if broad else None
                    return

    def _latin(self, hit: Hit) -> bool:
        letter = self.words.text[self.words.starts[hit.first]]
        return letter.isupper() and (
            hit.last > hit.first or self.words.ends[hit.first] - self.words.starts[hit.first] > 3
        )

    def _skip(self, first: int, letters: int) -> int:
        """Characters of the original that hold the proclitics; vowel marks count with their letter."""
        if letters <= 0:
            return 0
        start, text = self.words.starts[first], self.words.text
        here = start
        for _ in range(letters):
            here += 1
            while here < self.words.ends[first] and not text[here].isalnum():
                here += 1
        return here - start

    def _govern(self, topo: Toponym, joined: bool) -> None:
        """Head noun, compass words and role from the words just before and after."""
        words, tags, i = self.words, self.tags, topo.first - 1
        sides: list[str] = []
        while joined and i >= 0 and topo.first - i <= 5:
            here = tags[i]
            if "compass" in here and "clitic:و" not in here:
                sides.append(words.keys[i])
            elif "placehead" in here and not topo.head:
                topo.head, topo.wide = bare_cue(words.keys[i], here), "wide" in here
            elif words.keys[i] in _SEATED or "aside" in tags[i] or words.keys[i] in _STARTING:
                topo.role = "aside"
                break
            elif "direction" in here:
                topo.role = "toward"
            elif "boundary" in here:
                topo.role = "border"
            elif not ({"locative"} & here) or topo.head in ("قرب",):
                break
            if words.gaps[i] > QUOTED or any(t.startswith("clitic:و") for t in here):
                break
            i -= 1
        if joined and i >= 0 and topo.role == "at":
            near = tags[i] | (tags[i - 1] if i else frozenset())
            topo.role = "border" if "boundary" in near else topo.role
        after = topo.last + 1
        while topo.wide and after < len(words) and words.gaps[after] <= QUOTED and "compass" in tags[after]:
            sides.append(words.keys[after])
            after += 1
        topo.sides = tuple(sides)
        if self._dateline(topo):
            topo.role = "aside"

    def _dateline(self, topo: Toponym) -> bool:
        """«بغداد (رويترز) -», «عفرين / الأناضول»: where the reporter sits."""
        words, i = self.words, topo.first
        start = i
        while start and i - start < 4 and words.gaps[start] < LINE:
            start -= 1
        if words.gaps[start] < LINE or topo.head:
            return False
        end = words.ends[topo.last]
        after = words.text[end : end + 40].partition("\n")[0]
        before = words.text[words.starts[start] : words.starts[i]]
        return bool(_AGENCY_AFTER.match(after)) or (before.rstrip().endswith("/") and not after.strip())

    def _stands_for_people(self, hit: Hit, name: PlaceName, topo: Toponym, before: frozenset[str]) -> bool:
        """Whether the name means a government or is an adjective: موسكو قالت، وسائل إعلام سورية."""
        placed = bool(topo.head or topo.sides or hit.clitic.endswith("ب") or ({"locative", "boundary"} & before))
        earlier = self.tags[hit.first - 2] if hit.first > 1 else frozenset()
        if _HELPERS & before or (_HELPERS & earlier and "locative" in before):
            return True
        if "say" in before or ({"office"} & before and hit.first and self.words.gaps[hit.first] == JOINED):
            return True
        if name.phrase in _METONYMS:
            return not placed or (hit.first > 0 and self.words.keys[hit.first - 1] in ("مع", "بين", "حول"))
        if name.phrase in _POWERS:
            return not placed
        if name.phrase in adjectives() and hit.first and not hit.clitic and not placed:
            previous = self.words.keys[hit.first - 1]
            return previous.endswith(("ه", "ات")) and not previous.startswith("ال") and self.words.gaps[hit.first] == 0
        return False

    def _evidence(self, hit: Hit, name: PlaceName, topo: Toponym, before: frozenset[str], article: bool) -> str:
        if hit.first and self.words.keys[hit.first - 1] in _PERSONS and hit.first == hit.last and not topo.head:
            return ""
        if name.strong and not article and not name.bared:
            return "a well-known name"
        if topo.head:
            return f"after {topo.head}"
        if name.common or article or name.bared:
            return ""
        located = bool({"locative", "boundary"} & before) or hit.clitic.endswith("ب")
        return "after a preposition of place" if located and len(name.phrase) > 2 else ""

    # -- all candidates ----------------------------------------------------------------------

    def accept(self, candidates: list[_Candidate]) -> None:
        """Believe what has evidence, then what stands in a list with it or was believed before."""
        for _ in range(2):
            for one, other in itertools.pairwise(candidates):
                for here, there in ((one, other), (other, one)):
                    if there.evidence or not here.evidence or not self._listed(one, other):
                        continue
                    there.evidence = f"listed with {self._words(here.toponym)!r}"
                    if there is other and not there.toponym.head:
                        there.toponym.head, there.toponym.wide = here.toponym.head, here.toponym.wide
        self._accept_runs(candidates)
        known = {c.toponym.name.phrase for c in candidates if c.evidence and c.toponym.name}
        for candidate in candidates:
            name = candidate.toponym.name
            if not candidate.evidence and name and name.phrase in known and not name.common:
                candidate.evidence = "named as a place elsewhere in the report"
            if candidate.evidence:
                candidate.toponym.reasons.append(candidate.evidence)
                self.found.append(candidate.toponym)
        self._inherit_heads()

    def _accept_runs(self, candidates: list[_Candidate]) -> None:
        """Two names in a list after «قرى» or «بلدات», or three in any list, bear each other out."""
        run: list[_Candidate] = []
        for candidate in [*candidates, None]:
            if candidate is not None and (not run or self._listed(run[-1], candidate)):
                run.append(candidate)
                continue
            if len(run) >= 2 and not all(c.evidence for c in run):
                head = self._plural_before(run[0].toponym.first)
                for one in run if head or len(run) > 2 else []:
                    one.evidence = one.evidence or "in a list of places"
                    one.toponym.head = one.toponym.head or head
            run = [candidate] if candidate is not None else []

    def _plural_before(self, first: int) -> str:
        for i in range(first - 1, max(-1, first - 11), -1):
            if self.words.gaps[i + 1] >= SENTENCE:
                return ""
            if "pluralhead" in self.tags[i]:
                return bare_cue(self.words.keys[i], self.tags[i])
        return ""

    def _inherit_heads(self) -> None:
        for one, other in zip(self.found, self.found[1:], strict=False):
            plural = (one.head and "pluralhead" in self.tags[one.first - 1]) or one.reasons[-1:] == ["in the list"]
            if plural and not other.head and adjoin(self.words, one.last, other.first):
                other.head, other.wide = one.head, one.wide
                other.reasons.append("in the list")

    def _listed(self, one: _Candidate, other: _Candidate) -> bool:
        return adjoin(self.words, one.hit.last, other.hit.first)

    def _words(self, topo: Toponym) -> str:
        return self.words.span(topo.first, topo.last, skip=topo.skip).of(self.words.text)


def _plainest(hits: Sequence[Hit]) -> list[Hit]:
    """Of readings of the same words the one that needs the least: no article added, none taken off."""
    best: dict[int, Hit] = {}
    for hit in hits:
        rival = best.get(hit.first)
        if rival is None or _strain(hit) < _strain(rival):
            best[hit.first] = hit
    return list(best.values())


def _strain(hit: Hit) -> tuple[bool, bool, int]:
    return hit.value.bared, hit.clitic in ARTICLES and hit.clitic != "", len(hit.clitic)


def _conjoined(clitic: str) -> bool:
    return clitic.startswith(("و", "ف"))
