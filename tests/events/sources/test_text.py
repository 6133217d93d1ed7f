"""The encoding of a text is told from all of it, however its characters fall."""

from __future__ import annotations

from pathlib import Path

import pytest

from events.sources import text as module
from events.sources.text import examine

ARABIC = "الرقة، 𐤀 والميادين é\n" * 20


@pytest.mark.parametrize("look", range(16, 40))
def test_a_character_that_two_looks_share_is_whole(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, look: int
) -> None:  # fmt: skip
    monkeypatch.setattr(module, "_LOOK", look)
    path = tmp_path / "text.csv"
    path.write_text(ARABIC, encoding="utf-8")
    found = examine(path)
    assert (found.encoding, found.damaged, found.size) == ("utf-8", False, len(ARABIC.encode()))


@pytest.mark.parametrize("look", [16, 1 << 18])
@pytest.mark.parametrize("broken", [ARABIC.encode()[:-2], b"place\n" * 9 + b"\xff\xfe\n", b"a,b\n" + b"\xed\xa0\x80\n"])
def test_bytes_that_are_no_utf_8_are_found(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, look: int, broken: bytes
) -> None:  # fmt: skip
    monkeypatch.setattr(module, "_LOOK", look)
    path = tmp_path / "text.csv"
    path.write_bytes(broken)
    found = examine(path)
    assert found.damaged or found.encoding != "utf-8"
