"""Control of a simulated unit: JSON lines in on stdin, JSON lines out on stdout. Fingers are real Kivy touches.

In:  {"do":"touch","key":K} or {"do":"touch","x":X,"y":Y} (scene pixels), {"do":"screenshot","path":P},
     {"do":"screen"}, {"do":"quit"}, and what the unit adds.
Out: {"event":"screen","name":...}, {"event":"touch","key":...}, {"event":"screenshot","path":...},
     {"event":"refused","why":...}; each with "t", time.monotonic() in seconds.
"""

import asyncio
import json
import os
import stat
import sys
import time
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any, TextIO

from smartqueue.ui.scene_view import SceneView

Command = Mapping[str, Any]
_HOLD_S = 0.08
"""How long a finger stays down: two frames, so that the pressed look is really shown."""
_LINE_BYTES = 64 * 1024


def stdin_is_pipe() -> bool:
    """Somebody may be sending commands."""
    try:
        mode = os.fstat(sys.stdin.fileno()).st_mode
    except (OSError, ValueError, AttributeError):
        return False
    return stat.S_ISFIFO(mode) or stat.S_ISSOCK(mode)


class Remote:
    """Obeys one command after the other. actions: what the unit adds, by the word after `do`; each may raise
    ValueError to refuse."""

    def __init__(
        self, view: SceneView, actions: Mapping[str, Callable[[Command], None]] | None = None, out: TextIO | None = None
    ) -> None:
        self._view = view
        self._actions = dict(actions or {})
        self._out = out or sys.stdout
        view.on_event = lambda event, values: self.report(event, **values)

    def report(self, event: str, **values: Any) -> None:
        """One line on stdout; `t` is now unless it is given."""
        line = {"event": event, "t": time.monotonic(), **values}
        self._out.write(json.dumps(line, ensure_ascii=False) + "\n")
        self._out.flush()

    async def serve(self) -> None:
        """Reads stdin until its end or `quit`; then closes the view."""
        reader = asyncio.StreamReader(limit=_LINE_BYTES)
        transport, _ = await asyncio.get_running_loop().connect_read_pipe(
            lambda: asyncio.StreamReaderProtocol(reader), sys.stdin
        )
        try:
            await self.obey_all(reader)
        finally:
            transport.close()
            self._view.close()

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
        match command.get("do"):
            case "touch":
                await self._touch(*self._place(command), hold_s=float(command.get("hold_s", _HOLD_S)))
            case "screenshot":
                path = Path(str(command.get("path")))
                await self._view.screenshot(path)
                self.report("screenshot", path=str(path))
            case "screen":
                scene = self._view.scene
                keys = [target.key for target in scene.targets] if scene else []
                self.report("screen", name=scene.name if scene else None, keys=keys)
            case str(word) if word in self._actions:
                self._actions[word](command)
            case word:
                known = ["touch", "screenshot", "screen", "quit", *self._actions]
                raise ValueError(f"unknown command {word!r}; there are: {', '.join(known)}")

    def _place(self, command: Command) -> tuple[float, float]:
        if "key" not in command:
            return float(command["x"]), float(command["y"])
        scene = self._view.scene
        target = scene.target(str(command["key"])) if scene else None
        if target is None:
            known = ", ".join(target.key for target in scene.targets) if scene else ""
            raise ValueError(f"nothing to touch for {command['key']!r}; there are: {known}")
        return target.box.centre

    async def _touch(self, x: float, y: float, hold_s: float) -> None:
        from kivy.base import EventLoop  # noqa: PLC0415 - the window is open by now

        from smartqueue.ui.finger import finger  # noqa: PLC0415

        width, height = self._view.size_px
        at_x, at_y = self._view.window_point(x, y)
        touch = finger(at_x / max(1, width - 1), at_y / max(1, height - 1))
        EventLoop.post_dispatch_input("begin", touch)
        await asyncio.sleep(hold_s)
        EventLoop.post_dispatch_input("end", touch)
