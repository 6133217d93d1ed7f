"""The desk as files."""

from __future__ import annotations

import csv
import io
import json
from dataclasses import replace

import pytest

from events.atlas import Atlas
from events.desk import desk as on_desk
from events.desk import files
from events.desk.desk import Desk, sheet, sound
from events.desk.links import link
from events.export import COLUMNS
from tests.events.desk.laid import everything, laid
from tests.hostile import CORPUS
from tests.reports import FIRST


def test_the_json_holds_everything_and_its_spans_name_words(atlas: Atlas, two: Desk) -> None:
    desk = on_desk.edit(link(two), link(two).proposals[0].id, "places", ("al_bukamal", "mayadin"), known=atlas)
    told = json.loads(files.desk_json(desk, atlas=atlas))
    assert [r["docno"] for r in told["reports"]] == [s.id for s in desk.sheets]
    texts = {r["docno"]: r["text"] for r in told["reports"]}
    assert {p["id"] for p in told["proposals"]} == {p.id for p in desk.proposals}
    assert told["proposals"][0]["coded_by_a_person"]["places"]["was"]
    for p in told["proposals"]:
        assert 0 <= p["confidence"] <= 1
        for claim in p["claims"]:
            for spans in claim["spans"].values():
                assert all(texts[claim["report"]][s["start"] : s["end"]].strip() for s in spans)


def test_the_files_hold_the_accepted_or_all_that_is_open(atlas: Atlas, one: Desk) -> None:
    rejected = on_desk.decide(one, [one.proposals[0].id], "rejected")
    for desk in (rejected, on_desk.decide(rejected, [one.proposals[1].id], "accepted")):
        wanted = {p.id for p in desk.with_status(*files.statuses_taken(desk))}
        rows = list(csv.DictReader(io.StringIO(files.csv_bytes(desk, atlas=atlas, name="x").decode("utf-8-sig"))))
        collection = json.loads(files.geojson(desk, atlas=atlas, name="x"))
        assert {row["id"] for row in rows} == {f["id"] for f in collection["features"]} == wanted
        assert tuple(rows[0]) == COLUMNS
    assert len(wanted) == 1


@pytest.mark.parametrize("text", CORPUS)
def test_hostile_text_goes_through_every_file(atlas: Atlas, text: str) -> None:
    reading = replace(laid(atlas, FIRST).reading, publisher=sound(text), title=sound(text))
    desk = everything(on_desk.add(Desk(), sheet(reading, name=sound(text))))
    json.loads(files.desk_json(desk, atlas=atlas))
    json.loads(files.geojson(desk, atlas=atlas, name=text))
    table = files.csv_bytes(desk, atlas=atlas, name=text).decode("utf-8-sig")
    for row in csv.reader(io.StringIO(table)):
        assert not [cell for cell in row if cell[:1] in ("=", "+", "@") or cell[:1] == "\t"]
