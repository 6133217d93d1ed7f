"""A page waits for its map, but not for another's, and never for long; an answer is made once, and ahead."""

from __future__ import annotations

import threading
import time

import pytest

from events.map.answered import AT_ONCE, MOST_REMEMBERED, Answered, Answers
from geo.mercator import Box

BOX = Box(west=0, north=0, east=1, south=1)


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


def test_the_view_a_map_showed_last_is_known_by_its_frame() -> None:
    answered = Answered()
    answered.tell("this", frame="mine", view=(BOX, 7))
    answered.tell("this", frame="mine", view=(BOX, 8))
    answered.tell("this")
    assert answered.view("mine") == (BOX, 8)
    assert answered.view("another's") is None


def test_the_views_of_few_frames_are_remembered() -> None:
    answered = Answered()
    for frame in range(MOST_REMEMBERED + 1):
        answered.tell("this", frame=f"f{frame}", view=(BOX, 7))
    assert answered.view("f0") is None
    assert answered.view(f"f{MOST_REMEMBERED}") == (BOX, 7)


def test_an_answer_is_made_once_for_all_who_ask_while_it_is_made() -> None:
    answers, made, go = Answers(), [], threading.Event()

    def make() -> bytes:
        made.append(threading.current_thread())
        assert go.wait(30)
        return b"answer"

    answers.make_ahead("key", make)
    while not made:
        time.sleep(0.001)
    got: list[bytes] = []
    asking = [threading.Thread(target=lambda: got.append(answers.get("key", make))) for _ in range(3)]
    for one in asking:
        one.start()
    go.set()
    for one in asking:
        one.join(30)
    assert got == [b"answer"] * 3
    assert len(made) == 1


def test_an_answer_that_failed_is_told_and_tried_again() -> None:
    answers = Answers()

    def fail() -> bytes:
        raise OSError("the store is gone")

    with pytest.raises(OSError, match="the store is gone"):
        answers.get("key", fail)
    assert answers.get("key", lambda: b"answer") == b"answer"


def test_few_answers_are_kept() -> None:
    answers = Answers(most=2)
    for key in "abc":
        answers.get(key, key.encode)
    assert answers.get("c", lambda: b"made again") == b"c"
    assert answers.get("a", lambda: b"made again") == b"made again"


def test_no_more_are_made_ahead_than_at_once() -> None:
    answers, go, made = Answers(), threading.Event(), []

    def make(key: int) -> bytes:
        made.append(key)
        assert go.wait(30)
        return b""

    for key in range(AT_ONCE + 2):
        answers.make_ahead(key, lambda key=key: make(key))  # type: ignore[misc]
    go.set()
    assert answers.get(AT_ONCE + 1, lambda: b"by whoever asks") == b"by whoever asks"
    assert set(made) <= set(range(AT_ONCE))
