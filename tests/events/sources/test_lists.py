"""Lists of strikes, deaths and attacks as people keep and export them, invented row by row."""

from __future__ import annotations

import pytest

from events.sources.errors import SourceError
from tests.events.sources.conftest import Result, Stage


def days(result: Result) -> list[str]:
    return [str(row["date_start"]) for row in result.rows]


@pytest.mark.parametrize(
    ("cell", "day"),
    [
        ("3/16/17", "2017-03-16"), ("3/11/17 12:00 AM", "2017-03-11"), ("11/3/17", "2017-11-03"),
        ("March 17, 2017, 8:59 p.m.", "2017-03-17"), ("March 17, 2017, 1 a.m.", "2017-03-17"),
        ("March 17, 2017, noon", "2017-03-17"),
    ],
)  # fmt: skip
def test_days_of_american_spreadsheets_and_of_django(stage: Stage, cell: str, day: str) -> None:
    result = stage(f'date,place,added on\n"{cell}",Raqqa,3/31/17\n')
    assert (days(result), result.faults()) == ([day], [])


@pytest.mark.parametrize("code", ["-7", "-77", "-88", "-99.0", "-999", "-8888"])
def test_codes_of_missing_figures_are_no_figures(stage: Stage, code: str) -> None:
    result = stage(f"date,place,killed\n2017-06-03,Raqqa,{code}\n")
    assert ([row["fatalities_best"] for row in result.rows], result.faults()) == ([None], [])
    assert stage("date,place,killed\n2017-06-03,Raqqa,-4\n2017-06-03,Raqqa,1\n").faults() == [(2, "killed", "-4")]


def where(result: Result) -> list[tuple[str | None, int | None]]:
    return [(row["place"], row["where_prec"]) for row in result.rows]


def test_a_place_in_an_area_that_nobody_knows_is_not_taken_for_a_namesake_elsewhere(stage: Stage) -> None:
    result = stage("Date,Governorate,District,Area,Target\n26/03/2015,Zubayda,Bani Zubayd,Kafr Zita,Farm\n"
                   "27/03/2015,Zubayda,Al-Bab,-,Farm\n28/03/2015,Hama,Bani Zubayd,Kafr Zita,Farm\n"
                   "29/03/2015,Taiz,Bani Zubayd,Kafr Zita,Farm\n")  # fmt: skip
    assert [row[0] for row in where(result)] == [None, None, "gn_168620", None]
    faults = [(line, value) for line, column, value in result.faults() if column == "Area"]
    assert faults == [(2, "Kafr Zita"), (3, "Al-Bab"), (5, "Kafr Zita")]
    assert "no area 'Bani Zubayd'" in result.staged.issues[0].reason


@pytest.mark.parametrize(
    "name",
    ["near Raqqa", "Vicinity of Raqqa", "northwest of Raqqa", "Raqqa outskirts", "بالقرب من الرقة", "شمال شرق الرقة"],
)
def test_a_place_near_another_is_known_to_about_25_km(stage: Stage, name: str) -> None:
    assert where(stage(f"date,place\n2017-06-03,{name}\n2017-06-03,East Ghouta\n"))[0] == ("raqqa", 2)


@pytest.mark.parametrize("area", ["Homs Suburbs", "Northwest Syria", "Kobani Canton", "شمال سوريا"])
def test_an_area_of_no_gazetteer_that_names_a_country_or_a_city_says_where_to_look(stage: Stage, area: str) -> None:
    assert where(stage(f"date,province,place\n2017-06-03,{area},Raqqa\n"))[0][0] == "raqqa"


def toll(result: Result) -> list[tuple[int | None, ...]]:
    names = ("fatalities_low", "fatalities_best", "fatalities_high", "civilians")
    return [tuple(row[name] for name in names) for row in result.rows]


def test_all_the_dead_go_before_the_civilians_among_them(stage: Stage) -> None:
    result = stage(
        "Strike ID,Date,Location,Minimum total people killed,Maximum total people killed,"
        "Minimum civilians reported killed,Maximum civilians reported killed,Strike link\n"
        "X01,2017-06-03,Raqqa,5,7,2,3,https://example.org/x01\n"
    )
    assert toll(result) == [(5, None, 7, 2)]
    assert (result.rows[0]["source_id"], result.rows[0]["url"]) == ("X01", "https://example.org/x01")
    result = stage("date,place,min_ppl_killed,max_ppl_killed,civilians killed min,civilians killed max\n"
                   "2017-06-03,Raqqa,5,7,2,3\n")  # fmt: skip
    assert toll(result)[0][:3] == (5, None, 7)
    assert toll(stage("date,place,Civilians reported killed\n2017-06-03,Raqqa,4\n")) == [(None, None, None, 4)]


def test_points_that_r_writes_for_spaces_make_no_groups(stage: Stage) -> None:
    result = stage(
        "Strike.ID,Date,Reported.target.type,Type.of.attack,Minimum.total.people.killed,Maximum.total.people.killed\n"
        "A1,2017-06-03,Convoy,US airstrike,1,4\nA2,2017-06-04,-,Drone strike,0,0\n"
    )
    assert [row["sub_event_type"] for row in result.rows] == ["Air/drone strike"] * 2
    assert [figures[:3] for figures in toll(result)] == [(1, None, 4), (0, None, 0)]


@pytest.mark.parametrize(
    ("header", "field"),
    [
        ("Target location", "place"), ("Country / Territory", "country"),
        ("Attack ID", "id"), ("Reference Code", "id"), ("Estimated Coordinates", "latlon"), ("name_en", "title"),
        ("Arabic title", "title"), ("Health Workers Killed", "fatalities"), ("Aid workers killed", "fatalities"),
        ("State/Province/Governorate/Department", "admin1"), ("perpetrator_group", "actors"), ("Source link", "url"),
        ("Weapon Carried/Used", "event_type"), ("Health Workers Killed In Captivity", None),
        ("Female aid workers killed", None),
    ],
)  # fmt: skip
def test_headers_of_lists(stage: Stage, header: str, field: str | None) -> None:
    cell = "35.9, 39.0" if field == "latlon" else "3"
    found = stage(f'date,notes,{header}\n2017-06-03,x,"{cell}"\n2017-06-04,y,"35.8, z"\n2017-06-05,y,Raqqa\n').mapping
    assert next((name for name, column in found.items() if column == header), None) == field


def test_the_party_s_name_goes_before_its_kind_and_the_target_before_a_second_actor(stage: Stage) -> None:
    result = stage(
        "date,place,perpetrator,perpetrator name,actor2,target1\n2017-06-03,Raqqa,NSA,Some Group,Others,Farm\n"
    )
    assert (result.rows[0]["actors"], result.rows[0]["targets"]) == (["Some Group"], ["Farm"])


def test_raids_on_districts_without_a_place_are_events(stage: Stage) -> None:
    result = stage("Incident ID,Date,Governorate,District,Target,Fatalities\n1,26/03/2015,Raqqa,Tell Abiad,Farm,2\n"
                   "2,27/03/2015,Raqqa,,Unknown,0\n")  # fmt: skip
    assert where(result) == [("tall_abyad_district", 3), ("raqqa_governorate", 4)]
    assert [row["targets"] for row in result.rows] == [["Farm"], []]
    with pytest.raises(SourceError, match="where, what or who"):
        stage("Date,Governorate,IDPs\n2017-06-03,Raqqa,300\n")


@pytest.mark.parametrize("word", ["Unknown", "NoInformation", "No information", "-", "غير معروف", "N/A", "UNKNOWN"])
def test_words_for_not_knowing_are_no_names(stage: Stage, word: str) -> None:
    result = stage(f"date,town,governorate,perpetrator,type,name\n2017-06-03,{word},Raqqa,{word},{word},{word}\n")
    (row,) = result.rows
    assert (row["place"], row["actors"], row["sub_event_type"]) == ("raqqa_governorate", [], "Other")
    assert (row["title"], result.faults()) == ("Raqqa, Other", [])


@pytest.mark.parametrize(
    ("cell", "sub"),
    [
        ("Airstrike\nPossible cruise missile strike", "Air/drone strike"), ("US airstrike", "Air/drone strike"),
        ("US-led ground operation\nPossible drone strike", "Armed clash"), ("Aerial Bomb: Guided", "Air/drone strike"),
        ("Violence with heavy weapons (such as mortars), Assault", "Shelling/artillery/missile attack"),
        ("cyber attack", "Other"), ("explosions/sabotage", "Remote explosive/landmine/IED"),
    ],
)  # fmt: skip
def test_types_as_lists_of_strikes_write_them(stage: Stage, cell: str, sub: str) -> None:
    assert [row["sub_event_type"] for row in stage(f'date,place,type\n2017-06-03,Raqqa,"{cell}"\n').rows] == [sub]


def test_where_no_kind_of_violation_is_known_the_weapon_tells_the_type(stage: Stage) -> None:
    head, rows = "date,place,violation,weapons\n", "2017-06-03,Raqqa,Unheard of,Barrel bomb\n2017-06-04,Raqqa,x,\n"
    assert [row["sub_event_type"] for row in stage(head + rows).rows] == ["Air/drone strike", "Other"]
    head = "date,place,type of violation,weapon type\n"
    assert [row["sub_event_type"] for row in stage(head + rows).rows] == ["Air/drone strike", "Other"]


def test_hxl_tags_say_the_same_in_any_order(stage: Stage) -> None:
    result = stage("a,b,c,d,e\n#date +occurrence,#country +name,#affected +healthworker +killed,#group +perp +name,"
                   "#affected +healthworker +injured\n2017-06-03,Syria,2,Someone,5\n")  # fmt: skip
    assert result.mapping == {"date": "a", "country": "b", "fatalities": "c", "actors": "d"}
    assert (toll(result)[0][1], result.faults()) == (2, [])


def test_an_id_that_many_different_rows_share_names_none_of_them(stage: Stage) -> None:
    first = [f"{n},2017-06-0{1 + n % 9},Raqqa,{n}" for n in range(40)]
    result = stage("\n".join(["id,date,place,killed", *first, *(f"{row}9" for row in first[:25]), ""]))
    assert (len(result.rows), {row["source_id"] for row in result.rows}) == (65, {None})
    assert [(line, column) for line, column, _ in result.faults()] == [(1, "id")]
    # The same rows once more are the same events.
    result = stage("\n".join(["id,date,place,killed", *first, *first[:25], ""]))
    assert (len(result.rows), len(result.faults())) == (40, 25)


@pytest.mark.parametrize(
    ("content", "said"),
    [
        ("Incident,,x,23,01,2013,99,Raqqa Province,,Tabqa,35,50\nIncident,,x,24,01,2013,99,Raqqa,,Tabqa,35,51\n",
         "reads like an event"),
        ("20150418,Syria,32,~100,+\n20151024,Syria,1,80,+\n", "reads like an event"),
        ("Governorate,2010,2011,2012,2013\nRaqqa,1,2,3,4\n", "No column says when"),
        ('{"type": "FeatureCollection", "features": [{"type": "Feature", "properties": {"date": "2017-06-03", '
         '"occupied_km2": 12.5}, "geometry": {"type": "Point", "coordinates": [39, 35]}}]}', "measures something"),
        ("date,area\n2017-06-03,120.5\n", "where, what or who"),
    ],
)  # fmt: skip
def test_near_misses(stage: Stage, content: str, said: str) -> None:
    with pytest.raises(SourceError, match=said):
        stage(content)


def test_a_count_beside_what_happened_counts_no_events(stage: Stage) -> None:
    (row,) = stage("date,place,notes,total events\n2017-06-03,Raqqa,A bridge was hit,3\n").rows
    assert row["place"] == "raqqa"


def test_a_column_in_two_languages_is_known_by_its_name_without_them(stage: Stage) -> None:
    result = stage(
        "تاريخ الحادثة,الموقع بالعربية,الدولة,الجهة العسكرية — عربي,نوع الضربة — الأصل,رجال قتلى — حد أدنى,"
        "مدنيون قتلى — حد أدنى,مدنيون قتلى — حد أعلى,رابط الحادثة\n"
        "2017-06-03,الرقة,سوريا,جهة ما,Airstrike,1,2,4,https://example.org/1\n"
    )
    (row,) = result.rows
    assert (row["place"], row["actors"], row["sub_event_type"]) == ("raqqa", ["جهة ما"], "Air/drone strike")
    assert (row["fatalities_low"], row["fatalities_high"], row["url"]) == (2, 4, "https://example.org/1")
    assert stage("Date (EN),Town_AR,Perpetrator - English\n2017-06-03,الرقة,Someone\n").rows[0]["actors"] == ["Someone"]


def test_an_unknown_spot_in_a_town_stands_in_the_town_but_not_to_the_spot(stage: Stage) -> None:
    cells = ("Unheardof roundabout, Manbij", "Aleppo, Manbij", "Manbij, Aleppo")
    result = stage("date,place\n" + "".join(f'2017-06-03,"{cell}"\n' for cell in cells))
    assert where(result) == [("manbij", 2), ("manbij", 1), ("manbij", 1)]


@pytest.mark.parametrize("country", ["Syrie", "Syrien", "Suriye", "Сирия", "SYR", "Atlantis"])
def test_countries_in_other_languages_and_as_codes(stage: Stage, country: str) -> None:
    rows = "".join(f"2017-06-03,{country},{place}\n" for place in ("Raqqa", "Mosul"))
    result = stage("date,country,place\n" + rows)
    known = country != "Atlantis"
    assert [row[0] for row in where(result)] == ["raqqa" if known else None, None]


@pytest.mark.parametrize(
    ("header", "cells"),
    [
        ("Datum;Ort;Land;Art des Vorfalls;Täter;Tote;Bemerkung", "13.06.2017;Raqqa;Syrien;Luftangriff;Jemand;3;Text"),
        ("Date de l'incident;Ville;Pays;Type d'attaque;Auteur présumé;Nombre de morts;Résumé",
         "13/06/2017;Raqqa;Syrie;Frappe de drone;Jemand;3;Text"),
        ("Tarih;Şehir;Ülke;Saldırı türü;Saldırgan;Ölü Sayısı;Notlar",
         "13.06.2017;Raqqa;Suriye;SİHA saldırısı;Jemand;3;Text"),
        ("تاريخ الانتهاك;المدينة / البلدة;الدولة;نوع القصف;الجهة المنسوبة;القتلى;تفاصيل",
         "13/06/2017;الرقة;سوريا;قصف جوي;Jemand;3;Text"),
    ],
)  # fmt: skip
def test_lists_in_other_languages(stage: Stage, header: str, cells: str) -> None:
    result = stage(f"{header}\n{cells}\n")
    (row,) = result.rows
    assert (days(result), row["place"], row["sub_event_type"]) == (["2017-06-13"], "raqqa", "Air/drone strike")
    assert (row["actors"], row["fatalities_best"], result.faults()) == (["Jemand"], 3, [])
    assert row["note"].startswith("Text")


def test_the_country_of_the_target_goes_with_the_place_of_the_target(stage: Stage) -> None:
    result = stage("Date of strike,Country,Target country,Target location\n2017-06-03,USA,Syria,Raqqa\n")
    assert (result.mapping["country"], where(result)[0][0]) == ("Target country", "raqqa")
    head = "Event Date,Source Name,Target Name,Target Country,City,Country\n"
    assert stage(head + "2017-06-03,A,B,Iraq,Raqqa,Syria\n").mapping["country"] == "Country"


def test_the_source_beside_its_root_is_a_party(stage: Stage) -> None:
    result = stage("eid,year,month,day,source,source_root,target,target_root,code,placename\n"
                   "1,2017,6,3,SYRMIL,SYR,SYRCVL,SYR,190,Raqqa\n")  # fmt: skip
    (row,) = result.rows
    assert (row["source_id"], row["actors"], row["targets"], row["publisher"]) == ("1", ["SYRMIL"], ["SYRCVL"], None)
