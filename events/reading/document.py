"""Articles out of files: plain text, HTML pages, JSON and JSON Lines; several articles in one file are split.

The day of publication comes from the caller, else from the file's metadata, else from a line of its own in
the text; else it stays unknown. It is never today's date.
"""

from __future__ import annotations

import html
import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from pathlib import Path
from typing import Any

from events.reading.errors import UnreadableDocument

_RULE = re.compile(r"\s*(?:[-=*_~#•]\s*){3,}$")
_BODY = 120
_HEAD = (10, 160)
_TEXT_FIELDS = ("text", "body", "content", "article", "articleBody", "maintext")
_TITLE_FIELDS = ("title", "headline")
_DATE_FIELDS = ("published", "date", "datePublished", "published_at", "date_publish", "pubDate", "publication_date")
_PUBLISHER_FIELDS = ("publisher", "source", "site", "sitename", "source_domain")
_META_DATES = (
    "article:published_time", "datepublished", "date", "pubdate", "publishdate", "dc.date", "dc.date.issued",
    "sailthru.date", "parsely-pub-date", "og:published_time",
)  # fmt: skip
_LARGEST = 64 * 1024 * 1024


@dataclass(frozen=True, kw_only=True, slots=True)
class Document:
    """One article. ``docno``: the file's stem, with -2, -3 … for further articles. ``text`` is what spans count in."""

    docno: str
    text: str
    title: str = ""
    published: date | None = None
    publisher: str | None = None
    url: str | None = None


def read_documents(path: Path) -> list[Document]:
    """The articles of a file. Raises UnreadableDocument when it holds none, OSError when it cannot be opened."""
    size = path.stat().st_size
    if size > _LARGEST:
        raise UnreadableDocument(f"{path.name} has {size:,} bytes; expected at most {_LARGEST:,}. Split it.")
    text = decoded(path.read_bytes(), path.name)
    found = list(documents_of(text, stem=path.stem.encode("utf-8", "replace").decode(), suffix=path.suffix.lower()))
    if not found:
        raise UnreadableDocument(f"{path.name} holds no article text; expected .txt, .html, .json or .jsonl with some.")
    return found


def documents_of(text: str, *, stem: str, suffix: str = ".txt") -> Iterator[Document]:
    """The articles of a file's text. Raises UnreadableDocument for broken JSON."""
    if suffix in (".html", ".htm", ".xhtml"):
        found = [_of_html(text, stem)]
    elif suffix in (".jsonl", ".ndjson"):
        found = [_of_record(_parsed(line, f"{stem}, line {n}"), stem)
                 for n, line in enumerate(text.splitlines(), start=1) if line.strip()]  # fmt: skip
    elif suffix == ".json":
        record = _parsed(text, stem)
        found = [_of_record(one, stem) for one in (record if isinstance(record, list) else [record])]
    else:
        found = [Document(docno=stem, text=part) for part in split_articles(text)]
    number = 0
    for document in found:
        if document.text.strip():
            number += 1
            yield replace(document, docno=stem if number == 1 else f"{stem}-{number}")


def split_articles(text: str) -> list[str]:
    """The articles that follow one another in one text; one where nothing marks a second.

    A second article begins after a line of signs or at least two empty lines, with a short line that is
    repeated soon (headline, picture, headline) or that follows a line of signs, and has a body of its own.
    """
    lines = text.splitlines(keepends=True)
    starts = [0]
    blank, ruled = 0, False
    bodies = 0
    for i, line in enumerate(lines):
        stripped = line.strip()
        if not stripped:
            blank += 1
            continue
        if _RULE.match(line):
            ruled = True
            continue
        if bodies >= 2 and (blank >= 2 or ruled) and _heads_article(lines, i, ruled=ruled):
            starts.append(i)
            bodies = 0
        bodies += len(stripped) > _BODY
        blank, ruled = 0, False
    ends = [*starts[1:], len(lines)]
    return ["".join(lines[a:b]) for a, b in zip(starts, ends, strict=True)]


def _heads_article(lines: list[str], i: int, *, ruled: bool) -> bool:
    head = lines[i].strip()
    if not _HEAD[0] <= len(head) <= _HEAD[1] or head.endswith((".", "،", ":", "؛")) or len(head.split()) < 3:
        return False
    following = [line.strip() for line in lines[i + 1 : i + 40] if line.strip()]
    if sum(len(line) > _BODY for line in following) < 2:
        return False
    return ruled or head in following[:8]


def _parsed(text: str, named: str) -> Any:
    try:
        return json.loads(text)
    except (ValueError, RecursionError) as error:
        raise UnreadableDocument(
            f"{named} is not JSON ({error}); expected an object with title, date and text."
        ) from error


def _of_record(record: Any, stem: str) -> Document:
    if not isinstance(record, Mapping):
        raise UnreadableDocument(
            f"{stem} holds {type(record).__name__} {str(record)[:40]!r}; expected an object with a text."
        )
    text = _first(record, _TEXT_FIELDS)
    if not text:
        raise UnreadableDocument(
            f"{stem} has the fields {', '.join(map(str, record))[:120]!r}; expected one of {_TEXT_FIELDS}."
        )
    title = html.unescape(_first(record, _TITLE_FIELDS))
    if title and not text.lstrip().startswith(title):
        text = f"{title}\n\n{text}"
    return Document(
        docno=stem, text=text, title=title, published=day_of(_first(record, _DATE_FIELDS)),
        publisher=_first(record, _PUBLISHER_FIELDS) or None, url=_first(record, ("url", "link")) or None,
    )  # fmt: skip


def _of_html(text: str, stem: str) -> Document:
    # Late: these load slowly, and plain text needs neither.
    import trafilatura
    from lxml import etree
    from lxml import html as pages

    try:
        page = pages.document_fromstring(text.encode("utf-8"), parser=pages.HTMLParser(encoding="utf-8"))
    except (etree.LxmlError, ValueError) as error:
        raise UnreadableDocument(f"{stem} is not an HTML page ({error}).") from error
    body = trafilatura.extract(text, include_comments=False, include_tables=False, favor_precision=True) or ""
    title = next(
        (t.strip() for t in (*page.xpath("//meta[@property='og:title']/@content"), *page.xpath("//h1//text()"),
                             *page.xpath("//title/text()")) if t.strip()), "")  # fmt: skip
    if not body.strip():
        raise UnreadableDocument(f"{stem} holds no article text that stands out from the page around it.")
    if title and not body.startswith(title):
        body = f"{title}\n\n{body}"
    site = next(iter(page.xpath("//meta[@property='og:site_name']/@content")), None)
    return Document(docno=stem, text=body, title=title, published=_page_date(page), publisher=site)


def _page_date(page: Any) -> date | None:
    for meta in page.xpath("//meta[@content]"):
        name = (meta.get("property") or meta.get("name") or meta.get("itemprop") or "").lower()
        if name in _META_DATES and (found := day_of(meta.get("content"))):
            return found
    for script in page.xpath("//script[@type='application/ld+json']/text()"):
        if match := re.search(r'"datePublished"\s*:\s*"([^"]{4,40})"', script):
            return day_of(match[1])
    return next((found for stamp in page.xpath("//time/@datetime") if (found := day_of(stamp))), None)


def day_of(text: str) -> date | None:
    """The day of an ISO or RFC 2822 time stamp; None for anything else."""
    text = text.strip()
    if match := re.match(r"(\d{4})-(\d{2})-(\d{2})", text):
        try:
            return date(int(match[1]), int(match[2]), int(match[3]))
        except ValueError:
            return None
    for form in ("%a, %d %b %Y", "%d %b %Y", "%d/%m/%Y"):
        try:
            return datetime.strptime(text[:16].strip() if "%a" in form else text[:11].strip(), form).date()
        except ValueError:
            continue
    return None


def _first(record: Mapping[str, Any], fields: tuple[str, ...]) -> str:
    return next((value for field in fields if isinstance(value := record.get(field), str) and value.strip()), "")


def decoded(data: bytes, name: str) -> str:
    """The text of a file's bytes. Raises UnreadableDocument for what is no text. name: for the message."""
    for encoding in ("utf-8-sig", "utf-16") if data[:2] in (b"\xff\xfe", b"\xfe\xff") else ("utf-8-sig", "cp1256"):
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        if "\x00" not in text:
            return text
    raise UnreadableDocument(f"{name} is not text in UTF-8, UTF-16 or Windows-1256; save it as UTF-8.")
