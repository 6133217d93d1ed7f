"""A zip archive that holds one table, unpacked within limits."""

from __future__ import annotations

import zipfile
import zlib
from pathlib import Path, PurePosixPath

from events.sources.errors import SourceError
from events.sources.limits import Limits

_TABLES = (".csv", ".tsv", ".txt", ".tab", ".json", ".geojson", ".xlsx", ".parquet", ".geoparquet")
_BLOCK = 1 << 20
_FREE = 1 << 20
"""Bytes below which no ratio is looked at: tiny archives of repeated text shrink a lot."""


def is_workbook(path: Path) -> bool:
    """Whether a zip archive is an XLSX workbook. Raises SourceError for a broken archive."""
    try:
        with zipfile.ZipFile(path) as archive:
            return "xl/workbook.xml" in archive.namelist()
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError) as error:
        raise SourceError("The zip archive is broken or cut short; fetch it anew.") from error


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
            members = [member for member in archive.infolist() if _is_table(member)]
            if len(members) != 1:
                found = "no table" if not members else f"{len(members):,} tables"
                raise SourceError(f"The zip archive holds {found}; expected exactly one: unpack it and give the file.")
            # Our own name: what an archive calls its members reaches no path.
            target = folder / f"unpacked{PurePosixPath(members[0].filename).suffix.lower()}"
            _copy(archive, members[0], target, limits, of=path.stat().st_size)
            return target
    except (zipfile.BadZipFile, zlib.error, OSError, ValueError, RuntimeError, EOFError) as error:
        raise _unless_ours(error) from error


def _is_table(member: zipfile.ZipInfo) -> bool:
    name = PurePosixPath(member.filename)
    hidden = name.name.startswith(".") or "__MACOSX" in name.parts
    return not (member.is_dir() or hidden or "readme" in name.name.lower()) and name.suffix.lower() in _TABLES


def _copy(archive: zipfile.ZipFile, member: zipfile.ZipInfo, target: Path | None, limits: Limits, *, of: int) -> None:
    most = None if limits.expansion is None else max(_FREE, limits.expansion * max(of, 1))
    size = 0
    with archive.open(member) as packed, (target or Path("/dev/null")).open("wb") as out:
        while block := packed.read(_BLOCK):
            size += len(block)
            limits.check_size(size)
            if most is not None and size > most:
                raise SourceError(
                    f"The zip archive grows more than {limits.expansion:,} times when unpacked, the most allowed here: "
                    "unpack it and give the file."
                )
            out.write(block)


def _unless_ours(error: BaseException) -> SourceError:
    if isinstance(error, SourceError):
        return error
    if isinstance(error, RuntimeError) and "password" in str(error):
        return SourceError("The zip archive is locked with a password; unpack it and give the file.")
    return SourceError("The zip archive is broken or cut short; fetch it anew.")
