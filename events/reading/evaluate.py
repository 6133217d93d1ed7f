"""`make evaluate`: score the reader against hand-coded reports and write the table into docs/evaluation.md.

The texts and the scorer lie outside the project and are named on the command line; nothing of them is kept.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Any

from events.model import Dataset
from events.reading.goldset import gold_of, reports_in
from events.reading.reader import Reader
from events.tables import load_dataset
from geo.gazetteer import Gazetteer, load_gazetteer

_INVENTED = Path(__file__).parents[2] / "tests" / "events" / "reading" / "articles"
_BEGIN, _END = "<!-- scores: begin -->", "<!-- scores: end -->"
_Scored = dict[str, Any]


def main(argv: Sequence[str] | None = None) -> int:
    """Print the scores; with --write also put them into a document between its two marks."""
    parser = argparse.ArgumentParser(prog="python -m events.reading.evaluate", description=__doc__)
    parser.add_argument("--corpus", type=Path, required=True, help="folder with dev.json, dev/ and score.py")
    parser.add_argument("--reports", type=Path, required=True, help="folder with the texts of the coded reports")
    parser.add_argument("--write", type=Path, metavar="FILE", help="document whose score table is replaced")
    asked = parser.parse_args(argv)
    gazetteer = load_gazetteer()
    dataset = load_dataset(places=gazetteer)
    table = _table(_all_scores(asked.corpus, asked.reports, gazetteer, dataset))
    print(table)
    if asked.write:
        before, _, rest = asked.write.read_text(encoding="utf-8").partition(_BEGIN)
        after = rest.partition(_END)[2]
        asked.write.write_text(f"{before}{_BEGIN}\n{table}\n{_END}{after}", encoding="utf-8")
    return 0


def _all_scores(corpus: Path, reports: Path, gazetteer: Gazetteer, dataset: Dataset) -> dict[str, _Scored]:
    reader = Reader(gazetteer=gazetteer, dataset=dataset)
    gold = json.loads((corpus / "dev.json").read_text(encoding="utf-8"))
    texts = {g["docno"]: (corpus / "dev" / f"{g['docno']}.txt").read_text(encoding="utf-8") for g in gold}
    halves = sorted(texts)
    coded, coded_texts = [], {}
    for report, document in reports_in(reports, dataset):
        coded.append(gold_of(report, dataset, gazetteer))
        coded_texts[report] = document.text
    scorer = corpus / "score.py"
    return {
        "first half (6)": _score(reader, [g for g in gold if g["docno"] in halves[0::2]], texts, scorer),
        "second half (6)": _score(reader, [g for g in gold if g["docno"] in halves[1::2]], texts, scorer),
        "all twelve": _score(reader, gold, texts, scorer),
        "five reports": _score(reader, coded, coded_texts, scorer),
        **_invented_scores(reader, scorer),
    }


def _invented_scores(reader: Reader, scorer: Path) -> dict[str, _Scored]:
    """Scores on the invented articles of the tests; none where the tests were not installed."""
    if not (_INVENTED / "coded.jsonl").is_file():
        return {}
    gold = [json.loads(line) | {"mentions": []} for line in (_INVENTED / "coded.jsonl").open(encoding="utf-8")]
    texts = {g["docno"]: (_INVENTED / f"{g['docno']}.txt").read_text(encoding="utf-8") for g in gold}
    arabic = [g for g in gold if not g["docno"].startswith("e")]
    english = [g for g in gold if g["docno"].startswith("e")]
    return {
        f"invented ({len(arabic)})": _score(reader, arabic, texts, scorer),
        f"invented, English ({len(english)})": _score(reader, english, texts, scorer),
    }


def _score(reader: Reader, gold: list[dict[str, Any]], texts: dict[str, str], scorer: Path) -> _Scored:
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        lines = []
        for article in gold:
            docno = article["docno"]
            (folder / f"{docno}.txt").write_text(texts[docno], encoding="utf-8")
            reading = reader.read(texts[docno], published=date.fromisoformat(article["published"]))
            lines.append(json.dumps(reading.as_json(docno=docno), ensure_ascii=False))
        (folder / "gold.json").write_text(json.dumps(gold, ensure_ascii=False), encoding="utf-8")
        (folder / "read.jsonl").write_text("\n".join(lines), encoding="utf-8")
        command = [sys.executable, str(scorer), str(folder / "gold.json"), str(folder / "read.jsonl"), name, "--json"]
        done = subprocess.run(command, capture_output=True, encoding="utf-8", check=True)  # noqa: S603
    scores: _Scored = json.loads(done.stdout)
    return scores


def _table(columns: dict[str, _Scored]) -> str:
    names = list(next(iter(columns.values())))
    lines = ["| | " + " | ".join(columns) + " |", "|---|" + "---|" * len(columns)]
    for name in names:
        coded_mentions = {title: scores["toponyms"]["gold"] for title, scores in columns.items()}
        cells = [_cell(name, scores[name], known=coded_mentions[title] > 0) for title, scores in columns.items()]
        lines.append(f"| {name} | " + " | ".join(cells) + " |")
    return "\n".join(lines)


def _cell(name: str, value: Any, *, known: bool) -> str:
    if not known and name.startswith(("toponyms", "resolved", "median")):
        return "not coded"
    if isinstance(value, dict):
        return f"**{value['f1']:.2f}** (p {value['p']:.2f}, r {value['r']:.2f}, of {value['gold']})"
    if isinstance(value, list):
        return f"{value[0]} of {value[1]}" + (f" ({value[0] / value[1]:.2f})" if value[1] else "")
    return str(value)


if __name__ == "__main__":
    sys.exit(main())
