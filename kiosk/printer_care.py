"""Looks after an idle printer: seldom while it is well, often while it is not. It comes back without anybody's help."""

import asyncio
import contextlib
import logging
from dataclasses import dataclass

from kiosk.printer import Printer, PrinterHealth
from kiosk.printer_status import READY
from smartqueue.terms import PrinterState

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Pace:
    """Seconds between two looks."""

    well_s: float = 60.0
    unwell_s: float = 5.0


class PrinterCare:
    """`run` never returns; cancel it to stop."""

    def __init__(self, printer: Printer, pace: Pace | None = None) -> None:
        self._printer = printer
        self._pace = pace or Pace()
        self._changed = asyncio.Event()
        printer.on_state(self._heard)

    async def run(self) -> None:
        """Loads the encoder before the first ticket needs it, then looks again and again."""
        with contextlib.suppress(ImportError):
            await self._printer.warm_up()
        while True:
            health = await self._printer.check()
            self._changed.clear()
            wait_s = self._pace.well_s if health.state in READY else self._pace.unwell_s
            with contextlib.suppress(TimeoutError):
                async with asyncio.timeout(wait_s):
                    await self._changed.wait()

    def _heard(self, health: PrinterHealth) -> None:
        """A job may have found it out before a look did: then look at the other pace."""
        self._changed.set()
        log.log(_level(health.state), "printer is %s: %s", health.state, health.reason)


def _level(state: PrinterState) -> int:
    if state is PrinterState.LOW_PAPER:
        return logging.WARNING
    return logging.INFO if state in READY else logging.ERROR
