"""Which calls are announced now, and for how long: pure; times come in, nothing sounds or draws here.

One announcement at a time; nothing overlaps, nothing is cut, nothing is announced twice. When more than CROWD calls
wait, up to TOGETHER of them become one announcement: one chime, then each in turn. What the hub takes back while it
waits (undo, a new day) is not announced.
"""

from collections import deque
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Final

from smartqueue.picture import CALLS_KEPT
from smartqueue.terms import AnnouncementId, Label, Language, RoomId
from smartqueue.wire import CallView

HOLD_S: Final = 12.0
"""A call stands highlighted for at least this long."""
FRESH: Final = timedelta(seconds=60)
"""A call that nobody has announced is announced until it is this old: a display may start in its middle."""
CROWD: Final = 3
"""More calls than these that wait are put together."""
TOGETHER: Final = 4
"""So many share one announcement at most."""
_REMEMBERED: Final = 200
"""More than a snapshot can bring back (20), few enough never to matter."""


@dataclass(frozen=True, slots=True)
class Called:
    """One call to announce, with the recalls that joined it while it waited.

    ids: all that is acknowledged with it; the first one names it. language: the token's.
    """

    ids: tuple[AnnouncementId, ...]
    label: Label
    room: RoomId
    language: Language


@dataclass(frozen=True, slots=True)
class Announcement:
    """Chime, voice and highlight for one call, or for up to TOGETHER of them; no label is in it twice."""

    calls: tuple[Called, ...]

    @property
    def ids(self) -> tuple[AnnouncementId, ...]:
        """All that is acknowledged with it; the first one names it."""
        return tuple(id_ for one in self.calls for id_ in one.ids)


@dataclass(frozen=True, slots=True)
class Standing:
    """The announcement that is on: since when (monotonic seconds), and since when its sound is over."""

    announcement: Announcement
    since_s: float
    sound_over_s: float | None = None


class Announcer:
    """Takes in calls, gives out announcements one by one.

    The owner calls `consider` after each news, `begin` when nothing is on, `sound_over` when the player is done and
    `end` when `ends_at_s` has come. hold_s: shorter only in demonstrations and tests.
    """

    def __init__(self, hold_s: float = HOLD_S) -> None:
        self._hold_s = hold_s
        self._waiting: deque[Called] = deque()
        self._known: dict[tuple[AnnouncementId, datetime], None] = {}
        self._last: tuple[CallView, ...] = ()
        self.standing: Standing | None = None

    @property
    def waiting(self) -> tuple[Called, ...]:
        """What comes next, first in line first."""
        return tuple(self._waiting)

    @property
    def pending(self) -> frozenset[AnnouncementId]:
        """Calls that wait for their turn: not yet shown."""
        return frozenset(id_ for one in self._waiting for id_ in one.ids)

    @property
    def settled(self) -> tuple[tuple[AnnouncementId, datetime], ...]:
        """Calls that need no announcement any more, oldest first: what a restarted display must not announce again."""
        standing = self.standing
        on = standing.announcement.ids if standing is not None and standing.sound_over_s is None else ()
        open_ = self.pending.union(on)
        return tuple(identity for identity in self._known if identity[0] not in open_)

    def remember(self, settled: Sequence[tuple[AnnouncementId, datetime]]) -> None:
        """Take over what was announced before a restart."""
        self._known.update(dict.fromkeys(settled))

    def consider(
        self, calls: Sequence[CallView], now: datetime, shows: Callable[[CallView], bool] = lambda _: True
    ) -> bool:
        """Take in the calls of a board, newest first; those seen before are left alone.

        now: the hub's time. shows: whether this display is concerned. Returns whether anything new waits.
        """
        self._withdraw(calls)
        before = len(self._waiting)
        joined = False
        for call in reversed(calls):
            identity = (call.announcement, call.at)
            if identity in self._known:
                continue
            self._known[identity] = None
            if shows(call) and not call.played and now - call.at < FRESH:
                joined |= self._line_up(call)
        self._forget()
        return joined or len(self._waiting) > before

    def begin(self, now_s: float) -> Announcement | None:
        """The next announcement, which stands from now on; None while one stands or none waits."""
        if self.standing is not None or not self._waiting:
            return None
        self.standing = Standing(Announcement(tuple(self._taken())), now_s)
        return self.standing.announcement

    def sound_over(self, now_s: float) -> None:
        """The player has come to the end of the standing announcement, heard or not."""
        if self.standing is not None:
            self.standing = replace(self.standing, sound_over_s=now_s)

    def ends_at_s(self) -> float | None:
        """When the standing announcement may end: after its sound and its hold. None while that can't be said."""
        if self.standing is None or self.standing.sound_over_s is None:
            return None
        return max(self.standing.sound_over_s, self.standing.since_s + self._hold_s)

    def end(self, now_s: float) -> bool:
        """End the standing announcement if its time has come; returns whether it has ended."""
        ends_at_s = self.ends_at_s()
        if ends_at_s is None or now_s < ends_at_s:
            return False
        self.standing = None
        return True

    def _withdraw(self, calls: Sequence[CallView]) -> None:
        """Forget what stood among the calls and does not any more; those that newer ones have pushed out stay."""
        there = {call.announcement for call in calls}
        oldest = calls[-1].at if len(calls) >= CALLS_KEPT else None
        taken_back = {
            call.announcement
            for call in self._last
            if call.announcement not in there and (oldest is None or call.at > oldest)
        }
        self._last = tuple(calls)
        if taken_back:
            left = [(one, tuple(id_ for id_ in one.ids if id_ not in taken_back)) for one in self._waiting]
            self._waiting = deque(replace(one, ids=ids) for one, ids in left if ids)

    def _taken(self) -> Iterator[Called]:
        """One call, or where a crowd waits several of different people, taken out of the line."""
        labels: set[Label] = set()
        most = TOGETHER if len(self._waiting) > CROWD else 1
        while self._waiting and len(labels) < most and self._waiting[0].label not in labels:
            labels.add(self._waiting[0].label)
            yield self._waiting.popleft()

    def _line_up(self, call: CallView) -> bool:
        """To the end of the line; a recall of what still waits joins it. Returns whether it joined."""
        for place, one in enumerate(self._waiting):
            if (one.label, one.room) == (call.label, call.room):
                self._waiting[place] = replace(one, ids=(*one.ids, call.announcement))
                return True
        self._waiting.append(Called((call.announcement,), call.label, call.room, call.language))
        return False

    def _forget(self) -> None:
        for identity in list(self._known)[: max(0, len(self._known) - _REMEMBERED)]:
            del self._known[identity]
