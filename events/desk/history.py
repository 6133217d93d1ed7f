"""Undo and redo: whole desks, oldest forgotten first. Desks share what did not change, so that this costs little."""

from __future__ import annotations

from dataclasses import dataclass, field

from events.desk.desk import Desk

MOST_STEPS = 200


@dataclass(frozen=True, kw_only=True)
class History:
    """A desk with what came before and, after an undo, what came next."""

    now: Desk = field(default_factory=Desk)
    past: tuple[Desk, ...] = ()
    future: tuple[Desk, ...] = ()

    def then(self, desk: Desk) -> History:
        """The next step; one that changes nothing is none."""
        if desk == self.now:
            return self
        return History(now=desk, past=(*self.past, self.now)[-MOST_STEPS:])

    def undo(self) -> History:
        """One step back, where there is one."""
        if not self.past:
            return self
        return History(now=self.past[-1], past=self.past[:-1], future=(self.now, *self.future))

    def redo(self) -> History:
        """One step forward again, where there is one."""
        if not self.future:
            return self
        return History(now=self.future[0], past=(*self.past, self.now), future=self.future[1:])
