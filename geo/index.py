"""The names of all places under their keys: exact, by sound, by consonants, by closeness."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import cached_property

from geo.names import consonants, fold, is_arabic, sound_key
from geo.tables import Row

MATCHES = ("exact", "spelling", "consonants")
"""The ways a name can match, from the surest to the vaguest."""

_MIN_CONSONANTS = 3
_CLOSE = 65.0

_Ids = dict[str, None]


class NameIndex:
    """Ids of places by name. Whole names match, never parts of them."""

    def __init__(self, rows: Iterable[Row]) -> None:
        self._exact: dict[str, _Ids] = {}
        self._sounds: dict[str, _Ids] = {}
        self._written: dict[str, str] = {}
        for row in rows:
            place_id = row.place.id
            for name, key, sound in zip(row.place.names, *row.folds_and_sounds(), strict=True):
                if key:
                    self._written.setdefault(key, name)
                    self._exact.setdefault(key, {})[place_id] = None
                    self._sounds.setdefault(sound, {})[place_id] = None

    def find(self, name: str, *, match: str) -> Iterator[str]:
        """Ids of the places bearing a name, in one of MATCHES."""
        if match == "exact":
            return iter(self._exact.get(fold(name), ()))
        sound = sound_key(name)
        if match == "spelling":
            return iter(self._sounds.get(sound, ()))
        bones = consonants(sound)
        return iter(self._bones.get(bones, ()) if len(bones) >= _MIN_CONSONANTS else ())

    def closest(self, name: str, *, limit: int) -> tuple[str, ...]:
        """The written names closest to an unknown one, in the same script, best first."""
        from rapidfuzz import fuzz, process  # large, and needed for unknown names only

        key = fold(name)
        if not key:
            return ()
        spellings = self._by_script[is_arabic(name)]
        found = process.extract(key, spellings, scorer=fuzz.ratio, limit=limit, score_cutoff=_CLOSE)
        return tuple(self._written[match[0]] for match in found)

    @cached_property
    def _bones(self) -> dict[str, _Ids]:
        index: dict[str, _Ids] = {}
        for sound, ids in self._sounds.items():
            index.setdefault(consonants(sound), {}).update(ids)
        return index

    @cached_property
    def _by_script(self) -> dict[bool, list[str]]:
        spellings: dict[bool, list[str]] = {False: [], True: []}
        for key in self._written:
            spellings[not key.isascii() and is_arabic(key)].append(key)
        return spellings
