"""Tells the hub how this display is heard: when that changes, and again whenever the hub is back."""

import asyncio
import logging
from collections.abc import Awaitable, Callable
from typing import Final

import msgspec

from smartqueue.board import Zone
from smartqueue.errors import Fault, Refusal
from smartqueue.wire import SoundBody

log = logging.getLogger(__name__)

RETRY_S: Final = 5.0
MOST, LONGEST = 20, 200
"""Of troubles that are told, and of the characters of one."""

Send = Callable[[SoundBody], Awaitable[None]]
"""Returns when the hub has answered. Raises Refusal and Fault."""


class SoundReport:
    """state: how it is heard now; None while nobody knows."""

    def __init__(self, send: Send, state: Callable[[], SoundBody | None], *, retry_s: float = RETRY_S) -> None:
        self._send = send
        self._state = state
        self._retry_s = retry_s
        self._told: SoundBody | None = None
        self._woken = asyncio.Event()

    def changed(self) -> None:
        """Something about the sound may be different."""
        self._woken.set()

    def again(self) -> None:
        """The hub may have been started anew: what it was told is forgotten."""
        self._told = None
        self._woken.set()

    async def run(self) -> None:
        """Until cancelled."""
        while True:
            await self._woken.wait()
            self._woken.clear()
            state = self._state()
            if state is not None and state != self._told and not await self._tell(state):
                await asyncio.sleep(self._retry_s)
                self._woken.set()

    async def _tell(self, state: SoundBody) -> bool:
        """False: try again later. A hub that refuses it will always do so."""
        try:
            await self._send(state)
        except Refusal as refusal:
            log.warning("the hub does not take how this display is heard: %s", refusal.code)
        except Fault as fault:
            log.debug("the hub was not told how this display is heard: %s", fault)
            return False
        self._told = state
        return True


def announcing(said: SoundBody, zone: Zone) -> SoundBody:
    """With what this display is for: the hub says where a department has no display."""
    departments, rooms = sorted(zone.departments), sorted(zone.rooms)
    return msgspec.structs.replace(said, departments=departments, rooms=rooms)


def body(*, works: bool | None, self_test: bool | None, troubles: tuple[str, ...]) -> SoundBody:
    """What is too much is cut: the log has it all."""
    return SoundBody(works=works, self_test=self_test, troubles=[one[:LONGEST] for one in troubles[:MOST]])
