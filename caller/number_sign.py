"""Keeps a number sign right: shows what it is told, says it again now and then, comes back after every loss.

A sign tells nothing back. So the whole text is sent again every `REFRESH_S`: one that was switched off and on, or lost
a character, is right again by then.
"""

import asyncio
import contextlib
import logging

from caller.serial_line import Line, LineLost
from caller.sign import SignText
from caller.sign_protocols import SignDriver

log = logging.getLogger(__name__)

REFRESH_S = 15.0
RETRY_S = 2.0
BLANK_S, BLANK_STEP_S = 0.5, 0.02
"""A line of text at 9600 baud takes 50 ms."""


class NumberSign:
    """One sign. `run` never returns, cancel it to stop; the sign is then blank."""

    def __init__(
        self, line: Line, driver: SignDriver, *, refresh_s: float = REFRESH_S, retry_s: float = RETRY_S
    ) -> None:
        self._line = line
        self._driver = driver
        self._refresh_s = refresh_s
        self._retry_s = retry_s
        self._text = SignText()
        self._woken = asyncio.Event()
        self._lost = ""
        self._said = ""

    def show(self, text: SignText) -> None:
        """From now on; costs nothing when nothing has changed."""
        if text != self._text:
            self._text = text
            self._woken.set()

    async def run(self) -> None:
        while True:
            try:
                await self._work()
            except LineLost as lost:
                if str(lost) != self._said:
                    log.warning("sign lost: %s", lost)
                self._said = str(lost)
            await asyncio.sleep(self._retry_s)

    async def _work(self) -> None:
        """Until the line is lost, which it raises."""
        self._line.open()
        loop, number = asyncio.get_running_loop(), self._line.fileno()
        self._lost = ""
        loop.add_reader(number, self._heard)
        try:
            self._line.write(self._driver.begin())
            while not self._lost:
                self._write()
                await self._wait()
            raise LineLost(self._lost)
        except asyncio.CancelledError:
            await self._blank()
            raise
        finally:
            loop.remove_reader(number)
            self._line.close()

    def _write(self) -> None:
        self._woken.clear()
        self._line.write(self._driver.show(self._text))
        if self._said:
            log.info("sign works again")
            self._said = ""

    async def _blank(self) -> None:
        """No old number stays behind; as long as that takes, but not long."""
        with contextlib.suppress(LineLost):
            self._line.write(self._driver.show(SignText()))
            for _ in range(int(BLANK_S / BLANK_STEP_S)):
                if not self._line.waiting_bytes():
                    return
                await asyncio.sleep(BLANK_STEP_S)

    def _heard(self) -> None:
        """The line has something to say, or is gone."""
        try:
            self._line.drain()
        except LineLost as lost:
            self._lost = str(lost)
            self._woken.set()

    async def _wait(self) -> None:
        try:
            async with asyncio.timeout(self._refresh_s):
                await self._woken.wait()
        except TimeoutError:
            return
