"""The headless demo: simulated patients and doctors, faults if asked for, pictures of every screen, and the verdict."""

import asyncio
import logging
from collections.abc import Callable
from pathlib import Path

from smartqueue.demo.child import Child, Heard
from smartqueue.demo.ledger import Ledger
from smartqueue.demo.options import DEPARTMENTS
from smartqueue.demo.people import Doctor, Patient, snap
from smartqueue.demo.stage import Stage
from smartqueue.errors import StartFault

log = logging.getLogger(__name__)

LANGUAGES = ("en", "hi", "ar")
LAMPS = ("green", "white", "amber", "red")
HUB_AWAY_S = 4.0
"""How long the hub stays down when it is killed: long enough for every screen to say so."""
SETTLE_S = 1.0
CUT_SHORT_BYTES = 9000
"""How much of a ticket a printer takes before it closes in the middle."""


class Play:
    """One run on a stage that stands. Pictures are taken once each, the first time a screen is there."""

    def __init__(self, stage: Stage, ledger: Ledger, tell: Callable[[str], None]) -> None:
        self._stage, self._ledger, self._tell = stage, ledger, tell
        self._taken: set[str] = set()
        self._pictures: set[asyncio.Task[None]] = set()

    async def run(self) -> None:
        """Raises StartFault when a part ends or does not answer, TimeoutError is the caller's."""
        await self._picture(self._stage.display, "display-idle")
        for caller in self._stage.callers:
            await self._picture(caller, f"caller-{caller.name}")
        turn = asyncio.Lock()
        doctors = [
            asyncio.create_task(Doctor(caller, self._stage.display, turn).work(), name=caller.name)
            for caller in self._stage.callers
        ]
        visits = asyncio.create_task(self._visits(), name="visits")
        try:
            await self._until_over(visits, doctors)
        finally:
            for task in (visits, *doctors, *self._pictures):
                task.cancel()
            await asyncio.gather(visits, *doctors, *self._pictures, return_exceptions=True)
        self._ledger.settle()

    def hear(self, heard: Heard) -> None:
        """Takes pictures of what only events tell of: a call on the display, a lamp pattern on a caller."""
        if heard.kind == "frame" and heard.event.get("label"):
            self._later(self._stage.display, "display-call")
        if heard.kind == "lamps":
            lit = "-".join(lamp for lamp in LAMPS if str(heard.event.get(lamp, "off")).lower() != "off")
            if lit:
                self._later(self._stage.children[heard.child], f"caller-{lit}")

    async def _until_over(self, visits: asyncio.Task[None], doctors: list[asyncio.Task[None]]) -> None:
        """Everybody has come and has been called. What breaks on the way is raised at once."""
        while True:
            for task in (visits, *doctors):
                if task.done() and (trouble := task.exception()) is not None:
                    raise trouble
            if self._ledger.ended:
                raise StartFault(self._ledger.ended[0])
            if visits.done() and self._ledger.announced():
                break
            await asyncio.sleep(0.2)
        await asyncio.sleep(SETTLE_S)

    async def _visits(self) -> None:
        for number in range(self._stage.options.patients):
            language = LANGUAGES[number % len(LANGUAGES)]
            patient = Patient(self._stage.kiosk, language, DEPARTMENTS[number % len(DEPARTMENTS)])
            await patient.arrive(lambda name: self._picture(self._stage.kiosk, name))
            await self._fault_before(number)
            ending = asyncio.create_task(patient.take_ticket())
            await self._fault_during(number)
            end = await ending
            await self._picture(self._stage.kiosk, f"kiosk-{end['screen']}-{end.get('trouble') or language}")
            self._tell(f"patient {number + 1}: {end.get('label') or 'no number'} ({end['screen']})")
            await self._mend(number)
            await patient.leave()

    # --- faults -----------------------------------------------------------------------------------------

    async def _fault_before(self, number: int) -> None:
        """The printer is switched off for the second patient, and closes in the middle for the third."""
        if not self._stage.options.faults:
            return
        if number == 1:
            self._tell("the printer is switched off")
            await self._stage.printer.kill()
        if number == 2:
            self._tell(f"the printer will close after {CUT_SHORT_BYTES} bytes")
            self._stage.printer.send(do="faults", faults=[f"close:{CUT_SHORT_BYTES}"])

    async def _fault_during(self, number: int) -> None:
        """The hub is killed while the first patient waits for a number, and again later while doctors call."""
        if self._stage.options.faults and number in (0, 3):
            self._tell("the hub is killed")
            await self._stage.hub.kill()
            await asyncio.sleep(HUB_AWAY_S)
            await self._picture(self._stage.display, "display-hub-away")
            self._later(self._stage.callers[0], "caller-hub-away")
            await self._stage.start_hub()
            self._tell("the hub is back")

    async def _mend(self, number: int) -> None:
        if not self._stage.options.faults:
            return
        if number == 1:
            await self._stage.start_printer()
        if number == 2:
            self._stage.printer.send(do="faults", faults=[])

    # --- pictures ---------------------------------------------------------------------------------------

    def _path(self, name: str) -> Path:
        return self._stage.options.screens / f"{name}.png"

    def _later(self, child: Child, name: str) -> None:
        """A picture that nobody waits for."""
        if name not in self._taken:
            task = asyncio.create_task(self._picture(child, name), name=name)
            self._pictures.add(task)
            task.add_done_callback(self._pictures.discard)

    async def _picture(self, child: Child, name: str) -> None:
        """Once for each name; a unit that can't draw now spoils no demo, its picture is missing."""
        if name in self._taken:
            return
        self._taken.add(name)
        try:
            await snap(child, self._path(name))
        except StartFault as trouble:
            log.warning("no picture %s: %s", name, trouble)
