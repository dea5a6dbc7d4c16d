"""Control of a simulated unit by JSON lines: commands in on stdin, events out on stdout. Knows no screen.

In:  {"do":"quit"}, and what the unit adds.
Out: {"event":"refused","why":...}, and what the unit reports; each with "t", time.monotonic() in seconds.
"""

import asyncio
import json
import os
import stat
import sys
import time
from collections.abc import Awaitable, Callable, Mapping
from typing import Any, TextIO

Command = Mapping[str, Any]
Action = Callable[[Command], Awaitable[None] | None]
"""Obeys one command, at once or when awaited. Raises ValueError to refuse."""

_LINE_BYTES = 64 * 1024


def stdin_is_pipe() -> bool:
    """Somebody may be sending commands."""
    try:
        mode = os.fstat(sys.stdin.fileno()).st_mode
    except (OSError, ValueError, AttributeError):
        return False
    return stat.S_ISFIFO(mode) or stat.S_ISSOCK(mode)


class LineControl:
    """Obeys one command after the other. actions: what can be done, by the word after `do`."""

    def __init__(self, actions: Mapping[str, Action] | None = None, out: TextIO | None = None) -> None:
        self._actions = dict(actions or {})
        self._out = out or sys.stdout

    def report(self, event: str, **values: Any) -> None:
        """One line on stdout; `t` is now unless it is given."""
        line = {"event": event, "t": time.monotonic(), **values}
        self._out.write(json.dumps(line, ensure_ascii=False) + "\n")
        self._out.flush()

    async def serve(self) -> None:
        """Reads stdin until its end or `quit`."""
        reader = asyncio.StreamReader(limit=_LINE_BYTES)
        transport, _ = await asyncio.get_running_loop().connect_read_pipe(
            lambda: asyncio.StreamReaderProtocol(reader), sys.stdin
        )
        try:
            await self.obey_all(reader)
        finally:
            transport.close()

    async def obey_all(self, reader: asyncio.StreamReader) -> None:
        while line := await reader.readline():
            try:
                command = json.loads(line)
                if not isinstance(command, dict):
                    raise ValueError("a command is an object")
                if command.get("do") == "quit":
                    return
                await self._obey(command)
            except (ValueError, OSError) as error:
                self.report("refused", why=str(error))

    async def _obey(self, command: Command) -> None:
        word = command.get("do")
        action = self._actions.get(word) if isinstance(word, str) else None
        if action is None:
            known = ", ".join((*self._actions, "quit"))
            raise ValueError(f"unknown command {word!r}; there are: {known}")
        done = action(command)
        if done is not None:
            await done
