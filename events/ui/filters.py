"""The filters: dates, actors by side, event types, claimants; each choice with the number of events it still has."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from datetime import date

import streamlit as st

from events.atlas import Atlas
from events.model import SUB_EVENT_TYPES
from events.selection import Selection
from events.ui.language import Language
from events.ui.words import claimant_kind, type_name

FIELDS = {"actor": "actors", "type": "types", "claimant": "claimants"}
_PREFIX = "filter"
MOST_BOXES = 12
"""Boxes a side or a kind of claimant has at most; an imported file may bring thousands of names."""
MOST_NAMED = 1_000
"""Names that can be found beside the boxes, those with most events first."""


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
    counts, totals = atlas.store.by_actor(selection), atlas.store.by_actor(Selection())
    with st.expander(_("Actors"), expanded=True):
        for side in atlas.dataset.sides.values():
            present = {a.id: a for a in atlas.actors.values() if a.side == side.id and a.id in totals.keys() | counts}
            present |= {key: atlas.actor(key) for key in selection.actors if atlas.side(key) == side}
            if present:
                with st.container(key=f"side-{side.id}", gap=None):
                    st.text(language.name(side))
                    names = {key: language.name(actor) for key, actor in present.items()}
                    _some_boxes("actor", side.id, names, counts, totals, selection.actors, language)


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
    counts, totals = atlas.store.by_claimant(selection), atlas.store.by_claimant(Selection())
    with st.expander(_("Who says so"), expanded=bool(selection.claimants)):
        kinds: dict[str, dict[str, str]] = {}
        for claimant in atlas.claimants.values():
            if claimant.id in totals or claimant.id in selection.claimants:
                kinds.setdefault(claimant.kind, {})[claimant.id] = language.name(claimant)
        for number, (kind, names) in enumerate(kinds.items()):
            with st.container(key=f"kind-{number}", gap=None):
                st.text(claimant_kind(kind, language))
                _some_boxes("claimant", kind, names, counts, totals, selection.claimants, language)


def _some_boxes(
    param: str, group: str, names: Mapping[str, str], counts: Mapping[str, int], totals: Mapping[str, int],
    chosen: Collection[str], language: Language,
) -> None:  # fmt: skip
    """Boxes for all of a group, or where it is large for those with most events and those chosen; the rest by name."""
    _ = language.gettext
    ranked = sorted(names, key=lambda value: -totals.get(value, 0))
    boxed = {*ranked[: MOST_BOXES if len(names) > MOST_BOXES + 3 else None], *chosen}
    _boxes(param, {value: name for value, name in names.items() if value in boxed}, counts)
    rest = [value for value in ranked if value not in boxed]
    if not rest:
        return
    key = f"{_PREFIX}:more:{param}:{group}"

    def add() -> None:
        if (value := st.session_state[key]) is not None:
            st.session_state[_key(param, value)] = True
            st.session_state[key] = None

    st.selectbox(
        language.ngettext("{n} more", "{n} more", len(rest)).format(n=f"{len(rest):,}"),
        rest[:MOST_NAMED],
        index=None,
        format_func=lambda value: f"{names[value]} · {totals.get(value, 0):,}",
        placeholder=_("Find by name"),
        key=key,
        on_change=add,
        label_visibility="collapsed",
    )


def _event_types(types: tuple[str, ...]) -> set[str]:
    """The types and, for a sub-event type, the event type it stands under."""
    return {*types, *(main for main, subs in SUB_EVENT_TYPES.items() if set(subs) & set(types))}


def _boxes(param: str, labels: Mapping[str, str], counts: Mapping[str, int]) -> None:
    for value, label in labels.items():
        # The label is markdown to Streamlit, and names are data.
        st.checkbox(f"{_plain(label)} · {counts.get(value, 0):,}", key=_key(param, value), persist_state="session")


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
        return atlas.actors
    if param == "claimant":
        return atlas.claimants
    return (value for event_type, subs in SUB_EVENT_TYPES.items() for value in (event_type, *subs))
