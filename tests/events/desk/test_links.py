"""Two reports of one event."""

from __future__ import annotations

from datetime import date

from events.desk import desk as on_desk
from events.desk.desk import Desk
from events.desk.links import link
from tests.events.desk.laid import of_type


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
    rejected = on_desk.decide(two, [of_type(two, "Air/drone strike")], "rejected")
    assert link(rejected) == rejected
