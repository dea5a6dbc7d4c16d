"""What is on the kiosk's screen, as plain data. Times are monotonic seconds."""

from dataclasses import dataclass, field
from typing import ClassVar

from kiosk.corner import Facts
from kiosk.terms import Pending, Reason, Trouble
from smartqueue.terms import VisitTypeId
from smartqueue.wire import DepartmentView, TicketAnswer


@dataclass(frozen=True, slots=True)
class Attract:
    name: ClassVar[str] = "attract"


@dataclass(frozen=True, slots=True)
class Languages:
    """under: what the person was asked before, and is asked again after; None = where a choice begins."""

    name: ClassVar[str] = "languages"
    page: int = 0
    under: "VisitTypes | Needs | None" = None


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
class Easier:
    """What makes the kiosk easier to use: contrast, speech, everything lower; and keys that had no place elsewhere.
    under: what the person was asked before, and is asked again after; None = where a choice begins."""

    name: ClassVar[str] = "easier"
    under: "VisitTypes | Needs | None" = None


@dataclass(frozen=True, slots=True)
class VisitTypes:
    """What the person comes to this department for."""

    name: ClassVar[str] = "visit_types"
    department: DepartmentView
    page: int = 0


@dataclass(frozen=True, slots=True)
class Needs:
    """What staff should know of the person. department: chosen already, None = chosen next."""

    name: ClassVar[str] = "needs"
    department: DepartmentView | None = None
    visit_type: VisitTypeId | None = None


@dataclass(frozen=True, slots=True)
class CheckIn:
    """A code, a reference or a label is typed. problem: code of the refusal of what was typed before, or HUB_AWAY;
    page: of keys."""

    name: ClassVar[str] = "check_in"
    typed: str = ""
    problem: str | None = None
    page: int = 0


HUB_AWAY = "hub_away"
"""Problem of what only the hub can do, while it is away."""


@dataclass(frozen=True, slots=True)
class Seeking:
    """The hub has been asked what a code, a reference or a label is. code: never shown, it may be a secret."""

    name: ClassVar[str] = "seeking"
    code: str = field(repr=False)
    since: float


@dataclass(frozen=True, slots=True)
class Found:
    """A ticket of today, by its code or label. came_back: its person has just been put into the queue again; asked:
    the hub is being told; problem: code of the refusal. A copy can be had where it has a short code."""

    name: ClassVar[str] = "found"
    ticket: TicketAnswer
    until: float
    span: float
    came_back: bool = False
    asked: bool = False
    problem: str | None = None


@dataclass(frozen=True, slots=True)
class Strange:
    """What was read is not for this kiosk. words_key: of the sentence that says so; under: where it leads back to."""

    name: ClassVar[str] = "strange"
    words_key: str
    until: float
    span: float
    under: "Attract | Interruptible" = Attract()


@dataclass(frozen=True, slots=True)
class OneEach:
    """Many tickets in a short time: is a number still needed? department, visit_type: of the ticket that waits."""

    name: ClassVar[str] = "one_each"
    department: DepartmentView
    visit_type: VisitTypeId | None = None


@dataclass(frozen=True, slots=True)
class Phone:
    """A telephone number for messages, after the ticket is safe. typed: digits without the prefix, or all of it after
    a plus sign. problem: code of the refusal. asked: the hub is being told."""

    name: ClassVar[str] = "phone"
    pending: Pending
    typed: str = field(default="", repr=False)
    problem: str | None = None
    asked: bool = False


@dataclass(frozen=True, slots=True)
class PhoneKept:
    name: ClassVar[str] = "phone_kept"
    pending: Pending
    since: float
    until: float
    span: float


@dataclass(frozen=True, slots=True)
class Pin:
    """The technician's number is typed. wrong: tries in vain; locked_until: none are taken before. The key `done`
    hands over what is typed, and leaves where nothing is."""

    name: ClassVar[str] = "pin"
    typed: str = field(default="", repr=False)
    wrong: int = 0
    locked_until: float = 0.0


@dataclass(frozen=True, slots=True)
class Technician:
    """The technician's corner. note: code of what came of the last action: `test_printing`, `test_printed`,
    `test_maybe_printed`, `test_not_printed`, `sound_testing`, `sound_played`, `sound_no_card`, `sound_no_voice`,
    `restarting`."""

    name: ClassVar[str] = "technician"
    facts: Facts
    note: str | None = None


@dataclass(frozen=True, slots=True)
class OutOfService:
    name: ClassVar[str] = "out_of_service"
    reason: Reason


@dataclass(frozen=True, slots=True)
class IdleWarning:
    """under: where "more time" leads back to."""

    name: ClassVar[str] = "idle_warning"
    under: "Interruptible"
    until: float
    span: float


Interruptible = Languages | Departments | Easier | VisitTypes | Needs | CheckIn | OneEach | Phone | Closed
"""Left alone, these ask whether anybody is still there."""

Front = (
    Attract
    | Languages
    | Departments
    | Easier
    | VisitTypes
    | Needs
    | CheckIn
    | Seeking
    | Found
    | Strange
    | OneEach
    | Asking
    | Printing
    | TakeTicket
    | Unprinted
    | HubTrouble
    | Phone
    | PhoneKept
    | Closed
    | OutOfService
    | IdleWarning
    | Pin
    | Technician
)
