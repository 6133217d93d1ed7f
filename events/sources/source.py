"""A foreign file, opened: what format it has, what its columns mean, and its way into `incoming`."""

from __future__ import annotations

import tempfile
from collections.abc import Mapping
from pathlib import Path
from types import TracebackType

import duckdb
import pyarrow as pa

from events.sources.columns import check_mapping, guess_mapping
from events.sources.container import Opened, open_rows
from events.sources.dates import DayOrder, is_numeric, is_serial, tell_order
from events.sources.errors import SourceError
from events.sources.issues import Issues
from events.sources.limits import COMMAND_LINE, Limits
from events.sources.recognise import FORMATS, Format, check_required, recognise, refuse_aggregate
from events.sources.settling import settle, unread
from events.sources.staging import Progress, Staged, stage_rows
from events.sources.table import check_table
from events.sources.tidying import is_tags
from geo.gazetteer import Gazetteer

_PREVIEW = 200
_FIRST = 20


class Source:
    """A file of events. Use it as a context, so that what it unpacked goes away.

    format: of FORMATS. columns: the file's own. mapping: field to column. digest: SHA-256 of the file, in hex.
    """

    def __init__(self, opened: Opened, *, name: str, form: Format, mapping: dict[str, str]) -> None:
        self._opened, self._rows = opened, opened.rows
        self.name, self.format, self.mapping = name, form, mapping
        self.columns = opened.rows.columns
        self.digest = opened.digest

    def __enter__(self) -> Source:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Let go of the file and remove what was unpacked."""
        close = getattr(self._rows, "close", None)
        if close is not None:
            close()
        self._opened.folder.cleanup()

    def preview(self, n: int = 20) -> list[list[str]]:
        """The first n data rows, cells as text in the order of the columns."""
        rows = self._rows.preview(n + 1)
        return rows[1:] if rows and is_tags(rows[0]) else rows[:n]

    def stage(
        self, connection: duckdb.DuckDBPyConnection, gazetteer: Gazetteer, progress: Progress | None = None
    ) -> Staged:
        """Make the table `incoming` in a connection of its own and fill it.

        Raises SourceError where the mapping says too little, no row is good, or the file breaks a limit.
        """
        if self.format in ("table", "geojson"):
            check_table(self.columns, self.mapping)
        issues = Issues(self.name)
        if self.format in ("table", "geojson"):
            for column, reason in unread(self.mapping, self.columns):
                issues.add(line=1, column=column, value="", reason=reason)
        try:
            staged = stage_rows(
                connection, rows=self._rows, form=self.format, mapping=self.mapping, gazetteer=gazetteer,
                issues=issues, order=self._order(issues), progress=progress,
            )  # fmt: skip
        except (duckdb.Error, pa.ArrowException) as error:
            # Such as no room left on the disk.
            raise SourceError(f"The file cannot be taken in: {' '.join(str(error).split())[:200]}.") from error
        if not staged.rows and not staged.issues:
            raise SourceError("The file has a header and no rows; expected at least one event.")
        return staged

    def _order(self, issues: Issues) -> DayOrder:
        """Whether 5/10/2017 is in October or May: by all days of the column, else by those of other columns."""
        column = self.mapping.get("date_start") or self.mapping.get("date")
        if self.format == "gdelt" or column is None:
            return DayOrder()
        at = self.columns.index(column)
        first = self._rows.preview(_PREVIEW)
        if serial := next((row[at] for row in first if is_serial(row[at])), None):
            reason = "such numbers were taken for days as spreadsheets count them, from 30 December 1899"
            issues.add(line=1, column=column, value=serial, reason=reason)
        if not any(is_numeric(row[at]) for row in first):
            return DayOrder()
        days: set[str] = set()
        for chunk in self._rows.chunks(Issues("")):
            days.update(day for day in chunk.table[f"c{at}"].unique().to_pylist() if day and is_numeric(day))
        order, told = tell_order(days)
        if not told:
            order, told = tell_order(cell for row in first for cell in row)
        if days and not told and not order.odd:
            reason = f"nothing tells whether such days start with the day or the month; the {order.first} was taken"
            issues.add(line=1, column=column, value=min(days), reason=reason)
        if days and order.odd:
            reason = (
                "some days of the file start with the day and some with the month; such a one was read the only way "
                f"it can be, those that could be either with the {order.first} first"
            )
            issues.add(line=1, column=column, value=order.odd, reason=reason)
        return order


def open_source(
    path: Path,
    *,
    format: str = "auto",
    mapping: Mapping[str, str] | None = None,
    name: str | None = None,
    limits: Limits = COMMAND_LINE,
) -> Source:
    """Open a file and recognise it.

    mapping: field to column, over the guess; an empty column takes a guess away. name: what the file is called in
    issues. Raises SourceError for a file that is no table of events, a wrong format or mapping, or too big a file.
    """
    if format not in ("auto", *FORMATS):
        raise SourceError(f"{format!r} is no format; expected auto, {', '.join(FORMATS)}.")
    folder = tempfile.TemporaryDirectory(prefix="furat-")
    try:
        opened = open_rows(path, folder=folder, limits=limits, gdelt=format == "gdelt")
        return _recognised(opened, format, mapping or {}, (name or path.name).encode("utf-8", "replace").decode())
    except OSError as error:
        folder.cleanup()
        raise SourceError(f"The file cannot be read: {error.strerror or error}.") from error
    except BaseException:
        folder.cleanup()
        raise


def _recognised(opened: Opened, told: str, given: Mapping[str, str], name: str) -> Source:
    columns = opened.rows.columns
    form = recognise(columns) if told == "auto" else next(f for f in FORMATS if f == told)
    if form == "table" and opened.geojson:
        form = "geojson"
    if told == "geojson" and not opened.geojson:
        raise SourceError("The file is no GeoJSON; expected a FeatureCollection (RFC 7946), or another --format.")
    first = opened.rows.preview(_FIRST)
    tags = dict(zip(columns, first[0], strict=True)) if first and is_tags(first[0]) else {}
    kind = "table" if form == "geojson" else form
    mapping = guess_mapping(kind, columns, {column: tag for column, tag in tags.items() if tag})
    if kind == "table":
        settle(mapping, columns, first[1:] if tags else first)
    checked = check_mapping(kind, given, columns)
    # A column given to one field serves no other by guess.
    mapping = {field: column for field, column in mapping.items() if column not in checked.values()} | checked
    mapping = {field: column for field, column in mapping.items() if column}
    check_required(form, columns, mapping)
    if kind == "table" and not given:
        refuse_aggregate(columns, mapping, first[1:] if tags else first)
    return Source(opened, name=name, form=form, mapping=mapping)
