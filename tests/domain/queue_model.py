"""A second, slow reading of the queue rules: who is where and why, told from the events alone. It checks every call."""

from copy import copy
from dataclasses import dataclass, field
from fractions import Fraction

from clinic_script import OF_A_ROOM

from hub.domain import events as happened
from hub.domain.clinic import Clinic, Desk, Token
from hub.domain.configuration import PlanStep, Rules
from hub.domain.events import Event
from smartqueue.terms import (
    CallReason,
    CommandId,
    DepartmentId,
    EntryKind,
    Instant,
    OperatorId,
    Priority,
    RoomId,
    TokenId,
    TokenState,
)

MINUTE_MS = 60_000
DAY_MS = 24 * 60 * MINUTE_MS
STATES = TokenState
OPEN = (STATES.WAITING, STATES.CALLED, STATES.SERVING, STATES.PARKED)
WAYS = {
    (STATES.WAITING, STATES.CALLED),
    (STATES.CALLED, STATES.CALLED),
    (STATES.CALLED, STATES.SERVING),
    (STATES.SERVING, STATES.SERVED),
    (STATES.CALLED, STATES.NO_SHOW),
    (STATES.NO_SHOW, STATES.WAITING),
    (STATES.WAITING, STATES.WAITING),
    (STATES.CALLED, STATES.WAITING),
    (STATES.SERVING, STATES.WAITING),
    (STATES.WAITING, STATES.PARKED),
    (STATES.CALLED, STATES.PARKED),
    (STATES.SERVING, STATES.PARKED),
    (STATES.PARKED, STATES.WAITING),
    (STATES.WAITING, STATES.CANCELLED),
    (STATES.CALLED, STATES.CANCELLED),
    (STATES.PARKED, STATES.CANCELLED),
    *((state, STATES.UNSERVED) for state in OPEN),
}
"""From glossary, token states; `called -> served` goes by an implied start."""
REASONS = {
    EntryKind.ISSUE: CallReason.OLDEST,
    EntryKind.APPOINTMENT: CallReason.APPOINTMENT,
    EntryKind.TRANSFER: CallReason.TRANSFER,
    EntryKind.RETURN: CallReason.RETURN,
}


@dataclass
class Person:
    """A token as the rules see it."""

    id: TokenId
    department: DepartmentId
    priority: Priority
    base: int
    first_base: int
    credit_ms: int
    entered_at: int
    entry: int
    came_by: EntryKind
    doctor: OperatorId | None
    plan: tuple[PlanStep, ...]
    state: TokenState = STATES.WAITING
    room: RoomId | None = None
    attempt: int = 0
    returns: int = 0
    no_show_at: int = 0
    moved: int = 0
    """`seq` of the last event about it."""

    def rank(self) -> tuple[int, int, int]:
        return self.base - self.credit_ms, self.entered_at, self.entry

    def came(self) -> tuple[int, int]:
        return self.entered_at, self.entry


@dataclass
class Done:
    """A room's last command. people: before it. seqs: of its events."""

    command: CommandId
    current: TokenId | None
    people: dict[TokenId, Person] = field(default_factory=dict)
    seqs: list[int] = field(default_factory=list)


class QueueModel:
    """`apply` takes each event before the clinic evolves by it; `compare` says whether both are of one mind."""

    def __init__(self) -> None:
        self.people: dict[TokenId, Person] = {}
        self.current: dict[RoomId, TokenId] = {}
        self.counted: dict[DepartmentId, list[tuple[int, bool]]] = {}
        self.done: dict[RoomId, Done | None] = {}
        self.rules: dict[DepartmentId, Rules] = {}

    # --- what is so -----------------------------------------------------------------------------------

    def waiting(self, department: DepartmentId) -> list[Person]:
        return [one for one in self.people.values() if (one.state, one.department) == (STATES.WAITING, department)]

    def in_order(self, department: DepartmentId) -> list[Person]:
        waiting = self.waiting(department)
        emergencies = [one for one in waiting if one.priority is Priority.EMERGENCY]
        others = [one for one in waiting if one.priority is not Priority.EMERGENCY]
        return sorted(emergencies, key=Person.came) + sorted(others, key=Person.rank)

    def eligible(self, desk: Desk) -> list[Person]:
        """Step 1; an emergency waits for nobody (docs/decisions)."""
        return [
            one
            for department in desk.departments
            for one in self.waiting(department)
            if one.doctor in (None, desk.operator) or one.priority is Priority.EMERGENCY
        ]

    def run(self, department: DepartmentId) -> int:
        """Overtakes in a row, by all the calls that count and were not taken back."""
        run = 0
        for _, overtook in self.counted.get(department, ()):
            run = run + 1 if overtook else 0
        return run

    def next(self, clinic: Clinic, desk: Desk, at: Instant) -> tuple[Person, bool] | None:
        """Steps 2 to 5: who is called, and whether it is by the cap."""
        eligible = self.eligible(desk)
        emergencies = [one for one in eligible if one.priority is Priority.EMERGENCY]
        if not eligible or emergencies:
            return (min(emergencies, key=Person.came), False) if emergencies else None

        def urgency(one: Person) -> tuple[Fraction, int, int]:
            configured = clinic.departments[one.department]
            waited = Fraction(max(at - one.entered_at, 0), configured.target_min)
            return -waited * Fraction(configured.weight), *one.came()

        first_of = {one.department: one for one in sorted(eligible, key=Person.came, reverse=True)}
        department = min(first_of.values(), key=urgency).department
        candidates = [one for one in eligible if one.department == department]
        first, rules = min(candidates, key=Person.rank), self.rules[department]
        normal = [one for one in candidates if one.priority is Priority.NORMAL]
        if normal and not rules.strict and self.run(department) >= rules.run_cap:
            oldest = min(normal, key=Person.came)
            return oldest, oldest is not first
        return first, False

    # --- what happens ---------------------------------------------------------------------------------

    def apply(self, clinic: Clinic, seq: int, at: Instant, event: Event, command: CommandId | None) -> None:
        self._watch(event, command)
        match event:
            case happened.SiteConfigured() | happened.DayOpened():
                self._configured(event)
            case happened.TokenIssued():
                self._issued(clinic, seq, at, event)
            case happened.TokenCalled():
                self._called(clinic, seq, at, event)
            case happened.ServiceStarted():
                self._to(event.token, STATES.SERVING, event.room)
            case happened.ServiceFinished(next=None):
                self._to(event.token, STATES.SERVED)
            case happened.ServiceFinished():
                self._next_step(seq, at, event)
            case happened.NoShowMarked():
                self._to(event.token, STATES.NO_SHOW).no_show_at = at
            case happened.TokenReturned():
                self._returned(seq, at, event)
            case happened.TokenParked():
                self._to(event.token, STATES.PARKED)
            case happened.TokenResumed():
                self._to(event.token, STATES.WAITING)
            case happened.TokenTransferred():
                self._wait_in(self.people[event.token], event.department, seq, at)
                self.people[event.token].doctor, self.people[event.token].plan = event.doctor, event.plan
            case happened.PrioritySet():
                person = self.people[event.token]
                person.priority = event.priority
                person.credit_ms = self._credit(person)
            case happened.DoctorReleased():
                self.people[event.token].doctor = None
            case happened.TokenCancelled():
                self._to(event.token, STATES.CANCELLED)
            case happened.DayClosed():
                for token in event.unserved:
                    self._to(token, STATES.UNSERVED)
            case happened.CommandUndone():
                self._undone(event)
        self._note(seq, event, command)

    def _watch(self, event: Event, command: CommandId | None) -> None:
        if command is None or not isinstance(event, OF_A_ROOM) or event.room is None:
            return
        room, token = event.room, getattr(event, "token", None)
        done = self.done.get(room)
        if done is None or done.command != command:
            done = self.done[room] = Done(command, self.current.get(room))
        if token is not None:
            done.people.setdefault(token, copy(self.people[token]))

    def _note(self, seq: int, event: Event, command: CommandId | None) -> None:
        token = getattr(event, "token", None)
        if token is not None:
            self.people[token].moved = seq
        for done in self.done.values():
            if done is not None and command is not None and done.command == command:
                done.seqs.append(seq)

    def _configured(self, event: happened.SiteConfigured | happened.DayOpened) -> None:
        self.rules = {one.id: one.rules or event.site.rules for one in event.departments}
        if isinstance(event, happened.DayOpened):
            alive = {one.id for one in self.people.values() if one.state in OPEN}
            assert alive == {one.id for one in event.carried}, "whoever is carried is whoever was not closed"
            self.people = {token: self.people[token] for token in alive}
            self.counted, self.done = {}, {}
        for person in (
            *self.people.values(),
            *(one for done in self.done.values() if done for one in done.people.values()),
        ):
            if person.department in self.rules and (person.came_by is not EntryKind.RETURN or person.credit_ms):
                person.credit_ms = self._credit(person)
            if person.base < person.entered_at - 200 * DAY_MS and not self.rules[person.department].strict:
                person.base = person.entered_at

    def _credit(self, person: Person) -> int:
        rules = self.rules[person.department]
        if person.priority is not Priority.HIGH:
            return 0
        return 400 * DAY_MS if rules.strict else rules.credit_min * MINUTE_MS

    def _issued(self, clinic: Clinic, seq: int, at: Instant, event: happened.TokenIssued) -> None:
        base, came_by = int(at), EntryKind.ISSUE
        if event.appointment is not None:
            booked = clinic.appointments[event.appointment].booked.at
            base = booked if at <= booked + self.rules[event.department].late_min * MINUTE_MS else at
            came_by = EntryKind.APPOINTMENT
        elif event.lease is not None:
            assert event.base is not None
            assert event.base <= at
            base = event.base
        entered_at = base if event.lease is not None else max(base, at)
        person = Person(
            event.token,
            event.department,
            event.priority,
            base,
            base,
            0,
            entered_at,
            seq,
            came_by,
            event.doctor,
            event.plan,
        )
        person.credit_ms = self._credit(person)
        assert event.token not in self.people
        self.people[event.token] = person

    def _called(self, clinic: Clinic, seq: int, at: Instant, event: happened.TokenCalled) -> None:
        person = self.people[event.token]
        if person.state is STATES.CALLED:
            assert (event.attempt, event.room) == (person.attempt + 1, person.room), "a recall, in the same room"
        else:
            assert event.attempt == 1
            self._check_call(clinic, clinic.desks[event.room], person, seq, at, event)
        self._to(event.token, STATES.CALLED, event.room).attempt = event.attempt

    def _check_call(
        self, clinic: Clinic, desk: Desk, person: Person, seq: int, at: Instant, event: happened.TokenCalled
    ) -> None:
        """The ledger: every call is the one that the rules ask for, and tells whom it overtook and why."""
        queue = [one for one in self.eligible(desk) if one.department == person.department]
        normal = [one for one in queue if one.priority is Priority.NORMAL]
        earlier = sorted((one for one in normal if one.came() < person.came()), key=Person.came)
        assert event.overtook == tuple(one.id for one in earlier)
        assert event.operator == desk.operator
        assert event.lead_s == (person.entered_at - person.base + person.credit_ms) // 1000
        assert (event.chosen is not None) == (event.reason is CallReason.CHOSEN)
        if event.reason is CallReason.CHOSEN:
            return
        assert (person, event.capped) == self.next(clinic, desk, at)
        assert event.reason is self._reason(person, earlier)
        if event.reason is not CallReason.EMERGENCY and normal:
            self.counted.setdefault(person.department, []).append((seq, bool(earlier)))

    def _reason(self, person: Person, overtaken: list[Person]) -> CallReason:
        if person.priority is Priority.EMERGENCY:
            return CallReason.EMERGENCY
        if not overtaken:
            return CallReason.OLDEST
        assert all(person.rank() < one.rank() for one in overtaken), "seniority or credit explains it"
        if any(one.rank() < (person.base, *person.came()) for one in overtaken):
            return CallReason.CREDIT
        return REASONS[person.came_by]

    def _next_step(self, seq: int, at: Instant, event: happened.ServiceFinished) -> None:
        person, to = self.people[event.token], event.next
        assert to is not None
        step, rest = person.plan[0], person.plan[1:]
        assert to in step.departments
        left = tuple(one for one in step.departments if one != to)
        self._wait_in(person, to, seq, at)
        person.plan = (PlanStep(left, step.doctor), *rest) if left else rest
        person.doctor = step.doctor

    def _returned(self, seq: int, at: Instant, event: happened.TokenReturned) -> None:
        person = self.people[event.token]
        rules, waiting = self.rules[person.department], self.in_order(person.department)
        base = int(at)
        late = at - person.no_show_at > rules.return_min * MINUTE_MS
        if len(waiting) >= rules.return_place and person.returns < rules.returns and not late:
            base = min(waiting[rules.return_place - 1].rank()[0], at)
        assert event.base == base
        self._to(event.token, STATES.WAITING)
        person.base, person.credit_ms, person.came_by = base, 0, EntryKind.RETURN
        person.entered_at, person.entry, person.returns = at, seq, person.returns + 1

    def _wait_in(self, person: Person, department: DepartmentId, seq: int, at: Instant) -> None:
        self._to(person.id, STATES.WAITING)
        person.department, person.came_by, person.base = department, EntryKind.TRANSFER, person.first_base
        person.entered_at, person.entry, person.credit_ms = at, seq, self._credit(person)

    def _to(self, token: TokenId, state: TokenState, room: RoomId | None = None) -> Person:
        person = self.people[token]
        assert (person.state, state) in WAYS
        if person.room is not None and self.current.get(person.room) == token:
            del self.current[person.room]
        if room is not None:
            assert room not in self.current, "nobody else is in the room"
            self.current[room] = token
        person.state, person.room = state, room
        return person

    def _undone(self, event: happened.CommandUndone) -> None:
        """Whole, and only where nothing has moved since; what others did stays."""
        done = self.done[event.room]
        assert done is not None
        assert done.command == event.command
        assert set(event.tokens) == set(done.people)
        for token, before in done.people.items():
            assert self.people[token].moved in done.seqs, "it has not moved since"
            self.people[token] = before
        if done.people:
            self.current.pop(event.room, None)
            if done.current is not None:
                self.current[event.room] = done.current
        for calls in self.counted.values():
            calls[:] = [call for call in calls if call[0] not in done.seqs]
        self.done[event.room] = None

    # --- both -----------------------------------------------------------------------------------------

    def compare(self, clinic: Clinic) -> None:
        assert self.people.keys() == clinic.tokens.keys()
        for person in self.people.values():
            token = clinic.tokens[person.id]
            assert _told(token) == _told(person)
        for department, queue in clinic.queues.items():
            ordered = self.in_order(department)
            assert [*queue.emergencies, *((*item[1:],) for item in queue.order)] == [(*p.came(), p.id) for p in ordered]
            assert queue.entries == sorted((*one.came(), one.id) for one in ordered)
            assert clinic.runs.get(department, 0) == self.run(department)
        in_rooms = {room: desk.current for room, desk in clinic.desks.items() if desk.current is not None}
        assert in_rooms == self.current


def _told(one: Token | Person) -> tuple[object, ...]:
    return (
        one.department,
        one.priority,
        one.base,
        one.first_base,
        one.credit_ms,
        one.entered_at,
        one.entry,
        one.came_by,
        one.doctor,
        one.plan,
        one.state,
        one.room,
        one.returns,
    )
