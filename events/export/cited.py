"""The reports that an export cites."""

from __future__ import annotations

import json
import shutil
import tempfile
from collections.abc import Iterable
from typing import BinaryIO

from events.engines.schema import Row
from events.model import Report


def reports_of(row: Row) -> list[Report]:
    """The reports an event rests on, each once, in the order of its claims."""
    return list({claim["cited"].id: claim["cited"] for claim in row["claims"]}.values())


class Sources:
    """Reports as members of a JSON array, each once; kept on disk, for a file may cite as many as it has events."""

    def __init__(self) -> None:
        self._seen: set[str] = set()
        self._lines = tempfile.SpooledTemporaryFile(max_size=1 << 20)  # noqa: SIM115 - closed by `write_to`

    def add(self, reports: Iterable[Report]) -> None:
        """Note that these reports are cited."""
        for report in reports:
            if report.id in self._seen:
                continue
            told = {
                "id": report.id,
                "publisher": report.publisher_en,
                "headline": report.headline,
                "published": report.published.isoformat() if report.published else None,
            }
            line = json.dumps(told, ensure_ascii=False, allow_nan=False)
            self._lines.write((",\n" if self._seen else "\n").encode() + line.encode())
            self._seen.add(report.id)

    def write_to(self, out: BinaryIO) -> None:
        """Write the members, in the order they were first cited, and forget them."""
        self._lines.seek(0)
        shutil.copyfileobj(self._lines, out)
        self._lines.close()
