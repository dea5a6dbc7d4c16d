"""The client against a small real hub over HTTP and WebSocket."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from random import Random
from typing import Any

import msgspec
import pytest
from aiohttp import WSMsgType, web

from smartqueue.addresses import Fixed
from smartqueue.client import HubClient, new_command_id
from smartqueue.errors import DepartmentClosed, HubAway, InternalFault, InvalidRequest, Refusal, WrongKey
from smartqueue.feed_link import LinkState
from smartqueue.retry import Patience
from smartqueue.terms import CommandId, Day, DepartmentId, Language, Tick, UnitKind, UnitName
from smartqueue.wire import (
    BoardView,
    Change,
    DepartmentView,
    Heartbeat,
    Hello,
    IssueBody,
    RoomAnswer,
    SiteView,
    Snapshot,
    UnitView,
)

KEY = "the-key-of-kiosk-1"
NOW = datetime(2026, 3, 2, 9, 42, tzinfo=UTC)
ENGLISH = Language("en")
QUICK = Patience(silent_s=0.4, attempt_s=0.4, deadline_s=1.0, first_s=0.02, most_s=0.1, refused_s=0.2)
LAB = DepartmentId("lab")
BODY = IssueBody(department=LAB)


def lab(waiting: int) -> DepartmentView:
    return DepartmentView(
        id=LAB,
        letter="K",
        names={ENGLISH: "Laboratory"},
        areas={},
        icon="lab",
        ground=0,
        open=True,
        opens_at=None,
        waiting=waiting,
        estimate=None,
    )


def board(waiting: int = 0) -> BoardView:
    site = SiteView(id="north", names={ENGLISH: "North"}, languages=[ENGLISH], default_language=ENGLISH, zone="UTC")
    return BoardView(day=Day("2026-03-02"), site=site, departments=[lab(waiting)], rooms=[], calls=[])


Answer = Callable[[web.Request], Awaitable[web.StreamResponse]]


class SmallHub:
    """Speaks the wire contract as far as a client sees it; can be stopped, started again and told to misbehave."""

    def __init__(self) -> None:
        self.epoch = "e1"
        self.seq = 10
        self.waiting = 0
        self.schema = 1
        self.key = KEY
        self.beats = True
        self.asked: list[dict[str, str]] = []
        """The query of each feed connection."""
        self.seen: list[tuple[str, str, str | None, bytes]] = []
        """Method, path, command id and body of each request."""
        self.languages: list[str | None] = []
        self.changes: list[Change] = []
        self.answers: list[Answer] = []
        self.sockets: set[web.WebSocketResponse] = set()
        self.port = 0
        self._runner: web.AppRunner | None = None

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    async def start(self) -> None:
        app = web.Application()
        app.router.add_get("/api/v1/feed", self._feed)
        app.router.add_route("*", "/api/v1/{rest:.*}", self._request)
        self._runner = web.AppRunner(app, shutdown_timeout=0.1)
        await self._runner.setup()
        site = web.TCPSite(self._runner, "127.0.0.1", self.port, reuse_address=True)
        await site.start()
        self.port = self._runner.addresses[0][1]

    async def stop(self) -> None:
        """All at once, as when it is killed."""
        if self._runner:
            for socket in tuple(self.sockets):
                if socket._req is not None and socket._req.transport is not None:
                    socket._req.transport.abort()
            await self._runner.cleanup()
            self._runner = None

    async def change(self, waiting: int) -> None:
        self.seq += 1
        self.waiting = waiting
        change = Change(seq=self.seq, at=NOW, kind="token_issued", departments=[lab(waiting)])
        self.changes.append(change)
        await self.send(change)

    async def send(self, message: Any) -> None:
        for socket in tuple(self.sockets):
            await socket.send_str(msgspec.json.encode(message).decode())

    async def _feed(self, request: web.Request) -> web.StreamResponse:
        self.asked.append(dict(request.query))
        if request.headers.get("Authorization") != f"Bearer {self.key}":
            return problem(401, "wrong_key", "The key is not valid here.")
        if int(request.query.get("since", 0)) > self.seq:
            return problem(400, "bad_since", "That is not yet.")
        socket = web.WebSocketResponse()
        await socket.prepare(request)
        unit = UnitView(name=UnitName("kiosk-1"), kind=UnitKind.KIOSK)
        hello = Hello(schema=self.schema, site="north", epoch=self.epoch, seq=self.seq, now=NOW, unit=unit)
        await socket.send_str(msgspec.json.encode(hello).decode())
        since = request.query.get("since")
        if since is None or request.query.get("epoch") != self.epoch:
            snapshot = Snapshot(seq=self.seq, board=board(self.waiting))
            await socket.send_str(msgspec.json.encode(snapshot).decode())
        else:
            for change in self.changes:
                if change.seq > int(since):
                    await socket.send_str(msgspec.json.encode(change).decode())
        self.sockets.add(socket)
        beating = asyncio.ensure_future(self._beat(socket))
        try:
            async for frame in socket:
                assert frame.type is WSMsgType.TEXT
        finally:
            beating.cancel()
            self.sockets.discard(socket)
        return socket

    async def _beat(self, socket: web.WebSocketResponse) -> None:
        while self.beats:
            beat = Heartbeat(seq=self.seq, tick=Tick(7), now=NOW)
            await socket.send_str(msgspec.json.encode(beat).decode())
            await asyncio.sleep(0.05)

    async def _request(self, request: web.Request) -> web.StreamResponse:
        body = await request.read()
        self.seen.append((request.method, request.path, request.headers.get("Idempotency-Key"), body))
        self.languages.append(request.headers.get("Accept-Language"))
        answer = self.answers.pop(0) if self.answers else opened
        return await answer(request)


def problem(status: int, code: str, detail: str, **values: str | int) -> web.Response:
    text = {"type": "about:blank", "title": "No.", "status": status, "code": code, "detail": detail, "values": values}
    return web.json_response(text, status=status, content_type="application/problem+json")


async def opened(_request: web.Request) -> web.StreamResponse:
    return web.json_response({"room": "room-3", "state": "open", "said_by_a_newer_hub": True})


def refusing(status: int, code: str, detail: str = "Because.", **values: str | int) -> Answer:
    async def answer(_request: web.Request) -> web.StreamResponse:
        return problem(status, code, detail, **values)

    return answer


async def never(_request: web.Request) -> web.StreamResponse:
    await asyncio.sleep(60)
    raise AssertionError("the client waited a minute")


async def cut(request: web.Request) -> web.StreamResponse:
    assert request.transport is not None
    request.transport.abort()
    return web.Response()


class Watched(Fixed):
    """A fixed address that notes what the client says of it."""

    def __init__(self, *addresses: str) -> None:
        super().__init__(*addresses)
        self.told: asyncio.Queue[str | None] = asyncio.Queue()

    def reached(self, address: str | None) -> None:
        self.told.put_nowait(address)


class Forgetful(Fixed):
    """An address that discovery no longer knows."""

    forgotten = False

    def candidates(self) -> Sequence[str]:
        return () if self.forgotten else super().candidates()


@pytest.fixture
async def hub() -> AsyncIterator[SmallHub]:
    hub = SmallHub()
    await hub.start()
    yield hub
    await hub.stop()


def client_of(*urls: str, **more: Any) -> HubClient:
    more.setdefault("patience", QUICK)
    return HubClient(Fixed(*urls), key=more.pop("key", KEY), chance=Random(1), **more)


async def until(condition: Callable[[], bool], client: HubClient) -> None:
    """Waits for what the feed brings, at most 5 s."""
    happened = asyncio.Event()

    def look(*_: object) -> None:
        if condition():
            happened.set()

    stops = (client.on_change(look), client.on_state(look))
    look()
    async with asyncio.timeout(5):
        await happened.wait()
    for stop in stops:
        stop()


@asynccontextmanager
async def online(hub: SmallHub, **more: Any) -> AsyncIterator[HubClient]:
    async with client_of(hub.url, **more) as client:
        await until(lambda: client.online and client.picture is not None and client.picture.tick is not None, client)
        yield client


def waiting(client: HubClient) -> int:
    return client.picture.departments[LAB].waiting if client.picture else -1


# --- the feed -----------------------------------------------------------------------------------------


async def test_a_client_gets_a_picture_and_every_change_of_it(hub: SmallHub) -> None:
    async with online(hub) as client:
        for number in range(1, 5):
            await hub.change(waiting=number)
            await hub.send(Heartbeat(seq=hub.seq, tick=Tick(100 + number), now=NOW))
        await until(lambda: client.picture is not None and (waiting(client), client.picture.tick) == (4, 104), client)
        assert hub.asked == [{}], "one connection carried it all"
        assert client.unit == UnitView(name=UnitName("kiosk-1"), kind=UnitKind.KIOSK)
        assert client.address == hub.url


async def test_listeners_are_told_what_changed(hub: SmallHub) -> None:
    told: list[tuple[int, str, frozenset[str]]] = []
    async with online(hub) as client:
        client.on_change(
            lambda picture, message, changed: told.append(
                (picture.seq, type(message).__name__, frozenset(changed.departments))
            )
        )
        await hub.change(waiting=1)
        await until(lambda: (11, "Change", frozenset({"lab"})) in told, client)


async def test_a_listener_that_was_stopped_hears_no_more(hub: SmallHub) -> None:
    told: list[object] = []
    async with online(hub) as client:
        client.on_change(lambda *message: told.append(message))()
        await hub.change(waiting=1)
        await until(lambda: waiting(client) == 1, client)
    assert told == []
    assert hub.asked == [{}]


async def test_after_a_restart_of_the_hub_the_feed_resumes_where_it_was(hub: SmallHub) -> None:
    async with online(hub) as client:
        await hub.stop()
        await until(lambda: not client.online, client)
        hub.seq, hub.waiting = 11, 9
        hub.changes.append(Change(seq=11, at=NOW, kind="token_issued", departments=[lab(9)]))
        await hub.start()
        await until(lambda: waiting(client) == 9 and client.online, client)
    assert hub.asked[-1] == {"since": "10", "epoch": "e1"}


async def test_a_stored_picture_is_resumed_too(hub: SmallHub) -> None:
    async with online(hub) as client:
        stored = client.picture
    async with online(hub, picture=stored):
        assert hub.asked[-1] == {"since": "10", "epoch": "e1"}


async def test_after_a_restore_with_another_epoch_the_picture_is_taken_anew(hub: SmallHub) -> None:
    async with online(hub) as client:
        await hub.stop()
        hub.epoch, hub.seq, hub.waiting = "e2", 3, 2
        await hub.start()
        await until(lambda: client.picture is not None and client.picture.epoch == "e2", client)
        assert client.picture is not None
        assert (client.picture.seq, waiting(client)) == (3, 2)


async def test_a_message_that_was_missed_is_noticed_by_the_next_heartbeat_and_made_good(hub: SmallHub) -> None:
    async with online(hub) as client:
        hub.seq, hub.waiting = 12, 5
        await until(lambda: waiting(client) == 5, client)
    assert hub.asked == [{}, {}]


async def test_a_hub_that_knows_less_than_the_picture_is_asked_for_a_snapshot(hub: SmallHub) -> None:
    """As after a restore that kept the epoch: the hub refuses that `since`."""
    async with online(hub) as client:
        await hub.stop()
        hub.seq, hub.waiting = 4, 3
        await hub.start()
        await until(lambda: waiting(client) == 3 and client.online, client)
        assert client.picture is not None
        assert client.picture.seq == 4
    assert hub.asked == [{}, {"since": "10", "epoch": "e1"}, {}]


async def test_a_message_that_makes_no_sense_ends_the_connection_and_a_new_one_follows(hub: SmallHub) -> None:
    async with online(hub) as client:
        for socket in tuple(hub.sockets):
            await socket.send_str('{"type": "change", "seq": "many"}')
        hub.waiting = 6
        hub.epoch = "e2"
        await until(lambda: waiting(client) == 6, client)


async def test_the_picture_stays_and_grows_old_while_the_hub_is_away(hub: SmallHub) -> None:
    clock = [100.0]
    async with online(hub, clock=lambda: clock[0]) as client:
        assert client.age_s() == 0
        await hub.stop()
        await until(lambda: client.state is LinkState.AWAY, client)
        clock[0] += 60
        assert client.age_s() == 60
        assert waiting(client) == 0


async def test_a_hub_that_hangs_is_away_though_the_connection_stands(hub: SmallHub) -> None:
    async with online(hub) as client:
        hub.beats = False
        await until(lambda: client.state is LinkState.AWAY, client)
        hub.beats = True
        await until(lambda: client.online, client)


async def test_a_hub_that_was_never_heard_has_an_infinite_age(hub: SmallHub) -> None:
    client = client_of(hub.url)
    assert client.age_s() == float("inf")
    assert client.state is LinkState.SEEKING
    assert client.picture is None


async def test_a_refused_key_is_a_state_of_its_own(hub: SmallHub) -> None:
    async with client_of(hub.url, key="stolen") as client:
        await until(lambda: client.state is LinkState.WRONG_KEY, client)
        assert not client.online


async def test_a_foreign_hub_that_refuses_the_key_does_not_hide_that_ours_is_away(hub: SmallHub) -> None:
    foreign = SmallHub()
    foreign.key = "another-sites-key"
    await foreign.start()
    async with client_of(foreign.url, hub.url) as client:
        await until(lambda: client.state is LinkState.ONLINE, client)
        await hub.stop()
        await until(lambda: client.state is LinkState.AWAY, client)
        knocked = len(foreign.asked)
        async with asyncio.timeout(5):
            while len(foreign.asked) < knocked + 3:  # noqa: ASYNC110 - a server that only counts
                await asyncio.sleep(0.01)
        assert client.state is LinkState.AWAY
        await hub.start()
        await until(lambda: client.state is LinkState.ONLINE, client)
    await foreign.stop()


async def test_a_hub_that_mdns_has_forgotten_is_still_tried_where_it_was_last(hub: SmallHub) -> None:
    addresses = Forgetful(hub.url)
    async with HubClient(addresses, key=KEY, patience=QUICK) as client:
        await until(lambda: client.state is LinkState.ONLINE, client)
        addresses.forgotten = True
        await hub.stop()
        await until(lambda: client.state is LinkState.AWAY, client)
        await hub.start()
        await until(lambda: client.state is LinkState.ONLINE, client)


async def test_a_key_that_becomes_valid_is_taken_without_a_restart(hub: SmallHub) -> None:
    async with client_of(hub.url, key="new") as client:
        await until(lambda: client.state is LinkState.WRONG_KEY, client)
        hub.key = "new"
        await until(lambda: client.online, client)


async def test_a_hub_of_another_version_is_a_state_of_its_own(hub: SmallHub) -> None:
    hub.schema = 2
    async with client_of(hub.url) as client:
        await until(lambda: client.state is LinkState.OTHER_VERSION, client)


async def test_the_hub_of_another_site_is_passed_over(hub: SmallHub) -> None:
    addresses = Watched(hub.url)
    async with HubClient(addresses, key=KEY, site="south", patience=QUICK) as client:
        assert await asyncio.wait_for(addresses.told.get(), 5) is None
        assert client.state is LinkState.SEEKING
        assert client.picture is None


async def test_all_addresses_are_tried_until_one_answers(hub: SmallHub, unused_tcp_port: int) -> None:
    async with client_of(f"http://127.0.0.1:{unused_tcp_port}", hub.url) as client:
        await until(lambda: client.online, client)
        assert client.address == hub.url


async def test_an_address_that_takes_connections_and_says_nothing_is_given_up(hub: SmallHub) -> None:
    gone = asyncio.Event()

    async def listen(_reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await gone.wait()
        writer.close()

    silent = await asyncio.start_server(listen, "127.0.0.1", 0)
    host, port = silent.sockets[0].getsockname()
    async with client_of(f"http://{host}:{port}", hub.url) as client:
        await until(lambda: client.online, client)
        assert client.address == hub.url
    gone.set()
    silent.close()
    await silent.wait_closed()


async def test_the_feed_asks_rarely_when_its_key_is_refused(hub: SmallHub) -> None:
    patience = Patience(attempt_s=0.4, first_s=0.001, most_s=0.002, refused_s=60)
    async with client_of(hub.url, key="stolen", patience=patience) as refused:
        await until(lambda: refused.state is LinkState.WRONG_KEY, refused)
        async with online(hub) as client:
            await hub.change(waiting=1)
            await until(lambda: waiting(client) == 1, client)
    assert len(hub.asked) == 2


# --- requests -----------------------------------------------------------------------------------------


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
