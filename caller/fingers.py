"""Simulated fingers on the mock pins: for remote control of a simulated unit, with or without a window."""

import asyncio
from collections.abc import Callable

from caller.buttons import Button
from caller.panel import MockPanel
from smartqueue.line_control import Command

HOLD_S = 0.1
LIFT_S = 0.06
"""A finger needs at least so long to come back; sooner, the contact would count as bouncing."""
_LONGEST_HOLD_S = 600.0


class Fingers:
    """Pushes and lets go in real time. changed: is told after each of both."""

    def __init__(self, panel: MockPanel, changed: Callable[[], None] = lambda: None) -> None:
        self._panel = panel
        self._changed = changed

    async def press(self, command: Command) -> None:
        """`{"do":"press","button":"next","hold_s":0.1}`. Raises ValueError for a button that is not there."""
        button = self._button(command.get("button"))
        hold_s = float(command.get("hold_s", HOLD_S))
        if not 0 <= hold_s <= _LONGEST_HOLD_S:
            raise ValueError(f"hold_s must be 0 to {_LONGEST_HOLD_S:g}, not {hold_s:g}")
        self.hold(button, down=True)
        try:
            await asyncio.sleep(hold_s)
        finally:
            self.hold(button, down=False)
        await asyncio.sleep(LIFT_S)

    def hold(self, button: Button, *, down: bool) -> None:
        if down:
            self._panel.push(button)
        else:
            self._panel.let_go(button)
        self._changed()

    def _button(self, name: object) -> Button:
        for button in self._panel.buttons:
            if button.value == name:
                return button
        raise ValueError(f"there is no button {name!r}; there are: {', '.join(self._panel.buttons)}")
