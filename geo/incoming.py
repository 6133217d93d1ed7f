"""What the readers of foreign place lists share: a row read, a row left out."""

from __future__ import annotations

from dataclasses import dataclass

from geo.place import Place

KNOWN = "already known"
"""Why most rows are left out."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Incoming:
    """A place read from a foreign row; ``population`` in people, 0 where unknown."""

    place: Place
    population: int = 0


class LeftOutError(Exception):
    """Ends the reading of one row; ``broken`` says whether anything is wrong with it."""

    def __init__(self, problem: str, *, broken: bool = True) -> None:
        super().__init__(problem)
        self.broken = broken


def degrees(cell: str, what: str) -> float:
    """Decimal degrees from a cell, decimal comma allowed. Raises LeftOutError."""
    try:
        return float(cell.strip().replace(",", "."))
    except ValueError:
        raise LeftOutError(f"the {what} is {cell!r}; expected decimal degrees") from None
