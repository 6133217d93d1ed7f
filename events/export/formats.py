"""The formats on offer: one `Format` each, all in `FORMATS`."""

from __future__ import annotations

import zipfile
from collections.abc import Callable
from dataclasses import dataclass
from importlib import import_module
from typing import Any, BinaryIO, Protocol

from events.atlas import Atlas
from events.export.streaming import Progress
from events.export.written import Written
from events.selection import Selection

README = "README.txt"
MOST_AT_ONCE = 100_000
"""Events that the server makes a file of: it lies in memory whole. The command line has no such bound."""


class Writer(Protocol):
    """Writes a selection's events to an open file and says what became of them."""

    def __call__(
        self,
        atlas: Atlas,
        selection: Selection,
        out: BinaryIO,
        *,
        include_restricted: bool = False,
        progress: Progress | None = None,
    ) -> Written:
        """Write; memory does not grow with the number of events, but for their keys."""
        ...


@dataclass(frozen=True, kw_only=True)
class Format:
    """One way out.

    id: as on the command line. label: English text of its button, to be translated. suffix, mime: of the file that
    `write` writes. text: whether a terminal may show it. readme: the text that goes with the file, where the format
    is somebody else's and our coding had to be translated; given what was written.
    """

    id: str
    label: str
    suffix: str
    mime: str
    write: Writer
    text: bool = True
    readme: Callable[[Atlas, Selection, Written], str] | None = None

    @property
    def download_suffix(self) -> str:
        """The suffix of the one file that `pack` makes."""
        return ".zip" if self.readme else self.suffix

    @property
    def download_mime(self) -> str:
        """The media type of the one file that `pack` makes."""
        return "application/zip" if self.readme else self.mime


def N_(message: str) -> str:  # noqa: N802 - the name that the catalogue's tool looks for
    """Mark a text for the translators."""
    return message


def _late(module: str, name: str) -> Callable[..., Any]:
    """A function of a module beside this one, loaded at its first call: a button needs no library of Excel's."""

    def call(*given: object, **named: object) -> Any:
        return getattr(import_module(f"events.export.{module}"), name)(*given, **named)

    return call


_CSV = "text/csv; charset=utf-8"
FORMATS: dict[str, Format] = {
    form.id: form
    for form in (
        Format(id="csv", label=N_("Download CSV"), suffix=".csv", mime=_CSV, write=_late("csv_file", "write_csv")),
        Format(
            id="geojson",
            label=N_("Download GeoJSON"),
            suffix=".geojson",
            mime="application/geo+json",
            write=_late("geojson_file", "write_geojson"),
        ),
        Format(
            id="geoparquet",
            label=N_("Download GeoParquet"),
            suffix=".parquet",
            mime="application/vnd.apache.parquet",
            write=_late("geoparquet_file", "write_geoparquet"),
            text=False,
        ),
        Format(
            id="xlsx",
            label=N_("Download Excel"),
            suffix=".xlsx",
            mime="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
            write=_late("xlsx_file", "write_xlsx"),
            text=False,
        ),
        Format(
            id="kml",
            label=N_("Download KML"),
            suffix=".kml",
            mime="application/vnd.google-earth.kml+xml",
            write=_late("kml_file", "write_kml"),
        ),
        Format(
            id="acled",
            label=N_("Download as ACLED columns"),
            suffix=".csv",
            mime=_CSV,
            write=_late("acled", "write_acled"),
            readme=_late("acled", "acled_readme"),
        ),
        Format(
            id="ucdp",
            label=N_("Download as UCDP columns"),
            suffix=".csv",
            mime=_CSV,
            write=_late("ucdp", "write_ucdp"),
            readme=_late("ucdp", "ucdp_readme"),
        ),
    )
}
"""Every format by id, in the order they are offered."""


def pack(
    form: Format,
    atlas: Atlas,
    selection: Selection,
    out: BinaryIO,
    *,
    name: str = "furat-events",
    include_restricted: bool = False,
) -> Written:
    """Write a format as one file to download: as it is, or zipped with its README. name: of the file in the zip."""
    if form.readme is None:
        return form.write(atlas, selection, out, include_restricted=include_restricted)
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        # A day of its own would make two downloads of the same events differ.
        table, readme = (
            zipfile.ZipInfo(file, date_time=(1980, 1, 1, 0, 0, 0))
            for file in (f"{name}-{form.id}{form.suffix}", README)
        )
        table.compress_type = readme.compress_type = zipfile.ZIP_DEFLATED
        with archive.open(table, "w", force_zip64=True) as file:
            written = form.write(atlas, selection, file, include_restricted=include_restricted)  # type: ignore[arg-type]
        archive.writestr(readme, form.readme(atlas, selection, written))
    return written
