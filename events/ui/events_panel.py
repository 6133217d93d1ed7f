"""The events beside the map: those of the picked places, or all that are shown; who says so and who denies it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace

import streamlit as st
from markupsafe import Markup

from events.atlas import Atlas
from events.engines.schema import Row, is_area
from events.model import Report, killed
from events.selection import Selection
from events.store.store import PAGE_ROWS
from events.ui.language import Language, named
from events.ui.markup import draw, html, joined
from events.ui.titles import title
from events.ui.words import date_prec, place_kind, stance, type_name, where_prec
from geo.place import Place

FOREIGN = {"ucdp": "UCDP GED", "acled": "ACLED", "gdelt": "GDELT", "table": "CSV", "geojson": "GeoJSON"}
"""Origins of imported events, and what their files are called."""
PAGE = 20
"""Events a page of the panel; divides PAGE_ROWS, so that a page of one lies within a page of the other."""
FEW_PAGES = 7
"""So many pages each have a button; among more a page can also be named by its number."""


def show(
    atlas: Atlas, selection: Selection, picked: tuple[str, ...], language: Language, on_clear: Callable[[], None]
) -> None:
    """Draw the panel. picked: place keys; empty means every place. on_clear: called when the reader closes them."""
    _ = language.gettext
    shown = replace(selection, places=picked)
    total = atlas.store.count(shown)
    if picked:
        _heading(atlas, picked, total, language)
        st.button(_("Show all places"), on_click=on_clear, key="panel:clear", icon=":material/close:")
    else:
        draw(html("<h2 class='furat-panel-title'>{title}</h2>", title=_("What happened")))
    if total == 0:
        no_filter = picked and selection == Selection()
        st.info(_("No event happened here.") if no_filter else _("No event fits. Widen the dates, or clear a filter."))
        return
    page = _page(shown, total, language)
    number, start = divmod(page * PAGE, PAGE_ROWS)
    rows = atlas.store.page(shown, number)[start : start + PAGE]
    foreign = atlas.store.originals([row["id"] for row in rows if row["origin"] in FOREIGN])
    for row in rows:
        draw(card(atlas, row, language, original=foreign.get(row["id"])))


def _heading(atlas: Atlas, picked: tuple[str, ...], total: int, language: Language) -> None:
    first = atlas.place(picked[0])
    others = len(picked) - 1
    more = (
        language.ngettext("and {n} place around it", "and {n} places around it", others).format(n=f"{others:,}")
        if others
        else ""
    )
    kind = " ".join(filter(None, (_kind(atlas, first, language), more)))
    about = html(" · ").join(part for part in (_other_name(first, language), kind) if part)
    draw(
        html(
            "<h2 class='furat-panel-title'>{name}</h2><p class='furat-panel-sub'>{about}{n}</p>",
            name=language.name(first),
            about=html("{about}<br>", about=about) if about else "",
            n=language.ngettext("{n} event", "{n} events", total).format(n=f"{total:,}"),
        )
    )


def _other_name(place: Place, language: Language) -> Markup:
    lang, name = ("en", place.name_en) if language.rtl else ("ar", place.name_ar)
    # Imported places may have one name for both languages.
    known = name and name != language.name(place)
    return html("<bdi lang='{lang}'>{name}</bdi>", lang=lang, name=name) if known else Markup("")


def _kind(atlas: Atlas, place: Place, language: Language) -> str:
    """What sort of place it is; of a point that only an imported file knows nobody has said that."""
    return place_kind(place.kind, language) if place.id in atlas.gazetteer or is_area(place) else ""


def _page(shown: Selection, total: int, language: Language) -> int:
    """Which page of the list the reader is on, counted from 0; a new selection starts at the first."""
    pages, key = -(-total // PAGE), f"panel:page:{hash(shown)}"
    if pages <= 1:
        return 0
    if pages <= FEW_PAGES:
        return st.pagination(pages, key=key) - 1
    with st.container(horizontal=True, vertical_alignment="center", gap="small", key="panel-pages"):
        number = st.pagination(pages, key=key, max_visible_pages=5)
        st.number_input(
            language.gettext("Go to page"), min_value=1, max_value=pages, value=None, key=f"{key}:named",
            placeholder=language.gettext("Go to page"), label_visibility="collapsed", on_change=_go, args=(key,),
        )  # fmt: skip
    return number - 1


def _go(key: str) -> None:
    """Turn to the page that was named, and forget the name: the buttons say where the reader is."""
    if named_page := st.session_state.get(f"{key}:named"):
        st.session_state[key] = named_page
        st.session_state[f"{key}:named"] = None


def card(atlas: Atlas, row: Row, language: Language, *, original: Mapping[str, str] | None = None) -> Markup:
    """One event as markup: date, what, who, casualties, and every claim with its voice and its source.

    original: the row of the foreign file it came from, every column of it.
    """
    _ = language.gettext
    date = (
        language.span(row["date_start"], row["date_end"], row["date_prec"]) if row["date_start"] else _("Date unknown")
    )
    titles = (row["title_en"], row["title_ar"])
    where = language.joined(language.name(named(site)) for site in row["places"]) or _("Place unknown")
    return html(
        "<article class='furat-event'><p class='furat-when'>{date}{when_prec} · <bdi>{where}</bdi>{where_prec}</p>"
        "<h3><bdi>{title}</bdi></h3>"
        "<p class='furat-type'>{kind}</p>{facts}<ul class='furat-claims'>{claims}</ul>{original}</article>",
        date=date,
        where=where,
        when_prec=_aside(date_prec(row["date_prec"], language)) if (row["date_prec"] or 1) > 2 else "",
        where_prec=_aside(where_prec(row["where_prec"], language)) if (row["where_prec"] or 1) > 1 else "",
        title=title(row, atlas, language),
        kind=type_name(row["sub_event_type"], language),
        facts=_facts(atlas, row, language),
        claims=joined(_claim(atlas, claim, titles, language) for claim in row["claims"]),
        original=_original(row["origin"], original, language) if original else "",
    )


def _original(origin: str, columns: Mapping[str, str], language: Language) -> Markup:
    """What the file itself says, folded away."""
    facts = joined(
        html("<dt>{name}</dt><dd><bdi>{value}</bdi></dd>", name=name, value=value)
        for name, value in columns.items()
        if value
    )
    head = language.gettext("The row of the {format} file").format(format=FOREIGN[origin])
    return html(
        "<details class='furat-original'><summary>{title}</summary><dl dir='ltr'>{facts}</dl></details>",
        title=head,
        facts=facts,
    )


def _aside(text: str) -> Markup:
    return html(" <em>({text})</em>", text=text)


def _facts(atlas: Atlas, row: Row, language: Language) -> Markup:
    _ = language.gettext
    facts = []
    for role, label in (("actor", _("Who")), ("target", _("Against"))):
        chips = [_chip(atlas, party["actor"], language) for party in row["parties"] if party["role"] == role]
        if chips:
            facts.append(html("<dt>{label}</dt><dd>{chips}</dd>", label=label, chips=joined(chips)))
    toll = figure(*killed(row), language)
    if toll:
        civilians = row["civilians"]
        among = html(" ({text})", text=_("{n} of them civilians").format(n=f"{civilians:,}")) if civilians else ""
        facts.append(html("<dt>{label}</dt><dd>{n}{among}</dd>", label=_("Killed"), n=toll, among=among))
    return html("<dl class='furat-facts'>{facts}</dl>", facts=joined(facts)) if facts else Markup("")


def _chip(atlas: Atlas, actor_id: str, language: Language) -> Markup:
    return html(
        "<span class='furat-chip'><i style='background:{colour}'></i>{name}</span>",
        colour=atlas.side(actor_id).colour,
        name=language.name(atlas.actor(actor_id)),
    )


def _claim(atlas: Atlas, claim: Row, titles: tuple[str, str], language: Language) -> Markup:
    _ = language.gettext
    figures = figure(claim["fatalities_low"], claim["fatalities_high"], language)
    summary, report = claim["summary_ar"] if language.rtl else claim["summary_en"], claim["cited"]
    # Once is enough: an import may say the title again, and the summary as the report's headline.
    said = html("<p><bdi>{summary}</bdi></p>", summary=summary) if summary and summary not in titles else ""
    if report.headline in (summary, *titles):
        report = replace(report, headline="")
    return html(
        "<li class='furat-{stance}'><p><em>{does}</em> <strong><bdi>{voice}</bdi></strong>{figures}</p>{said}"
        "<cite>{source}</cite></li>",
        stance=claim["stance"],
        voice=language.name(atlas.claimant(claim["claimant"])),
        does=stance(claim["stance"], language),
        figures=html(" · {text}", text=_("killed: {figure}").format(figure=figures)) if figures else "",
        said=said,
        source=citation(report, language, *_locator(claim, language)),
    )


def _locator(claim: Row, language: Language) -> tuple[str, ...]:
    """Where in the report the words stand."""
    _ = language.gettext
    return () if claim["paragraph"] is None else (_("paragraph {n}").format(n=claim["paragraph"]),)


def citation(report: Report, language: Language, *parts: str) -> Markup:
    """A report as it is cited: publisher, headline, day, and what more is said. Each part keeps its own direction."""
    headline = html("<i lang='{lang}'>{text}</i>", lang=report.language, text=report.headline)
    cited = (
        report.publisher_ar if language.rtl else report.publisher_en,
        headline if report.headline else "",
        language.day(report.published) if report.published else "",
    )
    mark = html("{mark} ", mark="،" if language.rtl else ",")
    return mark.join(html("<bdi>{part}</bdi>", part=part) for part in (*cited, *parts) if part)


def figure(low: int | None, high: int | None, language: Language) -> str:
    """A number of people as it was claimed: exact, a range, at least, at most; empty where nothing was said."""
    _ = language.gettext
    if low is None and high is None:
        return ""
    if high is None:
        return _("at least {n}").format(n=f"{low:,}")
    if low is None:
        return _("at most {n}").format(n=f"{high:,}")
    return f"{low:,}" if low == high else _("{low} to {high}").format(low=f"{low:,}", high=f"{high:,}")
