"""`python -m events export`: the selection's events as a file, remarks on standard error."""

from __future__ import annotations

import argparse
import sys
from functools import partial
from pathlib import Path

from tqdm import tqdm

from events.atlas import Atlas
from events.export.errors import ExportError
from events.export.formats import FORMATS, Format
from events.export.options import OptionError, add_selection_options, selection_asked
from events.export.target import to_path, to_standard_output
from events.export.written import Written
from events.pipes import leave_quietly

MOMENT = 1.0
"""Seconds after which a terminal is told how far an export has come."""


def add_export_command(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add the command to a parser's sub-commands; the parsed arguments go to :func:`run_export`."""
    exporting = commands.add_parser(
        "export",
        help="write events to a file",
        description="Write the events that filters leave, oldest first, in one of seven formats.",
    )
    add_selection_options(exporting)
    exporting.add_argument("--format", choices=tuple(FORMATS), required=True)
    exporting.add_argument("--output", type=Path, metavar="FILE", help="where to write; without it, to standard output")
    exporting.add_argument(
        "--include-restricted",
        action="store_true",
        help="also events whose source forbids passing them on (ACLED); for your own use only",
    )


def run_export(asked: argparse.Namespace, atlas: Atlas) -> int:
    """Write the file asked for. 0 when it is written, 1 when it cannot be, 2 when the command line is wrong, 130 when
    somebody stops it.
    """
    try:
        written, said = _write(asked, atlas)
    except (OptionError, ExportError) as error:
        return _complain(str(error), 2)
    except BrokenPipeError:
        return leave_quietly()
    except OSError as error:
        return _complain(f"{_named(asked)}: cannot be written ({error.strerror or error})", _given_up(asked, 1))
    except KeyboardInterrupt:
        return _complain(f"{_named(asked)}: stopped before all was written.", _given_up(asked, 130))
    for remark in (said, *written.remarks()):
        if remark:
            print(remark, file=sys.stderr)
    return 0


def _write(asked: argparse.Namespace, atlas: Atlas) -> tuple[Written, str]:
    """Write what is asked for; what became of it, and a sentence that says where it is."""
    form, selection = FORMATS[asked.format], selection_asked(asked, atlas)
    with _Bar(form, shown=asked.output is not None or not sys.stdout.isatty()) as bar:
        write = partial(form.write, atlas, selection, include_restricted=asked.include_restricted, progress=bar.move)
        if asked.output is None:
            return to_standard_output(form, write), ""
        return to_path(form, write, asked.output, partial(form.readme, atlas, selection) if form.readme else None)


def _named(asked: argparse.Namespace) -> str:
    return str(asked.output or "standard output")


def _given_up(asked: argparse.Namespace, code: int) -> int:
    """The exit status, once nothing more can be written."""
    if asked.output is None:
        # What still waits to be written would fail once more, at the very end.
        leave_quietly()
    return code


class _Bar:
    """How far an export has come, on a terminal's standard error, once it takes longer than a MOMENT."""

    def __init__(self, form: Format, *, shown: bool) -> None:
        self._name = form.id
        self._bar = tqdm(
            unit=" events", desc=self._name, file=sys.stderr, disable=None if shown else True, leave=False, delay=MOMENT
        )

    def __enter__(self) -> _Bar:
        return self

    def __exit__(self, *_: object) -> None:
        self._bar.close()

    def move(self, done: int, total: int) -> None:
        self._bar.total = total
        self._bar.update(done - self._bar.n)
        if done == total and self._bar.format_dict["elapsed"] > MOMENT:
            # A workbook is packed once all its rows are known.
            self._bar.set_description(f"{self._name}, finishing")


def _complain(sentence: str, code: int) -> int:
    print(sentence, file=sys.stderr)
    return code
