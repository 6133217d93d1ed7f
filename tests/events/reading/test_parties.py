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


def last(reader: Reader, text: str, kind: str) -> ReadEvent:
    return [e for e in reader.read("خبر\n\n" + text, published=DAY).events if e.sub_event_type == kind][-1]


TAKEN = "Non-state actor overtakes territory"
RETAKEN = "Government regains territory"


@pytest.mark.parametrize(
    "text",
    [
        "أطلقت قوات سوريا الديمقراطية معركة لطرد تنظيم داعش منها، وسيطرت على حي المشلب في مدينة الرقة.",
        "بدأت قوات سوريا الديمقراطية، الخميس، عملية واسعة في ريف الرقة الشمالي تهدف، بحسب بيان لها نشر في وقت متأخر من "
        "الليل، إلى طرد تنظيم داعش منها، وسيطرت على حي المشلب.",
        "تلاحق قوات سوريا الديمقراطية مقاتلي تنظيم داعش الذي هاجمها، سيطرت على حي المشلب في مدينة الرقة.",
    ],
)
def test_a_joined_verb_keeps_the_subject_it_agrees_with_however_far(reader: Reader, text: str) -> None:
    event = last(reader, text, TAKEN)
    assert (event.actors[0], "islamic_state" in event.targets) == ("sdf", True)


def test_a_masculine_verb_has_no_forces_for_a_subject(reader: Reader) -> None:
    text = "ينسحب تنظيم داعش أمام قوات سوريا الديمقراطية، بعدما سيطر على بلدة السوسة."
    assert last(reader, text, TAKEN).actors[0] == "islamic_state"


def test_parties_joined_before_a_verb_are_its_subject_together(reader: Reader) -> None:
    event = only(reader, "قالت أنقرة إن قوات تركية ومقاتلين من المعارضة السورية سيطروا على مدينة عفرين.")
    assert (event.sub_event_type, {*event.actors}) == (RETAKEN, {"turkey", "opposition_rebels"})


def test_whose_ground_it_was_may_be_told_behind_a_list_of_villages(reader: Reader) -> None:
    text = (
        "سيطر الجيش السوري على أربع قرى شرقي النهر هي السوسة والشعفة والباغوز والكشمة، وهي قرى صغيرة خلت من سكانها، "
        "كانت جميعها تحت سيطرة قوات سوريا الديمقراطية."
    )
    assert last(reader, text, RETAKEN).targets == ("sdf",)


def test_who_holds_a_stronghold_is_hit_in_it(reader: Reader) -> None:
    assert only(reader, "قصفت الطائرات الروسية معاقل تنظيم داعش في مدينة هجين.").targets == ("islamic_state",)


def test_a_number_of_dead_of_a_party_are_its_dead(reader: Reader) -> None:
    event = only(reader, "نفذ سلاح الجو غارات على مدينة الميادين أدت إلى مقتل عدد من عناصر داعش.")
    assert ("islamic_state" in event.actors, event.targets) == (False, ("islamic_state",))


def test_a_friend_hit_in_another_deed_takes_no_part_in_the_answer(reader: Reader) -> None:
    text = (
        "قتل عشرون من قوات النظام في ضربات شنها التحالف الدولي في مدينة هجين ردا على هجوم استهدف مقرا لقوات سوريا "
        "الديمقراطية."
    )
    event = last(reader, text, "Air/drone strike")
    assert (event.actors, event.targets) == (("coalition",), ("syrian_government",))


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
    events = reader.read("خبر\n\n" + text, published=DAY).events
    assert [e.actors for e in events if e.sub_event_type == "Statement"] == [("coalition",), ("sdf",)]


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
