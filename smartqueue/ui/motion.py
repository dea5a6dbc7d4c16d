"""How a new screen comes: what is new on it rises a little and becomes clear, what was there stays where it is.

Only the eye is led: the new screen can be touched from its first moment.
"""

from collections.abc import Callable, Iterable
from typing import Any

from kivy.clock import Clock
from kivy.graphics import Canvas, Color, InstructionGroup, PopMatrix, PushMatrix, Translate

LONGEST_S = 0.25
"""Of any transition (issue "the kiosk that a hospital would put in its hall")."""
_RISE_SHARE = 0.025
"""Of the scene's height."""
_FIRST_CLEAR = 0.35
"""How clear new things are in the first frame: what is there at once is not waited for."""


class Entrance:
    """One transition at a time, of `seconds` each; 0 = none. now: monotonic seconds."""

    def __init__(self, seconds: float, now: Callable[[], float]) -> None:
        if not 0.0 <= seconds <= LONGEST_S:
            raise ValueError(f"a transition lasts 0 to {LONGEST_S} s, not {seconds}")
        self.seconds = seconds
        self._now = now
        self._began = 0.0
        self._rise_px = 0.0
        self._moves: list[Translate] = []
        self._colours: list[tuple[Color, float]] = []
        """With how clear each is in the end."""
        self._tick: Any = None

    @property
    def runs(self) -> bool:
        return self._tick is not None

    def begin(self, rise_px: float) -> None:
        """From now on; what is to move is added by `put`."""
        self.end()
        if self.seconds > 0.0:
            self._began, self._rise_px = self._now(), rise_px * _RISE_SHARE
            self._tick = Clock.schedule_interval(lambda _dt: self._step(), 0)

    def end(self) -> None:
        """Everything is in its place and clear at once."""
        if self._tick is not None:
            self._tick.cancel()
            self._tick = None
        self.forget()

    def put(self, canvas: Canvas, groups: Iterable[InstructionGroup]) -> None:
        """Adds new things that lie one over the other to the canvas; while the transition runs they move."""
        move = Translate(0, 0)
        canvas.add(PushMatrix())
        canvas.add(move)
        for group in groups:
            canvas.add(group)
            self._colours.extend((one, one.a) for one in group.children if isinstance(one, Color))
        canvas.add(PopMatrix())
        self._moves.append(move)
        self._set(self._share)

    def forget(self) -> None:
        """The canvas was cleared: what moved on it is put anew."""
        self._set(1.0)
        self._moves.clear()
        self._colours.clear()

    @property
    def _share(self) -> float:
        return min(1.0, max(0.0, (self._now() - self._began) / self.seconds)) if self.seconds else 1.0

    def _step(self) -> None:
        if self._share >= 1.0:
            self.end()
        else:
            self._set(self._share)

    def _set(self, share: float) -> None:
        """share: of the time that has passed; slows down towards its end."""
        eased = 1.0 - (1.0 - share) ** 3
        for move in self._moves:
            move.y = -self._rise_px * (1.0 - eased)
        for colour, clear in self._colours:
            colour.a = clear * (_FIRST_CLEAR + (1.0 - _FIRST_CLEAR) * eased)
