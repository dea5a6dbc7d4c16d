"""One process of the demo: commands go to its stdin, events come from its stdout, its talk goes to a file."""

import asyncio
import json
import logging
import os
import signal
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from smartqueue.errors import StartFault

log = logging.getLogger(__name__)

Event = dict[str, Any]
STOP_S = 5.0
"""How long a process may take to end when asked to."""
_LINE_BYTES = 1 << 20


@dataclass(frozen=True, slots=True)
class Heard:
    """An event of a child, as the stage and the ledger see it."""

    child: str
    event: Event

    @property
    def kind(self) -> str:
        return str(self.event.get("event", ""))


class Child:
    """Started by `start`, which waits for nothing; `expect` waits for what it says."""

    def __init__(
        self, name: str, words: Sequence[str], logs: Path, hear: Callable[[Heard], None], *, screen: bool
    ) -> None:
        """screen: whether it may open windows on this machine's screen."""
        self.name = name
        self._words = [sys.executable, "-m", "smartqueue", *words]
        self._log = logs / f"{name}.log"
        self._hear = hear
        self._hidden = frozenset() if screen else frozenset({"DISPLAY", "WAYLAND_DISPLAY"})
        self._process: asyncio.subprocess.Process | None = None
        self._reader: asyncio.Task[None] | None = None
        self._waiting: list[tuple[Callable[[Event], bool], asyncio.Future[Event]]] = []
        self.stopping = False

    async def start(self) -> None:
        self.stopping = False
        with self._log.open("ab") as errors:
            self._process = await asyncio.create_subprocess_exec(
                *self._words,
                stdin=asyncio.subprocess.PIPE,
                stdout=asyncio.subprocess.PIPE,
                stderr=errors,
                start_new_session=True,
                env={name: value for name, value in os.environ.items() if name not in self._hidden},
                limit=_LINE_BYTES,
            )
        self._reader = asyncio.create_task(self._read(self._process), name=f"read {self.name}")

    @property
    def pid(self) -> int:
        if self._process is None:
            raise StartFault(f"{self.name} has not been started")
        return self._process.pid

    @property
    def running(self) -> bool:
        return self._process is not None and self._process.returncode is None

    def send(self, **command: Any) -> None:
        """One command; lost without a word when the process has ended, which its end itself reports."""
        if self._process is not None and self._process.stdin is not None and self.running:
            self._process.stdin.write(json.dumps(command).encode() + b"\n")

    async def expect(self, wanted: Callable[[Event], bool], within_s: float, what: str) -> Event:
        """The next event that is wanted. Raises StartFault when it does not come in time or the process ends."""
        future: asyncio.Future[Event] = asyncio.get_running_loop().create_future()
        entry = (wanted, future)
        self._waiting.append(entry)
        try:
            async with asyncio.timeout(within_s):
                return await future
        except TimeoutError:
            raise StartFault(f"{self.name} did not {what} within {within_s:g} s.{self._last_words()}") from None
        finally:
            if entry in self._waiting:
                self._waiting.remove(entry)

    async def stop(self) -> None:
        """SIGTERM, and SIGKILL for who does not listen."""
        self.stopping = True
        if self.running and self._process is not None:
            self._process.send_signal(signal.SIGTERM)
            try:
                async with asyncio.timeout(STOP_S):
                    await self._process.wait()
            except TimeoutError:
                log.warning("%s did not end by itself", self.name)
                self._process.kill()
        await self._ended()

    async def kill(self) -> None:
        """As when the plug is pulled."""
        self.stopping = True
        if self.running and self._process is not None:
            self._process.kill()
        await self._ended()

    async def _ended(self) -> None:
        if self._process is not None:
            await self._process.wait()
        if self._reader is not None:
            await self._reader

    async def _read(self, process: asyncio.subprocess.Process) -> None:
        if process.stdout is None:
            raise StartFault(f"{self.name} has no output")
        while line := await process.stdout.readline():
            self._take(line)
        await process.wait()
        if not self.stopping:
            self._give_up(f"{self.name} ended with {process.returncode}.{self._last_words()}")

    def _take(self, line: bytes) -> None:
        try:
            event = json.loads(line)
        except ValueError:
            log.warning("%s said something that is no event: %r", self.name, line[:200])
            return
        self._hear(Heard(self.name, event))
        for wanted, future in list(self._waiting):
            if not future.done() and wanted(event):
                future.set_result(event)

    def _give_up(self, why: str) -> None:
        self._hear(Heard(self.name, {"event": "ended", "why": why}))
        for _, future in self._waiting:
            if not future.done():
                future.set_exception(StartFault(why))

    def _last_words(self) -> str:
        lines = self._log.read_text(errors="replace").strip().splitlines() if self._log.exists() else []
        return "".join(f"\n  | {line}" for line in lines[-6:])
