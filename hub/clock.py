"""The hub's clock: time that never goes back and never stands still, and a tick that only counts up.

A Raspberry Pi without a clock of its own starts in the past; time synchronisation then moves the wall clock, in either
direction, while people wait. Hub time follows the wall clock, but
- while the wall clock is behind (it was set back, or the power was cut), hub time goes at half speed until they meet;
- when it jumps ahead by more than ten minutes, hub time goes on as if it had not, until time synchronisation confirms
  it, or the hub is started anew.
"""

import ctypes
import logging
import time
from collections.abc import Callable
from pathlib import Path

from hub.domain.clinic import Moment
from smartqueue.terms import Instant, Tick

log = logging.getLogger(__name__)

JUMP_MS = 10 * 60_000
"""A jump ahead by more than this waits for time synchronisation (queue-rules, Numbering)."""
CATCH_UP_RATE = 0.5
"""How fast hub time goes while the wall clock is behind it."""
_UNSYNCHRONISED = 5
"""What adjtimex(2) gives while nobody keeps the kernel's clock right (TIME_ERROR)."""
_TIMEX_BYTES = 512
_TIMESYNCD = Path("/run/systemd/timesync/synchronized")


def _wall_ms() -> int:
    return time.time_ns() // 1_000_000


def is_synchronised() -> bool:
    """Whether somebody says that the wall clock is right: systemd-timesyncd, or (where it may be asked) the kernel.

    The kernel (adjtimex(2)) also knows of chrony and ntpd, but a service with ProtectClock= must not ask it.
    """
    if _TIMESYNCD.exists():
        return True
    libc = ctypes.CDLL(None, use_errno=True)
    state: int = libc.adjtimex(ctypes.create_string_buffer(_TIMEX_BYTES))
    return 0 <= state < _UNSYNCHRONISED


class HubClock:
    """wall_ms: since 1970 UTC. monotonic_s: seconds that never go back. synchronised: is the wall clock right?"""

    def __init__(
        self,
        wall_ms: Callable[[], int] = _wall_ms,
        monotonic_s: Callable[[], float] = time.monotonic,
        synchronised: Callable[[], bool] = is_synchronised,
    ) -> None:
        self._wall_ms, self._monotonic_s, self._synchronised = wall_ms, monotonic_s, synchronised
        self._started_s = self._looked_s = monotonic_s()
        self._boot = wall_ms()
        self._offset_ms = self._boot - self._started_s * 1000
        """Wall clock minus monotonic clock, as it is believed."""
        self._now_ms = float(self._boot)
        self._waiting = False

    def not_before(self, at: Instant) -> None:
        """Time goes on from here at the earliest, e.g. from the journal's last event."""
        self._now_ms = max(self._now_ms, float(at))

    def moment(self) -> Moment:
        looked_s = self._monotonic_s()
        passed_ms = (looked_s - self._looked_s) * 1000
        self._looked_s = looked_s
        self._believe(self._wall_ms() - looked_s * 1000)
        wall_ms = self._offset_ms + looked_s * 1000
        self._now_ms = max(self._now_ms + passed_ms * CATCH_UP_RATE, wall_ms)
        tick = self._boot + int((looked_s - self._started_s) * 1000)
        return Moment(Instant(int(self._now_ms)), Tick(tick), Tick(self._boot))

    def _believe(self, offset_ms: float) -> None:
        """Takes the wall clock's word, but for a jump ahead that nothing confirms."""
        doubtful = offset_ms - self._offset_ms > JUMP_MS and not self._synchronised()
        if doubtful and not self._waiting:
            log.warning(
                "the clock jumped ahead: not believed before time synchronisation confirms it; "
                "if it is right, start the hub anew"
            )
        if not doubtful:
            self._offset_ms = offset_ms
        self._waiting = doubtful
