"""The events and the filter that all peers share. FURAT_BENCH_EVENTS names the Parquet file of `synthetic`."""

from __future__ import annotations

import os

import pandas as pd
import streamlit as st

ACTORS = ("Islamic State", "Syrian Democratic Forces", "Russia", "Coalition", "Turkey")


@st.cache_resource
def _events() -> pd.DataFrame:
    frame = pd.read_parquet(os.environ["FURAT_BENCH_EVENTS"], columns=["lat", "lon", "a", "b"])
    return frame.astype({"a": "category", "b": "category"})


def chosen() -> pd.DataFrame:
    """The rows that the boxes in the sidebar leave; draws the boxes."""
    frame = _events()
    wanted = [actor for actor in ACTORS if st.sidebar.checkbox(actor)]
    if wanted:
        frame = frame[frame.a.isin(wanted) | frame.b.isin(wanted)]
    st.sidebar.write(f"{len(frame)} events")
    return frame[["lat", "lon"]]
