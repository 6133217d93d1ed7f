"""A page waits for its map, but not for another's, and never for long."""

from __future__ import annotations

import threading
import time

from events.answered import MOST_REMEMBERED, Answered


def test_whoever_waits_goes_on_once_the_question_is_answered() -> None:
    answered = Answered()
    since = time.monotonic()
    teller = threading.Timer(0.05, answered.tell, ["this"])
    teller.start()
    assert answered.wait("this", since=since, most=30)
    teller.join()


def test_an_answer_that_came_before_the_wait_counts() -> None:
    answered = Answered()
    since = time.monotonic()
    answered.tell("this")
    assert answered.wait("this", since=since, most=30)


def test_older_answers_and_those_to_other_questions_do_not_count() -> None:
    answered = Answered()
    answered.tell("this")
    since = time.monotonic() + 0.001
    answered.tell("that")
    assert not answered.wait("this", since=since, most=0.01)


def test_few_answers_are_remembered() -> None:
    answered = Answered()
    since = time.monotonic()
    for question in range(MOST_REMEMBERED + 1):
        answered.tell(question)
    assert not answered.wait(0, since=since, most=0)
    assert answered.wait(MOST_REMEMBERED, since=since, most=0)
