"""What is wrong in an opened file: one entry for each kind of fault, its lines within, and the whole as a file."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import streamlit as st
from markupsafe import Markup

from events.errors import RowIssue
from events.sources.issues import issues_csv
from events.ui.file_words import direction, kind, said, summed_up
from events.ui.language import Language
from events.ui.markup import draw, html, joined
from geo.gazetteer import Gazetteer

SHOWN = 50
"""Lines listed of one kind of fault."""
FEW = 8
"""Kinds of fault that stand open at once, where they have so many lines together."""


@dataclass(frozen=True, kw_only=True)
class Group:
    """Faults of one kind in one column. n: how many there are. issues: the first of them."""

    column: str
    n: int
    issues: tuple[RowIssue, ...]


def grouped(issues: Iterable[RowIssue]) -> tuple[Group, ...]:
    """The faults by column and kind, the most frequent first."""
    found: dict[tuple[str, object], list[RowIssue]] = {}
    for issue in issues:
        found.setdefault((issue.column, kind(issue.reason)), []).append(issue)
    groups = [Group(column=key[0], n=len(rows), issues=tuple(rows[:SHOWN])) for key, rows in found.items()]
    return tuple(sorted(groups, key=lambda group: -group.n))


def show(
    groups: Sequence[Group], issues: Sequence[RowIssue], more: int, gazetteer: Gazetteer, language: Language
) -> None:  # fmt: skip
    """Draw the list. issues: all that are kept, for the download; more: how many are not."""
    _ = language.gettext
    total = len(issues) + more
    if not total:
        st.caption(_("Nothing was wrong with any row."))
        return
    with st.container(horizontal=True, vertical_alignment="center", key="open-issues-head"):
        draw(
            html(
                "<h2 class='furat-panel-title'>{text}</h2>",
                text=language.ngettext(
                    "{n} thing is wrong or unclear in the file", "{n} things are wrong or unclear in the file", total
                ).format(n=f"{total:,}"),
            )
        )
        st.download_button(
            _("Download the list"), lambda: _csv(issues, gazetteer, language), file_name="furat-issues.csv",
            mime="text/csv", on_click="ignore", icon=":material/download:", key="open:issues",
        )  # fmt: skip
    opened = total <= FEW
    draw(
        html(
            "<div class='furat-issues'>{groups}</div>",
            groups=joined(_entry(one, opened, gazetteer, language) for one in groups),
        )
    )
    if more:
        st.caption(_("The list has the first {shown} of {n}.").format(shown=f"{len(issues):,}", n=f"{total:,}"))


def _csv(issues: Sequence[RowIssue], gazetteer: Gazetteer, language: Language) -> bytes:
    """The list for a program, and on a page in another language the reasons in that language beside it."""
    if language.lang == "en":
        return issues_csv(issues).encode()
    column = f"reason_{language.lang}"
    return issues_csv(issues, reasons=(column, lambda reason: said(reason, language, gazetteer))).encode()


def _entry(group: Group, opened: bool, gazetteer: Gazetteer, language: Language) -> Markup:
    _ = language.gettext
    reasons = [issue.reason for issue in group.issues]
    same = len(set(reasons)) == 1
    head = html(
        "<summary><b>{n}</b> {column}<span dir='{dir}'>{reason}</span></summary>",
        n=f"{group.n:,} ×",
        column=html("<bdi class='furat-column'>{name}</bdi> ", name=group.column) if group.column else "",
        reason=summed_up(reasons, language, gazetteer),
        dir=direction(reasons[0], language),
    )
    titles = [_("Line"), _("Value"), *([] if same else [_("What is wrong")])]
    rows = joined(
        html(
            "<tr><td>{line}</td><td><bdi>{value}</bdi></td>{reason}</tr>",
            line=issue.line,
            value=issue.value or "–",
            reason=""
            if same
            else html(
                "<td dir='{dir}'>{text}</td>",
                text=said(issue.reason, language, gazetteer),
                dir=direction(issue.reason, language),
            ),
        )
        for issue in group.issues
    )
    rest = group.n - len(group.issues)
    return html(
        "<details{opened}>{head}<div class='furat-scroll' tabindex='0'><table class='furat-table'>"
        "<thead><tr>{titles}</tr></thead><tbody>{rows}</tbody></table></div>{rest}</details>",
        opened=html(" open") if opened else "",
        head=head,
        titles=joined(html("<th scope='col'>{title}</th>", title=title) for title in titles),
        rows=rows,
        rest="" if not rest else html(
            "<p class='furat-small'>{text}</p>", text=_("and {n} more; a download has them all").format(n=f"{rest:,}")
        ),
    )  # fmt: skip
