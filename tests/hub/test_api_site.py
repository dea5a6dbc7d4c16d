"""What keeps a site, over HTTP: the whole configuration, units that go, keys of operators."""

import asyncio
import copy

import aiohttp
import pytest
from hub_world import make, new_id, running

from hub import keys
from smartqueue.cli import main


async def configuration(hub, key="admin-1"):
    return await hub.read("/admin/configuration", key=key)


async def configure(hub, document, key="admin-1", **more):
    return await hub.told("/admin/configuration", document, key=key, method="PUT", **more)


async def refused(hub, document):
    return await hub.refused("/admin/configuration", document, key="admin-1", method="PUT")


async def test_the_configuration_is_one_document_that_can_be_sent_back(hub):
    document = await configuration(hub)
    assert [one["id"] for one in document["departments"]] == ["medicine", "laboratory"]
    assert document["departments"][0]["visit_types"][0]["steps"] == [{"departments": ["laboratory"], "doctor": None}]
    assert await configure(hub, document) == {}
    assert await configuration(hub, key="technician") == document


async def test_a_new_configuration_is_there_at_once_and_after_a_restart(tmp_path):
    await make(tmp_path)
    async with running(tmp_path) as hub:
        document = await configuration(hub)
        document["departments"].append(
            {
                "id": "pharmacy",
                "letter": "M",
                "names": {"en": "Pharmacy", "hi": "दवाखाना", "ar": "الصيدلية"},
                "icon": "pill",
                "ground": 2,
            }
        )
        document["rooms"].append({"id": "window-6", "number": "6", "departments": ["pharmacy"], "kind": "window"})
        document["site"]["rules"]["credit_min"] = 30
        document["operators"][0]["name"] = "Dr. Somebody"
        async with hub.feed("wall") as feed:
            await feed.greeted()
            await configure(hub, document)
            board = (await feed.next("snapshot"))["board"]
        assert [one["id"] for one in board["departments"]] == ["medicine", "laboratory", "pharmacy"]
        assert (await hub.issue("pharmacy"))["label"] == "M001"
    async with running(tmp_path) as hub:
        found = await configuration(hub)
        assert found["departments"][2]["minutes"] == 10
        assert (found["site"]["rules"]["credit_min"], found["operators"][0]["name"]) == (30, "Dr. Somebody")


async def test_a_configuration_with_mistakes_of_form_is_refused_with_every_one(hub):
    document = await configuration(hub)
    wrong = copy.deepcopy(document)
    wrong["departments"][0]["minutes"] = "ten"
    wrong["departments"][1]["colour"] = 1
    wrong["rooms"][2]["kind"] = "desk"
    wrong["operators"][0]["schedule"] = [{"weekday": 1, "begin": 480, "ends": 960}]
    del wrong["site"]["zone"]
    code, problem = await refused(hub, wrong)
    assert code == "invalid_request"
    assert problem["errors"] == [
        "$.site.zone: is missing",
        "$.departments[0].minutes: expected `int`, got `str`",
        "$.departments[1].colour: is not known here; there are: " + ", ".join(document["departments"][0]),
        "$.rooms[2].kind: invalid enum value 'desk'",
        "$.operators[0].schedule[0].begins: is missing",
        "$.operators[0].schedule[0].begin: is not known here; did you mean 'begins'?",
    ]
    assert await configuration(hub) == document


async def test_a_configuration_that_contradicts_itself_is_refused_with_every_mistake(hub):
    document = await configuration(hub)
    wrong = copy.deepcopy(document)
    wrong["departments"][1]["letter"] = "A"
    wrong["site"]["rules"]["run_cap"] = 0
    wrong["site"]["id"] = "other"
    wrong["rooms"][0]["departments"] = ["surgery"]
    wrong["operators"] += [{"id": "hall", "role": "nurse"}, {"id": "technician", "role": "technician"}]
    code, problem = await refused(hub, wrong)
    assert code == "invalid_configuration"
    told = "\n".join(problem["errors"])
    for part in (
        "letter 'A' is given 2 times",
        "run_cap",
        "site: its id is 'clinic' for ever",
        "surgery",
        "operator 'hall': a unit has this name already",
        "operator 'technician': this name belongs to the hub itself",
    ):
        assert part in told
    assert await configuration(hub) == document


async def test_a_new_public_address_leads_here_at_once(hub):
    document = await configuration(hub)
    assert (await hub.get("/healthz", Host="q.example")).status == 421
    document["site"]["public_url"] = "https://q.example"
    await configure(hub, document)
    assert (await hub.get("/healthz", Host="q.example")).status == 200
    assert (await hub.issue())["status_url"].startswith("https://q.example/S/")


async def test_an_operator_who_is_gone_leaves_neither_name_nor_key_behind(hub):
    document = await configuration(hub)
    document["operators"][1]["name"] = "Dr. Gone"
    await configure(hub, document)
    gone = document["operators"].pop(1)
    async with hub.feed(gone["id"]) as feed:
        await feed.greeted()
        await configure(hub, document)
        await feed.ended()
    assert (await hub.get("/api/v1/board", key=gone["id"])).json["code"] == "wrong_key"
    document["operators"].append({**gone, "name": None})
    await configure(hub, document)
    assert (await configuration(hub))["operators"][-1]["name"] is None
    assert (await hub.get("/api/v1/board", key=gone["id"])).json["code"] == "wrong_key"


# --- units --------------------------------------------------------------------------------------------


async def test_a_forgotten_unit_gets_in_no_more_and_its_feed_ends(tmp_path):
    await make(tmp_path)
    command_id = new_id()
    async with running(tmp_path) as hub:
        async with hub.feed("wall") as forgotten, hub.feed("hall") as other:
            await forgotten.greeted()
            await other.greeted()
            assert await hub.told("/units/wall", key="admin-1", method="DELETE", command_id=command_id) == {}
            assert (await other.next("change"))["kind"] == "unit_forgotten"
            await forgotten.ended()
        assert (await hub.get("/api/v1/board", key="wall")).json["code"] == "wrong_key"
    async with running(tmp_path) as hub:
        assert (await hub.get("/api/v1/board", key="wall")).json["code"] == "wrong_key"
        assert await hub.told("/units/wall", key="admin-1", method="DELETE", command_id=command_id) == {}
        code, problem = await hub.refused("/units/wall", key="technician", method="DELETE")
        assert (code, problem["values"]["known"]) == ("unknown_unit", "desk-1, desk-2, hall")


async def test_a_forgotten_unit_can_not_listen_again(hub):
    await hub.told("/units/desk-2", key="admin-1", method="DELETE")
    with pytest.raises(aiohttp.WSServerHandshakeError, match="401"):
        async with hub.feed("desk-2"):
            pass


# --- keys of operators --------------------------------------------------------------------------------


async def test_a_new_key_lets_an_operator_in_and_the_earlier_one_no_more(hub):
    made = keys.new_key("doctor-2")
    async with hub.feed("doctor-2") as feed:
        await feed.greeted()
        body = {"digest": keys.digest(made).hex()}
        assert await hub.told("/operators/doctor-2/key", body, key="technician", method="PUT") == {}
        await feed.ended()
    assert (await hub.get("/api/v1/operators", key="doctor-2")).status == 401
    assert (await hub.get("/api/v1/operators", key=made)).status == 200


async def test_nobody_unknown_and_no_unit_gets_an_operators_key(hub):
    body = {"digest": "0" * 64}
    for name in ("doctor-9", "hall", "technician"):
        code, problem = await hub.refused(f"/operators/{name}/key", body, key="technician", method="PUT")
        assert (code, problem["values"]["operator"]) == ("unknown_operator", name)
    code, _ = await hub.refused("/operators/doctor-1/key", {"digest": "0" * 63}, key="technician", method="PUT")
    assert code == "invalid_request"


async def verb(*words):
    return await asyncio.to_thread(main, list(words))


async def test_the_verb_gives_a_key_through_the_running_hub(hub, capsys):
    path = hub.directory / "keys" / "doctor-2.key"
    before = path.read_text()
    assert await verb("operator-key", "--data", str(hub.directory), "doctor-2") == 0
    assert str(path) in capsys.readouterr().out
    assert (path.stat().st_mode & 0o077, path.read_text() == before) == (0, False)
    assert (await hub.get("/api/v1/operators", key=path.read_text().strip())).status == 200
    assert (await hub.get("/api/v1/operators", key=before.strip())).status == 401


async def test_the_verb_gives_a_key_where_no_hub_runs(tmp_path, capsys):
    await make(tmp_path)
    path = tmp_path / "keys" / "doctor-2.key"
    before = path.read_text()
    assert await verb("operator-key", "--data", str(tmp_path), "doctor-2", "--json") == 0
    assert capsys.readouterr().out == f'{{"operator": "doctor-2", "key_file": "{path}"}}\n'
    async with running(tmp_path) as hub:
        assert (await hub.get("/api/v1/operators", key="doctor-2")).status == 200
        assert (await hub.get("/api/v1/operators", key=before.strip())).status == 401


async def test_the_verb_says_what_is_wrong_in_one_line_and_leaves_the_keys_alone(tmp_path, capsys):
    await make(tmp_path)
    before = {path: path.read_text() for path in (tmp_path / "keys").iterdir()}
    for name, told in (("doctor-9", "doctor-9 is not an operator"), ("../x", "is not the id of an operator")):
        assert await verb("operator-key", "--data", str(tmp_path), name) == 1
        err = capsys.readouterr().err
        assert told in err
        assert err.count("\n") == 1
    assert {path: path.read_text() for path in (tmp_path / "keys").iterdir()} == before
