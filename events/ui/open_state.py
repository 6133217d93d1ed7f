"""The file that a visitor looks at, kept in the session: nothing of it is lost when page or language changes.

Its bytes are held in memory and lie on disk only while they are read.
"""

from __future__ import annotations

import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

import streamlit as st

from events.errors import EventsError, RowIssue
from events.importing import Limits
from events.sources.recognise import Format
from events.sources.source import open_source
from events.ui import open_memory
from events.ui.open_issues import Group
from events.visitors import MOST_OWN
from geo.errors import GeoError

MOST_MB = 64
LIMITS = Limits(size=MOST_MB * 1_000_000, rows=MOST_OWN, cell=100_000, expansion=100)
TABLES = ("table", "geojson")
"""Formats whose columns mean what a person says."""
SHOWN_ROWS = 8
_TURN, _FILE = "open:turn", "open:taken"


class Uploaded(Protocol):
    """A file as the browser sends it."""

    name: str
    file_id: str

    def getvalue(self) -> bytes:
        """Its bytes."""
        ...


@dataclass(frozen=True, kw_only=True)
class Look:
    """What a file turned out to be. said: what the visitor said of its columns; mapping: what they are taken for."""

    format: Format
    columns: tuple[str, ...]
    mapping: Mapping[str, str]
    said: Mapping[str, str]
    rows: tuple[tuple[str, ...], ...]


@dataclass(frozen=True, kw_only=True)
class Outcome:
    """What became of a file that was put on the map. batch: its id among the visitor's own."""

    batch: str
    table: bool
    rows: int
    added: int
    good: int
    located: int
    groups: tuple[Group, ...]
    issues: tuple[RowIssue, ...]
    more_issues: int


@dataclass(kw_only=True)
class File:
    """An uploaded file, for as long as the visitor looks at it.

    form: the format chosen, or auto. said: of its columns, by format chosen. refusal: why it cannot be opened as
    asked. failure: why its rows could not be added. adding: whether they are to be added now. outcome: of adding them.
    corrected: whether the visitor came back from there to the columns. recalled: whether the columns mean what the
    visitor said of an earlier file.
    """

    id: str
    name: str
    data: bytes
    form: str = "auto"
    said: dict[str, dict[str, str]]
    look: Look | None = None
    refusal: str = ""
    failure: str = ""
    adding: bool = False
    outcome: Outcome | None = None
    corrected: bool = False
    recalled: bool = False


def held() -> File | None:
    """The file that the visitor looks at."""
    return st.session_state.get(_FILE)


def box() -> str:
    """The key of the box for files: a new one after each file, so that it is empty."""
    return f"open:file:{st.session_state.get(_TURN, 0)}"


def take(key: str) -> None:
    """Take the file just uploaded into the box of this key, and empty the box."""
    uploaded: Uploaded | None = st.session_state.get(key)
    if uploaded is None:
        return
    file = File(id=uploaded.file_id, name=uploaded.name, data=uploaded.getvalue(), said={})
    st.session_state[_FILE] = file
    st.session_state[_TURN] = st.session_state.get(_TURN, 0) + 1
    _open(file)


def put_away() -> None:
    """Let go of the file; what is on the map stays there."""
    st.session_state.pop(_FILE, None)


@contextmanager
def on_disk(file: File) -> Iterator[Path]:
    """The file where it can be read, for as long as that lasts."""
    with tempfile.TemporaryDirectory(prefix="furat-open-", ignore_cleanup_errors=True) as folder:
        # The visitor's name for it says nothing about a path here; only its ending tells the reader something.
        path = Path(folder) / f"file{Path(file.name).suffix[:10].lower()}"
        path.write_bytes(file.data)
        yield path


def read_as(file: File, form: str) -> None:
    """Read it as another format."""
    file.form = form
    _open(file)


def say(file: File, columns: Mapping[str, str]) -> None:
    """The visitor says what the columns mean: of this file, and of all with its header."""
    file.said[file.form] = dict(columns)
    if file.look is not None:
        open_memory.remember(file.look.columns, columns)
    _open(file)


def _open(file: File) -> None:
    """Look at the file as asked. What was said of an earlier one with the same header holds for this one too."""
    file.failure, file.recalled = "", False
    with on_disk(file) as path:
        file.look = _looked(file, path, file.said.get(file.form, {}))
        if file.look is None or file.look.said or file.look.format not in TABLES:
            return
        if said := open_memory.recalled(file.look.columns):
            file.look = _looked(file, path, said)
            file.recalled = True


def _looked(file: File, path: Path, said: Mapping[str, str]) -> Look | None:
    try:
        with open_source(path, format=file.form, mapping=said, name=file.name, limits=LIMITS) as source:
            rows = tuple(tuple(row) for row in source.preview(SHOWN_ROWS))
            file.refusal = ""
            return Look(
                format=source.format, columns=source.columns, mapping=dict(source.mapping), said=dict(said), rows=rows
            )  # fmt: skip
    except (EventsError, GeoError) as error:
        file.refusal = str(error)
        return None
