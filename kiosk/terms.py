"""Words of a kiosk as types: how it stands with its hub, what may go wrong, and one issue that has not ended."""

from enum import StrEnum

from msgspec import Struct

from smartqueue.terms import CommandId, Day, Language, Need, RoomKind, VisitTypeId
from smartqueue.wire import CheckInBody, DepartmentView, IssueBody, IssuedAnswer, SiteView, TicketAnswer


class Link(StrEnum):
    """How the kiosk stands with its hub."""

    LOOKING = "looking"
    UP = "up"
    AWAY = "away"
    WRONG_KEY = "wrong_key"
    OTHER_VERSION = "other_version"


class Trouble(StrEnum):
    """Why there is no ticket, or none that can be trusted, for a token that stands."""

    PAPER_OUT = "paper_out"
    COVER_OPEN = "cover_open"
    OFFLINE = "offline"
    SILENT = "silent"
    REFUSED = "refused"
    MAYBE_PRINTED = "maybe_printed"
    STORAGE = "storage"


class Reason(StrEnum):
    """Why the kiosk gives no numbers at all."""

    STARTING = "starting"
    NO_HUB = "no_hub"
    HUB_AWAY = "hub_away"
    WRONG_KEY = "wrong_key"
    OTHER_VERSION = "other_version"
    NO_DEPARTMENTS = "no_departments"
    STORAGE = "storage"


class Sound(StrEnum):
    WARNING = "warning"
    TICKET = "ticket"
    TROUBLE = "trouble"


class AskNeeds(StrEnum):
    """When the kiosk asks what staff should know of a person."""

    BY_KEY = "by_key"
    """Whoever touches the key for it."""
    ALWAYS = "always"
    """Also everybody, before the ticket."""


class Phase(StrEnum):
    """How far a pending issue has come; what a restarted kiosk may still do for it."""

    ASKED = "asked"
    """The hub may or may not have issued it: ask again with the same id."""
    TAKING = "taking"
    """Settled: it gets a number of the kiosk's own, and what the hub still says counts no more. Never stored."""
    ANSWERED = "answered"
    """Issued, nothing printed yet: print it."""
    PRINTING = "printing"
    """A job was started: never print it again without being told to."""


class RoomSign(Struct, frozen=True):
    """What people read at the door of a room: `Room 3`."""

    kind: RoomKind
    number: str


class Pending(Struct, frozen=True, kw_only=True):
    """One issue that has not ended, with all that its ticket needs: kept in the local store until it has.

    day: the clinic day of the touch; nothing is asked or printed for it on another one. sent: the hub may have been
    asked. away: the answer is the kiosk's own, with a number from its lease; what it does not know is not to be shown.
    copy: the ticket that is printed once more, marked so; such a one is never stored, for its number is safe already.
    """

    command_id: CommandId
    site: SiteView
    department: DepartmentView
    language: Language
    day: Day
    phase: Phase = Phase.ASKED
    answer: IssuedAnswer | None = None
    sent: bool = False
    away: bool = False
    needs: tuple[Need, ...] = ()
    visit_type: VisitTypeId | None = None
    copy: TicketAnswer | None = None

    @property
    def body(self) -> IssueBody:
        """What the hub is asked for; the same whenever it is asked."""
        return IssueBody(
            department=self.department.id,
            language=self.language,
            needs=list(self.needs),
            visit_type=self.visit_type,
        )


class Arrival(Struct, frozen=True, kw_only=True):
    """A check-in that the hub has not answered: kept in the local store, for its answer is a token with a ticket.

    appointment: its code or its reference, as it was typed or read. said: the person has chosen the language, else the
    one of the booking stands. day, sent: as in Pending.
    """

    command_id: CommandId
    appointment: str
    site: SiteView
    language: Language
    day: Day
    said: bool = False
    needs: tuple[Need, ...] = ()
    sent: bool = False

    @property
    def body(self) -> CheckInBody:
        """What the hub is told; the same whenever it is asked."""
        return CheckInBody(language=self.language if self.said else None, needs=list(self.needs))
