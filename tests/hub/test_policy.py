"""Who may do what: the matrix of routes and askers, built from the router itself; keys, hosts and origins."""

import re

import aiohttp
import pytest
from hub_world import make, new_id, running

from hub.api.application import make_app
from hub.api.context import Hub
from hub.api.origins import Origins
from hub.api.policy import Asker
from hub.api.route import ROUTES, SAFE_HEADERS
from hub.web.pages import PAGES
from smartqueue.terms import Role, UnitKind

NOBODY = "nobody"
KEYS = {
    Asker.KIOSK: "hall",
    Asker.CALLER: "desk-1",
    Asker.DISPLAY: "wall",
    Asker.RECEPTION: "reception-1",
    Asker.NURSE: "nurse-1",
    Asker.DOCTOR: "doctor-1",
    Asker.ADMINISTRATOR: "admin-1",
    Asker.TECHNICIAN: "technician",
    NOBODY: None,
}
OPEN_TO_ANYONE = {
    "/",
    "/S/{secret}",
    "/healthz",
    "/board",
    "/api/v1/board",
    "/api/v1/departments",
    "/api/v1/feed",
    "/api/v1/openapi.json",
    "/api/v1/site/logo",
    "/api/v1/status/{secret}",
    "/s/{secret}",
    "/static/{name}",
}


def routes():
    """Every route of the router with its entry in the table, None where there is none; HEAD apart, which is as GET."""
    app = make_app(Hub("1", Origins(frozenset(), None)), PAGES)
    found = [route for route in app.router.routes() if route.method != "HEAD"]
    return [(route, app[ROUTES].get(route)) for route in found]


def test_every_route_of_the_router_has_a_policy():
    assert [route for route, entry in routes() if entry is None or not entry.allowed] == []


def test_only_these_routes_are_open_to_anyone_and_none_of_them_changes_anything():
    open_entries = [entry for _, entry in routes() if Asker.ANYONE in entry.allowed]
    assert {entry.path for entry in open_entries} == OPEN_TO_ANYONE
    assert not any(entry.changes or entry.command for entry in open_entries)


def test_every_route_that_changes_something_is_a_command_with_its_id():
    assert all(entry.command is entry.changes for _, entry in routes())


def test_every_kind_of_unit_and_every_role_is_an_asker_that_the_matrix_tries():
    assert {kind.value for kind in (*UnitKind, *Role)} <= {asker.value for asker in Asker}
    assert {*KEYS, Asker.ANYONE, Asker.THIS_MACHINE} == {*Asker, NOBODY}


async def test_the_hub_keeps_the_whole_matrix(hub):
    """Whoever is not named is refused before anything else is looked at; whoever is named gets past the policy."""
    wrong = []
    for route, entry in routes():
        path = re.sub(r"\{\w+\}", "room-1", entry.path)
        for asker, key in KEYS.items():
            answer = await hub.ask(route.method, path, key=key, Idempotency_Key=new_id())
            refused = refused_by_policy(answer, f"{route.method} {path}")
            allowed = Asker.ANYONE in entry.allowed or asker in entry.allowed
            allowed = allowed or (asker == NOBODY and Asker.THIS_MACHINE in entry.allowed)
            if refused is allowed:
                wrong.append((asker, route.method, path, answer.status))
    assert wrong == []


def refused_by_policy(answer, action):
    """Not what a handler or the rules refuse."""
    if answer.headers.get("Content-Type") != "application/problem+json":
        return False
    problem = answer.json
    return problem["code"] == "not_authenticated" or (
        problem["code"] == "not_permitted" and problem["values"]["action"] == action
    )


def test_needs_notes_keys_and_the_configuration_are_open_to_these_alone():
    """Said once more by hand: a slip in the table must not go unseen."""
    staff = {"reception", "nurse", "doctor", "administrator"}
    allowed = {f"{entry.method} {entry.path.removeprefix('/api/v1')}": set(entry.allowed) for _, entry in routes()}
    assert allowed["GET /departments/{department}/waiting"] == staff
    assert allowed["GET /operators"] == allowed["GET /appointments"] == staff
    assert allowed["GET /tokens/{token}/note"] == {"doctor", "administrator"}
    assert allowed["POST /tokens/{token}/set-priority"] == staff
    assert allowed["POST /appointments/import"] == {"reception", "administrator"}
    assert allowed["POST /leases"] == allowed["POST /leases/{lease}/tokens"] == {"kiosk"}
    for route in (
        "GET /admin/configuration",
        "PUT /admin/configuration",
        "DELETE /units/{unit}",
        "PUT /operators/{operator}/key",
    ):
        assert allowed[route] == {"administrator", "technician"}


async def test_nurses_and_doctors_act_in_the_room_that_they_work_in(hub):
    await hub.issue()
    for verb in ("call-next", "open", "pause", "close"):
        code, problem = await hub.refused(f"/rooms/room-2/{verb}", key="doctor-1")
        assert (code, problem["values"]) == ("wrong_room", {"room": "room-1"})
    token = (await hub.told("/rooms/room-1/call-next", key="doctor-1"))["token"]
    for verb, body in (
        *((verb, None) for verb in ("recall", "start", "finish", "cancel")),
        ("park", {"reason": "papers"}),
    ):
        code, problem = await hub.refused(f"/tokens/{token}/{verb}", body, key="nurse-1")
        assert (code, problem["values"]["room"]) == ("token_elsewhere", "room-1")
    assert (await hub.told(f"/tokens/{token}/start", key="doctor-1"))["state"] == "serving"
    await hub.told("/rooms/room-2/assign", {"operator": "doctor-1"}, key="doctor-1")
    assert (await hub.refused(f"/tokens/{token}/finish", key="doctor-1"))[0] == "token_elsewhere"
    assert (await hub.told("/rooms/room-2/call-next", key="doctor-1"))["token"] is None


async def test_who_works_nowhere_acts_in_no_room_but_may_move_what_waits(hub):
    token = (await hub.issue())["token"]
    code, problem = await hub.refused("/rooms/room-1/call-next", key="doctor-2")
    assert (code, problem["values"]) == ("no_own_room", {"operator": "doctor-2"})
    assert (await hub.refused(f"/tokens/{token}/recall", key="doctor-2"))[0] == "no_own_room"
    assert (await hub.told(f"/tokens/{token}/park", {"reason": "papers"}, key="doctor-2"))["state"] == "parked"


async def test_nurses_and_doctors_say_only_of_themselves_where_they_are(hub):
    for path, body in (
        ("/rooms/window-3/assign", {"operator": "nurse-1"}),
        ("/rooms/window-3/assign", {"operator": None}),
        ("/rooms/room-2/assign", {"operator": None}),
        ("/operators/nurse-1/availability", {"available": False}),
    ):
        assert (await hub.refused(path, body, key="doctor-1"))[0] == "not_permitted"
    assert (await hub.told("/rooms/room-1/assign", {"operator": None}, key="doctor-1"))["operator"] is None
    for path, body in (("/rooms/room-1/assign", {"operator": "nurse-1"}), ("/rooms/room-1/assign", {})):
        await hub.told(path, body, key="reception-1")


async def test_who_left_a_room_gets_the_first_answer_when_it_is_asked_again(hub):
    command_id = new_id()
    answers = [
        await hub.told("/rooms/room-1/assign", {"operator": None}, key="doctor-1", command_id=command_id)
        for _ in range(2)
    ]
    assert answers[0] == answers[1]


async def test_reception_and_administrators_act_in_every_room(hub):
    for room, key in (("room-1", "reception-1"), ("window-3", "admin-1")):
        assert (await hub.told(f"/rooms/{room}/call-next", key=key))["token"] is None


async def test_without_a_key_or_with_a_wrong_one_it_is_401_and_says_how(hub):
    name, _, secret = hub.keys["hall"].partition(".")
    answer = await hub.post("/api/v1/tokens", {"department": "medicine"}, key=None)
    assert (answer.status, answer.json["code"]) == (401, "not_authenticated")
    assert answer.headers["WWW-Authenticate"] == 'Bearer realm="smartqueue"'
    wrong = ["", ".", name, f"{name}.", f"{name}.{secret[:-1]}", f"{name}.{secret}x", f"desk-1.{secret}", f".{secret}"]
    for key in [*wrong, "x" * 5000, f"nobody.{secret}", "ключ.секрет"]:
        header = {"Authorization": f"Bearer {key}"}
        answer = await hub.post("/api/v1/tokens", {"department": "medicine"}, key=None, **header)
        assert (answer.status, answer.json["code"]) == (401, "wrong_key"), key
        assert "WWW-Authenticate" in answer.headers


async def test_a_wrong_key_is_told_even_where_none_is_needed(hub):
    assert (await hub.get("/api/v1/board", key="hall.wrong")).status == 401


async def test_other_ways_to_authenticate_are_no_key(hub):
    answer = await hub.get("/api/v1/tokens/x", Authorization="Basic aGFsbDp4")
    assert answer.json["code"] == "wrong_key"


async def test_a_caller_acts_for_its_own_room_only(hub):
    for verb in ("call-next", "open", "pause", "close"):
        answer = await hub.post(f"/api/v1/rooms/room-2/{verb}", key="desk-1")
        assert (answer.status, answer.json["code"], answer.json["values"]) == (403, "wrong_room", {"room": "room-1"})


async def test_a_caller_acts_only_on_tokens_called_to_its_room(hub):
    token = (await hub.issue())["token"]
    await hub.call_next("room-1", key="desk-1")
    for verb in ("recall", "start", "finish", "no-show"):
        answer = await hub.post(f"/api/v1/tokens/{token}/{verb}", key="desk-2")
        assert (answer.status, answer.json["code"]) == (403, "token_elsewhere")
    assert (await hub.get(f"/api/v1/tokens/{token}", key="hall")).json["state"] == "called"


async def test_a_repeat_after_the_service_is_answered_and_not_refused(hub):
    token = (await hub.issue())["token"]
    await hub.call_next()
    command_id = new_id()
    answers = [await hub.post(f"/api/v1/tokens/{token}/finish", key="desk-1", command_id=command_id) for _ in range(2)]
    assert [answer.status for answer in answers] == [200, 200]


async def test_a_kiosk_gives_no_priority_and_no_trials(hub):
    for extra in ({"priority": "high"}, {"priority": "normal"}, {"trial": True}):
        answer = await hub.post("/api/v1/tokens", {"department": "medicine"} | extra)
        assert (answer.status, answer.json["code"]) == (403, "not_permitted")


async def test_the_technician_only_tries(hub):
    body = {"department": "medicine"}
    refused = await hub.post("/api/v1/tokens", body, key="technician")
    assert (refused.status, refused.json["code"]) == (403, "not_permitted")
    trial = await hub.post("/api/v1/tokens", body | {"trial": True, "priority": "emergency"}, key="technician")
    assert trial.status == 201
    patient = await hub.issue()
    assert (await hub.post(f"/api/v1/tokens/{patient['token']}/cancel", key="technician")).status == 403
    assert (await hub.post(f"/api/v1/tokens/{trial.json['token']}/cancel", key="technician")).status == 200


async def test_a_kiosk_does_not_cancel_what_has_been_called(hub):
    token = (await hub.issue())["token"]
    await hub.call_next()
    answer = await hub.post(f"/api/v1/tokens/{token}/cancel")
    assert (answer.status, answer.json["code"]) == (403, "not_permitted")


async def test_a_name_that_only_leads_here_is_not_the_hubs(hub):
    port = hub.url.rpartition(":")[2]
    for host in ("evil.example", f"evil.example:{port}", "127.0.0.1.evil.example", "", "[::1", "localhost.evil"):
        answer = await hub.get("/healthz", Host=host)
        assert answer.status in (400, 421), host
    for host in ("localhost", f"LOCALHOST:{port}", "127.0.0.1", "[::1]:80", "192.0.2.7", "localhost."):
        assert (await hub.get("/healthz", Host=host)).status == 200, host


async def test_a_page_of_another_site_neither_commands_nor_listens(hub):
    for origin in ("http://evil.example", "null", hub.url + ".evil.example", hub.url.replace("http", "https")):
        answer = await hub.post("/api/v1/tokens", {"department": "medicine"}, Origin=origin)
        assert (answer.status, answer.json["code"]) == (403, "wrong_origin")
        with pytest.raises(aiohttp.WSServerHandshakeError, match="403"):
            await hub.session.ws_connect(hub.url + "/api/v1/feed", origin=origin)
    assert (await hub.post("/api/v1/tokens", {"department": "medicine"}, Origin=hub.url)).status == 201
    async with hub.session.ws_connect(hub.url + "/api/v1/feed", origin=hub.url) as socket:
        assert (await socket.receive_json())["type"] == "hello"


async def test_what_stands_before_the_hub_is_known_by_the_public_address(tmp_path):
    await make(tmp_path)
    async with running(tmp_path, public_url="https://q.example") as hub:
        assert (await hub.get("/healthz", Host="q.example")).status == 200
        origin = {"Host": "q.example", "Origin": "https://q.example"}
        assert (await hub.post("/api/v1/tokens", {"department": "medicine"}, **origin)).status == 201
        assert (await hub.get("/api/v1/board")).json["site"]["public_url"] == "https://q.example"
        assert (await hub.issue())["status_url"].startswith("https://q.example/S/")


async def test_metrics_are_for_this_machine_or_a_technician_and_not_for_whom_a_proxy_brings(hub):
    assert (await hub.get("/metrics")).status == 200
    assert (await hub.get("/metrics", X_Forwarded_For="198.51.100.4")).status == 401
    assert (await hub.get("/metrics", key="technician", X_Forwarded_For="198.51.100.4")).status == 200


async def test_metrics_count_without_saying_whom(hub):
    issued = await hub.issue()
    await hub.post("/api/v1/tokens", {"department": "surgery"})
    text = (await hub.get("/metrics")).body.decode()
    assert 'smartqueue_commands_total{command="IssueToken",status="201"} 1\n' in text
    assert 'smartqueue_refusals_total{code="unknown_department"} 1\n' in text
    assert 'smartqueue_requests_total{route="POST /api/v1/tokens",status="404"} 1\n' in text
    assert "smartqueue_journal_commit_seconds_count 2\n" in text
    assert "# TYPE smartqueue_feed_closed_slow_total counter\nsmartqueue_feed_closed_slow_total 0\n" in text
    for secret in (issued["token"], issued["label"], issued["short_code"], *hub.keys, *hub.keys.values()):
        assert secret not in text


async def test_every_answer_carries_the_safe_headers(hub):
    for path in ("/healthz", "/api/v1/board", "/nothing", "/api/v1/status/none"):
        answer = await hub.get(path)
        assert {name: answer.headers[name] for name in SAFE_HEADERS} == SAFE_HEADERS


async def test_short_codes_can_not_be_guessed_at_speed(hub):
    code = (await hub.issue())["short_code"]
    assert (await hub.get(f"/api/v1/status/{code.lower()}")).json["label"] == "A001"
    for guess in range(10):
        assert (await hub.get(f"/api/v1/status/0000000{guess}")).status == 404
    answer = await hub.get(f"/api/v1/status/{code}")
    assert (answer.status, answer.json["code"]) == (429, "too_many_requests")
    assert 1 <= int(answer.headers["Retry-After"]) <= 11
