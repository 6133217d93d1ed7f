"""Who did it and who was hit: voice, prepositions, descriptions, what stands for a name, allies and the other side."""

from __future__ import annotations

from datetime import date

import pytest

from events.reading.reader import Reader
from events.reading.reading import ReadEvent

DAY = date(2018, 5, 14)


def only(reader: Reader, text: str) -> ReadEvent:
    (event,) = reader.read("خبر\n\n" + text, published=DAY).events
    return event


@pytest.mark.parametrize(
    ("text", "actors", "targets"),
    [
        ("استهدفت مدينة تدمر بقصف صاروخي من قبل قوات النظام.", {"syrian_government"}, set()),
        ("قتل عشرة من عناصر داعش على يد قوات سوريا الديمقراطية في مدينة هجين.", {"sdf"}, {"islamic_state"}),
        ("سيطر الجيش السوري بدعم من روسيا على مدينة تدمر.", {"syrian_government", "russia"}, set()),
        ("شنت تركيا غارات على مواقع قسد في مدينة عين عيسى.", {"turkey"}, {"sdf"}),
        ("فجر انتحاري نفسه في رتل لقوات سوريا الديمقراطية في مدينة الشدادي.", set(), {"sdf"}),
        ("اختطف مسلحون مجهولون ثلاثة مدنيين من مدينة درعا.", {"unidentified"}, {"civilians"}),
        ("قصف تركي على مدينة عين عيسى.", {"turkey"}, set()),
    ],
)
def test_voice_and_prepositions_tell_doer_from_victim(
    reader: Reader, text: str, actors: set[str], targets: set[str]
) -> None:
    event = only(reader, text)
    assert ({*event.actors}, {*event.targets}) == (actors, targets)


def test_who_only_backs_a_party_takes_no_part(reader: Reader) -> None:
    event = only(reader, "اندلعت اشتباكات بين فصائل معارضة مدعومة من تركيا وقوات النظام في بلدة النيرب.")
    assert "turkey" not in {*event.actors, *event.targets}
    assert "syrian_government" in event.actors


def test_a_camp_is_for_displaced_people_not_an_attack_on_them(reader: Reader) -> None:
    event = only(reader, "سيطرت قوات سوريا الديمقراطية على مخيم للنازحين قرب مدينة هجين.")
    assert "civilians" not in event.targets


def test_the_head_of_a_name_stands_for_the_name(reader: Reader) -> None:
    text = "دخلت هيئة تحرير الشام مدينة أريحا.\nواعتقلت الهيئة خمسة ناشطين في مدينة كفرنبل."
    arrest = next(e for e in reader.read("خبر\n\n" + text, published=DAY).events if e.sub_event_type == "Arrests")
    assert arrest.actors == ("hts",)


def test_who_owns_up_to_an_attack_did_it(reader: Reader) -> None:
    event = only(reader, "انفجرت سيارة مفخخة في مدينة القامشلي.\nوتبنى تنظيم داعش التفجير.")
    assert "islamic_state" in event.actors
    assert "islamic_state" in event.claimants


def test_an_answer_is_another_strike(reader: Reader) -> None:
    text = "قصفت قوات النظام مواقع القوات التركية في مدينة سراقب.\nوردت القوات التركية بقصف مواقع قوات النظام في سراقب."
    doers = {e.actors[0] for e in reader.read("خبر\n\n" + text, published=DAY).events}
    assert doers == {"syrian_government", "turkey"}


def test_a_state_answers_for_its_own_announcement(reader: Reader) -> None:
    event = only(reader, "أعلنت وزارة الدفاع التركية مقتل عشرة مسلحين في مدينة عفرين.")
    assert "turkey" in {*event.actors, *event.targets}
