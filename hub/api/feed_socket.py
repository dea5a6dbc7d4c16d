"""The feed's WebSocket: the hub writes frames, the reader only listens."""

import asyncio
import logging
from collections.abc import Callable
from contextlib import AbstractContextManager, nullcontext

from aiohttp import HttpVersion11, WSCloseCode, WSMsgType, web

from hub.api.context import HUB, actor
from hub.api.policy import from_this_machine
from hub.api.route import SAFE_HEADERS
from hub.domain.clinic import Clinic
from hub.feed import Feed
from hub.service import Actor
from smartqueue.errors import UpgradeRequired
from smartqueue.terms import Audience, UnitKind, UnitName
from smartqueue.wire import UnitView

log = logging.getLogger(__name__)

PIPES: web.AppKey[set["SocketPipe"]] = web.AppKey("pipes", set)
"""Of everybody who reads."""
PING_S = 25.0
"""A reader that answers no ping is gone."""
CLOSE_S = 1.0
"""How long readers may take to say good-bye, all together when the hub stops."""
READER_BYTES = 4096
"""Nothing longer is taken from a reader; it has nothing to say."""


class SocketPipe:
    """A prepared server WebSocket without compression.

    Frames are written whole to its transport; aiohttp's own (ping, pong, close) go between them. A transport that is
    closing takes writes and forgets them.
    """

    __slots__ = ("_transport", "socket", "waiting_bytes", "write")

    def __init__(self, request: web.Request, socket: web.WebSocketResponse) -> None:
        transport = request.transport
        if transport is None:
            raise ConnectionResetError("the reader left during the handshake")
        self._transport, self.socket = transport, socket
        self.write: Callable[[bytes], None] = transport.write
        self.waiting_bytes: Callable[[], int] = transport.get_write_buffer_size

    def abort(self) -> None:
        self._transport.abort()

    async def send(self, payload: bytes) -> None:
        await self.socket.send_frame(payload, WSMsgType.TEXT)


async def feed(request: web.Request) -> web.StreamResponse:
    """Everything that is wrong is said before the upgrade, as a problem document."""
    source = request.app[HUB].feed
    known = source.known_seq(request.query.get("since"), request.query.get("epoch"))
    socket = web.WebSocketResponse(compress=False, heartbeat=PING_S, max_msg_size=READER_BYTES, timeout=CLOSE_S)
    socket.headers.update(SAFE_HEADERS)
    if not _is_upgrade(request, socket):
        raise UpgradeRequired()
    with _place(request):
        await _serve(request, socket, source, known)
    return socket


def _place(request: web.Request) -> AbstractContextManager[None]:
    """Among the public readers; a key needs no place. Behind a proxy of this machine all have one address."""
    if actor(request) is not None:
        return nullcontext()
    return request.app[HUB].public_readers.taken(None if from_this_machine(request) else request.remote)


async def _serve(request: web.Request, socket: web.WebSocketResponse, source: Feed, known: int | None) -> None:
    """Raises nothing of its own: once the connection is a WebSocket there is no other answer than its end."""
    holder = actor(request)
    try:
        await socket.prepare(request)
        pipe = SocketPipe(request, socket)
    except ConnectionError:
        return
    request.app[PIPES].add(pipe)
    try:
        audience = Audience.UNIT if holder is not None else Audience.PUBLIC
        unit = _unit(holder, request.app[HUB].service.published)
        await source.follow(pipe, audience, known, unit, holder)
        async for _ in socket:
            pass
    except (TimeoutError, ConnectionError):
        pipe.abort()
    except Exception:  # the top of everything that is done for this reader
        log.exception("a feed broke")
        pipe.abort()
    finally:
        source.leave(pipe)
        request.app[PIPES].discard(pipe)


async def say_goodbye(app: web.Application) -> None:
    """When the hub stops: readers come back by themselves when it is there again.

    Whoever has not said good-bye after CLOSE_S is cut off, whatever still waits to be sent to it.
    """
    reading = app[PIPES]
    pipes = tuple(reading)
    for pipe in pipes:
        app[HUB].feed.leave(pipe)
    closing = [asyncio.create_task(pipe.socket.close(code=WSCloseCode.GOING_AWAY)) for pipe in pipes]
    if closing:
        await asyncio.wait(closing, timeout=CLOSE_S)
    for pipe, task in zip(pipes, closing, strict=True):
        task.cancel()
        pipe.abort()
    await asyncio.gather(*closing, return_exceptions=True)


def _is_upgrade(request: web.Request, socket: web.WebSocketResponse) -> bool:
    """As RFC 6455, 4.1 has it: by GET, from HTTP/1.1 on."""
    possible = request.method == "GET" and request.version >= HttpVersion11
    wants = request.headers.get("Upgrade", "").strip().lower() == "websocket"
    return possible and wants and bool(socket.can_prepare(request))


def _unit(by: Actor | None, clinic: Clinic) -> UnitView | None:
    """As the site knows it now: its room may have changed since the request came in."""
    if by is None or by.kind not in set(UnitKind):
        return None
    name = UnitName(by.name)
    room = clinic.units[name].room if name in clinic.units else by.room
    return UnitView(name=name, kind=UnitKind(by.kind), room=room)
