"""The real reader over the real tables, made once a test process."""

from __future__ import annotations

import pytest

from events.reading.reader import Reader
from events.tables import load_dataset
from geo.gazetteer import load_gazetteer


@pytest.fixture(scope="session")
def reader() -> Reader:
    gazetteer = load_gazetteer()
    return Reader(gazetteer=gazetteer, dataset=load_dataset(places=gazetteer))
