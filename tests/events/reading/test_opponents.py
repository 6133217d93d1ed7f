"""The other side, where a sentence names one only."""

from __future__ import annotations

from events.reading.reader import Reader
from tests.events.reading.short_reports import last, only

TAKEN = "Non-state actor overtakes territory"
RETAKEN = "Government regains territory"


def test_a_bomb_of_nobody_was_set_by_someone_unidentified(reader: Reader) -> None:
    event = only(reader, "انفجرت عبوة ناسفة في مدينة الرقة.")
    assert event.actors == ("unidentified",)
    assert "nobody is named as having done it" in event.reasons


def test_the_other_side_of_a_capture_is_that_of_the_battle_there_with_its_allies(reader: Reader) -> None:
    text = (
        "سيطر تنظيم داعش على مدينة الميادين.\n"
        "ودارت معارك في مدينة الميادين بين تنظيم داعش وقوات النظام وميليشيات موالية للنظام."
    )
    assert {*last(reader, text, TAKEN).targets} == {"syrian_government", "pro_government_militias"}


def test_whom_a_side_strikes_it_fights(reader: Reader) -> None:
    text = (
        "دمرت المقاتلات التركية مستودعا تابعا لوحدات حماية الشعب في مدينة جنديرس.\n"
        "وسيطرت القوات التركية على مدينة عفرين."
    )
    assert last(reader, text, RETAKEN).targets == ("ypg",)


def test_an_ally_of_a_group_is_not_its_opponent(reader: Reader) -> None:
    text = (
        "قالت تركيا إن تركيا تدعم الفصائل، وأعلنت تركيا ذلك مرارا.\nوتقاتل فصائل المعارضة قوات النظام منذ أعوام.\n"
        "وشنت فصائل المعارضة هجوما على بلدة النيرب."
    )
    event = last(reader, text, "Armed clash")
    assert "syrian_government" in {*event.actors, *event.targets}
    assert "turkey" not in {*event.actors, *event.targets}


def test_of_several_fought_as_often_the_first_told_is_the_other_side(reader: Reader) -> None:
    text = (
        "دارت معارك بين تنظيم داعش والقوات العراقية وقوات النظام وفصائل المعارضة في مدينة القائم.\n"
        "وسيطر تنظيم داعش على مدينة عنه."
    )
    assert last(reader, text, TAKEN).targets == ("iraq",)
