"""The client's requests: typed answers, one id for each intent, refusals as their classes, an unknown outcome."""

import socket
from contextlib import ExitStack
from typing import Any

import msgspec
import pytest
from aiohttp import web
from small_hub import BODY, KEY, Answer, SmallHub, client_of, cut, never, opened, refusing, until

from smartqueue.client import HubClient, new_command_id
from smartqueue.errors import DepartmentClosed, HubAway, InternalFault, InvalidRequest, Refusal, WrongKey
from smartqueue.terms import CommandId, Language
from smartqueue.wire import (
    IssueBody,
    RoomAnswer,
)


async def ask(client: HubClient, **more: Any) -> RoomAnswer:
    return await client.request("POST", "/rooms/room-3/open", BODY, RoomAnswer, **more)


async def test_a_request_gives_the_typed_answer(hub: SmallHub) -> None:
    async with client_of(hub.url) as client:
        assert await ask(client) == RoomAnswer(room="room-3", state="open")
    method, path, command_id, body = hub.seen[0]
    assert (method, path) == ("POST", "/api/v1/rooms/room-3/open")
    assert command_id
    assert msgspec.json.decode(body, type=IssueBody) == BODY


async def test_every_intent_has_an_id_of_its_own_and_a_repeat_keeps_it(hub: SmallHub) -> None:
    async with client_of(hub.url) as client:
        await ask(client)
        await ask(client)
        await ask(client, command_id=CommandId("the-first-one"))
    ids = [one[2] for one in hub.seen]
    assert ids[0] != ids[1]
    assert ids[2] == "the-first-one"


@pytest.mark.parametrize("trouble", [cut, never, refusing(503, "hub_starting"), refusing(500, "internal_fault")])
async def test_trouble_is_answered_by_the_same_command_again(hub: SmallHub, trouble: Answer) -> None:
    hub.answers = [trouble, opened]
    async with client_of(hub.url) as client:
        assert (await ask(client)).room == "room-3"
    assert len(hub.seen) == 2
    assert hub.seen[0] == hub.seen[1]


async def test_a_refusal_comes_back_as_its_class_with_values_and_the_hubs_words(hub: SmallHub) -> None:
    hub.answers = [refusing(409, "department_closed", "Lab is closed.", department="lab")]
    async with client_of(hub.url) as client:
        with pytest.raises(DepartmentClosed) as caught:
            await ask(client)
    assert caught.value.values == {"department": "lab"}
    assert caught.value.detail == "Lab is closed."
    assert len(hub.seen) == 1


async def test_mistakes_in_a_request_are_listed_in_the_refusal(hub: SmallHub) -> None:
    async def answer(_request: web.Request) -> web.StreamResponse:
        text = {"code": "invalid_request", "detail": "Two.", "errors": ["a", "b"], "values": {}}
        return web.json_response(text, status=422)

    hub.answers = [answer]
    async with client_of(hub.url) as client:
        with pytest.raises(InvalidRequest) as caught:
            await ask(client)
    assert caught.value.values == {"errors": ["a", "b"]}


async def test_a_code_of_a_newer_hub_is_a_plain_refusal_with_its_words(hub: SmallHub) -> None:
    hub.answers = [refusing(409, "too_late_for_tea", "Tea was at four.")]
    async with client_of(hub.url) as client:
        with pytest.raises(Refusal) as caught:
            await ask(client)
    assert type(caught.value) is Refusal
    assert caught.value.detail == "Tea was at four."


async def test_a_wrong_key_is_refused_at_once(hub: SmallHub) -> None:
    hub.answers = [refusing(401, "wrong_key")]
    async with client_of(hub.url) as client:
        with pytest.raises(WrongKey):
            await ask(client)


async def test_a_page_of_something_else_is_never_taken_for_an_answer(hub: SmallHub) -> None:
    async def page(_request: web.Request) -> web.StreamResponse:
        return web.Response(text="<h1>Log in to the hotel</h1>", content_type="text/html")

    hub.answers = [page]
    async with client_of(hub.url) as client:
        with pytest.raises(InternalFault, match="not understood"):
            await ask(client)


async def test_without_a_hub_nothing_was_done_and_the_caller_knows_it(unused_tcp_port: int) -> None:
    async with client_of(f"http://127.0.0.1:{unused_tcp_port}") as client:
        with pytest.raises(HubAway, match=r"Nothing was done\.") as caught:
            await ask(client, deadline_s=0.1)
    assert not caught.value.sent


async def test_where_nobody_takes_the_connection_nothing_was_sent() -> None:
    """As with a cable that is out: a listener whose queue is full leaves the first packet unanswered."""
    with socket.create_server(("127.0.0.1", 0), backlog=0) as full, ExitStack() as waiting:
        port = full.getsockname()[1]
        for _ in range(3):
            filler = waiting.enter_context(socket.socket())
            filler.setblocking(False)
            filler.connect_ex(("127.0.0.1", port))
        async with client_of(f"http://127.0.0.1:{port}") as client:
            with pytest.raises(HubAway) as caught:
                await ask(client, deadline_s=0.5)
    assert not caught.value.sent


async def test_a_command_waits_until_the_feed_has_told_our_hub_from_a_foreign_one(hub: SmallHub) -> None:
    foreign = SmallHub()
    foreign.key = "another-sites-key"
    await foreign.start()
    async with client_of(foreign.url, hub.url) as client:
        assert (await ask(client)).room == "room-3"
    await foreign.stop()
    assert foreign.seen == []


async def test_a_command_follows_the_hub_to_its_new_address(hub: SmallHub) -> None:
    moved = SmallHub()
    await moved.start()
    async with client_of(hub.url, moved.url) as client:
        await until(lambda: client.online, client)
        await hub.stop()
        assert (await ask(client)).room == "room-3"
    assert len(moved.seen) == 1
    await moved.stop()


async def test_with_a_silent_hub_the_outcome_is_unknown(hub: SmallHub) -> None:
    hub.answers = [never, never, never]
    async with client_of(hub.url) as client:
        with pytest.raises(HubAway, match="not known") as caught:
            await ask(client, deadline_s=0.1)
    assert caught.value.sent


async def test_the_outcome_of_a_command_is_learnt_later(hub: SmallHub) -> None:
    hub.answers = [never, cut, refusing(503, "hub_starting"), opened]
    intent = CommandId("one-press-of-the-button")
    async with client_of(hub.url) as client:
        with pytest.raises(HubAway):
            await ask(client, command_id=intent, deadline_s=0.1)
        late = client.pursue("POST", "/rooms/room-3/open", BODY, RoomAnswer, command_id=intent)
        assert (await late).room == "room-3"
    assert {one[2] for one in hub.seen} == {intent}


async def test_leaving_ends_what_is_still_pursued(unused_tcp_port: int) -> None:
    async with client_of(f"http://127.0.0.1:{unused_tcp_port}") as client:
        late = client.pursue("POST", "/tokens", BODY, RoomAnswer, command_id=CommandId("never-heard"))
    assert late.cancelled()


async def test_texts_are_asked_for_in_the_units_language(hub: SmallHub) -> None:
    async with client_of(hub.url, language=Language("hi")) as client:
        await ask(client)
        client.language = Language("ar")
        await ask(client)
    assert hub.languages == ["hi", "ar"]


async def test_a_read_carries_no_command_id(hub: SmallHub) -> None:
    async with client_of(hub.url) as client:
        await client.request("GET", "/departments", None, dict)
    assert hub.seen == [("GET", "/api/v1/departments", None, b"")]


def test_a_new_command_id_has_the_shape_that_the_hub_takes() -> None:
    made = {new_command_id() for _ in range(100)}
    assert len(made) == 100
    assert all(8 <= len(one) <= 64 and one.replace("-", "").replace("_", "").isalnum() for one in made)


def test_the_key_is_not_in_what_the_client_shows(hub: SmallHub) -> None:
    assert KEY not in repr(client_of("http://127.0.0.1:1"))
