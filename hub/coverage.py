"""Whether every call is announced somewhere: departments whose calls no display announces that is there now.

Displays say which departments and rooms they are for, together with how they are heard (`POST /sound`).
"""

import asyncio
import logging
from collections.abc import Callable, Collection
from typing import Final

from hub.domain.clinic import Clinic
from hub.sounds import Sounds
from smartqueue.terms import DepartmentId, Instant, RoomId, UnitKind, UnitName
from smartqueue.wire import SoundBody, UnannouncedView

log = logging.getLogger(__name__)

PATIENCE_MS: Final = 60_000
"""A display that is started anew is back by then."""
_LOOK_S: Final = 1.0


def unannounced(clinic: Clinic, said: Collection[SoundBody | None]) -> dict[DepartmentId, tuple[RoomId, ...]]:
    """Of departments that are open, or called for, the rooms to which nobody would hear a call.

    said: by each display that is there; one that has said nothing is taken for one that announces everything.
    """
    if not any(unit.kind is UnitKind.DISPLAY for unit in clinic.units.values()):
        return {}
    found: dict[DepartmentId, tuple[RoomId, ...]] = {}
    for department, rooms in clinic.serving_rooms.items():
        if department in clinic.open or len(clinic.queues[department]):
            found[department] = tuple(
                room for room in rooms if not any(_announces(one, department, room) for one in said)
            )
    return {department: rooms for department, rooms in found.items() if rooms}


def _announces(said: SoundBody | None, department: DepartmentId, room: RoomId) -> bool:
    if said is None or not (said.departments or said.rooms):
        return True
    return department in said.departments or room in said.rooms


class Coverage:
    """`look` about once a second. displays: names of those that read the feed now."""

    def __init__(
        self, clinic: Callable[[], Clinic], displays: Callable[[], Collection[UnitName]], sounds: Sounds
    ) -> None:
        self._clinic, self._displays, self._sounds = clinic, displays, sounds
        self._since: dict[DepartmentId, Instant] = {}
        self._told: set[DepartmentId] = set()

    @property
    def gaps(self) -> dict[DepartmentId, tuple[RoomId, ...]]:
        """As it is now."""
        return unannounced(self._clinic(), [self._sounds.said(name) for name in self._displays()])

    def views(self) -> list[UnannouncedView]:
        return [UnannouncedView(department=one, rooms=list(rooms)) for one, rooms in self.gaps.items()]

    def look(self, now: Instant) -> None:
        """Says once in the log what has been so for a while, and when it is over."""
        gaps = self.gaps
        self._since = {one: self._since.get(one, now) for one in gaps}
        for department in self._told - gaps.keys():
            log.info("calls of %s are announced again", department)
        self._told &= gaps.keys()
        for department, since in self._since.items():
            if now - since >= PATIENCE_MS and department not in self._told:
                self._told.add(department)
                log.warning("no display announces calls of %s to %s", department, ", ".join(gaps[department]))

    async def keep_looking(self, now: Callable[[], Instant]) -> None:
        """Until cancelled."""
        while True:
            self.look(now())
            await asyncio.sleep(_LOOK_S)
