"""The one player: whatever is heard goes through it, one announcement at a time, from first to last sample.

An announcement is one gapless sound: its lead (chime and silence) is there at once, the speech may still be in the
making while the chime plays.
"""

import asyncio
import contextlib
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Final, Protocol

from smartqueue.errors import SoundFault
from smartqueue.sound import child, pcm

_STEP_S: Final = 0.05
_SLACK_S: Final = 5.0
_SPEECH_LIMIT_S: Final = 12.0
"""So long the speech may be in the making before the announcement goes on without it."""


class Player(Protocol):
    """Plays one sound at a time; a second one waits for the end of the first."""

    async def play(self, name: str, lead: bytes, rest: Awaitable[bytes], started: Callable[[], None]) -> Path | None:
        """Play `lead` and then `rest`; returns after the last sample was heard.

        name: what the sound is about, `A012-room-3`. started: called when the first sample is on its way.
        Returns the file it is kept in, if it is. Raises SoundFault when it was not heard whole.
        """


class AlsaPlayer:
    """One `aplay` for each announcement, fed through a pipe. slack_s: it is given up when it takes so much too long."""

    def __init__(self, device: str = "default", program: str = "aplay", *, slack_s: float = _SLACK_S) -> None:
        self._slack_s = slack_s
        self._command = (program, "-q", "-t", "raw", "-f", "S16_LE", "-r", str(pcm.RATE_HZ), "-c", "1", "-D", device)
        self._turn = asyncio.Lock()

    async def play(self, name: str, lead: bytes, rest: Awaitable[bytes], started: Callable[[], None]) -> Path | None:
        speech = asyncio.ensure_future(rest)
        try:
            async with self._turn, child.running(*self._command, "-") as process:
                await self._feed(process, lead, speech, started)
        finally:
            await _dropped(speech)
        return None

    async def _feed(
        self,
        process: asyncio.subprocess.Process,
        lead: bytes,
        speech: asyncio.Future[bytes],
        started: Callable[[], None],
    ) -> None:
        problem: SoundFault | None = None
        try:
            await _write(process, lead)
            started()
            try:
                said = await _padded(process, lead, speech)
            except SoundFault as fault:
                problem, said = fault, b""
            async with asyncio.timeout(pcm.seconds(lead + said) + self._slack_s):
                _, complaint = await process.communicate(said)
        except TimeoutError as late:
            raise SoundFault("the sound card did not take the sound in time") from late
        if process.returncode != 0:
            raise SoundFault(f"the sound card refused: {child.last_line(complaint)}")
        if problem is not None:
            raise problem


class FolderPlayer:
    """Where there is no sound card: each sound becomes a WAV file, and lasts as long as it would be heard; one that is
    cancelled is kept as far as it was heard.

    speed: how much faster than that, for demonstrations and tests. most: so many files stay, the newest.
    """

    def __init__(self, folder: Path, speed: float = 1.0, *, most: int | None = None) -> None:
        self._folder = folder
        self._speed = speed
        self._most = most
        self._turn = asyncio.Lock()

    async def play(self, name: str, lead: bytes, rest: Awaitable[bytes], started: Callable[[], None]) -> Path | None:
        speech = asyncio.ensure_future(rest)
        try:
            async with self._turn:
                return await self._pretend(name, lead, speech, started)
        finally:
            await _dropped(speech)

    async def _pretend(
        self, name: str, lead: bytes, speech: asyncio.Future[bytes], started: Callable[[], None]
    ) -> Path:
        clock = asyncio.get_running_loop().time
        began_s = clock()
        started()
        sound, problem = lead, None
        try:
            try:
                sound += await _within_limit(speech)
            except SoundFault as fault:
                problem = fault
            await asyncio.sleep(began_s + pcm.seconds(sound) / self._speed - clock())
        except asyncio.CancelledError:
            heard = pcm.beginning(sound, (clock() - began_s) * self._speed)
            await asyncio.to_thread(_written, self._folder, name, pcm.to_wav(heard), self._most)
            raise
        path = await asyncio.to_thread(_written, self._folder, name, pcm.to_wav(sound), self._most)
        if problem is not None:
            raise problem
        return path


async def _within_limit(speech: asyncio.Future[bytes]) -> bytes:
    try:
        async with asyncio.timeout(_SPEECH_LIMIT_S):
            return await asyncio.shield(speech)
    except TimeoutError as late:
        raise SoundFault(f"the voice took longer than {_SPEECH_LIMIT_S:g} s") from late


async def _padded(process: asyncio.subprocess.Process, lead: bytes, speech: asyncio.Future[bytes]) -> bytes:
    """The speech; if it is not there when the lead ends, silence goes on so that the sound never breaks off."""
    await asyncio.wait({speech}, timeout=pcm.seconds(lead) - 2 * _STEP_S)
    padding = asyncio.create_task(_pad(process))
    try:
        return await _within_limit(speech)
    finally:
        padding.cancel()
        with contextlib.suppress(asyncio.CancelledError, SoundFault):
            await padding


async def _pad(process: asyncio.subprocess.Process) -> None:
    while True:
        await _write(process, pcm.silence(_STEP_S))
        await asyncio.sleep(_STEP_S)


async def _write(process: asyncio.subprocess.Process, sound: bytes) -> None:
    """Into the player's pipe. A player that has gone says why when it is waited for: that is not lost here."""
    assert process.stdin is not None
    with contextlib.suppress(BrokenPipeError, ConnectionResetError):
        process.stdin.write(sound)
        await process.stdin.drain()


async def _dropped(speech: asyncio.Future[bytes]) -> None:
    """Nobody waits for it any more: end it and look at its outcome."""
    if not speech.done():
        speech.cancel()
    with contextlib.suppress(asyncio.CancelledError, SoundFault):
        await speech


def _written(folder: Path, name: str, wav: bytes, most: int | None) -> Path:
    """`0001-NAME.wav`, `0002-...`: numbered on from what is there; whole or not at all."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
        there = sorted(folder.glob("[0-9]*-*.wav"), key=_number)
        path = folder / f"{_number(there[-1]) + 1 if there else 1:04}-{name}.wav"
        new = path.with_suffix(".new")
        new.write_bytes(wav)
        new.replace(path)
        for old in [*there, path][: -most if most else 0]:
            old.unlink(missing_ok=True)
    except OSError as refused:
        raise SoundFault(f"{folder} does not take sounds: {refused.strerror}") from refused
    return path


def _number(file: Path) -> int:
    number = file.name.partition("-")[0]
    return int(number) if number.isdecimal() else 0
