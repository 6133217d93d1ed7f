"""What an address may look like, and that no part of a password leaves it."""

from __future__ import annotations

from pathlib import Path

import pytest

from events.engines.address import StoreError, existing, public, sound

SECRET = "open-sesame"


@pytest.mark.parametrize(
    "address",
    [
        "war.duckdb", "./a:b.duckdb", "/data/war.duckdb", "spark:folder", "postgresql://host/db", "postgres://u@host",
        "postgresql://u:p%40ss%3A%2F%23%25%3F@host:5432/db", "postgresql://[::1]:5432/db", "postgresql://a:1,b:2/db",
        "postgresql:///db?host=/run/postgresql&user=furat", "postgresql://u:p@host/db?sslmode=require",
    ],
)  # fmt: skip
def test_an_address_of_an_engine_is_taken_as_it_is(address: str) -> None:
    assert sound(address) == address


@pytest.mark.parametrize(
    "address",
    [
        f"postgresql://furat:a@{SECRET}@host/db", f"postgresql://furat:a/{SECRET}@host/db",
        f"postgresql://furat:a#{SECRET}@host/db", f"postgresql://furat:a?{SECRET}@host/db",
        f"postgresql://furat:{SECRET}%@host/db", f"postgresql://furat:[{SECRET}@host/db",
        f"postgresql://furat:a:{SECRET}@host/db", f"postgresql://furat:{SECRET}", f"postgresql://furat:{SECRET}@h:port/db",
        f"postgresql:furat:{SECRET}@host/db", f"mysql://furat:{SECRET}@host/db",
    ],
)  # fmt: skip
def test_an_address_that_cannot_be_understood_is_refused_without_being_repeated(address: str) -> None:
    with pytest.raises(StoreError, match="expected") as caught:
        sound(address)
    assert SECRET not in str(caught.value)
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize(
    "address",
    [
        f"postgresql://furat:{SECRET}@host/db", f"postgresql://host/db?user=furat&password={SECRET}",
        f"postgresql://furat:{SECRET}@host/db?password={SECRET}&sslpassword={SECRET}&sslmode=require",
    ],
)  # fmt: skip
def test_a_password_is_left_out_wherever_it_stands(address: str) -> None:
    assert SECRET not in public(sound(address))
    assert "furat" in public(address)


def test_a_file_where_a_folder_belongs_is_told_and_a_folder_where_a_file_does(tmp_path: Path) -> None:
    file = tmp_path / "file"
    file.touch()
    with pytest.raises(StoreError, match="expected the name of a folder"):
        sound(f"spark:{file}")
    with pytest.raises(StoreError, match="expected the name of a folder"):
        sound("spark:")
    with pytest.raises(StoreError, match="is a folder; expected a file"):
        sound(str(tmp_path))


@pytest.mark.parametrize("scheme", ["", "spark:"])
def test_a_store_that_is_not_there_is_named_as_it_was_asked_for(tmp_path: Path, scheme: str) -> None:
    address = f"{scheme}{tmp_path / 'none'}"
    with pytest.raises(StoreError, match=f"no store at '{address}'; make one"):
        existing(address)
