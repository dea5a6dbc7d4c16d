"""What the technician's corner shows and does: facts from all over the kiosk, a trial print, a restart."""

import asyncio
import logging
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from kiosk.alone import Alone
from kiosk.corner import Facts, ReaderState, SoundState
from kiosk.hub_talk import link_of
from kiosk.machine import Machine
from kiosk.printer import Printer
from kiosk.printer_status import PrintOutcome
from kiosk.trial_print import trial_facts
from smartqueue.client import HubClient
from smartqueue.discovery import Interfaces
from smartqueue.errors import Fault, Refusal
from smartqueue.terms import Language

log = logging.getLogger(__name__)

REACH_S = 1.0
"""The hub is asked once for its health; later it counts as not reached."""
NOTES = {
    PrintOutcome.PRINTED: "test_printed",
    PrintOutcome.MAYBE_PRINTED: "test_maybe_printed",
    PrintOutcome.NOT_PRINTED: "test_not_printed",
}
SOUND_NOTES = {SoundState.NO_CARD: "sound_no_card", SoundState.NO_VOICE: "sound_no_voice"}


class Mouth(Protocol):
    """What is heard at this kiosk (speech.py)."""

    def state(self) -> SoundState: ...
    async def trial(self, language: Language) -> SoundState: ...


@dataclass(frozen=True, slots=True)
class Around:
    """What is asked of the machine. stopwatch: monotonic seconds; wall: its clock, with its offset.
    sound_device: sound card or directory."""

    version: str
    stopwatch: Callable[[], float]
    wall: Callable[[], datetime]
    interfaces: Interfaces
    reader: Callable[[], ReaderState] = lambda: ReaderState.UNSET
    sound_device: str = ""


class CornerTools:
    """restart: ends the process so that it is started again."""

    def __init__(
        self,
        client: HubClient,
        alone: Alone,
        printer: Printer,
        machine: Machine,
        mouth: Mouth,
        around: Around,
        restart: Callable[[], None],
    ) -> None:
        self.restart = restart
        self._client = client
        self._alone = alone
        self._printer = printer
        self._machine = machine
        self._mouth = mouth
        self._around = around
        self._started_at = around.stopwatch()

    async def facts(self) -> Facts:
        """As it is now; takes up to REACH_S."""
        before = self._around.stopwatch()
        hub_version, seq, reach_ms = "", None, None
        try:
            health = await self._client.health(deadline_s=REACH_S)
            hub_version, seq = health.version, health.seq
            reach_ms = round((self._around.stopwatch() - before) * 1000)
        except (Fault, Refusal) as trouble:
            log.debug("the hub did not say how it is: %s", trouble)
        client, alone, printer = self._client, self._alone, self._printer
        return Facts(
            version=self._around.version,
            unit=client.unit.name if client.unit else "",
            addresses=tuple(sorted(await asyncio.to_thread(self._around.interfaces))),
            hub=client.address or "",
            hub_version=hub_version,
            link=link_of(client),
            reach_ms=reach_ms,
            seq=seq,
            clock_off_s=alone.clock_off_s(),
            printer=printer.health().state,
            printer_profile=printer.profile.name,
            printer_address=printer.transport.url,
            numbers=alone.numbers_left(),
            unmerged=alone.unmerged(),
            astray=alone.astray(),
            reader=self._around.reader(),
            sound=self._mouth.state(),
            sound_device=self._around.sound_device,
            up_s=int(self._around.stopwatch() - self._started_at),
        )

    async def trial(self, language: Language) -> str:
        """One ticket marked as a trial, after whatever is being printed; a code of what came of it."""
        facts = trial_facts(self._printer.profile, language, self._around.wall())
        result = await self._machine.print_facts(facts, lambda _share: None)
        log.info("trial ticket %s: %s", result.outcome, result.reason)
        return NOTES[result.outcome]

    async def trial_sound(self, language: Language) -> str:
        """A tone and a sentence, for whoever listens; a code of what came of them."""
        state = await self._mouth.trial(language)
        log.info("trial of the sound: %s", state)
        return SOUND_NOTES.get(state, "sound_played")
