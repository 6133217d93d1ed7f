"""The least that streamlit-folium can show: a map with one marker."""

import folium
import streamlit as st
from streamlit_folium import st_folium

st.set_page_config(layout="wide")
page = folium.Map(location=[34.9, 38.5], zoom_start=7, tiles=None)
folium.Marker([35.95, 39.01]).add_to(page)
st_folium(page, height=620, use_container_width=True, returned_objects=[])
