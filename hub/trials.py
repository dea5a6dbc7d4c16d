"""A token for trials: through the running hub, or through the journal where none runs."""

import asyncio
from pathlib import Path

import aiohttp
import msgspec

from hub import keys, status_pages
from hub.clock import HubClock
from hub.domain.commands import IssueToken
from hub.journal.sqlite import SqliteJournal
from hub.service import Actor, ClinicService, new_command_id
from hub.setup_site import key_file
from hub.site_lock import SiteLock, running_hub
from smartqueue.answers import refusal
from smartqueue.errors import HubAway, StartFault
from smartqueue.terms import Role
from smartqueue.wire import BASE, IDEMPOTENCY_HEADER, IssueBody, IssuedAnswer, Problem

ATTEMPTS = 3
ANSWER_S = 10.0
_TECHNICIAN = Actor("operator", keys.TECHNICIAN, role=Role.TECHNICIAN)


async def issue_in(directory: Path, body: IssueBody) -> IssuedAnswer:
    """Asks the hub that runs on this directory; decides and journals it here when none does."""
    url = running_hub(directory)
    if url is not None:
        return await issue_at(url, read_key(key_file(directory, keys.TECHNICIAN)), body)
    with SiteLock(directory):
        return await _issue_here(directory, body)


async def issue_at(url: str, key: str, body: IssueBody) -> IssuedAnswer:
    """Repeats with the same Idempotency-Key when no answer came. Raises the hub's Refusal, or HubAway."""
    headers = {"Authorization": f"Bearer {key}", IDEMPOTENCY_HEADER: new_command_id()}
    payload = msgspec.json.encode(body)
    trouble = ""
    async with aiohttp.ClientSession(timeout=aiohttp.ClientTimeout(total=ANSWER_S), headers=headers) as session:
        for attempt in range(ATTEMPTS):
            await asyncio.sleep(attempt)
            try:
                async with session.post(f"{url}{BASE}/tokens", data=payload) as response:
                    return _answer(response.status, await response.read())
            except (aiohttp.ClientError, TimeoutError, HubAway) as failed:
                trouble = str(failed) or type(failed).__name__
    raise HubAway(f"the hub at {url} does not answer ({trouble}). Check that it runs and that the address is right.")


def read_key(path: Path) -> str:
    """Raises StartFault."""
    try:
        return path.read_text("ascii").strip()
    except (OSError, UnicodeDecodeError) as trouble:
        raise StartFault(
            f"the key in {path} can't be read: {trouble}. Use the account that the hub runs as."
        ) from trouble


async def _issue_here(directory: Path, body: IssueBody) -> IssuedAnswer:
    service = ClinicService(SqliteJournal(directory), HubClock())
    try:
        await service.start()
        token = status_pages.new_token()
        command = IssueToken(token, body.department, body.language, tuple(body.needs), body.priority, trial=body.trial)
        private = (status_pages.new_secret(token, service.private),)
        answer = await service.execute(
            command, by=_TECHNICIAN, command_id=new_command_id(), digest=b"", private=private
        )
        return _answer(answer.status, answer.body)
    finally:
        await service.stop()


def _answer(status: int, body: bytes) -> IssuedAnswer:
    try:
        if status < 300:
            return msgspec.json.decode(body, type=IssuedAnswer)
        problem = msgspec.json.decode(body, type=Problem)
    except msgspec.MsgspecError as trouble:
        raise StartFault(f"what answered is no hub of this version ({trouble}). Check the address.") from trouble
    if status >= 500:
        raise HubAway(problem.detail)
    raise refusal(problem.code, problem.values, problem.errors, problem.detail)
