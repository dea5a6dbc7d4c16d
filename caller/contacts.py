"""The buttons over time: edges and polls of the panel's pins go in, clean signals come out, in the loop."""

import asyncio
import math
from collections import deque
from collections.abc import Callable

from caller.buttons import Button
from caller.debounce import LONG_S, POLL_S, Debouncer, Signal
from caller.panel import OnEdge, Panel

Clock = Callable[[], float]
OnSignal = Callable[[Button, Signal], None]


class Contacts:
    """Listens from its making on; `run` never returns, cancel it to stop. on_edge: is told of every raw edge, too."""

    def __init__(self, panel: Panel, on_signal: OnSignal, clock: Clock, on_edge: OnEdge = lambda *_: None) -> None:
        self._panel = panel
        self._on_signal = on_signal
        self._on_edge = on_edge
        self._clock = clock
        self._edges: deque[tuple[Button, float, bool]] = deque()
        self._woken = asyncio.Event()
        long_next_s = None if Button.RECALL in panel.buttons else LONG_S
        self._debouncers = {
            button: Debouncer(long_next_s if button is Button.NEXT else None) for button in panel.buttons
        }
        panel.listen(asyncio.get_running_loop(), self._edge)

    async def run(self) -> None:
        poll_at = self._clock()
        while True:
            self._take_edges()
            now = self._clock()
            if now >= poll_at:
                poll_at = now + POLL_S
                self._sample(now, self._panel.buttons)
            else:
                self._sample(now, self._due_at(now))
            await self._wait(min(poll_at, self._due()))

    def _edge(self, button: Button, at: float, closed: bool) -> None:
        self._edges.append((button, at, closed))
        self._woken.set()

    def _take_edges(self) -> None:
        self._woken.clear()
        while self._edges:
            button, at, closed = self._edges.popleft()
            self._on_edge(button, at, closed)
            self._tell(button, self._debouncers[button].edge(at, closed))

    def _sample(self, now: float, buttons: tuple[Button, ...]) -> None:
        for button in buttons:
            self._tell(button, self._debouncers[button].sample(now, self._panel.pressed(button)))

    def _due_at(self, now: float) -> tuple[Button, ...]:
        return tuple(button for button, one in self._debouncers.items() if one.due is not None and one.due <= now)

    def _due(self) -> float:
        return min((due for one in self._debouncers.values() if (due := one.due) is not None), default=math.inf)

    def _tell(self, button: Button, signals: list[Signal]) -> None:
        for signal in signals:
            self._on_signal(button, signal)

    async def _wait(self, until: float) -> None:
        """A timer wakes as an edge does: cheaper than a time-out, twenty times a second."""
        timer = asyncio.get_running_loop().call_later(max(0.0, until - self._clock()), self._woken.set)
        try:
            await self._woken.wait()
        finally:
            timer.cancel()
