"""What is loaded when: nothing large before the server answers, nothing before the first map that it does not need."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[3]


def loaded(program: str) -> set[str]:
    """Names of the modules that a fresh Python has loaded after a program."""
    told = subprocess.run(
        [sys.executable, "-c", f"import sys\n{program}\nprint(*sys.modules)"],
        cwd=ROOT, capture_output=True, text=True, check=True,
    )  # fmt: skip
    return set(told.stdout.split())


def test_the_server_answers_before_the_engine_and_the_map_are_loaded() -> None:
    assert not loaded("import dashboard") & {"duckdb", "ibis", "pandas", "pyarrow", "folium", "events.atlas"}


def test_the_first_map_is_loaded_without_what_only_other_pages_and_files_need() -> None:
    warm = loaded("from events.ui.warming import warm\nwarm()\nimport events.routes")
    assert {"folium", "duckdb", "events.ui.table"} <= warm
    assert not warm & {"geopandas", "shapely", "rapidfuzz", "xlsxwriter", "lxml", "trafilatura", "events.reading"}


def test_no_component_is_named_ahead() -> None:
    # Streamlit serves a component only where a page's run has named it; elsewhere its frame is not found.
    assert not loaded("import events.ui.warming") & {"streamlit_folium", "events.ui.map_frame", "events.ui.link"}
