"""Everything can be undone."""

from __future__ import annotations

from events.atlas import Atlas
from events.desk import desk as on_desk
from events.desk.desk import Desk
from events.desk.history import MOST_STEPS, History


def test_undo_and_redo_restore_desks_exactly(atlas: Atlas, one: Desk) -> None:
    steps = [one, on_desk.accept_from(one, 0.0), on_desk.decide(one, [one.proposals[0].id], "rejected")]
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
