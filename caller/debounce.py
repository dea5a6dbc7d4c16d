"""Clean presses out of raw contact edges: pure, fed with edges and with the level read every 50 ms.

Edges alone lie: contacts bounce, wires catch glitches, drivers drop edges. So a change of the contact counts only when
it has stood for a while, and a level read now and then corrects whatever the edges told wrong.
"""

from collections import deque
from dataclasses import dataclass
from enum import StrEnum

PRESS_SETTLE_S = 0.012
"""A contact must stay closed so long to count: longer than half a wave of 50 Hz mains hum, shorter than any finger."""
RELEASE_SETTLE_S = 0.040
"""And open so long to count as let go: worn contacts open for 10-20 ms under a finger that never left."""
LONG_S = 0.8
"""Held so long, a press is a long one."""
STUCK_S = 10.0
"""Nobody holds a button so long: it is stuck."""
POLL_S = 0.05
"""How often the level should be read, whatever the edges say."""
CHATTER_PRESSES = 9
CHATTER_S = 1.0
"""Nine clean presses within a second come from no finger: the contact is broken, and stuck until it is quiet."""
QUIET_S = 1.0


class SignalKind(StrEnum):
    """DOWN: the contact closed, a lamp should answer. SHORT, LONG: a whole press.

    STUCK: the button says nothing any more and needs a visit. FREED: it works again.
    """

    DOWN = "down"
    SHORT = "short"
    LONG = "long"
    STUCK = "stuck"
    FREED = "freed"


@dataclass(frozen=True, slots=True)
class Signal:
    """at: when it was made, monotonic seconds; not when it was recognised."""

    kind: SignalKind
    at: float


class Debouncer:
    """One button. `edge` and `sample` return what has become certain; `due` says when to sample again at the latest.

    long_s: None when a long press means nothing here; a short press then counts as soon as the contact has settled,
    otherwise when it is let go. A contact that is closed at the first sample counts as held: it must open first.
    """

    def __init__(self, long_s: float | None = None) -> None:
        self._long_s = long_s
        self._now = float("-inf")
        self._pressed: bool | None = None
        """The settled level; None before the first sample."""
        self._turning_since: float | None = None
        """Since when the contact has been at the other level than the settled one."""
        self._down_at: float | None = None
        """When the present press began; None when it began before us or has had all its consequences."""
        self._held_since = 0.0
        self._open_since = 0.0
        self._stuck = False
        self._recent: deque[float] = deque(maxlen=CHATTER_PRESSES)

    @property
    def stuck(self) -> bool:
        return self._stuck

    @property
    def resting(self) -> bool:
        """Open, settled and not stuck: nothing can become certain by itself."""
        return not self._pressed and self._turning_since is None and not self._stuck

    @property
    def due(self) -> float | None:
        """When something becomes certain if nothing happens until then, or None."""
        if self.resting:
            return None
        times = [self._settles_at, self._long_at, self._stuck_at, self._freed_at]
        return min((at for at in times if at is not None), default=None)

    def edge(self, at: float, pressed: bool) -> list[Signal]:
        """The contact changed to `pressed` at that time. Edges with times that run backwards count as simultaneous."""
        if self._pressed is None:
            return self.sample(at, pressed)
        signals = self._advance(at)
        self._turn(pressed)
        return signals

    def sample(self, at: float, pressed: bool) -> list[Signal]:
        """The contact has been read. A level that contradicts what was last heard (a lost edge) settles nothing."""
        if self._pressed is None:
            self._now = max(self._now, at)
            self._pressed = pressed
            self._held_since = self._open_since = self._now
            return []
        if pressed == self._level:
            return self._advance(at)
        self._now = max(self._now, at)
        self._turn(pressed)
        return []

    @property
    def _level(self) -> bool | None:
        """What was last heard of the contact, settled or not."""
        return self._pressed if self._turning_since is None else not self._pressed

    @property
    def _settles_at(self) -> float | None:
        if self._turning_since is None:
            return None
        return self._turning_since + (RELEASE_SETTLE_S if self._pressed else PRESS_SETTLE_S)

    @property
    def _long_at(self) -> float | None:
        if self._long_s is None or self._down_at is None or self._turning_since is not None:
            return None
        return self._down_at + self._long_s

    @property
    def _stuck_at(self) -> float | None:
        if not self._pressed or self._stuck or self._turning_since is not None:
            return None
        return self._held_since + STUCK_S

    @property
    def _freed_at(self) -> float | None:
        if self._pressed or not self._stuck or self._turning_since is not None:
            return None
        return self._open_since + QUIET_S

    def _turn(self, pressed: bool) -> None:
        if pressed == self._pressed:
            self._turning_since = None
        elif self._turning_since is None:
            self._turning_since = self._now

    def _advance(self, at: float) -> list[Signal]:
        """Everything that became certain up to that time, in order."""
        signals: list[Signal] = []
        at = max(at, self._now)
        while (due := self.due) is not None and due <= at:
            signals += self._happen(due)
        self._now = at
        return signals

    def _happen(self, due: float) -> list[Signal]:
        if due == self._settles_at:
            return self._settle()
        if due == self._long_at:
            self._down_at = None
            return [Signal(SignalKind.LONG, due)]
        if due == self._stuck_at:
            self._stuck = True
            return [Signal(SignalKind.STUCK, due)]
        self._stuck = False
        return [Signal(SignalKind.FREED, due)]

    def _settle(self) -> list[Signal]:
        assert self._turning_since is not None
        since, self._turning_since = self._turning_since, None
        self._pressed = not self._pressed
        return self._close(since) if self._pressed else self._open(since)

    def _close(self, since: float) -> list[Signal]:
        self._held_since = since
        if self._stuck:
            return []
        self._recent.append(since)
        if len(self._recent) == CHATTER_PRESSES and since - self._recent[0] <= CHATTER_S:
            self._stuck = True
            return [Signal(SignalKind.STUCK, since)]
        down = Signal(SignalKind.DOWN, since)
        if self._long_s is None:
            return [down, Signal(SignalKind.SHORT, since)]
        self._down_at = since
        return [down]

    def _open(self, since: float) -> list[Signal]:
        self._open_since = since
        if self._down_at is None:
            return []
        self._down_at = None
        return [Signal(SignalKind.SHORT, since)]
