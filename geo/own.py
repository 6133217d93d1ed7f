"""Where the user's own places are kept, which `python -m geo add` writes and the dashboard reads beside ours."""

from __future__ import annotations

import os
import sys
from pathlib import Path

USER_PLACES = "FURAT_PLACES"
"""Environment variable naming the user's own table of places."""


def user_places() -> Path:
    """Where the user's own places are kept: FURAT_PLACES, else the platform's data folder."""
    if given := os.environ.get(USER_PLACES):
        return Path(given)
    home = Path.home()
    if sys.platform == "darwin":
        folder = home / "Library" / "Application Support"
    elif sys.platform == "win32":
        folder = Path(os.environ.get("LOCALAPPDATA") or home / "AppData" / "Local")
    else:
        folder = Path(os.environ.get("XDG_DATA_HOME") or home / ".local" / "share")
    return folder / "furat" / "places.csv"


def user_tables() -> tuple[Path, ...]:
    """The user's own table of places, if there is one: what `load_gazetteer` takes beside ours."""
    own = user_places()
    return (own,) if own.exists() else ()
