"""The OpenAPI document: complete, and true of what the hub really answers."""

import re

import msgspec
import pytest
from day_story import day

from hub.api import openapi
from hub.api.routes import ROUTES
from smartqueue import errors

DOCUMENT = openapi.make(ROUTES, "1.2.3")
SCHEMAS = DOCUMENT["components"]["schemas"]
OPERATIONS = [(path, method, one) for path, methods in DOCUMENT["paths"].items() for method, one in methods.items()]


async def test_every_route_is_in_the_document_that_the_hub_serves(hub):
    served = (await hub.get("/api/v1/openapi.json")).json
    assert served["openapi"] == "3.1.0"
    assert set(served["paths"]) == {route.path for route in ROUTES} | {"/api/v1/openapi.json"}
    assert {(route.method.lower(), route.path) for route in ROUTES} <= {
        (method, path) for path, methods in served["paths"].items() for method in methods
    }


def test_every_reference_leads_to_a_schema():
    text = msgspec.json.encode(DOCUMENT).decode()
    assert set(re.findall(r'"#/components/schemas/(\w+)"', text)) <= set(SCHEMAS)


def test_operations_have_names_of_their_own_and_say_what_they_do():
    names = [one["operationId"] for _, _, one in OPERATIONS]
    assert len(set(names)) == len(names)
    assert all(one["summary"].endswith(".") for _, _, one in OPERATIONS)


def test_every_place_in_a_path_is_a_parameter():
    for path, _, one in OPERATIONS:
        places = {parameter["name"] for parameter in one["parameters"] if parameter["in"] == "path"}
        assert places == set(re.findall(r"\{(\w+)\}", path))


def test_commands_ask_for_their_id_and_a_key():
    for _, method, one in OPERATIONS:
        headers = [parameter["name"] for parameter in one["parameters"] if parameter["in"] == "header"]
        assert headers == ([] if method == "get" else ["Idempotency-Key"])
        assert ("security" in one) is ("anyone" not in one["x-askers"])


def test_every_refusal_of_the_rules_is_told_where_it_can_come():
    told = set(re.findall(r"`(\w+)`", " ".join(str(one["responses"]) for _, _, one in OPERATIONS)))
    elsewhere = {
        errors.BadAddress,
        errors.BadHttp,
        errors.NoSuchRoute,
        errors.MethodNotAllowed,
        errors.InvalidConfiguration,
    }
    refusals = {kind.code for kind in errors.Refusal.__subclasses__() if kind not in elsewhere}
    assert refusals - told == set()


def test_the_feeds_messages_are_described():
    assert {"Hello", "Snapshot", "Change", "Heartbeat", "BoardView"} <= set(SCHEMAS)


async def test_what_the_hub_answers_fits_the_document(hub):
    token = (await hub.issue(needs=["blind"]))["token"]
    answers = [
        ("get", "/healthz", await hub.get("/healthz")),
        ("get", "/api/v1/departments", await hub.get("/api/v1/departments")),
        ("get", "/api/v1/departments/{department}/queue", await queue(hub)),
        ("post", "/api/v1/tokens", await hub.post("/api/v1/tokens", {"department": "medicine"})),
        ("post", "/api/v1/tokens", await hub.post("/api/v1/tokens", {"department": "surgery"})),
        ("post", "/api/v1/tokens", await hub.post("/api/v1/tokens", {"department": 1})),
        ("post", "/api/v1/tokens", await hub.post("/api/v1/tokens", key=None)),
        ("post", "/api/v1/rooms/{room}/call-next", await hub.post("/api/v1/rooms/room-1/call-next", key="desk-1")),
        ("post", "/api/v1/rooms/{room}/call-next", await hub.post("/api/v1/rooms/room-2/call-next", key="desk-1")),
        ("post", "/api/v1/rooms/{room}/call-next", await hub.post("/api/v1/rooms/window-3/call-next", key="hall")),
        ("post", "/api/v1/tokens/{token}/recall", await hub.post(f"/api/v1/tokens/{token}/recall", key="desk-1")),
        ("post", "/api/v1/tokens/{token}/cancel", await hub.post(f"/api/v1/tokens/{token}/cancel")),
        ("get", "/api/v1/board", await hub.get("/api/v1/board")),
        ("get", "/api/v1/tokens/{token}", await hub.get(f"/api/v1/tokens/{token}", key="hall")),
        ("post", "/api/v1/rooms/{room}/pause", await hub.post("/api/v1/rooms/room-1/pause", key="desk-1")),
        ("get", "/api/v1/status/{secret}", await status(hub)),
        ("get", "/api/v1/status/{secret}", await hub.get("/api/v1/status/nothing")),
        ("get", "/api/v1/feed", await hub.get("/api/v1/feed?since=x")),
        ("get", "/metrics", await hub.get("/metrics")),
    ]
    board = (await hub.get("/api/v1/board")).json
    played = f"/api/v1/announcements/{board['calls'][0]['announcement']}/ack"
    answers.append(("post", "/api/v1/announcements/{announcement}/ack", await hub.post(played, {}, key="wall")))
    for method, path, answer in answers:
        fits_the_document(method, path, answer)
    assert {answer.status for _, _, answer in answers} >= {200, 201, 400, 401, 403, 404, 422}


async def test_what_the_hub_answers_to_every_command_fits_the_document(hub):
    told = await day(hub)
    for (method, path, *_), answer in told:
        fits_the_document(method.lower(), template(path), answer)
    covered = {(method, template(path)) for (method, path, *_), _ in told}
    assert len(covered) > 20
    for path, key in (
        ("/departments/medicine/waiting", "nurse-1"),
        ("/operators", "doctor-1"),
        ("/appointments", "reception-1"),
        ("/labels/H001", "hall"),
        ("/labels/A999", "hall"),
        ("/admin/configuration", "technician"),
        (f"/tokens/{told[1][1].json['token']}", "admin-1"),
        (f"/tokens/{told[1][1].json['token']}/note", "admin-1"),
    ):
        answer = await hub.get(f"/api/v1{path}", key=key)
        fits_the_document("get", template(f"/api/v1{path}"), answer)


def template(path):
    """The route's path, with its places, that this one is; a fixed word goes before a place."""
    fitting = [one for one in DOCUMENT["paths"] if re.fullmatch(re.sub(r"\{\w+\}", "[^/]+", one), path)]
    return min(fitting, key=lambda one: one.count("{"))


def test_an_import_may_be_a_list_or_a_table():
    content = DOCUMENT["paths"]["/api/v1/appointments/import"]["post"]["requestBody"]["content"]
    assert content["application/json"]["schema"]["items"]["$ref"].endswith("/BookBody")
    assert set(content) == {"application/json", "text/csv"}


def fits_the_document(method, path, answer):
    responses = DOCUMENT["paths"][path][method]["responses"]
    assert str(answer.status) in responses, (method, path, answer.status, answer.body)
    content = responses[str(answer.status)]["content"]
    media = answer.headers["Content-Type"].partition(";")[0]
    assert media in content, (path, media)
    if media.endswith("json"):
        assert list(mistakes(answer.json, content[media]["schema"])) == []
    if answer.status >= 400:
        assert answer.json["code"] in responses[str(answer.status)]["description"]


async def queue(hub):
    return await hub.get("/api/v1/departments/medicine/queue", key="hall")


async def status(hub):
    return await hub.get("/api/v1/status/" + (await hub.issue("laboratory"))["status_url"].removeprefix("/S/"))


# --- as much of JSON Schema as msgspec writes ---------------------------------------------------------


def mistakes(value, schema, where="$"):
    if "$ref" in schema:
        yield from mistakes(value, SCHEMAS[schema["$ref"].rpartition("/")[2]], where)
    elif "anyOf" in schema:
        if all(list(mistakes(value, one, where)) for one in schema["anyOf"]):
            yield f"{where}: fits none of {schema['anyOf']}"
    elif "enum" in schema:
        if value not in schema["enum"]:
            yield f"{where}: {value!r} is not one of {schema['enum']}"
    elif "type" in schema:
        yield from of_type(value, schema, where)


KINDS = {
    **{"object": dict, "array": list, "string": str, "integer": int, "number": float},
    **{"boolean": bool, "null": type(None)},
}


def of_type(value, schema, where):
    kind = KINDS[schema["type"]]
    if not isinstance(value, kind) or (kind is int and isinstance(value, bool)):
        yield f"{where}: {value!r} is no {schema['type']}"
    elif kind is dict:
        yield from (f"{where}.{name}: missing" for name in schema.get("required", ()) if name not in value)
        for name, inner in schema.get("properties", {}).items():
            if name in value:
                yield from mistakes(value[name], inner, f"{where}.{name}")
        extra = schema.get("additionalProperties")
        for name in value if isinstance(extra, dict) else ():
            yield from mistakes(value[name], extra, f"{where}.{name}")
    elif kind is list:
        for place, one in enumerate(value):
            yield from mistakes(one, schema.get("items", {}), f"{where}[{place}]")


@pytest.mark.parametrize(
    ("value", "count"),
    [
        ({"status": "ok", "version": "1", "seq": 1}, 0),
        ({"status": "well", "version": "1", "seq": 1}, 1),
        ({"status": "ok", "seq": True}, 2),
        ([], 1),
    ],
)
def test_the_tests_own_reader_of_schemas_finds_what_is_wrong(value, count):
    assert len(list(mistakes(value, {"$ref": "#/components/schemas/Health"}))) == count
