"""Small Streamlit pages to measure beside the dashboard: the same events, the same filter, another way to draw."""
