"""`python -m events export`: the selection's events as a file, remarks on standard error."""

from __future__ import annotations

import argparse
import os
import shutil
import sys
import tempfile
from pathlib import Path
from typing import BinaryIO

from events.atlas import Atlas
from events.export.errors import ExportError
from events.export.formats import FORMATS, Format
from events.export.options import OptionError, add_selection_options, selection_asked
from events.export.written import Written
from events.pipes import leave_quietly
from events.selection import Selection


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
    """Write the file asked for. 0 when it is written, 1 when it cannot be, 2 when the command line is wrong."""
    form = FORMATS[asked.format]
    try:
        selection = selection_asked(asked, atlas)
        if asked.output is None:
            written = _to_standard_output(form, atlas, selection, asked.include_restricted)
        else:
            written = _to_file(form, atlas, selection, asked.output, asked.include_restricted)
    except OptionError as error:
        return _complain(str(error), 2)
    except ExportError as error:
        return _complain(str(error), 2)
    except BrokenPipeError:
        return leave_quietly()
    except OSError as error:
        return _complain(f"{asked.output or 'standard output'}: cannot be written ({error.strerror or error})", 1)
    for remark in written.remarks():
        print(remark, file=sys.stderr)
    return 0


def _to_standard_output(form: Format, atlas: Atlas, selection: Selection, include_restricted: bool) -> Written:
    out = sys.stdout.buffer
    if form.text:
        written = form.write(atlas, selection, out, include_restricted=include_restricted)
    elif sys.stdout.isatty():
        raise ExportError(
            f"{form.id} is no text for a terminal; name a file with --output, such as events{form.suffix}"
        )
    else:
        # These formats go back to what they wrote; a pipe cannot.
        with tempfile.TemporaryFile() as file:
            written = form.write(atlas, selection, file, include_restricted=include_restricted)
            file.seek(0)
            shutil.copyfileobj(file, out)
    out.flush()
    return written


def _to_file(form: Format, atlas: Atlas, selection: Selection, path: Path, include_restricted: bool) -> Written:
    """Write beside the file and then into its place: whatever happens, no half a file bears its name."""
    if path.is_dir():
        raise ExportError(f"--output {str(path)!r} is a folder; name a file in it, such as events{form.suffix}")
    with _replacing(path) as file:
        written = form.write(atlas, selection, file, include_restricted=include_restricted)
    said = f"{written.events:,} event{'' if written.events == 1 else 's'} written to {path}"
    if form.readme:
        readme = path.with_suffix(".README.txt")
        with _replacing(readme) as file:
            file.write(form.readme(atlas, selection, written).encode())
        said += f", explained in {readme}"
    print(f"{said}.", file=sys.stderr)
    return written


class _replacing:  # noqa: N801 - reads as what it does
    """A new file that takes a name only once it is whole."""

    def __init__(self, path: Path) -> None:
        self._path = path

    def __enter__(self) -> BinaryIO:
        handle, name = tempfile.mkstemp(dir=self._path.parent, prefix=f".{self._path.name}.", suffix=".part")
        self._part = Path(name)
        # mkstemp lets nobody else read it; a file that a person writes is as open as the rest of theirs.
        mask = os.umask(0)
        os.umask(mask)
        os.chmod(handle, 0o666 & ~mask)
        self._file = os.fdopen(handle, "w+b")
        return self._file

    def __exit__(self, kind: type[BaseException] | None, *_: object) -> None:
        self._file.close()
        if kind is None:
            self._part.replace(self._path)
        else:
            self._part.unlink(missing_ok=True)


def _complain(sentence: str, code: int) -> int:
    print(sentence, file=sys.stderr)
    return code
