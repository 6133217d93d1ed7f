"""An app that is loaded when it is first asked."""

from __future__ import annotations

import threading

from starlette.applications import Starlette
from starlette.responses import PlainTextResponse
from starlette.routing import Route, Router
from starlette.testclient import TestClient
from starlette.types import ASGIApp

from events.late import Late


def echo() -> ASGIApp:
    return Router([Route("/api/{rest:path}", lambda request: PlainTextResponse(request.url.path))])


def test_nothing_is_made_before_it_is_asked_for_and_then_once() -> None:
    made = []

    def make() -> ASGIApp:
        made.append(1)
        return echo()

    late = Late(make)
    client = TestClient(Starlette(routes=[Route("/api/{path:path}", late)]))
    assert not made
    assert client.get("/api/cells").text == "/api/cells"
    assert client.get("/api/map.json").text == "/api/map.json"
    threads = [threading.Thread(target=late.made) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert made == [1]


def test_what_cannot_be_made_is_tried_again() -> None:
    tries = []

    def make() -> ASGIApp:
        tries.append(1)
        if len(tries) == 1:
            raise OSError("not yet")
        return echo()

    client = TestClient(Starlette(routes=[Route("/api/{path:path}", Late(make))]), raise_server_exceptions=False)
    assert client.get("/api/cells").status_code == 500
    assert client.get("/api/cells").status_code == 200
