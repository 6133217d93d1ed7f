"""The text of a file: its encoding and line ends recognised, handed out as UTF-8 with LF or CRLF."""

from __future__ import annotations

import codecs
import hashlib
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

_BLOCK = 4 << 20
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


def examine(path: Path) -> Text:
    """Read a file once and tell its encoding and line ends. Raises OSError."""
    digest = hashlib.sha256()
    utf8 = codecs.getincrementaldecoder("utf-8")()
    valid, crs, nuls, size, bad = True, 0, 0, 0, b""
    last = b""
    with path.open("rb") as file:
        head = file.read(4096)
        bom, encoding = _marked(head)
        file.seek(0)
        while block := file.read(_BLOCK):
            size += len(block)
            digest.update(block)
            nuls += b"\0" in block
            if b"\r" in block or last == b"\r":
                pairs = block.count(b"\r\n") + (last == b"\r" and block[:1] == b"\n")
                crs += block.count(b"\r") - pairs
            last = block[-1:]
            if valid and encoding == "utf-8":
                try:
                    utf8.decode(block)
                except UnicodeDecodeError:
                    valid, bad = False, block
        if valid and encoding == "utf-8":
            try:
                utf8.decode(b"", final=True)
            except UnicodeDecodeError:
                valid, bad = False, head
    lone_cr = crs > 0
    if not valid:
        encoding = _guess(bad)
    if encoding.startswith(("utf-16", "utf-32")):
        # Bytes that look like CR are none there; let the text's own line ends count.
        lone_cr, nuls = True, 0
    return Text(
        path=path, size=size, digest=digest.hexdigest(), encoding=encoding, bom=bom, lone_cr=lone_cr,
        damaged=not valid and encoding == "utf-8", nuls=nuls > 0,
    )  # fmt: skip


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
