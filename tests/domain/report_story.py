"""What happened in a clinic, told in everyday words and local clock times; the journal of it, and its reports."""

from datetime import date, datetime, timedelta
from itertools import count
from typing import NamedTuple
from zoneinfo import ZoneInfo

from hub.domain import clinic_day
from hub.domain.configuration import Department, Rules, Site
from hub.domain.events import (
    CarriedToken,
    CommandUndone,
    DayClosed,
    DayOpened,
    Event,
    NoShowMarked,
    Promise,
    ServiceFinished,
    ServiceStarted,
    TokenCalled,
    TokenCancelled,
    TokenIssued,
    TokenParked,
    TokenResumed,
    TokenReturned,
    TokenTransferred,
)
from hub.domain.reports.content import DepartmentFigures, HourFigures, OperatorFigures, Report
from hub.domain.reports.making import make_report
from hub.domain.reports.period import period_of
from smartqueue.terms import (
    CallReason,
    CancelReason,
    CommandId,
    Day,
    DepartmentId,
    EntryKind,
    EstimateMethod,
    Instant,
    Label,
    Language,
    OperatorId,
    ParkReason,
    Priority,
    PriorityReason,
    RoomId,
    TokenId,
    TokenState,
)

EN = Language("en")
MONDAY = Day("2026-03-02")
FUTURE = Day("2099-12-31")


def department(identifier: str, letter: str, *, strict: bool = False, **more) -> Department:
    rules = Rules(strict=True) if strict else None
    return Department(
        DepartmentId(identifier), letter, {EN: identifier.title()}, {}, "stethoscope", 0, rules=rules, **more
    )


MEDICINE, LABORATORY = department("medicine", "A"), department("laboratory", "H", target_min=10)


class Record(NamedTuple):
    seq: int
    at: Instant
    day: Day
    event: Event
    by: str
    command_id: CommandId | None


class Story:
    """A token's label is its id too. Every event gets a command of its own unless `command` names one."""

    def __init__(
        self, *departments: Department, zone: str = "UTC", skip: tuple[int, ...] = (), strict: bool = False
    ) -> None:
        names, rules = {EN: "Riverside Clinic"}, Rules(strict=strict)
        self.site = Site("clinic", names, (EN,), EN, zone, skip_numbers=skip, rules=rules)
        self.departments = departments or (MEDICINE, LABORATORY)
        self.records: list[Record] = []
        self.day, self.now = Day(""), Instant(0)
        self._commands = count(1)

    # --- time and days --------------------------------------------------------------------------------

    def open(self, day: str = MONDAY, **more) -> "Story":
        self.day = Day(day)
        self.now = clinic_day.start_of(self.day, self.site)
        self.happens(DayOpened(self.day, self.site, self.departments, (), (), (), **more))
        return self

    def close(self, *unserved: str, carried: tuple[str, ...] = (), missed: tuple = ()) -> "Story":
        self.now = clinic_day.end_of(self.day, self.site)
        self.happens(DayClosed(self.day, tuple(map(TokenId, unserved)), tuple(map(TokenId, carried)), missed))
        return self

    def at(self, clock: str) -> "Story":
        """Local `HH:MM` or `HH:MM:SS` of this clinic day; hours before its start are those of the night after."""
        hour, minute, second = (int(part) for part in f"{clock}:00".split(":")[:3])
        when = date.fromisoformat(self.day)
        if hour * 60 + minute < self.site.reset_minute:
            when += timedelta(days=1)
        local = datetime(when.year, when.month, when.day, hour, minute, second, tzinfo=ZoneInfo(self.site.zone))
        return self.at_instant(local)

    def at_instant(self, when: datetime) -> "Story":
        self.now = Instant(int(when.timestamp() * 1000))
        return self

    def happens(self, event: Event, command: str | None = None) -> "Story":
        identifier = CommandId(command or f"command-{next(self._commands):04}")
        seq = len(self.records) + 1
        self.records.append(Record(seq, self.now, self.day, event, "kiosk:hall", identifier))
        return self

    # --- tokens ---------------------------------------------------------------------------------------

    def issue(self, label: str, to: str = "medicine", *, priority: Priority = Priority.NORMAL, **more) -> "Story":
        values = {"needs": (), "trial": False, "low_s": None, "high_s": None, **more}
        event = TokenIssued(
            TokenId(label),
            DepartmentId(to),
            Label(label),
            int(label[1:]),
            EN,
            priority=priority,
            priority_reason=PriorityReason.NONE,
            ahead=0,
            **values,
        )
        return self.happens(event)

    def call(
        self,
        label: str,
        *,
        attempt: int = 1,
        reason: CallReason = CallReason.OLDEST,
        overtook: tuple[str, ...] = (),
        operator: str | None = None,
        capped: bool = False,
        command: str | None = None,
    ) -> "Story":
        who = OperatorId(operator) if operator else None
        passed = tuple(map(TokenId, overtook))
        event = TokenCalled(TokenId(label), RoomId("room-3"), attempt, reason, passed, operator=who, capped=capped)
        return self.happens(event, command)

    def start(self, label: str, *, implied: bool = False, command: str | None = None) -> "Story":
        return self.happens(ServiceStarted(TokenId(label), RoomId("room-3"), implied), command)

    def finish(self, label: str, *, then: str | None = None, command: str | None = None) -> "Story":
        following = DepartmentId(then) if then else None
        return self.happens(ServiceFinished(TokenId(label), RoomId("room-3"), following), command)

    def no_show(self, label: str, *, command: str | None = None) -> "Story":
        return self.happens(NoShowMarked(TokenId(label), RoomId("room-3")), command)

    def comes_back(self, label: str) -> "Story":
        return self.happens(TokenReturned(TokenId(label), self.now))

    def park(self, label: str) -> "Story":
        return self.happens(TokenParked(TokenId(label), ParkReason.EXAMINATION))

    def resume(self, label: str) -> "Story":
        return self.happens(TokenResumed(TokenId(label)))

    def transfer(self, label: str, to: str) -> "Story":
        return self.happens(TokenTransferred(TokenId(label), DepartmentId(to)))

    def cancel(self, label: str, reason: CancelReason = CancelReason.PATIENT) -> "Story":
        return self.happens(TokenCancelled(TokenId(label), reason))

    def undo(self, command: str, *labels: str) -> "Story":
        return self.happens(CommandUndone(RoomId("room-3"), CommandId(command), tuple(map(TokenId, labels))))

    def serve(self, label: str, minutes: float, *, operator: str | None = None) -> "Story":
        """Called now, in the room at once, and out of it after so many minutes."""
        self.call(label, operator=operator).start(label)
        self.now = Instant(self.now + round(minutes * 60_000))
        return self.finish(label)

    # --- reports --------------------------------------------------------------------------------------

    def report(self, kind: str = "day", date: str = MONDAY) -> Report:
        """From the records of the period alone, as the journal gives them."""
        period = period_of(kind, date, FUTURE)
        return make_report(period, (one for one in self.records if period.first <= one.day <= period.last))


def of(report: Report, department: str) -> DepartmentFigures:
    (row,) = [row for row in report.departments if row.department == department]
    return row


def hour(report: Report, number: int) -> HourFigures:
    return report.hours[number]


def operator(report: Report, name: str | None) -> OperatorFigures:
    (row,) = [row for row in report.operators if row.operator == name]
    return row


def promise(minutes: float, method: EstimateMethod = EstimateMethod.THROUGHPUT) -> Promise:
    """Around so many minutes: 60 %, 70 %, all, 130 % and 140 % of it."""
    q10, q20, q50, q85, q90 = (round(minutes * 60 * factor) for factor in (0.6, 0.7, 1.0, 1.3, 1.4))
    return Promise(q10, q20, q50, q85, q90, method, 3)


def carried(label: str, *, state: TokenState = TokenState.WAITING, trial: bool = False, **instants) -> CarriedToken:
    """instants: issued_at, entered_at, called_at, first_called_at."""
    issued_at = instants.pop("issued_at")
    values = {"entered_at": issued_at, "called_at": 0, "first_called_at": 0, **instants}
    return CarriedToken(
        TokenId(label),
        Label(label),
        DepartmentId("medicine"),
        EN,
        (),
        Priority.NORMAL,
        trial,
        issued_at,
        entry=1,
        base=issued_at,
        first_base=issued_at,
        credit_ms=0,
        came_by=EntryKind.ISSUE,
        state=state,
        room=None,
        attempt=0,
        returns=0,
        no_show_at=Instant(0),
        doctor=None,
        plan=(),
        **values,
    )
