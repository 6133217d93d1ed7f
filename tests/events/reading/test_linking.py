"""Two reports of one thing are linked with reasons; different things are not."""

from __future__ import annotations

from datetime import date

from events.reading.linking import link_events
from events.reading.reader import Reader

ONE = "خبر\n\nسيطر الجيش السوري على مدينة تدمر أمس بعد معارك مع داعش."
OTHER = "خبر\n\nقال المرصد السوري إن الجيش السوري سيطر على مدينة تدمر الجمعة وطرد داعش."
ELSEWHERE = "خبر\n\nسيطر الجيش السوري على مدينة الميادين أمس."
LATER = date(2017, 10, 14)


def test_the_same_capture_in_two_reports_is_linked(reader: Reader) -> None:
    events = [(name, e) for name, text in (("a", ONE), ("b", OTHER)) for e in reader.read(text, published=LATER).events]
    links = link_events(events)
    assert len(links) == 1
    assert {events[links[0].one][0], events[links[0].other][0]} == {"a", "b"}
    assert any("km apart" in reason for reason in links[0].reasons)


def test_other_places_days_and_one_report_alone_are_not(reader: Reader) -> None:
    one = reader.read(ONE, published=LATER).events[0]
    elsewhere = reader.read(ELSEWHERE, published=LATER).events[0]
    weeks_on = reader.read(ONE, published=date(2017, 11, 14)).events[0]
    assert link_events([("a", one), ("b", elsewhere)]) == []
    assert link_events([("a", one), ("b", weeks_on)]) == []
    assert link_events([("a", one), ("a", one)]) == []
