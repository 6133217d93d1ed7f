"""Both languages are whole: every string is in the Arabic catalogue, with its placeholders and plurals."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path

import pytest
from babel.messages.extract import extract_from_dir
from babel.messages.pofile import read_po

from events.ui.language import LOCALE, language, preferred

ROOT = Path(__file__).parents[3]
KEYWORDS = {"_": None, "N_": None, "gettext": None, "ngettext": (1, 2)}


def test_every_string_of_the_source_is_translated() -> None:
    with (LOCALE / "ar/LC_MESSAGES/furat.po").open("rb") as file:
        catalogue = read_po(file, locale="ar")
    wanted = {message for _, _, message, _, _ in extract_from_dir(ROOT / "events", keywords=KEYWORDS)}
    assert len(wanted) > 100
    for message in wanted:
        found = catalogue.get(message[0] if isinstance(message, tuple) else message)
        assert found is not None, f"{message!r} is not in the catalogue; run make messages"
        strings = found.string if isinstance(found.string, tuple) else (found.string,)
        assert all(strings), f"{message!r} has no Arabic"
        assert not found.fuzzy


def test_no_translation_is_left_over() -> None:
    with (LOCALE / "ar/LC_MESSAGES/furat.po").open("rb") as file:
        catalogue = read_po(file, locale="ar")
    wanted = {message for _, _, message, _, _ in extract_from_dir(ROOT / "events", keywords=KEYWORDS)}
    assert {message.id for message in catalogue if message.id} == wanted


def test_placeholders_survive_translation() -> None:
    with (LOCALE / "ar/LC_MESSAGES/furat.po").open("rb") as file:
        catalogue = read_po(file, locale="ar")
    for message in catalogue:
        if isinstance(message.id, str) and message.id:
            assert set(re.findall(r"\{\w+\}", message.id)) == set(re.findall(r"\{\w+\}", message.string)), message.id


@pytest.mark.parametrize(
    ("n", "text"), [(0, "لا أحداث"), (1, "حدث واحد"), (2, "حدثان"), (7, "7 أحداث"), (11, "11 حدثاً"), (100, "100 حدث")]
)
def test_arabic_counts_in_six_ways(n: int, text: str) -> None:
    assert language("ar").ngettext("{n} event", "{n} events", n).format(n=n) == text


@pytest.mark.parametrize(
    ("locale", "lang"),
    [("ar-SY", "ar"), ("ar", "ar"), ("AR_eg", "ar"), ("en-US", "en"), ("fr", "en"), (None, "en"), ("", "en")],
)
def test_the_browser_s_locale_decides(locale: str | None, lang: str) -> None:
    assert preferred(locale) == lang


def test_dates_are_written_out_with_syria_s_months_and_western_digits() -> None:
    day = date(2017, 10, 12)
    assert language("en").day(day) == "12 October 2017"
    assert language("ar").day(day) == "12 تشرين الأول 2017"


def test_a_date_is_no_finer_than_it_is_known() -> None:
    english = language("en")
    assert english.span(date(2017, 10, 1), date(2017, 10, 31), 4) == "October 2017"
    assert english.span(date(2017, 1, 1), date(2017, 12, 31), 5) == "2017"
    assert english.span(date(2017, 10, 12), date(2017, 10, 12), 1) == "12 October 2017"
