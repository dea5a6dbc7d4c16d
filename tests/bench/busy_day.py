"""A clinic's busy day against the domain alone: 2,000 tokens and every verb; people come late, leave and return.

Time is made up and chance is seeded: the same commands in every run. Only what `decide` takes is measured.
"""

import heapq
import random
import time
from collections import Counter, defaultdict
from collections.abc import Callable
from datetime import UTC, datetime
from itertools import count

from hub.domain.clinic import Clinic, Moment
from hub.domain.commands import (
    AcknowledgeAnnouncement,
    AdmitUnit,
    AssignRoom,
    BookAppointment,
    CallNext,
    CallToken,
    CancelAppointment,
    CancelToken,
    CheckIn,
    Command,
    ConfigureSite,
    FinishService,
    FollowClock,
    GrantLease,
    ImportAppointments,
    IssueToken,
    MarkNoShow,
    MergeTokens,
    OfflineToken,
    OpenRoom,
    ParkToken,
    PauseRoom,
    Recall,
    ReleaseDoctor,
    ResumeIssuing,
    ResumeToken,
    ReturnToken,
    SetAvailability,
    SetPriority,
    StartService,
    StopIssuing,
    TransferToken,
    UndoLast,
)
from hub.domain.configuration import Department, Operator, PlanStep, Room, Site, Unit, VisitType
from hub.domain.decide import decide
from hub.domain.events import Event
from hub.domain.evolve import evolve
from hub.domain.results import Called, Leased, Result
from hub.domain.turning import due
from smartqueue.errors import Refusal
from smartqueue.terms import (
    AppointmentId,
    CancelReason,
    ChoiceReason,
    CommandId,
    DepartmentId,
    Instant,
    Language,
    LeaseId,
    Need,
    OperatorId,
    ParkReason,
    Priority,
    PriorityReason,
    Role,
    RoomId,
    Tick,
    TokenId,
    TokenState,
    UnitKind,
    UnitName,
    VisitTypeId,
)

TOKENS = 2000
APPOINTMENTS = 300
OFFLINE = 20
"""Tokens of one kiosk that was alone for a while."""
OPENING = Instant(int(datetime(2026, 3, 2, 8, 0, tzinfo=UTC).timestamp() * 1000))
ARRIVALS_S = 9 * 3600
OPENS_MIN, CLOSES_MIN = 8 * 60, 6 * 60
"""Over midnight: it is watched all day whether the last token must be given, and it never must."""
LAST_PRESS = OPENING + 12 * 3_600_000
EN = Language("en")
KIOSK = UnitName("kiosk-hall")
LABORATORY = DepartmentId("laboratory")
CLINICS = tuple(DepartmentId(name) for name in ("medicine", "surgery", "paediatrics", "cardiology", "eyes", "skin"))
CHECK_UP = VisitTypeId("check-up")
ROOMS_EACH = 4
SERVICE_MIN = 5.5


def configuration() -> ConfigureSite:
    """Six clinics and a laboratory with four rooms each; each doctor's last room serves a second department, too."""
    places = (*CLINICS, LABORATORY)
    letters = "AKRXHML"
    departments = tuple(_department(place, letter) for place, letter in zip(places, letters, strict=True))
    rooms = tuple(
        Room(RoomId(f"room-{index}-{number}"), f"{index}{number}", _served(index, number))
        for index in range(len(places))
        for number in range(ROOMS_EACH)
    )
    doctors = tuple(Operator(OperatorId(f"doctor-{room.number}"), Role.DOCTOR, room=room.id) for room in rooms)
    site = Site("bench", {EN: "Bench"}, (EN,), EN, "UTC", skip_numbers=(13,))
    return ConfigureSite(site, departments, rooms, doctors)


def _department(place: DepartmentId, letter: str) -> Department:
    check_up = VisitType(CHECK_UP, {EN: "Check-up"}, (PlanStep((LABORATORY,)), PlanStep((place,))))
    visit_types = () if place == LABORATORY else (check_up,)
    hours = {"opens": OPENS_MIN, "closes": CLOSES_MIN, "minutes": 6, "visit_types": visit_types}
    return Department(place, letter, {EN: place.title()}, {}, "stethoscope", 0, **hours)  # type: ignore[arg-type]


def _served(index: int, number: int) -> tuple[DepartmentId, ...]:
    places = (*CLINICS, LABORATORY)
    return (places[index], places[(index + 1) % len(places)]) if number == ROOMS_EACH - 1 else (places[index],)


class BusyDay:
    """decide_s: seconds of each decision, by kind of command. journal: arguments of `evolve`, in order.

    refused: how often, by kind and code. most_waiting: in one queue at once.
    """

    def __init__(self, seed: int = 1) -> None:
        self.decide_s: defaultdict[type[Command], list[float]] = defaultdict(list)
        self.journal: list[tuple[int, Instant, Event, CommandId | None]] = []
        self.refused: Counter[tuple[str, str]] = Counter()
        self.most_waiting = 0
        self.clinic = Clinic()
        self._chance = random.Random(seed)
        self._at = OPENING
        self._names = count(1)
        self._agenda: list[tuple[int, int, Callable[[], None]]] = []
        self._last: dict[RoomId, CommandId] = {}

    def go(self) -> "BusyDay":
        self._ask(configuration())
        self._ask(AdmitUnit(Unit(KIOSK, UnitKind.KIOSK)))
        self._ask(FollowClock())
        self._plan_day()
        while self._agenda:
            self._at, _, act = heapq.heappop(self._agenda)
            act()
        return self

    # --- the day ---

    def _plan_day(self) -> None:
        chance = self._chance
        for _ in range(TOKENS - APPOINTMENTS - OFFLINE):
            self._later(chance.uniform(0, ARRIVALS_S), self._arrive)
        self._appointments()
        for room in self.clinic.rooms.values():
            doctor = OperatorId(f"doctor-{room.number}")
            self._ask(AssignRoom(room.id, doctor))
            self._later(chance.uniform(0, 300), lambda room=room.id: self._press(room))
            for hour in (2, 5, 8):
                break_s = hour * 3600 + int(room.number[-1]) * 900
                self._later(break_s, lambda r=room.id, d=doctor: self._break(r, d))
        for department in (*CLINICS, LABORATORY):
            for hour in range(10):
                self._later(hour * 3600 + 60, lambda place=department: self._lease(place))
        self._later(4 * 3600, self._kiosk_is_back)
        for second in range(0, 12 * 3600, 60):
            self._later(second + 1, self._tick_over)

    def _appointments(self) -> None:
        rows = tuple(
            BookAppointment(
                AppointmentId(f"a{number}"),
                self._chance.choice(CLINICS),
                Instant(OPENING + 60_000 * (15 + number * 8 * 60 // APPOINTMENTS)),
                reference=f"reference-{number}",
            )
            for number in range(APPOINTMENTS)
        )
        self._ask(ImportAppointments(rows))
        for row in rows:
            delay_s = (row.at - OPENING) / 1000 + self._chance.gauss(-600, 600)
            self._later(max(delay_s, 0), lambda row=row: self._come_as_booked(row))
            spare = BookAppointment(AppointmentId(f"spare-{row.appointment}"), row.department, row.at)
            self._later(self._chance.uniform(0, (row.at - OPENING) / 1000), lambda spare=spare: self._book(spare))

    def _book(self, spare: BookAppointment) -> None:
        self._ask(spare)
        self._later(60, lambda: self._ask(CancelAppointment(spare.appointment)))

    def _come_as_booked(self, row: BookAppointment) -> None:
        self._ask(CheckIn(row.appointment, self._token()))

    def _tick_over(self) -> None:
        self._ask(FollowClock())
        self.most_waiting = max(self.most_waiting, *(len(queue) for queue in self.clinic.queues.values()))

    def _lease(self, place: DepartmentId) -> None:
        for tomorrow in (False, True):
            self._ask(GrantLease(LeaseId(f"l{next(self._names)}"), KIOSK, place, tomorrow))
        if place == LABORATORY:
            self._ask(StopIssuing(place))
            self._ask(ResumeIssuing(place))

    def _kiosk_is_back(self) -> None:
        lease = self._ask(GrantLease(LeaseId("none"), KIOSK, CLINICS[0]))
        assert isinstance(lease, Leased)
        numbers = range(lease.first, lease.first + OFFLINE)
        began = Instant(self._at - 1_800_000)
        tokens = [
            OfflineToken(self._token(), CommandId(f"offline-{number}"), number, Instant(began + number))
            for number in numbers
        ]
        for first in range(0, OFFLINE, 5):
            self._ask(MergeTokens(lease.lease, KIOSK, began, tuple(tokens[first : first + 5])))

    # --- people ---

    def _arrive(self) -> None:
        chance, place, token = self._chance, self._chance.choice(CLINICS), self._token()
        kind = chance.random()
        needs = (Need.ELDERLY,) if chance.random() < 0.2 else ()
        if kind < 0.15:
            command = IssueToken(token, place, EN, needs, visit_type=CHECK_UP)
        elif kind < 0.25:
            command = IssueToken(token, place, EN, needs, services=(LABORATORY,))
        elif kind < 0.4:
            command = IssueToken(token, place, EN, needs, doctor=self._doctor_of(place))
        elif kind < 0.41:
            command = IssueToken(token, place, EN, needs, Priority.EMERGENCY)
        else:
            command = IssueToken(token, place, EN, needs)
        if self._ask(command) is not None:
            self._waits(token)

    def _waits(self, token: TokenId) -> None:
        """What may happen to somebody who waits."""
        chance, in_s = self._chance, self._chance.uniform(60, 1800)
        what = chance.random()
        if what < 0.06:
            self._later(in_s, lambda: self._if(token, TokenState.WAITING, CancelToken(token, CancelReason.PATIENT)))
        elif what < 0.12:
            worse = SetPriority(token, Priority.HIGH, PriorityReason.WORSE)
            self._later(in_s, lambda: self._if(token, TokenState.WAITING, worse))
        elif what < 0.18:
            self._later(in_s, lambda: self._if(token, TokenState.WAITING, ParkToken(token, ParkReason.STEP_OUT)))
            self._later(in_s + 600, lambda: self._if(token, TokenState.PARKED, ResumeToken(token)))
        if self.clinic.tokens[token].doctor is not None:
            self._later(1800, lambda: self._if(token, TokenState.WAITING, ReleaseDoctor(token)))

    # --- rooms ---

    def _press(self, room: RoomId) -> None:
        """Next, or now and then a chosen label; somebody comes or not."""
        chosen = self._chosen(room) if self._chance.random() < 0.08 else None
        called = self._ask(CallToken(chosen, room, ChoiceReason.SHORT) if chosen else CallNext(room), room)
        if not isinstance(called, Called) or called.token is None:
            if self._at < LAST_PRESS:
                self._later(60, lambda: self._press(room))
            return
        self._ask(AcknowledgeAnnouncement(self.clinic.calls[-1].announcement))
        token, what = called.token, self._chance.random()
        if what < 0.06:
            self._later(5, lambda: self._undo(room))
        elif what < 0.16:
            self._later(40, lambda: self._if(token, TokenState.CALLED, Recall(token)))
            self._later(90, lambda: self._gives_up(room, token))
        else:
            self._later(30, lambda: self._comes_in(room, token))

    def _undo(self, room: RoomId) -> None:
        self._ask(UndoLast(room, self._last[room]))
        self._later(20, lambda: self._press(room))

    def _gives_up(self, room: RoomId, token: TokenId) -> None:
        self._ask(MarkNoShow(token), room)
        if self._chance.random() < 0.8:
            back_s = self._chance.uniform(120, 2400)
            self._later(back_s, lambda: self._if(token, TokenState.NO_SHOW, ReturnToken(token)))
        self._later(5, lambda: self._press(room))

    def _comes_in(self, room: RoomId, token: TokenId) -> None:
        if self._chance.random() < 0.7:
            self._ask(StartService(token), room)
        service_s = self._chance.gammavariate(4, SERVICE_MIN * 60 / 4)
        self._later(service_s + 20, lambda: self._leaves(room, token))

    def _leaves(self, room: RoomId, token: TokenId) -> None:
        what = self._chance.random()
        if what < 0.4:
            self._ask(FinishService(token), room)
        elif what < 0.47:
            self._ask(TransferToken(token, self._chance.choice(CLINICS)), room)
        elif what < 0.52:
            self._ask(ParkToken(token, ParkReason.EXAMINATION), room)
            self._later(900, lambda: self._if(token, TokenState.PARKED, ResumeToken(token)))
        self._press(room)

    def _break(self, room: RoomId, doctor: OperatorId) -> None:
        back_at = Instant(self._at + 600_000)
        self._ask(PauseRoom(room, back_at), room)
        self._ask(SetAvailability(doctor, available=False, back_at=back_at))
        self._later(600, lambda: self._back(room, doctor))

    def _back(self, room: RoomId, doctor: OperatorId) -> None:
        self._ask(OpenRoom(room), room)
        self._ask(SetAvailability(doctor, available=True))
        self._ask(AssignRoom(room, doctor, self.clinic.desks[room].departments[:1]))
        self._ask(AssignRoom(room, doctor))

    # --- helpers ---

    def _ask(self, command: Command, room: RoomId | None = None) -> Result | None:
        """One command, as the hub does it; None when it was refused. room: it may be undone there."""
        for event in due(self.clinic, self._at):
            self._happened(event, None)
        command_id = CommandId(f"command-{next(self._names)}")
        tick = Tick(self._at - OPENING + 1)
        began = time.perf_counter()
        try:
            decision = decide(self.clinic, command, Moment(self._at, tick, Tick(0)))
        except Refusal as refusal:
            decision = None
            self.refused[type(command).__name__, refusal.code] += 1
        self.decide_s[type(command)].append(time.perf_counter() - began)
        if decision is None:
            return None
        for event in decision.events:
            self._happened(event, command_id)
        if room is not None and decision.events:
            self._last[room] = command_id
        return decision.result

    def _happened(self, event: Event, command_id: CommandId | None) -> None:
        entry = len(self.journal) + 1, self._at, event, command_id
        self.journal.append(entry)
        evolve(self.clinic, *entry)

    def _if(self, token: TokenId, state: TokenState, command: Command) -> None:
        if self.clinic.tokens[token].state is state:
            self._ask(command)

    def _later(self, seconds: float, act: Callable[[], object]) -> None:
        heapq.heappush(self._agenda, (Instant(self._at + int(seconds * 1000)), next(self._names), act))

    def _token(self) -> TokenId:
        return TokenId(f"t{next(self._names)}")

    def _doctor_of(self, place: DepartmentId) -> OperatorId:
        room = self._chance.choice([room for room in self.clinic.rooms.values() if room.departments == (place,)])
        return OperatorId(f"doctor-{room.number}")

    def _chosen(self, room: RoomId) -> TokenId | None:
        waiting = self.clinic.queues[self.clinic.desks[room].departments[0]].entries
        return self._chance.choice(waiting)[-1] if waiting else None
