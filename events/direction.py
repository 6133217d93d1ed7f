"""The language and direction of the page in its first byte: all else of it, its styles too, arrives with scripts.

Without this an Arabic page is laid out from the left, sidebar and all, and turned round before the reader's eyes.
"""

from __future__ import annotations

import re
from urllib.parse import parse_qs

from starlette.datastructures import Headers, MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from events.selection import LANGS

_ARABIC_FIRST = re.compile(r"\s*ar\b")
_SENT, _TURNED = b'<html lang="en">', b'<html lang="ar" dir="rtl">'


def spoken(scope: Scope) -> str:
    """The language that a request asks for: the link's, else the browser's first; as `events.ui.session` has it."""
    asked: str = parse_qs(scope["query_string"].decode("latin-1")).get("lang", [""])[0]
    if asked in LANGS:
        return asked
    first = Headers(scope=scope).get("accept-language", "").lower()
    return "ar" if _ARABIC_FIRST.match(first) else "en"


class Turned:
    """ASGI middleware that turns the empty page which Streamlit sends first, where Arabic is asked for."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on; a whole HTML page in answer is held back until it can be turned."""
        if scope["type"] != "http" or scope["method"] != "GET" or spoken(scope) != "ar":
            await self._app(scope, receive, send)
            return
        start: Message | None = None
        page = bytearray()

        async def send_turned(message: Message) -> None:
            nonlocal start
            if message["type"] == "http.response.start":
                headers = Headers(raw=message["headers"])
                whole = message["status"] == 200 and "content-encoding" not in headers
                if whole and headers.get("content-type", "").startswith("text/html"):
                    start = message
                    return
            if start is None or message["type"] != "http.response.body":
                await send(message)
                return
            page.extend(message.get("body", b""))
            if message.get("more_body"):
                return
            body = bytes(page).replace(_SENT, _TURNED, 1)
            headers = MutableHeaders(scope=start)
            headers["content-length"] = str(len(body))
            headers.add_vary_header("Accept-Language")
            await send(start)
            await send({"type": "http.response.body", "body": body})

        await self._app(scope, receive, send_turned)
