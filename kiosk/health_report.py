"""Tells the hub how this kiosk is: when that changes, every minute, and again whenever the hub is back."""

import asyncio
import contextlib
import logging
from collections.abc import Awaitable, Callable

from smartqueue.errors import Fault, Refusal
from smartqueue.wire import UnitHealthBody

log = logging.getLogger(__name__)

EVERY_S = 60.0
RETRY_S = 5.0
Send = Callable[[UnitHealthBody], Awaitable[object]]
"""Returns when the hub has answered. Raises Refusal and Fault."""


class HealthReport:
    """state: how the kiosk is now, None while nobody knows. `run` never returns; cancel it to stop."""

    def __init__(
        self,
        send: Send,
        state: Callable[[], UnitHealthBody | None],
        *,
        every_s: float = EVERY_S,
        retry_s: float = RETRY_S,
    ) -> None:
        self._send = send
        self._state = state
        self._every_s = every_s
        self._retry_s = retry_s
        self._woken = asyncio.Event()

    def changed(self) -> None:
        """Something is different, or the hub is back."""
        self._woken.set()

    async def run(self) -> None:
        while True:
            told = await self._tell()
            with contextlib.suppress(TimeoutError):
                async with asyncio.timeout(self._every_s if told else self._retry_s):
                    await self._woken.wait()

    async def _tell(self) -> bool:
        """False: try again soon. A hub that refuses it will always do so."""
        self._woken.clear()
        state = self._state()
        if state is None:
            return True
        try:
            await self._send(state)
        except Refusal as refusal:
            log.warning("the hub does not take how this kiosk is: %s", refusal.code)
        except Fault as fault:
            log.debug("the hub was not told how this kiosk is: %s", fault)
            return False
        return True
