"""st.map: every event a point of deck.gl."""

import streamlit as st
from made_up import chosen  # type: ignore[import-not-found]

st.set_page_config(layout="wide")
st.map(chosen(), latitude="lat", longitude="lon", size=300, zoom=6, height=620)
