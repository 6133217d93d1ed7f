"""A stretch of a text in one buffer that is used again and again: new memory for each would cost more than parsing."""

from __future__ import annotations

import io
from typing import Any

import numpy as np

Bytes = np.ndarray[Any, np.dtype[np.uint8]]


class Window:
    """What of a text is not used yet, as far as it has been read."""

    def __init__(self, file: io.RawIOBase, *, skip: int) -> None:
        """skip: bytes at the text's start that are left out."""
        self._file, self._buffer = file, np.empty(0, dtype=np.uint8)
        self._start = self._end = 0
        while skip > 0 and self.more(min(skip, 1 << 20)):
            passed = min(skip, self._end)
            self.drop(passed)
            skip -= passed

    @property
    def bytes(self) -> Bytes:
        """The stretch; good until more is asked for."""
        return self._buffer[self._start : self._end]

    def more(self, size: int) -> bool:
        """Read so many bytes more, or what there is. Whether the text may go on after them."""
        held = self._end - self._start
        # Room at the end, so that the next stretch fits as well if little is left over of this one.
        kept = self._buffer if held + size <= len(self._buffer) else np.empty(2 * held + size + (1 << 16), np.uint8)
        kept[:held] = self._buffer[self._start : self._end].copy()
        self._buffer, self._start, self._end = kept, 0, held
        while size:
            n = self._file.readinto(memoryview(kept)[self._end : self._end + size])  # type: ignore[arg-type]
            if not n:
                return False
            self._end += n
            size -= n
        return True

    def drop(self, n: int) -> None:
        """Leave out the first n bytes of the stretch: they are used."""
        self._start += n
