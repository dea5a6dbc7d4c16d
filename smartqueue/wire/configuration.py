"""The whole configuration of a site as one document: `GET` and `PUT /admin/configuration`.

Fields mean what they mean in `hub/domain/configuration.py`. A field that does not exist is refused: it would be a
mistake that nobody sees.
"""

from typing import Annotated

from msgspec import Meta

from smartqueue.terms import (
    Day,
    DepartmentId,
    Language,
    LeaveReason,
    OperatorId,
    Role,
    RoomId,
    RoomKind,
    VisitTypeId,
)
from smartqueue.wire.base import Message, Names


class RulesSettings(Message, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Numbers of the queue rules: the site's, or a department's own."""

    credit_min: int = 20
    """Minutes of seniority that `high` priority gives, 0 to 120."""
    run_cap: int = 2
    """How many may be overtaken in a row, 1 or more."""
    strict: bool = False
    """Everybody of `high` priority goes first, without a cap, where law demands it."""
    returns: int = 2
    """How often a no-show may come back to a good place."""
    return_min: int = 60
    return_place: int = 3
    late_min: int = 10
    """How late somebody with an appointment may come and keep the booked time."""
    early_min: int | None = None
    """How early one may check in; null = at any time of the clinic day."""
    any_doctor_min: int = 30
    """Waiting for one doctor: after how long any doctor is offered."""
    grace_s: int = 60
    slow_grace_s: int = 120
    """How long somebody who was called has to arrive; the second with any need."""


class SpanSettings(Message, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Hours of one weekday. weekday: 0 = Monday. begins, ends: minutes of the day in the site's zone, 0 to 1440."""

    weekday: int
    begins: int
    ends: int


class PlanStepSettings(Message, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One step of a visit. departments: several = in any order, shortest wait first. doctor: only this one."""

    departments: list[DepartmentId]
    doctor: OperatorId | None = None


class VisitTypeSettings(Message, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """steps: after the department itself."""

    id: VisitTypeId
    names: Names
    steps: list[PlanStepSettings] = []


class SiteSettings(Message, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """zone: IANA name. reset_minute: of the day, at which the clinic day begins. skip_numbers: never on a label."""

    id: str
    names: Names
    languages: list[Language]
    default_language: Language
    zone: str
    reset_minute: int = 240
    public_url: str | None = None
    skip_numbers: list[int] = []
    holidays: list[Day] = []
    """No department opens that has opening hours."""
    notices: list[Names] = []
    """What displays tell everybody."""
    rules: RulesSettings = RulesSettings()
    phone_prefix: str | None = None
    """`+` and 1 to 4 digits: kiosks offer messages to the telephone; null = they ask for no number."""
    colour: str | None = None
    """The clinic's own, `#RRGGBB`, at least 7:1 against white and our light ground; null = ours."""


class DepartmentSettings(Message, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """minutes: guess of one consultation. target_min: wait it aims at.

    opens, closes: minutes of every day, null = all day. hours: of each weekday, instead of opens and closes. weight:
    its share where a room serves several. always_open: its tokens live on when the clinic day ends. quota: tokens
    issued in one day. rules: its own instead of the site's.
    """

    id: DepartmentId
    letter: str
    names: Names
    areas: Names = {}
    icon: str
    ground: int
    minutes: int = 10
    target_min: int = 30
    weight: float = 1.0
    opens: int | None = None
    closes: int | None = None
    hours: list[SpanSettings] = []
    always_open: bool = False
    quota: int | None = None
    visit_types: list[VisitTypeSettings] = []
    rules: RulesSettings | None = None


class RoomSettings(Message, frozen=True, kw_only=True, forbid_unknown_fields=True):
    id: RoomId
    number: str
    departments: list[DepartmentId]
    kind: RoomKind = RoomKind.ROOM


class ShiftSettings(Message, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Working hours of one weekday, as in SpanSettings. room: where; null = the operator's own room."""

    weekday: int
    begins: int
    ends: int
    room: RoomId | None = None


class LeaveSettings(Message, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Days on which an operator does not work, both included."""

    first: Day
    last: Day
    reason: LeaveReason


class OperatorSettings(Message, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """departments: worked for; empty = all. schedule: empty = always. supervisor: may override quotas and closing.

    name: of the person, kept apart from everything else; null leaves it as it is, an empty one erases it.
    """

    id: OperatorId
    role: Role
    departments: list[DepartmentId] = []
    room: RoomId | None = None
    schedule: list[ShiftSettings] = []
    leave: list[LeaveSettings] = []
    supervisor: bool = False
    name: Annotated[str, Meta(max_length=100)] | None = None


class Configuration(Message, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Everything that an administrator decides; taken as a whole or not at all."""

    site: SiteSettings
    departments: Annotated[list[DepartmentSettings], Meta(max_length=200)]
    rooms: Annotated[list[RoomSettings], Meta(max_length=1000)]
    operators: Annotated[list[OperatorSettings], Meta(max_length=2000)]
