"""Ctrl-C stays Ctrl-C, whatever an engine at work makes of it."""

from __future__ import annotations

import os
import signal
import threading
from collections.abc import Iterator

import duckdb
import pytest

from events.stopping import stoppable


def ask_for_ever() -> None:
    """Put a question that has no end to DuckDB, and press Ctrl-C meanwhile."""
    with stoppable(), stoppable(), duckdb.connect() as connection:
        threading.Timer(0.2, lambda: os.kill(os.getpid(), signal.SIGINT)).start()
        connection.execute("SELECT count(*) FROM range(10_000_000) a, range(10_000_000) b WHERE a.range < b.range")


@pytest.fixture(autouse=True)
def heard() -> Iterator[None]:
    """As in a terminal: a process in the background may be deaf to it."""
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    yield
    signal.signal(signal.SIGINT, before)


def test_a_query_that_is_interrupted_ends_as_ctrl_c() -> None:
    with pytest.raises(KeyboardInterrupt):
        ask_for_ever()


def test_other_errors_stay_what_they_are() -> None:
    with pytest.raises(ValueError, match="a fault"), stoppable():
        raise ValueError("a fault")


def test_afterwards_ctrl_c_is_heard_as_before() -> None:
    with stoppable():
        pass
    assert signal.getsignal(signal.SIGINT) is signal.default_int_handler
