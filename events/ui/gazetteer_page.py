"""The gazetteer page: which place a name means, in either script, with a small map."""

from __future__ import annotations

import streamlit as st

from events.atlas import Atlas
from events.ui import link, shell
from events.ui import map as event_map
from events.ui.columns import columns
from events.ui.language import Language
from events.ui.markup import draw, html, joined
from events.ui.words import place_kind
from geo.errors import AmbiguousPlace, UnknownPlace
from geo.place import Candidate, Place, Point

OURS = ("name", "within", "near", "lang")
"""The parameters of this page's link."""

MAP_PX = 420
MOST = 30
LONGEST = 200
AREAS = ("governorate", "country")


def show(atlas: Atlas, language: Language) -> None:
    """Draw the page."""
    _ = language.gettext
    with st.container(horizontal=True, vertical_alignment="center", key="head"):
        draw(html("<div class='furat-head'><h1>{title}</h1></div>", title=_("Gazetteer")))
        above = st.container(width="content")
        shell.language_switch(language)
    name, within, near = _question(atlas, language)
    with above:
        asked = (
            ("name", name),
            ("within", within),
            ("near", st.session_state["gazetteer:near"]),
            ("lang", language.lang),
        )
        link.show([(param, value) for param, value in asked if value], language, ours=OURS)
    if not name.strip():
        draw(
            html(
                "<p>{text}</p>",
                text=_("{n} places. Write a name in Arabic or in any Latin spelling.").format(
                    n=f"{len(atlas.gazetteer):,}"
                ),
            )
        )
        return
    found = atlas.gazetteer.candidates(name, within=within, near=near, limit=MOST)
    meant = _answer(atlas, name, within, near, language)
    if not found:
        return
    chosen = _table(atlas, found, language)
    place = chosen or meant
    left, right = st.columns([5, 4], gap="medium")
    with left:
        event_map.show_places(
            [candidate.place for candidate in found],
            picked=place.id if place else "",
            lang=language.lang,
            height=MAP_PX,
            strings=event_map.strings(language.gettext, language.ngettext),
        )
    if place:
        with right:
            _card(atlas, place, language)


def _question(atlas: Atlas, language: Language) -> tuple[str, str | None, Point | None]:
    """The name asked for, and what narrows it."""
    _ = language.gettext
    areas = [place for place in atlas.gazetteer if place.kind in AREAS]
    areas.sort(key=lambda place: (place.kind != "governorate", language.name(place)))
    _begin(atlas)
    name_box, within_box, near_box = st.columns([4, 2, 2])
    with name_box:
        name = st.text_input(
            _("Name of a place"),
            key="gazetteer:name",
            persist_state="session",
            max_chars=LONGEST,
            placeholder="الرقة · Raqqa",
        )
    with within_box:
        within = st.selectbox(
            _("Within"),
            [place.id for place in areas],
            index=None,
            format_func=lambda key: language.name(atlas.place(key)),
            placeholder=_("anywhere"),
            key="gazetteer:within",
            persist_state="session",
        )
    with near_box:
        text = st.text_input(
            _("Near (latitude, longitude)"),
            key="gazetteer:near",
            persist_state="session",
            max_chars=60,
            placeholder="35.95, 39.01",
        )
    near = _point(text)
    if text.strip() and near is None:
        draw(html("<p class='furat-note'>{text}</p>", text=_("Expected two numbers in degrees, such as 35.95, 39.01.")))
    return name, within, near


def _begin(atlas: Atlas) -> None:
    """On the first sight of this page in a session, take over what the link says."""
    state = st.session_state
    if "gazetteer:name" in state:
        return
    params = {param: (st.query_params.get(param) or "")[:LONGEST] for param in OURS}
    state["gazetteer:name"] = params["name"]
    state["gazetteer:near"] = params["near"][:60]
    known = params["within"] in atlas.gazetteer and atlas.place(params["within"]).kind in AREAS
    state["gazetteer:within"] = params["within"] if known else None


def _point(text: str) -> Point | None:
    try:
        lat, lon = (float(part) for part in text.replace("،", ",").split(","))
        return Point(lat=lat, lon=lon)
    except ValueError:
        return None


def _answer(atlas: Atlas, name: str, within: str | None, near: Point | None, language: Language) -> Place | None:
    """The place that is clearly meant, or None after a sentence that says why there is none."""
    _ = language.gettext
    try:
        return atlas.gazetteer.resolve(name, within=within, near=near)
    except AmbiguousPlace as error:
        n = len(error.candidates)
        text = language.ngettext(
            "{n} place bears this name; say which by a place it lies within or a point nearby.",
            "{n} places bear this name; say which by a place it lies within or a point nearby.",
            n,
        ).format(n=n)
    except UnknownPlace as error:
        text = _("No place is known by this name.")
        if error.elsewhere:
            elsewhere = language.joined(language.name(atlas.place(key)) for key in error.elsewhere)
            text = _("No place within it bears this name; elsewhere: {names}").format(names=elsewhere)
        elif error.suggestions:
            text += " " + _("Closest spellings: {names}").format(names=language.joined(error.suggestions))
    draw(html("<p class='furat-note' role='status'>{text}</p>", text=text))
    return None


def _table(atlas: Atlas, found: tuple[Candidate, ...], language: Language) -> Place | None:
    """All candidates, best first; the one the reader chooses, if any."""
    _ = language.gettext
    places = [candidate.place for candidate in found]

    def within(place: Place) -> str:
        return language.joined(language.name(area) for area in atlas.gazetteer.ancestors(place.id)[:2])

    chosen = st.dataframe(
        columns(
            {
                _("Name"): [place.name_en for place in places],
                _("Arabic name"): [place.name_ar for place in places],
                _("Kind"): [place_kind(place.kind, language) for place in places],
                _("Lies in"): [within(place) for place in places],
                _("Latitude"): [place.lat for place in places],
                _("Longitude"): [place.lon for place in places],
                _("Likeness"): [candidate.score for candidate in found],
            }
        ),
        hide_index=True,
        placeholder="–",
        on_select="rerun",
        selection_mode="single-row",
        height=min(38 + 35 * len(places), 260),
        key="gazetteer:table:" + ",".join(place.id for place in places)[:500] + language.lang,
    )
    rows = chosen["selection"]["rows"]
    return places[rows[0]] if rows else None


def _card(atlas: Atlas, place: Place, language: Language) -> None:
    """One place with all its fields."""
    _ = language.gettext
    lies_in = language.joined(language.name(area) for area in atlas.gazetteer.ancestors(place.id))
    rows = (
        (_("Kind"), place_kind(place.kind, language)),
        (_("Lies in"), lies_in),
        (_("Coordinates"), f"{place.lat:.5f}, {place.lon:.5f}"),
        (_("Uncertainty"), _("{n} km").format(n=f"{place.radius_km:g}")),
        (_("Other spellings"), language.joined(place.aliases)),
        (_("Source of the coordinate"), place.source),
        (_("Identifier"), place.id),
    )
    draw(
        html(
            "<article class='furat-event'><h2 class='furat-panel-title'>{name}</h2>"
            "<p class='furat-panel-sub'><bdi>{other}</bdi></p>"
            "<dl class='furat-facts'>{rows}</dl></article>",
            name=language.name(place),
            other=place.name_en if language.rtl else place.name_ar,
            rows=joined(
                html("<dt>{label}</dt><dd><bdi>{value}</bdi></dd>", label=label, value=value)
                for label, value in rows
                if value
            ),
        )
    )
