"""Spark as it is met: without Java, and with nothing of its own upon the standard output."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from events.atlas import Atlas
from tests.events.additions.test_batches import ROOT, add

pytestmark = pytest.mark.engines


def test_without_java_one_sentence_says_what_is_missing(atlas: Atlas, tmp_path: Path) -> None:
    address = f"spark:{tmp_path / 'store'}"
    add(atlas, address)
    done = subprocess.run(
        [sys.executable, "-m", "events", "list", "--store", address],
        cwd=ROOT, capture_output=True, encoding="utf-8", timeout=100,
        env=os.environ | {"JAVA_HOME": str(tmp_path / "nowhere")},
    )  # fmt: skip
    assert done.returncode == 1
    assert "Spark does not start; it needs Java 17" in done.stderr
    assert "Traceback" not in done.stderr
    assert done.stdout == ""
