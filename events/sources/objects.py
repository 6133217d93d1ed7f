"""The objects of a JSON text one after the other, of which only a window is ever in memory."""

from __future__ import annotations

import codecs
import json
from collections.abc import Callable, Iterator
from typing import Any

from events.sources.errors import SourceError
from events.sources.text import Text

LISTS = frozenset(
    {"features", "data", "result", "results", "records", "events", "incidents", "venues", "items", "rows", "layers"}
)
"""Members of an object that hold the list of all objects, in small letters."""

_BLOCK = 1 << 20
_MOST = 64 << 20
"""Characters of one object, beyond which the text counts as broken."""
_DIGITS = 400
_SPACE = " \t\n\r\x1e\ufeff"

Fault = Callable[[int, str, str], None]
"""Told of a break: line, the text there, why."""


class Objects:
    """The objects of a text: of a list, of a list that an object holds, or simply one after the other.

    Iterating gives (line, characters read, object). line counts from 1.
    """

    def __init__(self, text: Text, *, fault: Fault | None = None) -> None:
        self._window = _Window(text)
        self._fault = fault or (lambda _line, _text, _why: None)
        self.others: dict[str, Any] = {}
        """The members that stand beside the list, those after it once all objects were read."""

    def __iter__(self) -> Iterator[tuple[int, int, Any]]:
        """Raises SourceError where the text holds no object at all."""
        window = self._window
        try:
            in_list, enclosed = self._start()
        except (ValueError, RecursionError) as error:
            raise _broken(error) from error
        count = 0
        while True:
            try:
                sign = window.next("," if in_list else "")
                if not sign and in_list:
                    raise ValueError("the list is not closed")  # noqa: TRY301 - the same end as for any other break
                if not sign or (in_list and sign == "]"):
                    break
                line, done = window.line, window.done
                item = window.value()
            except (ValueError, RecursionError) as error:
                if not count:
                    raise _broken(error) from error
                self._fault(window.line, window.shown(), _why(error))
                # An object a line costs its own line when it is broken, an object of a list all that come after.
                if in_list or not window.skip_line():
                    return
                continue
            count += 1
            yield line, done, item
        if enclosed:
            window.take()
            self._members(until_list=False)

    def _start(self) -> tuple[bool, bool]:
        """Go to the first object. Whether a list holds the objects, and whether an object holds that list."""
        window = self._window
        sign = window.next()
        if sign not in ("[", "{"):
            raise SourceError("The file is no JSON object or list; expected a GeoJSON FeatureCollection of events.")
        if sign == "[":
            window.take()
            return True, False
        window.take()
        if self._members(until_list=True):
            return True, True
        window.rewind()
        self.others = {}
        return False, False

    def _members(self, *, until_list: bool) -> bool:
        """Read members of the open object, up to the list of the objects where asked; whether it came to one."""
        window = self._window
        try:
            while window.next(",") == '"':
                key = window.value()
                if window.next() != ":":
                    return False
                window.take()
                if until_list and key.casefold() in LISTS and window.next() == "[":
                    window.take()
                    return window.next() in ("{", "]", "")
                window.next()
                self.others[key] = window.value()
        except (ValueError, RecursionError):
            if until_list:
                raise
        return False


class _Window:
    """A text seen through a window that moves on. done: characters behind it."""

    def __init__(self, text: Text) -> None:
        self._text = text
        self._decoder = json.JSONDecoder(parse_int=_whole)
        self.rewind()

    def rewind(self) -> None:
        """Back to the start."""
        self._blocks = self._text.blocks()
        self._utf8 = codecs.getincrementaldecoder("utf-8")(errors="replace")
        self._seen, self._at, self._counted, self._ended = "", 0, 0, False
        self._line, self._behind = 1, 0

    @property
    def line(self) -> int:
        """The line the window stands at, from 1."""
        self._line += self._seen.count("\n", self._counted, self._at)
        self._counted = self._at
        return self._line

    @property
    def done(self) -> int:
        """Characters behind."""
        return self._behind + self._at

    def next(self, also: str = "") -> str:
        """The next character that is no space and none of `also`, which stays there; "" at the end."""
        skipped = _SPACE + also
        while True:
            while self._at < len(self._seen):
                if self._seen[self._at] not in skipped:
                    return self._seen[self._at]
                self._at += 1
            if not self._more():
                return ""

    def take(self) -> None:
        """Step over one character."""
        self._at += 1

    def shown(self) -> str:
        """What stands here, for a person."""
        return self._seen[self._at : self._at + 80]

    def value(self) -> Any:
        """The value that starts here. Raises ValueError, RecursionError."""
        if self._at > _BLOCK:
            _ = self.line
            self._behind += self._at
            self._seen, self._at, self._counted = self._seen[self._at :], 0, 0
        while True:
            try:
                found, end = self._decoder.raw_decode(self._seen, self._at)
            except json.JSONDecodeError as error:
                near = error.pos >= len(self._seen) - 16 or error.msg.startswith("Unterminated string")
                if not near or not self._more():
                    raise
                continue
            # A number may go on behind the window.
            if end < len(self._seen) or not self._more():
                self._at = end
                return found

    def skip_line(self) -> bool:
        """Go behind the next line end; whether there is one."""
        while (end := self._seen.find("\n", self._at)) < 0:
            self._at = len(self._seen)
            if not self._more():
                return False
        self._at = end + 1
        return True

    def _more(self) -> bool:
        """Make the window wider, twice as wide for one object; whether there was more text."""
        rest = len(self._seen) - self._at
        if rest > _MOST:
            raise ValueError(f"one object is longer than {_MOST:,} characters")
        wanted, got, parts = max(_BLOCK, rest), 0, [self._seen]
        while not self._ended and got < wanted:
            block = next(self._blocks, None)
            self._ended = block is None
            part = self._utf8.decode(block or b"", final=self._ended)
            parts.append(part)
            got += len(part)
        self._seen = "".join(parts)
        return got > 0


def _whole(digits: str) -> int | str:
    """A whole number; one so long that it means nothing stays text, since reading it takes long."""
    return int(digits) if len(digits) < _DIGITS else digits


def _why(error: BaseException) -> str:
    if isinstance(error, RecursionError):
        return "objects lie too deep in one another"
    # Its position counts from the window's start.
    return error.msg if isinstance(error, json.JSONDecodeError) else " ".join(str(error).split())


def _broken(error: BaseException) -> SourceError:
    if isinstance(error, SourceError):
        return error
    return SourceError(f"The JSON is broken ({_why(error)[:80]}); expected GeoJSON features.")
