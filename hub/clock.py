"""The hub's clock: wall time that never decreases, and a tick that only counts up."""

import time
from collections.abc import Callable

from hub.domain.clinic import Moment
from smartqueue.terms import Instant, Tick


def _wall_ms() -> int:
    return time.time_ns() // 1_000_000


class HubClock:
    """wall_ms: milliseconds since 1970 UTC; monotonic_s: seconds that never go back."""

    def __init__(
        self, wall_ms: Callable[[], int] = _wall_ms, monotonic_s: Callable[[], float] = time.monotonic
    ) -> None:
        self._wall_ms, self._monotonic_s = wall_ms, monotonic_s
        self._started_s = monotonic_s()
        self._boot = wall_ms()
        self._last = 0

    def not_before(self, at: Instant) -> None:
        """Time goes on from here at the earliest, e.g. from the journal's last event."""
        self._last = max(self._last, at)

    def moment(self) -> Moment:
        self._last = max(self._last, self._wall_ms())
        tick = self._boot + int((self._monotonic_s() - self._started_s) * 1000)
        return Moment(Instant(self._last), Tick(tick), Tick(self._boot))
