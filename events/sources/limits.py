"""How much of a file is taken."""

from __future__ import annotations

from dataclasses import dataclass

from events.sources.errors import SourceError


@dataclass(frozen=True, kw_only=True)
class Limits:
    """The most that is read; None is "as much as there is".

    size: bytes of the file, and of the table inside a zip archive. rows: data rows. cell: characters of a cell.
    expansion: how many times larger a zip archive may become. The defaults are for files of visitors and ours.
    """

    size: int | None = 200_000_000
    rows: int | None = 1_000_000
    cell: int | None = 100_000
    expansion: int | None = 200

    def check_size(self, size: int) -> None:
        """Raises SourceError for more bytes than allowed."""
        if self.size is not None and size > self.size:
            raise SourceError(
                f"The file holds {size / 1e6:,.1f} MB; here at most {self.size / 1e6:,.0f} MB are read: "
                "split it, or import it on the command line."
            )

    def check_rows(self, rows: int) -> None:
        """Raises SourceError for more rows than allowed."""
        if self.rows is not None and rows > self.rows:
            raise SourceError(
                f"The file holds more than {self.rows:,} rows, the most that are read here: "
                "split it, or import it on the command line."
            )


VISITOR = Limits()
"""For a file from the page."""

COMMAND_LINE = Limits(size=None, rows=None, cell=None, expansion=None)
"""For a file of the person at the command line."""
