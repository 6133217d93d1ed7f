"""The real atlas of the five reports, opened once a test process."""

from __future__ import annotations

import pytest

from events.atlas import Atlas, open_atlas


@pytest.fixture(scope="session")
def atlas() -> Atlas:
    return open_atlas()
