"""One server and one Chromium for all browser tests of a process; a fresh visitor for each test."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Browser, sync_playwright

from tests.browser.site import Server, Visitor
from tests.chromium import FLAGS, NONE_FOUND, find_chromium


@pytest.fixture(scope="session")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    running = Server(tmp_path_factory.mktemp("server") / "log.txt")
    yield running
    running.stop()


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    path = find_chromium()
    assert path, NONE_FOUND
    with sync_playwright() as playwright:
        running = playwright.chromium.launch(executable_path=path, args=list(FLAGS))
        yield running
        running.close()


@pytest.fixture
def visit(browser: Browser, server: Server) -> Iterator[Callable[..., Visitor]]:
    """Make visitors; after the test none of them may have asked for anything outside or hit a script error."""
    visitors: list[Visitor] = []

    def make(**how: object) -> Visitor:
        visitors.append(Visitor(browser, server, **how))  # type: ignore[arg-type]
        return visitors[-1]

    yield make
    for visitor in visitors:
        visitor.close()
    assert [url for visitor in visitors for url in visitor.strayed] == []
    assert [error for visitor in visitors for error in visitor.errors] == []


@pytest.fixture
def visitor(visit: Callable[..., Visitor]) -> Visitor:
    return visit()
