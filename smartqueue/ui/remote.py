"""Control of a simulated unit with a window: JSON lines as in `smartqueue.line_control`, fingers are real Kivy touches.

In:  {"do":"touch","key":K} or {"do":"touch","x":X,"y":Y} (scene pixels), {"do":"screenshot","path":P},
     {"do":"screen"}, {"do":"place","left":X,"top":Y} (screen pixels), {"do":"quit"}, and what the unit adds.
Out: {"event":"screen","name":...}, and when it was asked for also the "keys" that can be touched and the "places" of
     their middles in the window (pixels from its top left); {"event":"touch","key":...},
     {"event":"screenshot","path":...}, {"event":"refused","why":...}; each with "t", time.monotonic() in seconds.
"""

import asyncio
from collections.abc import Mapping
from pathlib import Path
from typing import TextIO

from smartqueue.line_control import Action, Command, LineControl, stdin_is_pipe
from smartqueue.ui.scene_view import SceneView

__all__ = ["Command", "Remote", "stdin_is_pipe"]

_HOLD_S = 0.08
"""How long a finger stays down: two frames, so that the pressed look is really shown."""


class Remote(LineControl):
    """Obeys one command after the other. actions: what the unit adds, by the word after `do`; each may raise
    ValueError to refuse."""

    def __init__(self, view: SceneView, actions: Mapping[str, Action] | None = None, out: TextIO | None = None) -> None:
        ours: dict[str, Action] = {
            "touch": self._touch,
            "screenshot": self._screenshot,
            "screen": self._screen,
            "place": self._place_window,
        }
        super().__init__({**ours, **(actions or {})}, out)
        self._view = view
        view.on_event = lambda event, values: self.report(event, **values)

    async def serve(self) -> None:
        """Reads stdin until its end or `quit`; then closes the view."""
        try:
            await super().serve()
        finally:
            self._view.close()

    async def _screenshot(self, command: Command) -> None:
        path = Path(str(command.get("path")))
        await self._view.screenshot(path)
        self.report("screenshot", path=str(path))

    def _screen(self, _command: Command) -> None:
        scene = self._view.scene
        places = {target.key: self._from_top_left(*target.box.centre) for target in scene.targets} if scene else {}
        self.report("screen", name=scene.name if scene else None, keys=list(places), places=places)

    def _from_top_left(self, x: float, y: float) -> tuple[int, int]:
        """A point of the scene in the window's pixels, y down."""
        left, bottom = self._view.window_point(x, y)
        return round(left), round(self._view.size_px[1] - bottom)

    def _place_window(self, command: Command) -> None:
        self._view.place(int(command.get("left", 0)), int(command.get("top", 0)))

    def _place(self, command: Command) -> tuple[float, float]:
        if "key" not in command:
            return float(command["x"]), float(command["y"])
        scene = self._view.scene
        target = scene.target(str(command["key"])) if scene else None
        if target is None:
            known = ", ".join(target.key for target in scene.targets) if scene else ""
            raise ValueError(f"nothing to touch for {command['key']!r}; there are: {known}")
        return target.box.centre

    async def _touch(self, command: Command) -> None:
        from kivy.base import EventLoop  # noqa: PLC0415 - the window is open by now

        from smartqueue.ui.finger import finger  # noqa: PLC0415

        width, height = self._view.size_px
        at_x, at_y = self._view.window_point(*self._place(command))
        touch = finger(at_x / max(1, width - 1), at_y / max(1, height - 1))
        EventLoop.post_dispatch_input("begin", touch)
        await asyncio.sleep(float(command.get("hold_s", _HOLD_S)))
        EventLoop.post_dispatch_input("end", touch)
