"""A lean HTTP/1.1 load: keep-alive connections that each send the next request when the answer is there.

Runs in the process that measures, and does little, so that the hub is what is measured.
"""

import asyncio
import json
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any


@dataclass(slots=True)
class Answered:
    """seconds: of each request, in the order they were answered."""

    statuses: list[int] = field(default_factory=list)
    bodies: list[Any] = field(default_factory=list)
    seconds: list[float] = field(default_factory=list)
    wall_s: float = 0.0


def post(path: str, key: str, command_id: str, body: object) -> bytes:
    payload = json.dumps(body).encode()
    head = (
        f"POST {path} HTTP/1.1\r\nHost: 127.0.0.1\r\nAuthorization: Bearer {key}\r\nIdempotency-Key: {command_id}\r\n"
        f"Content-Type: application/json\r\nContent-Length: {len(payload)}\r\n\r\n"
    )
    return head.encode() + payload


async def ask(reader: asyncio.StreamReader, writer: asyncio.StreamWriter, request: bytes) -> tuple[int, bytes]:
    writer.write(request)
    head = await reader.readuntil(b"\r\n\r\n")
    status = int(head[9:12])
    length = int(head.lower().split(b"content-length:", 1)[1].split(b"\r\n", 1)[0])
    return status, await reader.readexactly(length)


async def load(port: int, clients: int, total: int, request: Callable[[int], bytes]) -> Answered:
    """So many clients share out requests 0..total-1."""
    answered, numbers = Answered(), iter(range(total))
    began = time.perf_counter()
    await asyncio.gather(*(_client(port, numbers, request, answered) for _ in range(clients)))
    answered.wall_s = time.perf_counter() - began
    return answered


async def _client(port: int, numbers: Iterator[int], request: Callable[[int], bytes], answered: Answered) -> None:
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    for number in numbers:
        began = time.perf_counter()
        status, body = await ask(reader, writer, request(number))
        answered.seconds.append(time.perf_counter() - began)
        answered.statuses.append(status)
        answered.bodies.append(json.loads(body))
    writer.close()
    await writer.wait_closed()
