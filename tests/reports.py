"""Reports invented for the tests: two papers on the same two days, an English one, and one that is full of traps."""

from __future__ import annotations

FIRST = """قسد تتقدم في الرقة وغارات على الميادين

أعلنت قوات سوريا الديمقراطية أمس الخميس أنها سيطرت على حي المشلب شرق مدينة الرقة بعد طرد تنظيم داعش منه.

وقال المرصد السوري لحقوق الإنسان إن طائرات التحالف الدولي شنت مساء الأربعاء غارات على مدينة الميادين، \
ما أدى إلى مقتل 12 مدنياً على الأقل.

وفي البوكمال، نفى ناشطون أنباء غير مؤكدة عن تفجير انتحاري نفذه التنظيم عند معبر البوكمال.
"""
"""Published on Friday 13 October 2017."""

SECOND = """مقتل مدنيين في غارات على الميادين

أفادت وكالة رويترز أن طائرات التحالف الدولي قصفت يوم الأربعاء الماضي مدينة الميادين وأن 15 مدنياً قتلوا في الغارات.

وذكرت وكالة سانا أن الجيش السوري سيطر أمس على بلدة القورية في ريف دير الزور الشرقي بعد اشتباكات مع تنظيم داعش.
"""
"""Published on Friday 13 October 2017."""

ENGLISH = """Strike near Raqqa kills three

Coalition aircraft struck an Islamic State position in Raqqa on 12 October 2017, killing three people, Reuters said.
"""
