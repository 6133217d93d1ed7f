"""Where an event word's deed took place: the nearest fine place of its sentence, else what was spoken of before."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from events.reading.breaks import Breaks
from events.reading.mentions import Mentions, Sentence
from events.reading.text import COMMA, QUOTED
from events.reading.whereabouts import Located
from geo.gazetteer import HOME

_BEHIND = 5.0
"""What it costs a place to stand before the event word: in Arabic it follows."""

_KEPT = 12
"""Places kept in mind for «المدينة», «المخيم»."""

_ECHO = "named before"

_AGAIN = {
    "المدينه": ("city", "town"), "البلده": ("town", "village", "city"), "القريه": ("village", "town"),
    "الحي": ("neighbourhood",), "المخيم": ("camp",), "المطار": ("base", "landmark"), "القاعده": ("base",),
    "المحافظه": ("governorate",), "الناحيه": ("subdistrict", "town"), "المعبر": ("crossing", "town", "village"),
    "الحقل": ("landmark",), "المستشفي": ("landmark",), "السجن": ("landmark",),
}  # fmt: skip
"""Kinds of place that a bare noun with the article takes up again."""


class Placer:
    """Places the events of one report; remembers, sentence by sentence, what was spoken of."""

    def __init__(self, mentions: Mentions, breaks: Breaks) -> None:
        self._m, self._breaks = mentions, breaks
        self.focus: list[Located] = []
        self._recent: list[Located] = []
        self._at, self._here = -1, list[Located]()

    def remember(self, sentence: Sentence) -> None:
        """Take in the places of a sentence that later sentences may be about."""
        fine = [p for p in sentence.places if self._lasting(p)]
        if fine:
            best = min(p.spot.where_prec for p in fine if p.spot)
            self.focus = [p for p in fine if p.spot and p.spot.where_prec == best][:1]
            self._recent = [*self._recent, *fine][-_KEPT:]

    def _lasting(self, place: Located) -> bool:
        """Whether later sentences may be about this place: in the country that the report is about."""
        if place.spot is None or place.toponym.role != "at" or place.spot.where_prec >= 6:
            return False
        return self._m.country is None or place.country == self._m.country

    def where(self, sentence: Sentence, i: int) -> tuple[list[Located], bool]:
        """The place that the event word i stands for, and whether its own sentence names it."""
        usable = self._usable(sentence)
        if usable:
            best = min(usable, key=lambda p: self._cost(p, i))
            if best.spot and (best.spot.where_prec < 6 or not self.focus or best.spot.place != HOME):
                return self._with_list(best, usable), True
        if self.focus:
            return list(self.focus), False
        return self._ahead(sentence), False

    def _usable(self, sentence: Sentence) -> list[Located]:
        """The places of a sentence where something may happen, in order; worked out once a sentence."""
        if self._at != sentence.number:
            named = [p for p in sentence.places if p.spot is not None and p.toponym.role == "at"]
            found = [*_without_scopes(named), *self._echoes(sentence, named)]
            self._at, self._here = sentence.number, sorted(found, key=lambda p: p.toponym.first)
        return self._here

    def _echoes(self, sentence: Sentence, named: Sequence[Located]) -> list[Located]:
        """«المدينة», «المخيم»: a place named before, taken up by its kind."""
        words, found = self._m.words, list[Located]()
        if not self._recent and not named:
            return found
        named = named[:_KEPT]
        taken = {i for p in named for i in range(p.toponym.first - 1, p.toponym.last + 2)}
        for i in range(sentence.first, sentence.end):
            key = words.keys[i]
            bare = key[1:] if key[:1] in "وب" and key[1:] in _AGAIN else "ال" + key[2:] if key[:2] == "لل" else key
            kinds = _AGAIN.get(bare)
            if kinds is None or i in taken or self._described(sentence, i):
                continue
            if len(found) > _KEPT:
                break
            here = [p for p in named if p.toponym.first < i]
            known = next((p for p in reversed([*self._recent, *here]) if p.place and p.place.kind in kinds), None)
            if known is not None:
                echo = replace(known.toponym, first=i, last=i, role="at", skip=0, reasons=[_ECHO])
                found.append(replace(known, toponym=echo))
        return found

    def _described(self, sentence: Sentence, i: int) -> bool:
        """«المخيم الفلسطيني», «المدينة الصناعية»: another one than before; a side of it or «ذاتها» is the same."""
        after = i + 1
        if after >= sentence.end or self._m.words.gaps[after] > QUOTED:
            return False
        key = self._m.words.keys[after]
        return key.startswith("ال") and "demonym" in self._m.tags[after]

    def _ahead(self, sentence: Sentence) -> list[Located]:
        for later in self._m.sentences[sentence.number + 1 : sentence.number + 4]:
            fine = [p for p in later.places if self._lasting(p)]
            if fine:
                return fine[:1]
        return []

    def _cost(self, place: Located, i: int) -> float:
        topo = place.toponym
        distance = topo.first - i if topo.first > i else (i - topo.last) * 1.3 + _BEHIND
        lo, hi = (i, topo.first) if topo.first > i else (topo.last, i)
        commas, turns = self._breaks.between(lo, hi)
        cost = distance + 2.5 * commas + 5 * turns
        prec = place.spot.where_prec if place.spot else 6
        return cost + {4: 4, 3: 1, 5: 6, 6: 25}.get(prec, 0)

    def _echoed(self, place: Located) -> bool:
        return place.toponym.last == place.toponym.first and place.toponym.reasons[-1:] == [_ECHO]

    def _joined(self, one: Located, other: Located) -> bool:
        """Whether «و» or a comma joins two places, if need be after «شرقي المدينة»."""
        words = self._m.words
        between = range(one.toponym.last + 1, other.toponym.first + 1)
        return any(words.keys[j].startswith("و") or words.gaps[j] == COMMA for j in between)

    def _with_list(self, best: Located, usable: Sequence[Located]) -> list[Located]:
        """The place and those named in the same breath: «أحياء X وY وZ», and the city around a quarter left out."""
        found = [best]
        start = usable.index(best)
        for other in usable[start + 1 :]:
            if self._echoed(other):
                continue
            gap = other.toponym.first - found[-1].toponym.last
            if gap > 4 or not self._joined(found[-1], other) or not _as_fine(best, other):
                break
            found.append(other)
        found = [p for p in found if not _holds(p, found)] or found
        for other in reversed(usable[:start]):
            gap = found[0].toponym.first - other.toponym.last
            joined = self._m.words.keys[found[0].toponym.first].startswith("و")
            if gap > 1 or not joined or not _as_fine(best, other):
                break
            found.insert(0, other)
        return found


def _without_scopes(named: Sequence[Located]) -> list[Located]:
    """«مدينة X بريف Y»: Y only says where X lies."""
    kept: list[Located] = []
    for place in named:
        last = kept[-1] if kept else None
        coarse = place.spot is not None and place.spot.where_prec in (3, 4)
        fine = last is not None and last.spot is not None and last.spot.where_prec <= 2
        if last is not None and coarse and fine and 0 < place.toponym.first - last.toponym.last <= 3:
            continue
        kept.append(place)
    return kept


def _holds(place: Located, others: Sequence[Located]) -> bool:
    return any(o.place and place.place and o.place.parent == place.place.id for o in others)


def _as_fine(one: Located, other: Located) -> bool:
    return bool(one.spot and other.spot and one.spot.where_prec == other.spot.where_prec)
