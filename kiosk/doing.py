"""Does what the flow wants done, in its order, and tells the flow what came of it."""

import asyncio
import logging
from collections.abc import Callable, Coroutine
from dataclasses import dataclass
from typing import Any, Protocol

from kiosk.alone import Alone
from kiosk.corner import Facts
from kiosk.effects import (
    Arrive,
    Beep,
    Effect,
    Find,
    Forget,
    GatherFacts,
    Issue,
    KeepContact,
    Print,
    Remember,
    Restart,
    Return,
    Say,
    Take,
    TrialPrint,
    TrialSound,
)
from kiosk.events import (
    Event,
    FactsGathered,
    NoNumber,
    NotPrinted,
    NotRemembered,
    Printed,
    PrintMoved,
    SoundTried,
    Taken,
    TrialPrinted,
)
from kiosk.hub_talk import HubTalk, Report
from kiosk.pendings import Pendings
from kiosk.printer_status import PrintOutcome, PrintResult
from kiosk.screens import View
from kiosk.terms import Arrival, Pending, Sound, Trouble
from smartqueue.terms import CommandId, Language, PrinterState

log = logging.getLogger(__name__)

Speak = Callable[[View, str | None], Coroutine[Any, Any, None]]
"""Says the key of this name on this screen, None = the whole screen."""
FACTS_EVERY_S = 1.0
_TROUBLES = {
    PrinterState.OUT_OF_PAPER: Trouble.PAPER_OUT,
    PrinterState.COVER_OPEN: Trouble.COVER_OPEN,
    PrinterState.OFFLINE: Trouble.OFFLINE,
    PrinterState.SILENT: Trouble.SILENT,
}


class TicketMachine(Protocol):
    """Draws a ticket and prints it. progress: share handed over, 0..1, on the event loop."""

    async def print(self, pending: Pending, progress: Callable[[float], None]) -> PrintResult: ...


class Corner(Protocol):
    """What the technician's corner shows and does (corner_tools.py)."""

    async def facts(self) -> Facts: ...
    async def trial(self, language: Language) -> str: ...
    async def trial_sound(self, language: Language) -> str: ...
    def restart(self) -> None: ...


def trouble_of(result: PrintResult) -> Trouble:
    """What the person is told of a job that did not print for certain."""
    cause = result.cause
    if result.outcome is PrintOutcome.NOT_PRINTED:
        return _TROUBLES.get(cause, Trouble.REFUSED) if cause else Trouble.REFUSED
    if cause in (PrinterState.OUT_OF_PAPER, PrinterState.COVER_OPEN):
        return _TROUBLES[cause]
    return Trouble.MAYBE_PRINTED


@dataclass(frozen=True, slots=True)
class Means:
    """What things are done with. corner: None = there is none."""

    pendings: Pendings
    alone: Alone
    machine: TicketMachine
    talk: HubTalk
    beep: Callable[[Sound], Coroutine[Any, Any, None]]
    say: Speak
    corner: Corner | None
    report: Report


class Doing:
    """`run` never returns, cancel it to stop, then `close`.

    tell: takes the flow's next step. view: what is shown now. corner_is_open: somebody may look at its facts.
    """

    def __init__(
        self,
        means: Means,
        tell: Callable[[Event], None],
        view: Callable[[], View],
        corner_is_open: Callable[[], bool],
    ) -> None:
        self._means = means
        self._tell = tell
        self._view = view
        self._corner_is_open = corner_is_open
        self._steps: asyncio.Queue[tuple[Effect, ...]] = asyncio.Queue()
        self._asking: dict[CommandId, asyncio.Task[None]] = {}
        self._tasks: set[asyncio.Task[None]] = set()
        self._gathering: asyncio.Task[None] | None = None

    def add(self, effects: tuple[Effect, ...]) -> None:
        """One step's; done in their order, after those before."""
        self._steps.put_nowait(effects)

    async def run(self) -> None:
        while True:
            for effect in await self._steps.get():
                if not await self._obey(effect):
                    break

    async def _obey(self, effect: Effect) -> bool:
        """False when what follows in the same step must not be done."""
        match effect:
            case Remember(pending):
                return await self._remember(pending)
            case Forget(command_id):
                await self._forget(command_id)
            case Issue(command_id):
                self._asking[command_id] = self._keep(self._means.talk.issue(effect), f"issue {command_id}")
            case Arrive(arrival):
                command_id = arrival.command_id
                self._asking[command_id] = self._keep(self._means.talk.check_in(arrival), f"check-in {command_id}")
            case Take(pending):
                await self._take(pending)
            case Print(pending):
                self._keep(self._print(pending), f"print {pending.command_id}")
            case Beep(sound):
                self._keep(self._means.beep(sound), f"beep {sound}")
            case Find():
                self._keep(self._means.talk.find(effect), "find a ticket")
            case Return():
                self._keep(self._means.talk.come_back(effect), "return")
            case KeepContact():
                self._keep(self._means.talk.keep_contact(effect), "contact")
            case Say(key):
                self._keep(self._means.say(self._view(), key), "say")
            case GatherFacts() | TrialPrint() | TrialSound() | Restart():
                self._obey_technician(effect)
        return True

    def _obey_technician(self, effect: GatherFacts | TrialPrint | TrialSound | Restart) -> None:
        match effect, self._means.corner:
            case _, None:
                log.warning("there is no technician's corner")
            case GatherFacts(), corner:
                if self._gathering is None or self._gathering.done():
                    self._gathering = self._keep(self._gather(corner), "facts")
            case TrialPrint(language), corner:
                self._keep(self._trial(corner, language), "trial print")
            case TrialSound(language), corner:
                self._keep(self._trial_sound(corner, language), "trial sound")
            case Restart(), corner:
                log.warning("a technician restarts this kiosk")
                corner.restart()

    async def _remember(self, pending: Pending | Arrival) -> bool:
        try:
            await self._means.pendings.remember(pending)
        except OSError as trouble:
            log.error("the store can't be written: %s", trouble.strerror)
            self._tell(NotRemembered(pending.command_id))
            return False
        return True

    async def _forget(self, command_id: CommandId) -> None:
        asking = self._asking.pop(command_id, None)
        if asking is not None:
            asking.cancel()
        try:
            await self._means.pendings.forget(command_id)
        except OSError as trouble:
            log.error("the store can't be written: %s", trouble.strerror)

    async def _take(self, pending: Pending) -> None:
        """A number of our own; whatever the hub still says of this issue counts no more."""
        asking = self._asking.pop(pending.command_id, None)
        if asking is not None:
            asking.cancel()
        try:
            issued = await self._means.alone.issue(pending)
        except OSError as trouble:
            log.error("the store can't be written: %s", trouble.strerror)
            self._tell(NotRemembered(pending.command_id))
            return
        if issued is None or issued.answer is None:
            self._tell(NoNumber(pending.command_id))
            return
        label, department = issued.answer.label, pending.department.id
        log.info("ticket %s comes from the lease", label)
        self._means.report("issued", label=label, department=department, command_id=pending.command_id, away=True)
        self._tell(Taken(issued))

    async def _print(self, pending: Pending) -> None:
        assert pending.answer is not None
        label, command_id = pending.answer.label, pending.command_id
        try:
            result = await self._means.machine.print(pending, lambda share: self._tell(PrintMoved(command_id, share)))
        except Exception:
            log.exception("the ticket could not be made")
            self._tell(NotPrinted(command_id, Trouble.REFUSED))
            return
        log.info("ticket %s: %s", result.outcome, result.reason)
        self._means.report("ticket", label=label, outcome=result.outcome, cause=result.cause, reason=result.reason)
        if result.outcome is PrintOutcome.PRINTED:
            self._tell(Printed(command_id))
        else:
            self._tell(NotPrinted(command_id, trouble_of(result)))

    # --- the technician's corner ------------------------------------------------------------------------

    async def _gather(self, corner: Corner) -> None:
        """Once a second, as long as somebody may look."""
        while self._corner_is_open():
            self._tell(FactsGathered(await corner.facts()))
            await asyncio.sleep(FACTS_EVERY_S)

    async def _trial(self, corner: Corner, language: Language) -> None:
        try:
            note = await corner.trial(language)
        except Exception:
            log.exception("the trial ticket could not be made")
            note = "test_not_printed"
        self._tell(TrialPrinted(note))

    async def _trial_sound(self, corner: Corner, language: Language) -> None:
        try:
            note = await corner.trial_sound(language)
        except Exception:
            log.exception("the sound could not be tried")
            note = "sound_no_card"
        self._tell(SoundTried(note))

    # --- tasks ------------------------------------------------------------------------------------------

    def _keep(self, work: Coroutine[Any, Any, None], name: str) -> asyncio.Task[None]:
        task = asyncio.get_running_loop().create_task(work, name=name)
        self._tasks.add(task)
        task.add_done_callback(self._ended)
        return task

    def _ended(self, task: asyncio.Task[None]) -> None:
        self._tasks.discard(task)
        for command_id in [key for key, one in self._asking.items() if one is task]:
            del self._asking[command_id]
        if not task.cancelled() and (trouble := task.exception()) is not None:
            log.error("%s failed", task.get_name(), exc_info=trouble)

    async def close(self) -> None:
        """Ends what is under way, and waits for it."""
        tasks = tuple(self._tasks)
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
