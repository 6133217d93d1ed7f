"""Answering before everything is loaded."""

from __future__ import annotations

import threading
from collections.abc import Callable

from starlette.concurrency import run_in_threadpool
from starlette.types import ASGIApp, Receive, Scope, Send


class Late:
    """An ASGI app that is made when it is first asked, in a thread of its own: until then nobody waits for it."""

    def __init__(self, make: Callable[[], ASGIApp]) -> None:
        """make: imports what the app needs, and makes it; called once."""
        self._make = make
        self._making = threading.Lock()
        self._app: ASGIApp | None = None

    def made(self) -> ASGIApp:
        """The app, made by whoever asks first. May be called ahead, by any thread."""
        with self._making:
            if self._app is None:
                self._app = self._make()
            return self._app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on."""
        app = await run_in_threadpool(self.made) if self._app is None else self._app
        await app(scope, receive, send)
