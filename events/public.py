"""Which data this process serves to everybody. Opened on first use: the server answers before the data are in."""

from __future__ import annotations

import threading
import time
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from events.atlas import Atlas

LOOK_AGAIN_S = 2.0
"""How often the process looks whether a store's file was replaced by an import, in seconds."""


@dataclass
class _Public:
    """What is served, and where it comes from. folder: of event tables, None for our own."""

    folder: Path | None = None
    extra_places: tuple[Path, ...] = ()
    address: str | None = None
    atlas: Atlas | None = None
    state: object = None
    looked: float = 0.0


_public = _Public()
_opening = threading.Lock()


def publish(folder: Path | None, *, extra_places: tuple[Path, ...] = (), address: str | None = None) -> None:
    """Say which tables (None: our own), or which store, this process serves. To be called before the first visitor."""
    _public.folder, _public.extra_places, _public.address, _public.atlas = folder, extra_places, address, None


def public_atlas() -> Atlas:
    """The atlas this process serves, opened by whoever asks first, and again after an import has replaced its store."""
    # Not above: the engine's libraries take a third of a second, in which the server can answer already.
    from events.atlas import open_atlas
    from events.engines.address import changed_at
    from events.tables import DATA

    with _opening:
        now = time.monotonic()
        if _public.address is not None and now - _public.looked > LOOK_AGAIN_S:
            state = changed_at(_public.address)
            if state is not None and state != _public.state:
                _public.atlas, _public.state = None, state
            _public.looked = now
        if _public.atlas is None:
            _public.atlas = open_atlas(
                _public.folder or DATA, extra_places=_public.extra_places, address=_public.address
            )
        return _public.atlas
