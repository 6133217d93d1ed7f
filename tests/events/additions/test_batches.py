"""What is added to a store on disk lands whole, once, and with its words; a kill at any moment changes nothing."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from itertools import pairwise
from pathlib import Path

import duckdb
import pytest

from events.additions.batches import add_batch, add_incoming, bring_up_to_date
from events.atlas import Atlas, open_atlas
from events.engines.address import StoreError, rows_of
from events.engines.loading import Added
from events.engines.schema import Row
from events.selection import Selection
from events.tables import load_foreign_actors
from tests.events.test_visitors import batch
from tests.incoming import stage

ROOT = Path(__file__).parents[3]


def add(
    atlas: Atlas, address: str, *, n: int = 200, first: int = 0, digest: str = "d", form: str = "ucdp"
) -> tuple[int, int]:
    with duckdb.connect() as staging:
        stage(staging, n, first=first)
        added = add_incoming(
            address, staging, name="made up", form=form, digest=digest, dataset=atlas.dataset, gazetteer=atlas.gazetteer
        )
    return added.added, added.duplicates


def added_at_once(address: str) -> set[str]:
    """What four processes say that add 500 events each to one store; the last two bring the same."""
    program = "import sys; from tests.events.additions.test_batches import add; from events.atlas import open_atlas; "
    program += "add(open_atlas(), sys.argv[1], n=500, first=int(sys.argv[2]), digest=sys.argv[2])"
    running = [
        subprocess.Popen([sys.executable, "-c", program, address, first], cwd=ROOT, stderr=subprocess.PIPE, text=True)
        for first in ("0", "1000", "2000", "2000")
    ]
    return {line for process in running for line in process.communicate()[1].splitlines()}


def test_a_new_store_holds_the_tables_and_the_file(atlas: Atlas, tmp_path: Path) -> None:
    address = str(tmp_path / "store.duckdb")
    assert add(atlas, address) == (200, 0)
    store = open_atlas(address=address).store
    assert store.total == atlas.store.total + 200
    assert store.by_type(Selection())["Suicide bomb"] == atlas.store.by_type(Selection())["Suicide bomb"]


def test_the_same_file_twice_adds_nothing(atlas: Atlas, tmp_path: Path) -> None:
    address = str(tmp_path / "store.duckdb")
    add(atlas, address)
    before = Path(address).read_bytes()
    assert add(atlas, address) == (0, 200)
    assert Path(address).read_bytes() == before


def test_rows_known_from_another_file_are_duplicates(atlas: Atlas, tmp_path: Path) -> None:
    address = str(tmp_path / "store.duckdb")
    add(atlas, address)
    assert add(atlas, address, n=200, first=150, digest="newer release") == (150, 50)
    assert open_atlas(address=address).store.total == atlas.store.total + 350


def test_names_the_tables_know_are_theirs_and_others_become_actors(atlas: Atlas, tmp_path: Path) -> None:
    address = str(tmp_path / "store.duckdb")
    add(atlas, address)
    opened = open_atlas(address=address)
    counts = opened.store.by_actor(Selection())
    assert counts["islamic_state"] == atlas.store.by_actor(Selection())["islamic_state"] + 200
    assert counts["ucdp_group_3"] == 20
    assert opened.actor("ucdp_group_3").name_en == "Group 3"
    assert opened.side("ucdp_group_3").id == "other"
    assert opened.store.count(Selection(actors=("ucdp_group_3",))) == 20


def test_every_column_of_the_foreign_row_stays_reachable(atlas: Atlas, tmp_path: Path) -> None:
    address = str(tmp_path / "store.duckdb")
    add(atlas, address)
    store = open_atlas(address=address).store
    found = store.originals(["ucdp:7", "raqqa_assault_begins_2017_06_06"])
    assert found == {"ucdp:7": {"id": "7", "unmapped": "x7"}}


def test_rows_that_became_no_events_leave_their_keys_to_nobody_else(atlas: Atlas, tmp_path: Path) -> None:
    address = str(tmp_path / "store.duckdb")
    add(atlas, address)
    assert add(atlas, address, digest="the same again") == (0, 200)
    staged(atlas, address, "UPDATE incoming SET source_id = 'c' || source_id", n=5, digest="third", form="ucdp")
    blocks = sorted(rows_of(address, "originals", '"first"', '"last"'))
    assert len(blocks) == 3
    assert all(last < following for (_first, last), (following, _last) in pairwise(blocks))


def test_a_foreign_point_is_as_vague_as_its_file_says(atlas: Atlas, tmp_path: Path) -> None:
    address = str(tmp_path / "store.duckdb")
    add(atlas, address)
    store = open_atlas(address=address).store
    vagueness = {r["where_prec"]: r["places"][0]["vagueness"] for r in store.rows(Selection()) if r["origin"] == "ucdp"}
    assert vagueness == {1: 0, 2: 1, 3: 2, 4: 2}


def test_what_may_not_be_passed_on_is_marked(atlas: Atlas, tmp_path: Path) -> None:
    address = str(tmp_path / "store.duckdb")
    add(atlas, address, form="acled")
    store = open_atlas(address=address).store
    assert store.n_restricted(Selection()) == 200


def test_a_batch_added_again_takes_the_place_of_itself(atlas: Atlas, tmp_path: Path) -> None:
    address = str(tmp_path / "store.duckdb")
    for n in (5, 2):
        add_batch(address, batch(n), form="read", digest=str(n), dataset=atlas.dataset, gazetteer=atlas.gazetteer)
    store = open_atlas(address=address).store
    assert store.sizes()["mine"] == 2


def test_a_store_is_brought_up_to_date_once(atlas: Atlas, tmp_path: Path) -> None:
    address = str(tmp_path / "store.duckdb")
    assert bring_up_to_date(address, dataset=atlas.dataset, gazetteer=atlas.gazetteer)
    assert not bring_up_to_date(address, dataset=atlas.dataset, gazetteer=atlas.gazetteer)


def test_a_file_that_is_no_store_is_told_in_one_sentence(tmp_path: Path) -> None:
    broken = tmp_path / "store.duckdb"
    broken.write_text("not a database")
    for address in (str(broken), str(tmp_path / "missing.duckdb")):
        with pytest.raises(StoreError) as caught:
            open_atlas(address=address)
        assert "\n" not in str(caught.value)


def test_a_store_of_another_version_is_told_in_one_sentence(atlas: Atlas, tmp_path: Path) -> None:
    address = str(tmp_path / "store.duckdb")
    add(atlas, address)
    with duckdb.connect(address) as connection:
        connection.execute("ALTER TABLE originals RENAME packed TO row")
    with pytest.raises(StoreError, match="made by another version of Furat: its table 'originals' has other columns"):
        open_atlas(address=address)


def test_a_kill_at_any_moment_leaves_the_store_as_it_was(atlas: Atlas, tmp_path: Path) -> None:
    address = tmp_path / "store.duckdb"
    add(atlas, str(address))
    before = address.read_bytes()
    program = (
        "from tests.events.additions.test_batches import add; from events.atlas import open_atlas; "
        "atlas = open_atlas(); print('ready', flush=True); "
        f"add(atlas, {str(address)!r}, n=60_000, first=1_000, digest='big')"
    )
    for wait in (0.02, 0.05, 0.1, 0.2, 0.4, 0.6):
        process = subprocess.Popen([sys.executable, "-c", program], cwd=ROOT, stdout=subprocess.PIPE, text=True)
        assert process.stdout is not None
        assert process.stdout.readline() == "ready\n"
        time.sleep(wait)
        process.send_signal(signal.SIGKILL)
        process.wait()
        if address.read_bytes() != before:
            # The kill came too late: then all of it is there.
            assert open_atlas(address=str(address)).store.total == atlas.store.total + 200 + 60_000
            break
    # And the next one goes through, whatever the killed ones left behind.
    assert add(atlas, str(address), n=10, first=900_000, digest="after") == (10, 0)
    assert [name for name in os.listdir(tmp_path) if name.endswith((".part", ".wal"))] == []


def test_a_server_sees_what_an_import_has_added(atlas: Atlas, tmp_path: Path) -> None:
    address = str(tmp_path / "store.duckdb")
    add(atlas, address)
    first = open_atlas(address=address)
    add(atlas, address, n=5, first=900, digest="more")
    assert open_atlas(address=address).store.total == first.store.total + 5
    assert first.store.count(Selection(types=("Battles",))) > 0


def test_a_place_found_by_its_name_is_the_gazetteer_s(atlas: Atlas, tmp_path: Path) -> None:
    address = str(tmp_path / "store.duckdb")
    with duckdb.connect() as staging:
        stage(staging, 5)
        staging.execute("UPDATE incoming SET place = 'raqqa', place_name = 'ar-Raqqah', lat = 35.95, lon = 39.0")
        add_incoming(
            address, staging, name="named", form="table", digest="n", dataset=atlas.dataset, gazetteer=atlas.gazetteer
        )  # fmt: skip
    store = open_atlas(address=address).store
    site = next(row for row in store.rows(Selection()) if row["origin"] == "table")["places"][0]
    assert (site["place"], site["name_en"], site["name_ar"]) == ("raqqa", "Raqqa", "الرقة")


def test_an_imported_place_has_the_arabic_name_of_the_gazetteer_s_at_that_spot(atlas: Atlas, tmp_path: Path) -> None:
    address = str(tmp_path / "store.duckdb")
    change = (
        "UPDATE incoming SET place_name = 'Raqqah city', lat = 35.95, lon = CASE record WHEN 1 THEN 39.01 ELSE 36.5 END"
    )
    staged(atlas, address, change, n=2)
    rows = [row for row in open_atlas(address=address).store.rows(Selection()) if row["origin"] == "table"]
    sites = [row["places"][0] for row in sorted(rows, key=lambda row: row["id"])]
    assert [(site["name_en"], site["name_ar"]) for site in sites] == [
        ("Raqqah city", "الرقة"), ("Raqqah city", "Raqqah city"),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("told", "headline"), [("NULL", "war's {0}.csv"), ("'Enab Baladi'", "")], ids=["nobody", "a publisher alone"]
)
def test_an_event_never_cites_the_title_of_another(atlas: Atlas, tmp_path: Path, told: str, headline: str) -> None:
    address = str(tmp_path / "store.duckdb")
    nothing = "headline = NULL, published = NULL, url = NULL, claimants = []"
    staged(atlas, address, f"UPDATE incoming SET publisher = {told}, {nothing}", digest="war's {0}.csv")
    rows = [row for row in open_atlas(address=address).store.rows(Selection()) if row["origin"] == "table"]
    assert {claim["cited"].headline for row in rows for claim in row["claims"]} == {headline}
    assert [claim["summary_en"] for row in rows for claim in row["claims"]] == [row["title_en"] for row in rows]


def told_of(name: str, atlas: Atlas, folder: Path) -> tuple[Atlas, Row]:
    """A store with one event of a party so named, and that event."""
    address = str(folder / "store.duckdb")
    with duckdb.connect() as staging:
        stage(staging, 1)
        staging.execute("UPDATE incoming SET actors = [$1]", [name])
        add_incoming(
            address, staging, name="named", form="ucdp", digest="n", dataset=atlas.dataset, gazetteer=atlas.gazetteer
        )  # fmt: skip
    opened = open_atlas(address=address)
    return opened, next(row for row in opened.store.rows(Selection()) if row["origin"] == "ucdp")


@pytest.mark.parametrize(
    ("name", "actor", "side"),
    [
        ("Government of Syria", "syrian_government", "government"),
        ("Civilians (Syria)", "civilians", "civilians"),
        ("QSD: Syrian Democratic Forces", "sdf", "sdf"),
        ("Military Forces of Syria (2000-2024)", "syrian_government", "government"),
        ("Ahrar al-Sham", "ucdp_ahrar_al_sham", "opposition"),
        ("Ahrar al-Sham, HTS", "ucdp_ahrar_al_sham_hts", "opposition"),
        ("Somebody Else", "ucdp_somebody_else", "other"),
        ("القوات الحكومية", "syrian_government", "government"),
    ],
)
def test_parties_of_other_codebooks_are_on_their_side(
    atlas: Atlas, tmp_path: Path, name: str, actor: str, side: str
) -> None:
    opened, row = told_of(name, atlas, tmp_path)
    assert [party["actor"] for party in row["parties"]] == [actor]
    assert opened.side(actor).id == side


@pytest.mark.parametrize(
    ("name", "name_ar"),
    [
        ("PKK", "حزب العمال الكردستاني"),
        ("SNA", "الجيش الوطني السوري"),
        ("Ahrar al-Sham (Syria)", "حركة أحرار الشام"),
        ("Ahrar al-Sham, HTS", "حركة أحرار الشام، هيئة تحرير الشام"),
        ("Ahrar al-Sham, Somebody Else", "Ahrar al-Sham, Somebody Else"),
    ],
)
def test_parties_of_other_codebooks_have_the_arabic_names_that_are_known(
    atlas: Atlas, tmp_path: Path, name: str, name_ar: str
) -> None:
    opened, row = told_of(name, atlas, tmp_path)
    [actor] = {party["actor"] for party in row["parties"]}
    assert opened.store.actors[actor]["name_ar"] == name_ar


def test_the_names_of_other_codebooks_map_to_actors_and_sides_there_are(atlas: Atlas) -> None:
    for name, actor, side, name_ar in load_foreign_actors():
        assert not (actor and name_ar), f"{name}: ours has its own Arabic name"
        assert (actor in atlas.dataset.actors) != (side in atlas.dataset.sides), name


def staged(
    atlas: Atlas, address: str, change: str, *, n: int = 3, digest: str = "x", form: str = "table", **how: object
) -> Added:
    with duckdb.connect() as staging:
        stage(staging, n)
        staging.execute(change)
        return add_incoming(
            address, staging, name=digest, form=form, digest=digest, dataset=atlas.dataset, gazetteer=atlas.gazetteer,
            **how,  # type: ignore[arg-type]
        )  # fmt: skip


def test_ids_of_one_spreadsheet_say_nothing_of_another(atlas: Atlas, tmp_path: Path) -> None:
    address = str(tmp_path / "store.duckdb")
    one = "UPDATE incoming SET content = md5('one' || source_id)"
    assert staged(atlas, address, one, digest="one").added == 3
    other = "UPDATE incoming SET content = md5('another' || source_id)"
    assert staged(atlas, address, other, digest="two").added == 3


def test_equal_rows_without_ids_are_events_each(atlas: Atlas, tmp_path: Path) -> None:
    address = str(tmp_path / "store.duckdb")
    change = "UPDATE incoming SET source_id = NULL, content = md5('')"
    assert staged(atlas, address, change, digest="one").added == 3
    assert staged(atlas, address, change, digest="two") == Added(added=0, duplicates=3)


def test_a_file_taken_otherwise_replaces_what_it_brought(atlas: Atlas, tmp_path: Path) -> None:
    address = str(tmp_path / "store.duckdb")
    staged(atlas, address, "SELECT 1", mapping={"date": "one"})
    later = "UPDATE incoming SET date_start = DATE '2018-05-05', date_end = DATE '2018-05-05'"
    assert staged(atlas, address, later, mapping={"date": "other"}).added == 3
    days = {
        str(row["date_start"])
        for row in open_atlas(address=address).store.rows(Selection())
        if row["origin"] == "table"
    }
    assert days == {"2018-05-05"}


def test_long_names_that_begin_alike_stay_apart(atlas: Atlas, tmp_path: Path) -> None:
    address = str(tmp_path / "store.duckdb")
    name = "Military Forces of a Republic of a Very Long Name That Goes On (2001-2019)"
    staged(atlas, address, f"UPDATE incoming SET actors = ['{name}', '{name} Republican Guard']", form="acled")
    names = {actor.name_en for actor in open_atlas(address=address).actors.values()}
    assert {name, f"{name} Republican Guard"} <= names


@pytest.mark.parametrize("address", ["mysql://host/db", "s3://bucket/x"])
def test_an_address_of_no_engine_is_refused(atlas: Atlas, address: str) -> None:
    for ask in (lambda: open_atlas(address=address), lambda: add(atlas, address)):
        with pytest.raises(StoreError, match="expected a path"):
            ask()


def test_a_database_of_something_else_is_told_in_one_sentence(atlas: Atlas, tmp_path: Path) -> None:
    path = tmp_path / "foreign.duckdb"
    with duckdb.connect(str(path)) as foreign:
        foreign.execute("CREATE TABLE something (x INTEGER)")
    with pytest.raises(StoreError, match="no events"):
        open_atlas(address=str(path))
