"""A visitor's own events stand upon the public ones, for them alone, and go when they leave."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

import duckdb
import pyarrow as pa
import pytest

from events import visitors as module
from events.additions.foreign import stage_incoming, staged_tables
from events.additions.staging import UnknownNameError
from events.atlas import Atlas, open_atlas
from events.engines.loading import Added
from events.model import Batch, Claim, Event, Report
from events.selection import Selection
from events.tables import TABLES_BATCH
from events.visitors import TooMuchError, Visitors
from geo.mercator import Box
from tests.incoming import made_up, stage

WORLD = Box(west=0, north=0, east=1, south=1)


def batch(n: int = 2, *, id_: str = "mine", place: str = "mayadin") -> Batch:
    report = Report(
        id=f"{id_}_report", publisher_en="Mine", publisher_ar="لي", headline="خبر", published=None, published_note="",
        language="ar", url="", licence="", sha256="0",
    )  # fmt: skip
    events = {
        f"{id_}_{i}": Event(
            id=f"{id_}_{i}", event_type="Battles", sub_event_type="Armed clash", date_start=date(2017, 10, 12),
            date_end=date(2017, 10, 12), date_prec=1, places=(place,), where_prec=1, actors=("sdf",),
            targets=("islamic_state",), fatalities_low=None, fatalities_best=None, fatalities_high=None, civilians=None,
            title_en=f"Clash {i}", title_ar="اشتباك", note="", origin="read", confidence=0.7,
        )
        for i in range(n)
    }  # fmt: skip
    claims = {
        f"{key}__1": Claim(
            id=f"{key}__1", event=key, report=report.id, claimant="sohr", stance="asserts", paragraph=1,
            fatalities_low=None, fatalities_high=None, summary_en="", summary_ar="", spans={"place": ((3, 9),)},
        )
        for key in events
    }  # fmt: skip
    return Batch(id=id_, name=f"Batch {id_}", reports={report.id: report}, events=events, claims=claims)


@pytest.fixture
def visitors(atlas: Atlas) -> Visitors:
    return Visitors(lambda: atlas)


def test_a_visitor_sees_their_events_upon_the_public_ones(atlas: Atlas, visitors: Visitors) -> None:
    visitors.keep("me", batch(3))
    seen = visitors.atlas("me").store
    everything = Selection()
    assert seen.total == atlas.store.total + 3
    assert seen.count(Selection(actors=("sdf",))) == atlas.store.count(Selection(actors=("sdf",))) + 3
    assert seen.by_actor(everything)["sdf"] == atlas.store.by_actor(everything)["sdf"] + 3
    assert seen.by_type(everything)["Battles"] == atlas.store.by_type(everything)["Battles"] + 3
    rows = seen.rows(everything)
    assert len({row["id"] for row in rows}) == seen.total
    assert [row["id"] for row in rows[:3]] == ["mine_0", "mine_1", "mine_2"]
    assert [row["id"] for row in seen.rows(everything, limit=4, offset=2)] == [row["id"] for row in rows[2:6]]


def test_the_map_counts_both(atlas: Atlas, visitors: Visitors) -> None:
    from events.map.cells import cells

    visitors.keep("me", batch(3))
    seen = visitors.atlas("me").store
    for zoom in (5, 8, 12):
        mine, public = (cells(store, Selection(), box=WORLD, zoom=zoom) for store in (seen, atlas.store))
        assert mine.n == public.n + 3
        assert sum(s.n for s in mine.symbols) == sum(s.n for s in public.symbols) + 3


def test_the_time_line_counts_both(atlas: Atlas, visitors: Visitors) -> None:
    visitors.keep("me", batch(3))
    seen, public = (store.over_time(Selection(), lanes=12) for store in (visitors.atlas("me").store, atlas.store))
    assert seen.totals["sdf"] == public.totals["sdf"] + 3
    day = [row["n"] for row in seen.bins if (row["start"], row["actor"]) == (date(2017, 10, 12), "sdf")]
    before = [row["n"] for row in public.bins if (row["start"], row["actor"]) == (date(2017, 10, 12), "sdf")]
    assert sum(day) == sum(before) + 3


def test_their_own_can_be_seen_alone(visitors: Visitors) -> None:
    visitors.keep("me", batch(3))
    assert visitors.atlas("me", alone=True).store.total == 3


def test_words_a_claim_came_from_survive(visitors: Visitors) -> None:
    visitors.keep("me", batch(1))
    row = visitors.atlas("me", alone=True).store.rows(Selection())[0]
    assert row["claims"][0]["spans"] == {"place": [[3, 9]]}
    assert (row["origin"], row["confidence"]) == ("read", 0.7)


def test_nobody_else_sees_them(atlas: Atlas, visitors: Visitors) -> None:
    visitors.keep("me", batch())
    assert visitors.atlas("you") is atlas
    assert visitors.own("you") == ()


def test_a_batch_kept_again_replaces_itself(visitors: Visitors) -> None:
    visitors.keep("me", batch(5))
    visitors.keep("me", batch(2))
    visitors.keep("me", batch(1, id_="other"))
    assert [(own.id, own.n_events) for own in visitors.own("me")] == [("mine", 2), ("other", 1)]


def test_what_is_dropped_or_forgotten_is_gone(atlas: Atlas, visitors: Visitors) -> None:
    visitors.keep("me", batch(2))
    visitors.keep("me", batch(1, id_="other"))
    visitors.drop("me", "mine")
    assert visitors.atlas("me").store.total == atlas.store.total + 1
    visitors.drop("me", "other")
    assert visitors.atlas("me") is atlas
    visitors.keep("me", batch(2))
    visitors.forget("me")
    assert visitors.atlas("me") is atlas


def test_too_much_is_refused_with_a_sentence_and_loses_nothing(
    visitors: Visitors, monkeypatch: pytest.MonkeyPatch
) -> None:
    visitors.keep("me", batch(2))
    monkeypatch.setattr(module, "MOST_OWN", 3)
    with pytest.raises(TooMuchError, match="at most 3"):
        visitors.keep("me", batch(2, id_="more"))
    monkeypatch.setattr(module, "MOST_VISITORS", 1)
    with pytest.raises(TooMuchError, match="1 visitors"):
        visitors.keep("you", batch(1))
    assert [own.n_events for own in visitors.own("me")] == [2]


def test_tokens_cannot_be_guessed() -> None:
    tokens = {Visitors.token() for _ in range(100)}
    assert len(tokens) == 100
    assert min(map(len, tokens)) >= 24


def test_a_session_may_end_while_another_visitor_adds(atlas: Atlas, visitors: Visitors) -> None:
    # The garbage collector says so, in the middle of whatever a thread does.
    visitors.keep("you", batch(1))
    with visitors._changing:
        visitors.forget("you")
    assert visitors.atlas("you") is atlas


def test_what_is_public_already_is_not_shown_twice(atlas: Atlas, visitors: Visitors) -> None:
    with pytest.raises(TooMuchError, match="already"):
        visitors.keep("me", batch(1, id_=TABLES_BATCH))


def opened(n: int, *, first: int = 0, atlas: Atlas) -> dict[str, pa.Table]:
    with duckdb.connect() as staging:
        stage(staging, n, first=first)
        stage_incoming(staging, origin="ucdp", file="x.csv", dataset=atlas.dataset, gazetteer=atlas.gazetteer)
        return staged_tables(staging)


def test_events_of_a_file_that_are_public_already_are_not_shown_twice(tmp_path: Path) -> None:
    atlas = open_atlas(address=made_up(tmp_path, n=6))
    visitors = Visitors(lambda: atlas)
    added = visitors.keep_tables("me", opened(6, first=4, atlas=atlas), batch="f", name="f", form="ucdp", n_rows=6)
    assert added == Added(added=4, duplicates=2)
    seen = visitors.atlas("me").store
    assert seen.total == atlas.store.total + 4
    ids = [row["id"] for row in seen.rows(Selection())]
    assert len(ids) == len(set(ids))
    with pytest.raises(TooMuchError, match="'g' are on the public map already"):
        visitors.keep_tables("me", opened(3, atlas=atlas), batch="g", name="g", form="ucdp", n_rows=3)


def test_a_claimant_the_tables_lack_is_told_and_not_dropped(atlas: Atlas, visitors: Visitors) -> None:
    mine = batch(1)
    claims = {key: replace(claim, claimant="nobody") for key, claim in mine.claims.items()}
    with pytest.raises(UnknownNameError, match=r"claimants.csv has no 'nobody', whom 'mine_0__1' names; add its row"):
        visitors.keep("me", replace(mine, claims=claims))
    assert not visitors.own("me")
