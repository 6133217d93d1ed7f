"""What can go wrong with places, each error saying what was found and what to do."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from geo.place import Candidate

_SHOWN = 6


class GeoError(Exception):
    """Base of every error that ``geo`` raises."""

    def __str__(self) -> str:
        return str(self.args[0]) if self.args else ""


class InvalidPlace(GeoError, ValueError):  # noqa: N818 - says what is the matter, not that it is an error
    """A place whose fields contradict the rules of :class:`geo.place.Place`."""


class PlaceTableError(GeoError, ValueError):
    """A table of places that cannot be read; names the file, the row and the column."""


class UnknownPlaceId(GeoError, KeyError):  # noqa: N818 - says what is the matter, not that it is an error
    """No place has this id; ``suggestions`` holds the closest ids."""

    def __init__(self, place_id: str, suggestions: Sequence[str] = ()) -> None:
        self.place_id = place_id
        self.suggestions = tuple(suggestions)
        hint = f"did you mean {' or '.join(map(repr, suggestions))}?" if suggestions else _FIND
        super().__init__(f"No place has the id {place_id!r}; {hint}")


class UnknownPlace(GeoError, LookupError):  # noqa: N818 - says what is the matter, not that it is an error
    """No place bears this name; ``suggestions`` holds the closest known spellings.

    ``within`` is the English name of the place it was looked for in, and ``elsewhere`` holds the
    ids of places of that name outside it.
    """

    def __init__(
        self,
        name: str,
        suggestions: Sequence[str] = (),
        *,
        within: str | None = None,
        elsewhere: Sequence[str] = (),
    ) -> None:
        self.name = name
        self.suggestions = tuple(suggestions)
        self.elsewhere = tuple(elsewhere)
        where = f" within {within}" if within else ""
        if elsewhere:
            hint = f"elsewhere it is {' or '.join(elsewhere)}."
        elif suggestions:
            hint = f"closest spellings: {', '.join(suggestions)}."
        else:
            hint = "no known spelling is close to it."
        super().__init__(f"No place is known by the name {name!r}{where}; {hint}")


class AmbiguousPlace(GeoError, LookupError):  # noqa: N818 - says what is the matter, not that it is an error
    """Several places bear this name and none is clearly meant; ``candidates`` lists them."""

    def __init__(self, name: str, candidates: Sequence[Candidate]) -> None:
        self.name = name
        self.candidates = tuple(candidates)
        shown = ", ".join(f"{c.place.id} ({c.reasons[1]})" for c in candidates[:_SHOWN])
        more = f" and {len(candidates) - _SHOWN} more" if len(candidates) > _SHOWN else ""
        super().__init__(
            f"{name!r} may mean {len(candidates)} places: {shown}{more}; "
            "say which by a nearby point or a place it lies within."
        )


_FIND = "look it up by name with `python -m geo candidates NAME`."
