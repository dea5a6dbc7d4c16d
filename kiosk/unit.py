"""A kiosk at work: feeds the flow with what happens, and does what the flow wants done, in its order."""

import asyncio
import logging
import math
from collections.abc import Callable, Coroutine
from typing import Any, Protocol

from kiosk import flow, hall
from kiosk.alone import Alone
from kiosk.effects import Beep, Effect, Forget, Issue, Print, Remember, Take
from kiosk.events import (
    Answered,
    Event,
    HallChanged,
    IssueRefused,
    LeasesChanged,
    LinkChanged,
    NoNumber,
    NotPrinted,
    NotRemembered,
    Printed,
    PrintMoved,
    Restored,
    Taken,
    TimePassed,
    Touched,
    Unreached,
)
from kiosk.hall import Hall
from kiosk.pendings import Pendings
from kiosk.printer_status import PrintOutcome, PrintResult
from kiosk.screens import View, runs, view_of
from kiosk.standing import is_alone
from kiosk.states import Rules, State
from kiosk.terms import Link, Pending, Sound, Trouble
from smartqueue.client import HubClient
from smartqueue.errors import Fault, HubAway, Refusal
from smartqueue.feed_link import LinkState
from smartqueue.picture import Changed, Picture
from smartqueue.terms import CommandId, Language, PrinterState, UnitKind
from smartqueue.wire import FeedMessage, IssueBody

log = logging.getLogger(__name__)

Clock = Callable[[], float]
Report = Callable[..., None]
"""`report(event, **values)`: tells whoever controls a simulated unit."""

BAR_STEP_S = 0.2
"""How often a screen with a running bar is drawn anew."""
SECOND_S = 1.0
_LINKS = {
    LinkState.SEEKING: Link.LOOKING,
    LinkState.ONLINE: Link.UP,
    LinkState.AWAY: Link.AWAY,
    LinkState.WRONG_KEY: Link.WRONG_KEY,
    LinkState.OTHER_VERSION: Link.OTHER_VERSION,
}
_TROUBLES = {
    PrinterState.OUT_OF_PAPER: Trouble.PAPER_OUT,
    PrinterState.COVER_OPEN: Trouble.COVER_OPEN,
    PrinterState.OFFLINE: Trouble.OFFLINE,
    PrinterState.SILENT: Trouble.SILENT,
}


class TicketMachine(Protocol):
    """Draws a ticket and prints it. progress: share handed over, 0..1, on the event loop."""

    async def print(self, pending: Pending, progress: Callable[[float], None]) -> PrintResult: ...


def silent(_event: str, **_values: object) -> None:
    """Nobody listens."""


async def no_sound(_sound: Sound) -> None:
    """Nothing is heard."""


def trouble_of(result: PrintResult) -> Trouble:
    """What the person is told of a job that did not print for certain."""
    cause = result.cause
    if result.outcome is PrintOutcome.NOT_PRINTED:
        return _TROUBLES.get(cause, Trouble.REFUSED) if cause else Trouble.REFUSED
    if cause in (PrinterState.OUT_OF_PAPER, PrinterState.COVER_OPEN):
        return _TROUBLES[cause]
    return Trouble.MAYBE_PRINTED


class KioskUnit:
    """One kiosk. Used with an entered client; `run` never returns, cancel it to stop.

    on_view: is told what to show, whenever it may have changed. report: of what happens, for remote control.
    """

    def __init__(
        self,
        client: HubClient,
        pendings: Pendings,
        alone: Alone,
        machine: TicketMachine,
        *,
        clock: Clock,
        new_command_id: Callable[[], CommandId],
        rules: Rules,
        usual_language: Language | None = None,
        beep: Callable[[Sound], Coroutine[Any, Any, None]] = no_sound,
        on_view: Callable[[View], None] = lambda _view: None,
        report: Report = silent,
    ) -> None:
        self.state: State = flow.start(clock(), usual_language)
        self._client = client
        self._pendings = pendings
        self._alone = alone
        self._machine = machine
        self._clock = clock
        self._new_command_id = new_command_id
        self._rules = rules
        self._beep = beep
        self._on_view = on_view
        self._report = report
        self._restored: bool | None = None
        """Whether what the store remembers was taken up by the hub's clinic day; None = not at all yet."""
        self._woken = asyncio.Event()
        self._steps: asyncio.Queue[tuple[Effect, ...]] = asyncio.Queue()
        self._asking: dict[CommandId, asyncio.Task[None]] = {}
        self._tasks: set[asyncio.Task[None]] = set()

    async def run(self) -> None:
        stops = self._client.on_change(self._feed), self._client.on_state(self._link)
        self._alone.on_change(self._look)
        self._link(self._client.state)
        try:
            async with asyncio.TaskGroup() as tasks:
                tasks.create_task(self._obey_all(), name="effects")
                tasks.create_task(self._show_all(), name="screen")
                tasks.create_task(self._alone.run(), name="leases")
        finally:
            for stop in stops:
                stop()
            await self._end_tasks()

    def touch(self, key: str) -> None:
        """A finger has touched the target of this key."""
        self.tell(Touched(key, self._new_command_id()))

    def tell(self, event: Event) -> None:
        """Takes the next step; its effects follow in their order, the screen at once."""
        before = self.state.front
        self.state, effects = flow.step(self.state, event, self._clock(), self._rules)
        if effects:
            self._steps.put_nowait(effects)
        if self.state.front.name != before.name:
            log.info("screen: %s", self.state.front.name)
        self._woken.set()

    def view(self) -> View:
        return view_of(self.state, self._clock(), self._clock_text(), self._age_s(), self._rules)

    # --- what happens -----------------------------------------------------------------------------------

    def _feed(self, _picture: Picture, _message: FeedMessage, _changed: Changed) -> None:
        self._link(self._client.state)
        self._look()

    def _look(self) -> None:
        """Tells the flow what is on offer now: by the hub, or by the kiosk alone."""
        numbers, astray = self._alone.numbers(), self._alone.astray()
        if (numbers, astray) != (self.state.numbers, self.state.astray):
            self.tell(LeasesChanged(numbers, astray))
        offer = self._offer()
        if offer is None:
            return
        if (offer.day, offer.site, offer.departments) != (self.state.day, self.state.site, self.state.departments):
            self.tell(HallChanged(offer.day, offer.site, offer.departments))
        certain = self.state.link is Link.UP
        day_is_known = certain or is_alone(self.state, self._clock(), self._rules)
        if day_is_known and (self._restored is None or (certain and not self._restored)):
            self._restored = certain
            self.tell(Restored(self._pendings.all(), certain))

    def _offer(self) -> Hall | None:
        picture = self._client.picture
        if self.state.link is not Link.UP:
            return self._alone.offer()
        return None if picture is None else hall.whole(picture)

    def _link(self, state: LinkState) -> None:
        link = _LINKS[state]
        unit = self._client.unit
        if link is Link.UP and unit is not None and unit.kind is not UnitKind.KIOSK:
            link = Link.WRONG_KEY
        if link is not self.state.link:
            if link is Link.WRONG_KEY:
                log.error("the hub refuses this key for a kiosk; `smartqueue setup` printed one for each unit")
            self.tell(LinkChanged(link))
            self._look()

    def _clock_text(self) -> str:
        """The hub's time in the site's zone, carried on by our own stopwatch: a kiosk's clock may be wrong."""
        site = self.state.site
        if site is None or (self.state.link is Link.LOOKING and not is_alone(self.state, self._clock(), self._rules)):
            return ""
        return hall.time_text(self._alone.now(), site.zone)

    def _age_s(self) -> int | None:
        """Seconds for which the hub has been away; None while it is there or was never heard."""
        if self._client.online or self.state.site is None:
            return None
        age_s = self._client.age_s()
        away_s = self._alone.away_s() if math.isinf(age_s) else age_s
        return None if away_s is None else int(away_s)

    # --- what is shown ----------------------------------------------------------------------------------

    async def _show_all(self) -> None:
        while True:
            self._woken.clear()
            self._look()
            due = flow.deadline(self.state, self._rules)
            if due is not None and due <= self._clock():
                self.tell(TimePassed())
                continue
            self._on_view(self.view())
            await self._wait(min(self._next_picture_s(), math.inf if due is None else due - self._clock()))

    def _next_picture_s(self) -> float:
        return BAR_STEP_S if runs(self.state.front) else SECOND_S

    async def _wait(self, seconds: float) -> None:
        try:
            async with asyncio.timeout(max(0.0, seconds)):
                await self._woken.wait()
        except TimeoutError:
            return

    # --- what is done -----------------------------------------------------------------------------------

    async def _obey_all(self) -> None:
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
            case Issue(command_id, body, sent):
                self._asking[command_id] = self._keep(self._issue(command_id, body, sent), f"issue {command_id}")
            case Take(pending):
                await self._take(pending)
            case Print(pending):
                self._keep(self._print(pending), f"print {pending.command_id}")
            case Beep(sound):
                self._keep(self._beep(sound), f"beep {sound}")
        return True

    async def _remember(self, pending: Pending) -> bool:
        try:
            await self._pendings.remember(pending)
        except OSError as trouble:
            log.error("the store can't be written: %s", trouble.strerror)
            self.tell(NotRemembered(pending.command_id))
            return False
        return True

    async def _forget(self, command_id: CommandId) -> None:
        asking = self._asking.pop(command_id, None)
        if asking is not None:
            asking.cancel()
        try:
            await self._pendings.forget(command_id)
        except OSError as trouble:
            log.error("the store can't be written: %s", trouble.strerror)

    async def _issue(self, command_id: CommandId, body: IssueBody, sent: bool) -> None:
        """Until its outcome is known, however long the hub is away; not for long while nothing can have reached it."""
        while True:
            limit_s = self._rules.ask_s if sent else self._rules.reach_s
            try:
                answer = await self._client.issue(body, command_id=command_id, deadline_s=limit_s)
            except Refusal as refusal:
                log.info("refused: %s", refusal.code)
                self._report("refusal", code=refusal.code, department=body.department)
                self.tell(IssueRefused(command_id, refusal.code))
                return
            except HubAway as away:
                sent = sent or away.sent
                if not sent:
                    self.tell(Unreached(command_id))
                    return
                continue
            except Fault as fault:
                log.error("the hub's answer can't be used: %s", fault)
                self.tell(IssueRefused(command_id, fault.code))
                return
            self._report("issued", label=answer.label, department=body.department, command_id=command_id)
            self.tell(Answered(command_id, answer))
            return

    async def _take(self, pending: Pending) -> None:
        """A number of our own; whatever the hub still says of this issue counts no more."""
        asking = self._asking.pop(pending.command_id, None)
        if asking is not None:
            asking.cancel()
        try:
            issued = await self._alone.issue(pending)
        except OSError as trouble:
            log.error("the store can't be written: %s", trouble.strerror)
            self.tell(NotRemembered(pending.command_id))
            return
        if issued is None or issued.answer is None:
            self.tell(NoNumber(pending.command_id))
            return
        label, department = issued.answer.label, pending.department.id
        log.info("ticket %s comes from the lease", label)
        self._report("issued", label=label, department=department, command_id=pending.command_id, away=True)
        self.tell(Taken(issued))

    async def _print(self, pending: Pending) -> None:
        assert pending.answer is not None
        label, command_id = pending.answer.label, pending.command_id
        try:
            result = await self._machine.print(pending, lambda share: self.tell(PrintMoved(command_id, share)))
        except Exception:
            log.exception("the ticket could not be made")
            self.tell(NotPrinted(command_id, Trouble.REFUSED))
            return
        log.info("ticket %s: %s", result.outcome, result.reason)
        self._report("ticket", label=label, outcome=result.outcome, cause=result.cause, reason=result.reason)
        if result.outcome is PrintOutcome.PRINTED:
            self.tell(Printed(command_id))
        else:
            self.tell(NotPrinted(command_id, trouble_of(result)))

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

    async def _end_tasks(self) -> None:
        tasks = tuple(self._tasks)
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
