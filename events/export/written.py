"""What became of a selection's events in a file: how many are in it, and which are not, and why."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

NAMED = 200
"""So many of the events left out for one reason are named by id; the rest are counted."""


@dataclass(frozen=True, kw_only=True)
class Omission:
    """Events that a format cannot hold, for one reason. ids: the first NAMED of them, in the file's order."""

    events: int
    ids: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class Written:
    """An export that is done.

    events: how many are in the file. restricted: how many are not, since their source forbids passing them on.
    omitted: reason (a clause that follows "since") to the events that the format cannot hold.
    cut: texts that the format had to shorten.
    """

    events: int
    restricted: int = 0
    omitted: Mapping[str, Omission] = field(default_factory=dict)
    cut: int = 0

    @property
    def left_out(self) -> int:
        """How many of the selection's events are not in the file, whatever the reason."""
        return self.restricted + sum(omission.events for omission in self.omitted.values())

    def remarks(self) -> list[str]:
        """What a reader of the file must know, one sentence each; empty where everything asked for is in it."""
        said = []
        if self.restricted:
            said.append(
                f"{_events(self.restricted)} left out: their source forbids passing them on (ACLED's terms of use)."
            )
        said += [f"{_events(o.events)} left out, since {reason}." for reason, o in self.omitted.items()]
        if self.cut:
            said.append(f"{self.cut} {'text' if self.cut == 1 else 'texts'} shortened to what a cell of Excel holds.")
        return said


@dataclass(kw_only=True)
class Tally:
    """`Written` in the making."""

    events: int = 0
    restricted: int = 0
    cut: int = 0
    _counts: dict[str, int] = field(default_factory=dict)
    _ids: dict[str, list[str]] = field(default_factory=dict)

    def omit(self, reason: str, event: str) -> None:
        """Note an event that the format cannot hold."""
        self._counts[reason] = self._counts.get(reason, 0) + 1
        named = self._ids.setdefault(reason, [])
        if len(named) < NAMED:
            named.append(event)

    def written(self) -> Written:
        """The counts as they stand."""
        omitted = {reason: Omission(events=n, ids=tuple(self._ids[reason])) for reason, n in self._counts.items()}
        return Written(events=self.events, restricted=self.restricted, omitted=omitted, cut=self.cut)


def _events(n: int) -> str:
    return f"{n:,} event" if n == 1 else f"{n:,} events"
