"""Where an export goes: a file that is whole or is not there, a device, or standard output."""

from __future__ import annotations

import os
import shutil
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path
from types import TracebackType
from typing import BinaryIO

from events.export.errors import ExportError
from events.export.formats import Format
from events.export.written import Written

Write = Callable[[BinaryIO], Written]
"""Writes all of an export to an open file."""
Explain = Callable[[Written], str]
"""The text that goes with a file."""


def to_standard_output(form: Format, write: Write) -> Written:
    """Write to standard output. Raises ExportError where that is a terminal, which cannot show the format."""
    if not form.text and sys.stdout.isatty():
        raise ExportError(
            f"{form.id} is no text for a terminal; name a file with --output, such as events{form.suffix}"
        )
    written = _one_way(form, write, sys.stdout.buffer)
    sys.stdout.buffer.flush()
    return written


def to_path(form: Format, write: Write, path: Path, explain: Explain | None) -> tuple[Written, str]:
    """Write the file and what explains it: both or, whatever happens, neither. Also gives a sentence that says so.

    Raises ExportError for a folder.

    A device or a pipe is written to. A new file in its place would take it away from everybody.
    """
    if path.is_dir():
        raise ExportError(f"--output {str(path)!r} is a folder; name a file in it, such as events{form.suffix}")
    if path.exists() and not path.is_file():
        with path.open("wb") as device:
            written = _one_way(form, write, device)
        return written, f"{_events(written)} written to {path}."
    beside = path.with_suffix(".README.txt")
    if explain is None:
        with Replacing(path) as file:
            written = write(file)
    else:
        with Replacing(path) as file, Replacing(beside) as text:
            written = write(file)
            text.write(explain(written).encode())
    return written, f"{_events(written)} written to {path}{f', explained in {beside}' if explain else ''}."


def _events(written: Written) -> str:
    return f"{written.events:,} event{'' if written.events == 1 else 's'}"


def _one_way(form: Format, write: Write, out: BinaryIO) -> Written:
    """Write to what cannot go back to what it was given; formats that are no text do."""
    if form.text:
        return write(out)
    with tempfile.TemporaryFile() as file:
        written = write(file)
        file.seek(0)
        shutil.copyfileobj(file, out)
    return written


class Replacing:
    """A new file that takes a name only once it is whole; until then, what bears the name stays as it is."""

    def __init__(self, path: Path) -> None:
        # Of a link, the file behind it.
        self._path = path.resolve()

    def __enter__(self) -> BinaryIO:
        handle, name = tempfile.mkstemp(dir=self._path.parent, prefix=f".{self._path.name[:100]}.", suffix=".part")
        self._part = Path(name)
        os.chmod(handle, self._mode())
        self._file = os.fdopen(handle, "w+b")
        return self._file

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        try:
            self._file.close()
            if kind is None:
                self._part.replace(self._path)
        finally:
            self._part.unlink(missing_ok=True)

    def _mode(self) -> int:
        """As open to others as the file was; a new one as open as whatever its owner writes, which mkstemp is not."""
        if self._path.exists():
            return self._path.stat().st_mode & 0o777
        mask = os.umask(0)
        os.umask(mask)
        return 0o666 & ~mask
