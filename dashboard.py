"""Furat: the app. `streamlit run dashboard.py` serves the pages and, on the same port, the routes beside them."""

from __future__ import annotations

import os
import threading
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import streamlit as st
from starlette.middleware import Middleware

from events.atlas import public_atlas, publish
from events.headers import SafeHeaders
from events.routes import routes
from events.tables import DATA
from events.ui.tiles import online_tiles
from geo.__main__ import user_tables

UI = Path(__file__).parent / "events" / "ui"


def _store() -> str | None:
    """Address of the store, from the environment or Streamlit's secrets; None shows the bundled tables."""
    if address := os.environ.get("FURAT_STORE"):
        return address
    try:
        return str(st.secrets["FURAT_STORE"])
    except (KeyError, FileNotFoundError):
        return None


publish(Path(os.environ.get("FURAT_TABLES", DATA)), extra_places=user_tables(), address=_store())


@asynccontextmanager
async def warmed(_app: object) -> AsyncIterator[None]:
    """Open the data while the first visitor's browser still loads the page."""
    threading.Thread(target=_warm, daemon=True).start()
    yield


def _warm() -> None:
    try:
        public_atlas()
    except Exception as error:  # noqa: BLE001 - the page opens the data again and tells the visitor what is wrong
        print(f"Furat could not open its data: {error}")


app = st.App(
    "events/ui/page.py",
    lifespan=warmed,
    routes=routes(assets=UI / "assets", tiles=online_tiles),
    middleware=[Middleware(SafeHeaders, tile_urls=[layer["url"] for layer in online_tiles()])],
)
