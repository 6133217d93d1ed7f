"""The values of the chosen event, each in boxes that correct it."""

from __future__ import annotations

from collections.abc import Callable

import streamlit as st

from events.atlas import Atlas
from events.desk.proposal import Proposal
from events.desk.titles import actor_name, place_name, title
from events.desk.values import LONGEST_TITLE, SUB_TYPES, key_of
from events.model import DATE_PREC, WHERE_PREC
from events.ui import read_lookup
from events.ui.language import Language
from events.ui.read_boxes import box_key, fault, show_box
from events.ui.read_words import field_name
from events.ui.words import date_prec, type_name, where_prec


def kind_and_time(one: Proposal, atlas: Atlas, language: Language) -> None:
    """What happened, and from when to when."""
    values = one.values
    state_of = st.session_state
    show_box(
        one, "sub_event_type", "", values.sub_event_type,
        lambda key, act: st.selectbox(field_name("sub_event_type", language), SUB_TYPES, key=key, on_change=act,
                                      format_func=lambda code: type_name(code, language)),
        lambda: state_of[box_key(one, "sub_event_type")], atlas,
    )  # fmt: skip
    first, last = st.columns(2, gap="small", vertical_alignment="bottom")

    def days() -> object:
        start, end = (state_of[box_key(one, "dates", part)] for part in (":from", ":to"))
        # One day given for an event that had none is the whole of it; taking the first away takes both.
        if start is None and values.date_start is not None:
            end = None
        return (start, end)

    for column, part, name, day in (
        (first, ":from", "date_start", values.date_start),
        (last, ":to", "date_end", values.date_end),
    ):
        with column:
            show_box(
                one, "dates", part, day,
                lambda key, act, name=name: st.date_input(  # type: ignore[misc]
                    field_name(name, language), value=None, key=key, on_change=act, format="YYYY-MM-DD",
                    min_value="1900-01-01", max_value="2100-12-31",
                ),
                days, atlas,
            )  # fmt: skip
    fault(one, "dates", language)


def _scale(
    one: Proposal, field: str, value: int | None, scale: range, name: Callable[[int, Language], str], atlas: Atlas,
    language: Language,
) -> None:  # fmt: skip
    show_box(
        one, field, "", value,
        lambda key, act: st.selectbox(
            field_name(field, language), list(scale), key=key, on_change=act, index=None, disabled=value is None,
            format_func=lambda prec: name(prec, language), placeholder="–",
        ),
        lambda: st.session_state[box_key(one, field)] or value, atlas,
    )  # fmt: skip


def where(one: Proposal, atlas: Atlas, language: Language) -> None:
    """Where it happened, and how exactly that and the time are known."""
    _ = language.gettext
    here = {key_of(place): place for place in one.values.places}
    show_box(
        one, "places", "", list(here),
        lambda key, act: st.multiselect(
            field_name("places", language), list(here), key=key, on_change=act,
            format_func=lambda found: place_name(here[found], atlas, language.lang),
            placeholder=_("Place unknown"), select_all=False, wrap=True,
        ),
        lambda: tuple(st.session_state[box_key(one, "places")]), atlas,
    )  # fmt: skip
    fault(one, "places", language)
    read_lookup.show(one, atlas, language)
    left, right = st.columns(2, gap="small", vertical_alignment="bottom")
    with left:
        _scale(one, "date_prec", one.values.date_prec, DATE_PREC, date_prec, atlas, language)
    with right:
        _scale(one, "where_prec", one.values.where_prec, WHERE_PREC, where_prec, atlas, language)


def who(one: Proposal, atlas: Atlas, language: Language) -> None:
    """Who did it, and who was hit."""
    for column, field in zip(st.columns(2, gap="small"), ("actors", "targets"), strict=True):
        value = getattr(one.values, field)
        with column:
            show_box(
                one, field, "", list(value),
                lambda key, act, field=field, value=value: st.multiselect(  # type: ignore[misc]
                    field_name(field, language), list(dict.fromkeys([*value, *atlas.vocabulary.actors])), key=key,
                    on_change=act, format_func=lambda actor: actor_name(actor, atlas, language.lang), placeholder="–",
                    select_all=False, wrap=True,
                ),
                lambda field=field: tuple(st.session_state[box_key(one, field)]), atlas,  # type: ignore[misc]
            )  # fmt: skip
            fault(one, field, language)


def how_many(one: Proposal, atlas: Atlas, language: Language) -> None:
    """How many were killed, and how many of them were civilians."""
    values = one.values
    state_of = st.session_state
    low, high, civilians = st.columns(3, gap="small", vertical_alignment="bottom")

    def number(name: str) -> Callable[[str, Callable[[], None]], object]:
        return lambda key, act: st.number_input(
            field_name(name, language), value=None, step=1, key=key, on_change=act, placeholder="–", format="%d"
        )

    def killed() -> object:
        return tuple(state_of[box_key(one, "fatalities", part)] for part in (":low", ":high"))

    with low:
        show_box(one, "fatalities", ":low", values.fatalities_low, number("fatalities_low"), killed, atlas)
    with high:
        show_box(one, "fatalities", ":high", values.fatalities_high, number("fatalities_high"), killed, atlas)
    with civilians:
        show_box(one, "civilians", "", values.civilians, number("civilians"),
             lambda: state_of[box_key(one, "civilians")], atlas)  # fmt: skip
    fault(one, "fatalities", language)
    fault(one, "civilians", language)


def titles(one: Proposal, atlas: Atlas, language: Language) -> None:
    """What it is called, in both languages."""
    for column, lang in zip(st.columns(2, gap="small"), ("en", "ar"), strict=True):
        field = f"title_{lang}"
        with column:
            show_box(
                one, field, "", getattr(one.values, field),
                lambda key, act, field=field, lang=lang: st.text_input(  # type: ignore[misc]
                    field_name(field, language), key=key, on_change=act, max_chars=LONGEST_TITLE,
                    placeholder=title(one.values, atlas, lang),
                ),
                lambda field=field: st.session_state[box_key(one, field)], atlas,  # type: ignore[misc]
            )  # fmt: skip
