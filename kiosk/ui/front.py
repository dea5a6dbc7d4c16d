"""The kiosk's window: shows views, tells touches, and is controlled by JSON lines when simulated."""

import asyncio
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from kiosk.screens import View, draw
from kiosk.settings import KioskSettings
from kiosk.states import Asking, Front, HubTrouble, Printing, TakeTicket, Unprinted
from kiosk.unit import Report, silent
from smartqueue.ui.window import WindowSettings, open_view, run

if TYPE_CHECKING:
    from smartqueue.ui.remote import Remote

BOUNCE_S = 0.25
"""A second touch at the same place within this time is a trembling hand."""


class KioskFront:
    """One window; made once for each process. `run` ends when it is closed, or at the end of the remote control."""

    def __init__(self, settings: KioskSettings, *, remote: bool) -> None:
        self.on_touch: Callable[[str], None] = lambda _key: None
        self._screen = settings.screen
        self._front: Front | None = None
        self._view = open_view(
            WindowSettings(
                self._screen.width_px,
                self._screen.height_px,
                title="SmartQueue kiosk",
                fullscreen=not settings.simulate,
                headless=settings.headless,
            )
        )
        self._view.bounce_s = BOUNCE_S
        self._view.on_touch = self._touched
        self._remote = self._control() if remote else None

    @property
    def report(self) -> Report:
        return silent if self._remote is None else self._remote.report

    def show(self, view: View) -> None:
        self._front = view.front
        self._view.show(draw(view, self._screen))

    async def run(self) -> None:
        """Raises nothing when the window is closed."""
        serving = asyncio.create_task(self._remote.serve(), name="remote control") if self._remote else None
        try:
            await run(self._view)
        finally:
            if serving is not None:
                serving.cancel()
                await asyncio.gather(serving, return_exceptions=True)

    def _touched(self, key: str) -> None:
        self.on_touch(key)

    def _control(self) -> "Remote":
        from smartqueue.ui.remote import Remote  # noqa: PLC0415 - imports Kivy, after the window is open

        remote = Remote(self._view)
        self._view.on_event = lambda event, values: remote.report(event, **values, **self._more(event, values))
        return remote

    def _more(self, event: str, values: dict[str, Any]) -> dict[str, Any]:
        """Of a screen also whose number it shows, and what the trouble is."""
        if event != "screen":
            return {}
        front, more = self._front, {"screen": values.get("name")}
        if isinstance(front, Asking | Printing | TakeTicket | Unprinted | HubTrouble):
            answer = front.pending.answer
            more |= {"label": answer.label if answer else None, "command_id": front.pending.command_id}
        if isinstance(front, Unprinted):
            more["trouble"] = front.trouble
        return more
