"""The same page on PostgreSQL as on DuckDB, in a real Chromium; and what it says while the server is away."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser

from events.atlas import Atlas
from tests import postgres
from tests.browser.conftest import browser
from tests.browser.site import Server, Visitor
from tests.engines.test_agreement import filled

pytestmark = pytest.mark.engines
__all__ = ["browser"]

LINKS = (
    "at=35.0,39.0,5", "at=35.0,39.0,8&dates=2017-10-01&dates=2017-10-31", "at=35.95,39.01,12&actor=islamic_state",
    "at=35.0,39.0,7&draw=heat&type=Battles", "at=35.0,39.0,7&draw=hexagons&claimant=sohr&place=raqqa",
)  # fmt: skip


@pytest.fixture(scope="module")
def database(tmp_path_factory: pytest.TempPathFactory) -> Iterator[postgres.Server]:
    with postgres.running(tmp_path_factory.mktemp("page") / "store") as found:
        yield found


@pytest.fixture(scope="module")
def both(atlas: Atlas, database: postgres.Server, tmp_path_factory: pytest.TempPathFactory) -> Iterator[list[Server]]:
    """The dashboard on DuckDB and on PostgreSQL."""
    folder = tmp_path_factory.mktemp("both")
    servers = []
    for name, address in (("duckdb", str(folder / "store.duckdb")), ("postgres", database.address)):
        filled(atlas, address)
        servers.append(Server(folder / f"{name}.log", FURAT_STORE=address))
    yield servers
    for server in servers:
        server.stop()


def shown(browser: Browser, server: Server, link: str) -> dict[str, Any]:
    """All that the page shows under a link: its words, the map's symbols, the table, and the files it gives."""
    visitor = Visitor(browser, server)
    visitor.open(f"/?{link}")
    visitor.page.get_by_text("The reports behind this map").click()
    visitor.page.wait_for_timeout(1_000)
    found: dict[str, Any] = {
        "count": visitor.count(),
        "map": {name: value for name, value in visitor.map().items() if name != "query"},
        "legend": visitor.frame.inner_text("body"),
        "filters": visitor.page.inner_text('[data-testid="stSidebar"]'),
        "page": visitor.page.inner_text('[data-testid="stMain"]'),
        "table": visitor.page.locator('[data-testid="stDataFrame"] table').first.inner_text(),
    }
    for name in ("CSV", "GeoJSON"):
        with visitor.page.expect_download() as download:
            visitor.page.get_by_role("button", name=name).click()
        found[name] = Path(download.value.path()).read_bytes()
    assert visitor.errors == []
    visitor.close()
    return found


@pytest.mark.parametrize("link", LINKS)
def test_the_same_page_on_postgresql_shows_the_same(browser: Browser, both: list[Server], link: str) -> None:
    on_duckdb, on_postgres = (shown(browser, server, link) for server in both)
    for what, wanted in on_duckdb.items():
        assert on_postgres[what] == wanted, what


def test_a_page_whose_store_goes_away_says_so_and_goes_on_once_it_is_back(
    browser: Browser, both: list[Server], database: postgres.Server
) -> None:
    visitor = Visitor(browser, both[1])
    visitor.open("/?at=34.0,37.0,5")
    database.stop()
    try:
        visitor.tick("Islamic State ·")
        again = visitor.page.get_by_role("button", name="Try again")
        again.wait_for()
        assert "The store behind this map cannot be opened" in visitor.page.inner_text('[data-testid="stMain"]')
        assert "127.0.0.1" not in visitor.page.inner_text("body")
    finally:
        database.start()
    again.click()
    visitor.settled()
    assert "actor=islamic_state" in visitor.page.url
    assert not visitor.map()["error"]
    visitor.close()
    log = both[1].log.read_text("utf-8")
    assert "Connection refused" in log
    assert "Traceback" not in log
