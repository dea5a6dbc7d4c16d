"""Calls that no display has acknowledged in time: said in the log, counted, and shown to staff while they are open.

In the hub's memory only: after a restart whatever is open and not acknowledged gets its time again.
"""

import asyncio
import logging
from collections import Counter
from collections.abc import Callable, Collection
from dataclasses import dataclass
from typing import Final

from hub.domain.clinic import CALLS_KEPT, Clinic
from hub.domain.events import AnnouncementPlayed, TokenCalled
from hub.journal.records import Recorded
from smartqueue.terms import AnnouncementId, Instant, Label, RoomId, TokenId, TokenState, UnitKind, UnitName

log = logging.getLogger(__name__)

IN_TIME_MS: Final = 30_000
"""So long a call may go unacknowledged while a display is connected."""
ALONE_MS: Final = 5_000
"""The same while none is: a display that was cut off for a moment is back by then."""
BUSY_MS: Final = 65_000
"""After an acknowledgement a display may need so long for what it says next: four calls, in two languages."""
_LOOK_S: Final = 1.0


@dataclass(slots=True)
class Open:
    """A call that is not acknowledged. at: from when its time counts. late: it has run out."""

    announcement: AnnouncementId
    token: TokenId
    label: Label
    room: RoomId
    at: Instant
    late: bool = False


class Unheard:
    """`take` every event after it was applied, `look` about once a second.

    clinic: the published state. displays: names of those that read the feed now. now: the hub's time at the start.
    counts: announcements by outcome, `heard`, `shown` (without sound) and `late`; one that comes late is in two.
    """

    def __init__(
        self, clinic: Callable[[], Clinic], displays: Callable[[], Collection[UnitName]], now: Instant
    ) -> None:
        self.counts: Counter[str] = Counter(heard=0, shown=0, late=0)
        self._clinic = clinic
        self._displays = displays
        self._acknowledged_at: Instant | None = None
        self._open: dict[AnnouncementId, Open] = {}
        for call in clinic().calls:
            token = clinic().tokens.get(call.token)
            if call.heard is None and token is not None and token.state is TokenState.CALLED:
                self._open[call.announcement] = Open(call.announcement, token.id, token.label, call.room, now)

    @property
    def late(self) -> tuple[Open, ...]:
        """Oldest first; whoever has come all the same is not among them."""
        return tuple(one for one in self._open.values() if one.late)

    def take(self, recorded: Recorded) -> None:
        event = recorded.event
        if isinstance(event, TokenCalled):
            announcement, token = AnnouncementId(str(recorded.seq)), self._clinic().tokens[event.token]
            self._open[announcement] = Open(announcement, token.id, token.label, event.room, recorded.at)
        elif isinstance(event, AnnouncementPlayed):
            self.counts["heard" if event.heard else "shown"] += 1
            self._acknowledged_at = recorded.at
            found = self._open.pop(event.announcement, None)
            if found is not None and found.late:
                log.info("call announced after all: %s to %s", found.label, found.room)

    def look(self, now: Instant) -> None:
        """Whose time has run out, and what needs no announcement any more."""
        clinic, connected = self._clinic(), bool(self._displays())
        expected = any(unit.kind is UnitKind.DISPLAY for unit in clinic.units.values())
        for one in tuple(self._open.values()):
            if expected and _stands(clinic, one) and not one.late and self._is_late(one, now, connected=connected):
                self._miss(one, "no display has acknowledged it" if connected else "no display is connected")
            if not expected or not _stands(clinic, one):
                del self._open[one.announcement]

    def _miss(self, one: Open, why: str) -> None:
        one.late = True
        self.counts["late"] += 1
        log.warning("call not announced: %s to %s: %s", one.label, one.room, why)

    async def keep_looking(self, now: Callable[[], Instant]) -> None:
        """Until cancelled."""
        while True:
            await asyncio.sleep(_LOOK_S)
            self.look(now())

    def _is_late(self, one: Open, now: Instant, *, connected: bool) -> bool:
        if not connected:
            return now - one.at >= ALONE_MS
        busy = self._acknowledged_at is not None and now - self._acknowledged_at < BUSY_MS
        return now - one.at >= IN_TIME_MS and not busy


def _stands(clinic: Clinic, one: Open) -> bool:
    """Whether it was not taken back; of a late one also whether its person is still awaited and not called anew.

    Calls are among the clinic's until undone or, after 200 newer ones, forgotten.
    """
    calls = clinic.calls
    there = any(call.announcement == one.announcement for call in calls)
    forgotten = len(calls) == CALLS_KEPT and int(one.announcement) < int(calls[0].announcement)
    token = clinic.tokens.get(one.token)
    if token is None or not (there or forgotten):
        return False
    awaited = token.state is TokenState.CALLED and token.called_at <= one.at
    return awaited or not one.late
