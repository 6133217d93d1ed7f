"""The link's rules: what a view prints, it reads back; nonsense is ignored aloud and never raises."""

from __future__ import annotations

from datetime import date
from urllib.parse import parse_qsl

import pytest
from hypothesis import given
from hypothesis import strategies as st

from events.selection import DRAWS, LANGS, TYPES, At, Selection, View, Vocabulary, query_string, read_view

KNOWN = Vocabulary(
    actors=("islamic_state", "sdf", "coalition"),
    claimants=("sohr", "sana", "report"),
    places=("raqqa", "deir_ez_zor", "raqqa_badu"),
)

days = st.dates(min_value=date(1900, 1, 1), max_value=date(2100, 1, 1))


def some(values: tuple[str, ...]) -> st.SearchStrategy[tuple[str, ...]]:
    return st.lists(st.sampled_from(values), unique=True).map(tuple)


@st.composite
def selections(draw: st.DrawFn) -> Selection:
    first, last = draw(st.one_of(st.none(), days)), draw(st.one_of(st.none(), days))
    if first and last and first > last:
        first, last = last, first
    return Selection(
        date_from=first,
        date_to=last,
        actors=draw(some(KNOWN.actors)),
        types=draw(some(TYPES)),
        claimants=draw(some(KNOWN.claimants)),
    )


ats = st.builds(
    At,
    lat=st.floats(-85, 85).map(lambda v: round(v, 4)),
    lon=st.floats(-180, 180).map(lambda v: round(v, 4)),
    zoom=st.integers(0, 18),
)
views = st.builds(
    View,
    selection=selections(),
    places=some(KNOWN.places),
    at=st.one_of(st.none(), ats),
    draw=st.sampled_from(DRAWS),
    lang=st.one_of(st.none(), st.sampled_from(LANGS)),
)


def params_of(query: str) -> dict[str, list[str]]:
    params: dict[str, list[str]] = {}
    for name, value in parse_qsl(query, keep_blank_values=True):
        params.setdefault(name, []).append(value)
    return params


@given(views)
def test_a_link_restores_the_view_it_was_made_from(view: View) -> None:
    assert read_view(params_of(query_string(view.params())), KNOWN) == (view, ())


@given(
    st.dictionaries(
        st.sampled_from(["dates", "actor", "type", "claimant", "place", "at", "draw", "lang", "x"]), st.lists(st.text())
    )
)
def test_any_parameters_at_all_are_read_without_an_error(params: dict[str, list[str]]) -> None:
    view, _ = read_view(params, KNOWN)
    assert read_view(params_of(query_string(view.params())), KNOWN)[0] == view


def test_a_single_day_stands_twice_in_the_link() -> None:
    day = date(2017, 10, 12)
    assert query_string(Selection(date_from=day, date_to=day).params()) == "dates=2017-10-12&dates=2017-10-12"


def test_a_single_day_given_once_is_that_day() -> None:
    view, ignored = read_view({"dates": ["2017-10-12"]}, KNOWN)
    assert (view.selection.date_from, view.selection.date_to) == (date(2017, 10, 12), date(2017, 10, 12))
    assert ignored == ()


def test_a_link_is_readable() -> None:
    view = View(
        selection=Selection(actors=("sdf",), types=("Air/drone strike",)),
        places=("raqqa",),
        at=At(lat=35.95, lon=39.0, zoom=11),
        lang="ar",
    )
    assert query_string(view.params()) == (
        "actor=sdf&type=Air/drone%20strike&place=raqqa&at=35.9500,39.0000,11&lang=ar"
    )


@pytest.mark.parametrize(
    ("param", "value", "reason"),
    [
        ("dates", "yesterday", "not a day"),
        ("dates", "2017-02-30", "not a day"),
        ("dates", "20171012", "not a day"),
        ("actor", "nobody", "unknown"),
        ("type", "battles", "unknown"),
        ("claimant", "<script>", "unknown"),
        ("place", "atlantis", "unknown"),
        ("at", "35.9,39.0", "not a view"),
        ("at", "nan,39.0,7", "not a view"),
        ("at", "95,39.0,7", "not a view"),
        ("at", "35,39,99", "not a view"),
        ("at", "1e999,39,7", "not a view"),
        ("lang", "tlh", "unknown"),
    ],
)
def test_nonsense_is_ignored_and_named(param: str, value: str, reason: str) -> None:
    view, ignored = read_view({param: [value]}, KNOWN)
    assert view == View()
    assert [(i.param, i.value, i.reason) for i in ignored] == [(param, value, reason)]


def test_dates_the_wrong_way_round_are_turned_round_and_said_so() -> None:
    view, ignored = read_view({"dates": ["2017-10-14", "2017-10-12"]}, KNOWN)
    assert (view.selection.date_from, view.selection.date_to) == (date(2017, 10, 12), date(2017, 10, 14))
    assert [i.reason for i in ignored] == ["turned round"]


def test_good_values_survive_beside_bad_ones() -> None:
    view, ignored = read_view({"actor": ["nobody", "sdf", "sdf"]}, KNOWN)
    assert view.selection.actors == ("sdf",)
    assert len(ignored) == 1


def test_a_link_of_ten_thousand_actors_is_cut_short_not_obeyed() -> None:
    view, ignored = read_view({"actor": [f"a{i}" for i in range(10_000)]}, KNOWN)
    assert view.selection.actors == ()
    assert "too many" in {i.reason for i in ignored}
