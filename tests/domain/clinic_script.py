"""A clinic in memory: sentences in, events and answers out. Time is what the test says it is."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from itertools import count

from hub.domain import commands as asked
from hub.domain import events as happened
from hub.domain.clinic import Clinic, Moment, Token
from hub.domain.commands import UNCHECKED, Command, OfflineToken, Unchecked
from hub.domain.configuration import Department, Operator, PlanStep, Room, Shift, Site, Unit, VisitType
from hub.domain.decide import decide
from hub.domain.events import Event, TokenCalled
from hub.domain.evolve import evolve
from hub.domain.queues import waiting_in_order
from hub.domain.results import Called, Decision, Issued, Leased, Result
from hub.domain.turning import due
from smartqueue.errors import Refusal
from smartqueue.terms import (
    AnnouncementId,
    AppointmentId,
    CancelReason,
    ChoiceReason,
    CommandId,
    Day,
    DepartmentId,
    Instant,
    Language,
    LeaseId,
    OperatorId,
    Outcome,
    ParkReason,
    Priority,
    PriorityReason,
    Role,
    RoomId,
    Tick,
    TokenId,
    UnitKind,
    UnitName,
    VisitTypeId,
)

EN = Language("en")
MORNING = Instant(int(datetime(2026, 3, 2, 8, 0, tzinfo=UTC).timestamp() * 1000))
BOOT = Tick(1_000_000)
OF_A_ROOM = (
    happened.TokenCalled,
    happened.ServiceStarted,
    happened.ServiceFinished,
    happened.NoShowMarked,
    happened.TokenParked,
    happened.TokenTransferred,
    happened.RoomOpened,
    happened.RoomPaused,
    happened.RoomClosed,
)
"""What a room's command brings about, and undo takes back; who is parked out of the queue belongs to no room."""


def department(identifier: str, letter: str, **more: object) -> Department:
    plain = Department(DepartmentId(identifier), letter, {EN: identifier.title()}, {}, "stethoscope", 0)
    return replace(plain, **more)  # type: ignore[arg-type]


def room(number: str, *departments: str) -> Room:
    return Room(RoomId(f"room-{number}"), number, tuple(DepartmentId(d) for d in departments))


def doctor(identifier: str, number: str | None = None, *departments: str, **more: object) -> Operator:
    """number: of the room in which they work."""
    plain = Operator(
        OperatorId(identifier),
        Role.DOCTOR,
        tuple(DepartmentId(d) for d in departments),
        RoomId(f"room-{number}") if number else None,
    )
    return replace(plain, **more)  # type: ignore[arg-type]


def shift(weekday: int, begins: int, ends: int, number: str | None = None) -> Shift:
    """begins, ends: hours of the day."""
    return Shift(weekday, begins * 60, ends * 60, RoomId(f"room-{number}") if number else None)


def step(*departments: str, doctor: str | None = None) -> PlanStep:
    return PlanStep(tuple(DepartmentId(d) for d in departments), OperatorId(doctor) if doctor else None)


def visit_type(identifier: str, *steps: PlanStep) -> VisitType:
    return VisitType(VisitTypeId(identifier), {EN: identifier.title()}, steps)


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
        self.last_command: dict[RoomId, CommandId] = {}
        """Of each room, the last one that made events there."""
        self._names: Iterator[int] = count(1)
        self._commands: Iterator[int] = count(1)

    # --- the site and time ----------------------------------------------------------------------------

    def configure(
        self,
        *departments: Department,
        rooms: tuple[Room, ...] = (),
        operators: tuple[Operator, ...] = (),
        **more: object,
    ) -> "ClinicScript":
        self.do(asked.ConfigureSite(site(**more), departments, rooms, operators))
        self.do(asked.FollowClock())
        return self

    def reconfigure(
        self,
        *departments: Department,
        rooms: tuple[Room, ...] | None = None,
        operators: tuple[Operator, ...] | None = None,
        **more: object,
    ) -> Result | None:
        """Departments take the place of those of the same id; what is left out stays as it is."""
        state, changed = self.state, {one.id: one for one in departments}
        kept = {**state.departments, **changed}
        return self.do(
            asked.ConfigureSite(
                replace(state.configured(), **more),  # type: ignore[arg-type]
                tuple(kept.values()),
                tuple(state.rooms.values()) if rooms is None else rooms,
                tuple(state.operators.values()) if operators is None else operators,
            )
        )

    def do(self, command: Command, *, after_s: float = 0) -> Result | None:
        """The result, or None when it was refused (then `refused` says why)."""
        self.pass_time(after_s)
        moment = Moment(self.now, self.tick, BOOT)
        for event in due(self.state, self.now):
            self._happened(event)
        self.command_id = CommandId(f"command-{next(self._commands)}")
        self.refused = None
        try:
            decision = self._decide(command, moment)
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

    def until(self, clock: str) -> "ClinicScript":
        """Goes on to the next time that the clock (UTC) shows this, e.g. `09:30`; the hub follows it."""
        self.pass_time((self.instant(clock) - self.now) / 1000)
        self.do(asked.FollowClock())
        return self

    def instant(self, clock: str) -> Instant:
        """The next time, from now on, that the clock (UTC) shows this."""
        hours, minutes = map(int, clock.split(":"))
        now = datetime.fromtimestamp(self.now / 1000, UTC)
        then = now.replace(hour=hours, minute=minutes, second=0, microsecond=0)
        return Instant(int((then if then >= now else then + timedelta(days=1)).timestamp() * 1000))

    def admit(self, unit: Unit) -> Result | None:
        return self.do(asked.AdmitUnit(unit))

    # --- tokens ---------------------------------------------------------------------------------------

    def issue(
        self,
        department: str = "medicine",
        *,
        doctor: str | None = None,
        services: tuple[str, ...] = (),
        visit_type: str | None = None,
        override: str | None = None,
        after_s: float = 0,
        **more: object,
    ) -> str | None:
        """The label, or None when refused. more: as in IssueToken, e.g. priority and needs."""
        command = asked.IssueToken(
            self.new_token(),
            DepartmentId(department),
            services=tuple(DepartmentId(one) for one in services),
            visit_type=VisitTypeId(visit_type) if visit_type else None,
            doctor=OperatorId(doctor) if doctor else None,
            override=OperatorId(override) if override else None,
            **more,  # type: ignore[arg-type]
        )
        result = self.do(command, after_s=after_s)
        return result.label if isinstance(result, Issued) else None

    def cancel(self, label: str, **time: float) -> Result | None:
        return self.do(asked.CancelToken(self.token(label).id, CancelReason.PATIENT), **time)

    def come_back(self, label: str, **time: float) -> Result | None:
        """Somebody who did not come when called is here now."""
        return self.do(asked.ReturnToken(self.token(label).id), **time)

    def park(self, label: str, *, room: str | None = None, **time: float) -> Result | None:
        return self.do(asked.ParkToken(self.token(label).id, ParkReason.EXAMINATION, None, room_id(room)), **time)

    def resume(self, label: str, **time: float) -> Result | None:
        return self.do(asked.ResumeToken(self.token(label).id), **time)

    def transfer(
        self,
        label: str,
        department: str | None = None,
        *,
        doctor: str | None = None,
        plan: tuple[PlanStep, ...] | None = None,
        room: str | None = None,
        **time: float,
    ) -> Result | None:
        command = asked.TransferToken(
            self.token(label).id,
            DepartmentId(department) if department else None,
            OperatorId(doctor) if doctor else None,
            plan,
            None,
            room_id(room),
        )
        return self.do(command, **time)

    def set_priority(
        self, label: str, priority: Priority, reason: PriorityReason = PriorityReason.WORSE, **time: float
    ) -> Result | None:
        return self.do(asked.SetPriority(self.token(label).id, priority, reason), **time)

    def any_doctor(self, label: str, **time: float) -> Result | None:
        return self.do(asked.ReleaseDoctor(self.token(label).id), **time)

    # --- rooms ----------------------------------------------------------------------------------------

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
        result = self.do(asked.CallNext(RoomId(f"room-{number}"), believed, tick, outcome), after_s=after_s)
        return result if isinstance(result, Called) else None

    def presses(self, number: str, times: int, *, after_s: float = 60) -> list[str | None]:
        """The labels that so many presses of Next call."""
        results = [self.press(number, after_s=after_s) for _ in range(times)]
        return [result.label if result is not None else self.refused for result in results]

    def call(
        self, label: str, number: str = "3", *, reason: ChoiceReason = ChoiceReason.RESULT, after_s: float = 60
    ) -> Called | None:
        """An operator calls this one and not the next."""
        command = asked.CallToken(self.token(label).id, RoomId(f"room-{number}"), reason)
        result = self.do(command, after_s=after_s)
        return result if isinstance(result, Called) else None

    def recall(self, label: str, *, room: str | None = None, **time: float) -> Result | None:
        """room: the only one in which the asker may act."""
        return self.do(asked.Recall(self.token(label).id, None, room_id(room)), **time)

    def start(self, label: str, **time: float) -> Result | None:
        return self.do(asked.StartService(self.token(label).id), **time)

    def finish(self, label: str, **time: float) -> Result | None:
        return self.do(asked.FinishService(self.token(label).id), **time)

    def no_show(self, label: str, **time: float) -> Result | None:
        return self.do(asked.MarkNoShow(self.token(label).id), **time)

    def serve(self, number: str = "3", *, walk_s: float = 10, service_s: float = 590) -> str | None:
        """Calls the next one, who walks in and is served; tells the label."""
        called = self.press(number, after_s=0)
        if called is None or called.label is None:
            return None
        self.start(called.label, after_s=walk_s)
        self.finish(called.label, after_s=service_s)
        return called.label

    def undo(self, number: str = "3", *, command: str | None = None, after_s: float = 5) -> Result | None:
        """Takes back the last command that made events in the room, or the one that is named."""
        identifier = RoomId(f"room-{number}")
        known = CommandId(command) if command else self.last_command.get(identifier, CommandId("none"))
        return self.do(asked.UndoLast(identifier, known), after_s=after_s)

    def open_room(self, number: str, **time: float) -> Result | None:
        return self.do(asked.OpenRoom(RoomId(f"room-{number}")), **time)

    def pause_room(self, number: str, *, back_in_min: int | None = None, **time: float) -> Result | None:
        back_at = Instant(self.now + back_in_min * 60_000) if back_in_min is not None else None
        return self.do(asked.PauseRoom(RoomId(f"room-{number}"), back_at), **time)

    def close_room(self, number: str, **time: float) -> Result | None:
        return self.do(asked.CloseRoom(RoomId(f"room-{number}")), **time)

    def assign(self, number: str, operator: str | None, *departments: str, **time: float) -> Result | None:
        """Without departments: those that the room is configured for."""
        works_for = tuple(DepartmentId(d) for d in departments) or None
        who = OperatorId(operator) if operator else None
        return self.do(asked.AssignRoom(RoomId(f"room-{number}"), who, works_for), **time)

    def acknowledge(self, announcement: str, *, heard: bool = True) -> Result | None:
        return self.do(asked.AcknowledgeAnnouncement(AnnouncementId(announcement), heard))

    # --- leases and appointments ----------------------------------------------------------------------

    def kiosk(self, name: str = "kiosk-1") -> UnitName:
        """A kiosk that belongs to the site from now on."""
        self.admit(Unit(UnitName(name), UnitKind.KIOSK))
        return UnitName(name)

    def lease(self, kiosk: str, department: str = "medicine", *, tomorrow: bool = False) -> Leased | None:
        identifier = LeaseId(f"lease-{next(self._names)}")
        result = self.do(asked.GrantLease(identifier, UnitName(kiosk), DepartmentId(department), tomorrow))
        return result if isinstance(result, Leased) else None

    def offline(self, number: int, *, issued_at: Instant | None = None, **more: object) -> OfflineToken:
        """What a kiosk that was alone gave to somebody, now or when it is said."""
        plain = OfflineToken(self.new_token(), CommandId(f"touch-{number}"), number, issued_at or self.now)
        return replace(plain, **more)  # type: ignore[arg-type]

    def merge(
        self, lease: Leased, kiosk: str, *tokens: OfflineToken, last_contact: Instant = Instant(0)
    ) -> Result | None:
        return self.do(asked.MergeTokens(lease.lease, UnitName(kiosk), last_contact, tokens))

    def book(self, clock: str, department: str = "medicine", **more: object) -> AppointmentId:
        """clock: the next time that it shows this. more: as in BookAppointment."""
        identifier = AppointmentId(f"appointment-{next(self._names)}")
        booking = asked.BookAppointment(identifier, DepartmentId(department), self.instant(clock))
        self.do(replace(booking, **more))  # type: ignore[arg-type]
        return identifier

    def check_in(self, appointment: AppointmentId, *, after_s: float = 0, **more: object) -> str | None:
        """The label, or None when refused."""
        command = asked.CheckIn(appointment, self.new_token(), **more)  # type: ignore[arg-type]
        result = self.do(command, after_s=after_s)
        return result.label if isinstance(result, Issued) else None

    # --- what there is now ----------------------------------------------------------------------------

    def token(self, label: str) -> Token:
        return next(token for token in reversed(self.state.tokens.values()) if token.label == label)

    def current(self, number: str = "3") -> str | None:
        identifier = self.state.desks[RoomId(f"room-{number}")].current
        return self.state.tokens[identifier].label if identifier else None

    def queue(self, department: str = "medicine") -> list[str]:
        """Labels of those who wait, in calling order."""
        waiting = waiting_in_order(self.state.queues[DepartmentId(department)])
        return [self.state.tokens[token].label for token in waiting]

    def last_call(self) -> TokenCalled:
        return next(event for event in reversed(self.events) if isinstance(event, TokenCalled))

    def overtaken(self) -> list[str]:
        """Labels of those whom the last call overtook."""
        return [self.state.tokens[token].label for token in self.last_call().overtook]

    def happened(self, kind: type) -> list[Event]:
        return [event for event in self.events if isinstance(event, kind)]

    def day(self) -> Day:
        return self.state.day

    def replayed(self) -> Clinic:
        """The state that the same events give a second time."""
        return self._again

    def new_token(self) -> TokenId:
        return TokenId(f"t{next(self._names)}")

    def _decide(self, command: Command, moment: Moment) -> Decision:
        return decide(self.state, command, moment)

    def _happened(self, event: Event, command: CommandId | None = None) -> None:
        self.seq += 1
        self.events.append(event)
        self.journal.append((self.seq, self.now, event, command))
        if command is not None and isinstance(event, OF_A_ROOM) and event.room is not None:
            self.last_command[event.room] = command
        evolve(self.state, self.seq, self.now, event, command)
        if self.seq == 1:
            self._again = Clinic()
        evolve(self._again, self.seq, self.now, event, command)


def room_id(number: str | None) -> RoomId | None:
    return RoomId(f"room-{number}") if number else None


def kinds(events: list[Event]) -> list[type]:
    return [type(event) for event in events]
