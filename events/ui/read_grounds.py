"""What the chosen event rests on: words and reasons, what a person changed, what it was joined from."""

from __future__ import annotations

from typing import Any

import streamlit as st
from markupsafe import Markup

from events.atlas import Atlas
from events.desk import desk as on_desk
from events.desk.proposal import Proposal
from events.desk.titles import actor_name, place_name, title
from events.ui import read_state as state
from events.ui.language import Language
from events.ui.markup import draw, html, joined
from events.ui.read_words import field_name, reason, role
from events.ui.words import date_prec, type_name, where_prec


def why(one: Proposal, atlas: Atlas, language: Language) -> None:
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


def parts(one: Proposal, atlas: Atlas, language: Language) -> None:
    """What it was joined from and why, and the way to take it apart."""
    _ = language.gettext
    joint = one.joined
    linked = joint is not None and joint.by == "link"
    head = _("Linked as one event, because:") if linked else _("Merged by you from:")
    reasons = [reason(text, atlas, language) for text in joint.reasons] if joint else []
    told = [title(part.values, atlas, language.lang) for part in one.of]
    draw(
        html(
            "<div class='furat-parts'><p><strong>{head}</strong> {reasons}</p><ul>{parts}</ul></div>",
            head=head, reasons=language.joined(reasons),
            parts=joined(html("<li dir='auto'>{text}</li>", text=part) for part in told),
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
