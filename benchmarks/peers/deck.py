"""st.pydeck_chart: a ScatterplotLayer, without a background map."""

import pydeck as pdk  # type: ignore[import-untyped]
import streamlit as st
from made_up import chosen  # type: ignore[import-not-found]

st.set_page_config(layout="wide")
layer = pdk.Layer(
    "ScatterplotLayer", chosen(), get_position=["lon", "lat"], get_radius=300, get_fill_color=[180, 40, 40]
)
view = pdk.ViewState(latitude=34.9, longitude=38.5, zoom=6)
st.pydeck_chart(pdk.Deck(layers=[layer], initial_view_state=view, map_style=None, map_provider=None), height=620)
