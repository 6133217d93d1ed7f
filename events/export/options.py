"""The filters of the command line, the same for every command that takes a selection."""

from __future__ import annotations

import argparse
from collections.abc import Collection
from datetime import date
from difflib import get_close_matches

from events.atlas import Atlas
from events.errors import EventsError
from events.selection import TYPES, Selection, read_day


class OptionError(EventsError, ValueError):
    """A filter that makes no sense."""


def add_selection_options(parser: argparse.ArgumentParser) -> None:
    """Add --from, --to, --actor, --type and --claimant; `selection_asked` reads them."""
    parser.add_argument("--from", dest="date_from", type=_day, metavar="DAY", help="first day, such as 2017-10-12")
    parser.add_argument("--to", dest="date_to", type=_day, metavar="DAY", help="last day, inclusive")
    parser.add_argument("--actor", action="append", default=[], metavar="ID", help="actor or target; repeatable")
    parser.add_argument(
        "--type", action="append", default=[], metavar="TYPE", help="event type or sub-event type; repeatable"
    )
    parser.add_argument("--claimant", action="append", default=[], metavar="ID", help="who says so; repeatable")
    parser.add_argument(
        "--store", metavar="PATH", help="a store that imports made (default: $FURAT_STORE, else the bundled tables)"
    )


def selection_asked(asked: argparse.Namespace, atlas: Atlas) -> Selection:
    """The selection that the filters describe. Raises OptionError for an unknown id or days turned round."""
    for option, values, known in (
        ("--actor", asked.actor, atlas.vocabulary.actors),
        ("--claimant", asked.claimant, atlas.vocabulary.claimants),
        ("--type", asked.type, TYPES),
    ):
        for value in values:
            if value not in known:
                raise OptionError(_unknown(option, value, known))
    if asked.date_from and asked.date_to and asked.date_from > asked.date_to:
        raise OptionError(f"--from {asked.date_from} is after --to {asked.date_to}; turn them round")
    return Selection(
        date_from=asked.date_from,
        date_to=asked.date_to,
        actors=tuple(asked.actor),
        types=tuple(asked.type),
        claimants=tuple(asked.claimant),
    )


def _day(text: str) -> date:
    day = read_day(text)
    if day is None:
        raise argparse.ArgumentTypeError(f"{text!r} is not a day; expected one such as 2017-10-12")
    return day


def _unknown(option: str, value: str, known: Collection[str]) -> str:
    near = get_close_matches(value, list(known), n=3, cutoff=0.5)
    some = list(known)[:50]
    more = f" … and {len(known) - 50} more" if len(known) > 50 else ""
    hint = f"did you mean {', '.join(near)}?" if near else f"known: {', '.join(some)}{more}"
    return f"{option} {value!r} is unknown; {hint}"
