"""What an administrator decides about a site: departments, rooms, operators, units. Frozen; changed only by events."""

from dataclasses import dataclass, field

from smartqueue.terms import (
    Day,
    DepartmentId,
    Language,
    LeaveReason,
    OperatorId,
    Role,
    RoomId,
    RoomKind,
    UnitKind,
    UnitName,
    VisitTypeId,
)

Names = dict[Language, str]


@dataclass(frozen=True, slots=True)
class Rules:
    """Numbers of the queue rules (queue-rules, Who is next). The site's are the default, a department may have its own.

    credit_min: seniority that `high` priority gives, 0 to 120. run_cap: overtakes in a row, 1 or more.
    strict: where law demands it, everybody of `high` priority goes first, without a cap.
    returns: how often a no-show may come back to a good place; later ones go to the end. return_min: for how long after
    the no-show. return_place: whose place it gets, 3 = of the third who waits.
    late_min: how late somebody with an appointment may come and keep the booked time. early_min: how early one may
    check in; None = at any time of the clinic day.
    any_doctor_min: waiting for one doctor, after how long any doctor is offered.
    grace_s, slow_grace_s: how long somebody who was called has to arrive; the second with any need.
    """

    credit_min: int = 20
    run_cap: int = 2
    strict: bool = False
    returns: int = 2
    return_min: int = 60
    return_place: int = 3
    late_min: int = 10
    early_min: int | None = None
    any_doctor_min: int = 30
    grace_s: int = 60
    slow_grace_s: int = 120


@dataclass(frozen=True, slots=True)
class Span:
    """Hours of one weekday. weekday: 0 = Monday. begins, ends: local minutes of the day, 0 to 1440."""

    weekday: int
    begins: int
    ends: int


@dataclass(frozen=True, slots=True)
class PlanStep:
    """One step of a visit. departments: several = in any order, shortest wait first. doctor: only this one."""

    departments: tuple[DepartmentId, ...]
    doctor: OperatorId | None = None


@dataclass(frozen=True, slots=True)
class VisitType:
    """A template of planned steps, offered where the department asks what somebody comes for.

    steps: after the department itself.
    """

    id: VisitTypeId
    names: Names
    steps: tuple[PlanStep, ...] = ()


@dataclass(frozen=True, slots=True)
class Site:
    """zone: IANA name. reset_minute: local minute of the day at which the clinic day begins (240 = 04:00).

    public_url: where phones reach the status page; None = no QR is printed. skip_numbers: never on a label.
    holidays: days on which no department opens that has opening hours. notices: what displays tell everybody, each in
    several languages. phone_prefix: of the country, e.g. `+91`, that kiosks offer; None = they ask for no number.
    colour: the clinic's own, `#RRGGBB`; None = ours.
    """

    id: str
    names: Names
    languages: tuple[Language, ...]
    default_language: Language
    zone: str
    reset_minute: int = 240
    public_url: str | None = None
    skip_numbers: tuple[int, ...] = ()
    holidays: tuple[Day, ...] = ()
    notices: tuple[Names, ...] = ()
    rules: Rules = field(default_factory=Rules)
    phone_prefix: str | None = None
    colour: str | None = None


@dataclass(frozen=True, slots=True)
class Department:
    """minutes: guess of one consultation. target_min: wait the department aims at (queue-rules, Who is next, 3).

    opens, closes: local minutes of every day, None = all day. hours: of each weekday, instead of opens and closes.
    weight: its share where a room serves several. always_open: its tokens live on when the clinic day ends.
    quota: tokens issued in one day. rules: its own instead of the site's.
    """

    id: DepartmentId
    letter: str
    names: Names
    areas: Names
    icon: str
    ground: int
    minutes: int = 10
    target_min: int = 30
    weight: float = 1.0
    opens: int | None = None
    closes: int | None = None
    hours: tuple[Span, ...] = ()
    always_open: bool = False
    quota: int | None = None
    visit_types: tuple[VisitType, ...] = ()
    rules: Rules | None = None


@dataclass(frozen=True, slots=True)
class Room:
    id: RoomId
    number: str
    departments: tuple[DepartmentId, ...]
    kind: RoomKind = RoomKind.ROOM


@dataclass(frozen=True, slots=True)
class Shift:
    """Working hours of one weekday. room: where; None = the operator's own room. Fields as in Span."""

    weekday: int
    begins: int
    ends: int
    room: RoomId | None = None


@dataclass(frozen=True, slots=True)
class Leave:
    """Days on which an operator does not work, both included."""

    first: Day
    last: Day
    reason: LeaveReason


@dataclass(frozen=True, slots=True)
class Operator:
    """The name of the person lies in a side table, never in an event.

    departments: worked for; empty = all. room: where, but for shifts that say otherwise. schedule: empty = always.
    supervisor: may override quotas and the last token of the day.
    """

    id: OperatorId
    role: Role
    departments: tuple[DepartmentId, ...] = ()
    room: RoomId | None = None
    schedule: tuple[Shift, ...] = ()
    leave: tuple[Leave, ...] = ()
    supervisor: bool = False


@dataclass(frozen=True, slots=True)
class Unit:
    """room: the one that a caller unit acts for."""

    name: UnitName
    kind: UnitKind
    room: RoomId | None = None
