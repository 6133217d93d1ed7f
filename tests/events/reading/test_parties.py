"""Who did it and who was hit: voice, prepositions, descriptions, what stands for a name, allies."""

from __future__ import annotations

import pytest

from events.reading.reader import Reader
from tests.events.reading.short_reports import events, last, only


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
    arrest = last(reader, text, "Arrests")
    assert arrest.actors == ("hts",)


def test_who_owns_up_to_an_attack_did_it(reader: Reader) -> None:
    event = only(reader, "انفجرت سيارة مفخخة في مدينة القامشلي.\nوتبنى تنظيم داعش التفجير.")
    assert "islamic_state" in event.actors
    assert "islamic_state" in event.claimants


def test_an_answer_is_another_strike(reader: Reader) -> None:
    text = "قصفت قوات النظام مواقع القوات التركية في مدينة سراقب.\nوردت القوات التركية بقصف مواقع قوات النظام في سراقب."
    doers = {e.actors[0] for e in events(reader, text)}
    assert doers == {"syrian_government", "turkey"}


def test_a_state_answers_for_its_own_announcement(reader: Reader) -> None:
    event = only(reader, "أعلنت وزارة الدفاع التركية مقتل عشرة مسلحين في مدينة عفرين.")
    assert "turkey" in {*event.actors, *event.targets}


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
