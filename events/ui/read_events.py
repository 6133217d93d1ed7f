"""The proposed events as a list: each can be chosen, accepted, rejected and marked for merging."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st
from markupsafe import Markup

from events.atlas import Atlas
from events.desk import desk as on_desk
from events.desk.batch import voices
from events.desk.desk import Desk, Sheet
from events.desk.links import MOST_LINKED
from events.desk.proposal import Proposal, Status
from events.desk.titles import actor_name, figure, place_name
from events.ui import read_editor
from events.ui import read_state as state
from events.ui.language import Language
from events.ui.markup import draw, html, joined
from events.ui.read_state import Said
from events.ui.read_words import voice_name
from events.ui.words import type_name

PAGE = 25
_MARK = "read:mark:"
SURE = (0.9, 0.8, 0.7, 0.6, 0.0)


def show(sheet: Sheet, atlas: Atlas, language: Language) -> None:
    """Draw the list of the open report's events, or of all reports."""
    desk = state.desk()
    listed = _listed(desk, sheet, language)
    _tools(desk, language)
    _unlinked(desk, language)
    _asked(sheet, listed, language)
    if not listed:
        _nothing(language)
        return
    chosen = state.chosen()
    shown = _paged(listed, chosen)
    numbers = {one.id: n for n, one in enumerate(desk.proposals, start=1)}
    for one in shown:
        is_chosen = chosen is not None and one.id == chosen.id
        with st.container(key=f"read-card-{one.status}{'-chosen' if is_chosen else ''}-{one.id}", gap=None):
            _head(one, numbers[one.id], language, is_chosen=is_chosen)
            draw(_facts(one, atlas, language))
            if is_chosen:
                read_editor.show(one, atlas, language)


def _listed(desk: Desk, sheet: Sheet, language: Language) -> list[Proposal]:
    _ = language.gettext
    if len(desk.sheets) > 1:
        names = {"one": _("This report"), "all": _("All reports")}
        st.session_state.setdefault("read:scope", "one")
        st.segmented_control(
            _("Events of"), list(names), format_func=names.__getitem__, key="read:scope", required=True,
            persist_state="session", label_visibility="collapsed",
        )  # fmt: skip
    listed = state.visible(sheet)
    asked = state.asked()
    return [one for one in listed if cites(one, sheet, asked)] if asked else listed


def cites(proposal: Proposal, sheet: Sheet, span: tuple[int, int]) -> bool:
    """Whether an event rests on these words of a report."""
    return any(
        found.start < span[1] and span[0] < found.end
        for telling in proposal.tellings
        if telling.sheet == sheet.id
        for spans in telling.event.spans.values()
        for found in spans
    )


def _tools(desk: Desk, language: Language) -> None:
    """What is done with several at once."""
    _ = language.gettext
    marked = [one.id for one in desk.proposals if st.session_state.get(_MARK + one.id)]
    with st.container(horizontal=True, key="read-box-tools", gap="small", vertical_alignment="bottom"):
        names = {sure: _("from {n}").format(n=sure) if sure else _("all") for sure in SURE}
        st.selectbox(
            _("Confidence"), SURE, format_func=names.__getitem__, key="read:sure", persist_state="session", index=1,
            width=105, label_visibility="collapsed",
        )  # fmt: skip
        open_ones = desk.with_status("proposed")
        sure = st.session_state.get("read:sure") or 0.0
        n = sum(one.confidence >= sure for one in open_ones)
        st.button(
            _("Accept {n}").format(n=n), key="read:accept-all", disabled=n == 0, icon=":material/done_all:",
            on_click=_accept_all, help=_("Accept every open event of at least this confidence"),
        )  # fmt: skip
        st.button(
            _("Merge {n}").format(n=len(marked)) if marked else _("Merge"), key="read:merge", icon=":material/merge:",
            disabled=len(marked) < 2, on_click=_merge, args=(marked,),
            help=_("Mark two or more events that are one; they become one event with several claims"),
        )  # fmt: skip


def _unlinked(desk: Desk, language: Language) -> None:
    if len(desk.sheets) > 1 and len(desk.with_status("proposed", "accepted")) > MOST_LINKED:
        text = language.gettext("With more than {n} events on the desk, reports of one event are no longer looked for.")
        draw(html("<p class='furat-small'>{text}</p>", text=text.format(n=MOST_LINKED)))


def _accept_all() -> None:
    sure = st.session_state.get("read:sure") or 0.0
    before = len(state.desk().with_status("accepted"))
    if state.act(lambda desk: on_desk.accept_from(desk, sure)):
        n = len(state.desk().with_status("accepted")) - before

        def told(spoken: Language) -> str:
            return spoken.ngettext(
                "{n} event accepted; Undo takes that back.", "{n} events accepted; Undo takes that back.", n
            ).format(n=n)

        state.say(Said(text=told))


def _merge(keys: Sequence[str]) -> None:
    before = {one.id for one in state.desk().proposals}
    if state.act(lambda desk: on_desk.merge(desk, keys)):
        for key in keys:
            st.session_state[_MARK + key] = False
        state.choose(next(one.id for one in state.desk().proposals if one.id not in before))
        state.ask(None)


def _asked(sheet: Sheet, listed: Sequence[Proposal], language: Language) -> None:
    """The words the visitor asked about, and how many events rest on them."""
    span = state.asked()
    if span is None:
        return
    _ = language.gettext
    n = len(listed)
    told = (
        language.ngettext("{n} event rests on these words", "{n} events rest on these words", n).format(n=n)
        if n
        else _("No proposed event rests on these words")
    )
    with st.container(horizontal=True, vertical_alignment="center", key="read-box-asked"):
        draw(
            html(
                "<p role='status'><q dir='auto' lang='{lang}'>{words}</q> {told}</p>",
                lang=sheet.language, words=" ".join(sheet.text[span[0] : span[1]].split())[:80], told=told,
            )
        )  # fmt: skip
        st.button(_("Show all"), key="read:asked-close", on_click=state.ask, args=(None,), icon=":material/close:")


def _nothing(language: Language) -> None:
    _ = language.gettext
    if state.asked() is None:
        st.info(_("The reader found no event in this report that it could place. Nothing is shown that is not told."))


def _paged(listed: Sequence[Proposal], chosen: Proposal | None) -> Sequence[Proposal]:
    """One page of a long list; the page of what was just chosen."""
    if len(listed) <= PAGE:
        return listed
    at = next((n for n, one in enumerate(listed) if chosen is not None and one.id == chosen.id), None)
    page = state.paged("list", -(-len(listed) // PAGE), None if at is None else at // PAGE)
    return listed[page * PAGE : (page + 1) * PAGE]


# -- one card ------------------------------------------------------------------------------------


def _head(one: Proposal, number: int, language: Language, *, is_chosen: bool) -> None:
    _ = language.gettext
    name = f"{number} · {type_name(one.values.sub_event_type, language)}"
    with st.container(horizontal=True, vertical_alignment="center", gap="small", key=f"read-head-{one.id}"):
        st.checkbox(
            _("Mark {event}").format(event=name), key=_MARK + one.id, label_visibility="collapsed",
            persist_state="session",
        )  # fmt: skip
        # Only our own words stand in labels, which Streamlit takes for markdown.
        st.button(
            name, key=f"read:choose:{one.id}", type="tertiary", on_click=_choose, args=(one.id, is_chosen), wrap=True
        )
        for status, verb, icon in (("accepted", _("Accept"), "check"), ("rejected", _("Reject"), "close")):
            on = one.status == status
            if is_chosen and not on:
                continue  # the editor below has them, with keys, and goes on to the next
            label = {"accepted": _("Accepted"), "rejected": _("Rejected")}[status] if on else verb
            st.button(
                label, key=f"read:{status}:{one.id}", type="primary" if on else "secondary",
                icon=f":material/{icon}:", on_click=decide, args=(one.id, "proposed" if on else status),
            )  # fmt: skip


def _choose(key: str, is_chosen: bool) -> None:
    state.choose(None if is_chosen else key)


def decide(key: str, status: Status) -> None:
    """Accept, reject or lay open one proposal."""
    state.act(lambda desk: on_desk.decide(desk, [key], status))


def _facts(one: Proposal, atlas: Atlas, language: Language) -> Markup:
    """When, where, who, how many, in whose name; what a person coded is marked so."""
    _ = language.gettext
    values = one.values
    when = (
        language.span(values.date_start, values.date_end, values.date_prec)
        if values.date_start and values.date_end
        else _("Date unknown")
    )
    places = language.joined(place_name(place, atlas, language.lang) for place in values.places)
    killed = figure(values.fatalities_low, values.fatalities_high, language.lang)
    by_hand = html("<span class='furat-hand'>{text}</span>", text=_("edited")) if one.was else ""
    several = (
        html("<span class='furat-hand'>{text}</span>", text=language.ngettext(
            "{n} report tells of it", "{n} reports tell of it", len(one.sheets)).format(n=len(one.sheets)))
        if len(one.sheets) > 1 else ""
    )  # fmt: skip
    return html(
        "<div class='furat-card'><p><strong>{places}</strong> · {when} {by_hand}{several}</p>{parties}"
        "<p class='furat-small'>{voices}{killed} · <span title='{hint}'>{sure}</span></p></div>",
        places=places or _("Place unknown"), when=when, by_hand=by_hand, several=several,
        parties=_parties(one, atlas, language), voices=_voices(one, atlas, language),
        killed=html(" · {text}", text=_("killed: {figure}").format(figure=killed)) if killed else "",
        hint=_("How sure the reader is, from 0 to 1"),
        sure=_("confidence {n}").format(n=f"{one.confidence:.2f}"),
    )  # fmt: skip


def _parties(one: Proposal, atlas: Atlas, language: Language) -> Markup:
    who = joined(chip(key, atlas, language) for key in one.values.actors)
    whom = joined(chip(key, atlas, language) for key in one.values.targets)
    if not who and not whom:
        return Markup("")
    against = html("<span class='furat-small'>{text}</span>", text=language.gettext("against")) if whom else ""
    return html("<p class='furat-parties'>{who} {against} {whom}</p>", who=who, against=against, whom=whom)


def chip(key: str, atlas: Atlas, language: Language) -> Markup:
    """An actor with the colour of its side."""
    colour = atlas.side(key).colour if key in atlas.vocabulary.actors else "#a8a29a"
    return html(
        "<span class='furat-chip'><i style='background:{colour}'></i>{name}</span>",
        colour=colour, name=actor_name(key, atlas, language.lang),
    )  # fmt: skip


def _voices(one: Proposal, atlas: Atlas, language: Language) -> str:
    _ = language.gettext
    told: dict[str, dict[str, None]] = {}
    for telling in one.tellings:
        for voice, stance in voices(telling):
            told.setdefault(stance, {})[voice_name(voice, atlas, language)] = None
    templates = {"asserts": _("Said by {names}"), "unconfirmed": _("Unconfirmed, said by {names}"),
                 "denies": _("denied by {names}")}  # fmt: skip
    return " · ".join(
        template.format(names=language.joined(told[stance])) for stance, template in templates.items() if stance in told
    )
