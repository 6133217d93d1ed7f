"""pandas stays away until there is a data frame, and is there as soon as there is one."""

from __future__ import annotations

import pytest

from tests import fresh


def told(program: str) -> str:
    """What a fresh Python prints that has loaded folium as the pages do."""
    return fresh.told(f"import sys, events.ui.frames as frames\n{program}")


def test_folium_is_loaded_and_arrow_makes_tables_without_pandas() -> None:
    program = "import pyarrow as pa\npa.table({'n': [1, None], 't': ['a', 'ب']})\nprint(*sys.modules)"
    loaded = told(program).split()
    assert {"folium.plugins", "pyarrow"} <= set(loaded)
    assert "pandas" not in loaded


def test_the_map_page_is_shown_without_pandas() -> None:
    program = (
        "from streamlit.testing.v1 import AppTest\n"
        f"app = AppTest.from_file({str(fresh.ROOT / 'events/ui/page.py')!r}, default_timeout=120)\n"
        "app.query_params['lang'] = 'ar'\n"
        "app.run()\n"
        "print(len(app.exception), len(app.get('component_instance')), 'pandas' in sys.modules)"
    )
    assert told(program).splitlines()[-1] == "0 1 False"


@pytest.mark.parametrize(
    "use",
    [
        "assert pa.Table.from_pandas(frame).to_pandas().equals(frame)",
        "assert pa.table(frame).num_rows == 2",
        "assert pa.table({'n': [1, None]}).to_pandas()['n'].isna().sum() == 1",
        "import geopandas; frame.to_parquet(path); assert geopandas.pd.read_parquet(path).equals(frame)",
        "from streamlit.dataframe_util import convert_pandas_df_to_arrow_bytes as sent; assert sent(frame)",
    ],
)
def test_a_frame_is_taken_as_if_pandas_had_always_been_there(use: str) -> None:
    program = (
        "import tempfile, pandas as pd, pyarrow as pa\n"
        "path = tempfile.mkstemp(suffix='.parquet')[1]\n"
        "frame = pd.DataFrame({'n': [1.5, None], 't': ['a', None], 'd': pd.to_datetime(['2017-06-06', None])})\n"
        f"{use}\nprint('taken')"
    )
    assert told(program) == "taken"


@pytest.mark.parametrize("kind", ["v1.custom_component", "v2.bidi_component.serialization"])
def test_a_component_is_handed_frames_as_tables_and_lists_as_they_are(kind: str) -> None:
    program = (
        f"import pandas as pd, streamlit.components.{kind} as components\n"
        "print(*map(components.is_dataframe_like, (pd.DataFrame({'n': [1]}), pd.Series([1]), [1], {'n': [1]}, 'n')))"
    )
    assert told(program) == "True True False False False"


def test_other_threads_find_pandas_meanwhile() -> None:
    program = (
        "import threading\n"
        "def load():\n"
        "    try: import pandas; print('found')\n"
        "    except ImportError: print('not found')\n"
        "with frames.without_pandas():\n"
        "    load()\n"
        "    other = threading.Thread(target=load); other.start(); other.join()\n"
        "load()"
    )
    assert told(program).split("\n") == ["not found", "found", "found"]
