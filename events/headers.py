"""What every answer of the server tells the browser: load from here only, and take no type for another."""

from __future__ import annotations

from collections.abc import Iterable
from urllib.parse import urlsplit

from starlette.datastructures import MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send


def policy(tile_hosts: Iterable[str]) -> str:
    """The Content-Security-Policy. tile_hosts: sources of pictures beside this server, such as https://*.tile.example."""
    return "; ".join(
        (
            "default-src 'self'",
            # Streamlit's own bundle, Vega and streamlit-folium evaluate scripts; none comes from elsewhere.
            "script-src 'self' 'unsafe-inline' 'unsafe-eval' blob:",
            "style-src 'self' 'unsafe-inline'",
            " ".join(("img-src 'self' data: blob:", *tile_hosts)),
            "font-src 'self' data:",
            "connect-src 'self' data: blob:",
            "worker-src 'self' blob:",
            "object-src 'none'",
            "base-uri 'self'",
            "form-action 'self'",
            # A reporter embeds a view in an article: any site may frame the app.
            "frame-ancestors *",
        )
    )


def host_of(tile_url: str) -> str:
    """The source expression for a tile address, a subdomain mark becoming a wildcard."""
    parts = urlsplit(tile_url.replace("{s}", "*"))
    return f"{parts.scheme}://{parts.netloc}"


class SafeHeaders:
    """ASGI middleware that adds the headers to every HTTP answer."""

    def __init__(self, app: ASGIApp, *, tile_urls: Iterable[str]) -> None:
        """tile_urls: addresses of the online backgrounds on offer."""
        self._app = app
        self._headers = {
            "Content-Security-Policy": policy(sorted({host_of(url) for url in tile_urls})),
            "X-Content-Type-Options": "nosniff",
            "Referrer-Policy": "strict-origin-when-cross-origin",
        }

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on and add the headers to its answer."""

        async def send_with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                for name, value in self._headers.items():
                    headers[name] = value
            await send(message)

        await self._app(scope, receive, send_with_headers if scope["type"] == "http" else send)
