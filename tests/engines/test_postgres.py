"""PostgreSQL as it is met: wrong addresses, a server that goes away, additions at once, killed or failed."""

from __future__ import annotations

import re
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from urllib.parse import quote

import duckdb
import pytest

from events import public as module
from events.additions.adding import WAITING, adding
from events.additions.batches import held
from events.atlas import Atlas, open_atlas
from events.engines import loading
from events.engines.address import StoreError, connected
from events.engines.address import public as told_as
from events.selection import Selection
from events.tables import DATA
from tests import postgres
from tests.browser.site import until
from tests.events.additions.test_batches import ROOT, add, added_at_once

pytestmark = pytest.mark.engines


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[postgres.Server]:
    with postgres.running(tmp_path_factory.mktemp("postgres") / "store") as found:
        yield found


@pytest.fixture(scope="module")
def address(server: postgres.Server) -> str:
    return server.address


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


def every_command(address: str, tmp_path: Path) -> list[subprocess.CompletedProcess[str]]:
    (tmp_path / "one.csv").write_text("date,latitude,longitude,notes\n2017-10-12,35.9,39.0,Something\n", "utf-8")
    (tmp_path / "one.txt").write_text("قتل ثلاثة مدنيين في الرقة الخميس.", "utf-8")
    commands = (
        ["list"], ["files"], ["export", "--format", "csv"], ["import", str(tmp_path / "one.csv")],
        ["read", str(tmp_path / "one.txt")],
    )  # fmt: skip
    return [
        subprocess.run(
            [sys.executable, "-m", "events", *words, "--store", address],
            cwd=ROOT, capture_output=True, encoding="utf-8", timeout=60,
        )
        for words in commands
    ]  # fmt: skip


WRONG: dict[str, tuple[Callable[[str], str], str]] = {
    "password": (lambda address: re.sub(":[^/:@]*@", ":open-sesame@", address), "password authentication failed"),
    "database": (lambda address: address + "_nowhere", "does not exist"),
    "port": (lambda address: re.sub(r":\d+/", ":1/", address), "Connection refused"),
    "host": (lambda address: address.replace("127.0.0.1", "nowhere.invalid"), "failed to resolve host"),
}


@pytest.mark.parametrize("wrong", WRONG)
def test_every_command_says_in_one_sentence_what_is_wrong_with_an_address(
    address: str, tmp_path: Path, wrong: str
) -> None:
    change, said = WRONG[wrong]
    for done in every_command(change(address), tmp_path):
        told = done.stdout + done.stderr
        assert done.returncode == 1, told
        assert said in told
        assert "Traceback" not in told
        assert len(told.strip().splitlines()) == 1
        assert "open-sesame" not in told
        assert quote(postgres.PASSWORD, safe="") not in told


def test_no_command_tells_the_password(address: str, tmp_path: Path) -> None:
    for done in every_command(address, tmp_path):
        assert done.returncode == 0, done.stderr
        assert quote(postgres.PASSWORD, safe="") not in done.stdout + done.stderr


def test_an_addition_that_waits_for_another_says_so(
    atlas: Atlas, address: str, caplog: pytest.LogCaptureFixture
) -> None:
    waiting = threading.Thread(target=add, args=(atlas, address), kwargs={"digest": "waited"})
    with duckdb.connect() as staging, adding(address, staging):
        waiting.start()
        until(lambda: caplog.messages, "it says so")
    waiting.join()
    assert caplog.messages == [WAITING % told_as(address)]


def test_a_store_is_the_same_by_socket_and_by_network(atlas: Atlas, server: postgres.Server) -> None:
    add(atlas, server.socket)
    by_socket, by_network = (open_atlas(address=one).store for one in (server.socket, server.address))
    assert (by_socket.version, by_socket.total) == (by_network.version, by_network.total)


def test_a_store_that_goes_away_is_told_and_answers_once_it_is_back(atlas: Atlas, server: postgres.Server) -> None:
    add(atlas, server.address)
    store = open_atlas(address=server.address).store
    fridays = Selection(date_from=date(2017, 10, 13), date_to=date(2017, 10, 13))
    server.stop()
    try:
        with pytest.raises(StoreError, match="Connection refused") as caught:
            store.count(fridays)
        assert "\n" not in str(caught.value)
    finally:
        server.start()
    assert store.count(fridays) == open_atlas(address=server.address).store.count(fridays) > 0


def test_imports_at_the_same_time_wait_for_each_other(server: postgres.Server) -> None:
    with connected(server.address, autocommit=True) as connection:
        connection.execute("DROP DATABASE IF EXISTS fresh")
        connection.execute("CREATE DATABASE fresh")
    address = server.address.removesuffix("postgres") + "fresh"
    assert added_at_once(address) <= {WAITING % told_as(address)}
    assert sorted(one.events for one in held(address)) == [500, 500, 500]


def test_a_kill_at_any_moment_leaves_the_store_as_it_was(atlas: Atlas, address: str) -> None:
    add(atlas, address)
    before = open_atlas(address=address).store
    program = (
        "import sys; from tests.events.additions.test_batches import add; from events.atlas import open_atlas; "
        "atlas = open_atlas(); print('ready', flush=True); "
        "add(atlas, sys.argv[1], n=60_000, first=500_000, digest='killed')"
    )
    for wait in (0.1, 0.3, 0.6, 1.0, 1.5):
        process = subprocess.Popen(
            [sys.executable, "-c", program, address], cwd=ROOT, stdout=subprocess.PIPE, text=True
        )
        assert process.stdout is not None
        assert process.stdout.readline() == "ready\n"
        time.sleep(wait)
        process.kill()
        process.wait()
        after = open_atlas(address=address).store
        # All of it or nothing.
        assert after.total in (before.total, before.total + 60_000)
        if after.total != before.total:
            break
        assert after.version == before.version


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
    open_atlas(address=address.replace("//furat:", "//%66urat:") + "?application_name=a%20test")
