"""Text as it really comes: encodings, line ends, quotes, tags, repeated headers."""

from __future__ import annotations

import pytest

from events.sources.delimited import Delimited
from tests.events.sources.conftest import UCDP, Stage, csv_of, ucdp_row

ARABIC = "حي الرميلة في مدينة الرقة"
CLEAN = csv_of(UCDP, ucdp_row(1, where_coordinates=ARABIC), ucdp_row(2), ucdp_row(3, side_b='A "B" C, D'))


def ids(result) -> list[str]:
    return [row["source_id"] for row in result.rows]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32", "cp1256"])
@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_encodings_and_line_ends(stage: Stage, encoding: str, end: str) -> None:
    result = stage(CLEAN.replace("\n", end).encode(encoding))
    assert ids(result) == ["1", "2", "3"]
    assert result.rows[0]["place_name"] == ARABIC
    assert [row["line"] for row in result.rows] == [2, 3, 4]
    assert not result.staged.issues


def test_western_names_are_not_taken_for_arabic(stage: Stage) -> None:
    result = stage(csv_of(UCDP, ucdp_row(1, where_coordinates="Café Müller, São Paulo")).encode("cp1252"))
    assert result.rows[0]["place_name"] == "Café Müller, São Paulo"


@pytest.mark.parametrize("by", [";", "\t", "|"])
def test_delimiters(stage: Stage, by: str) -> None:
    assert ids(stage(csv_of(UCDP, ucdp_row(1), ucdp_row(2, side_a="x, y; z"), by=by))) == ["1", "2"]


def test_line_numbers_count_lines_within_quotes(stage: Stage) -> None:
    rows = [ucdp_row(1, where_coordinates="two\nlines"), ucdp_row(2, best="x"), ucdp_row(3, side_b="a\r\nb\n\nc"),
            ucdp_row(4, date_start="2016-02-31")]  # fmt: skip
    result = stage(csv_of(UCDP, *rows))
    assert ids(result) == ["1", "3"]
    assert result.faults() == [(4, "best", "x"), (9, "date_start", "2016-02-31")]


def test_an_unclosed_quote_costs_its_own_line(stage: Stage) -> None:
    lines = csv_of(UCDP, *(ucdp_row(n) for n in range(1, 30))).splitlines()
    lines[10] = lines[10].replace("Raqqa town", '"Raqqa town')
    result = stage("\n".join(lines) + "\n")
    assert ids(result) == [str(n) for n in range(1, 30) if n != 10]
    assert [issue.line for issue in result.staged.issues] == [11]
    assert "quote" in result.staged.issues[0].reason


def test_an_unclosed_quote_before_quoted_rows_costs_its_own_line(stage: Stage) -> None:
    rows = [ucdp_row(n, where_coordinates=f"Raqqa, town {n}") for n in range(1, 30)]
    lines = csv_of(UCDP, *rows).splitlines()
    lines[10] = lines[10].replace('town 10"', "town 10")
    result = stage("\n".join(lines) + "\n")
    assert ids(result) == [str(n) for n in range(1, 30) if n != 10]
    assert [issue.line for issue in result.staged.issues] == [11]


def test_a_quote_within_a_cell_is_a_letter(stage: Stage) -> None:
    text = csv_of(UCDP, ucdp_row(1), ucdp_row(2), ucdp_row(3)).replace("Raqqa town", '5" shell', 1)
    result = stage(text)
    assert ids(result) == ["1", "2", "3"]
    assert result.rows[0]["place_name"] == '5" shell'


def test_rows_of_another_length_are_told(stage: Stage) -> None:
    lines = csv_of(UCDP, *(ucdp_row(n) for n in range(1, 6))).splitlines()
    lines[2] += ",more"
    lines[4] = lines[4].rsplit(",", 2)[0]
    result = stage("\n".join(lines))
    assert ids(result) == ["1", "3", "5"]
    assert [issue.line for issue in result.staged.issues] == [3, 5]
    assert result.staged.rows == 5


def test_blank_lines_and_blank_rows_are_no_rows(stage: Stage) -> None:
    lines = csv_of(UCDP, ucdp_row(1), ucdp_row(2), {}, ucdp_row(3)).splitlines()
    lines.insert(2, "")
    result = stage("\n".join(lines) + "\n\n\n")
    assert [(row["source_id"], row["line"]) for row in result.rows] == [("1", 2), ("2", 4), ("3", 6)]
    assert (result.staged.rows, len(result.staged.issues)) == (3, 0)


def test_a_row_of_hxl_tags_is_no_row(stage: Stage) -> None:
    tags = {name: f"#event+{name}" for name in UCDP}
    result = stage(csv_of(UCDP, tags, ucdp_row(1)))
    assert (ids(result), result.staged.rows, len(result.staged.issues)) == (["1"], 1, 0)


def test_the_header_again_is_told(stage: Stage) -> None:
    again = dict(zip(UCDP, UCDP, strict=True))
    result = stage(csv_of(UCDP, ucdp_row(1), again, ucdp_row(2)))
    assert ids(result) == ["1", "2"]
    assert [issue.line for issue in result.staged.issues] == [3]


def test_nul_characters_are_taken_out_and_told(stage: Stage) -> None:
    result = stage(csv_of(UCDP, ucdp_row(1), ucdp_row(2)).replace("Raqqa town", "Raq\0qa town", 1))
    assert [row["place_name"] for row in result.rows] == ["Raqqa town", "Raqqa town"]
    assert [(issue.line, issue.column) for issue in result.staged.issues] == [(2, "where_coordinates")]


def test_broken_bytes_in_utf8_are_told(stage: Stage) -> None:
    data = csv_of(UCDP, *(ucdp_row(n, where_coordinates=ARABIC) for n in (1, 2))).encode()
    cut = data.index("الرقة".encode()) + 1
    result = stage(data[:cut] + data[cut + 1 :])
    assert ids(result) == ["1", "2"]
    assert [(issue.line, issue.column) for issue in result.staged.issues] == [(2, "where_coordinates")]


def test_titles_above_the_header_and_excel_s_separator_line(stage: Stage) -> None:
    assert ids(stage("Events of March\n\n" + csv_of(UCDP, ucdp_row(1)))) == ["1"]
    assert ids(stage("sep=;\n" + csv_of(UCDP, ucdp_row(1), by=";"))) == ["1"]


def test_numbers_of_rows_before_them_as_r_writes_them(stage: Stage) -> None:
    head, *rows = csv_of(UCDP, ucdp_row(1), ucdp_row(2), ucdp_row(3)).splitlines()
    assert ids(stage("\n".join([head, *(f"{n},{row}" for n, row in enumerate(rows))]))) == ["1", "2", "3"]


def test_pieces_of_any_size_give_the_same_rows(stage: Stage, monkeypatch: pytest.MonkeyPatch) -> None:
    rows = [ucdp_row(n, where_coordinates="a\nb" * (n % 3), side_b='say "x", y') for n in range(1, 120)]
    lines = csv_of(UCDP, *rows).split("\n")
    lines[40] = '"broken'
    text = "\n".join(lines)
    whole = stage(text)
    assert len(whole.rows) > 100
    for name, size in (("_FIRST", 211), ("_MOST", 700), ("_PIECE", 300)):
        monkeypatch.setattr(f"events.sources.delimited.{name}", size)
    parts = stage(text)
    assert parts.rows == whole.rows
    assert parts.faults() == whole.faults()
    assert Delimited.__module__ == "events.sources.delimited"


def test_a_day_in_words_is_read_wherever_it_first_stands(stage: Stage, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("_FIRST", "_MOST", "_PIECE"):
        monkeypatch.setattr(f"events.sources.delimited.{name}", 200)
    lines = [f"2017-06-{n:02},Raqqa,{n}" for n in range(1, 31)]
    lines[20] = "21 June 2017,Raqqa,at least 21"
    result = stage("\n".join(["date,place,killed", *lines]))
    assert [row["date_start"].day for row in result.rows] == list(range(1, 31))
    assert [row["fatalities_low"] for row in result.rows] == list(range(1, 31))
    assert result.rows[20]["fatalities_high"] is None
    assert not result.staged.issues
