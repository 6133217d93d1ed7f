"""The desk: nothing a person decides is lost, whatever is done to it."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from events.atlas import Atlas
from events.desk import desk as on_desk
from events.desk import files
from events.desk.batch import batch
from events.desk.desk import Desk
from events.desk.errors import CannotJoin, DeskError, KnownReport
from events.desk.history import History
from events.desk.links import link
from events.desk.values import SUB_TYPES
from tests.events.desk.laid import everything, laid, of_type
from tests.reports import ENGLISH, FIRST


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
    worked = on_desk.edit(on_desk.decide(undated, [strike], "accepted"), strike, "fatalities", (11, 13), known=atlas)
    dated = on_desk.reread(worked, laid(atlas, FIRST))
    again = dated.proposal(strike)
    assert again.values.date_start == date(2017, 10, 11)
    assert again.status == "accepted"
    assert (again.values.fatalities_low, again.values.fatalities_high) == (11, 13)
    assert "fatalities_high" in again.was
    assert "date_start" not in again.was
    assert len(dated.proposals) == len(undated.proposals)


def test_an_english_report_is_read_from_left_to_right(atlas: Atlas) -> None:
    assert laid(atlas, ENGLISH).language == "en"
    assert laid(atlas, FIRST).language == "ar"


def test_accepting_by_confidence_leaves_what_was_rejected(one: Desk) -> None:
    first = one.proposals[0].id
    desk = on_desk.accept_from(on_desk.decide(one, [first], "rejected"), 0.0)
    assert desk.proposal(first).status == "rejected"
    assert len(desk.with_status("accepted")) == len(one.proposals) - 1
    assert not on_desk.accept_from(one, 1.0).with_status("accepted")


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
        "accept": lambda: on_desk.decide(desk, [one], "accepted"),
        "reject": lambda: on_desk.decide(desk, [one], "rejected"),
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
