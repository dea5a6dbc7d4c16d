"""The one way in: a command is decided, made durable, applied, published, and only then answered.

Two states evolve by the same events: the speculative one, ahead of the disk, on which commands are decided, and the
published one, which readers see. No answer leaves before everything that its decision read is durable.
"""

import asyncio
import gc
import logging
import secrets
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Protocol

from hub import answers
from hub.clock import HubClock
from hub.domain import turning
from hub.domain.clinic import Clinic, Moment, twin
from hub.domain.commands import Command, FollowClock
from hub.domain.configuration_checks import RESERVED_NAMES
from hub.domain.decide import decide
from hub.domain.events import CommandUndone, DayOpened, Event
from hub.domain.evolve import evolve
from hub.journal.records import Batch, ConsultationNote, ContactNumber, Kept, Opened, Recorded, SideRow, StoredAnswer
from hub.private import Known, Private
from smartqueue.errors import CommandIdReused, HubStarting, InternalFault, JournalFault, Refusal
from smartqueue.terms import CommandId, ContactId, Language, Role, RoomId, TokenId

log = logging.getLogger(__name__)

LARGEST_BATCH = 256
"""Commands in one transaction at most: bounds how long the first of them waits."""
CLOCK_S = 1.0
"""How often the service looks whether a day or an opening hour has come."""


@dataclass(frozen=True, slots=True)
class Actor:
    """Who asks. kind: `kiosk`, `caller`, `display`, `operator` or `site` (set-up and time itself)."""

    kind: str
    name: str
    room: RoomId | None = None
    role: Role | None = None

    def __str__(self) -> str:
        return f"{self.kind}:{self.name}"

    def belongs_to(self, clinic: Clinic) -> bool:
        """Whether the site still knows this unit or operator."""
        return self.name in {*clinic.units, *clinic.operators, *RESERVED_NAMES}


@dataclass(frozen=True, slots=True)
class Prepared:
    """A command that depends on the state on which it is decided: which room its asker works in, say.

    make: raises the Refusal of an asker who may not. A repeat gets the first answer without it.
    """

    kind: type
    make: Callable[[Clinic], Command]


@dataclass(frozen=True, slots=True)
class Answer:
    """status: HTTP. body: encoded JSON; a problem document where `problem` is set."""

    status: int
    body: bytes
    problem: bool

    def again(self) -> "Answer":
        """As a repeat of the command gets it: a success is a plain 200."""
        return Answer(200, self.body, problem=False) if self.status < 300 else self


class Journal(Protocol):
    async def open(self) -> Opened: ...
    async def replay(self, take: Callable[[Recorded], None]) -> int: ...
    async def append(self, batch: Batch) -> None: ...
    async def find_answer(self, command_id: CommandId) -> StoredAnswer | None: ...
    async def command_ids(self) -> set[CommandId]: ...
    async def notes(self, token: TokenId) -> list[ConsultationNote]: ...
    async def contact(self, contact: ContactId) -> ContactNumber | None: ...
    async def close(self) -> None: ...


@dataclass(frozen=True, slots=True)
class Figures:
    """Of one append, for the metrics. commit_s: seconds from hand-over to durable."""

    commands: int
    events: int
    commit_s: float


@dataclass(slots=True, eq=False)
class _Waiting:
    command: Command | Prepared
    by: Actor
    command_id: CommandId | None
    digest: bytes
    private: Sequence[SideRow]
    language: Language
    answer: asyncio.Future[Answer]


class ClinicService:
    """One for each site. `start` before anything else; `failed` is done when the journal no longer takes events."""

    def __init__(self, journal: Journal, clock: HubClock, largest_batch: int = LARGEST_BATCH) -> None:
        self.published = Clinic()
        self.private = Private()
        self._known = Known(self.private)
        self.site = self.epoch = ""
        self.seq = 0
        """Of the last published event."""
        self.ready = False
        self.failed: asyncio.Future[JournalFault] = asyncio.get_running_loop().create_future()
        self._journal, self._clock, self._largest_batch = journal, clock, largest_batch
        self._speculative, self._last_seq = Clinic(), 0
        self._ids: set[CommandId] = set()
        self._waiting: list[_Waiting] = []
        self._in_flight: dict[CommandId, _Waiting] = {}
        self._wake = asyncio.Event()
        self._subscribers: list[Callable[[Recorded], None]] = []
        self._watchers: list[Callable[[Figures], None]] = []
        self._tasks: list[asyncio.Task[None]] = []

    async def start(self) -> int:
        """Opens and replays the journal, then takes commands; tells how many events it replayed.

        Raises JournalFault.
        """
        opened = await self._journal.open()
        self.site, self.epoch, self._ids = opened.site, opened.epoch, opened.command_ids
        rows: tuple[SideRow, ...] = (*opened.unit_keys, *opened.status_secrets)
        for row in (*rows, *opened.appointment_codes, *opened.people):
            self.private.add(row)
        count = await self._replay()
        self._speculative = twin(self.published)
        self.seq = self._last_seq = opened.last_seq
        self._clock.not_before(opened.last_at)
        self.ready = True
        self._tasks = [
            asyncio.create_task(self._work(), name="service"),
            asyncio.create_task(self._follow_clock(), name="clock"),
        ]
        for task in self._tasks:
            task.add_done_callback(self._task_ended)
        return count

    async def _replay(self) -> int:
        """Replay makes nothing but objects that stay: the collector would only look through them again and again."""
        gc.disable()
        try:
            return await self._journal.replay(self._replayed)
        finally:
            gc.enable()
            gc.freeze()

    async def stop(self) -> None:
        """What has been asked for by now is still made durable and answered."""
        self.ready = False
        if not self.failed.done():
            await asyncio.gather(*(asked.answer for asked in self._in_flight.values()), return_exceptions=True)
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)
        await self._journal.close()

    async def notes(self, token: TokenId) -> list[ConsultationNote]:
        """What was noted of a token, sealed, oldest first; of any clinic day."""
        self._check_running()
        return await self._journal.notes(token)

    async def contact(self, contact: ContactId) -> ContactNumber | None:
        """A telephone number, sealed; None where it is kept no more."""
        self._check_running()
        return await self._journal.contact(contact)

    def moment(self) -> Moment:
        return self._clock.moment()

    def subscribe(self, callback: Callable[[Recorded], None]) -> None:
        """Called for each event, after the published state has evolved by it and before any answer leaves."""
        self._subscribers.append(callback)

    def watch(self, callback: Callable[[Figures], None]) -> None:
        self._watchers.append(callback)

    async def execute(
        self,
        command: Command | Prepared,
        *,
        by: Actor,
        command_id: CommandId,
        digest: bytes,
        private: Sequence[SideRow] = (),
        language: Language = Language("en"),
    ) -> Answer:
        """The answer, once everything it rests on is durable; a refusal by the rules is an answer too.

        A repeat of `command_id` gets the first answer. Raises CommandIdReused when it came from another actor or with
        another digest, HubStarting, JournalFault.
        """
        self._check_running()
        if (earlier := self._in_flight.get(command_id)) is not None:
            _same(str(earlier.by), earlier.digest, by, digest)
            return (await asyncio.shield(earlier.answer)).again()
        waiting = self._accept(command, by, command_id, digest, private, language)
        return await asyncio.shield(waiting.answer)

    def _check_running(self) -> None:
        if self.failed.done():
            raise self.failed.result()
        if not self.ready:
            raise HubStarting

    def _accept(
        self,
        command: Command | Prepared,
        by: Actor,
        command_id: CommandId | None,
        digest: bytes,
        private: Sequence[SideRow],
        language: Language,
    ) -> _Waiting:
        answer: asyncio.Future[Answer] = asyncio.get_running_loop().create_future()
        answer.add_done_callback(lambda done: done.cancelled() or done.exception())
        waiting = _Waiting(command, by, command_id, digest, private, language, answer)
        if command_id is not None:
            self._in_flight[command_id] = waiting
        self._waiting.append(waiting)
        self._wake.set()
        return waiting

    async def _follow_clock(self) -> None:
        """Lets the day turn and departments open and close even when nobody asks for anything."""
        site = Actor("site", "clock")
        while True:
            if turning.is_watching(self._speculative, self.moment().at):
                self._accept(FollowClock(), site, None, b"", (), Language("en"))
            await asyncio.sleep(CLOCK_S)

    async def _work(self) -> None:
        while True:
            await self._wake.wait()
            taken, self._waiting = self._waiting[: self._largest_batch], self._waiting[self._largest_batch :]
            if not self._waiting:
                self._wake.clear()
            try:
                await self._commit([waiting for waiting in taken if not await self._repeat(waiting)])
            except JournalFault as fault:
                self._fail(fault, taken)
                return
            except Exception as error:
                log.exception("the service broke")
                self._fail(JournalFault(f"the hub broke while it worked on commands: {error!r}"), taken)
                return

    async def _commit(self, taken: list[_Waiting]) -> None:
        batch, given = self._decide(taken)
        if batch.events or batch.answers:
            await self._append(batch, len(taken))
        self._publish(batch, given)

    async def _append(self, batch: Batch, commands: int) -> None:
        started = asyncio.get_running_loop().time()
        await self._journal.append(batch)
        figures = Figures(commands, len(batch.events), asyncio.get_running_loop().time() - started)
        for watcher in self._watchers:
            watcher(figures)
        if batch.new_day is not None:
            self._ids = await self._journal.command_ids()

    def _task_ended(self, task: asyncio.Task[None]) -> None:
        """Neither ends by itself: without one of them nothing would be answered, or no day would turn."""
        if not task.cancelled() and (trouble := task.exception()) is not None:
            self._fail(JournalFault(f"the hub's {task.get_name()} broke: {trouble!r}"), [])

    async def _repeat(self, waiting: _Waiting) -> bool:
        """Settles a command that was answered before, if its answer is still kept."""
        command_id = waiting.command_id
        stored = await self._journal.find_answer(command_id) if command_id in self._ids else None
        if stored is None:
            return False
        del self._in_flight[stored.id]
        try:
            _same(stored.actor, stored.digest, waiting.by, waiting.digest)
        except CommandIdReused as reused:
            waiting.answer.set_exception(reused)
        else:
            answer = Answer(stored.status, stored.body, problem=stored.status >= 400)
            waiting.answer.set_result(answer.again())
        return True

    def _decide(self, taken: list[_Waiting]) -> tuple[Batch, list[tuple[_Waiting, Answer]]]:
        """Decides each on the state that the ones before it leave behind; one command after the other."""
        batch, given = Batch(), []
        for waiting in taken:
            moment = self.moment()
            for event in turning.due(self._speculative, moment.at):
                self._record(batch, event, moment, Actor("site", "clock"), None)
            given.append((waiting, self._answer(batch, waiting, moment)))
        return batch, given

    def _answer(self, batch: Batch, waiting: _Waiting, moment: Moment) -> Answer:
        try:
            decision = decide(self._speculative, _made(waiting.command, self._speculative), moment)
            rows = self._known.admit(waiting.private, decision.events)
            encoded = answers.encode(decision.result, self._speculative, self._known)
        except Refusal as refusal:
            answer = Answer(*answers.encode_problem(refusal, waiting.language), problem=True)
        except Exception:  # `decide` changes nothing: one command that breaks it must not take the others along
            log.exception("a command could not be decided: %s", kind_of(waiting.command).__name__)
            return Answer(*answers.encode_problem(InternalFault(), waiting.language), problem=True)
        else:
            answer = Answer(*encoded, problem=False)
            for event in decision.events:
                self._record(batch, event, moment, waiting.by, waiting.command_id)
            batch.side_rows.extend(rows)
        if waiting.command_id is not None:
            stored = StoredAnswer(
                waiting.command_id, str(waiting.by), waiting.digest, answer.status, answer.body, moment.at
            )
            batch.answers.append(stored)
        return answer

    def _record(self, batch: Batch, event: Event, moment: Moment, by: Actor, command_id: CommandId | None) -> None:
        self._last_seq += 1
        evolve(self._speculative, self._last_seq, moment.at, event, command_id)
        if isinstance(event, DayOpened):
            batch.new_day = moment.at
            batch.kept = Kept(
                frozenset(token.id for token in event.carried), frozenset(known.id for known in event.appointments)
            )
        elif isinstance(event, CommandUndone):
            batch.undone.extend((token, event.command) for token in event.tokens)
        day = self._speculative.day
        batch.events.append(Recorded(self._last_seq, moment.at, day, event, str(by), command_id))

    def _publish(self, batch: Batch, given: list[tuple[_Waiting, Answer]]) -> None:
        if batch.new_day is not None:
            self.private.forget_day(batch.kept)
        for row in batch.side_rows:
            self.private.add(row)
        self._known.published()
        for recorded in batch.events:
            evolve(self.published, recorded.seq, recorded.at, recorded.event, recorded.command_id)
            self.seq = recorded.seq
            self._tell(recorded)
        for waiting, answer in given:
            if waiting.command_id is not None:
                self._ids.add(waiting.command_id)
                del self._in_flight[waiting.command_id]
            waiting.answer.set_result(answer)

    def _tell(self, recorded: Recorded) -> None:
        for subscriber in self._subscribers:
            try:
                subscriber(recorded)
            except Exception:  # the event is durable and applied: a reader that breaks must not take the hub along
                log.exception("a reader of event %d broke", recorded.seq)

    def _fail(self, fault: JournalFault, taken: list[_Waiting]) -> None:
        """Nothing can be made durable any more: nobody gets an answer that could be wrong, the process must end."""
        log.error("the journal failed: %s", fault)
        if not self.failed.done():
            self.failed.set_result(fault)
        for waiting in (*taken, *self._waiting):
            if not waiting.answer.done():
                waiting.answer.set_exception(fault)

    def _replayed(self, recorded: Recorded) -> None:
        """In the journal's thread, before anybody else sees the state."""
        evolve(self.published, recorded.seq, recorded.at, recorded.event, recorded.command_id)


def kind_of(command: Command | Prepared) -> type:
    return command.kind if isinstance(command, Prepared) else type(command)


def _made(command: Command | Prepared, clinic: Clinic) -> Command:
    return command.make(clinic) if isinstance(command, Prepared) else command


def new_command_id() -> CommandId:
    return CommandId(secrets.token_hex(16))


def _same(actor: str, digest: bytes, by: Actor, other: bytes) -> None:
    if actor != str(by) or digest != other:
        raise CommandIdReused
