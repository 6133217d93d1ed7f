"""`make bench-read`: articles per second and memory of the reader on one core, and how time grows with the text.

The articles are named on the command line (a folder of .txt files); they are read again and again.
"""

from __future__ import annotations

import argparse
import resource
import sys
import time
from datetime import date
from pathlib import Path

from events.reading.reader import Reader
from events.tables import load_dataset
from geo.gazetteer import load_gazetteer

_DAY = date(2018, 6, 1)


def main() -> int:
    """Print a small table; 1 when the folder holds no text."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--times", type=int, default=20)
    asked = parser.parse_args()
    texts = [path.read_text(encoding="utf-8") for path in sorted(asked.folder.glob("*.txt"))]
    if not texts:
        print(f"{asked.folder} holds no .txt file.", file=sys.stderr)
        return 1
    begin = time.perf_counter()
    gazetteer = load_gazetteer()
    reader = Reader(gazetteer=gazetteer, dataset=load_dataset(places=gazetteer))
    print(f"load: {time.perf_counter() - begin:.2f} s, {len(gazetteer):,} places")
    for text in texts:
        reader.read(text, published=_DAY)
    begin = time.perf_counter()
    for _ in range(asked.times):
        for text in texts:
            reader.read(text, published=_DAY)
    rate = asked.times * len(texts) / (time.perf_counter() - begin)
    print(f"{len(texts)} articles of {sum(map(len, texts)) // len(texts):,} characters: {rate:.0f} a second")
    whole = "\n\n".join(texts)
    for factor in (1, 4, 16, 64):
        begin = time.perf_counter()
        reader.read(whole * factor, published=_DAY)
        seconds = time.perf_counter() - begin
        size = len(whole) * factor
        each = seconds / size * 1e6
        print(f"one text of {size / 1e6:5.2f} million characters: {seconds:6.2f} s, {each:.2f} s per million")
    begin = time.perf_counter()
    reader.read("، ".join(["الرقة", "الميادين", "حلب", "تدمر", "سوسة"] * 20_000), published=_DAY)
    print(f"100,000 place names: {time.perf_counter() - begin:.2f} s")
    for words in (5_000, 20_000):
        text = " ".join(["قصفت قوات النظام بلدة هجين وسيطرت قسد على المدينة"] * (words // 2))
        begin = time.perf_counter()
        reader.read(text, published=_DAY)
        seconds = time.perf_counter() - begin
        print(f"{words:,} event words without a full stop ({len(text) / 1e6:.2f} million characters): {seconds:.2f} s")
    print(f"peak memory: {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:.0f} MB")
    return 0


if __name__ == "__main__":
    sys.exit(main())
