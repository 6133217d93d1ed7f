"""The gazetteer: which place a name means, and which places lie in which."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache
from itertools import groupby
from pathlib import Path

from geo import importance
from geo.errors import AmbiguousPlace, PlaceTableError, UnknownPlace, UnknownPlaceId
from geo.headnouns import head_noun
from geo.index import MATCHES, NameIndex
from geo.place import Candidate, Place, Point, distance_km
from geo.tables import Row, load_rows

HOME = "syria"
"""The country whose places come first among namesakes."""

NEAR_KM = 30.0
"""How close to the point given a namesake must be for the point to decide."""

_DATA = Path(__file__).parent / "data"
_TABLES = (_DATA / "places.csv", _DATA / "geonames.csv.gz")
_SETTLEMENTS = ("city", "town", "village")
_AREAS = ("governorate", "district", "subdistrict")
# Scores: each way of matching has a band of its own, so that no weight lifts a vaguer match.
_FLOORS = {"exact": 0.7, "spelling": 0.4, "consonants": 0.1}
_BAND = 0.3
_FADE_KM = 50.0
_WHY = {
    "exact": "bears this name",
    "spelling": "bears this name in another spelling",
    "consonants": "has the same consonants",
}


@dataclass(frozen=True, kw_only=True, slots=True)
class _Match:
    match: str
    headed: bool
    why: str


class Gazetteer:
    """All known places, looked up by id and by name in Arabic or Latin script."""

    def __init__(self, rows: Iterable[Row]) -> None:
        """Raises PlaceTableError for an id used twice, an unknown parent or a circle of parents."""
        kept = list(rows)
        self._places: dict[str, Place] = {}
        for row in kept:
            if row.place.id in self._places:
                raise PlaceTableError(f"The id {row.place.id!r} is used twice; ids name one place each.")
            self._places[row.place.id] = row.place
        self._rows = kept
        self._population = {row.place.id: row.population for row in kept if row.population}
        self._check_parents()

    def __len__(self) -> int:
        return len(self._places)

    def __iter__(self) -> Iterator[Place]:
        return iter(self._places.values())

    def __contains__(self, place_id: object) -> bool:
        return place_id in self._places

    def get(self, place_id: str) -> Place:
        """The place with this id. Raises UnknownPlaceId, which suggests the closest ids."""
        try:
            return self._places[place_id]
        except KeyError:
            from rapidfuzz import process  # large, and needed for unknown names only

            close = process.extract(place_id, list(self._places), limit=3, score_cutoff=75)
            raise UnknownPlaceId(place_id, [match[0] for match in close]) from None

    def ancestors(self, place_id: str) -> tuple[Place, ...]:
        """The places containing this one, from its parent up to the country."""
        found = []
        parent = self.get(place_id).parent
        while parent is not None:
            found.append(self._places[parent])
            parent = found[-1].parent
        return tuple(found)

    def is_within(self, place_id: str, ancestor: str) -> bool:
        """Whether a place is, or lies in, another. Raises UnknownPlaceId."""
        self.get(ancestor)
        return place_id == ancestor or any(a.id == ancestor for a in self.ancestors(place_id))

    def country_of(self, place_id: str) -> str | None:
        """Id of the country a place lies in; None where it belongs to no single one."""
        for place in (self.get(place_id), *self.ancestors(place_id)):
            if place.kind == "country":
                return place.id
        return None

    def population_of(self, place_id: str) -> int:
        """Number of people by GeoNames, 0 where unknown. Raises UnknownPlaceId."""
        return self._population.get(self.get(place_id).id, 0)

    def rank(self, place_id: str) -> float:
        """Importance of a place among its namesakes (see geo.importance)."""
        place = self.get(place_id)
        abroad = self.country_of(place_id) != HOME
        return importance.rank(place, population=self.population_of(place_id), abroad=abroad)

    def candidates(
        self,
        name: str,
        *,
        near: Point | None = None,
        within: str | None = None,
        limit: int = 30,
    ) -> tuple[Candidate, ...]:
        """The places that a name may mean, best first; () for a name nobody bears.

        ``near`` prefers what is close to a point, ``within`` keeps what lies in a place. Exact
        names come before other spellings, those before mere likeness of consonants. Parts of a
        name never match. Raises UnknownPlaceId for an unknown ``within``.
        """
        found = self._matches(name, MATCHES, within)
        ranked = [self._candidate(place_id, how, near) for place_id, how in found.items()]
        ranked.sort(key=lambda c: (-c.score, c.place.id))
        return tuple(ranked[:limit])

    def resolve(self, name: str, *, near: Point | None = None, within: str | None = None) -> Place:
        """The one place that a name clearly means.

        Clear is: only one place bears the name; or ``near`` is much closer to one than to the
        others; or one leads all others by importance. An administrative area never competes with
        the place in it that it is named after. The whole name goes before a name after a head
        noun, and the exact name before another spelling. Raises UnknownPlace, AmbiguousPlace, or
        UnknownPlaceId for ``within``.
        """
        found = self._matches(name, MATCHES[:2], within)
        for _, group in groupby(found.items(), key=lambda item: (item[1].match, item[1].headed)):
            same = [self._candidate(place_id, how, near) for place_id, how in group]
            same.sort(key=lambda c: (-c.score, c.place.id))
            return self._clear(name, same, near)
        raise self._unknown(name, within)

    def named(self, name: str) -> Iterator[Place]:
        """The places that bear a name, exactly or in another spelling, in no order."""
        return (self._places[place_id] for place_id in self._index.find(name, match="spelling"))

    def suggest(self, name: str, *, limit: int = 5) -> tuple[str, ...]:
        """Known spellings closest to an unknown one, in the same script, best first."""
        return self._index.closest(name, limit=limit)

    # -- matching ----------------------------------------------------------------------------

    @cached_property
    def _index(self) -> NameIndex:
        """Made when the first name is looked up: a map that knows its places by id needs none."""
        return NameIndex(self._rows)

    def _matches(self, name: str, ways: Sequence[str], within: str | None) -> dict[str, _Match]:
        found: dict[str, _Match] = {}
        head = head_noun(name)
        for match in ways:
            why = _WHY[match]
            for place_id in self._index.find(name, match=match):
                found.setdefault(place_id, _Match(match=match, headed=False, why=why))
            if head is None:
                continue
            named = list(self._index.find(head.rest, match=match))
            for place_id in self._of_kinds(named, head.kinds, first_only=head.first_only):
                how = _Match(match=match, headed=True, why=f"{why} after {head.noun!r}")
                found.setdefault(place_id, how)
        return found if within is None else self._inside(found, within)

    def _of_kinds(self, place_ids: Sequence[str], kinds: Sequence[str], *, first_only: bool) -> list[str]:
        for wanted in [(kind,) for kind in kinds] if first_only else [kinds]:
            fitting = [i for i in place_ids if self._places[i].kind in wanted]
            if fitting:
                return fitting
        return []

    def _inside(self, found: dict[str, _Match], within: str) -> dict[str, _Match]:
        area = self.get(within)
        kept = {i: how for i, how in found.items() if self.is_within(i, area.id)}
        if any(how.match != "consonants" for how in kept.values()):
            return kept
        # "Mansura, Raqqa" is said of the governorate, though the id given is that of its seat.
        for wider in self.ancestors(area.id):
            if wider.id == f"{area.id}_governorate":
                return {i: how for i, how in found.items() if self.is_within(i, wider.id)}
        return kept

    def _candidate(self, place_id: str, how: _Match, near: Point | None) -> Candidate:
        place = self._places[place_id]
        weight = importance.share(self.rank(place_id))
        reasons = [
            how.why,
            place.kind if place.parent is None else f"{place.kind} in {self._places[place.parent].name_en}",
        ]
        if near is not None:
            km = distance_km(place.point, near)
            weight = 0.4 * weight + 0.6 * _FADE_KM / (_FADE_KM + km)
            reasons.append(f"{km:.0f} km from the point given")
        if people := self.population_of(place_id):
            reasons.append(f"{people:,} people")
        score = round(_FLOORS[how.match] + _BAND * weight, 4)
        return Candidate(place=place, score=score, match=how.match, reasons=tuple(reasons))

    # -- deciding ----------------------------------------------------------------------------

    def _clear(self, name: str, same: Sequence[Candidate], near: Point | None) -> Place:
        ids = [c.place.id for c in same]
        rivals = [c.place for c in same if not self._named_after_one_of(c.place, ids)]
        if near is not None:
            rivals = _closest(rivals, near)
        if len(rivals) == 1:
            return rivals[0]
        first, second = sorted(rivals, key=lambda place: -self.rank(place.id))[:2]
        lead = self.rank(first.id) - self.rank(second.id)
        if lead >= importance.CLEAR_LEAD and not self._homonym_abroad(first, rivals):
            return first
        raise AmbiguousPlace(name, [c for c in same if c.place in rivals])

    def _named_after_one_of(self, area: Place, ids: Sequence[str]) -> bool:
        return area.kind in _AREAS and any(
            self._places[i].kind in _SETTLEMENTS and self.is_within(i, area.id) for i in ids
        )

    def _homonym_abroad(self, country: Place, rivals: Sequence[Place]) -> bool:
        """Whether a country shares its name with a city of another one: عمان, Oman and Amman."""
        return country.kind == "country" and any(
            place.kind == "city" and not self.is_within(place.id, country.id) for place in rivals
        )

    def _unknown(self, name: str, within: str | None) -> UnknownPlace:
        if within is None:
            return UnknownPlace(name, self.suggest(name))
        found = self._matches(name, MATCHES[:1], None)
        elsewhere = sorted(found, key=lambda place_id: -self.rank(place_id))[:3]
        area = self.get(within).name_en
        return UnknownPlace(name, self.suggest(name), within=area, elsewhere=elsewhere)

    def _check_parents(self) -> None:
        sound: set[str] = set()
        for place in self._places.values():
            path: list[str] = []
            here: str | None = place.id
            while here is not None and here not in sound:
                if here not in self._places:
                    raise PlaceTableError(
                        f"Place {path[-1]!r} has the parent {here!r}, which no table holds; add it or name another."
                    )
                if here in path:
                    raise PlaceTableError(f"Place {here!r} lies in itself by way of {path!r}.")
                path.append(here)
                here = self._places[here].parent
            sound.update(path)


def _closest(places: list[Place], near: Point) -> list[Place]:
    """The place that a point clearly stands by; else those close to it; else all."""
    by_km = sorted((distance_km(place.point, near), place.id, place) for place in places)
    close = [(km, place) for km, _, place in by_km if km <= NEAR_KM]
    if len(close) > 1 and close[1][0] >= max(2 * close[0][0], close[0][0] + 5):
        return [close[0][1]]
    return [place for _, place in close] or places


@lru_cache(maxsize=8)
def _loaded(extra: tuple[Path, ...]) -> Gazetteer:
    return Gazetteer(row for table in (*_TABLES, *extra) for row in load_rows(table))


def load_gazetteer(extra: Sequence[Path] = ()) -> Gazetteer:
    """The gazetteer of our own tables and of the user's (``extra``); cached per set of files.

    Raises PlaceTableError when a table is broken.
    """
    return _loaded(tuple(extra))
