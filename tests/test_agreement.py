"""Page, routes and command line give the same events for the same filter."""

from __future__ import annotations

import json
import random
import re

import pytest
from starlette.applications import Starlette
from starlette.testclient import TestClient
from streamlit.testing.v1 import AppTest

from events.__main__ import main
from events.atlas import Atlas
from events.routes import routes
from events.selection import Selection, query_string
from events.ui.tiles import online_tiles
from tests.events.test_cli import words_of
from tests.events.ui.test_panels import PAGE, count_of
from tests.selections import random_selection

pytestmark = pytest.mark.usefixtures("no_map")


def by_command_line(selection: Selection, capsys: pytest.CaptureFixture[str]) -> set[str]:
    assert main(["list", "--format", "geojson", *words_of(selection)]) == 0
    return {feature["id"] for feature in json.loads(capsys.readouterr().out)["features"]}


def by_route(client: TestClient, query: str) -> set[str]:
    return {feature["id"] for feature in client.get(f"/api/events.geojson?{query}").json()["features"]}


def by_page(selection: Selection) -> str:
    app = AppTest.from_file(PAGE, default_timeout=60)
    app.query_params["lang"] = "en"
    for name, value in selection.params():
        app.query_params[name] = [*app.query_params.get(name, []), value]
    app.run()
    assert not app.exception
    return count_of(app)


@pytest.mark.parametrize("seed", range(20))
def test_twenty_random_filters(atlas: Atlas, capsys: pytest.CaptureFixture[str], seed: int) -> None:
    selection = random_selection(atlas, random.Random(100 + seed))
    client = TestClient(Starlette(routes=routes(tiles=online_tiles)))
    listed = by_command_line(selection, capsys)
    assert by_route(client, query_string(selection.params())) == listed
    assert re.fullmatch(rf"{len(listed)} of {atlas.store.total} events", by_page(selection))
