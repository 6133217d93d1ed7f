"""Who the parties and voices of a foreign file are: ours under any name, or new ones with a side and an Arabic name."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Mapping

from events.engines.schema import Row
from events.model import Actor, Claimant, Dataset
from events.tables import load_foreign_actors
from geo.names import fold

LONGEST_SLUG = 60

_ASIDE = re.compile(r"\s*\([^()]*\)\s*$")


class ForeignNames:
    """The names that our tables know, other codebooks' names for the same parties among them, for one format."""

    def __init__(self, dataset: Dataset, origin: str) -> None:
        """origin: the format, which the ids of new actors and claimants begin with."""
        self._dataset, self._origin, self._sides = dataset, origin, list(dataset.sides)
        self._known_actors, self._known_claimants = _known(dataset.actors.values()), _known(dataset.claimants.values())
        self._sided: dict[str, str] = {}
        self._arabic: dict[str, str] = {}
        for name, actor, side, name_ar in load_foreign_actors():
            (self._known_actors if actor in dataset.actors else self._sided)[fold(name)] = actor or side
            if name_ar:
                self._arabic[fold(name)] = name_ar

    def actors(self, told: Iterable[str]) -> dict[str, str]:
        """Name to the id of our actor known by it, else to an id of its own."""
        return {name: _matched(name, self._known_actors) or self._own_id(name) for name in sorted(told)}

    def claimants(self, told: Iterable[str]) -> dict[str, str]:
        """Name to the id of our claimant known by it, else to an id of its own."""
        return {name: _matched(name, self._known_claimants) or self._own_id(name) for name in sorted(told)}

    def new_actors(self, ids: Mapping[str, str]) -> list[Row]:
        """Rows for `staged_actors`: those of `actors` that are not ours."""
        return _once(
            {"id": key, "name_en": name, "name_ar": self._in_arabic(name), "side": self._sides.index(self._side(name))}
            for name, key in ids.items()
            if key not in self._dataset.actors
        )

    def new_claimants(self, ids: Mapping[str, str]) -> list[Row]:
        """Rows for `staged_claimants`: those of `claimants` that are not ours."""
        return _once(
            {"id": key, "name_en": name, "name_ar": name, "kind": "media", "actor": None}
            for name, key in ids.items()
            if key not in self._dataset.claimants
        )

    def _side(self, name: str) -> str:
        """Its own, or where a name joins several that of the first."""
        for part in (name, *name.split(", ")):
            if side := _matched(part, self._sided):
                return side
            if actor := _matched(part, self._known_actors):
                return self._dataset.actors[actor].side
        return "other" if "other" in self._sides else self._sides[-1]

    def _in_arabic(self, name: str) -> str:
        """Its Arabic name where each part of it has one, else the name as it is."""
        if found := _matched(name, self._arabic):
            return found
        parts = [_matched(part, self._arabic) or self._called(part) for part in name.split(", ")]
        return "، ".join(part for part in parts if part) if all(parts) else name

    def _called(self, name: str) -> str | None:
        """The Arabic name of the one of our actors that bears a name."""
        actor = _matched(name, self._known_actors)
        return self._dataset.actors[actor].name_ar if actor else None

    def _own_id(self, name: str) -> str:
        slug = "_".join(re.findall(r"[a-z0-9]+", name.lower()))
        if name.isascii() and slug and len(slug) < LONGEST_SLUG:
            return f"{self._origin}_{slug}"
        digest = hashlib.sha256(name.encode("utf-8", "replace")).hexdigest()[:12]
        return f"{self._origin}_{slug[:40]}_{digest}".replace("__", "_")


def _known(entries: Iterable[Actor | Claimant]) -> dict[str, str]:
    known: dict[str, str] = {}
    for entry in entries:
        for name in (entry.id.replace("_", " "), entry.name_en, entry.name_ar, *getattr(entry, "aliases", ())):
            known.setdefault(fold(name), entry.id)
    return known


def _matched(name: str, known: Mapping[str, str]) -> str | None:
    """The id of a name; "Civilians (Syria)" is also sought as "Civilians", "QSD: Syrian …" by either half."""
    bare = _ASIDE.sub("", name)
    for form in (name, bare, *bare.split(":")):
        if (key := known.get(fold(form))) is not None:
            return key
    return None


def _once(rows: Iterable[Row]) -> list[Row]:
    """One row an id: two names may mean one."""
    return list({row["id"]: row for row in rows}.values())
