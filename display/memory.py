"""What a display keeps over a restart: the last picture, what it has announced, what it still has to acknowledge,
on which day it tried its sound."""

import asyncio
import logging
from datetime import datetime
from typing import Final

import msgspec

from display.wake import news
from smartqueue.localstore import LocalStore
from smartqueue.picture import Picture, dump, restore
from smartqueue.terms import AnnouncementId, CommandId, Day

log = logging.getLogger(__name__)

_NAME: Final = "display"
EVERY_S: Final = 60.0
"""The picture's age is kept this exactly; what happened is stored at once."""
PAUSE_S: Final = 1.0
"""Between two writes: spares the card."""


class Heard(msgspec.Struct, frozen=True, kw_only=True):
    """An acknowledgement on its way. heard: whether it was heard, or only shown."""

    announcement: AnnouncementId
    heard: bool
    command_id: CommandId


class _Kept(msgspec.Struct, frozen=True, kw_only=True):
    known: list[tuple[AnnouncementId, datetime]] = []
    unacknowledged: list[Heard] = []
    tested: Day | None = None


class Memory:
    """Reads once at the start; `note` what is new, and `run` writes it. `save` writes now."""

    def __init__(self, store: LocalStore) -> None:
        stored = store.get(_NAME, {})
        stored = stored if isinstance(stored, dict) else {}
        self.picture: Picture | None = restore(stored.get("picture"))
        kept = _read(stored)
        self.known = tuple(kept.known)
        self.unacknowledged = tuple(kept.unacknowledged)
        self.tested = kept.tested
        self._store = store
        self._urgent = asyncio.Event()

    def note(
        self,
        *,
        picture: Picture | None = None,
        known: tuple[tuple[AnnouncementId, datetime], ...] | None = None,
        unacknowledged: tuple[Heard, ...] | None = None,
        tested: Day | None = None,
        urgent: bool = True,
    ) -> None:
        """Take over what is given; written within PAUSE_S if it is urgent, else with the next write."""
        self.picture = picture or self.picture
        self.known = self.known if known is None else known
        self.unacknowledged = self.unacknowledged if unacknowledged is None else unacknowledged
        self.tested = tested or self.tested
        if urgent:
            self._urgent.set()

    async def run(self) -> None:
        """Writes what was noted, until cancelled; a disk that refuses is said once and tried again."""
        said = False
        while True:
            self._urgent.clear()
            try:
                await self.save()
                said = False
            except OSError as trouble:
                if not said:
                    log.error("the last board is not stored: %s", trouble.strerror)
                said = True
            await asyncio.sleep(PAUSE_S)
            await news(self._urgent, EVERY_S)

    async def save(self) -> None:
        """Returns when it is on disk. Raises OSError."""
        kept = _Kept(known=list(self.known), unacknowledged=list(self.unacknowledged), tested=self.tested)
        value = {"picture": dump(self.picture) if self.picture else None, **msgspec.to_builtins(kept)}
        await self._store.put(_NAME, value)


def _read(stored: dict[str, object]) -> _Kept:
    """What an older build wrote differently is left out, and said."""
    try:
        return msgspec.convert({key: value for key, value in stored.items() if key != "picture"}, _Kept)
    except msgspec.ValidationError as trouble:
        log.error("what was announced before the restart is not understood: %s", trouble)
        return _Kept()
