"""What an administrator decides about a site: departments, rooms, operators, units. Frozen; changed only by events."""

from dataclasses import dataclass

from smartqueue.terms import DepartmentId, Language, OperatorId, Role, RoomId, RoomKind, UnitKind, UnitName

Names = dict[Language, str]


@dataclass(frozen=True, slots=True)
class Site:
    """zone: IANA name. reset_minute: local minute of the day at which the clinic day begins (240 = 04:00).

    public_url: where phones reach the status page; None = no QR is printed.
    """

    id: str
    names: Names
    languages: tuple[Language, ...]
    default_language: Language
    zone: str
    reset_minute: int = 240
    public_url: str | None = None


@dataclass(frozen=True, slots=True)
class Department:
    """minutes: guess of one consultation. target_min: wait the department aims at (queue-rules, Who is next, 3).

    opens, closes: local minutes of the day, None = all day. weight: its share where a room serves several.
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


@dataclass(frozen=True, slots=True)
class Room:
    id: RoomId
    number: str
    departments: tuple[DepartmentId, ...]
    kind: RoomKind = RoomKind.ROOM


@dataclass(frozen=True, slots=True)
class Operator:
    """The name of the person lies in a side table, never in an event."""

    id: OperatorId
    role: Role
    departments: tuple[DepartmentId, ...] = ()
    room: RoomId | None = None


@dataclass(frozen=True, slots=True)
class Unit:
    """room: the one that a caller unit acts for."""

    name: UnitName
    kind: UnitKind
    room: RoomId | None = None
