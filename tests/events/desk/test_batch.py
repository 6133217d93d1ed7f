"""From the desk to events: each voice a claim, and no sentence of a report."""

from __future__ import annotations

import csv
import io

from events.atlas import Atlas
from events.desk import desk as on_desk
from events.desk import files
from events.desk.batch import BATCH_ID, Paragraphs, batch
from events.desk.desk import Desk
from events.desk.links import link
from tests.events.desk.laid import everything, laid
from tests.reports import FIRST, SECOND


def test_a_batch_holds_the_accepted_with_a_claim_for_each_voice(atlas: Atlas, two: Desk) -> None:
    linked = everything(link(two))
    found = batch(linked, atlas=atlas, name="read")
    assert found.id == BATCH_ID
    assert set(found.events) == {p.id for p in linked.proposals}
    strike = found.events[next(p.id for p in linked.proposals if p.of)]
    claims = [c for c in found.claims.values() if c.event == strike.id]
    assert {(c.report, c.claimant) for c in claims} >= {(linked.sheets[0].id, "sohr"), (linked.sheets[1].id, "reuters")}
    assert strike.origin == "read"
    assert strike.confidence is not None
    for claim in found.claims.values():
        assert claim.report in found.reports
        assert claim.claimant in atlas.dataset.claimants
    for event in found.events.values():
        assert set(event.places) <= {*found.places, *(place.id for place in atlas.gazetteer)}
        assert {*event.actors, *event.targets} <= set(atlas.dataset.actors)
    assert not batch(two, atlas=atlas, name="read").events


def test_a_denial_is_a_claim_that_denies(atlas: Atlas, one: Desk) -> None:
    key = one.proposals[0].id
    desk = on_desk.edit_telling(one, key, key, "denied_by", ["activists"], known=atlas)
    found = batch(on_desk.decide(desk, [key], "accepted"), atlas=atlas, name="read")
    assert ("activists", "denies") in {(c.claimant, c.stance) for c in found.claims.values()}


def test_claims_point_at_characters_and_paragraphs(atlas: Atlas, one: Desk) -> None:
    found = batch(everything(one), atlas=atlas, name="read")
    text = one.sheets[0].text
    lines = [line for line in text.split("\n") if line.strip()]
    for claim in found.claims.values():
        start, end = claim.spans["sub_event_type"][0]
        assert claim.paragraph is not None
        assert text[start:end] in lines[claim.paragraph - 1]


def test_paragraphs_are_the_lines_that_are_not_empty() -> None:
    text = "one\n\n  \ntwo two\nthree"
    count = Paragraphs(text)
    assert [count.of(text.index(word)) for word in ("one", "two", "three")] == [1, 2, 3]


def test_no_sentence_of_a_report_leaves_in_a_batch_or_table(atlas: Atlas, two: Desk) -> None:
    desk = everything(link(two))
    found = batch(desk, atlas=atlas, name="read")
    told = [v for e in found.events.values() for v in (e.title_en, e.title_ar, e.note)]
    told += [v for c in found.claims.values() for v in (c.summary_en, c.summary_ar)]
    rows = list(csv.reader(io.StringIO(files.csv_bytes(desk, atlas=atlas, name="read").decode("utf-8-sig"))))
    told += [cell for row in rows for cell in row]
    for text in (FIRST, SECOND):
        words = text.split()
        runs = {" ".join(words[i : i + 6]) for i in range(len(words) - 5)}
        assert not [run for run in runs if any(run in " ".join(v.split()) for v in told)]


def test_a_first_line_that_is_a_sentence_is_no_headline(atlas: Atlas) -> None:
    body = FIRST.split("\n\n", 1)[1]
    desk = everything(on_desk.add(Desk(), laid(atlas, body, name="pasted")))
    report = next(iter(batch(desk, atlas=atlas, name="read").reports.values()))
    assert report.headline == "pasted"
    assert report.sha256 == desk.sheets[0].sha256
