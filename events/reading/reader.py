"""Read a report: the one entry of this package. Deterministic, offline, and linear in the text."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from datetime import date
from functools import lru_cache

from events.model import Dataset
from events.reading import lexicon
from events.reading.actors import ActorMention, find_actors
from events.reading.assembly import count_mentions, dateline, issues, place_mention, read_event, time_mention
from events.reading.claims import Attributor
from events.reading.dates.finding import find_dates
from events.reading.dates.mention import DateMention
from events.reading.drafts import find_drafts
from events.reading.gazetting import place_patterns
from events.reading.matching import Hit, Matcher, Pattern, longest
from events.reading.mentions import Mentions, Sentence
from events.reading.merging import merge
from events.reading.numbers import Quantity, find_quantities
from events.reading.opponents import add_opponents, add_unknown
from events.reading.reading import PartyMention, Reading
from events.reading.text import LINE, Words, words_of
from events.reading.toponyms import find_toponyms
from events.reading.whereabouts import Located, Locator
from geo.gazetteer import Gazetteer

_CAPTION = re.compile(
    r"\((?:أ\.?\s?ف\.?\s?ب|رويترز|فرانس برس|إ\.?ب\.?أ|د\.?ب\.?أ|AFP|Reuters|AP|Getty)[^)\n]{0,20}\)|/فرانس برس\)"
)
_LONGEST_TITLE = 160
_LEAST = 0.5
"""Proposed events below this confidence are left out."""

_CONTEXTUAL = frozenset({"النظام", "الجيش", "التحالف", "الحشد", "is", "us", "oir"})


class Reader:
    """Reads reports with one gazetteer and one set of tables. Nothing in it changes: share it freely."""

    def __init__(self, *, gazetteer: Gazetteer, dataset: Dataset) -> None:
        self._matcher = Matcher(self._patterns(gazetteer, dataset))
        self._locator = Locator(gazetteer)
        self._claimants = frozenset(dataset.claimants)

    def _patterns(self, gazetteer: Gazetteer, dataset: Dataset) -> Iterator[Pattern]:
        yield from place_patterns(gazetteer)
        yield from lexicon.trigger_patterns()
        yield from lexicon.word_patterns()
        yield from lexicon.claimant_patterns()
        yield from lexicon.actor_patterns()
        for actor in dataset.actors.values():
            for name in (actor.name_en, actor.name_ar, *actor.aliases):
                phrase = lexicon.fold_phrase(name)
                if phrase and phrase not in _CONTEXTUAL and not _is_state(phrase):
                    yield Pattern(phrase=phrase, kind="actor", value=actor.id, form="name")

    def read(
        self, text: str, *, published: date | None = None, publisher: str | None = None, title: str = ""
    ) -> Reading:
        """Everything the text says. ``published`` dates «أمس»; without it such events stay undated and say so."""
        words = words_of(text)
        tags = [lexicon.tags_of(key) for key in words.keys]
        kinds: dict[str, list[Hit]] = {}
        for hit in self._matcher.hits(words):
            kinds.setdefault(hit.kind, []).append(hit)
        places = kinds.get("place", [])
        organisations = _organisations(words, kinds)
        located = self._locator.locate(find_toponyms(words, tags, places, organisations))
        quantities = find_quantities(words, kinds.get("number", []))
        calendar = [h for kind in ("month", "weekday", "hijri") for h in kinds.get(kind, [])]
        printed = dateline(words, find_dates(words, calendar, quantities, None)) if published is None else None
        published = published or printed
        dates = find_dates(words, calendar, quantities, published)
        literal = {i for p in located for i in range(p.toponym.first, p.toponym.last + 1)}
        actors = find_actors(words, tags, kinds.get("actor", []), literal)
        sentences = self._sentences(words, tags, kinds, located, dates, actors, quantities)
        countries = Counter(p.country for p in located if p.country and p.place and p.place.kind != "country")
        country = countries.most_common(1)[0][0] if countries else None
        mentions = Mentions(words=words, tags=tags, sentences=sentences, country=country)
        drafts = [d for d in merge(find_drafts(mentions, published)) if d.confidence >= _LEAST and d.where]
        add_opponents(drafts, actors)
        add_unknown(drafts)
        return Reading(
            published=published, publisher=publisher, title=title or _first_line(text), text=text,
            mentions=tuple(place_mention(words, p) for p in located),
            times=tuple(time_mention(words, d) for d in dates),
            parties=tuple(PartyMention(span=a.span, text=a.span.of(text), actor=a.actor) for a in actors),
            counts=tuple(count_mentions(words, sentences)),
            events=tuple(read_event(d) for d in drafts),
            issues=tuple(issues(dates, published, printed)),
        )  # fmt: skip

    def _sentences(
        self, words: Words, tags: list[frozenset[str]], kinds: dict[str, list[Hit]], located: list[Located],
        dates: list[DateMention], actors: list[ActorMention], quantities: list[Quantity],
    ) -> list[Sentence]:  # fmt: skip
        voices = Attributor(words, tags, kinds.get("claimant", []), actors, self._claimants)
        taken = {i for a in actors for i in range(a.first, a.last + 1)} | {
            i for p in located for i in range(p.toponym.first, p.toponym.last + 1)}  # fmt: skip
        taken |= _organisations(words, kinds)
        triggers = [h for h in _by_sort(kinds.get("trigger", [])) if h.first not in taken]
        casualties = sorted(kinds.get("casualty", []), key=lambda h: h.first)
        pick = [
            _Picker([p.toponym.first for p in located], located), _Picker([d.first for d in dates], dates),
            _Picker([a.first for a in actors], actors), _Picker([q.first for q in quantities], quantities),
            _Picker([t.first for t in triggers], triggers), _Picker([c.first for c in casualties], casualties),
        ]  # fmt: skip
        found = []
        paragraph, titled = -1, _titled(words.text)
        for number, (first, end) in enumerate(words.sentences):
            if words.gaps[first] >= LINE:
                paragraph += 1
            place, when, who, count, event, dead = (p.upto(end) for p in pick)
            found.append(
                Sentence(
                    number=number, paragraph=paragraph, first=first, end=end, headline=paragraph == 0 and titled,
                    caption=_is_caption(words, first, end), places=place, dates=when, actors=who, quantities=count,
                    triggers=event, casualties=dead, said=voices.of(first, end),
                )
            )  # fmt: skip
        return found


class _Picker:
    """Hands out the items of a sorted list that start before a word, each once."""

    def __init__(self, starts: list[int], items: list) -> None:  # type: ignore[type-arg]
        self._starts, self._items, self._at = starts, items, 0

    def upto(self, end: int) -> list:  # type: ignore[type-arg]
        begin = self._at
        while self._at < len(self._starts) and self._starts[self._at] < end:
            self._at += 1
        return self._items[begin : self._at]


@lru_cache(maxsize=2)
def _load(gazetteer: Gazetteer, dataset_key: _ByVersion) -> Reader:
    """The reader of a gazetteer and a data set, made once."""
    return Reader(gazetteer=gazetteer, dataset=dataset_key.dataset)


class _ByVersion:
    def __init__(self, dataset: Dataset) -> None:
        self.dataset = dataset

    def __hash__(self) -> int:
        return hash(self.dataset.version)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _ByVersion) and other.dataset.version == self.dataset.version


def read(
    text: str, *, published: date | None = None, publisher: str | None = None, gazetteer: Gazetteer, dataset: Dataset
) -> Reading:
    """Read one article: located, dated, attributed events, each value with the words it came from."""
    reader = _load(gazetteer, _ByVersion(dataset))
    return reader.read(text, published=published, publisher=publisher)


def _is_state(phrase: str) -> bool:
    """Names and capitals of states are judged by their surroundings, not taken as actors wherever they stand."""
    return any(phrase in state.names | state.metonyms for state in lexicon.states())


def _organisations(words: Words, kinds: dict[str, list[Hit]]) -> set[int]:
    """Words inside names of organisations, where a place is not a place."""
    inside: set[int] = set()
    for hit in (*longest(kinds.get("actor", [])), *longest(kinds.get("claimant", []))):
        if hit.last > hit.first or not _is_state(words.keys[hit.first][len(hit.clitic) :]):
            inside.update(range(hit.first, hit.last + 1))
    return inside


def _by_sort(hits: list[Hit]) -> list[Hit]:
    """Longest trigger at each word; of homographs the noun, for سيطرة is oftener that than سيطر with an object."""
    kept: dict[int, Hit] = {}
    for hit in longest(hits):
        rival = kept.get(hit.first)
        if rival is None or (hit.value.tense == "noun" and rival.value.tense != "noun"):
            kept[hit.first] = hit
    return [kept[i] for i in sorted(kept)]


def _is_caption(words: Words, first: int, end: int) -> bool:
    around = words.text[words.starts[first] : words.ends[end - 1] + 30][:400]
    found = _CAPTION.search(around.partition("\n")[0])
    # «بغداد (رويترز) - قال …» opens a report; a picture's credit closes its line.
    return (
        found is not None
        and end - first < 40
        and not any(c.isalpha() for c in around[found.end() :].partition("\n")[0])
    )


def _titled(text: str) -> bool:
    """Whether the first line is a headline: short, without a full stop; a text may also begin with its lead."""
    line = _first_line(text)
    return len(line) <= _LONGEST_TITLE and not line.endswith((".", "،", ":"))


def _first_line(text: str) -> str:
    return next((line.strip() for line in text[:2000].splitlines() if line.strip()), "")
