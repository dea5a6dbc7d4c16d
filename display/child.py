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
async def running(*command: str) -> AsyncIterator[asyncio.subprocess.Process]:
    """Start it with pipes for input and errors; on the way out it is ended and waited for, whatever happened.

    Raises SoundFault when it can't be started.
    """
    try:
        process = await asyncio.create_subprocess_exec(
            *command,
            stdin=asyncio.subprocess.PIPE,
            stdout=asyncio.subprocess.DEVNULL,
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
        try:
            async with asyncio.timeout(limit_s):
                _, said = await process.communicate(given)
        except TimeoutError as late:
            raise SoundFault(f"{command[0]} took longer than {limit_s:g} s") from late
        if process.returncode != 0:
            raise SoundFault(f"{command[0]} failed ({process.returncode}): {last_line(said)}")


def last_line(said: bytes) -> str:
    """What a program complained of, in one line."""
    lines = said.decode("utf-8", "replace").strip().splitlines()
    return lines[-1] if lines else "it did not say why"
