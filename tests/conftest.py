"""The real atlas of the five reports, opened once a test process."""

from __future__ import annotations

import os

import pytest
from hypothesis import settings

from events.atlas import Atlas, open_atlas

# No deadline: timings belong in benchmarks. In CI the same examples on every run, so that red means the change;
# at a desk new ones, so that new faults are found.
settings.register_profile("desk", deadline=None)
settings.register_profile("ci", deadline=None, derandomize=True)
settings.load_profile("ci" if os.environ.get("CI") else "desk")


@pytest.fixture(scope="session")
def atlas() -> Atlas:
    return open_atlas()


@pytest.fixture
def no_map(monkeypatch: pytest.MonkeyPatch) -> None:
    """Streamlit's test runner draws no map: the panels need not wait for one."""
    monkeypatch.setattr("events.ui.session.MOST_FIRST_WAIT_S", 0.0)
