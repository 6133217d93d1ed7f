"""The reader on invented articles, coded before it read them: it finds most of what is told and adds little."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest

from events.reading.reader import Reader
from events.reading.reading import ReadEvent
from geo.place import Point, distance_km

_FOLDER = Path(__file__).parent / "articles"
_DAY = timedelta(days=1)
_ARTICLES = [json.loads(line) for line in (_FOLDER / "coded.jsonl").read_text(encoding="utf-8").splitlines()]


@dataclass(frozen=True, kw_only=True)
class Read:
    """One article's coding and reading, and which coded event each read event is."""

    coded: list[dict[str, Any]]
    events: tuple[ReadEvent, ...]
    pairs: dict[int, int]


def _fits(coded: dict[str, Any], read: ReadEvent) -> bool:
    if read.sub_event_type not in coded["sub_event_types"] or read.date_start is None or read.date_end is None:
        return False
    start, end = date.fromisoformat(coded["date_start"]), date.fromisoformat(coded["date_end"])
    if read.date_start > end + _DAY or start > read.date_end + _DAY:
        return False
    return any(
        distance_km(Point(lat=p["lat"], lon=p["lon"]), Point(lat=q.lat, lon=q.lon)) <= max(p["tolerance_km"], 5)
        for p in coded["places"]
        for q in read.places[:1]
    )


def _read(reader: Reader, article: dict[str, Any]) -> Read:
    text = (_FOLDER / f"{article['docno']}.txt").read_text(encoding="utf-8")
    events = reader.read(text, published=date.fromisoformat(article["published"])).events
    pairs: dict[int, int] = {}
    for i, coded in enumerate(article["events"]):
        found = next((j for j, e in enumerate(events) if j not in pairs.values() and _fits(coded, e)), None)
        if found is not None:
            pairs[i] = found
    return Read(coded=article["events"], events=events, pairs=pairs)


@pytest.fixture(scope="module")
def arabic(reader: Reader) -> list[Read]:
    return [_read(reader, a) for a in _ARTICLES if not a["docno"].startswith("e")]


@pytest.fixture(scope="module")
def english(reader: Reader) -> list[Read]:
    return [_read(reader, a) for a in _ARTICLES if a["docno"].startswith("e")]


def _recall(reads: list[Read]) -> float:
    wanted = [(r, i) for r in reads for i, e in enumerate(r.coded) if not e["background"]]
    return sum(i in r.pairs for r, i in wanted) / len(wanted)


def _precision(reads: list[Read]) -> float:
    return sum(len(r.pairs) for r in reads) / sum(len(r.events) for r in reads)


def test_most_of_what_an_article_tells_is_found(arabic: list[Read]) -> None:
    assert _recall(arabic) >= 0.85


def test_little_is_read_that_is_not_told(arabic: list[Read]) -> None:
    assert _precision(arabic) >= 0.8


def test_english_goes_the_same_way(english: list[Read]) -> None:
    assert _recall(english) >= 0.75


def test_the_parties_of_found_events_are_mostly_right(arabic: list[Read]) -> None:
    right = named = wanted = 0
    for read in arabic:
        for i, j in read.pairs.items():
            coded, event = read.coded[i], read.events[j]
            gold, got = {*coded["actors"], *coded["targets"]}, {*event.actors, *event.targets}
            right, named, wanted = right + len(gold & got), named + len(got), wanted + len(gold)
    assert right / named >= 0.85
    assert right / wanted >= 0.7


def test_who_says_so_is_named(arabic: list[Read]) -> None:
    credited = [
        bool({*r.coded[i]["claimants"]} & {*r.events[j].claimants})
        for r in arabic
        for i, j in r.pairs.items()
        if {*r.coded[i]["claimants"]} - {"report"}
    ]
    assert sum(credited) / len(credited) >= 0.85


def test_every_event_has_a_word_of_its_own_and_a_reason(arabic: list[Read]) -> None:
    for read in arabic:
        for event in read.events:
            assert event.spans["event"]
            assert event.reasons
