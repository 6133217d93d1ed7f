"""A zip or gzip archive that holds one table, unpacked within limits."""

from __future__ import annotations

import gzip
import zipfile
import zlib
from pathlib import Path, PurePosixPath
from typing import IO

from events.sources.errors import SourceError
from events.sources.limits import Limits

_TABLES = (".csv", ".tsv", ".tab", ".xlsx", ".parquet", ".geoparquet", ".geojson", ".geojsonl", ".ndjson")
_PERHAPS = (".json", ".txt")
"""What may as well say something of the table beside it."""
_WORDS = ("readme", "licen", "codebook", "metadata", "changelog", "terms")
_OTHERS = (
    (".shp", "a shapefile; save it as GeoJSON or CSV"), (".kml", "KML; save it as GeoJSON or CSV"),
    ("xl/workbook.bin", "a binary workbook; save it as .xlsx"),
    ("content.xml", "an OpenDocument file; save it as .xlsx"),
    ("word/document.xml", "a text document; save its table as CSV"),
    (".zip", "another archive; unpack it and give the table"),
)  # fmt: skip
_BLOCK = 1 << 20
_FREE = 1 << 20
"""Bytes below which no ratio is looked at: tiny archives of repeated text shrink a lot."""
_ROW = 16 << 20
"""Bytes in which a row of a sheet must end; a reader holds one row at a time."""


def is_workbook(path: Path) -> bool:
    """Whether a zip archive is an XLSX workbook. Raises SourceError for a broken archive."""
    try:
        with zipfile.ZipFile(path) as archive:
            return "xl/workbook.xml" in archive.namelist()
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError) as error:
        raise SourceError("The archive is broken or cut short; fetch it anew.") from error


def check_expansion(path: Path, limits: Limits) -> None:
    """Unpack every member into nothing. Raises SourceError beyond the limits or for a broken member."""
    try:
        with zipfile.ZipFile(path) as archive:
            for member in archive.infolist():
                _copy(archive, member, None, limits, of=path.stat().st_size)
    except (zipfile.BadZipFile, zlib.error, OSError, ValueError, RuntimeError, EOFError) as error:
        raise _unless_ours(error) from error


def unpack(path: Path, folder: Path, limits: Limits) -> Path:
    """The one table inside a zip archive, written to a folder. Raises SourceError."""
    try:
        with zipfile.ZipFile(path) as archive:
            member = _the_table(archive.infolist())
            # Our own name: what an archive calls its members reaches no path.
            target = folder / f"unpacked{PurePosixPath(member.filename).suffix.lower()}"
            _copy(archive, member, target, limits, of=path.stat().st_size)
            return target
    except (zipfile.BadZipFile, zlib.error, OSError, ValueError, RuntimeError, EOFError) as error:
        raise _unless_ours(error) from error


def unpack_gzip(path: Path, folder: Path, limits: Limits) -> Path:
    """What a gzip archive holds, written to a folder. Raises SourceError."""
    target = folder / "unpacked"
    try:
        with gzip.open(path) as packed, target.open("wb") as out:
            _pour(packed, out, limits, of=path.stat().st_size, row_ends=None)
    except (gzip.BadGzipFile, zlib.error, OSError, EOFError) as error:
        raise _unless_ours(error) from error
    return target


def _the_table(members: list[zipfile.ZipInfo]) -> zipfile.ZipInfo:
    """The one table among the members; texts beside a table say something of it. Raises SourceError."""
    named = [member for member in members if not _is_aside(member)]
    for suffixes in (_TABLES, _PERHAPS):
        found = [member for member in named if PurePosixPath(member.filename).suffix.lower() in suffixes]
        if len(found) == 1:
            return found[0]
        if found:
            names = ", ".join(repr(PurePosixPath(member.filename).name[:40]) for member in found[:4])
            raise SourceError(
                f"The zip archive holds {len(found):,} tables ({names}{', …' if len(found) > 4 else ''}); "
                "expected exactly one: unpack it and give the file."
            )
    what = next((what for end, what in _OTHERS for member in members if member.filename.lower().endswith(end)), None)
    raise SourceError(
        f"This is {what}." if what else "The zip archive holds no table; expected exactly one: a CSV, XLSX or GeoJSON."
    )


def _is_aside(member: zipfile.ZipInfo) -> bool:
    """A folder, a hidden file, or one about the table."""
    name = PurePosixPath(member.filename)
    hidden = name.name.startswith(".") or "__MACOSX" in name.parts
    return member.is_dir() or hidden or any(word in name.name.lower() for word in _WORDS)


def _copy(archive: zipfile.ZipFile, member: zipfile.ZipInfo, target: Path | None, limits: Limits, *, of: int) -> None:
    row_ends = b"row>" if member.filename.startswith("xl/worksheets/") and limits.size is not None else None
    with archive.open(member) as packed, (target or Path("/dev/null")).open("wb") as out:
        _pour(packed, out, limits, of=of, row_ends=row_ends)


def _pour(
    packed: IO[bytes] | gzip.GzipFile, out: IO[bytes], limits: Limits, *, of: int, row_ends: bytes | None
) -> None:
    """Unpack. of: bytes of the archive. row_ends: what ends the rows of a sheet, whose length is looked at."""
    most = None if limits.expansion is None else max(_FREE, limits.expansion * max(of, 1))
    size = row = 0
    while block := packed.read(_BLOCK):
        size += len(block)
        limits.check_size(size)
        if most is not None and size > most:
            raise SourceError(
                f"The archive grows more than {limits.expansion:,} times when unpacked, the most allowed here: "
                "unpack it and give the file."
            )
        if row_ends:
            row = row + len(block) if (end := block.rfind(row_ends)) < 0 else len(block) - end
            if row > _ROW:
                raise SourceError("A row of the workbook holds more than 16 MB; expected a table of events.")
        out.write(block)


def _unless_ours(error: BaseException) -> SourceError:
    if isinstance(error, SourceError):
        return error
    if isinstance(error, RuntimeError) and "password" in str(error):
        return SourceError("The zip archive is locked with a password; unpack it and give the file.")
    return SourceError("The archive is broken or cut short; fetch it anew.")
