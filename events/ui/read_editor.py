"""The chosen event: its values to correct, the words and reasons they rest on, who says so, what it was joined from.

Every box shows what the desk says; what is typed and cannot be stays in its box beside one clear sentence.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import streamlit as st
from markupsafe import Markup

from events.atlas import Atlas
from events.desk import desk as on_desk
from events.desk.desk import STANCES
from events.desk.errors import DeskError
from events.desk.proposal import Proposal, Status
from events.desk.titles import actor_name, place_name, title
from events.desk.values import LONGEST_TITLE, SUB_TYPES, key_of
from events.model import DATE_PREC, WHERE_PREC
from events.reading.reading import EventPlace
from events.ui import read_state as state
from events.ui.language import Language
from events.ui.markup import draw, html, joined
from events.ui.read_words import STANCES as STANCE_NAMES
from events.ui.read_words import field_name, reason, role, voice_name
from events.ui.words import date_prec, place_kind, type_name, where_prec

MOST_FOUND = 12
LONGEST_NAME = 120


def show(one: Proposal, atlas: Atlas, language: Language) -> None:
    """Draw the editor of a proposal."""
    with st.container(key="read-box-editor", gap="small"):
        _next(one, language)
        _kind_and_time(one, atlas, language)
        _where(one, atlas, language)
        _who(one, atlas, language)
        _how_many(one, atlas, language)
        _claims(one, atlas, language)
        _titles(one, atlas, language)
        _why(one, atlas, language)
        if one.of:
            _parts(one, atlas, language)


def _next(one: Proposal, language: Language) -> None:
    """Decide and go on to the next open event: the way through a report by keyboard."""
    _ = language.gettext
    ways: tuple[tuple[str, Status | None, str, str], ...] = (
        (_("Accept, next"), "accepted", "check", "Alt+A"),
        (_("Reject, next"), "rejected", "close", "Alt+X"),
        (_("Next"), None, "arrow_downward", "Alt+N"),
    )
    with st.container(horizontal=True, gap="small", key="read-box-next"):
        for label, status, icon, keys in ways:
            st.button(
                label, key=f"read:next:{status}", icon=f":material/{icon}:", on_click=_go_on, args=(one.id, status),
                shortcut=keys, help=keys, type="primary" if status == "accepted" else "secondary",
            )  # fmt: skip


def _go_on(key: str, status: Status | None) -> None:
    if status is not None and not state.act(lambda desk: on_desk.decide(desk, [key], status)):
        return
    sheet = state.sheet()
    listed = state.visible(sheet) if sheet else []
    at = next((n for n, other in enumerate(listed) if other.id == key), 0)
    following = [*listed[at + 1 :], *listed[:at]]
    wanted = [other for other in following if other.status == "proposed"] if status else following
    state.choose(wanted[0].id if wanted else None)


# -- fields --------------------------------------------------------------------------------------


def _box(
    one: Proposal, field: str, part: str, value: object, box: Callable[[str, Callable[[], None]], object],
    take: Callable[[], object], atlas: Atlas,
) -> None:  # fmt: skip
    """A box that shows a value of the desk, or what was typed wrongly, and changes the desk.

    part: the end of a pair that this box holds, or "". take: what the boxes of the field say together.
    """
    key = box_key(one, field, part)
    st.session_state[key] = state.wrong().get((one.id, f"{field}{part}"), (value, None))[0]
    box(key, lambda: _change(one.id, field, take, atlas))


def box_key(one: Proposal, field: str, part: str = "") -> str:
    """The key of a box of the editor."""
    return f"read:edit:{one.id}:{field}{part}"


def _change(key: str, field: str, take: Callable[[], object], atlas: Atlas) -> None:
    found = take()
    wrong = state.wrong()
    parts = {"dates": (":from", ":to"), "fatalities": (":low", ":high")}.get(field, ("",))
    for part in parts:
        wrong.pop((key, f"{field}{part}"), None)
    try:
        new = on_desk.edit(state.desk(), key, field, found, known=atlas)
    except DeskError as error:
        typed = found if len(parts) > 1 and isinstance(found, tuple) else (found,)
        for part, value in zip(parts, typed, strict=True):
            wrong[key, f"{field}{part}"] = (value, error)
        return
    state.act(lambda _desk: new)


def _fault(one: Proposal, field: str, language: Language) -> None:
    """The sentence on what was typed into a field and cannot be."""
    found = next((error for (key, name), (_, error) in state.wrong().items()
                  if key == one.id and name.split(":")[0] == field), None)  # fmt: skip
    if found is not None:
        draw(html("<p class='furat-wrong' role='alert'>{text}</p>", text=found.said(language.gettext)))


def _kind_and_time(one: Proposal, atlas: Atlas, language: Language) -> None:
    values = one.values
    state_of = st.session_state
    _box(
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
            _box(
                one, "dates", part, day,
                lambda key, act, name=name: st.date_input(  # type: ignore[misc]
                    field_name(name, language), value=None, key=key, on_change=act, format="YYYY-MM-DD",
                    min_value="1900-01-01", max_value="2100-12-31",
                ),
                days, atlas,
            )  # fmt: skip
    _fault(one, "dates", language)


def _scale(
    one: Proposal, field: str, value: int | None, scale: range, name: Callable[[int, Language], str], atlas: Atlas,
    language: Language,
) -> None:  # fmt: skip
    _box(
        one, field, "", value,
        lambda key, act: st.selectbox(
            field_name(field, language), list(scale), key=key, on_change=act, index=None, disabled=value is None,
            format_func=lambda prec: name(prec, language), placeholder="–",
        ),
        lambda: st.session_state[box_key(one, field)] or value, atlas,
    )  # fmt: skip


def _where(one: Proposal, atlas: Atlas, language: Language) -> None:
    _ = language.gettext
    here = {key_of(place): place for place in one.values.places}
    _box(
        one, "places", "", list(here),
        lambda key, act: st.multiselect(
            field_name("places", language), list(here), key=key, on_change=act,
            format_func=lambda found: place_name(here[found], atlas, language.lang),
            placeholder=_("Place unknown"), select_all=False, wrap=True,
        ),
        lambda: tuple(st.session_state[box_key(one, "places")]), atlas,
    )  # fmt: skip
    _fault(one, "places", language)
    _gazetteer(one, atlas, language)
    when, where = st.columns(2, gap="small", vertical_alignment="bottom")
    with when:
        _scale(one, "date_prec", one.values.date_prec, DATE_PREC, date_prec, atlas, language)
    with where:
        _scale(one, "where_prec", one.values.where_prec, WHERE_PREC, where_prec, atlas, language)


def _gazetteer(one: Proposal, atlas: Atlas, language: Language) -> None:
    """Another place: a name in any spelling, the places it may mean, the one that is meant."""
    _ = language.gettext
    asked, found = st.columns(2, gap="small", vertical_alignment="bottom")
    with asked:
        name = st.text_input(
            _("Look up another place"), key=f"read:place:{one.id}", max_chars=LONGEST_NAME,
            persist_state="session", placeholder="الميادين · Mayadin",
        )  # fmt: skip
    if not name.strip():
        return
    first = one.values.places[0] if one.values.places else None
    candidates = atlas.gazetteer.candidates(name, near=_point(first), limit=MOST_FOUND)
    if not candidates:
        closest = language.joined(atlas.gazetteer.suggest(name))
        text = _("No place is known by this name.")
        if closest:
            text += " " + _("Closest spellings: {names}").format(names=closest)
        draw(html("<p class='furat-wrong' role='status'>{text}</p>", text=text))
        return
    places = {candidate.place.id: candidate.place for candidate in candidates}

    def label(key: str) -> str:
        within = [language.name(area) for area in atlas.gazetteer.ancestors(key)[:2]]
        return f"{language.name(places[key])} · {language.joined([place_kind(places[key].kind, language), *within])}"

    with found:
        st.selectbox(_("Which is meant"), list(places), format_func=label, key=f"read:meant:{one.id}:{name}")
    with st.container(horizontal=True, gap="small"):
        st.button(_("Put the event there"), key=f"read:put:{one.id}", on_click=_put, args=(one, name, False, atlas),
                  icon=":material/place:")  # fmt: skip
        st.button(_("Add as an adjoining place"), key=f"read:adjoin:{one.id}", on_click=_put,
                  args=(one, name, True, atlas), icon=":material/add_location:")  # fmt: skip


def _point(place: EventPlace | None) -> Any:
    from geo.place import Point

    return Point(lat=place.lat, lon=place.lon) if place else None


def _put(one: Proposal, name: str, beside: bool, atlas: Atlas) -> None:
    meant = st.session_state.get(f"read:meant:{one.id}:{name}")
    if meant is None:
        return
    kept = [key_of(place) for place in one.values.places] if beside else []
    _change(one.id, "places", lambda: (*kept, meant), atlas)
    st.session_state[f"read:place:{one.id}"] = ""


def _who(one: Proposal, atlas: Atlas, language: Language) -> None:
    for column, field in zip(st.columns(2, gap="small"), ("actors", "targets"), strict=True):
        value = getattr(one.values, field)
        with column:
            _box(
                one, field, "", list(value),
                lambda key, act, field=field, value=value: st.multiselect(  # type: ignore[misc]
                    field_name(field, language), list(dict.fromkeys([*value, *atlas.vocabulary.actors])), key=key,
                    on_change=act, format_func=lambda actor: actor_name(actor, atlas, language.lang), placeholder="–",
                    select_all=False, wrap=True,
                ),
                lambda field=field: tuple(st.session_state[box_key(one, field)]), atlas,  # type: ignore[misc]
            )  # fmt: skip
            _fault(one, field, language)


def _how_many(one: Proposal, atlas: Atlas, language: Language) -> None:
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
        _box(one, "fatalities", ":low", values.fatalities_low, number("fatalities_low"), killed, atlas)
    with high:
        _box(one, "fatalities", ":high", values.fatalities_high, number("fatalities_high"), killed, atlas)
    with civilians:
        _box(one, "civilians", "", values.civilians, number("civilians"),
             lambda: state_of[box_key(one, "civilians")], atlas)  # fmt: skip
    _fault(one, "fatalities", language)
    _fault(one, "civilians", language)


def _claims(one: Proposal, atlas: Atlas, language: Language) -> None:
    """Who says so, report by report."""
    _ = language.gettext
    names = {sheet.id: sheet.name for sheet in state.desk().sheets}
    many = len(one.tellings) > 1
    for leaf in one.leaves:
        telling = leaf.telling
        if telling is None:
            continue
        if many:
            draw(html("<p class='furat-small'><bdi>{name}</bdi></p>", name=names.get(telling.sheet, "")))
        voices = dict.fromkeys([*telling.claimants, *telling.denied_by, *atlas.vocabulary.claimants])
        said, denied = st.columns(2, gap="small")
        stance = st.columns(2, gap="small")[0]
        for column, field, label in ((said, "claimants", _("Said by")), (denied, "denied_by", _("Denied by"))):
            key = f"read:told:{leaf.id}:{field}"
            st.session_state[key] = list(getattr(telling, field))
            with column:
                st.multiselect(
                    label, list(voices), key=key, placeholder="–", select_all=False, wrap=True, on_change=_retell,
                    args=(one.id, leaf.id, field, key, atlas),
                    format_func=lambda voice: voice_name(voice, atlas, language),
                )  # fmt: skip
        key = f"read:told:{leaf.id}:stance"
        st.session_state[key] = telling.stance
        with stance:
            st.selectbox(
                _("Stance"), STANCES, key=key, format_func=lambda code: _(STANCE_NAMES[code]), on_change=_retell,
                args=(one.id, leaf.id, "stance", key, atlas),
            )  # fmt: skip


def _retell(key: str, leaf: str, field: str, box: str, atlas: Atlas) -> None:
    value = st.session_state[box]
    state.act(lambda desk: on_desk.edit_telling(desk, key, leaf, field, value, known=atlas))


def _titles(one: Proposal, atlas: Atlas, language: Language) -> None:
    for column, lang in zip(st.columns(2, gap="small"), ("en", "ar"), strict=True):
        field = f"title_{lang}"
        with column:
            _box(
                one, field, "", getattr(one.values, field),
                lambda key, act, field=field, lang=lang: st.text_input(  # type: ignore[misc]
                    field_name(field, language), key=key, on_change=act, max_chars=LONGEST_TITLE,
                    placeholder=title(one.values, atlas, lang),
                ),
                lambda field=field: st.session_state[box_key(one, field)], atlas,  # type: ignore[misc]
            )  # fmt: skip


# -- why -----------------------------------------------------------------------------------------


def _why(one: Proposal, atlas: Atlas, language: Language) -> None:
    """The words each value rests on, the reader's reasons, and what a person changed."""
    _ = language.gettext
    rows = [*_words(one, language)]
    reasons = [reason(text, atlas, language) for text in one.reasons]
    rows.append((_("Reasons"), _list(reasons)))
    for name, was in one.was.items():
        before = html("{text}", text=_shown(name, was, atlas, language))
        rows.append((field_name(name, language), html("{text} <bdi>{was}</bdi>", text=_("edited; was:"), was=before)))
    draw(
        html(
            "<dl class='furat-why'>{rows}</dl>",
            rows=joined(html("<dt>{label}</dt><dd>{value}</dd>", label=label, value=value) for label, value in rows),
        )
    )


def _words(one: Proposal, language: Language) -> list[tuple[str, Markup]]:
    texts = {sheet.id: sheet for sheet in state.desk().sheets}
    found: dict[str, dict[tuple[str, str], None]] = {}
    for telling in one.tellings:
        sheet = texts[telling.sheet]
        for what, spans in telling.event.spans.items():
            for span in spans:
                words = " ".join(span.of(sheet.text).split())[:80]
                found.setdefault(what, {})[words, sheet.language] = None
    return [
        (
            role(what, language),
            joined(html("<q dir='auto' lang='{lang}'>{words}</q> ", words=words, lang=lang)
                   for words, lang in list(quotes)[:12]),
        )
        for what, quotes in found.items()
    ]  # fmt: skip


def _list(texts: list[str]) -> Markup:
    return joined(html("<span dir='auto'>{text}</span>", text=text) for text in texts)


def _shown(name: str, value: Any, atlas: Atlas, language: Language) -> str:
    """A value as it was before, in words."""
    if value is None or value in ("", ()):
        return "–"
    if name == "sub_event_type":
        return type_name(value, language)
    if name == "places":
        return language.joined(place_name(place, atlas, language.lang) for place in value)
    if name in ("actors", "targets"):
        return language.joined(actor_name(key, atlas, language.lang) for key in value)
    if name == "date_prec":
        return date_prec(value, language)
    if name == "where_prec":
        return where_prec(value, language)
    return str(value)


def _parts(one: Proposal, atlas: Atlas, language: Language) -> None:
    """What it was joined from and why, and the way to take it apart."""
    _ = language.gettext
    why = one.joined
    linked = why is not None and why.by == "link"
    head = _("Linked as one event, because:") if linked else _("Merged by you from:")
    reasons = [reason(text, atlas, language) for text in why.reasons] if why else []
    parts = [title(part.values, atlas, language.lang) for part in one.of]
    draw(
        html(
            "<div class='furat-parts'><p><strong>{head}</strong> {reasons}</p><ul>{parts}</ul></div>",
            head=head, reasons=language.joined(reasons),
            parts=joined(html("<li dir='auto'>{text}</li>", text=part) for part in parts),
        )
    )  # fmt: skip
    st.button(
        _("Split"), key=f"read:split:{one.id}", icon=":material/call_split:", on_click=_split, args=(one.id,),
        help=_("Take it apart again; what was edited since it was joined is lost, Undo brings it back"),
    )  # fmt: skip


def _split(key: str) -> None:
    parts = [part.id for part in state.desk().proposal(key).of]
    if state.act(lambda desk: on_desk.split(desk, key)):
        state.choose(parts[0])
