"""Tells the hub what was announced, until it knows: one acknowledgement for each call and recall."""

import asyncio
import logging
from collections.abc import Awaitable, Callable, Iterable
from typing import Final

from display.memory import Heard
from smartqueue.errors import Fault, Refusal
from smartqueue.terms import AnnouncementId, CommandId

log = logging.getLogger(__name__)

RETRY_S: Final = 2.0
MOST: Final = 100
"""More are not kept: a hub that was away so long has forgotten the calls."""

Send = Callable[[Heard], Awaitable[None]]
"""Returns when the hub has answered. Raises Refusal and Fault."""


class Acknowledgements:
    """Those that the hub does not know yet, oldest first. on_change: is told whenever they are others."""

    def __init__(
        self,
        send: Send,
        *,
        new_id: Callable[[], CommandId],
        waiting: Iterable[Heard] = (),
        on_change: Callable[[tuple[Heard, ...]], None] = lambda _waiting: None,
        retry_s: float = RETRY_S,
    ) -> None:
        self._send = send
        self._new_id = new_id
        self._waiting = list(waiting)
        self._on_change = on_change
        self._retry_s = retry_s
        self._woken = asyncio.Event()

    @property
    def waiting(self) -> tuple[Heard, ...]:
        return tuple(self._waiting)

    def add(self, announcements: Iterable[AnnouncementId], *, heard: bool) -> None:
        """These were shown to the end, and heard or not."""
        self._waiting += [Heard(announcement=one, heard=heard, command_id=self._new_id()) for one in announcements]
        del self._waiting[:-MOST]
        self._changed()

    async def run(self) -> None:
        """Until cancelled. One after the other; the hub away stops none of them for good."""
        while True:
            while self._waiting:
                if await self._answered(self._waiting[0]):
                    del self._waiting[0]
                    self._changed()
                else:
                    await asyncio.sleep(self._retry_s)
            self._woken.clear()
            await self._woken.wait()

    async def _answered(self, one: Heard) -> bool:
        """False: try again later. A hub that refuses it will always do so."""
        try:
            await self._send(one)
        except Refusal as refusal:
            log.warning("announcement not acknowledged, the hub refuses: %s", refusal.code)
        except Fault as fault:
            log.info("announcement not acknowledged yet: %s", fault)
            return False
        return True

    def _changed(self) -> None:
        self._on_change(self.waiting)
        self._woken.set()
