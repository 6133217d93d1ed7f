"""PostgreSQL keeps what was there when an addition fails, and passwords stay out of messages."""

from __future__ import annotations

import threading
from collections.abc import Iterator

import duckdb
import pytest

from events import loading
from events import public as module
from events.adding import adding
from events.address import StoreError
from events.atlas import Atlas, open_atlas
from events.selection import Selection
from events.tables import DATA
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
        adding("postgresql://furat:open-sesame@127.0.0.1:1/none", staging).__enter__()
    assert "open-sesame" not in str(caught.value)


def test_a_running_reader_sees_what_an_import_has_added(
    atlas: Atlas, address: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "LOOK_AGAIN_S", 0.0)
    add(atlas, address)
    module.publish(DATA, address=address)
    before = module.public_atlas().store.total
    add(atlas, address, n=5, first=7_000, digest="later")
    assert module.public_atlas().store.total == before + 5
    assert module.public_atlas().store.by_actor(Selection())
    module.publish(DATA)


def test_names_in_an_address_may_be_percent_encoded(address: str) -> None:
    open_atlas(address=address.replace("furat@", "%66urat@") + "?application_name=a%20test")
