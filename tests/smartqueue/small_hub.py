"""A small real hub over HTTP and WebSocket for the client's tests, and clients of it."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from random import Random
from typing import Any

import msgspec
from aiohttp import WSMsgType, web

from smartqueue.addresses import Fixed
from smartqueue.client import HubClient
from smartqueue.retry import Patience
from smartqueue.terms import Day, DepartmentId, Language, Tick, UnitKind, UnitName
from smartqueue.wire import (
    BoardView,
    Change,
    DepartmentView,
    Heartbeat,
    Hello,
    IssueBody,
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
