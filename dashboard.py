"""Furat: the app. `streamlit run dashboard.py` serves the pages and, on the same port, the routes beside them."""

from __future__ import annotations

import ctypes
import gc
import importlib
import os
import sys
import threading
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from pathlib import Path

import streamlit as st
from starlette.middleware import Middleware
from starlette.routing import Mount, Route, Router
from starlette.staticfiles import StaticFiles
from starlette.types import ASGIApp

from events.direction import Turned
from events.headers import SafeHeaders
from events.late import Late
from events.public import publish
from events.ui.tiles import online_tiles
from geo.own import user_tables

UI = Path(__file__).parent / "events" / "ui"
_ARENAS_MOST = -8
"""M_ARENA_MAX of glibc's malloc.h."""


def _store() -> str | None:
    """Address of the store, from the environment or Streamlit's secrets; None shows the bundled tables."""
    if address := os.environ.get("FURAT_STORE"):
        return address
    try:
        return str(st.secrets["FURAT_STORE"])
    except (KeyError, FileNotFoundError):
        return None


def _routes() -> ASGIApp:
    return Router(importlib.import_module("events.routes").routes(tiles=online_tiles))


def _warm() -> None:
    """Load what the first page needs, while its visitor's browser still loads Streamlit."""
    try:
        importlib.import_module("events.ui.warming").warm()
        api.made()
    except Exception as error:  # noqa: BLE001 - the page opens the data again and tells the visitor what is wrong
        print(f"Furat could not open its data: {error}")
    finally:
        # What was loaded stays. Frozen it is no longer looked through for garbage, which Streamlit does in every run.
        gc.freeze()
        gc.enable()


@asynccontextmanager
async def warmed(_app: object) -> AsyncIterator[None]:
    """Start to load everything as soon as the server answers."""
    threading.Thread(target=_warm, daemon=True).start()
    yield


def _share_memory() -> None:
    """Have glibc's threads share two arenas. Each visit is a thread, and each arena keeps what it once had."""
    if sys.platform == "linux":
        # musl has no such thing.
        with suppress(AttributeError):
            ctypes.CDLL(None).mallopt(_ARENAS_MOST, 2)


_share_memory()
# Arrow's own allocator keeps megabytes for tables of a few rows.
os.environ.setdefault("ARROW_DEFAULT_MEMORY_POOL", "system")
folder = os.environ.get("FURAT_TABLES")
publish(Path(folder) if folder else None, extra_places=user_tables(), address=_store())
# Until all is loaded nothing is garbage, and to look for it costs a fifth of a second.
gc.disable()
# A thread that computes gives way to the one that answers after 1 ms, not 5: the browser asks for a hundred files.
sys.setswitchinterval(0.001)
api = Late(_routes)
app = st.App(
    "events/ui/page.py",
    lifespan=warmed,
    routes=[Route("/api/{path:path}", api), Mount("/assets", StaticFiles(directory=UI / "assets"))],
    middleware=[
        Middleware(SafeHeaders, tile_urls=[layer["url"] for layer in online_tiles()]),
        Middleware(Turned),
    ],
)
