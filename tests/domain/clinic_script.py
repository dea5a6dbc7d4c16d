"""A clinic in memory: sentences in, events and answers out. Time is what the test says it is."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from itertools import count

from hub.domain.clinic import Clinic, Moment, Token
from hub.domain.commands import (
    UNCHECKED,
    AcknowledgeAnnouncement,
    AdmitUnit,
    CallNext,
    CancelToken,
    Command,
    ConfigureSite,
    FinishService,
    FollowClock,
    IssueToken,
    MarkNoShow,
    Recall,
    StartService,
    Unchecked,
)
from hub.domain.configuration import Department, Operator, Room, Site, Unit
from hub.domain.decide import decide
from hub.domain.events import Event
from hub.domain.evolve import evolve
from hub.domain.results import Called, Issued, Result
from hub.domain.turning import due
from smartqueue.errors import Refusal
from smartqueue.terms import (
    AnnouncementId,
    CancelReason,
    CommandId,
    Day,
    DepartmentId,
    Instant,
    Language,
    Need,
    Outcome,
    Priority,
    RoomId,
    Tick,
    TokenId,
)

EN = Language("en")
MORNING = Instant(int(datetime(2026, 3, 2, 8, 0, tzinfo=UTC).timestamp() * 1000))
BOOT = Tick(1_000_000)


def department(identifier: str, letter: str, **more: object) -> Department:
    plain = Department(DepartmentId(identifier), letter, {EN: identifier.title()}, {}, "stethoscope", 0)
    return replace(plain, **more)  # type: ignore[arg-type]


def room(number: str, *departments: str) -> Room:
    return Room(RoomId(f"room-{number}"), number, tuple(DepartmentId(d) for d in departments))


def site(**more: object) -> Site:
    plain = Site("clinic", {EN: "Riverside Clinic"}, (EN, Language("hi")), EN, "UTC")
    return replace(plain, **more)  # type: ignore[arg-type]


class ClinicScript:
    """Commands by their everyday words. `events`: all that happened, in order. `refused`: code of the last refusal."""

    def __init__(self) -> None:
        self.state = Clinic()
        self.now = MORNING
        self.tick = Tick(BOOT + 60_000)
        self.seq = 0
        self.events: list[Event] = []
        self.journal: list[tuple[int, Instant, Event, CommandId | None]] = []
        self.refused: str | None = None
        self._names: Iterator[int] = count(1)
        self._commands: Iterator[int] = count(1)

    def configure(self, *departments: Department, rooms: tuple[Room, ...] = (), **more: object) -> "ClinicScript":
        operators: tuple[Operator, ...] = ()
        self.do(ConfigureSite(site(**more), departments, rooms, operators))
        self.do(FollowClock())
        return self

    def do(self, command: Command, *, after_s: float = 0) -> Result | None:
        """The result, or None when it was refused (then `refused` says why)."""
        self.pass_time(after_s)
        moment = Moment(self.now, self.tick, BOOT)
        for event in due(self.state, self.now):
            self._happened(event)
        self.command_id = CommandId(f"command-{next(self._commands)}")
        self.refused = None
        try:
            decision = decide(self.state, command, moment)
        except Refusal as refusal:
            self.refused = refusal.code
            self.refusal = refusal
            return None
        for event in decision.events:
            self._happened(event, self.command_id)
        return decision.result

    def pass_time(self, seconds: float) -> None:
        self.now = Instant(self.now + int(seconds * 1000))
        self.tick = Tick(self.tick + int(seconds * 1000))

    def issue(
        self,
        department: str = "medicine",
        *,
        priority: Priority | None = None,
        needs: tuple[Need, ...] = (),
        after_s: float = 0,
    ) -> str | None:
        """The label, or None when refused."""
        token = TokenId(f"t{next(self._names)}")
        command = IssueToken(token, DepartmentId(department), None, needs, priority)
        result = self.do(command, after_s=after_s)
        return result.label if isinstance(result, Issued) else None

    def press(
        self,
        number: str = "3",
        *,
        after: str | Unchecked | None = UNCHECKED,
        after_s: float = 60,
        outcome: Outcome | None = None,
        tick: Tick | None = None,
    ) -> Called | None:
        """Next in a room. after: the label that the presser believes is current."""
        believed = self.token(after).id if isinstance(after, str) else after
        result = self.do(CallNext(RoomId(f"room-{number}"), believed, tick, outcome), after_s=after_s)
        return result if isinstance(result, Called) else None

    def recall(self, label: str, *, room: str | None = None, **time: float) -> Result | None:
        """room: the only one in which the asker may act."""
        own = RoomId(f"room-{room}") if room else None
        return self.do(Recall(self.token(label).id, None, own), **time)

    def start(self, label: str, **time: float) -> Result | None:
        return self.do(StartService(self.token(label).id), **time)

    def finish(self, label: str, **time: float) -> Result | None:
        return self.do(FinishService(self.token(label).id), **time)

    def no_show(self, label: str, **time: float) -> Result | None:
        return self.do(MarkNoShow(self.token(label).id), **time)

    def cancel(self, label: str, **time: float) -> Result | None:
        return self.do(CancelToken(self.token(label).id, CancelReason.PATIENT), **time)

    def acknowledge(self, announcement: str, *, heard: bool = True) -> Result | None:
        return self.do(AcknowledgeAnnouncement(AnnouncementId(announcement), heard))

    def admit(self, unit: Unit) -> Result | None:
        return self.do(AdmitUnit(unit))

    def token(self, label: str) -> Token:
        return next(token for token in reversed(self.state.tokens.values()) if token.label == label)

    def current(self, number: str = "3") -> str | None:
        identifier = self.state.desks[RoomId(f"room-{number}")].current
        return self.state.tokens[identifier].label if identifier else None

    def day(self) -> Day:
        return self.state.day

    def replayed(self) -> Clinic:
        """The state that the same events give a second time."""
        return self._again

    def _happened(self, event: Event, command: CommandId | None = None) -> None:
        self.seq += 1
        self.events.append(event)
        self.journal.append((self.seq, self.now, event, command))
        evolve(self.state, self.seq, self.now, event, command)
        if self.seq == 1:
            self._again = Clinic()
        evolve(self._again, self.seq, self.now, event, command)


def kinds(events: list[Event]) -> list[type]:
    return [type(event) for event in events]
