"""The display's window: shows scenes, says when a frame is really drawn, and takes JSON lines when simulated."""

import asyncio
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from display.settings import DisplaySettings
from smartqueue.look.scene import Scene
from smartqueue.look.screen import parse_size
from smartqueue.ui.window import WindowSettings, open_view, run

if TYPE_CHECKING:
    from smartqueue.ui.remote import Remote


class DisplayFront:
    """One window; made once for each process. `run` ends when it is closed, or at the end of the remote control.

    on_resize: the window is another size now.
    """

    def __init__(self, settings: DisplaySettings, *, remote: bool) -> None:
        self.on_resize: Callable[[], None] = lambda: None
        self._view = open_view(
            WindowSettings(
                *parse_size(settings.size),
                title="SmartQueue display",
                fullscreen=not settings.simulate,
                headless=settings.headless,
            )
        )
        self._view.on_resize = lambda _width, _height: self.on_resize()
        self._remote = self._control() if remote else None

    @property
    def size_px(self) -> tuple[int, int]:
        return self._view.size_px

    def report(self, event: str, **values: Any) -> None:
        """To whoever controls a simulated display; else nowhere."""
        if self._remote is not None:
            self._remote.report(event, **values)

    def show(self, scene: Scene, shown: Callable[[float], None] | None = None) -> None:
        """shown(t): once a frame with this scene is really drawn, which is done at once. The same scene again costs
        nothing."""
        if shown is not None or scene != self._view.scene:
            self._view.show(scene, shown)
        if shown is not None:
            self._view.draw_now()

    def warm(self, scene: Scene) -> None:
        """Makes what a scene like this needs, without showing it."""
        self._view.warm(scene)

    async def run(self) -> None:
        """Raises nothing when the window is closed."""
        serving = asyncio.create_task(self._remote.serve(), name="remote control") if self._remote else None
        try:
            await run(self._view)
        finally:
            if serving is not None:
                serving.cancel()
                await asyncio.gather(serving, return_exceptions=True)

    def _control(self) -> "Remote":
        from smartqueue.ui.remote import Remote  # noqa: PLC0415 - imports Kivy, after the window is open

        return Remote(self._view)
