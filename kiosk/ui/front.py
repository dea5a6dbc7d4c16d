"""The kiosk's window: shows views, tells touches, and is controlled by JSON lines when simulated."""

import asyncio
import logging
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from kiosk.fronts import Asking, HubTrouble, Printing, TakeTicket, Unprinted
from kiosk.hub_talk import Report
from kiosk.screens import View, draw
from kiosk.settings import KioskSettings, panel
from kiosk.unit import silent
from smartqueue.ui.window import WindowSettings, open_view, run

if TYPE_CHECKING:
    from smartqueue.ui.remote import Remote

log = logging.getLogger(__name__)

TRANSITION_S = 0.18
BOUNCE_S = 0.25
"""A second touch at the same place within this time is a trembling hand."""
TYPED_BOUNCE_S = 0.06
"""On a key of a pad it may be the same digit again; only what no finger can do is the panel's."""
_TYPED = frozenset({"char", "digit"})
_QUICK = _TYPED | {"erase"}


class KioskFront:
    """One window; made once for each process. `run` ends when it is closed, or at the end of the remote control."""

    def __init__(self, settings: KioskSettings, *, remote: bool) -> None:
        self.on_touch: Callable[[str], None] = lambda _key: None
        self.on_code: Callable[[str], None] = lambda _text: None
        self._settings = settings
        self._screen = settings.screen
        self._seen: View | None = None
        self._view = open_view(
            WindowSettings(
                self._screen.width_px,
                self._screen.height_px,
                title="SmartQueue kiosk",
                fullscreen=not settings.simulate,
                headless=settings.headless,
                transition_s=TRANSITION_S if settings.motion else 0.0,
            )
        )
        self._view.bounce_s = bounce_s
        if not settings.simulate:
            self._view.on_resize = self._resized
            self._resized(*self._view.size_px)
        self._view.on_touch = self._touched
        self._view.on_contact = self._contact
        self._hear_codes()
        self._remote = self._control() if remote else None

    @property
    def report(self) -> Report:
        return silent if self._remote is None else self._remote.report

    def show(self, view: View) -> None:
        """Draws only what differs from what is shown. While a ticket is on its way nothing moves but its bar."""
        if view != self._seen:
            self._seen = view
            self._view.show(draw(view, self._screen), still=isinstance(view.front, Asking | Printing))

    def close(self) -> None:
        """Ends `run`."""
        self._view.close()

    async def run(self) -> None:
        """Raises nothing when the window is closed."""
        serving = asyncio.create_task(self._remote.serve(), name="remote control") if self._remote else None
        try:
            await run(self._view)
        finally:
            if serving is not None:
                serving.cancel()
                await asyncio.gather(serving, return_exceptions=True)

    def _resized(self, width_px: int, height_px: int) -> None:
        """A device's panel has the size it has, whatever the settings say."""
        if (width_px, height_px) == (self._screen.width_px, self._screen.height_px):
            return
        log.warning("the panel has %d x %d px, the settings say %s", width_px, height_px, self._settings.size)
        self._screen = panel(width_px, height_px, self._settings.width_mm)
        seen, self._seen = self._seen, None
        if seen is not None:
            self.show(seen)

    def _touched(self, key: str) -> None:
        self.on_touch(key)

    def _contact(self) -> None:
        """At night any touch wakes the screen; the key under it acts when the finger leaves it."""
        if self._seen is not None and self._seen.dim:
            self.on_touch("")

    def _hear_codes(self) -> None:
        from kivy.core.window import Window  # noqa: PLC0415 - the window is open by now

        from kiosk.ui.code_keys import hear_codes  # noqa: PLC0415

        def heard(text: str) -> None:
            self.on_code(text)

        hear_codes(Window, heard)

    def _control(self) -> "Remote":
        from smartqueue.ui.remote import Remote  # noqa: PLC0415 - imports Kivy, after the window is open

        remote = Remote(self._view)
        self._view.on_event = lambda event, values: remote.report(
            event, **_without_secrets(values), **self._more(event, values)
        )
        return remote

    def _more(self, event: str, values: dict[str, Any]) -> dict[str, Any]:
        """Of a screen also whose number it shows, and what the trouble is."""
        if event != "screen":
            return {}
        front, more = self._seen.front if self._seen else None, {"screen": values.get("name")}
        if isinstance(front, Asking | Printing | TakeTicket | Unprinted | HubTrouble):
            answer = front.pending.answer
            more |= {"label": answer.label if answer else None, "command_id": front.pending.command_id}
        if isinstance(front, Unprinted):
            more["trouble"] = front.trouble
        return more


def bounce_s(key: str) -> float:
    """How soon after a touch of this target a second one at its place does not count."""
    return TYPED_BOUNCE_S if key.partition(":")[0] in _QUICK else BOUNCE_S


def _without_secrets(values: dict[str, Any]) -> dict[str, Any]:
    """What somebody types is their own: only that a key of the pad was touched is told."""
    verb, _, what = str(values.get("key", "")).partition(":")
    return values | {"key": verb} if what and verb in _TYPED else values
