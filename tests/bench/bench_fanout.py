"""From a command to the last of 50 and 500 feed readers; what fan-out costs beside plain sending; memory per reader."""

import asyncio
import json
import socket
import sys
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

from figures import Figure, at_most, quantile
from http_load import ask, post
from hubs import HubProcess, Site, make_site, running_hub

ROUNDS = 60
PAUSE_S = 0.15
"""Between commands: the readers tell the last one's time after a silence."""


async def run(directory: Path) -> list[Figure]:
    site = await make_site(directory / "site", "kiosk:hall")
    async with running_hub(site) as hub:
        await _press(hub, site, "warm", 50)
        alone_s = await _cpu_of(hub, site, "alone", 400)
        few, _, _ = await _with_readers(hub, site, 50)
        empty_bytes = hub.rss_bytes()
        many, shared_s, full_bytes = await _with_readers(hub, site, 500)
        pause_s = sum(many) / len(many) / 2
    raw_s = await _raw_sending(500, 400, pause_s)
    return [
        Figure("command to the last of 50 readers, p50", quantile(few, 0.5) * 1000, "ms"),
        Figure("command to the last of 500 readers, p50", quantile(many, 0.5) * 1000, "ms"),
        at_most("command to the last of 500 readers, p99", quantile(many, 0.99) * 1000, 50, "ms"),
        at_most("fan-out CPU to 500 / plain socket.send to 500", (shared_s - alone_s) / raw_s, 1.3, "x"),
        at_most("memory per reader", (full_bytes - empty_bytes) / 500 / 1024, 16, "KiB"),
    ]


async def _with_readers(hub: HubProcess, site: Site, count: int) -> tuple[list[float], float, int]:
    """Seconds from each command to the last reader; hub CPU for 400 commands; hub memory with the readers."""
    async with _subscribers(str(hub.port), str(count)) as readers:
        await _said(readers, "ready")
        memory = hub.rss_bytes()
        latencies = []
        for number in range(ROUNDS):
            began = time.monotonic()
            await _press(hub, site, f"one-{count}-{number}", 1)
            latencies.append((await _said(readers, "last"))["t"] - began)
            await asyncio.sleep(PAUSE_S)
        cpu = await _cpu_of(hub, site, f"many-{count}", 400)
    return latencies, cpu, memory


async def _cpu_of(hub: HubProcess, site: Site, run: str, total: int) -> float:
    before = hub.cpu_s()
    await _press(hub, site, run, total)
    return hub.cpu_s() - before


async def _press(hub: HubProcess, site: Site, run: str, total: int) -> None:
    reader, writer = await asyncio.open_connection("127.0.0.1", hub.port)
    for number in range(total):
        request = post("/api/v1/tokens", site.keys["hall"], f"{run}-{number:08}", {"department": "pharmacy"})
        status, _ = await ask(reader, writer, request)
        if status != 201:
            raise RuntimeError(f"the hub answered {status}")
    writer.close()
    await writer.wait_closed()


async def _raw_sending(count: int, total: int, pause_s: float) -> float:
    """CPU seconds of sending as many messages of the same size to as many plain sockets, at the hub's pace.

    Without the pauses the readers would take several messages at a time, which makes sending to them cheaper.
    """
    message = b"x" * 700
    async with _subscribers("--sink", str(count)) as sink:
        port = (await _said(sink, "listening"))["port"]
        sockets = [socket.create_connection(("127.0.0.1", port)) for _ in range(count)]
        await _said(sink, "ready")
        idle_s = await _rounds([], message, total, pause_s)
        spent_s = await _rounds(sockets, message, total, pause_s) - idle_s
        for connection in sockets:
            connection.close()
    return spent_s


async def _rounds(sockets: list[socket.socket], message: bytes, total: int, pause_s: float) -> float:
    """CPU seconds of this whole process, as the hub's are counted too."""
    before = time.process_time()
    for _ in range(total):
        for connection in sockets:
            connection.send(message)
        await asyncio.sleep(pause_s)
    return time.process_time() - before


@asynccontextmanager
async def _subscribers(*arguments: str) -> AsyncIterator[asyncio.subprocess.Process]:
    pipe = asyncio.subprocess.PIPE
    program = str(Path(__file__).with_name("subscribers.py"))
    process = await asyncio.create_subprocess_exec(
        sys.executable, program, *arguments, stdin=pipe, stdout=pipe, stderr=asyncio.subprocess.DEVNULL
    )
    try:
        yield process
    finally:
        if process.stdin is not None:
            process.stdin.close()
        await process.wait()


async def _said(process: asyncio.subprocess.Process, event: str) -> dict[str, Any]:
    if process.stdout is None:
        raise RuntimeError("no output")
    while line := await asyncio.wait_for(process.stdout.readline(), 30):
        said: dict[str, Any] = json.loads(line)
        if said["event"] == event:
            return said
    raise RuntimeError(f"the readers ended before they said {event}")
