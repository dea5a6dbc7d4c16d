"""Hubs for a display: a small one that can be told to misbehave, and the real one as a process of its own."""

import asyncio
import json
import os
import signal
import subprocess
import sys
import urllib.request
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path

import msgspec
from aiohttp import web
from display_clinic import DEPARTMENTS, ROOMS, call, site
from msgspec import structs

from smartqueue.terms import Day, Tick, UnitKind
from smartqueue.wire import AckAnswer, BoardView, CallView, Change, Heartbeat, Hello, Problem, Snapshot, UnitView

KEY = "the-key-of-the-display"


@dataclass
class SmallHub:
    """The clinic of these tests. acked: what displays have acknowledged, (announcement, heard); refused: in vain;
    sounds: what displays have said of their sound.

    refuse: code of the answers to acknowledgements. deaf: it does not answer them.
    """

    kind: UnitKind = UnitKind.DISPLAY
    calls: list[CallView] = field(default_factory=list)
    acked: list[tuple[str, bool]] = field(default_factory=list)
    refused: list[str] = field(default_factory=list)
    sounds: list[dict] = field(default_factory=list)
    refuse: str = ""
    deaf: bool = False
    port: int = 0

    def __post_init__(self):
        self._seq = 100
        self._answered = {}
        self._sockets = []
        self._runner = None

    @property
    def url(self):
        return f"http://127.0.0.1:{self.port}"

    async def start(self):
        app = web.Application()
        app.router.add_get("/api/v1/feed", self._feed)
        app.router.add_post("/api/v1/announcements/{id}/ack", self._ack)
        app.router.add_post("/api/v1/sound", self._sound)
        self._runner = web.AppRunner(app, shutdown_timeout=0.05)
        await self._runner.setup()
        await web.TCPSite(self._runner, "127.0.0.1", self.port, reuse_address=True).start()
        self.port = self._runner.addresses[0][1]

    async def stop(self):
        """All at once, as when it is killed."""
        runner, self._runner = self._runner, None
        if runner is None:
            return
        for connection in tuple(runner.server.connections):
            if connection.transport is not None:
                connection.transport.abort()
        await runner.cleanup()

    async def call(self, label: str, room: str = "room-3", *, ago_s: float = 0, language: str = "en") -> str:
        """Calls a label; gives the id of the announcement."""
        self._seq += 1
        at = datetime.now(UTC) - timedelta(seconds=ago_s)
        made = structs.replace(call(self._seq, label, room), at=at, language=language)
        self.calls.insert(0, made)
        await self._say(Change(seq=self._seq, at=at, kind="token_called", call=made))
        return made.announcement

    async def take_back(self) -> None:
        """The last call, as undo does it: everybody gets a new snapshot."""
        self._seq += 1
        self.calls.pop(0)
        await self._say(Snapshot(seq=self._seq, board=self._board()))

    async def _played(self, announcement: str) -> None:
        for n, one in enumerate(self.calls):
            if one.announcement == announcement and not one.played:
                self.calls[n] = structs.replace(one, played=True)
                self._seq += 1
                await self._say(
                    Change(seq=self._seq, at=datetime.now(UTC), kind="announcement_played", call=self.calls[n])
                )

    # --- feed

    async def _feed(self, request):
        if request.headers.get("Authorization") != f"Bearer {KEY}":
            return web.Response(status=401)
        socket = web.WebSocketResponse()
        await socket.prepare(request)
        self._sockets.append(socket)
        try:
            await self._greet(socket)
            while not socket.closed:
                with suppress(TimeoutError):
                    await socket.receive(timeout=0.05)
                await socket.send_str(_json(Heartbeat(seq=self._seq, tick=Tick(1), now=datetime.now(UTC))))
        except (ConnectionError, RuntimeError):
            pass
        finally:
            self._sockets.remove(socket)
        return socket

    async def _greet(self, socket):
        unit = UnitView(name="hall", kind=self.kind, room=None)
        at = datetime.now(UTC)
        await socket.send_str(_json(Hello(schema=1, site="riverside", epoch="e1", seq=self._seq, now=at, unit=unit)))
        await socket.send_str(_json(Snapshot(seq=self._seq, board=self._board())))

    def _board(self):
        return BoardView(
            day=Day("2026-03-02"), site=site(), departments=list(DEPARTMENTS), rooms=list(ROOMS), calls=self.calls[:20]
        )

    async def _say(self, message):
        for socket in tuple(self._sockets):
            with suppress(ConnectionError, RuntimeError):
                await socket.send_str(_json(message))

    # --- acknowledgements and sound

    async def _sound(self, request):
        self.sounds.append(json.loads(await request.read()))
        return web.json_response({})

    async def _ack(self, request):
        command_id, announcement = request.headers["Idempotency-Key"], request.match_info["id"]
        body = json.loads(await request.read())
        if self.deaf:
            await asyncio.Event().wait()
        if self.refuse:
            self.refused.append(announcement)
            problem = Problem(type="urn:x", title="no", status=404, code=self.refuse, detail="no")
            return web.Response(status=404, body=msgspec.json.encode(problem), content_type="application/problem+json")
        if command_id not in self._answered:
            self._answered[command_id] = AckAnswer(announcement=announcement)
            self.acked.append((announcement, body["heard"]))
            await self._played(announcement)
        answer = msgspec.json.encode(self._answered[command_id])
        return web.Response(body=answer, content_type="application/json")


def _json(message):
    return msgspec.json.encode(message).decode()


SMARTQUEUE = (sys.executable, "-m", "smartqueue")


class RealHub:
    """`smartqueue hub` on a site with demo data, which can be killed and started again on the same port."""

    def __init__(self, directory: Path):
        self.directory = directory
        self.port = 0
        self._process = None
        self._keys = {}
        self._ids = 0

    @property
    def url(self):
        return f"http://127.0.0.1:{self.port}"

    def set_up(self):
        """Makes the site. Gives the key of its display."""
        units = ("--unit", "display:hall", "--unit", "caller:one:room-1", "--unit", "caller:two:room-2")
        done = subprocess.run(
            [*SMARTQUEUE, "setup", "--data", self.directory, "--demo-data", *units, "--json"],
            check=True,
            capture_output=True,
        )
        self._keys = {unit["name"]: unit["key"] for unit in json.loads(done.stdout)["units"]}
        return self._keys["hall"]

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

    async def call_next(self, caller="one", room="room-1"):
        """What a press on Next does; the answer."""
        self._ids += 1
        request = urllib.request.Request(
            f"{self.url}/api/v1/rooms/{room}/call-next",
            data=b"{}",
            method="POST",
            headers={
                "Authorization": f"Bearer {self._keys[caller]}",
                "Idempotency-Key": f"press-{caller}-{self._ids:08}",
                "Content-Type": "application/json",
            },
        )
        return json.loads(await asyncio.to_thread(_answer, request))

    async def kill(self):
        if self._process is not None and self._process.returncode is None:
            os.kill(self._process.pid, signal.SIGKILL)
            await self._process.wait()


def _answer(request):
    with urllib.request.urlopen(request, timeout=10) as answer:
        return answer.read()
