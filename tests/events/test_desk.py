"""The desk: nothing a person decides is lost, everything can be undone, and no sentence of a report leaves it."""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Callable
from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from events.atlas import Atlas
from events.desk import desk as on_desk
from events.desk import files
from events.desk.batch import BATCH_ID, Paragraphs, batch
from events.desk.desk import Desk, Sheet, sheet, sound
from events.desk.errors import CannotJoin, DeskError, InvalidValue, KnownReport
from events.desk.history import MOST_STEPS, History
from events.desk.links import link
from events.desk.titles import KINDS
from events.desk.values import SUB_TYPES, key_of
from events.export import COLUMNS
from events.reading.reader import read
from tests.hostile import CORPUS
from tests.reports import ENGLISH, FIRST, SECOND

FRIDAY = date(2017, 10, 13)


def laid(atlas: Atlas, text: str, *, published: date | None = FRIDAY, name: str = "invented") -> Sheet:
    reading = read(sound(text), published=published, publisher=None, gazetteer=atlas.gazetteer, dataset=atlas.dataset)
    return sheet(reading, name=name, day_from="person" if published else "")


@pytest.fixture(scope="module")
def one(atlas: Atlas) -> Desk:
    return on_desk.add(Desk(), laid(atlas, FIRST))


@pytest.fixture(scope="module")
def two(atlas: Atlas, one: Desk) -> Desk:
    return on_desk.add(one, laid(atlas, SECOND))


def of_type(desk: Desk, kind: str) -> str:
    return next(p.id for p in desk.proposals if p.values.sub_event_type == kind)


# -- reports -------------------------------------------------------------------------------------


def test_a_report_s_events_become_open_proposals(one: Desk) -> None:
    assert len(one.proposals) == len(one.sheets[0].reading.events) >= 3
    assert {p.status for p in one.proposals} == {"proposed"}
    starts = [p.tellings[0].start for p in one.proposals]
    assert starts == sorted(starts)


def test_every_span_of_a_proposal_names_words_of_its_report(two: Desk) -> None:
    texts = {s.id: s.text for s in two.sheets}
    for p in two.proposals:
        for telling in p.tellings:
            assert telling.event.spans["event"]
            for spans in telling.event.spans.values():
                for span in spans:
                    words = span.of(texts[telling.sheet])
                    assert words == words.strip() != ""


def test_the_same_text_lies_on_the_desk_once(atlas: Atlas, one: Desk) -> None:
    with pytest.raises(KnownReport, match="already"):
        on_desk.add(one, laid(atlas, FIRST, name="again"))


def test_taking_a_report_away_takes_what_only_it_tells(atlas: Atlas, two: Desk) -> None:
    linked = link(two)
    first, second = two.sheets
    left = on_desk.remove(linked, second.id)
    assert left.sheets == (first,)
    assert left.proposals == tuple(p for p in two.proposals if p.sheets == {first.id})


def test_a_new_day_of_publication_dates_what_was_undated_and_keeps_decisions(atlas: Atlas) -> None:
    undated = on_desk.add(Desk(), laid(atlas, FIRST, published=None))
    strike = of_type(undated, "Air/drone strike")
    assert undated.proposal(strike).values.date_start is None
    worked = on_desk.edit(on_desk.accept(undated, strike), strike, "fatalities", (11, 13), known=atlas)
    dated = on_desk.reread(worked, laid(atlas, FIRST))
    again = dated.proposal(strike)
    assert again.values.date_start == date(2017, 10, 11)
    assert again.status == "accepted"
    assert (again.values.fatalities_low, again.values.fatalities_high) == (11, 13)
    assert "fatalities_high" in again.was
    assert "date_start" not in again.was
    assert len(dated.proposals) == len(undated.proposals)


# -- undo ----------------------------------------------------------------------------------------


def test_undo_and_redo_restore_desks_exactly(atlas: Atlas, one: Desk) -> None:
    steps = [one, on_desk.accept_from(one, 0.0), on_desk.reject(one, one.proposals[0].id)]
    history = History()
    for step in steps:
        history = history.then(step)
    for expected in (steps[1], steps[0], Desk()):
        history = history.undo()
        assert history.now == expected
    assert history.undo() == history
    for expected in steps:
        history = history.redo()
        assert history.now == expected
    assert history.redo() == history


def test_a_step_that_changes_nothing_is_none(one: Desk) -> None:
    history = History(now=one)
    assert history.then(on_desk.decide(one, [one.proposals[0].id], "proposed")) is history


def test_history_forgets_the_oldest_first(one: Desk) -> None:
    history = History(now=one)
    key = one.proposals[0].id
    for n in range(MOST_STEPS + 5):
        history = history.then(on_desk.decide(history.now, [key], "accepted" if n % 2 == 0 else "rejected"))
    assert len(history.past) == MOST_STEPS


# -- values --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("field", "value", "says"),
    [
        ("sub_event_type", "Bombing", "no sub-event type"),
        ("dates", ("2017-10-14", "2017-10-12"), "before the first"),
        ("dates", ("yesterday", None), "not a day"),
        ("dates", ("0017-10-12", None), "cannot be meant"),
        ("date_prec", 6, "UCDP's scale of 1 to 5"),
        ("where_prec", 0, "UCDP's scale of 1 to 7"),
        ("places", ("atlantis",), "knows no place"),
        ("actors", ("martians",), "No actor"),
        ("targets", "sdf", "not a list"),
        ("fatalities", (5, 3), "fewer than"),
        ("fatalities", (-1, None), "cannot be meant"),
        ("fatalities", (1.5, None), "not a number of people"),
        ("civilians", True, "not a number of people"),
        ("title_en", "x" * 300, "too long"),
        ("colour", "red", "no value of an event"),
    ],
)
def test_a_wrong_value_is_one_clear_sentence(atlas: Atlas, one: Desk, field: str, value: object, says: str) -> None:
    key = of_type(one, "Air/drone strike")
    with pytest.raises(InvalidValue, match=re.escape(says)) as caught:
        on_desk.edit(one, key, field, value, known=atlas)
    sentence = str(caught.value)
    assert sentence.endswith(".")
    assert "\n" not in sentence
    assert caught.value.said(lambda template: f"«{template}»") == f"«{sentence}»"


def test_an_edited_value_is_marked_and_its_words_stay(atlas: Atlas, one: Desk) -> None:
    key = of_type(one, "Air/drone strike")
    before = one.proposal(key)
    desk = on_desk.edit(one, key, "sub_event_type", "Shelling/artillery/missile attack", known=atlas)
    after = desk.proposal(key)
    assert after.was == {"sub_event_type": "Air/drone strike"}
    assert after.tellings[0].event.spans == before.tellings[0].event.spans
    assert on_desk.edit(desk, key, "sub_event_type", "Air/drone strike", known=atlas) == one


def test_a_place_brings_its_own_precision(atlas: Atlas, one: Desk) -> None:
    key = one.proposals[0].id
    desk = on_desk.edit(one, key, "places", ("deir_ez_zor_governorate", "raqqa"), known=atlas)
    values = desk.proposal(key).values
    assert [key_of(place) for place in values.places] == ["deir_ez_zor_governorate", "raqqa"]
    assert values.where_prec == 4
    assert on_desk.edit(desk, key, "places", (), known=atlas).proposal(key).values.where_prec is None


@pytest.mark.parametrize(
    ("first", "last", "prec"),
    [("2017-10-12", "2017-10-12", 1), ("2017-10-12", "2017-10-14", 2), ("2017-10-01", "2017-10-07", 3),
     ("2017-10-01", "2017-10-31", 4), ("2017-01-01", "2017-12-31", 5)],
)  # fmt: skip
def test_dates_say_how_exactly_they_are_known(atlas: Atlas, one: Desk, first: str, last: str, prec: int) -> None:
    key = one.proposals[0].id
    assert on_desk.edit(one, key, "dates", (first, last), known=atlas).proposal(key).values.date_prec == prec


def test_who_says_so_can_be_corrected(atlas: Atlas, one: Desk) -> None:
    key = of_type(one, "Air/drone strike")
    desk = on_desk.edit_telling(one, key, key, "claimants", ["reuters"], known=atlas)
    assert desk.proposal(key).tellings[0].claimants == ("reuters",)
    assert desk.proposal(key).tellings[0].was == {"claimants": one.proposal(key).tellings[0].claimants}
    with pytest.raises(InvalidValue, match="No claimant"):
        on_desk.edit_telling(one, key, key, "denied_by", ["nobody"], known=atlas)


# -- merging, linking, splitting -----------------------------------------------------------------


def test_merging_then_splitting_changes_nothing(atlas: Atlas, two: Desk) -> None:
    worked = on_desk.edit(two, two.proposals[1].id, "fatalities", (3, 4), known=atlas)
    keys = [worked.proposals[i].id for i in (0, 1, 3)]
    merged = on_desk.merge(worked, keys)
    assert len(merged.proposals) == len(worked.proposals) - 2
    whole = next(p for p in merged.proposals if p.of)
    assert (whole.values.fatalities_low, whole.values.fatalities_high) == (3, 4)
    assert on_desk.split(merged, whole.id) == worked


def test_one_event_cannot_be_merged_nor_a_single_telling_split(one: Desk) -> None:
    with pytest.raises(CannotJoin, match="at least two"):
        on_desk.merge(one, [one.proposals[0].id])
    with pytest.raises(CannotJoin, match="nothing to split"):
        on_desk.split(one, one.proposals[0].id)


def test_two_reports_of_one_event_are_linked_with_reasons(two: Desk) -> None:
    linked = link(two)
    whole = next(p for p in linked.proposals if p.of)
    assert whole.sheets == {s.id for s in two.sheets}
    assert whole.joined is not None
    assert whole.joined.by == "link"
    assert whole.joined.reasons
    assert 0.5 < (whole.joined.likeness or 0) <= 1
    assert whole.values.sub_event_type == "Air/drone strike"
    assert (whole.values.fatalities_low, whole.values.date_start) == (12, date(2017, 10, 11))


def test_what_a_person_split_is_not_linked_again(two: Desk) -> None:
    linked = link(two)
    whole = next(p for p in linked.proposals if p.of)
    parted = on_desk.split(linked, whole.id)
    assert parted.proposals == two.proposals
    assert link(parted) == parted


def test_what_was_rejected_is_not_linked(two: Desk) -> None:
    rejected = on_desk.reject(two, of_type(two, "Air/drone strike"))
    assert link(rejected) == rejected


def test_accepting_by_confidence_leaves_what_was_rejected(one: Desk) -> None:
    first = one.proposals[0].id
    desk = on_desk.accept_from(on_desk.reject(one, first), 0.0)
    assert desk.proposal(first).status == "rejected"
    assert len(desk.with_status("accepted")) == len(one.proposals) - 1
    assert not on_desk.accept_from(one, 1.0).with_status("accepted")


# -- to events -----------------------------------------------------------------------------------


def everything(desk: Desk) -> Desk:
    return on_desk.accept_from(desk, 0.0)


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
    found = batch(on_desk.accept(desk, key), atlas=atlas, name="read")
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


def test_every_type_has_words_for_a_title() -> None:
    assert set(KINDS) == set(SUB_TYPES)


def test_a_first_line_that_is_a_sentence_is_no_headline(atlas: Atlas) -> None:
    body = FIRST.split("\n\n", 1)[1]
    desk = everything(on_desk.add(Desk(), laid(atlas, body, name="pasted")))
    report = next(iter(batch(desk, atlas=atlas, name="read").reports.values()))
    assert report.headline == "pasted"
    assert report.sha256 == desk.sheets[0].sha256


# -- files ---------------------------------------------------------------------------------------


def test_the_json_holds_everything_and_its_spans_name_words(atlas: Atlas, two: Desk) -> None:
    desk = on_desk.edit(link(two), link(two).proposals[0].id, "places", ("al_bukamal", "mayadin"), known=atlas)
    told = json.loads(files.desk_json(desk, atlas=atlas))
    assert [r["docno"] for r in told["reports"]] == [s.id for s in desk.sheets]
    texts = {r["docno"]: r["text"] for r in told["reports"]}
    assert {p["id"] for p in told["proposals"]} == {p.id for p in desk.proposals}
    assert told["proposals"][0]["coded_by_a_person"]["places"]["was"]
    for p in told["proposals"]:
        assert 0 <= p["confidence"] <= 1
        for claim in p["claims"]:
            for spans in claim["spans"].values():
                assert all(texts[claim["report"]][s["start"] : s["end"]].strip() for s in spans)


def test_the_files_hold_the_accepted_or_all_that_is_open(atlas: Atlas, one: Desk) -> None:
    rejected = on_desk.reject(one, one.proposals[0].id)
    for desk in (rejected, on_desk.accept(rejected, one.proposals[1].id)):
        wanted = {p.id for p in desk.with_status(*files.statuses_taken(desk))}
        rows = list(csv.DictReader(io.StringIO(files.csv_bytes(desk, atlas=atlas, name="x").decode("utf-8-sig"))))
        collection = json.loads(files.geojson(desk, atlas=atlas, name="x"))
        assert {row["id"] for row in rows} == {f["id"] for f in collection["features"]} == wanted
        assert tuple(rows[0]) == COLUMNS
    assert len(wanted) == 1


@pytest.mark.parametrize("text", CORPUS)
def test_hostile_text_goes_through_every_file(atlas: Atlas, text: str) -> None:
    reading = replace(laid(atlas, FIRST).reading, publisher=sound(text), title=sound(text))
    desk = everything(on_desk.add(Desk(), sheet(reading, name=sound(text))))
    json.loads(files.desk_json(desk, atlas=atlas))
    json.loads(files.geojson(desk, atlas=atlas, name=text))
    table = files.csv_bytes(desk, atlas=atlas, name=text).decode("utf-8-sig")
    for row in csv.reader(io.StringIO(table)):
        assert not [cell for cell in row if cell[:1] in ("=", "+", "@") or cell[:1] == "\t"]


def test_an_english_report_is_read_from_left_to_right(atlas: Atlas) -> None:
    assert laid(atlas, ENGLISH).language == "en"
    assert laid(atlas, FIRST).language == "ar"


# -- anything at all -----------------------------------------------------------------------------

DEEDS = (
    "accept", "reject", "open", "type", "toll", "place", "date", "voice", "merge", "split", "link", "remove", "undo",
    "redo",
)  # fmt: skip
OPERATIONS = st.lists(st.tuples(st.sampled_from(DEEDS), st.integers(0, 40), st.integers(0, 40)), max_size=14)


def done(desk: Desk, what: str, i: int, j: int, atlas: Atlas) -> Desk:
    if what == "link":
        return link(desk)
    if what == "remove":
        return on_desk.remove(desk, desk.sheets[i % len(desk.sheets)].id) if len(desk.sheets) > 1 else desk
    keys = [p.id for p in desk.proposals]
    one, other = keys[i % len(keys)], keys[j % len(keys)]
    leaf = desk.proposal(one).leaves[0].id
    known = {"known": atlas}
    deeds: dict[str, Callable[[], Desk]] = {
        "accept": lambda: on_desk.accept(desk, one),
        "reject": lambda: on_desk.reject(desk, one),
        "open": lambda: on_desk.decide(desk, [one, other], "proposed"),
        "type": lambda: on_desk.edit(desk, one, "sub_event_type", SUB_TYPES[j % len(SUB_TYPES)], **known),
        "toll": lambda: on_desk.edit(desk, one, "fatalities", (i, j), **known),
        "place": lambda: on_desk.edit(desk, one, "places", ("raqqa", "mayadin")[: j % 3], **known),
        "date": lambda: on_desk.edit(desk, one, "dates", (date(2017, 10, 1 + i % 30), None), **known),
        "voice": lambda: on_desk.edit_telling(desk, one, leaf, "claimants", ["sohr", "sana"][: j % 3], **known),
        "merge": lambda: on_desk.merge(desk, [one, other]),
        "split": lambda: on_desk.split(desk, one),
    }
    return deeds[what]()


@given(operations=OPERATIONS)
@settings(max_examples=60)
def test_whatever_is_done_the_desk_stays_whole(atlas: Atlas, two: Desk, operations: list[tuple[str, int, int]]) -> None:
    history = History(now=two)
    seen = [two]
    for what, i, j in operations:
        if what in ("undo", "redo"):
            history = history.undo() if what == "undo" else history.redo()
            continue
        try:
            history = history.then(done(history.now, what, i, j, atlas))
        except DeskError:
            continue
        seen.append(history.now)
    desk = history.now
    leaves = [leaf.id for p in desk.proposals for leaf in p.leaves]
    assert len(leaves) == len(set(leaves)) == sum(len(s.reading.events) for s in desk.sheets)
    assert len({p.id for p in desk.proposals}) == len(desk.proposals)
    for p in desk.proposals:
        v = p.values
        assert v.date_start is None or v.date_end is None or v.date_start <= v.date_end
        assert v.fatalities_low is None or v.fatalities_high is None or v.fatalities_low <= v.fatalities_high
    found = batch(everything(desk), atlas=atlas, name="x")
    assert {c.event for c in found.claims.values()} == set(found.events)
    json.loads(files.desk_json(desk, atlas=atlas))
    while history.past:
        history = history.undo()
    assert history.now == two
