"""What the page says that the columns of a file mean, before it is put on the map."""

from __future__ import annotations

from streamlit.testing.v1 import AppTest


def test_the_columns_of_ucdp_say_who_what_and_how_many() -> None:
    def page() -> None:
        from events.ui.language import language
        from events.ui.open_columns import preview
        from events.ui.open_state import Look

        mapping = {"type": "type_of_violence", "side_a": "side_a", "best": "best", "date_prec": "date_prec"}
        look = Look(format="ucdp", columns=tuple(mapping.values()), mapping=mapping, said={}, rows=())
        preview(look, language("en"))

    [table] = AppTest.from_function(page).run().get("html")
    heads = [
        (name.split("<")[0], told.split("</small>")[0])
        for name, _, told in (head.partition("<small>") for head in table.proto.body.split("<bdi>")[1:])
    ]
    assert heads == [
        ("type_of_violence", "→ Event type"), ("side_a", "→ Who"), ("best", "→ Killed"), ("date_prec", "&nbsp;"),
    ]  # fmt: skip
