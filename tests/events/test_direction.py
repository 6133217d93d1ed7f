"""The page's first byte: an Arabic page is Arabic, and runs from the right, before any script has run."""

from __future__ import annotations

import pytest
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import HTMLResponse, PlainTextResponse, StreamingResponse
from starlette.routing import Route
from starlette.testclient import TestClient

from events.direction import Turned

PAGE = '<!DOCTYPE html>\n<html lang="en">\n<head><title>نهر</title></head></html>'


def page(_request: Request) -> HTMLResponse:
    return HTMLResponse(PAGE)


def in_parts(_request: Request) -> StreamingResponse:
    return StreamingResponse(iter([PAGE[:22], PAGE[22:]]), media_type="text/html")


def text(_request: Request) -> PlainTextResponse:
    return PlainTextResponse(PAGE)


client = TestClient(
    Starlette(
        routes=[Route("/", page), Route("/parts", in_parts), Route("/text", text)], middleware=[Middleware(Turned)]
    )
)


@pytest.mark.parametrize(
    ("address", "browser", "arabic"),
    [
        ("/?lang=ar", "en-GB", True),
        ("/parts?draw=heat&lang=ar", "en-GB", True),
        ("/", "ar-SY,ar;q=0.9,en;q=0.8", True),
        ("/?lang=", "ar", True),
        ("/?lang=en", "ar-SY", False),
        ("/", "en-GB,ar;q=0.5", False),
        ("/", "arn", False),
        ("/text?lang=ar", "ar", False),
    ],
)
def test_the_page_is_turned_where_arabic_is_asked_for(address: str, browser: str, arabic: bool) -> None:
    answer = client.get(address, headers={"Accept-Language": browser})
    assert ('<html lang="ar" dir="rtl">' in answer.text) == arabic
    assert ('<html lang="en">' in answer.text) != arabic
    assert answer.text.replace('<html lang="ar" dir="rtl">', '<html lang="en">') == PAGE
    assert int(answer.headers.get("content-length", len(answer.content))) == len(answer.content)
    assert ("Accept-Language" in answer.headers.get("vary", "")) == arabic
