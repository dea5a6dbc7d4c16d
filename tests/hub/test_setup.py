"""Making a site: whole or not at all, with keys that only the owner can read."""

import asyncio
import json
import sqlite3
import stat

import pytest
from hub_world import UNITS, make, plan, running

from hub import demo_site, keys, phone_numbers
from hub.clock import HubClock
from hub.domain.configuration import Unit
from hub.setup_site import key_file, make_site, parse_units
from hub.site_lock import SiteLock, running_hub
from smartqueue.cli import main
from smartqueue.demo import run
from smartqueue.errors import InvalidConfiguration, StartFault
from smartqueue.look.icon_paths import DRAWINGS
from smartqueue.look.theme import DEPARTMENT_GROUNDS
from smartqueue.terms import LANGUAGES, AppointmentId, Instant, RoomId, UnitKind, UnitName


def setup(directory, *words, capsys):
    """Exit code, and what was said on stdout and stderr."""
    code = main(["setup", "--data", str(directory), *words])
    said = capsys.readouterr()
    return code, said.out, said.err


def test_the_report_gives_a_setup_code_and_a_key_for_each_unit(tmp_path, capsys):
    words = ["--json", "--demo-data", "--unit", "kiosk:hall", "--unit", "caller:desk:room-1", "--unit", "display:wall"]
    code, out, _ = setup(tmp_path / "site", *words, capsys=capsys)
    report = json.loads(out)
    assert code == 0
    assert [(unit["name"], unit["kind"], unit["room"]) for unit in report["units"]] == [
        ("hall", "kiosk", None),
        ("desk", "caller", "room-1"),
        ("wall", "display", None),
    ]
    for unit in report["units"]:
        name, _, secret = unit["key"].partition(".")
        assert (name, len(secret)) == (unit["name"], 43)
        assert key_file(tmp_path / "site", name).read_text() == unit["key"] + "\n"
    assert len(report["setup_code"]) == 19
    assert [(one["operator"], one["role"]) for one in report["operators"]] == [
        ("doctor-1", "doctor"),
        ("doctor-2", "doctor"),
        ("doctor-3", "doctor"),
    ]
    for one in report["operators"]:
        assert key_file(tmp_path / "site", one["operator"]).read_text() == one["key"] + "\n"


def test_the_report_as_text_gives_every_key_too(tmp_path, capsys):
    _, out, _ = setup(tmp_path, "--demo-data", "--unit", "caller:desk:room-1", capsys=capsys)
    for name, who in (("desk", "caller, room-1"), ("doctor-2", "doctor")):
        assert f"  {name} ({who})\n    {key_file(tmp_path, name).read_text()}" in out


def test_only_the_owner_can_read_what_is_made(tmp_path, capsys):
    setup(tmp_path / "site", "--unit", "kiosk:hall", capsys=capsys)
    found = {path.relative_to(tmp_path): stat.S_IMODE(path.stat().st_mode) for path in tmp_path.rglob("*")}
    assert set(map(str, found)) == {
        *("site", "site/journal.db", "site/hub.lock", "site/keys"),
        *("site/keys/hall.key", "site/keys/technician.key"),
    }
    assert {mode & 0o077 for mode in found.values()} == {0}


def test_neither_keys_nor_codes_nor_names_are_in_the_events(tmp_path, capsys):
    _, out, _ = setup(tmp_path, "--demo-data", "--json", "--unit", "kiosk:hall", capsys=capsys)
    report = json.loads(out)
    secret = report["units"][0]["key"].partition(".")[2]
    everything = (tmp_path / "journal.db").read_bytes()
    assert secret.encode() not in everything
    assert report["setup_code"].encode() not in everything
    with sqlite3.connect(tmp_path / "journal.db") as database:
        events = b"".join(body for (body,) in database.execute("SELECT body FROM events"))
        people = dict(database.execute("SELECT operator, name FROM people"))
    database.close()
    assert people["doctor-1"] == "Doctor, room 1"
    assert b"Doctor, room 1" not in events


def test_a_site_is_never_overwritten(tmp_path, capsys):
    setup(tmp_path, capsys=capsys)
    before = {path: path.read_bytes() for path in tmp_path.rglob("*") if path.is_file()}
    code, out, err = setup(tmp_path, "--demo-data", capsys=capsys)
    assert (code, out) == (1, "")
    assert "holds a site already" in err
    assert {path: path.read_bytes() for path in tmp_path.rglob("*") if path.is_file()} == before


def test_every_mistake_is_told_at_once_and_nothing_is_made(tmp_path, capsys):
    words = [
        "kios:x",
        "kiosk",
        "caller:c",
        "caller:d:room-9",
        "display:w:room-1",
        "display:technician",
        "kiosk:a b",
        "kiosk:doctor-1",
    ]
    units = [part for word in words for part in ("--unit", word)]
    more = ["--unit", "kiosk:k", "--unit", "display:k", "--zone", "Mars/Base", "--public-url", "q.example/x"]
    code, _, err = setup(tmp_path, "--demo-data", *units, *more, capsys=capsys)
    assert code == 1
    assert "'doctor-1': the name is taken" in err
    for told in (
        *("kios:x", "--unit kiosk:", "a caller needs its room", "no room 'room-9'; there are: room-1", "only a caller"),
        *("'technician': the name is taken", "'a b'", "'k': the name is taken", "Mars/Base", "q.example/x"),
    ):
        assert told in err
    assert [path.name for path in tmp_path.iterdir()] == ["hub.lock"]


def test_a_directory_that_can_not_be_written_is_one_clear_line(tmp_path, capsys):
    (tmp_path / "file").write_text("")
    code, _, err = setup(tmp_path / "file" / "site", capsys=capsys)
    assert code == 1
    assert err.count("\n") == 1
    assert "can't be written" in err


async def test_a_site_without_departments_is_possible_and_its_hub_runs(tmp_path):
    empty = plan()
    configuration = type(empty.configuration)(empty.configuration.site, (), (), ())
    await make_site(tmp_path, type(empty)(configuration, tuple(u for u in UNITS if u.room is None)), HubClock())
    (tmp_path / "keys" / "desk-1.key").write_text("x.y")
    (tmp_path / "keys" / "desk-2.key").write_text("x.y")
    async with running(tmp_path) as hub:
        assert (await hub.get("/api/v1/departments")).json == {"departments": []}
        answer = await hub.post("/api/v1/tokens", {"department": "medicine"})
        assert (answer.status, answer.json["code"]) == (404, "unknown_department")


async def test_a_set_up_that_breaks_off_leaves_no_site_and_can_be_repeated(tmp_path):
    bad = plan(units=(*UNITS, Unit(UnitName("desk-9"), UnitKind.CALLER, RoomId("room-9"))))
    with pytest.raises(InvalidConfiguration):
        await make_site(tmp_path, bad, HubClock())
    assert [path.name for path in tmp_path.iterdir()] == ["hub.lock"]
    (tmp_path / ".setup").mkdir()
    (tmp_path / ".setup" / "journal.db").write_bytes(b"half")
    await make_site(tmp_path, plan(), HubClock())
    assert sorted(path.name for path in tmp_path.iterdir()) == ["hub.lock", "journal.db", "keys"]


async def test_two_set_ups_at_once_make_one_site(tmp_path):
    with SiteLock(tmp_path), pytest.raises(StartFault, match="in use"):
        await make_site(tmp_path, plan(), HubClock())


def test_units_are_read_as_kind_name_and_room():
    units, mistakes = parse_units(["kiosk:hall", "caller:desk:room-1"])
    assert units == (
        Unit(UnitName("hall"), UnitKind.KIOSK),
        Unit(UnitName("desk"), UnitKind.CALLER, RoomId("room-1")),
    )
    assert mistakes == ()


async def test_the_demo_site_is_as_the_issue_says(tmp_path):
    assert len(demo_site.DEPARTMENTS) == 6
    assert sum(operator.role == "doctor" and operator.room is not None for operator in demo_site.OPERATORS) == 3
    assert demo_site.WAITING == 8
    served = {department for room in demo_site.ROOMS for department in room.departments}
    assert served == {department.id for department in demo_site.DEPARTMENTS}
    for department in demo_site.DEPARTMENTS:
        assert set(department.names) == set(department.areas) == set(LANGUAGES)
        assert department.icon in DRAWINGS
        assert department.ground < len(DEPARTMENT_GROUNDS)
    assert len({department.ground for department in demo_site.DEPARTMENTS}) == 6


def test_the_demo_site_is_made_in_its_three_languages_with_eight_people_waiting(tmp_path, capsys):
    setup(tmp_path, "--demo-data", "--language", "hi", "--name", "South Clinic", capsys=capsys)
    with sqlite3.connect(tmp_path / "journal.db") as database:
        kinds = [kind for (kind,) in database.execute("SELECT kind FROM events ORDER BY seq")]
        first = json.loads(database.execute("SELECT body FROM events WHERE seq = 1").fetchone()[0])
    database.close()
    assert (kinds.count("token_issued"), kinds.count("appointment_booked")) == (8, 3)
    assert first["site"]["languages"] == ["hi", "en", "ar"]
    assert (first["site"]["default_language"], first["site"]["names"]) == ("hi", {"hi": "South Clinic"})


def test_what_the_demo_says_to_type_is_known_to_its_site():
    assert run.REFERENCES == demo_site.REFERENCES
    assert phone_numbers.normal(run.PHONE, demo_site.PHONE_PREFIX) == "+12025550123"


async def test_at_the_demos_hub_one_checks_in_and_leaves_a_number(tmp_path, capsys):
    await asyncio.to_thread(lambda: setup(tmp_path, "--demo-data", "--unit", "kiosk:hall", capsys=capsys))
    async with running(tmp_path) as hub:
        site = (await hub.read("/board", key="hall"))["site"]
        assert (site["books"], site["phone_prefix"]) == (True, "+1")
        answers = [await hub.told(f"/appointments/{one}/check-in", {}, key="hall") for one in demo_site.REFERENCES]
        assert [one["label"][0] for one in answers] == ["A", "R", "H"]
        number = {"phone": run.PHONE, "consent": True}
        assert await hub.told(f"/tokens/{answers[0]['token']}/contact", number, key="hall", method="PUT") == {}


@pytest.mark.parametrize("left_min", [0.2, 15, 600])
def test_the_demos_appointments_are_of_today_as_long_as_the_day_has_a_minute(left_min):
    made = [AppointmentId(name) for name in demo_site.REFERENCES]
    now = Instant(1_772_438_400_123)
    ends = Instant(now + round(left_min * 60_000))
    booked = demo_site.appointments(made, now, ends)
    assert [one.appointment for one in booked] == made
    assert all(one.at > now for one in booked)
    assert left_min < 1 or all(one.at < ends for one in booked)


def test_the_demo_site_has_names_for_every_other_language_that_is_asked_for(tmp_path, capsys):
    setup(tmp_path, "--demo-data", "--language", "zh", "--language", "sw", capsys=capsys)
    with sqlite3.connect(tmp_path / "journal.db") as database:
        first = json.loads(database.execute("SELECT body FROM events WHERE seq = 1").fetchone()[0])
    database.close()
    assert first["site"]["languages"] == ["zh", "sw", "en", "hi", "ar"]
    assert set(first["site"]["names"]) == set(LANGUAGES)
    assert {"普通内科", "Tiba ya jumla"} <= set(first["departments"][0]["names"].values())


# --- keys, lock, trials -------------------------------------------------------------------------------


def test_keys_are_256_random_bits_behind_the_name():
    made = [keys.new_key(UnitName("hall")) for _ in range(20)]
    assert len(set(made)) == 20
    assert all(key.startswith("hall.") and len(key) == 48 for key in made)


def test_a_lock_that_is_held_says_by_whom_and_is_free_afterwards(tmp_path):
    with SiteLock(tmp_path) as lock:
        with pytest.raises(StartFault, match="starting"):
            running_hub(tmp_path)
        lock.reachable_at("http://127.0.0.1:1234")
        assert running_hub(tmp_path) == "http://127.0.0.1:1234"
        with pytest.raises(StartFault, match=r"process \d+ at http://127\.0\.0\.1:1234"), SiteLock(tmp_path):
            pass
    assert running_hub(tmp_path) is None
    with SiteLock(tmp_path):
        pass


async def trial(*words):
    """Exit code of `test-token`, run beside the hub of this test."""
    return await asyncio.to_thread(main, ["test-token", *words])


async def test_a_trial_goes_through_the_running_hub_and_is_marked(hub, capsys):
    words = ["--data", str(hub.directory), "--department", "medicine", "--priority", "emergency", "--json"]
    assert await trial(*words) == 0
    answer = json.loads(capsys.readouterr().out)
    assert answer["label"] == "A001"
    assert (await hub.issue())["label"] == "A002"
    key = key_file(hub.directory, "technician")
    assert await trial("--hub", hub.url, "--key-file", str(key), "--department", "laboratory") == 0
    assert "H001" in capsys.readouterr().out


async def test_a_trial_goes_through_the_journal_where_no_hub_runs(tmp_path, capsys):
    await make(tmp_path)
    for number in (1, 2):
        assert await trial("--data", str(tmp_path), "--department", "medicine") == 0
        assert f"A00{number}" in capsys.readouterr().out
    with sqlite3.connect(tmp_path / "journal.db") as database:
        rows = database.execute("SELECT by, body FROM events WHERE kind = 'token_issued'").fetchall()
    database.close()
    assert [(by, json.loads(body)["trial"]) for by, body in rows] == [("operator:technician", True)] * 2
    async with running(tmp_path) as hub:
        assert (await hub.issue())["label"] == "A003"


async def test_what_is_wrong_with_a_trial_is_one_line(tmp_path, capsys):
    await make(tmp_path)
    for words, told in (
        (["--data", str(tmp_path), "--department", "surgery"], "surgery is not a department"),
        (["--data", str(tmp_path / "none"), "--department", "medicine"], "none"),
        (["--hub", "http://127.0.0.1:9", "--department", "medicine"], "--key-file"),
        (["--hub", "nonsense", "--key-file", "x", "--department", "medicine"], "nonsense"),
    ):
        assert await trial(*words) == 1
        err = capsys.readouterr().err
        assert told in err
        assert err.count("\n") == 1


# --- a configuration in a file ------------------------------------------------------------------------


CLINIC = {
    "site": {
        "id": "clinic",
        "names": {"en": "South Clinic"},
        "languages": ["en"],
        "default_language": "en",
        "zone": "Europe/Lisbon",
    },
    "departments": [{"id": "eyes", "letter": "K", "names": {"en": "Eyes"}, "areas": {}, "icon": "eye", "ground": 0}],
    "rooms": [{"id": "room-1", "number": "1", "departments": ["eyes"]}],
    "operators": [{"id": "desk-1", "role": "reception", "name": "Front desk"}],
}


def written(tmp_path, **changes):
    path = tmp_path / "clinic.json"
    path.write_text(json.dumps({**CLINIC, **changes}), "utf-8")
    return str(path)


async def test_a_site_is_made_as_a_file_says(tmp_path):
    words = ["setup", "--data", str(tmp_path / "site"), "--configuration", written(tmp_path), "--unit", "kiosk:hall"]
    assert await asyncio.to_thread(main, words) == 0
    async with running(tmp_path / "site") as world:
        answer = await world.post("/api/v1/tokens", {"department": "eyes"}, key="hall")
        assert (answer.status, answer.json["label"]) == (201, "K001")
        document = (await world.get("/api/v1/admin/configuration", key="technician")).json
    assert document["operators"][0]["name"] == "Front desk"
    assert document["site"]["zone"] == "Europe/Lisbon"


def test_a_file_with_unknown_fields_is_refused_with_each_of_them(tmp_path, capsys):
    path = written(tmp_path, rooms=[{"id": "room-1", "nummer": "1", "departments": "eyes"}])
    code, _, err = setup(tmp_path / "site", "--configuration", path, capsys=capsys)
    assert code == 1
    assert "$.rooms[0].nummer" in err
    assert "$.rooms[0].departments" in err
    assert not (tmp_path / "site").exists()


def test_a_file_that_contradicts_itself_is_refused_as_a_whole(tmp_path, capsys):
    path = written(tmp_path, rooms=[{"id": "room-1", "number": "1", "departments": ["ears"]}])
    code, _, err = setup(tmp_path / "site", "--configuration", path, capsys=capsys)
    assert code == 1
    assert "room 'room-1': no department 'ears'" in err


@pytest.mark.parametrize("more", [["--demo-data"], ["--name", "Clinic"], ["--zone", "UTC"], ["--language", "hi"]])
def test_nothing_is_said_twice(tmp_path, capsys, more):
    code, _, err = setup(tmp_path / "site", "--configuration", written(tmp_path), *more, capsys=capsys)
    assert code == 1
    assert more[0] in err


@pytest.mark.parametrize("text", ["", "not json", "[]"])
def test_a_file_that_is_no_configuration_is_refused(tmp_path, capsys, text):
    path = tmp_path / "clinic.json"
    path.write_text(text)
    code, _, err = setup(tmp_path / "site", "--configuration", str(path), capsys=capsys)
    assert code == 1
    assert str(path) in err
