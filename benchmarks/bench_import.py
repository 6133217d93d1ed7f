"""`make bench-import`: how long a file of UCDP's shape takes into a store, beside DuckDB merely reading it.

The rows of a real release are repeated under new ids, headlines and days until there are as many as asked for.
Both run in processes of their own, in turn; writes docs/import-speed.md.
"""

from __future__ import annotations

import argparse
import os
import platform
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path

import duckdb

_READING = (
    "import duckdb, sys; con = duckdb.connect(sys.argv[2]); "
    "con.execute('CREATE TABLE rows AS SELECT * FROM read_csv($1)', [sys.argv[1]])"
)


@dataclass
class Timed:
    """Seconds of each run, seconds of all its processors, and the most memory that one of them took, in MB."""

    seconds: list[float] = field(default_factory=list)
    busy: list[float] = field(default_factory=list)
    peak_mb: float = 0.0


def _shown(seconds: Sequence[float]) -> str:
    """Median, and least and most."""
    return f"{statistics.median(seconds):.1f} s ({min(seconds):.1f}–{max(seconds):.1f})"


def _ratio(ours: Sequence[float], theirs: Sequence[float]) -> str:
    return f"{statistics.median(mine / peer for mine, peer in zip(ours, theirs, strict=True)):.1f}"


def main() -> int:
    """Measure and write; 1 when the release is missing."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("release", type=Path, help="a CSV of UCDP GED")
    parser.add_argument("--rows", type=int, default=1_000_000)
    parser.add_argument("--times", type=int, default=3)
    parser.add_argument("--write", type=Path)
    asked = parser.parse_args()
    if not asked.release.is_file():
        print(f"{asked.release} is no file; expected a CSV of UCDP GED.", file=sys.stderr)
        return 1
    reading, importing = Timed(), Timed()
    with tempfile.TemporaryDirectory(prefix="furat-bench-") as name:
        folder = Path(name)
        file = folder / "repeated.csv"
        repeat(asked.release, file, rows=asked.rows)
        for run in range(asked.times):
            _time(reading, [sys.executable, "-c", _READING, str(file), str(folder / f"read{run}.duckdb")])
            store = folder / f"store{run}.duckdb"
            _time(importing, [sys.executable, "-m", "events", "import", str(file), "--store", str(store)])
            print(f"read {reading.seconds[-1]:.1f} s, imported {importing.seconds[-1]:.1f} s", flush=True)
        size, stored = file.stat().st_size, store.stat().st_size
    told = _told(asked.rows, size, stored, reading, importing)
    print(told)
    if asked.write:
        asked.write.write_text(told, encoding="utf-8")
    return 0


def repeat(release: Path, target: Path, *, rows: int) -> None:
    """Write so many rows of UCDP's shape: those of a release again and again, with other ids and headlines."""
    with duckdb.connect() as connection:
        connection.execute("CREATE TABLE once AS SELECT * FROM read_csv($1, all_varchar = true)", [str(release)])
        once = connection.execute("SELECT count(*) FROM once").fetchall()[0][0]
        connection.execute(
            "CREATE VIEW many AS SELECT * REPLACE (CAST(CAST(id AS BIGINT) + 1000000 * turn AS VARCHAR) AS id, "
            "source_headline || ' ' || turn AS source_headline) "
            f"FROM once, range({rows // once + 1}) AS r(turn) ORDER BY turn LIMIT {rows}"
        )
        connection.table("many").write_csv(str(target))


def _time(timed: Timed, command: Sequence[str]) -> None:
    # What others have written is on the disk before: nobody waits for it but who wrote it.
    os.sync()
    begin = time.perf_counter()
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE)  # noqa: S603
    _pid, status, used = os.wait4(process.pid, 0)
    timed.seconds.append(time.perf_counter() - begin)
    timed.busy.append(used.ru_utime + used.ru_stime)
    if status:
        raise SystemExit(process.stderr.read().decode() if process.stderr else "failed")
    timed.peak_mb = max(timed.peak_mb, _peak(used))


def _peak(used: resource.struct_rusage) -> float:
    return used.ru_maxrss / (1024 if sys.platform == "linux" else 1024 * 1024)


def _told(rows: int, size: int, stored: int, reading: Timed, importing: Timed) -> str:
    cores = len(os.sched_getaffinity(0))
    return f"""# Import speed

Written by `make bench-import`; do not edit. {datetime.now(UTC):%Y-%m-%d}, {cores} cores of {platform.machine()}, \
{platform.system()}; duckdb {version("duckdb")}, pyarrow {version("pyarrow")}.

{rows:,} rows of UCDP GED's shape ({size / 1e6:,.0f} MB), {len(reading.seconds)} times in turn; median, in brackets \
least and most.

| | time | of all processors | most memory |
|---|---:|---:|---:|
| DuckDB reads the file into a table | {_shown(reading.seconds)} | {_shown(reading.busy)} | {reading.peak_mb:,.0f} MB |
| `python -m events import` | {_shown(importing.seconds)} | {_shown(importing.busy)} | {importing.peak_mb:,.0f} MB |
| ratio (goal: 3) | {_ratio(importing.seconds, reading.seconds)} | {_ratio(importing.busy, reading.busy)} | |

Each time is that of the whole command, from its start to its end, on a disk that was idle before. The import reads
the file twice (once for its digest and encoding), counts its lines, judges every cell it maps, knows parties, voices
and places again, keeps every row as it came, and writes events, places, parties, claims and reports into a new store
of {stored / 1e6:,.0f} MB.
"""


if __name__ == "__main__":
    sys.exit(main())
