"""Whatever the reader gives as a reason or remarks on a report has a place among the sentences of the page."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from events.atlas import Atlas
from events.desk import desk as on_desk
from events.desk.links import link
from events.reading.document import documents_of
from events.reading.errors import UnreadableDocument
from events.reading.reader import read
from events.ui.language import language
from events.ui.read_words import REASONS, REFUSALS, reason
from events.ui.words import PLACE_KINDS
from tests import reports

DAY = date(2017, 10, 13)
ARTICLES = sorted((Path(__file__).parents[1] / "reading" / "articles").glob("*.txt"))


def own_words(text: str) -> bool:
    """Whether a reason quotes the report, or names a place and its kind, which the page tells beside it."""
    return text.startswith("«") or text.split(" ")[0] in PLACE_KINDS


def test_every_reason_of_the_reader_is_known(atlas: Atlas) -> None:
    texts = [path.read_text(encoding="utf-8") for path in ARTICLES]
    texts += [text for name, text in vars(reports).items() if name.isupper() and isinstance(text, str)]
    found: set[str] = set()
    desk = on_desk.Desk()
    for number, text in enumerate(texts):
        reading = read(text, published=DAY, publisher=None, gazetteer=atlas.gazetteer, dataset=atlas.dataset)
        found |= {why for mention in reading.mentions for why in mention.reasons}
        found |= {why for event in reading.events for why in event.reasons}
        found |= {*reading.issues} | {when.issue for when in reading.times if when.issue}
        if text in (reports.FIRST, reports.SECOND):
            desk = on_desk.add(desk, on_desk.sheet(reading, name=str(number), day_from="", url=None))
    found |= {why for one in link(desk).proposals if one.joined for why in one.joined.reasons}
    assert len(found) > 50
    for text in found:
        assert own_words(text) or REASONS.parse(text), f"{text!r} is not in events/ui/read_words.py"


@pytest.mark.parametrize(
    ("name", "content"),
    [("a.json", "{"), ("a.json", "[1]"), ("a.json", '{"x": 1}'), ("a.html", "<html><body></body></html>"),
     ("a.jsonl", '{"text": "x"}\n{')],
)  # fmt: skip
def test_every_refusal_of_a_report_is_known(name: str, content: str) -> None:
    stem, _, suffix = name.rpartition(".")
    with pytest.raises(UnreadableDocument) as told:
        list(documents_of(content, stem=stem, suffix=f".{suffix}"))
    assert REFUSALS.parse(str(told.value)), str(told.value)


def test_parties_and_types_within_a_reason_have_their_names(atlas: Atlas) -> None:
    english, arabic = language("en"), language("ar")
    text = "the other side, islamic_state, sdf, is taken from the rest of the report"
    assert "Islamic State, Syrian Democratic Forces" in reason(text, atlas, english)
    assert reason("both Armed clash", atlas, arabic) != "both Armed clash"
    assert reason("«قصف and more»", atlas, arabic) == "«قصف and more»"
