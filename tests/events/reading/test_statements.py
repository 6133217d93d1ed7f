"""What a party says it will or will not do, threatens or demands."""

from __future__ import annotations

import pytest

from events.reading.reader import Reader
from tests.events.reading.short_reports import events, last


@pytest.mark.parametrize(
    "text",
    [
        "طالبت فصائل المعارضة في مدينة درعا قوات النظام بالانسحاب.",
        "دعت فصائل المعارضة إلى هدنة في مدينة درعا، لكن موسكو رفضت الهدنة.",
    ],
)
def test_a_statement_is_its_speakers_alone(reader: Reader, text: str) -> None:
    event = last(reader, text, "Statement")
    assert (event.actors, event.targets) == (("opposition_rebels",), ())


def test_two_speakers_make_two_statements(reader: Reader) -> None:
    text = "قال التحالف الدولي إنه لن ينسحب من مدينة هجين.\nوقالت قوات سوريا الديمقراطية إنها لن تنسحب من مدينة هجين."
    assert [e.actors for e in events(reader, text) if e.sub_event_type == "Statement"] == [("coalition",), ("sdf",)]
