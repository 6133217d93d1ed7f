"""Additions to files and folders: one at a time, the next one waits; one that fails leaves what was there."""

from __future__ import annotations

import os
import resource
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import duckdb
import pytest

from events.additions import adding as module
from events.additions.adding import adding
from events.additions.batches import held
from events.atlas import Atlas
from events.engines.address import StoreError
from tests.browser.site import until
from tests.events.additions.test_batches import add, added_at_once

KINDS = ("", "spark:")


@contextmanager
def disk_for(n_bytes: int) -> Iterator[None]:
    """No file of this process may grow longer: to a program the same as a full disk."""
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (n_bytes, before[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)


def everything(folder: Path) -> dict[str, bytes]:
    return {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


@pytest.mark.parametrize("kind", KINDS)
def test_a_disk_that_is_full_leaves_the_store_as_it_was(atlas: Atlas, tmp_path: Path, kind: str) -> None:
    address = f"{kind}{tmp_path / 'store'}"
    add(atlas, address)
    before = everything(tmp_path)
    with disk_for(100_000), pytest.raises(StoreError, match="It stays as it was") as caught:
        add(atlas, address, n=50_000, first=1_000, digest="big")
    assert "invalidated" not in str(caught.value)
    assert everything(tmp_path) == before


@pytest.mark.parametrize("kind", KINDS)
def test_nothing_but_the_store_stays_behind(atlas: Atlas, tmp_path: Path, kind: str) -> None:
    add(atlas, f"{kind}{tmp_path / 'store'}")
    assert os.listdir(tmp_path) == ["store"]


def test_a_folder_that_cannot_be_written_is_told_in_one_sentence(atlas: Atlas, tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(StoreError, match="cannot be added to: (Not a directory|File exists)"):
        add(atlas, str(tmp_path / "file" / "store.duckdb"))


@pytest.mark.parametrize("kind", KINDS)
def test_imports_at_the_same_time_wait_for_each_other(atlas: Atlas, tmp_path: Path, kind: str) -> None:
    address = f"{kind}{tmp_path / 'store'}"
    assert added_at_once(address) <= {module.WAITING % address}
    assert sorted(one.events for one in held(address)) == [500, 500, 500]


def test_an_addition_that_waits_for_another_says_so_once(
    atlas: Atlas, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    address = str(tmp_path / "store.duckdb")
    waiting = threading.Thread(target=add, args=(atlas, address))
    with duckdb.connect() as staging, adding(address, staging):
        waiting.start()
        until(lambda: caplog.messages, "it says so")
        time.sleep(3 * module.LOOK_AGAIN_S)
    waiting.join()
    assert caplog.messages == [module.WAITING % address]


def test_an_import_gives_up_on_one_that_does_not_end(
    atlas: Atlas, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    address = str(tmp_path / "store.duckdb")
    monkeypatch.setattr(module, "LONGEST_WAIT_S", 0)
    with duckdb.connect() as staging, adding(address, staging), pytest.raises(StoreError, match="Another import"):
        add(atlas, address)


def test_a_lock_found_locked_is_waited_for_though_its_name_is_taken_away(atlas: Atlas, tmp_path: Path) -> None:
    address = str(tmp_path / "store.duckdb")
    waiting = [threading.Thread(target=add, args=(atlas, address), kwargs={"digest": str(n)}) for n in range(4)]
    with duckdb.connect() as staging, adding(address, staging):
        for thread in waiting:
            thread.start()
    for thread in waiting:
        thread.join()
    assert len(held(address)) == 4
