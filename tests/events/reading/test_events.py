"""What happened, who did it, who says so, and what is only planned, denied or described."""

from __future__ import annotations

from datetime import date

import pytest

from events.reading.reader import Reader
from tests.events.reading.short_reports import DAY, events


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("سيطر الجيش السوري على مدينة تدمر.", "Government regains territory"),
        ("انتزعت قوات سوريا الديمقراطية حي المشلب في مدينة الرقة.", "Non-state actor overtakes territory"),
        ("اندلعت اشتباكات بين الجيش السوري وداعش في مدينة تدمر.", "Armed clash"),
        ("شنت طائرات التحالف غارات على مدينة الرقة.", "Air/drone strike"),
        ("سقطت قذائف هاون على حي في مدينة الرقة وقتل مدني.", "Shelling/artillery/missile attack"),
        ("فجر انتحاري حزاما ناسفا في مدينة الرقة.", "Suicide bomb"),
        ("انفجرت عبوة ناسفة في مدينة الرقة.", "Remote explosive/landmine/IED"),
        ("اختطف داعش عشرة مدنيين في مدينة الرقة.", "Abduction/forced disappearance"),
        ("نزح آلاف المدنيين من مدينة الرقة.", "Displacement"),
        ("فرضت قوات النظام حصارا على مدينة الرقة.", "Siege"),
        ("عثر على مقبرة جماعية في مدينة الرقة.", "Mass grave found"),
        ("توصل الطرفان إلى اتفاق هدنة في مدينة الرقة.", "Agreement"),
        ("The Syrian army captured the city of Raqqa.", "Government regains territory"),
        ("Coalition airstrikes hit Raqqa on Thursday.", "Air/drone strike"),
    ],
)
def test_a_report_of_one_thing_gives_its_type(reader: Reader, text: str, kind: str) -> None:
    assert [e.sub_event_type for e in events(reader, text)] == [kind]


@pytest.mark.parametrize(
    "text",
    [
        "لم يسيطر الجيش السوري على مدينة تدمر.",
        "سيسيطر الجيش السوري على مدينة تدمر.",
        "تحاول قوات النظام السيطرة على مدينة تدمر.",
        "مناطق تحت سيطرة داعش في محافظة الرقة.",
        "القرية التي يسيطر عليها داعش في محافظة الرقة.",
        "في حال اندلاع اشتباكات في مدينة الرقة.",
    ],
)
def test_what_did_not_happen_is_no_event(reader: Reader, text: str) -> None:
    assert events(reader, text) == ()


def test_the_same_thing_told_twice_is_one_event(reader: Reader) -> None:
    text = "سيطر الجيش السوري على مدينة تدمر.\nوقال ناشطون إن الجيش السوري سيطر على مدينة تدمر أمس الجمعة."
    found = events(reader, text)
    assert len(found) == 1
    assert found[0].date_start == date(2017, 10, 13)


@pytest.mark.parametrize(
    ("text", "actors"),
    [
        ("سيطر الجيش السوري على مدينة تدمر بدعم روسي.", {"syrian_government"}),
        ("شن الطيران الحربي العراقي غارات على مواقع داعش في مدينة تدمر.", {"iraq", "islamic_state"}),
        ("تحدث تقرير عن داعش.\nهاجم التنظيم مواقع الجيش السوري في مدينة تدمر.", {"islamic_state", "syrian_government"}),
    ],
)
def test_parties_are_named_by_name_adjective_or_anaphor(reader: Reader, text: str, actors: set[str]) -> None:
    event = events(reader, text)[-1]
    assert actors <= {*event.actors, *event.targets}


@pytest.mark.parametrize(
    ("text", "claimant"),
    [
        ("قال المرصد السوري إن قوات النظام سيطرت على مدينة تدمر.", "sohr"),
        ("سيطرت قوات النظام على مدينة تدمر، وفق ناشطين.", "activists"),
        ("ذكرت وكالة سانا أن الجيش السوري سيطر على مدينة تدمر.", "sana"),
        ("نقلت رويترز عن مصادر محلية أن الجيش السوري سيطر على مدينة تدمر.", "local_source"),
        ("سيطرت قوات النظام على مدينة تدمر.", "report"),
    ],
)
def test_the_claimant_is_who_is_credited(reader: Reader, text: str, claimant: str) -> None:
    assert claimant in events(reader, text)[0].claimants


def test_a_denial_is_kept_apart(reader: Reader) -> None:
    event = events(reader, "نفت موسكو أن طائراتها قصفت مدينة تدمر.")[0]
    assert event.denied_by == ("russia",)
    assert event.stance == "denied"


def test_unconfirmed_news_says_so(reader: Reader) -> None:
    assert events(reader, "أنباء غير مؤكدة عن اشتباكات في مدينة تدمر.")[0].stance == "unconfirmed"


def test_every_value_points_at_its_words(reader: Reader) -> None:
    reading = reader.read("خبر\n\nقال المرصد السوري إن الجيش السوري سيطر على مدينة تدمر أمس.", published=DAY)
    event = reading.events[0]
    words = {what: [span.of(reading.text) for span in spans] for what, spans in event.spans.items()}
    assert words["place"] == ["تدمر"]
    assert words["date"] == ["أمس"]
    assert words["event"] == ["سيطر"]
    assert "الجيش السوري" in words["actors"]
    assert 0 < event.confidence < 1
    assert event.reasons
