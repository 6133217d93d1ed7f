"""The filters: dates, actors by side, event types, claimants; each choice with the number of events it still has."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date

import streamlit as st

from events.atlas import Atlas
from events.model import SUB_EVENT_TYPES
from events.selection import Selection
from events.ui.language import Language
from events.ui.words import claimant_kind, type_name

FIELDS = {"actor": "actors", "type": "types", "claimant": "claimants"}
_PREFIX = "filter"


def seed(selection: Selection, atlas: Atlas) -> None:
    """Set the widgets to a selection. To be called before they are drawn."""
    st.session_state[f"{_PREFIX}:from"] = selection.date_from
    st.session_state[f"{_PREFIX}:to"] = selection.date_to
    for param, field in FIELDS.items():
        chosen = getattr(selection, field)
        for value in _choices(atlas, param):
            st.session_state[_key(param, value)] = value in chosen


def current(atlas: Atlas) -> Selection:
    """What the widgets say now."""
    state = st.session_state
    days = [state.get(f"{_PREFIX}:{end}") for end in ("from", "to")]
    first, last = days
    if first and last and first > last:
        first, last = last, first
    chosen = {
        field: tuple(value for value in _choices(atlas, param) if state.get(_key(param, value)))
        for param, field in FIELDS.items()
    }
    return Selection(date_from=first, date_to=last, **chosen)


def show(atlas: Atlas, selection: Selection, language: Language) -> None:
    """Draw the widgets, in the sidebar. Read them with `current`; `selection` is what they said on this run."""
    _ = language.gettext
    _dates(atlas, selection, language)
    _actors(atlas, selection, language)
    _types(atlas, selection, language)
    _claimants(atlas, selection, language)
    st.button(
        _("Clear all filters"),
        on_click=lambda: seed(Selection(), atlas),
        disabled=selection == Selection(),
        width="stretch",
        key=f"{_PREFIX}:clear",
    )


def _dates(atlas: Atlas, selection: Selection, language: Language) -> None:
    _ = language.gettext
    known = atlas.store.dates()
    days = [day for day in (known["first"], known["last"], selection.date_from, selection.date_to) if day]
    # A link may name days beyond those of the data; the widgets must be able to show them.
    earliest, latest = min(days, default=date.today()), max(days, default=date.today())
    for end, label in (("from", _("From")), ("to", _("To"))):
        st.date_input(
            label,
            value=None,
            min_value=earliest,
            max_value=latest,
            key=f"{_PREFIX}:{end}",
            format="YYYY-MM-DD",
            persist_state="session",
        )
    if known["first"]:
        st.caption(_("Events from {dates}").format(dates=language.days(known["first"], known["last"])))


def _actors(atlas: Atlas, selection: Selection, language: Language) -> None:
    _ = language.gettext
    counts = atlas.store.by_actor(selection)
    present = {*atlas.store.by_actor(Selection()), *selection.actors}
    with st.expander(_("Actors"), expanded=True):
        for side in atlas.dataset.sides.values():
            members = [a for a in atlas.dataset.actors.values() if a.side == side.id and a.id in present]
            if not members:
                continue
            with st.container(key=f"side-{side.id}", gap=None):
                st.text(language.name(side))
                _boxes("actor", {a.id: language.name(a) for a in members}, counts)


def _types(atlas: Atlas, selection: Selection, language: Language) -> None:
    _ = language.gettext
    counts = atlas.store.by_type(selection)
    present = {*atlas.store.by_type(Selection()), *_event_types(selection.types)}
    with st.expander(_("Event type"), expanded=True):
        for event_type, subs in SUB_EVENT_TYPES.items():
            if event_type not in present:
                continue
            _boxes("type", {event_type: type_name(event_type, language)}, counts)
            with st.container(key=f"subtypes-{event_type.split()[0].split('/')[0].lower()}", gap=None):
                _boxes("type", {sub: type_name(sub, language) for sub in subs if sub in present}, counts)


def _claimants(atlas: Atlas, selection: Selection, language: Language) -> None:
    _ = language.gettext
    counts = atlas.store.by_claimant(selection)
    present = {*atlas.store.by_claimant(Selection()), *selection.claimants}
    with st.expander(_("Who says so"), expanded=bool(selection.claimants)):
        kinds: dict[str, dict[str, str]] = {}
        for claimant in atlas.dataset.claimants.values():
            if claimant.id in present:
                kinds.setdefault(claimant.kind, {})[claimant.id] = language.name(claimant)
        for number, (kind, members) in enumerate(kinds.items()):
            with st.container(key=f"kind-{number}", gap=None):
                st.text(claimant_kind(kind, language))
                _boxes("claimant", members, counts)


def _event_types(types: tuple[str, ...]) -> set[str]:
    """The types and, for a sub-event type, the event type it stands under."""
    return {*types, *(main for main, subs in SUB_EVENT_TYPES.items() if set(subs) & set(types))}


def _boxes(param: str, labels: Mapping[str, str], counts: Mapping[str, int]) -> None:
    for value, label in labels.items():
        # The label is markdown to Streamlit, and names are data.
        st.checkbox(f"{_plain(label)} · {counts.get(value, 0)}", key=_key(param, value), persist_state="session")


_MARKS = frozenset('\\`*_{}[]<>#+!|~$^=&"')
_LINKING = frozenset(".:@")
_JOINER = "\u2060"


def _plain(text: str) -> str:
    """Text that Streamlit's markdown shows as it is.

    Signs of markup are escaped. Addresses would still become links and dashes arrows, so an invisible
    word joiner breaks those: an escape would not, and would be read aloud.
    """
    shown = [c for c in text if c.isprintable()]
    out = []
    for c, following in zip(shown, [*shown[1:], ""], strict=True):
        mark = f"\\{c}" if c in _MARKS else c
        # On both sides: `www.` must break before its dot, `https:` after its colon.
        joins = c in _LINKING or (c == "-" and following in "->")
        out.append(f"{_JOINER}{mark}{_JOINER}" if joins else mark)
    return "".join(out)


def _key(param: str, value: str) -> str:
    return f"{_PREFIX}:{param}:{value}"


def _choices(atlas: Atlas, param: str) -> Iterable[str]:
    if param == "actor":
        return atlas.dataset.actors
    if param == "claimant":
        return atlas.dataset.claimants
    return (value for event_type, subs in SUB_EVENT_TYPES.items() for value in (event_type, *subs))
