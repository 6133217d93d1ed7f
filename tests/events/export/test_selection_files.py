"""Every format holds exactly the events of the selection; CSV and GeoJSON as people know them."""

from __future__ import annotations

import csv
import io
import json

import geopandas
import openpyxl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from lxml import etree

from events import export
from events.atlas import Atlas
from events.export.kml_file import KML
from events.export.plain_file import figure
from events.selection import Selection
from tests.selections import expected, selections

relaxed = settings(max_examples=20, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])


@relaxed
@given(data=st.data())
def test_csv_and_geojson_hold_exactly_the_selection(atlas: Atlas, data: st.DataObject) -> None:
    selection = data.draw(selections(atlas))
    wanted = sorted(expected(atlas, selection))
    features = json.loads(export.geojson(atlas, selection))["features"]
    rows = list(csv.DictReader(io.StringIO(export.csv_text(atlas, selection))))
    assert sorted(feature["id"] for feature in features) == wanted
    assert sorted(row["id"] for row in rows) == wanted


def ids_in(form: str, content: bytes) -> list[str]:
    """The ids of the events in a file."""
    if form == "geojson":
        return [feature["id"] for feature in json.loads(content)["features"]]
    if form == "geoparquet":
        return list(geopandas.read_parquet(io.BytesIO(content))["id"])
    if form == "xlsx":
        sheet = openpyxl.load_workbook(io.BytesIO(content), read_only=True)["events"]
        return [str(row[0]) for row in sheet.iter_rows(min_row=2, values_only=True)]
    if form == "kml":
        return [
            found.text for found in etree.fromstring(content).iterfind(f".//{{{KML}}}Data[@name='id']/{{{KML}}}value")
        ]
    column = {"csv": "id", "acled": "event_id_cnty", "ucdp": "relid"}[form]
    return [row[column] for row in csv.DictReader(io.StringIO(content.decode("utf-8-sig")))]


@relaxed
@given(data=st.data())
def test_every_format_holds_the_selection_save_what_it_reports(atlas: Atlas, data: st.DataObject) -> None:
    selection = data.draw(selections(atlas))
    wanted = expected(atlas, selection)
    for form in export.FORMATS.values():
        out = io.BytesIO()
        written = form.write(atlas, selection, out)
        found = ids_in(form.id, out.getvalue())
        left_out = {key for omission in written.omitted.values() for key in omission.ids}
        assert len(found) == len(set(found)) == written.events
        assert set(found) | left_out == wanted
        assert not set(found) & left_out
        assert written.left_out == len(left_out)
        if form.id not in ("acled", "ucdp"):
            assert left_out == set()


def test_geojson_is_what_rfc_7946_says(atlas: Atlas) -> None:
    collection = export.feature_collection(atlas, Selection())
    assert collection["type"] == "FeatureCollection"
    for feature in collection["features"]:
        assert feature["type"] == "Feature"
        event = atlas.dataset.events[feature["id"]]
        if event.places:
            lon, lat = feature["geometry"]["coordinates"]
            assert feature["geometry"]["type"] == "Point"
            assert (lat, lon) == (atlas.place(event.places[0]).lat, atlas.place(event.places[0]).lon)
        else:
            assert feature["geometry"] is None


def test_properties_bear_the_data_model_s_names(atlas: Atlas) -> None:
    properties = export.feature_collection(atlas, Selection())["features"][0]["properties"]
    assert {
        "event_type", "sub_event_type", "date_start", "date_end", "date_prec", "where_prec", "place",
        "actors", "targets", "claimants", "fatalities_low", "fatalities_best", "fatalities_high", "civilians",
    } <= set(properties)  # fmt: skip


def test_every_feature_says_who_said_it_and_where(atlas: Atlas) -> None:
    for feature in export.feature_collection(atlas, Selection())["features"]:
        claims = feature["properties"]["claims"]
        assert claims
        assert all(claim["report"] in atlas.dataset.reports and claim["paragraph"] >= 1 for claim in claims)


def test_lists_are_joined_by_semicolons(atlas: Atlas) -> None:
    rows = {row["id"]: row for row in csv.DictReader(io.StringIO(export.csv_text(atlas, Selection())))}
    assert rows["abu_fas_car_bombs_2017_10_12"]["targets"] == "civilians;asayish"


@pytest.mark.parametrize(
    ("low", "high", "text"), [(None, None, "–"), (50, None, "≥50"), (None, 9, "≤9"), (35, 35, "35"), (24, 99, "24–99")]
)
def test_a_range_stays_a_range(low: int | None, high: int | None, text: str) -> None:
    assert figure(low, high) == text
