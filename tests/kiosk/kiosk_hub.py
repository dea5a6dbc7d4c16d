"""A small hub for a kiosk: speaks the wire contract over real HTTP and WebSocket, and misbehaves when told to."""

import asyncio
import json
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

import msgspec
from aiohttp import web
from kiosk_worlds import DAY, answer, departments, site

from smartqueue.terms import Tick, UnitKind
from smartqueue.wire import (
    BoardView,
    Change,
    DoneAnswer,
    Health,
    Heartbeat,
    Hello,
    Problem,
    Snapshot,
    TokenAnswer,
    UnitView,
)

KEY = "the-key-of-the-hall"


@dataclass(frozen=True)
class Asked:
    """A POST as it arrived. stored: what the kiosk's store held then, None without one."""

    body: dict
    command_id: str
    stored: str | None


@dataclass
class SmallHub:
    """Issues A001, A002, ... refuse: code of the next answers. mute: obeys and never answers. hold: an answer waits
    for `let_answer`. store: the kiosk's file, read at every request. appointments: department by code or reference.
    tickets: what is found, by code, secret or label. contacts: what it was told, by token."""

    unit: UnitView = field(default_factory=lambda: UnitView(name="hall", kind=UnitKind.KIOSK))
    site: object = field(default_factory=site)
    departments: tuple = field(default_factory=departments)
    day: str = DAY
    refuse: str = ""
    mute: bool = False
    hold: bool = False
    store: Path | None = None
    now: datetime | None = None
    port: int = 0

    def __post_init__(self):
        self.asked = []
        self.appointments = {}
        self.rooms = []
        self.tickets = {}
        self.contacts = {}
        self.logo = b""
        self.returned = []
        self.health = []
        self.issued = {}
        self.let_answer = asyncio.Event()
        self._seq = 1
        self._sockets = {}
        self._runner = None

    @property
    def url(self):
        return f"http://127.0.0.1:{self.port}"

    async def start(self):
        app = web.Application()
        app.router.add_get("/api/v1/feed", self._feed)
        app.router.add_post("/api/v1/tokens", self._issue)
        app.router.add_post("/api/v1/units/health", self._told)
        app.router.add_post("/api/v1/appointments/{code}/check-in", self._check_in)
        app.router.add_post("/api/v1/tickets/find", self._find)
        app.router.add_put("/api/v1/tokens/{token}/contact", self._contact)
        app.router.add_post("/api/v1/tokens/{token}/return", self._return)
        app.router.add_get("/healthz", self._healthz)
        app.router.add_get("/api/v1/site/logo", self._logo)
        self._runner = web.AppRunner(app, shutdown_timeout=0.05)
        await self._runner.setup()
        await web.TCPSite(self._runner, "127.0.0.1", self.port, reuse_address=True).start()
        self.port = self._runner.addresses[0][1]

    async def stop(self):
        """All at once, as when it is killed; what it has issued is on disk."""
        runner, self._runner = self._runner, None
        if runner is None:
            return
        for connection in (*self._sockets.values(), *runner.server.connections):
            if connection.transport is not None:
                connection.transport.abort()
        await runner.cleanup()

    async def offer(self, offered):
        """Other departments, told by the feed."""
        self.departments, self._seq = offered, self._seq + 1
        change = Change(seq=self._seq, at=self._at(), kind="department_changed", departments=list(offered))
        for socket in tuple(self._sockets):
            await socket.send_str(_json(change))

    def _at(self):
        return self.now or datetime.now(UTC)

    async def _feed(self, request):
        if request.headers.get("Authorization") != f"Bearer {KEY}":
            return web.Response(status=401)
        socket = web.WebSocketResponse()
        await socket.prepare(request)
        self._sockets[socket] = request
        try:
            await self._greet(socket)
            while not socket.closed:
                with suppress(TimeoutError):
                    await socket.receive(timeout=0.05)
                await socket.send_str(_json(Heartbeat(seq=self._seq, tick=Tick(1), now=self._at())))
        except (ConnectionError, RuntimeError):
            pass
        finally:
            del self._sockets[socket]
        return socket

    async def _greet(self, socket):
        hello = Hello(schema=1, site=self.site.id, epoch="e1", seq=self._seq, now=self._at(), unit=self.unit)
        board = BoardView(day=self.day, site=self.site, departments=list(self.departments), rooms=self.rooms, calls=[])
        await socket.send_str(_json(hello))
        await socket.send_str(_json(Snapshot(seq=self._seq, board=board)))

    async def _told(self, request):
        """How the kiosk says that it is."""
        self.health.append(json.loads(await request.read()))
        return web.json_response({})

    async def _healthz(self, _request):
        return _said(Health(status="ok", version="0.0.small", seq=self._seq))

    async def _logo(self, _request):
        return web.Response(body=self.logo, content_type="image/png") if self.logo else _refused("no_logo", 404)

    async def _find(self, request):
        found = self.tickets.get((await self._heard(request)).body["code"])
        return _refused(self.refuse or "unknown_ticket", 404) if self.refuse or found is None else _said(found)

    async def _contact(self, request):
        asked = await self._heard(request)
        if self.refuse:
            return _refused(self.refuse)
        self.contacts[request.match_info["token"]] = asked.body
        return _said(DoneAnswer())

    async def _return(self, request):
        await self._heard(request)
        if self.refuse:
            return _refused(self.refuse)
        token = request.match_info["token"]
        self.returned.append(token)
        return _said(TokenAnswer(token=token, label=token.removeprefix("token-"), state="waiting", room=None))

    async def _check_in(self, request):
        await self._heard(request)
        department = self.appointments.get(request.match_info["code"])
        return await self._issued(request, department) if department else _refused("unknown_appointment", 404)

    async def _issue(self, request):
        return await self._issued(request, (await self._heard(request)).body["department"])

    async def _heard(self, request):
        stored = self.store.read_text("utf-8") if self.store is not None and self.store.exists() else None
        asked = Asked(json.loads(await request.read()), request.headers["Idempotency-Key"], stored)
        self.asked.append(asked)
        return asked

    async def _issued(self, request, department):
        command_id = request.headers["Idempotency-Key"]
        if self.refuse:
            return _refused(self.refuse)
        if command_id not in self.issued:
            self.issued[command_id] = answer(f"A{len(self.issued) + 1:03}", department)
        if self.mute:
            await asyncio.Event().wait()
        if self.hold:
            await self.let_answer.wait()
        return _said(self.issued[command_id], 201)


def _said(message, status=200):
    return web.Response(status=status, body=msgspec.json.encode(message), content_type="application/json")


def _refused(code, status=409):
    problem = Problem(type="urn:x", title="no", status=status, code=code, detail="no")
    return web.Response(status=status, body=msgspec.json.encode(problem), content_type="application/problem+json")


def _json(message):
    return msgspec.json.encode(message).decode()
