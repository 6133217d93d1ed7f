"""Desks of one invented report and of two."""

from __future__ import annotations

import pytest

from events.atlas import Atlas
from events.desk import desk as on_desk
from events.desk.desk import Desk
from tests.events.desk.laid import laid
from tests.reports import FIRST, SECOND


@pytest.fixture(scope="session")
def one(atlas: Atlas) -> Desk:
    return on_desk.add(Desk(), laid(atlas, FIRST))


@pytest.fixture(scope="session")
def two(atlas: Atlas, one: Desk) -> Desk:
    return on_desk.add(one, laid(atlas, SECOND))
