"""What time it is at the hub, as well as a kiosk can know: its own clock may be wrong."""

from collections.abc import Callable
from datetime import datetime, timedelta


class HubTime:
    """The hub's time as it was heard last, carried on by a stopwatch.

    After a start without the hub: this machine's clock, but never before `not_before` (the last contact or issue that
    is known) and the time that has gone by since the start.
    """

    def __init__(
        self, stopwatch: Callable[[], float], wall: Callable[[], datetime], not_before: datetime | None
    ) -> None:
        """stopwatch: monotonic seconds. wall: this machine's clock, with its offset."""
        self._stopwatch = stopwatch
        self._wall = wall
        self._earliest = not_before
        self._started_at = stopwatch()
        self._heard: tuple[datetime, float] | None = None

    def hear(self, hub_now: datetime, at: float) -> None:
        """at: of the stopwatch, when the hub said so."""
        self._heard = hub_now, at

    def wall(self) -> datetime:
        """What this machine's own clock says, right or wrong."""
        return self._wall()

    @property
    def heard(self) -> datetime | None:
        """What the hub said last, since the start."""
        return None if self._heard is None else self._heard[0]

    def now(self) -> datetime:
        if self._heard is not None:
            hub_now, at = self._heard
            return hub_now + timedelta(seconds=max(0.0, self._stopwatch() - at))
        wall = self._wall()
        if self._earliest is None:
            return wall
        return max(wall, self._earliest + timedelta(seconds=max(0.0, self._stopwatch() - self._started_at)))
