"""A table that says types as the page itself writes them is understood, in either language."""

from __future__ import annotations

import pytest

from events.model import SUB_EVENT_TYPES
from events.sources.types import type_of
from events.ui.language import language

TYPES = [(event, sub) for event, subs in SUB_EVENT_TYPES.items() for sub in subs]


@pytest.mark.parametrize("lang", ["en", "ar"])
def test_every_type_is_known_by_the_name_the_page_gives_it(lang: str) -> None:
    _ = language(lang).gettext  # type: ignore[arg-type]
    for event, sub in TYPES:
        assert type_of(_(sub)) == (event, sub)
        assert type_of(_(event))[0] == event
