"""Values that have broken maps before: templates, scripts, markup, markdown, spreadsheets, bidi and odd bytes.

`CANARY` is what a script that ran would leave in the page; `touching` gives templates that would leave a file.
"""

from __future__ import annotations

import csv
from pathlib import Path

from events.tables import COLUMNS, DATA, TABLES

CANARY = "furatPwned"
SCRIPT = f"window.top.{CANARY}=1"

CORPUS = (
    f"<script>{SCRIPT}</script>",
    f"</script><script>{SCRIPT}</script>",
    f"<img src=x onerror={SCRIPT}>",
    f"<svg/onload={SCRIPT}>",
    f"\"><iframe srcdoc='<script>{SCRIPT}</script>'>",
    f"${{{SCRIPT}}}",
    f"`;{SCRIPT};`",
    f"\\');{SCRIPT};//",
    f"'+{SCRIPT}+'",
    f"[x](javascript:{SCRIPT})",
    "![x](https://stray.example/pixel.png)",
    "https://stray.example/x",
    "see www.stray.example now -> there",
    "me@stray.example",
    "<link rel=stylesheet href=https://stray.example/a.css>",
    ":red[x] :material/home: $x^2$ **bold** `code` # heading",
    "{{ 7 * 7 }}",
    "{% raw %}",
    "{#",
    "{% for a in",
    "%}}{{%",
    '=HYPERLINK("https://stray.example")',
    "+1+1",
    "@SUM(A1)",
    "\u202egnp.exe\u202c",
    "\u200e\ufeff\u2028\u2029x",
    "\U0001f4a5" * 40,
    "ﷺ ﷽",
    "a" * 3000,
)


def touching(path: Path) -> tuple[str, ...]:
    """Jinja that would make a file on the server if anything rendered it."""
    call = f"('touch {path}')"
    return (
        "{{ cycler.__init__.__globals__.os.popen" + call + ".read() }}",
        "{{ self.__init__.__globals__.__builtins__.__import__('os').system" + call + " }}",
        "{{ lipsum.__globals__['os'].system" + call + " }}",
    )


TEXT_CELLS = {
    "sides": ("name_en", "name_ar"),
    "actors": ("name_en", "name_ar", "aliases"),
    "claimants": ("name_en", "name_ar", "kind"),
    "reports": ("publisher_en", "publisher_ar", "headline", "published_note", "language", "url", "licence", "sha256"),
    "events": ("title_en", "title_ar", "note"),
    "claims": ("summary_en", "summary_ar"),
}


ID_CELLS = {
    "claimants": ("id",),
    "reports": ("id",),
    "events": ("id",),
    "claims": ("id", "event", "report", "claimant"),
}
"""Cells that name rows one at a time; lists of ids part at semicolons, which the corpus holds."""


def poison(folder: Path, touched: Path) -> set[str]:
    """Write the event tables into a folder with hostile text in every cell that takes text. Returns the texts."""
    corpus = CORPUS + touching(touched)
    folder.mkdir(parents=True, exist_ok=True)
    at = 0

    def named(row_id: str) -> str:
        """A hostile id, the same wherever the row is named."""
        return f"{corpus[sum(row_id.encode()) % len(corpus)].strip()} {row_id}"

    for table in TABLES:
        with (DATA / f"{table}.csv").open(encoding="utf-8", newline="") as file:
            rows = list(csv.DictReader(file))
        for row in rows:
            for column in ID_CELLS.get(table, ()):
                row[column] = named(row[column])
            for column in TEXT_CELLS[table]:
                row[column] = corpus[at % len(corpus)]
                at += 1
        with (folder / f"{table}.csv").open("w", encoding="utf-8", newline="") as file:
            writer = csv.DictWriter(file, COLUMNS[table])
            writer.writeheader()
            writer.writerows(rows)
    return set(corpus)


def poisoned_places(path: Path, touched: Path) -> None:
    """Write a table of places with hostile names, at real coordinates near Raqqa."""
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(["id", "name_en", "name_ar", "aliases", "kind", "lat", "lon", "radius_km", "parent", "source"])
        for n, text in enumerate(CORPUS + touching(touched)):
            writer.writerow([f"hostile_{n}", text, text, "", "town", 36.2 + n / 50, 38.2, 2, "syria", text])
