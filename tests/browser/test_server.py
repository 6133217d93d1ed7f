"""The server itself, asked without a browser."""

from __future__ import annotations

from tests.browser.site import Server


def test_no_file_outside_the_assets_is_served(server: Server) -> None:
    assert b".furat" in server.get("/assets/map/map.css")
    for path in ("/assets/../map.py", "/assets/%2e%2e/map.py", "/assets/..%2fmap.py"):
        assert b"import" not in server.get(path)
        assert not server.get(path)
