"""streamlit-folium with FastMarkerCluster."""

import folium
import streamlit as st
from folium.plugins import FastMarkerCluster
from made_up import chosen  # type: ignore[import-not-found]
from streamlit_folium import st_folium

st.set_page_config(layout="wide")
page = folium.Map(location=[34.9, 38.5], zoom_start=7, tiles=None, maxZoom=18, prefer_canvas=True)
FastMarkerCluster(chosen().to_numpy().tolist()).add_to(page)  # type: ignore[no-untyped-call]
st_folium(page, height=620, use_container_width=True, returned_objects=[])
