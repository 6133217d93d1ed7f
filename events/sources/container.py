"""What kind of file it is, by its first bytes, and its rows; anything that is no table is refused."""

from __future__ import annotations

import tempfile
from dataclasses import dataclass
from pathlib import Path

from events.sources.archive import check_expansion, is_workbook, unpack, unpack_gzip
from events.sources.delimited import Delimited
from events.sources.errors import SourceError
from events.sources.headerless import headerless
from events.sources.limits import Limits
from events.sources.rows import Rows, unique_names
from events.sources.sniff import sniff, tabbed
from events.sources.text import Text, digest_of, examine

_HEAD = 4096
_NO_TABLES = (
    (b"%PDF", "a PDF document"), (b"\x89PNG", "an image"), (b"\xff\xd8\xff", "an image"), (b"GIF8", "an image"),
    (b"BM", "an image"), (b"II*\0", "an image"), (b"MM\0*", "an image"), (b"RIFF", "a media file"),
    (b"\xd0\xcf\x11\xe0", "a file of an old Office; save it as .xlsx"),
    (b"7z\xbc\xaf", "a 7z archive; unpack it"), (b"Rar!", "a RAR archive; unpack it"),
    (b"BZh", "a bzip2 archive; unpack it"), (b"\xfd7zXZ", "an xz archive; unpack it"),
    (b"(\xb5/\xfd", "a Zstandard archive; unpack it"),
    (b"SQLite format 3", "a database, such as a GeoPackage; save its table as CSV or GeoJSON"),
    (b"\x7fELF", "a program"), (b"MZ\x90", "a program"), (b"{\\rtf", "a text document"), (b"ID3", "a sound"),
    (b"OggS", "a media file"), (b"DUCK", "a database"), (b"ARROW1", "an Arrow file; save it as Parquet"),
    (b"\x80\x04", "a pickle"), (b"<stata_dta>", "a file of Stata; save it as CSV"),
    (b"$FL2", "a file of SPSS; save it as CSV"), (b"\0\0\x27\x0a", "a shapefile; save it as GeoJSON or CSV"),
    (b"RDX", "a file of R; save the table as CSV"), (b"RDA", "a file of R; save the table as CSV"),
    (b"X\n\0\0", "a file of R; save the table as CSV"),
    (b"version https://git-lfs", "a pointer of Git LFS and not the file; fetch the file itself"),
)  # fmt: skip
_EXPECTED = "expected a table of events: CSV, TSV, XLSX, Parquet or GeoJSON"
_CONTROL = bytes(set(range(32)) - {0, 9, 10, 12, 13, 26})


@dataclass(frozen=True, kw_only=True)
class Opened:
    """The rows of a file. digest: SHA-256 of the whole file. folder: goes with them."""

    rows: Rows
    digest: str
    geojson: bool
    folder: tempfile.TemporaryDirectory[str]


def open_rows(path: Path, *, folder: tempfile.TemporaryDirectory[str], limits: Limits, gdelt: bool) -> Opened:
    """The rows of a file. gdelt: a text without a header is GDELT's. Raises SourceError, OSError."""
    if path.is_dir():
        raise SourceError("This is a directory; give the files in it.")
    if not path.is_file():
        raise SourceError("There is no such file." if not path.exists() else "This is no ordinary file.")
    size = path.stat().st_size
    limits.check_size(size)
    if not size:
        raise SourceError(f"The file is empty; {_EXPECTED}.")
    digest = ""
    with path.open("rb") as file:
        head = file.read(_HEAD)
    zipped = head.startswith(b"PK\x03\x04") and not is_workbook(path)
    if zipped or head.startswith(b"\x1f\x8b"):
        digest = digest_of(path)
        path = (unpack if zipped else unpack_gzip)(path, Path(folder.name), limits)
        with path.open("rb") as file:
            head = file.read(_HEAD)
    rows, own = _rows(path, head, limits, gdelt=gdelt)
    return Opened(rows=rows, digest=digest or own, geojson=getattr(rows, "geojson", False), folder=folder)


def _rows(path: Path, head: bytes, limits: Limits, *, gdelt: bool) -> tuple[Rows, str]:
    if head.startswith(b"PK"):
        return _workbook(path, limits), digest_of(path)
    if head.startswith(b"PAR1"):
        from events.sources.parquet import Parquet  # shapely and Parquet's reader, for these files only

        return Parquet(path, limits=limits), digest_of(path)
    for start, what in _NO_TABLES:
        if head.startswith(start):
            raise SourceError(f"This is {what}; {_EXPECTED}.")
    text = examine(path)
    if text.encoding in ("utf-8", "cp1252", "cp1256", "iso8859_6") and _is_binary(head):
        raise SourceError(f"This is no text and no known kind of table; {_EXPECTED}.")
    return _of_text(text, limits, gdelt=gdelt), text.digest


def _workbook(path: Path, limits: Limits) -> Rows:
    from events.sources.workbook import Workbook  # only these files need it

    if not is_workbook(path):
        raise SourceError("The zip archive holds another archive; unpack it and give the table.")
    check_expansion(path, limits)
    return Workbook(path, limits=limits)


def _of_text(text: Text, limits: Limits, *, gdelt: bool) -> Rows:
    top = text.head()
    start = top.lstrip()[:200].casefold()
    if not start:
        raise SourceError(f"The file holds nothing but blanks; {_EXPECTED}.")
    if start.startswith("<"):
        what = "a web page" if "<html" in start or "<!doctype html" in start else "XML"
        what = "KML; save it as GeoJSON or CSV" if "<kml" in start else what
        raise SourceError(f"This is {what}; {_EXPECTED}.")
    if start.startswith("{") or (start.startswith("[") and start[1:].lstrip()[:1] in ("{", "]")):
        from events.sources.features import Features  # shapely, for these files only

        return Features(text, limits=limits)
    cells = tabbed(top)
    if cells and (columns := headerless(cells, told_gdelt=gdelt)):
        return Delimited(text, columns=columns, delimiter="\t", quoting=False, above=0, lines_above=0, limits=limits)
    shape = sniff(top)
    if shape is None:
        raise SourceError(f"The text is no table of several columns; {_EXPECTED}.")
    columns = headerless(shape.header, told_gdelt=False)
    return Delimited(
        text, columns=columns or unique_names(shape.header), delimiter=shape.delimiter, quoting=shape.quoting,
        above=0 if columns else shape.above, lines_above=0 if columns else shape.lines_above, limits=limits,
    )  # fmt: skip


def _is_binary(head: bytes) -> bool:
    controls = sum(head.count(code) for code in _CONTROL)
    return controls > len(head) / 50 or head.count(0) > len(head) / 4
