"""A helper program that runs once, within a time limit, and never outlives us."""

import asyncio
import contextlib
import shutil
from collections.abc import AsyncIterator

from smartqueue.errors import SoundFault


def is_there(program: str) -> bool:
    """Whether it can be started: a name on the path or a path."""
    return shutil.which(program) is not None


@contextlib.asynccontextmanager
async def running(*command: str, stdout: int = asyncio.subprocess.DEVNULL) -> AsyncIterator[asyncio.subprocess.Process]:
    """Start it with pipes for input and errors; on the way out it is ended and waited for, whatever happened.

    Raises SoundFault when it can't be started.
    """
    try:
        process = await asyncio.create_subprocess_exec(
            *command,
            stdin=asyncio.subprocess.PIPE,
            stdout=stdout,
            stderr=asyncio.subprocess.PIPE,
        )
    except OSError as refused:
        raise SoundFault(f"{command[0]} can't be started: {refused.strerror}") from refused
    try:
        yield process
    finally:
        if process.returncode is None:
            with contextlib.suppress(ProcessLookupError):
                process.kill()
            await process.wait()


async def completed(*command: str, given: bytes, limit_s: float) -> None:
    """Run it to its end with `given` as input. Raises SoundFault when it fails or takes longer than `limit_s`."""
    async with running(*command) as process:
        await _ended(process, command[0], given, limit_s)


async def said(*command: str, limit_s: float) -> str:
    """Run it to its end; what it printed. Raises SoundFault when it fails or takes longer than `limit_s`."""
    async with running(*command, stdout=asyncio.subprocess.PIPE) as process:
        return (await _ended(process, command[0], b"", limit_s)).decode("utf-8", "replace")


async def _ended(process: asyncio.subprocess.Process, program: str, given: bytes, limit_s: float) -> bytes:
    """What it printed, if that was asked for."""
    try:
        async with asyncio.timeout(limit_s):
            printed, complaint = await process.communicate(given)
    except TimeoutError as late:
        raise SoundFault(f"{program} took longer than {limit_s:g} s") from late
    if process.returncode != 0:
        raise SoundFault(f"{program} failed ({process.returncode}): {last_line(complaint)}")
    return printed or b""


def last_line(said: bytes) -> str:
    """What a program complained of, in one line."""
    lines = said.decode("utf-8", "replace").strip().splitlines()
    return lines[-1] if lines else "it did not say why"
