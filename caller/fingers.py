"""Simulated fingers on the mock pins: from the window of a simulated unit, or by remote control."""

import asyncio
from collections.abc import Callable

from caller.buttons import Button
from caller.panel import MockPanel
from smartqueue.line_control import Command

HOLD_S = 0.1
LIFT_S = 0.06
"""A finger needs at least so long to come back; sooner, the contact would count as bouncing."""
SHORTEST_TAP_S = 0.05
"""A click of a mouse can be shorter than any finger; the contact stays closed so long at least."""
_LONGEST_HOLD_S = 600.0


class Fingers:
    """Pushes and lets go in real time. changed: is told after each of both."""

    def __init__(self, panel: MockPanel, changed: Callable[[], None] = lambda: None) -> None:
        self._panel = panel
        self._changed = changed
        self._down_at: dict[Button, float] = {}
        self._letting_go: dict[Button, asyncio.TimerHandle] = {}

    async def press(self, command: Command) -> None:
        """`{"do":"press","button":"next","hold_s":0.1}`. Raises ValueError for a button that is not there."""
        button = self._button(command.get("button"))
        hold_s = command.get("hold_s", HOLD_S)
        if not isinstance(hold_s, int | float) or not 0 <= hold_s <= _LONGEST_HOLD_S:
            raise ValueError(f"hold_s must be 0 to {_LONGEST_HOLD_S:g}, not {hold_s!r}")
        self._push(button)
        try:
            await asyncio.sleep(hold_s)
        finally:
            self._let_go(button)
        await asyncio.sleep(LIFT_S)

    def touch(self, button: Button, *, down: bool) -> None:
        """A finger came down on a button of the window, or left it."""
        loop = asyncio.get_running_loop()
        if down:
            self._down_at[button] = loop.time()
            if pending := self._letting_go.pop(button, None):
                pending.cancel()
            self._push(button)
        else:
            up_at = max(loop.time(), self._down_at.get(button, 0.0) + SHORTEST_TAP_S)
            self._letting_go[button] = loop.call_at(up_at, self._let_go, button)

    def _push(self, button: Button) -> None:
        self._panel.push(button)
        self._changed()

    def _let_go(self, button: Button) -> None:
        self._letting_go.pop(button, None)
        self._panel.let_go(button)
        self._changed()

    def _button(self, name: object) -> Button:
        for button in self._panel.buttons:
            if button.value == name:
                return button
        raise ValueError(f"there is no button {name!r}; there are: {', '.join(self._panel.buttons)}")
