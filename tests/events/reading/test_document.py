"""Articles out of files, one or several, with the day the file itself gives."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from events.reading.document import documents_of, read_documents, split_articles
from events.reading.errors import UnreadableDocument

BODY = (
    "جملة طويلة من عندنا لا تقول شيئا بعينه سوى أنها تملأ فقرة من فقرات الخبر حتى تبلغ طولا يكفي ليعد متنا. " * 2
).strip()
HEAD = "عنوان أول لخبر من عندنا"
OTHER = "عنوان آخر لخبر ثان مختلف"


@given(st.text())
def test_splitting_loses_nothing(text: str) -> None:
    assert "".join(split_articles(text)) == text


def test_a_repeated_headline_after_a_gap_begins_an_article() -> None:
    text = f"{HEAD}\n\n{BODY}\n\n{BODY}\n\n\n\n{OTHER}\n\nصورة\n\n{OTHER}\n\n{BODY}\n\n{BODY}\n"
    found = list(documents_of(text, stem="x"))
    assert [d.docno for d in found] == ["x", "x-2"]
    assert found[1].text.startswith(OTHER)


def test_a_heading_inside_an_article_does_not() -> None:
    text = f"{HEAD}\n\n{BODY}\n\n{BODY}\n\n{OTHER}\n\n{BODY}\n\n{BODY}\n"
    assert len(list(documents_of(text, stem="x"))) == 1


def test_a_page_gives_its_article_title_and_day() -> None:
    page = f"""<html><head><title>t</title><meta property="og:title" content="{HEAD}">
      <meta property="article:published_time" content="2017-11-02T10:00:00Z">
      <meta property="og:site_name" content="صحيفة"></head>
      <body><nav>قائمة</nav><article><h1>{HEAD}</h1><p>{BODY}</p><p>{BODY} وأكثر</p><p>{BODY} وأكثر بعد</p></article>
      <footer>حقوق</footer></body></html>"""  # fmt: skip
    (found,) = documents_of(page, stem="p", suffix=".html")
    assert found.published == date(2017, 11, 2)
    assert found.publisher == "صحيفة"
    assert found.text.startswith(HEAD)
    assert BODY in found.text
    assert "قائمة" not in found.text


def test_json_lines_give_an_article_each() -> None:
    lines = "\n".join(
        json.dumps({"title": f"خبر {i}", "date": "2017-11-02", "text": BODY, "url": "u"}) for i in range(3)
    )
    found = list(documents_of(lines, stem="j", suffix=".jsonl"))
    assert [d.docno for d in found] == ["j", "j-2", "j-3"]
    assert {d.published for d in found} == {date(2017, 11, 2)}


@pytest.mark.parametrize(
    ("name", "data", "told"),
    [
        ("a.json", b"{", "not JSON"),
        ("a.json", b'{"headline": "x"}', "expected one of"),
        ("a.jsonl", b"[1]", "expected an object"),
        ("a.txt", b"  \n", "holds no article"),
        ("a.txt", b"\x00\x01\x02\x00", "not text"),
    ],
)
def test_a_bad_file_says_what_is_wrong(tmp_path: Path, name: str, data: bytes, told: str) -> None:
    path = tmp_path / name
    path.write_bytes(data)
    with pytest.raises(UnreadableDocument, match=told):
        read_documents(path)
