"""What an imported event is called: in the page's language where its file gave it no title of its own."""

from __future__ import annotations

import pytest

from events.__main__ import main
from events.atlas import Atlas, open_atlas
from events.engines.schema import Row
from events.export.plain_file import plain_table
from events.model import killed
from events.selection import Selection
from events.ui.events_panel import card, figure
from events.ui.language import language
from events.ui.titles import title
from tests.events.sources.conftest import UCDP, csv_of, ucdp_row

ENGLISH, ARABIC = language("en"), language("ar")
TABLE = """التاريخ,المدينة,نوع الحدث,الفاعل,الضحية,القتلى
2018-03-06,تل أبيض,اشتباك,داعش,قوات سوريا الديمقراطية,1049
2018-03-07,الرقة,لغم,,,
"""
TITLED = """date,place,type,actor,title
2018-04-01,Raqqa,shelling,Islamic State,A market burns
"""


@pytest.fixture(scope="module")
def filled(tmp_path_factory: pytest.TempPathFactory) -> Atlas:
    folder = tmp_path_factory.mktemp("titles")
    header = (*UCDP, "source_headline")
    ged = (
        ucdp_row(1),
        ucdp_row(2, side_a="Riders of the Steppe", side_b="IS", type_of_violence=2, date_start="2016-03-05"),
    )
    files = {
        "table.csv": TABLE,
        "titled.csv": TITLED,
        "ged.csv": csv_of(header, *(row | {"source_headline": "Clashes go on"} for row in ged)),
    }
    for name, content in files.items():
        (folder / name).write_text(content, encoding="utf-8")
        assert main(["import", str(folder / name), "--store", str(folder / "store.duckdb")]) == 0
    return open_atlas(address=str(folder / "store.duckdb"))


def on(atlas: Atlas, day: str) -> Row:
    """The imported event that began on a day."""
    return next(r for r in atlas.store.rows(Selection()) if str(r["date_start"]) == day and r["origin"] != "coded")


def test_a_title_made_of_a_table_is_said_in_the_page_s_language(filled: Atlas) -> None:
    clash, mine = on(filled, "2018-03-06"), on(filled, "2018-03-07")
    expected = "تنظيم الدولة الإسلامية – قوات سوريا الديمقراطية، تل أبيض، اشتباك مسلح"
    assert title(clash, filled, ARABIC).removeprefix("\u061c") == expected
    assert title(clash, filled, ENGLISH) == "Islamic State – Syrian Democratic Forces, Tall Abyad, Armed clash"
    assert title(mine, filled, ENGLISH) == "Raqqa, Remote explosive/landmine/IED"


def test_a_title_of_ucdp_names_the_sides_in_arabic_and_stays_as_it_is_in_english(filled: Atlas) -> None:
    row = on(filled, "2016-03-04")
    assert title(row, filled, ENGLISH) == row["title_en"]
    said = title(row, filled, ARABIC)
    assert "القوات الحكومية السورية – فصائل المعارضة، " in said
    # A Latin name at its beginning leaves the line in the page's direction.
    assert title(on(filled, "2016-03-05"), filled, ARABIC).startswith("\u061cRiders of the Steppe – ")


def test_a_title_that_a_file_gives_stays(filled: Atlas) -> None:
    row = on(filled, "2018-04-01")
    assert title(row, filled, ARABIC) == title(row, filled, ENGLISH) == "A market burns"


def test_a_headline_that_says_it_all_stands_once(filled: Atlas) -> None:
    row = on(filled, "2016-03-04")
    assert any(claim["summary_en"] == "Clashes go on" for claim in row["claims"])
    told = [one for one in row["claims"] if one["summary_en"] == "Clashes go on"]
    assert card(filled, row, ENGLISH).count("Clashes go on") == len(told)


def test_a_summary_that_repeats_the_title_is_left_out(filled: Atlas) -> None:
    row = on(filled, "2018-03-07")
    assert card(filled, row, ENGLISH).count("Remote explosive/landmine/IED</bdi></p>") == 0
    assert card(filled, row, ENGLISH).count("Raqqa, Remote explosive/landmine/IED") == 1


def test_a_single_figure_is_told(filled: Atlas) -> None:
    row = on(filled, "2018-03-06")
    assert killed(row) == (1049, 1049)
    assert killed(row | {"fatalities_low": 3, "fatalities_high": None}) == (3, None)
    assert killed(row | {"fatalities_best": None, "fatalities_low": None, "fatalities_high": None}) == (None, None)
    assert "1049" in next(line for line in plain_table(filled, Selection()).splitlines() if "2018-03-06" in line)


def test_large_figures_are_grouped(filled: Atlas) -> None:
    assert figure(1049, 1049, ENGLISH) == "1,049"
    assert figure(1049, None, ENGLISH) == "at least 1,049"
    assert "1,049" in card(filled, on(filled, "2018-03-06"), ARABIC)
