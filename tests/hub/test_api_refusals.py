"""Bad input over HTTP: always a problem document that says what to do, never a page, never a trace."""

import asyncio
import json
import logging
import sqlite3
from contextlib import closing

import pytest
from hub_world import new_id

from hub.api.requests import BODY_BYTES, accepted
from hub.api.route import SAFE_HEADERS

ISSUE = "/api/v1/tokens"
BODY = {"department": "medicine"}


def problem(answer, status, code):
    """The document, after everything that holds for each of them."""
    assert answer.headers["Content-Type"] == "application/problem+json"
    document = answer.json
    assert (answer.status, document["status"], document["code"]) == (status, status, code), document
    assert document["type"] == f"urn:smartqueue:problem:{code}"
    assert document["title"]
    assert document["detail"]
    assert b"Traceback" not in answer.body
    assert b"<html" not in answer.body
    return document


async def test_an_unknown_department_is_named_with_the_known_ones(hub):
    document = problem(await hub.post(ISSUE, {"department": "surgery"}), 404, "unknown_department")
    assert "surgery" in document["detail"]
    assert "laboratory, medicine" in document["detail"]
    problem(await hub.get("/api/v1/departments/surgery/queue", key="hall"), 404, "unknown_department")


async def test_unknown_token_announcement_and_status_page(hub):
    problem(await hub.get(f"{ISSUE}/nobody", key="hall"), 404, "unknown_token")
    problem(await hub.post(f"{ISSUE}/nobody/finish", key="desk-1"), 404, "unknown_token")
    problem(await hub.post("/api/v1/announcements/999/ack", key="wall"), 404, "unknown_announcement")
    problem(await hub.get("/api/v1/status/" + "0" * 26), 404, "unknown_token")


async def test_a_command_needs_an_idempotency_key_that_can_be_one(hub):
    problem(await hub.post(ISSUE, BODY, command_id=None), 400, "missing_idempotency_key")
    for bad in ("short", "x" * 65, "with space", "ключ-ключ"):
        problem(await hub.post(ISSUE, BODY, command_id=bad), 400, "bad_idempotency_key")


async def test_broken_json_is_told_from_wrong_types(hub):
    for raw in (b"{", b"\xff\xfe", b'{"department": "medicine",}', b"[" * 20_000):
        problem(await hub.post(ISSUE, raw=raw), 400, "bad_json")
    for raw in (b"[]", b'"medicine"', b"null"):
        problem(await hub.post(ISSUE, raw=raw), 422, "invalid_request")


async def test_every_mistake_in_a_body_is_listed_with_its_place(hub):
    body = {"department": 5, "needs": ["blind", "tall"], "trial": "yes", "unknown": "is ignored"}
    document = problem(await hub.post(ISSUE, body), 422, "invalid_request")
    assert [line.partition(":")[0] for line in document["errors"]] == ["$.department", "$.needs[1]", "$.trial"]
    missing = problem(await hub.post(ISSUE, {}), 422, "invalid_request")
    assert missing["errors"] == ["$.department: is missing"]


async def test_ids_and_lists_that_are_too_long_are_refused_with_their_limit(hub):
    long = "x" * 65
    document = problem(await hub.post(ISSUE, {"department": long, "language": long}), 422, "invalid_request")
    assert document["errors"] == [f"$.{name}: expected `str` of length <= 64" for name in ("department", "language")]
    problem(await hub.post(ISSUE, {"department": "x" * 64}), 404, "unknown_department")
    document = problem(await hub.post(ISSUE, BODY | {"needs": ["blind"] * 9}), 422, "invalid_request")
    assert document["errors"] == ["$.needs: expected `array` of length <= 8"]
    answer = await hub.post("/api/v1/rooms/room-1/call-next", {"after": long}, key="desk-1")
    assert problem(answer, 422, "invalid_request")["errors"][0].startswith("$.after: expected `str` of length <= 64")


async def test_a_need_that_is_named_twice_counts_once(hub):
    assert (await hub.post(ISSUE, BODY | {"needs": ["blind", "wheelchair", "blind"]})).status == 201
    with closing(sqlite3.connect(f"file:{hub.directory}/journal.db?mode=ro", uri=True)) as journal:
        (stored,) = journal.execute("SELECT body FROM events WHERE kind = 'token_issued'").fetchone()
    assert json.loads(stored)["needs"] == ["blind", "wheelchair"]


async def test_a_time_without_its_offset_is_refused(hub):
    answer = await hub.post("/api/v1/rooms/room-1/pause", {"back_at": "2030-01-01T10:45:00"}, key="desk-1")
    assert problem(answer, 422, "invalid_request")["errors"][0].startswith("$.back_at:")


async def test_a_body_may_have_64_kib_and_no_more(hub):
    fits = json.dumps(BODY | {"x": ""})
    fits = json.dumps(BODY | {"x": "y" * (BODY_BYTES - len(fits))})
    assert len(fits) == BODY_BYTES
    assert (await hub.post(ISSUE, raw=fits)).status == 201
    document = problem(await hub.post(ISSUE, raw=fits + " "), 413, "body_too_large")
    assert document["values"] == {"limit_bytes": BODY_BYTES}


async def test_a_body_without_announced_length_is_limited_too(hub):
    async def endless():
        for _ in range(40):
            yield b" " * 4096

    problem(await hub.post(ISSUE, raw=endless()), 413, "body_too_large")


async def test_unknown_addresses_and_methods(hub):
    problem(await hub.get("/api/v1/nothing"), 404, "no_such_route")
    problem(await hub.get("/%ff/..%2f"), 404, "no_such_route")
    answer = await hub.ask("DELETE", "/api/v1/board")
    problem(answer, 405, "method_not_allowed")
    assert answer.headers["Allow"] == "GET, HEAD"


async def test_state_is_never_changed_by_get(hub):
    problem(await hub.get("/api/v1/rooms/room-1/call-next", key="desk-1"), 405, "method_not_allowed")


async def test_what_the_feed_can_not_start_from_is_said_before_the_upgrade(hub):
    hello = await hello_of(hub)
    future = {"since": hello["seq"] + 1, "epoch": hello["epoch"]}
    for query in ({"since": "x"}, {"since": "-1"}, {"since": ""}, {"since": "1e3"}, {"since": "9" * 30}, future):
        text = "&".join(f"{name}={value}" for name, value in query.items())
        problem(await hub.get(f"/api/v1/feed?{text}"), 400, "bad_since")


async def test_the_feed_without_websocket_asks_for_the_upgrade(hub):
    problem(await hub.get("/api/v1/feed"), 426, "upgrade_required")


async def test_what_is_no_http_at_all_gets_a_problem_document(hub):
    host, _, port = hub.url.removeprefix("http://").partition(":")
    reader, writer = await asyncio.open_connection(host, int(port))
    writer.write(b"\x16\x03\x01\x02\x00\x01\r\n\r\n")
    head, _, body = (await asyncio.wait_for(reader.read(), 5)).partition(b"\r\n\r\n")
    writer.close()
    assert b"400 Bad Request" in head
    assert b"application/problem+json" in head
    assert json.loads(body)["code"] == "bad_http"


@pytest.mark.parametrize(
    ("header", "language"),
    [
        ("hi", "hi"),
        ("hi-IN,hi;q=0.9", "hi"),
        ("de, ar;q=0.4, en;q=0.2", "ar"),
        ("en;q=0.1, ar;q=0.9", "ar"),
        ("ar;q=0, de", "en"),
        ("ar;q=nonsense", "en"),
        ("*", "en"),
        (",;=,", "en"),
    ],
)
def test_the_language_of_a_problem_follows_the_weights_of_accept_language(header, language):
    assert accepted(header) == language


async def hello_of(hub):
    async with hub.feed() as feed:
        return await feed.next("hello")


# --- what no well-behaved client sends ----------------------------------------------------------------


async def raw(hub, *lines, body=b"", leave=False):
    """Sends this head and body on a connection of its own; gives status line and problem document."""
    host, _, port = hub.url.removeprefix("http://").partition(":")
    reader, writer = await asyncio.open_connection(host, int(port))
    head = [line.encode() if isinstance(line, str) else line for line in lines]
    writer.write(b"\r\n".join([*head, b"", b""]) + body)
    if leave:
        await writer.drain()
        writer.transport.abort()
        return None
    got, _, document = (await asyncio.wait_for(reader.read(), 5)).partition(b"\r\n\r\n")
    writer.close()
    headers = dict(line.split(": ", 1) for line in got.decode().split("\r\n")[1:])
    assert headers["Content-Type"] == "application/problem+json"
    assert {name: headers[name] for name in SAFE_HEADERS} == SAFE_HEADERS
    return headers | json.loads(document)


def issuing(hub, *more, length=2):
    key = f"Authorization: Bearer {hub.keys['hall']}"
    return (f"POST {ISSUE} HTTP/1.1", "Host: localhost", key, "Connection: close", f"Content-Length: {length}", *more)


@pytest.mark.parametrize("encoding", ["gzip", "deflate", "br", "zstd", "foo", "identity, gzip"])
async def test_an_encoded_body_is_refused_before_it_is_read(hub, caplog, encoding):
    with caplog.at_level(logging.ERROR):
        said = await raw(hub, *issuing(hub, f"Content-Encoding: {encoding}", length=7), body=b"notgzip")
    assert (said["status"], said["code"], said["Accept-Encoding"]) == (415, "unsupported_encoding", "identity")
    assert caplog.records == []


async def test_a_body_that_says_it_is_not_encoded_is_taken(hub):
    assert (await hub.post(ISSUE, BODY, Content_Encoding="identity")).status == 201


async def test_chunks_that_make_no_sense_are_refused_and_no_error_of_the_hub(hub, caplog):
    chunked = (*issuing(hub, f"Idempotency-Key: {new_id()}")[:-2], "Transfer-Encoding: chunked")
    with caplog.at_level(logging.WARNING):
        said = await raw(hub, *chunked, body=b"ZZZ\r\nabc\r\n0\r\n\r\n")
    assert (said["status"], said["code"]) == (400, "bad_http")
    assert caplog.records == []


async def test_who_leaves_in_the_middle_of_a_body_is_neither_an_error_nor_a_500(hub, caplog):
    with caplog.at_level(logging.WARNING):
        await raw(hub, *issuing(hub, f"Idempotency-Key: {new_id()}", length=100), body=b'{"dep', leave=True)
        counted = 'smartqueue_refusals_total{code="broken_body"} 1\n'
        async with asyncio.timeout(5):
            while counted not in (text := (await hub.get("/metrics")).body.decode()):  # noqa: ASYNC110 - no event
                await asyncio.sleep(0.01)
    assert 'status="500"' not in text
    assert caplog.records == []


@pytest.mark.parametrize("path", [ISSUE, "/nothing", "/healthz"])
async def test_an_expectation_that_nobody_knows_is_refused_in_our_words(hub, path):
    said = await raw(hub, f"POST {path} HTTP/1.1", "Host: localhost", "Expect: wonders", "Connection: close")
    assert (said["status"], said["code"]) == (417, "unmet_expectation")


@pytest.mark.parametrize("name", ["Authorization", "Idempotency-Key"])
async def test_a_header_that_decides_who_asks_or_what_repeats_may_come_only_once(hub, name):
    twice = (f"{name}: Bearer one.other", f"{name}: Bearer one.other")
    said = await raw(hub, *issuing(hub, *twice), body=b"{}")
    assert (said["status"], said["code"], said["values"]) == (400, "repeated_header", {"header": name})
    assert (await hub.get(f"{ISSUE}/x", key="hall")).status == 404


@pytest.mark.parametrize(
    ("lines", "code"),
    [
        (("GET /S/кк HTTP/1.1", "Host: localhost"), "bad_address"),
        ((b"GET /S/\xff HTTP/1.1", "Host: localhost"), "bad_address"),
        (("GET /healthz HTTP/1.1",), "bad_http"),
        (("GET /healthz HTTP/1.1", "Host: localhost", "Host: localhost"), "bad_http"),
        (("FOO /healthz HTTP/1.1", "Host: localhost"), "bad_http"),
        (("GET /healthz HTTP/1.1", "Host: localhost", "X: " + "a" * 20_000), "bad_http"),
    ],
)
async def test_a_head_that_can_not_be_read_is_answered_with_what_to_do_and_not_logged(hub, caplog, lines, code):
    with caplog.at_level(logging.WARNING):
        said = await raw(hub, *lines)
    assert (said["status"], said["code"]) == (400, code)
    assert caplog.records == []
