"""The text of a file: its encoding and line ends recognised, handed out as UTF-8 with LF or CRLF."""

from __future__ import annotations

import codecs
import hashlib
import io
import re
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pyarrow as pa

_BLOCK = 4 << 20
_LOOK = 1 << 18
_SAMPLE = 1 << 20
_BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_ISO_ONLY, _WINDOWS_ONLY = (0xE7, 0xE8, 0xEA), (0xE1, 0xEC, 0xED)
_HIGH = re.compile(rb"[\x80-\xff]+")


@dataclass(frozen=True, kw_only=True)
class Text:
    """A text file, not loaded.

    size: bytes. digest: SHA-256 in hex. encoding: Python's name. bom: bytes of the byte-order mark.
    lone_cr: whether CR alone ends lines, which are then counted at CR, LF and CRLF alike. damaged: whether some
    bytes are no text in this encoding; they read as U+FFFD. nuls: whether there are NUL characters.
    """

    path: Path
    size: int
    digest: str
    encoding: str
    bom: int
    lone_cr: bool
    damaged: bool
    nuls: bool

    @property
    def as_is(self) -> bool:
        """Whether the bytes are handed out unchanged."""
        return self.encoding == "utf-8" and not self.damaged and not self.lone_cr

    def open(self) -> io.RawIOBase:
        """The text from its start, in UTF-8."""
        if not self.as_is:
            return _Decoded(self.blocks())
        file = self.path.open("rb", buffering=0)
        file.seek(self.bom)
        return file

    def blocks(self) -> Iterator[bytes]:
        """The text from its start, in UTF-8, in blocks of a few MB that may end anywhere."""
        with self.path.open("rb") as file:
            file.seek(self.bom)
            if self.as_is:
                while block := file.read(_BLOCK):
                    yield block
                return
            decoder = codecs.getincrementaldecoder(self.encoding)(errors="replace")
            held = ""
            while True:
                block = file.read(_BLOCK)
                text = held + decoder.decode(block, final=not block)
                held = ""
                if self.lone_cr:
                    if block and text.endswith("\r"):
                        text, held = text[:-1], "\r"
                    text = text.replace("\r\n", "\n").replace("\r", "\n")
                if text:
                    # A lone surrogate of broken UTF-16 has no UTF-8.
                    yield text.encode("utf-8", errors="replace")
                if not block:
                    return

    def head(self, size: int = _SAMPLE) -> str:
        """The first characters, a character cut in two at the end left out."""
        found = b""
        for block in self.blocks():
            found += block
            if len(found) >= size:
                break
        return found[:size].decode("utf-8", errors="ignore")


class _Decoded(io.RawIOBase):
    """Blocks as a file."""

    def __init__(self, blocks: Iterator[bytes]) -> None:
        self._blocks, self._held = blocks, memoryview(b"")

    def readinto(self, into: Any) -> int:
        while not self._held and (block := next(self._blocks, None)) is not None:
            self._held = memoryview(block)
        n = min(len(into), len(self._held))
        into[:n], self._held = self._held[:n], self._held[n:]
        return n


def examine(path: Path) -> Text:
    """Read a file once and tell its encoding and line ends. Raises OSError."""
    with ThreadPoolExecutor(max_workers=1) as hashing:
        digest = hashing.submit(digest_of, path)
        crs, nuls, size, last = 0, 0, 0, b""
        broken_at: int | None = None
        # One buffer, read into again and again: a new one each time would cost more than looking at it.
        buffer = bytearray(_LOOK)
        with path.open("rb", buffering=0) as file:
            head = file.read(4096)
            bom, encoding = _marked(head)
            file.seek(0)
            while length := file.readinto(buffer):
                block = buffer if length == _LOOK else buffer[:length]
                if length == _LOOK and broken_at is None and encoding == "utf-8" and (cut := _cut(block)):
                    block = block[:-cut]
                    file.seek(-cut, io.SEEK_CUR)
                nuls += b"\0" in block
                if b"\r" in block or last == b"\r":
                    pairs = block.count(b"\r\n") + (last == b"\r" and block[:1] == b"\n")
                    crs += block.count(b"\r") - pairs
                last = bytes(block[-1:])
                if broken_at is None and encoding == "utf-8" and not _is_utf8(block):
                    broken_at = size
                size += len(block)
            if broken_at is not None:
                file.seek(broken_at)
                encoding = _guess(file.read(_BLOCK))
    lone_cr = crs > 0
    if encoding.startswith(("utf-16", "utf-32")):
        # Bytes that look like CR are none there; let the text's own line ends count.
        lone_cr, nuls = True, 0
    return Text(
        path=path, size=size, digest=digest.result(), encoding=encoding, bom=bom, lone_cr=lone_cr,
        damaged=broken_at is not None and encoding == "utf-8", nuls=nuls > 0,
    )  # fmt: skip


def _cut(block: bytearray) -> int:
    """How many bytes at the end of a block belong to a UTF-8 character that goes on after it."""
    for n in (1, 2, 3):
        if block[-n] & 0b1100_0000 != 0b1000_0000:
            return n if block[-n] >= (0, 0b1100_0000, 0b1110_0000, 0b1111_0000)[n] else 0
    return 0


def _is_utf8(block: bytearray) -> bool:
    """Arrow looks at it four times as fast as Python's decoder."""
    ends = pa.array([0, len(block)], pa.int64()).buffers()[1]
    text = pa.Array.from_buffers(pa.large_string(), 1, [None, ends, pa.py_buffer(block)])
    try:
        text.validate(full=True)
    except pa.ArrowInvalid:
        return False
    return True


def digest_of(path: Path) -> str:
    """SHA-256 of a file, in hexadecimal. Raises OSError."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _marked(head: bytes) -> tuple[int, str]:
    """Length of the byte-order mark and the encoding it, or the NULs of UTF-16 without one, tell."""
    for mark, encoding in _BOMS:
        if head.startswith(mark):
            return len(mark), encoding
    pairs = len(head) // 2
    if pairs >= 8:
        # Of Latin letters every other byte is 0, of Arabic ones 6.
        evens, odds = head[0 : 2 * pairs : 2], head[1 : 2 * pairs : 2]
        even, odd = (part.count(0) + part.count(6) if 0 in part else 0 for part in (evens, odds))
        if odd > pairs * 0.2 and 0 not in evens:
            return 0, "utf-16-le"
        if even > pairs * 0.2 and 0 not in odds:
            return 0, "utf-16-be"
    return 0, "utf-8"


def _guess(block: bytes) -> str:
    """The encoding of bytes that are not all UTF-8.

    Ours: damaged UTF-8 where ten sound characters stand to one broken; else an Arabic encoding where most high bytes
    stand in words of them, Windows-1256 or, where letters of its own are the commoner, ISO 8859-6; else Windows-1252,
    where they stand alone among ASCII.
    """
    text = block.decode("utf-8", errors="replace")
    broken = text.count("\ufffd")
    sound = len(text) - len(re.findall("[\x00-\x7f]", text)) - broken
    if sound >= 10 * broken:
        return "utf-8"
    runs = [len(run) for run in _HIGH.findall(block)]
    together = sum(n for n in runs if n > 1)
    if 2 * together <= sum(runs):
        return "cp1252"
    # Windows-1256 writes lam, waw and yeh, commonest of letters, where ISO 8859-6 has none or rare ones.
    counts = Counter(b"".join(_HIGH.findall(block)))
    iso, windows = (sum(counts[code] for code in codes) for codes in (_ISO_ONLY, _WINDOWS_ONLY))
    return "iso8859_6" if iso > windows else "cp1256"
