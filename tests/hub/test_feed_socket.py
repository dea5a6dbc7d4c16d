"""The feed's WebSocket where readers do not behave: who does not read, who comes in crowds, what breaks under way."""

import asyncio
import logging
import socket
from contextlib import asynccontextmanager

import aiohttp
import pytest
from hub_world import make, new_id, parts

from hub import run
from hub.api.application import Runner, make_app
from hub.api.context import Hub
from hub.api.feed_socket import PIPES
from hub.api.limits import Places
from hub.api.origins import Origins
from hub.api.route import SAFE_HEADERS
from hub.clock import HubClock
from hub.feed import WAITING_BYTES, Feed
from hub.journal.sqlite import SqliteJournal
from hub.service import ClinicService
from smartqueue.errors import TooManyRequests

SMALL = 4096
"""Bytes that the system keeps for a connection, so that few messages fill it."""


class BreaksAfterHello(Feed):
    async def follow(self, pipe, audience, known, unit, holder=None):
        await pipe.send(self._hello(unit))
        raise ZeroDivisionError("broke under way")


class Served:
    def __init__(self, app, port, keys):
        self.app, self.port, self.url = app, port, f"http://127.0.0.1:{port}"
        self.keys = keys

    async def issue(self, session):
        headers = {"Authorization": f"Bearer {self.keys['hall']}", "Idempotency-Key": new_id()}
        async with session.post(
            f"{self.url}/api/v1/tokens", json={"department": "medicine"}, headers=headers
        ) as answer:
            assert answer.status == 201

    async def who_never_reads(self, path="/api/v1/feed"):
        """An upgraded connection whose answers nobody takes."""
        raw = socket.socket()
        raw.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, SMALL)
        raw.setblocking(False)
        loop = asyncio.get_running_loop()
        await loop.sock_connect(raw, ("127.0.0.1", self.port))
        await loop.sock_sendall(raw, upgrade(path))
        return raw


def upgrade(path="/api/v1/feed", method="GET", version="1.1"):
    lines = [
        f"{method} {path} HTTP/{version}",
        *("Host: 127.0.0.1", "Upgrade: websocket", "Connection: Upgrade"),
        *("Sec-WebSocket-Version: 13", "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ=="),
    ]
    return "\r\n".join([*lines, "", ""]).encode()


@asynccontextmanager
async def serving(directory, kind=Feed, **more):
    await make(directory)
    service = ClinicService(SqliteJournal(directory), HubClock())
    await service.start()
    hub = Hub("1.2.3", Origins(frozenset(), None), **more)
    feed = kind(service)
    service.subscribe(feed.publish)
    hub.parts = parts(service, feed)
    app = make_app(hub)
    runner = Runner(app)
    await runner.setup()
    (bound,) = run.listening("127.0.0.1", 0)
    bound.setsockopt(socket.SOL_SOCKET, socket.SO_SNDBUF, SMALL)
    await run.web.SockSite(runner, bound).start()
    keys = {name: (directory / "keys" / f"{name}.key").read_text().strip() for name in ("hall", "wall", "desk-1")}
    try:
        yield Served(app, bound.getsockname()[1], keys)
    finally:
        async with asyncio.timeout(12):
            await runner.cleanup()
        await service.stop()


async def until(happened):
    async with asyncio.timeout(10):
        while not happened():  # noqa: ASYNC110 - the server has no event for it
            await asyncio.sleep(0.01)


async def test_a_live_reader_that_stops_reading_does_not_keep_the_hub_from_stopping(tmp_path):
    async with serving(tmp_path) as served, aiohttp.ClientSession() as session:
        raw = await served.who_never_reads()
        await until(lambda: served.app[PIPES])
        (pipe,) = served.app[PIPES]
        while pipe.waiting_bytes() <= WAITING_BYTES:
            await served.issue(session)
    raw.close()
    assert served.app[PIPES] == set()


async def test_a_reader_that_stops_reading_while_it_catches_up_does_not_keep_it_either(tmp_path):
    async with serving(tmp_path) as served, aiohttp.ClientSession() as session:
        async with session.ws_connect(served.url + "/api/v1/feed") as reader:
            hello = await reader.receive_json()
        for _ in range(40):
            await asyncio.gather(*(served.issue(session) for _ in range(10)))
        raw = await served.who_never_reads(f"/api/v1/feed?since={hello['seq']}&epoch={hello['epoch']}")
        await until(lambda: any(pipe.waiting_bytes() > WAITING_BYTES for pipe in served.app[PIPES]))
    raw.close()
    assert served.app[PIPES] == set()


async def test_readers_who_read_are_told_that_the_hub_goes_away(tmp_path):
    async with aiohttp.ClientSession() as session:
        async with serving(tmp_path) as served:
            reader = await session.ws_connect(served.url + "/api/v1/feed")
            for _ in range(2):
                await reader.receive_json()
            last = asyncio.create_task(reader.receive())
        assert (await last).type is aiohttp.WSMsgType.CLOSE
        assert reader.close_code == aiohttp.WSCloseCode.GOING_AWAY


async def test_what_breaks_after_the_upgrade_is_logged_once_and_never_answered_as_http(tmp_path, caplog):
    async with serving(tmp_path, BreaksAfterHello) as served:
        with caplog.at_level(logging.ERROR):
            reader, writer = await asyncio.open_connection("127.0.0.1", served.port)
            writer.write(upgrade())
            got = await asyncio.wait_for(reader.read(), 10)
            writer.close()
    head, _, frames = got.partition(b"\r\n\r\n")
    assert head.startswith(b"HTTP/1.1 101 ")
    assert b'"hello"' in frames
    assert b"HTTP/" not in frames
    assert [record.exc_info[0] for record in caplog.records] == [ZeroDivisionError]


async def test_a_crowd_without_keys_does_not_lock_the_units_out(tmp_path):
    """Those who have not read their greeting yet count too."""
    async with serving(tmp_path, public_readers=Places(most=3, each=3)) as served, aiohttp.ClientSession() as session:
        crowd = [await served.who_never_reads() for _ in range(3)]
        await until(lambda: len(served.app[PIPES]) == 3)
        address = served.url + "/api/v1/feed"
        with pytest.raises(aiohttp.WSServerHandshakeError, match="429"):
            await session.ws_connect(address)
        for key in served.keys.values():
            async with session.ws_connect(address, headers={"Authorization": f"Bearer {key}"}) as unit:
                assert (await unit.receive_json())["unit"] is not None
        for raw in crowd:
            raw.close()
        await until(lambda: not served.app[PIPES])
        async with session.ws_connect(address) as reader:
            assert (await reader.receive_json())["type"] == "hello"


async def test_many_who_come_at_once_are_counted_before_any_of_them_is_greeted(tmp_path):
    async with serving(tmp_path, public_readers=Places(most=5, each=5)) as served, aiohttp.ClientSession() as session:
        address = served.url + "/api/v1/feed"
        came = await asyncio.gather(*(session.ws_connect(address) for _ in range(30)), return_exceptions=True)
        readers = [one for one in came if isinstance(one, aiohttp.ClientWebSocketResponse)]
        assert len(readers) == 5
        for reader in readers:
            await reader.close()


def test_one_address_takes_only_its_share_of_the_places_and_gives_them_back():
    places = Places(most=5, each=2)
    with places.taken("192.0.2.1"):
        with places.taken("192.0.2.1"):
            with pytest.raises(TooManyRequests), places.taken("192.0.2.1"):
                pass
            with places.taken("192.0.2.2"):
                pass
        with places.taken("192.0.2.1"):
            pass


def test_who_has_no_address_of_its_own_is_limited_with_all_others_only():
    places = Places(most=3, each=1)
    with places.taken(None), places.taken(None), places.taken(None), pytest.raises(TooManyRequests):
        places.taken("192.0.2.1").__enter__()
    with places.taken("192.0.2.1"):
        pass


async def test_the_upgrade_carries_the_safe_headers_and_not_what_serves_it(tmp_path):
    async with serving(tmp_path) as served:
        reader, writer = await asyncio.open_connection("127.0.0.1", served.port)
        writer.write(upgrade())
        head = await asyncio.wait_for(reader.readuntil(b"\r\n\r\n"), 10)
        writer.close()
    lines = head.decode().split("\r\n")
    assert lines[0] == "HTTP/1.1 101 Switching Protocols"
    assert {f"{name}: {value}" for name, value in SAFE_HEADERS.items()} <= set(lines)
    assert "aiohttp" not in head.decode()


@pytest.mark.parametrize(("method", "version"), [("HEAD", "1.1"), ("GET", "1.0")])
async def test_only_get_of_http_1_1_becomes_a_websocket(tmp_path, method, version):
    async with serving(tmp_path) as served:
        reader, writer = await asyncio.open_connection("127.0.0.1", served.port)
        writer.write(upgrade(method=method, version=version))
        got = await asyncio.wait_for(reader.readuntil(b"\r\n\r\n"), 10)
        writer.close()
        assert b" 426 " in got.partition(b"\r\n")[0]
        assert not served.app[PIPES]


async def test_a_reader_that_offers_subprotocols_is_served_without_a_word_in_the_log(tmp_path, caplog):
    async with serving(tmp_path) as served, aiohttp.ClientSession() as session:
        with caplog.at_level(logging.WARNING):
            async with session.ws_connect(served.url + "/api/v1/feed", protocols=("chat",)) as reader:
                assert (await reader.receive_json())["type"] == "hello"
    assert caplog.records == []
