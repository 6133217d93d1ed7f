"""What the benchmarks measure upon is a store like any other."""

from __future__ import annotations

from pathlib import Path

from benchmarks.synthetic import parquet_beside, write_store
from events.atlas import Atlas, open_atlas


def test_made_up_events_make_a_store(atlas: Atlas, tmp_path: Path) -> None:
    path = tmp_path / "made.duckdb"
    write_store(path, 300, dataset=atlas.dataset, gazetteer=atlas.gazetteer)
    assert open_atlas(address=str(path)).store.total == atlas.store.total + 300
    assert parquet_beside(path).is_file()
