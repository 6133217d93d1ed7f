"""Whatever the sources say of a file or a row has a place among the sentences of the page."""

from __future__ import annotations

import ast
import io
from pathlib import Path

import openpyxl
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from events import visitors
from events.importing import Limits
from events.sources import archive, container
from events.sources.errors import SourceError
from events.ui.file_words import SENTENCES, kind, said, summed_up
from events.ui.language import language
from geo.gazetteer import Gazetteer, load_gazetteer
from tests.events.sources import test_refusals
from tests.events.sources.conftest import ACLED, UCDP, acled_row, csv_of, stage_content, ucdp_row

EVENTS = Path(visitors.__file__).parent
SOURCES = sorted([*(EVENTS / "sources").glob("*.py"), *(EVENTS / "importing").glob("*.py"), Path(visitors.__file__)])
ERRORS = ("SourceError", "TooMuchError", "_nothing")


# -- the source texts ----------------------------------------------------------------------------

GAP = "\0"


class _Gather(ast.NodeVisitor):
    """The sentences in a module's text, with GAP for each value. Those that SQL puts together come in pieces."""

    def __init__(self, tree: ast.Module) -> None:
        self.sentences: dict[str, None] = {}
        self._texts = {
            target.id: node.value.value
            for node in tree.body
            if isinstance(node, ast.Assign) and isinstance(node.value, ast.Constant)
            for target in node.targets
            if isinstance(target, ast.Name)
        }
        self._begun: dict[str, str] = {}
        self.visit(tree)

    def _text(self, node: ast.expr) -> str | None:
        match node:
            case ast.Constant(value=str(text)):
                return text
            case ast.JoinedStr(values=parts):
                return "".join(self._text(part) or GAP for part in parts)
            case ast.FormattedValue(conversion=form) if form == ord("r"):
                return f"'{GAP}'"
            case ast.FormattedValue(value=value):
                return self._text(value) if isinstance(value, ast.Name) else GAP
            case ast.Name(id=name) if name in self._texts:
                return str(self._texts[name])
            case ast.Call(func=ast.Name(id="quoted"), args=[inner]):
                return self._text(inner)
        return None

    def _take(self, node: ast.expr) -> None:
        text = self._text(node)
        if text and " " in text:
            self.sentences[text] = None

    def visit_Call(self, node: ast.Call) -> None:
        name = getattr(node.func, "id", getattr(node.func, "attr", ""))
        if name in ERRORS and node.args:
            self._take(node.args[0])
        for keyword in node.keywords:
            if keyword.arg == "reason":
                self._take(keyword.value)
        if name == "check" and len(node.args) > 2:
            self._take_sql(node.args[2])
        self.generic_visit(node)

    def _take_sql(self, node: ast.expr) -> None:
        if isinstance(node, ast.Call):
            self._take(node)
            return
        parts = [part for part in ast.walk(node) if isinstance(part, ast.Constant | ast.JoinedStr)]
        for part in parts:
            for piece in (self._text(part) or "").split("'")[1::2]:
                if " " in piece.strip():
                    self.sentences[piece] = None

    def visit_Assign(self, node: ast.Assign) -> None:
        names = [target.id for target in node.targets if isinstance(target, ast.Name)]
        if {"reason", "problem"} & set(names) and (text := self._text(node.value)):
            self._begun[names[0]] = text
            if not text.endswith("; "):
                self._take(node.value)
        self.generic_visit(node)

    def visit_AugAssign(self, node: ast.AugAssign) -> None:
        if isinstance(node.target, ast.Name) and node.target.id in self._begun:
            self.sentences[self._begun[node.target.id] + (self._text(node.value) or "")] = None

    def visit_Return(self, node: ast.Return) -> None:
        """Days and figures return what is wrong as the last of four."""
        for part in ast.walk(node):
            if isinstance(part, ast.Tuple) and len(part.elts) == 4:
                self._take(part.elts[-1])
        self.generic_visit(node)


def gathered() -> list[tuple[str, str]]:
    trees = [(path.name, ast.parse(path.read_text(encoding="utf-8"))) for path in SOURCES]
    return [(name, text) for name, tree in trees for text in _Gather(tree).sentences]


def is_known(text: str) -> bool:
    """Whether it is a sentence of the table; where a value decides the wording, whether all its pieces stand there."""
    text = text.removesuffix("; the row was left out")
    if SENTENCES.parse(text.replace(GAP, "7")):
        return True
    pieces = [piece.strip(" '“”;:,.()-") for piece in text.split(GAP)]
    return all(any(piece in template for template in SENTENCES.templates) for piece in pieces if " " in piece)


def test_the_gathering_finds_what_there_is() -> None:
    assert len(gathered()) > 80


@pytest.mark.parametrize(("name", "text"), gathered())
def test_every_sentence_of_the_sources_is_known(name: str, text: str) -> None:
    assert is_known(text), f"{name} says {text!r}; put it into events/ui/file_words.py"


def test_a_sentence_that_nobody_put_there_is_noticed() -> None:
    assert not is_known("The file smells of fish; expected a table of events.")
    assert not is_known(f"the {GAP} smells of fish; the row was left out")


def test_every_kind_of_file_that_is_no_table_is_known() -> None:
    for _, what in container._NO_TABLES:
        assert SENTENCES.parse(what), f"{what!r} is not in events/ui/file_words.py"


# -- the sentences themselves --------------------------------------------------------------------


@pytest.fixture(scope="module")
def gazetteer() -> Gazetteer:
    return load_gazetteer()


def sheet(*rows: list[object]) -> bytes:
    book, out = openpyxl.Workbook(), io.BytesIO()
    assert book.active is not None
    for row in rows:
        book.active.append(row)
    book.save(out)
    return out.getvalue()


def parquet(**columns: list[object]) -> bytes:
    out = io.BytesIO()
    pq.write_table(pa.table(columns), out)
    return out.getvalue()


def refused(function: object) -> list[bytes]:
    """The bad files of a test that takes many."""
    return list(function.pytestmark[0].args[1])  # type: ignore[attr-defined]


REFUSED: list[tuple[bytes, dict[str, object]]] = [
    *((content, {}) for content in refused(test_refusals.test_what_is_no_table_of_events_is_refused_with_one_sentence)),
    *((csv_of(UCDP, ucdp_row(1)).encode(), {"format": form}) for form in ("acled", "gdelt", "geojson", "xyz")),
    (csv_of(UCDP, ucdp_row(1)).encode(), {"format": "table", "mapping": {"date": "nowhere"}}),
    (csv_of(UCDP, ucdp_row(1)).encode(), {"format": "table", "mapping": {"nothing": "best"}}),
    (csv_of(UCDP, ucdp_row(1), ucdp_row(2)).encode(), {"limits": Limits(rows=1)}),
    (csv_of(UCDP, ucdp_row(1)).encode(), {"limits": Limits(size=100)}),
    (test_refusals.packed(("a.csv", csv_of(UCDP, ucdp_row(1)).encode() + b" " * 20_000_000)), {}),
    (b'{"type": "FeatureCollection", "features": []}', {}),
    (b'{"type": "FeatureCollection", "features": [{', {}),
    (b'{"type": "FeatureCollection", "crs": {"properties": {"name": "EPSG:3857"}}, "features": [{}]}', {}),
    (sheet(["only one"]), {}), (sheet(), {}), (sheet(["date", "place"]), {}),
    (parquet(**{f"c{n}": [1] for n in range(2001)}), {}),
]  # fmt: skip


@pytest.mark.parametrize(("content", "options"), REFUSED)
def test_every_refusal_is_known(
    tmp_path: Path, gazetteer: Gazetteer, content: bytes, options: dict[str, object]
) -> None:
    with pytest.raises(SourceError) as told:
        stage_content(tmp_path, gazetteer, content, **options)  # type: ignore[arg-type]
    assert SENTENCES.parse(str(told.value)), str(told.value)


def ucdp(**wrong: object) -> str:
    return csv_of(UCDP, ucdp_row(1), ucdp_row(2, **wrong))


OWN = ("id", "date", "date_end", "place", "admin1", "country", "lat", "lon", "event_type", "fatalities",
       "fatalities_low", "fatalities_high", "where_prec", "date_prec")  # fmt: skip


def own(**wrong: object) -> str:
    return csv_of(OWN, {"id": 1, "date": "2017-10-12", "place": "Raqqa", "event_type": "shelling"} | wrong)


FAULTY: list[str | bytes] = [
    *(ucdp(**{field: value}) for field, value in (
        ("type_of_violence", 9), ("date_start", ""), ("date_start", "soon"), ("date_start", "2017-02-31"),
        ("date_start", "0000-00-00"), ("date_start", "9999-01-01"), ("date_start", "2099-01-01"),
        ("date_end", "2010-01-01"), ("date_end", "x"), ("date_prec", 99), ("where_prec", 99), ("latitude", "4239.0"),
        ("latitude", "x"), ("latitude", ""), ("longitude", "999"), ("longitude", "x"), ("best", "many"),
        ("best", "7-5"), ("best", 1), ("id", 1),
    )),
    ucdp(latitude=39.01, longitude=35.95), ucdp(latitude=120, longitude=35), ucdp(latitude=0, longitude=0),
    *(csv_of(ACLED, acled_row(1, **{field: value})) for field, value in (
        ("time_precision", 9), ("geo_precision", 9), ("event_date", ""))),
    csv_of(ACLED, acled_row(1, sub_event_type="x", event_type="y")),
    *(own(**{field: value}) for field, value in (
        ("date", ""), ("date", "5/10/2017"), ("date", "12-10 October 2017"), ("event_type", "odd"),
        ("place", "Salihiyah"), ("place", "Xyzzyq"), ("place", "Raqqah City Centre x"), ("where_prec", 9),
        ("date_prec", 9), ("lat", 35.9),
    )),
    own(place="Mayadeen", country="Iraq"), own(place="Qwrtz", admin1="Raqqa"), own(fatalities_low=9, fatalities_high=2),
    own(id="") + ",,,,,,,,,,,,,x\n" + ",".join(OWN) + "\n",
    csv_of((*OWN, "coordinates"), {"date": "2017-10-12", "coordinates": "x"}),
    ucdp().rsplit(",", 2)[0], ucdp(side_b="a\0b"), ucdp().replace("Raqqa town", '"Raqqa', 1),
    ucdp().replace("Raqqa town", 'Ra"q"qa, "town', 1), ucdp(where_coordinates="x" * 200_000),
    csv_of(UCDP, *(ucdp_row(n, side_b="عربي " * 20) for n in range(30))).encode() + b"\xff\xfe,",
    b'[{"date": "2017-10-12", "place": "Raqqa"}, {"date": ',
    b'{"type": "FeatureCollection", "features": [{"type": "Feature", "properties": {"date": "2017-10-12", "place": '
    b'"Raqqa"}, "geometry": {"type": "Point", "coordinates": ["x"]}}]}',
    b'[{"date": "2017-10-12", "place": "Raqqa", "notes": "' + b"x" * 200_000 + b'"}]',
    sheet(["date", "place", "notes"], ["2017-10-12", "Raqqa", "x"], ["x", "Raqqa", "y"]),
    parquet(date=["2017-10-12"], place=["Raqqa"], geometry=[b"no geometry"]),
]  # fmt: skip


def test_every_reason_of_a_row_is_known(tmp_path: Path, gazetteer: Gazetteer) -> None:
    reasons: dict[str, None] = {}
    for number, content in enumerate(FAULTY):
        issues = stage_content(tmp_path, gazetteer, content, name=f"f{number}.csv").staged.issues
        reasons |= dict.fromkeys(issue.reason for issue in issues)
    kinds = {kind(reason) for reason in reasons}
    assert len(kinds) > 35
    for reason in reasons:
        assert SENTENCES.parse(reason), f"{reason!r} is not in events/ui/file_words.py"


def test_the_arabic_page_says_it_in_arabic_and_keeps_the_values() -> None:
    arabic = language("ar")
    found = said("the latitude is not between -90 and 90; the row was left out", arabic)
    assert "\u2068-90\u2069" in found
    assert not any("a" <= letter <= "z" for letter in found.casefold())
    assert said("the file ate my homework", arabic) == "the file ate my homework"


def test_places_within_a_reason_are_called_as_the_reader_calls_them(tmp_path: Path, gazetteer: Gazetteer) -> None:
    arabic = language("ar")
    rows = "التاريخ,المدينة,المحافظة\n2018-03-11,كفر وهم,إدلب\n2018-03-12,الصالحية,\n"
    unknown, ambiguous = (
        issue.reason for issue in stage_content(tmp_path, gazetteer, rows).staged.issues if issue.column == "المدينة"
    )
    for reason in (unknown, ambiguous):
        assert any("a" <= letter <= "z" for letter in said(reason, arabic).casefold())
        assert "salihiyah" not in said(reason, arabic, gazetteer).casefold()
        assert "Governorate" not in said(reason, arabic, gazetteer)
    assert "محافظة إدلب" in said(unknown, arabic, gazetteer)
    assert "الحسكة)" in said(ambiguous, arabic, gazetteer)
    assert "Salihiyah (quarter, Hasakah)" in said(ambiguous, language("en"), gazetteer)


def test_reasons_of_one_kind_are_summed_up() -> None:
    reasons = [f"low, best and high ({n}, 0, 2) are not in order; the row is kept as it says" for n in (1, 2)]
    assert summed_up(reasons, language("en")) == (
        "low, best and high (\u2068…\u2069, 0, 2) are not in order; the row is kept as it says"
    )
    assert summed_up(["something new"], language("en")) == "something new"


def test_a_locked_archive_is_told() -> None:
    error = archive._unless_ours(RuntimeError("a password is needed"))
    assert SENTENCES.parse(str(error))
