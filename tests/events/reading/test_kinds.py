"""The whole vocabulary of war reporting: every kind of event, in the forms and voices the news uses."""

from __future__ import annotations

import pytest

from events.reading.reader import Reader
from tests.events.reading.short_reports import events


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("بسطت وحدات من الجيش السوري سيطرتها الكاملة على بلدة مسرابا.", "Government regains territory"),
        ("تمكنت القوات العراقية من تحرير مدينة راوة.", "Government regains territory"),
        ("أعلنت قيادة العمليات المشتركة، الاثنين، تحرير قضاء راوة من سيطرة داعش.", "Government regains territory"),
        ("سقطت بلدة كفر نبودة بيد فصائل المعارضة.", "Non-state actor overtakes territory"),
        ("أحكم مقاتلو داعش سيطرتهم على قرية الباغوز.", "Non-state actor overtakes territory"),
        ("سلمت فصائل المعارضة معبر نصيب إلى قوات النظام دون قتال.", "Non-violent transfer of territory"),
        ("صدت هيئة تحرير الشام هجوما لقوات النظام على بلدة الهبيط.", "Armed clash"),
        ("أحبطت قسد محاولة تسلل لداعش في محيط بلدة هجين.", "Armed clash"),
        ("وقع عناصر من قوات النظام في كمين نصبه داعش قرب مدينة السخنة.", "Armed clash"),
        ("ألقت مروحيات النظام براميل متفجرة على مدينة حرستا.", "Air/drone strike"),
        ("نفذ سلاح الجو الإسرائيلي ضربات على مطار التيفور.", "Air/drone strike"),
        ("استهدفت طائرة مسيرة سيارة في مدينة إدلب.", "Air/drone strike"),
        ("تعرضت مدينة جسر الشغور لقصف صاروخي من قبل قوات النظام.", "Shelling/artillery/missile attack"),
        ("قصفت المدفعية التركية قرى في ريف تل أبيض.", "Shelling/artillery/missile attack"),
        ("فجر انتحاري يقود سيارة مفخخة نفسه عند حاجز في مدينة منبج.", "Suicide bomb"),
        ("انفجر لغم أرضي من مخلفات داعش في مدينة الرقة.", "Remote explosive/landmine/IED"),
        ("ألقى مجهولون قنبلة يدوية على مقر في مدينة درعا.", "Grenade"),
        ("قتل عشرات المدنيين في هجوم كيماوي على مدينة دوما.", "Chemical weapon"),
        ("أعدم تنظيم داعش خمسة مدنيين في مدينة الميادين.", "Attack"),
        ("اغتال مسلحون مجهولون قياديا في فيلق الشام قرب مدينة سراقب.", "Attack"),
        ("أطلق مجهولون النار على مدني في مدينة البصيرة.", "Attack"),
        ("خطف داعش 30 امرأة من مدينة السويداء.", "Abduction/forced disappearance"),
        ("ألقت قوات الأمن القبض على خمسة أشخاص في مدينة القائم.", "Arrests"),
        ("نفذت الأسايش حملة مداهمات واعتقالات في مدينة الشحيل.", "Arrests"),
        ("اغتصب مسلحون امرأة في مدينة عفرين.", "Sexual violence"),
        ("خرج المئات من أهالي مدينة اعزاز في مظاهرة.", "Peaceful protest"),
        ("اندلعت أعمال شغب في مدينة السويداء.", "Violent demonstration"),
        ("أطلق عناصر الأمن النار على متظاهرين في مدينة منبج وقتل متظاهر.", "Excessive force against protesters"),
        ("توصلت دمشق إلى اتفاق مع فصائل معارضة في بلدة يلدا.", "Agreement"),
        ("انتهت جولة مفاوضات بين فصائل المعارضة وروسيا في مدينة بصرى الشام.", "Negotiation"),
        ("أفرجت هيئة تحرير الشام عن عشرة أسرى في مدينة إدلب.", "Other"),
        ("شدد النظام السوري حصاره على مخيم الركبان.", "Siege"),
        ("وصلت تعزيزات عسكرية تركية إلى مدينة جرابلس.", "Troop movement"),
        ("انسحب مقاتلو داعش من مدينة تدمر.", "Troop movement"),
        ("فككت وحدات الهندسة عبوات ناسفة في مدينة تدمر.", "Disrupted weapons use"),
        ("نهب مسلحون متاجر ومنازل في مدينة عفرين.", "Looting/property destruction"),
        ("أنشأت القوات الأميركية قاعدة عسكرية قرب مدينة منبج.", "Headquarters or base established"),
        ("انشق قيادي عن هيئة تحرير الشام في مدينة إدلب.", "Change to group/activity"),
        ("خرجت حافلات تقل مقاتلي المعارضة من مدينة حرستا.", "Non-violent transfer of territory"),
        ("وصل مئات النازحين إلى مخيم الهول.", "Displacement"),
        ("هرب آلاف المدنيين من مدينة عفرين.", "Displacement"),
        ("عثر على مقابر جماعية في مدينة الرقة.", "Mass grave found"),
    ],
)
def test_each_kind_of_event_is_told_apart(reader: Reader, text: str, kind: str) -> None:
    assert [e.sub_event_type for e in events(reader, text)] == [kind]


@pytest.mark.parametrize(
    "text",
    [
        "انتهت المحادثات دون التوصل إلى اتفاق في مدينة درعا.",
        "لم تنفذ روسيا أي ضربات في مدينة إدلب.",
        "يسيطر داعش على أجزاء من مدينة البوكمال.",
        "ستبدأ تركيا عملية عسكرية في مدينة منبج.",
        "تفجر خلاف بين الطرفين في مدينة الرقة.",
        "طالب الأهالي بالإفراج عن المعتقلين في مدينة الرقة.",
        "ضاعف داعش من هجماته.",
    ],
)
def test_what_did_not_happen_is_no_event(reader: Reader, text: str) -> None:
    assert [e.sub_event_type for e in events(reader, text)] == []


def test_an_act_that_explains_a_flight_is_not_told_for_itself(reader: Reader) -> None:
    (event,) = events(reader, "نزح آلاف المدنيين من مدينة عفرين هربا من القصف.")
    assert event.sub_event_type == "Displacement"


def test_how_people_died_is_the_event(reader: Reader) -> None:
    (event,) = events(reader, "قتل تسعة مدنيين جراء غارات روسية على مدينة عربين.")
    assert (event.sub_event_type, event.fatalities_low) == ("Air/drone strike", 9)
