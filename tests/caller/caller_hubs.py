"""Hubs for a caller unit: a small one that can be told to misbehave, and the real one as a process of its own."""

import asyncio
import json
import os
import secrets
import signal
import subprocess
import sys
from contextlib import suppress
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from pathlib import Path

import aiohttp
import msgspec
from aiohttp import web

from smartqueue.terms import Care, Day, Language, RoomKind, RoomState, Tick, TokenState, UnitKind
from smartqueue.wire import (
    BoardView,
    CalledAnswer,
    Change,
    CurrentView,
    Heartbeat,
    Hello,
    Problem,
    RoomAnswer,
    RoomView,
    SiteView,
    Snapshot,
    TokenAnswer,
    UnitView,
)

KEY = "the-key-of-the-desk"
ENGLISH = Language("en")
ROOM = "room-3"


@dataclass(frozen=True)
class Asked:
    """A POST as it arrived. lit: what the unit's lamps showed then."""

    path: str
    body: dict
    command_id: str
    lit: frozenset = frozenset()


@dataclass(frozen=True)
class Room:
    """The room's state. token: number of the current one, 0 = none."""

    token: int = 0
    state: TokenState = TokenState.CALLED
    attempt: int = 1
    waiting: int = 4
    room: RoomState = RoomState.OPEN
    care: Care | None = None


@dataclass
class SmallHub:
    """One room. It obeys at once, unless told otherwise.

    refuse: code of the next answers. mute: obeys and never answers. deaf: does not even obey. closed: the feed brings
    nothing new. hold: an answer waits for `let_answer`. empty: Next is obeyed and finds nobody.
    """

    unit: UnitView = field(default_factory=lambda: UnitView(name="desk", kind=UnitKind.CALLER, room=ROOM))
    now: Room = Room()
    asked: list[Asked] = field(default_factory=list)
    refuse: str = ""
    mute: bool = False
    deaf: bool = False
    quiet: bool = False
    hold: bool = False
    empty: bool = False
    tick: int = 1_000
    lit: object = frozenset
    beat_s: float = 0.05
    port: int = 0

    def __post_init__(self):
        self.let_answer = asyncio.Event()
        self._seq = 1
        self._answers = {}
        self._sockets = []
        self._runner = None

    @property
    def url(self):
        return f"http://127.0.0.1:{self.port}"

    async def start(self):
        app = web.Application()
        app.router.add_get("/api/v1/feed", self._feed)
        app.router.add_post("/api/v1/{rest:.*}", self._post)
        self._runner = web.AppRunner(app, shutdown_timeout=0.05)
        await self._runner.setup()
        site = web.TCPSite(self._runner, "127.0.0.1", self.port, reuse_address=True)
        await site.start()
        self.port = self._runner.addresses[0][1]

    async def stop(self):
        """All at once, as when it is killed."""
        runner, self._runner = self._runner, None
        if runner is None:
            return
        for _, request in tuple(self._sockets):
            if request.transport is not None:
                request.transport.abort()
        for connection in tuple(runner.server.connections):
            if connection.transport is not None:
                connection.transport.abort()
        await runner.cleanup()

    async def become(self, now):
        """The room changes, and the feed says so."""
        self.now = now
        self._seq += 1
        if not self.quiet:
            await self._say(Change(seq=self._seq, at=datetime.now(UTC), kind="room_changed", rooms=[self._view()]))

    # --- feed

    async def _feed(self, request):
        if request.headers.get("Authorization") != f"Bearer {KEY}":
            return web.Response(status=401)
        socket = web.WebSocketResponse()
        await socket.prepare(request)
        self._sockets.append((socket, request))
        try:
            await self._greet(socket)
            while not socket.closed:
                with suppress(TimeoutError):
                    await socket.receive(timeout=self.beat_s)
                self.tick += 50
                seen = self._seq if not self.quiet else 1
                await socket.send_str(_json(Heartbeat(seq=seen, tick=Tick(self.tick), now=datetime.now(UTC))))
        except (ConnectionError, RuntimeError):
            pass
        finally:
            self._sockets.remove((socket, request))
        return socket

    async def _greet(self, socket):
        at = datetime.now(UTC)
        await socket.send_str(_json(Hello(schema=1, site="north", epoch="e1", seq=self._seq, now=at, unit=self.unit)))
        site = SiteView(id="north", names={ENGLISH: "North"}, languages=[ENGLISH], default_language=ENGLISH, zone="UTC")
        board = BoardView(day=Day("2026-03-02"), site=site, departments=[], rooms=[self._view()], calls=[])
        await socket.send_str(_json(Snapshot(seq=self._seq, board=board)))

    def _view(self):
        now = self.now
        current = CurrentView(
            token=f"t-{now.token}",
            label=f"A{now.token:03}",
            state=now.state,
            called_at=datetime.now(UTC),
            attempt=now.attempt,
            care=now.care,
        )
        return RoomView(
            id=ROOM,
            number="3",
            kind=RoomKind.ROOM,
            departments=["general-medicine"],
            state=now.room,
            back_at=None,
            current=current if now.token else None,
            waiting=now.waiting,
        )

    async def _say(self, message):
        for socket, _ in tuple(self._sockets):
            with suppress(ConnectionError, RuntimeError):
                await socket.send_str(_json(message))

    # --- commands

    async def _post(self, request):
        command_id = request.headers["Idempotency-Key"]
        body = json.loads(await request.read())
        self.asked.append(Asked(request.path.removeprefix("/api/v1"), body, command_id, self.lit()))
        if self.deaf:
            await asyncio.Event().wait()
        if command_id not in self._answers:
            self._answers[command_id] = await self._obey(request.path, body)
        if self.mute:
            await asyncio.Event().wait()
        if self.hold:
            await self.let_answer.wait()
        status, answer = self._answers[command_id]
        return web.Response(status=status, body=msgspec.json.encode(answer), content_type="application/json")

    async def _obey(self, path, body):
        if self.refuse:
            values = {"label": "A001", "room": ROOM, "limit_s": 3}
            return 409, Problem(type="urn:x", title="no", status=409, code=self.refuse, detail="no", values=values)
        now = self.now
        match path.rpartition("/")[2]:
            case "call-next" if self.empty:
                await self.become(replace(now, token=0, waiting=0))
                return 200, CalledAnswer(token=None, label=None, room=ROOM, attempt=0, repeated=False)
            case "call-next":
                await self.become(replace(now, token=now.token + 1, attempt=1, waiting=now.waiting - 1))
                return 200, CalledAnswer(
                    token=f"t-{self.now.token}", label=f"A{self.now.token:03}", room=ROOM, attempt=1, repeated=False
                )
            case "recall":
                await self.become(replace(now, attempt=now.attempt + 1))
            case "no-show":
                await self.become(replace(now, token=0))
            case "pause" | "open" as verb:
                await self.become(replace(now, room=RoomState.PAUSED if verb == "pause" else RoomState.OPEN))
                return 200, RoomAnswer(room=ROOM, state=self.now.room)
        return 200, TokenAnswer(token=f"t-{now.token}", label=f"A{now.token:03}", state=TokenState.CALLED, room=ROOM)


def _json(message):
    return msgspec.json.encode(message).decode()


SMARTQUEUE = (sys.executable, "-m", "smartqueue")


class RealHub:
    """`smartqueue hub` on a site with demo data, which can be killed and started again on the same port."""

    def __init__(self, directory: Path):
        self.directory = directory
        self.port = 0
        self._process = None

    @property
    def url(self):
        return f"http://127.0.0.1:{self.port}"

    def set_up(self):
        """Makes the site. Gives the key of the caller unit of room 3."""
        done = subprocess.run(
            [*SMARTQUEUE, "setup", "--data", self.directory, "--demo-data", "--unit", "caller:desk:room-3", "--json"],
            check=True,
            capture_output=True,
        )
        return next(unit["key"] for unit in json.loads(done.stdout)["units"] if unit["name"] == "desk")

    async def start(self):
        self._process = await asyncio.create_subprocess_exec(
            *SMARTQUEUE,
            *("hub", "--data", str(self.directory), "--port", str(self.port), "--no-mdns"),
            stdout=asyncio.subprocess.PIPE,
            stderr=asyncio.subprocess.DEVNULL,
        )
        async with asyncio.timeout(30):
            said = json.loads(await self._process.stdout.readline())
        self.port = int(said["url"].rpartition(":")[2])

    def freeze(self):
        """It stands still, as a machine that swaps or a virtual one that is moved; connections stay open."""
        os.kill(self._process.pid, signal.SIGSTOP)

    def thaw(self):
        os.kill(self._process.pid, signal.SIGCONT)

    async def current(self, room=ROOM):
        """Label of whoever is called to the room or in it, as the board shows it to everybody; None for nobody."""
        async with aiohttp.ClientSession() as session, session.get(f"{self.url}/api/v1/board") as answer:
            rooms = (await answer.json())["rooms"]
        current = next(one["current"] for one in rooms if one["id"] == room)
        return current and current["label"]

    async def technician(self, path, body=None):
        """A request of the technician. Gives the HTTP status."""
        key = (self.directory / "keys" / "technician.key").read_text().strip()
        headers = {"Authorization": f"Bearer {key}", "Idempotency-Key": secrets.token_hex(8)}
        url = f"{self.url}/api/v1{path}"
        async with aiohttp.ClientSession(headers=headers) as session, session.post(url, json=body) as answer:
            return answer.status

    async def kill(self):
        if self._process is not None and self._process.returncode is None:
            os.kill(self._process.pid, signal.SIGKILL)
            await self._process.wait()
