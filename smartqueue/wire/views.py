"""What a reader may know: projections of the state. No needs, reasons or operators for those who must not know."""

from datetime import datetime
from typing import Literal

from smartqueue.terms import (
    AnnouncementId,
    Care,
    Day,
    DepartmentId,
    Label,
    Language,
    RoomId,
    RoomKind,
    RoomState,
    TokenId,
    TokenState,
    VisitTypeId,
)
from smartqueue.wire.base import Message, Names


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
    return_min: int = 60
    """For how long after a missed call one may come back to a good place."""
    return_place: int = 3
    """Whose place that is: 3 = of the third who waits."""
    notices: list[Names] = []
    """What displays tell everybody."""
    phone_prefix: str | None = None
    """Country prefix such as `+91` that kiosks offer for messages; None = they ask for no telephone number."""
    books: bool = False
    """There are appointments: kiosks offer to check in."""
    colour: str | None = None
    """The clinic's own, `#RRGGBB`, at least 7:1 against white and our light ground; None = ours."""
    logo: str | None = None
    """Digest of the picture at `GET /site/logo`; None = there is none."""


class VisitTypeView(Message, frozen=True, kw_only=True):
    """What somebody may come to a department for, where it asks."""

    id: VisitTypeId
    names: Names


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
    issuing: bool = True
    """Gives out tokens while it is open; false: whoever waits is still called."""
    last_label: Label | None = None
    """The last one of the day, where no more tokens are given out."""
    emergency: bool = False
    """Somebody whose life may be in danger goes first: others wait longer."""
    visit_types: list[VisitTypeView] = []
    """To be asked for before a token is issued; empty where nothing is asked."""


class CurrentView(Message, frozen=True, kw_only=True):
    """The token a room is busy with. `token` and `care` are empty for the public."""

    token: TokenId | Literal[""]
    label: Label
    state: TokenState
    called_at: datetime
    """Of the last call or recall."""
    attempt: int
    care: Care | None = None
    """For units only, so that the caller unit's lamp can tell; the public never learns it."""


class RoomView(Message, frozen=True, kw_only=True):
    id: RoomId
    number: str
    """What people read after the word for the kind: `3`."""
    kind: RoomKind
    departments: list[DepartmentId]
    """It works for now; may differ from what is configured."""
    state: RoomState
    back_at: datetime | None
    """Expected return while paused, if known."""
    current: CurrentView | None
    waiting: int
    """Tokens that this room could call."""
    next: Label | None = None
    """Who would be called if it asked now; somebody may still come before. None while it is not open."""


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
