"""The window of a simulated unit: draws the panel from its pins, and lets fingers on it drive the mock pins."""

import asyncio
from dataclasses import replace
from typing import TYPE_CHECKING

from caller.buttons import Button
from caller.fingers import Fingers
from caller.lamps import WINKS, Lamp
from caller.panel import MockPanel
from caller.screens.desk import DeskView, desk
from caller.settings import CallerSettings
from caller.unit import CallerUnit, Report, silent
from smartqueue.i18n import ENGLISH, Words
from smartqueue.look.screen import parse_size
from smartqueue.picture import Picture
from smartqueue.terms import RoomState
from smartqueue.ui.window import WindowSettings, open_view, run

if TYPE_CHECKING:
    from smartqueue.ui.remote import Remote


class DeskFront:
    """One window; made once for each process. `run` ends when it is closed, or at the end of the remote control."""

    def __init__(self, settings: CallerSettings, panel: MockPanel, *, remote: bool) -> None:
        self._size = parse_size(settings.size)
        self._view = open_view(WindowSettings(*self._size, title="SmartQueue caller unit"))
        self._language = settings.language
        self._panel = panel
        self._seen = DeskView(buttons=panel.buttons, one_lamp=panel.one_lamp)
        self._words = Words(settings.language or ENGLISH)
        self._fingers = Fingers(panel, self._draw)
        self._view.on_held = lambda key, down: self._fingers.touch(Button(key), down=down)
        self._view.on_resize = self._resized
        self._remote = self._control() if remote else None

    @property
    def report(self) -> Report:
        return silent if self._remote is None else self._remote.report

    def show(self, unit: CallerUnit, picture: Picture | None) -> None:
        """What the unit and its pins show now."""
        if picture is not None:
            self._words = Words(self._language or picture.site.default_language)
        self._seen = _view(unit, self._panel, picture)
        self._draw()

    async def run(self) -> None:
        """Raises nothing when the window is closed."""
        self._draw()
        serving = asyncio.create_task(self._remote.serve(), name="remote control") if self._remote else None
        try:
            await run(self._view)
        finally:
            if serving is not None:
                serving.cancel()
                await asyncio.gather(serving, return_exceptions=True)

    def _control(self) -> "Remote":
        from smartqueue.ui.remote import Remote  # noqa: PLC0415 - imports Kivy, after the window is open

        return Remote(self._view, {"press": self._fingers.press})

    def _draw(self) -> None:
        pressed = frozenset(button for button in self._panel.buttons if self._panel.pressed(button))
        self._seen = replace(self._seen, pressed=pressed, lit=self._panel.lit())
        self._view.show(desk(self._seen, self._words, *self._size))

    def _resized(self, width_px: int, height_px: int) -> None:
        self._size = width_px, height_px
        self._draw()


def _view(unit: CallerUnit, panel: MockPanel, picture: Picture | None) -> DeskView:
    seen, shown = unit.seen(), unit.shown
    room = picture.rooms.get(seen.room) if picture is not None and seen.room is not None else None
    return DeskView(
        label=seen.label,
        waiting=seen.waiting,
        room=(room.kind, room.number) if room is not None else None,
        away=seen.away,
        tells=unit.tells(),
        paused=seen.state is RoomState.PAUSED,
        burning=frozenset(lamp for lamp in Lamp if shown.of(lamp).name != "off"),
        blinking=frozenset(lamp for lamp in Lamp if shown.of(lamp).turns),
        identifies=unit.identifies(),
        care=seen.care if shown.green in WINKS.values() else None,
        buttons=panel.buttons,
        one_lamp=panel.one_lamp,
    )
