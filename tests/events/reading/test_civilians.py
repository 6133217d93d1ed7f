"""People told of without a side."""

from __future__ import annotations

import pytest

from events.reading.reader import Reader
from tests.events.reading.short_reports import only


@pytest.mark.parametrize(
    "text",
    [
        "قصفت قوات النظام مدينة جسر الشغور بالمدفعية، ما أوقع ثلاثة قتلى.",
        "قصفت قوات النظام مدينة جسر الشغور بالمدفعية، ما أدى إلى مقتل ثلاثة أشخاص.",
        "اختطف تنظيم داعش أكثر من 40 عائلة من مدينة هجين.",
    ],
)
def test_people_of_no_side_are_civilians(reader: Reader, text: str) -> None:
    assert only(reader, text).targets == ("civilians",)


def test_fighters_counted_among_the_dead_are_no_civilians(reader: Reader) -> None:
    event = only(reader, "قصفت قوات النظام مدينة جسر الشغور بالمدفعية، ما أدى إلى مقتل ثلاثة من عناصر داعش.")
    assert event.targets == ("islamic_state",)
