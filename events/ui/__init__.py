"""The pages. The only code of `events` that knows Streamlit."""
