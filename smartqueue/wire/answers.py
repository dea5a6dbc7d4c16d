"""Answers to requests."""

from datetime import datetime
from typing import Literal

from smartqueue.terms import (
    AnnouncementId,
    DepartmentId,
    Label,
    RoomId,
    RoomState,
    TokenId,
    TokenState,
    UnitKind,
    UnitName,
)
from smartqueue.wire.base import Message
from smartqueue.wire.views import DepartmentView, EstimateView


class IssuedAnswer(Message, frozen=True, kw_only=True):
    """201 of `POST /tokens`. ahead: tokens before this one. status_url: path or address of the patient's page."""

    token: TokenId
    label: Label
    department: DepartmentId
    issued_at: datetime
    ahead: int
    estimate: EstimateView | None
    status_url: str
    short_code: str
    """Eight characters that find the same page when typed, e.g. `7H4K2MPX`."""


class CalledAnswer(Message, frozen=True, kw_only=True):
    """Of `call-next`: the room's current token after the command, or null when nobody waits.

    repeated: nothing changed, the same press had been obeyed before.
    """

    token: TokenId | None
    label: Label | None
    room: RoomId
    attempt: int
    repeated: bool


class TokenAnswer(Message, frozen=True, kw_only=True):
    """Of token verbs: the state it is in now."""

    token: TokenId
    label: Label
    state: TokenState
    room: RoomId | None


class TimelineEntry(Message, frozen=True, kw_only=True):
    at: datetime
    state: TokenState
    room: RoomId | None = None
    attempt: int = 0


class TokenDetail(Message, frozen=True, kw_only=True):
    """`GET /tokens/{id}`, for units and operators."""

    token: TokenId
    label: Label
    department: DepartmentId
    state: TokenState
    room: RoomId | None
    ahead: int | None
    estimate: EstimateView | None
    timeline: list[TimelineEntry]


class StatusAnswer(Message, frozen=True, kw_only=True):
    """`GET /status/{secret}`: one patient's own token, no personal data."""

    label: Label
    department: DepartmentId
    state: TokenState
    room: RoomId | None
    ahead: int | None
    estimate: EstimateView | None
    timeline: list[TimelineEntry]


class RoomAnswer(Message, frozen=True, kw_only=True):
    room: RoomId
    state: RoomState


class AckAnswer(Message, frozen=True, kw_only=True):
    announcement: AnnouncementId


class DepartmentsAnswer(Message, frozen=True, kw_only=True):
    departments: list[DepartmentView]


class QueueAnswer(Message, frozen=True, kw_only=True):
    """`GET /departments/{id}/queue`: labels only."""

    serving: list[Label]
    called: list[Label]
    waiting: list[Label]
    estimate: EstimateView | None


class Health(Message, frozen=True, kw_only=True):
    status: Literal["ok", "starting"]
    version: str
    seq: int


class Problem(Message, frozen=True, kw_only=True):
    """RFC 9457 problem document. code: stable; detail: says what to do; errors: one line for each mistake."""

    type: str
    title: str
    status: int
    code: str
    detail: str
    errors: list[str] = []
    values: dict[str, str | int] = {}


class SetupUnit(Message, frozen=True, kw_only=True):
    name: UnitName
    kind: UnitKind
    room: RoomId | None
    key: str


class SetupReport(Message, frozen=True, kw_only=True):
    """What `smartqueue setup --json` prints."""

    site: str
    setup_code: str
    units: list[SetupUnit]
