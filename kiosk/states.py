"""What a kiosk knows and shows, as plain data: its fronts (what is on the screen), events and effects.

`kiosk/flow.py` moves between them. Times are monotonic seconds unless a name says otherwise.
"""

from dataclasses import dataclass
from enum import StrEnum
from math import inf
from typing import ClassVar

from msgspec import Struct

from smartqueue.terms import CommandId, Day, DepartmentId, Label, Language
from smartqueue.wire import DepartmentView, IssueBody, IssuedAnswer, SiteView


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


class Pending(Struct, frozen=True, kw_only=True):
    """One issue that has not ended, with all that its ticket needs: kept in the local store until it has.

    day: the clinic day of the touch; nothing is asked or printed for it on another one. sent: the hub may have been
    asked. away: the answer is the kiosk's own, with a number from its lease; what it does not know is not to be shown.
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

    @property
    def body(self) -> IssueBody:
        """What the hub is asked for; the same whenever it is asked."""
        return IssueBody(department=self.department.id, language=self.language)


@dataclass(frozen=True, slots=True)
class Rules:
    """Time-outs in seconds (experience.md, Kiosk)."""

    idle_s: float = 30.0
    warning_s: float = 20.0
    ticket_s: float = 10.0
    more_time_s: float = 30.0
    trouble_s: float = 60.0
    hub_trouble_s: float = 30.0
    reach_s: float = 1.5
    """How long the hub is sought before the person gets a number from the lease, while nothing can have reached it."""
    ask_s: float = 12.0
    """How long "one moment" is shown where the hub may have been asked: then comes a number from the lease; where
    there is none, the person is sent to the desk."""
    away_s: float = 20.0
    """The hub may be away this long before a kiosk without a lease stops offering departments."""
    start_s: float = 10.0
    """After a start, before the hub counts as away."""
    same_touch_s: float = 3.0
    settle_s: float = 0.6
    """Touches on a ticket screen younger than this belong to the screen before it."""
    print_silence_s: float = 20.0
    store_s: float = 30.0
    """After a failed write to the local store, before the kiosk offers numbers again."""


# --- fronts: what is on the screen --------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Attract:
    name: ClassVar[str] = "attract"


@dataclass(frozen=True, slots=True)
class Languages:
    name: ClassVar[str] = "languages"


@dataclass(frozen=True, slots=True)
class Departments:
    name: ClassVar[str] = "departments"
    page: int = 0


@dataclass(frozen=True, slots=True)
class Asking:
    """The hub has been asked for a token and has not answered yet."""

    name: ClassVar[str] = "asking"
    pending: Pending
    since: float


@dataclass(frozen=True, slots=True)
class Printing:
    """fraction: of the bytes that the printer has taken, 0 to 1; moved_at: when it last grew."""

    name: ClassVar[str] = "printing"
    pending: Pending
    moved_at: float
    fraction: float = 0.0


@dataclass(frozen=True, slots=True)
class TakeTicket:
    """until: when the screen ends; span: the seconds its bar stands for."""

    name: ClassVar[str] = "take_ticket"
    pending: Pending
    since: float
    until: float
    span: float


@dataclass(frozen=True, slots=True)
class Unprinted:
    """The token stands, its ticket does not: the number is shown instead."""

    name: ClassVar[str] = "trouble"
    pending: Pending
    trouble: Trouble
    since: float
    until: float
    span: float


@dataclass(frozen=True, slots=True)
class HubTrouble:
    """The hub did not answer in time: the number is not known and the person is sent to the desk."""

    name: ClassVar[str] = "hub_trouble"
    pending: Pending
    until: float
    span: float


@dataclass(frozen=True, slots=True)
class Closed:
    """The department gives no numbers now. code: of the refusal, or `department_closed`, or NO_NUMBER."""

    name: ClassVar[str] = "closed"
    department: DepartmentView
    code: str


NO_NUMBER = "no_number"
"""Code of a department for which the kiosk, alone, has no number."""


@dataclass(frozen=True, slots=True)
class OutOfService:
    name: ClassVar[str] = "out_of_service"
    reason: Reason


@dataclass(frozen=True, slots=True)
class IdleWarning:
    """under: where "more time" leads back to."""

    name: ClassVar[str] = "idle_warning"
    under: Languages | Departments | Closed
    until: float
    span: float


Front = (
    Attract
    | Languages
    | Departments
    | Asking
    | Printing
    | TakeTicket
    | Unprinted
    | HubTrouble
    | Closed
    | OutOfService
    | IdleWarning
)


@dataclass(frozen=True, slots=True)
class State:
    """language: chosen by the person in front, None = the usual one, which is the kiosk's own or else the site's.
    pendings: in the order they were asked for, oldest first. numbers: departments for which the kiosk has numbers of
    its own now; astray: labels of tickets whose persons must be looked after."""

    front: Front
    link: Link
    link_since: float
    touched_at: float
    usual_language: Language | None = None
    day: Day | None = None
    site: SiteView | None = None
    departments: tuple[DepartmentView, ...] = ()
    language: Language | None = None
    lowered: bool = False
    pendings: tuple[Pending, ...] = ()
    numbers: frozenset[DepartmentId] = frozenset()
    astray: tuple[Label, ...] = ()
    last_choice: DepartmentId | None = None
    last_choice_at: float = 0.0
    store_failed_at: float = -inf


# --- events: what happens -----------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Touched:
    """key: of the target under the finger. fresh_id: for a command, should this touch give one."""

    key: str
    fresh_id: CommandId


@dataclass(frozen=True, slots=True)
class TimePassed:
    pass


@dataclass(frozen=True, slots=True)
class LinkChanged:
    link: Link


@dataclass(frozen=True, slots=True)
class HallChanged:
    """The hub's picture of the site and its departments, in the order they are shown."""

    day: Day
    site: SiteView
    departments: tuple[DepartmentView, ...]


@dataclass(frozen=True, slots=True)
class LeasesChanged:
    """numbers, astray: as in State."""

    numbers: frozenset[DepartmentId]
    astray: tuple[Label, ...] = ()


@dataclass(frozen=True, slots=True)
class Restored:
    """What the local store remembers from before a restart. certain: the hub has told the clinic day; else it is the
    kiosk's own reckoning, and what seems to be of another day is left until the hub tells."""

    pendings: tuple[Pending, ...]
    certain: bool = True


@dataclass(frozen=True, slots=True)
class Answered:
    command_id: CommandId
    answer: IssuedAnswer


@dataclass(frozen=True, slots=True)
class Unreached:
    """The hub was sought for this issue in vain, and nothing was sent; it is no longer sought."""

    command_id: CommandId


@dataclass(frozen=True, slots=True)
class Taken:
    """It has a number of the kiosk's own, on disk. issued: with its answer."""

    issued: Pending

    @property
    def command_id(self) -> CommandId:
        return self.issued.command_id


@dataclass(frozen=True, slots=True)
class NoNumber:
    """There was none for it any more."""

    command_id: CommandId


@dataclass(frozen=True, slots=True)
class IssueRefused:
    command_id: CommandId
    code: str


@dataclass(frozen=True, slots=True)
class NotRemembered:
    """The local store could not be written; nothing after it in the same step was done."""

    command_id: CommandId


@dataclass(frozen=True, slots=True)
class PrintMoved:
    command_id: CommandId
    fraction: float


@dataclass(frozen=True, slots=True)
class Printed:
    command_id: CommandId


@dataclass(frozen=True, slots=True)
class NotPrinted:
    command_id: CommandId
    trouble: Trouble


Event = (
    Touched
    | TimePassed
    | LinkChanged
    | HallChanged
    | LeasesChanged
    | Restored
    | Answered
    | Unreached
    | Taken
    | NoNumber
    | IssueRefused
    | NotRemembered
    | PrintMoved
    | Printed
    | NotPrinted
)


# --- effects: what is to be done, in this order -------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Remember:
    """Durable before the next effect of the same step; if it fails, that next effect is not done."""

    pending: Pending


@dataclass(frozen=True, slots=True)
class Forget:
    command_id: CommandId


@dataclass(frozen=True, slots=True)
class Issue:
    """Ask the hub until its outcome is known, always with this id; if it has not been sent, only for a while."""

    command_id: CommandId
    body: IssueBody
    sent: bool = False


@dataclass(frozen=True, slots=True)
class Take:
    """Ask the hub no more, and give it a number of the kiosk's own."""

    pending: Pending


@dataclass(frozen=True, slots=True)
class Print:
    pending: Pending


@dataclass(frozen=True, slots=True)
class Beep:
    sound: Sound


Effect = Remember | Forget | Issue | Take | Print | Beep
