"""What the technician's verbs ask: of the hub that runs, over HTTP, or of the journal where none runs."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import TypeVar

import aiohttp
import msgspec

from hub import keys
from hub.clock import HubClock
from hub.domain.commands import Command
from hub.journal.sqlite import SqliteJournal
from hub.private import PrivateRows
from hub.service import Actor, ClinicService, new_command_id
from hub.site_lock import SiteLock
from smartqueue.answers import refusal
from smartqueue.errors import HubAway, StartFault
from smartqueue.terms import Role
from smartqueue.wire import BASE, IDEMPOTENCY_HEADER, Message, Problem

ATTEMPTS = 3
ANSWER_S = 10.0
_TECHNICIAN = Actor("operator", keys.TECHNICIAN, role=Role.TECHNICIAN)
M = TypeVar("M", bound=Message)


async def asked_at(url: str, key: str, method: str, path: str, body: Message, kind: type[M]) -> M:
    """Repeats with the same Idempotency-Key when no answer came. Raises the hub's Refusal, or HubAway."""
    headers = {"Authorization": f"Bearer {key}", IDEMPOTENCY_HEADER: new_command_id()}
    payload = msgspec.json.encode(body)
    trouble = ""
    async with aiohttp.ClientSession(timeout=aiohttp.ClientTimeout(total=ANSWER_S), headers=headers) as session:
        for attempt in range(ATTEMPTS):
            await asyncio.sleep(attempt)
            try:
                async with session.request(method, f"{url}{BASE}{path}", data=payload) as response:
                    return decoded(response.status, await response.read(), kind)
            except (aiohttp.ClientError, TimeoutError, HubAway) as failed:
                trouble = str(failed) or type(failed).__name__
    raise HubAway(f"the hub at {url} does not answer ({trouble}). Check that it runs and that the address is right.")


@asynccontextmanager
async def opened(directory: Path) -> AsyncIterator[ClinicService]:
    """The service on a site whose hub does not run, until the end of `async with`. Raises StartFault, JournalFault."""
    with SiteLock(directory):
        service = ClinicService(SqliteJournal(directory), HubClock())
        try:
            await service.start()
            yield service
        finally:
            await service.stop()


async def obeyed(service: ClinicService, command: Command, private: PrivateRows, kind: type[M]) -> M:
    """Raises the Refusal of the rules."""
    answer = await service.execute(command, by=_TECHNICIAN, command_id=new_command_id(), digest=b"", private=private)
    return decoded(answer.status, answer.body, kind)


def read_key(path: Path) -> str:
    """Raises StartFault."""
    try:
        return path.read_text("ascii").strip()
    except (OSError, UnicodeDecodeError) as trouble:
        raise StartFault(
            f"the key in {path} can't be read: {trouble}. Use the account that the hub runs as."
        ) from trouble


def decoded(status: int, body: bytes, kind: type[M]) -> M:
    """What was answered. Raises the Refusal that it is, HubAway for a fault, StartFault for what is no answer."""
    try:
        if status < 300:
            return msgspec.json.decode(body, type=kind)
        problem = msgspec.json.decode(body, type=Problem)
    except msgspec.MsgspecError as trouble:
        raise StartFault(f"what answered is no hub of this version ({trouble}). Check the address.") from trouble
    if status >= 500:
        raise HubAway(problem.detail)
    raise refusal(problem.code, problem.values, problem.errors, problem.detail)
