"""PostgreSQL keeps what was there when an addition fails, and passwords stay out of messages."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from pathlib import Path

import duckdb
import pytest

from events import loading
from events.atlas import Atlas, open_atlas
from events.engines import StoreError
from events.selection import Selection
from tests import postgres
from tests.events.test_batches import add

pytestmark = pytest.mark.engines


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    with postgres.running(tmp_path_factory.mktemp("postgres") / "store") as found:
        yield found


def test_an_addition_that_fails_leaves_nothing(atlas: Atlas, address: str, monkeypatch: pytest.MonkeyPatch) -> None:
    add(atlas, address)
    before = open_atlas(address=address).store.total
    broken = (*loading._EVENTS[:-1], "INSERT INTO {store}nowhere VALUES ({batch} / 0)")
    monkeypatch.setattr(loading, "_EVENTS", broken)
    with pytest.raises(StoreError):
        add(atlas, address, n=10, first=1000, digest="other")
    monkeypatch.undo()
    assert open_atlas(address=address).store.total == before


def test_threads_may_ask_at_the_same_time(atlas: Atlas, address: str) -> None:
    add(atlas, address)
    store = open_atlas(address=address).store
    answers: list[int] = []
    threads = [
        threading.Thread(target=lambda: answers.extend(len(store.rows(Selection(), limit=50)) for _ in range(5)))
        for _ in range(6)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert answers == [50] * 30


def test_a_message_never_holds_the_password() -> None:
    with pytest.raises(StoreError) as caught:
        open_atlas(address="postgresql://furat:open-sesame@127.0.0.1:1/none")
    assert "open-sesame" not in str(caught.value)
    with duckdb.connect() as staging, pytest.raises(StoreError) as caught:
        from events.engines import adding

        with adding("postgresql://furat:open-sesame@127.0.0.1:1/none", staging):
            pass
    assert "open-sesame" not in str(caught.value)
