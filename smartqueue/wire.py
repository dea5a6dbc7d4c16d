"""The wire contract, version 1: every message between the hub and anybody else, declared once.

JSON over HTTP under `/api/v1` and over the feed (WebSocket). Times are RFC 3339 UTC. Readers ignore unknown keys.
`hub/api/openapi.py` makes the OpenAPI document from these types. Views are projections: nothing here carries needs,
reasons or operators to those who must not know.
"""

from datetime import datetime
from typing import Annotated, Literal

from msgspec import UNSET, Meta, Struct, UnsetType

from smartqueue.terms import (
    AnnouncementId,
    Day,
    DepartmentId,
    Label,
    Language,
    Need,
    Outcome,
    Priority,
    RoomId,
    RoomKind,
    RoomState,
    Tick,
    TokenId,
    TokenState,
    UnitKind,
    UnitName,
)

SCHEMA = 1
BASE = "/api/v1"
IDEMPOTENCY_HEADER = "Idempotency-Key"
PROBLEM_TYPE = "application/problem+json"

Names = dict[Language, str]
"""One text in each language of the site; the site's default language is always there."""


class Message(Struct, frozen=True, kw_only=True, omit_defaults=False):
    """Base of every message: immutable, named fields."""


# --- views: what a reader may know --------------------------------------------------------------------


class EstimateView(Message, frozen=True, kw_only=True):
    """Range until the call, rounded for showing (queue-rules, Estimates). Minutes from now and as clock times."""

    low_min: int
    high_min: int
    earliest: datetime
    latest: datetime


class SiteView(Message, frozen=True, kw_only=True):
    """What every screen says about the site."""

    id: str
    names: Names
    languages: list[Language]
    default_language: Language
    zone: str
    """IANA time zone of the site."""
    public_url: str | None = None
    """Where phones reach the status page; no QR is printed without it."""
    insecure_lan: bool = False
    """The hub listens beyond loopback without TLS; every screen says so."""


class DepartmentView(Message, frozen=True, kw_only=True):
    id: DepartmentId
    letter: str
    names: Names
    areas: Names
    """Where to wait, e.g. `area 2, first floor`; may be empty."""
    icon: str
    """Name of a pictogram in `smartqueue/look/icons.py`."""
    ground: int
    """Index of its colour among the department grounds."""
    open: bool
    opens_at: str | None
    """`HH:MM` of the site's zone when it is closed and will open today."""
    waiting: int
    estimate: EstimateView | None
    """For somebody who takes a ticket now; None where no honest range can be given."""


class CurrentView(Message, frozen=True, kw_only=True):
    """The token a room is busy with. `token` is empty for the public."""

    token: TokenId | Literal[""]
    label: Label
    state: TokenState
    called_at: datetime
    """Of the last call or recall."""
    attempt: int


class RoomView(Message, frozen=True, kw_only=True):
    id: RoomId
    number: str
    """What people read after the word for the kind: `3`."""
    kind: RoomKind
    departments: list[DepartmentId]
    state: RoomState
    back_at: datetime | None
    """Expected return while paused, if known."""
    current: CurrentView | None
    waiting: int
    """Tokens that this room could call."""


class CallView(Message, frozen=True, kw_only=True):
    """One call or recall, to be announced and to stand in the history."""

    announcement: AnnouncementId
    label: Label
    department: DepartmentId
    room: RoomId
    at: datetime
    attempt: int
    language: Language
    """The token's language."""
    played: bool
    """A display has acknowledged it."""


class BoardView(Message, frozen=True, kw_only=True):
    """The whole public state of the site: what a display shows, what a snapshot carries."""

    day: Day
    site: SiteView
    departments: list[DepartmentView]
    rooms: list[RoomView]
    calls: list[CallView]
    """Newest first, at most 20, of this clinic day."""


# --- feed: hub to reader ------------------------------------------------------------------------------


class UnitView(Message, frozen=True, kw_only=True):
    """The unit that reads this feed, as its key says. room: the one a caller acts for; None for other kinds."""

    name: UnitName
    kind: UnitKind
    room: RoomId | None = None


class Hello(Message, tag="hello", frozen=True, kw_only=True):
    """First message of every connection. unit: who the hub takes the reader for; None for the public.

    insecure_lan: as in SiteView, for readers who go on from what they know and get no snapshot.
    """

    schema: int
    site: str
    epoch: str
    seq: int
    now: datetime
    unit: UnitView | None = None
    insecure_lan: bool = False


class Snapshot(Message, tag="snapshot", frozen=True, kw_only=True):
    """The state after `seq`; what follows continues from there."""

    seq: int
    board: BoardView


class Change(Message, tag="change", frozen=True, kw_only=True):
    """One event: what happened, and the new views of what it touched. Views replace those of the same id.

    kind: the event's name in lower case with underscores, e.g. `token_called`. call: set for a call or recall, and when
    one has been played. day: set when a new clinic day began; readers then forget all calls.
    """

    seq: int
    at: datetime
    kind: str
    call: CallView | None = None
    departments: list[DepartmentView] = []
    rooms: list[RoomView] = []
    site: SiteView | None = None
    day: Day | None = None


class Heartbeat(Message, tag="heartbeat", frozen=True, kw_only=True):
    """Units every second, others every 15. seq: the last one sent to this reader's audience."""

    seq: int
    tick: Tick
    now: datetime


FeedMessage = Hello | Snapshot | Change | Heartbeat


# --- requests -----------------------------------------------------------------------------------------


class IssueBody(Message, frozen=True, kw_only=True):
    """`POST /tokens`. A kiosk never sends `priority`; needs give it. trial: left out of reports, set by trials only."""

    department: Annotated[DepartmentId, Meta(max_length=64)]
    language: Annotated[Language, Meta(max_length=64)] | None = None
    needs: Annotated[list[Need], Meta(max_length=8)] = []
    """One that is named twice counts once."""
    priority: Priority | None = None
    trial: bool = False


class CallNextBody(Message, frozen=True, kw_only=True):
    """`POST /rooms/{id}/call-next`. after: the token that the asker believes is current, or null; left out = unchecked.

    tick: of the last heartbeat before the press; left out only by consoles.
    """

    after: Annotated[TokenId, Meta(max_length=64)] | UnsetType | None = UNSET
    tick: Tick | None = None
    outcome: Outcome | None = None


class PressBody(Message, frozen=True, kw_only=True):
    """Body of every other route that a caller unit presses."""

    tick: Tick | None = None


class PauseBody(Message, frozen=True, kw_only=True):
    """`POST /rooms/{id}/pause`. back_at: expected return."""

    tick: Tick | None = None
    back_at: datetime | None = None


class AckBody(Message, frozen=True, kw_only=True):
    """`POST /announcements/{id}/ack`. heard: False = shown but not heard (no sound)."""

    heard: bool = True


# --- answers ------------------------------------------------------------------------------------------


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
