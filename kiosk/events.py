"""What happens to a kiosk, as plain data: the flow takes them one by one."""

from dataclasses import dataclass, field

from kiosk.codes import Reading
from kiosk.corner import Facts
from kiosk.terms import Arrival, Link, Pending, Trouble
from smartqueue.terms import CommandId, Day, DepartmentId, Label, TokenId
from smartqueue.wire import DepartmentView, IssuedAnswer, SiteView, TicketAnswer, TokenAnswer


@dataclass(frozen=True, slots=True)
class Touched:
    """key: of the target under the finger, empty = none. fresh_id: for a command, should this touch give one."""

    key: str
    fresh_id: CommandId


@dataclass(frozen=True, slots=True)
class CodeScanned:
    """Somebody has held a code before a reader. fresh_id: as in Touched."""

    reading: Reading
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
    arrivals: tuple[Arrival, ...] = ()


@dataclass(frozen=True, slots=True)
class Answered:
    """The hub has issued it: for a touch on a department, or for a check-in."""

    command_id: CommandId
    answer: IssuedAnswer


@dataclass(frozen=True, slots=True)
class Unreached:
    """The hub was sought for this in vain, and nothing was sent; it is no longer sought."""

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


@dataclass(frozen=True, slots=True)
class TicketFound:
    """code: as it was asked for."""

    code: str = field(repr=False)
    ticket: TicketAnswer


@dataclass(frozen=True, slots=True)
class NotFound:
    """problem: code of the refusal, or HUB_AWAY."""

    code: str = field(repr=False)
    problem: str


@dataclass(frozen=True, slots=True)
class CameBack:
    answer: TokenAnswer


@dataclass(frozen=True, slots=True)
class NotBack:
    """problem: as in NotFound."""

    token: TokenId
    problem: str


@dataclass(frozen=True, slots=True)
class ContactKept:
    token: TokenId


@dataclass(frozen=True, slots=True)
class ContactRefused:
    """problem: as in NotFound."""

    token: TokenId
    problem: str


@dataclass(frozen=True, slots=True)
class FactsGathered:
    facts: Facts


@dataclass(frozen=True, slots=True)
class TrialPrinted:
    """note: as in Technician."""

    note: str


@dataclass(frozen=True, slots=True)
class SoundTried:
    """note: as in Technician."""

    note: str


@dataclass(frozen=True, slots=True)
class VoiceLost:
    """The kiosk can't be heard any more."""


Event = (
    Touched
    | CodeScanned
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
    | TicketFound
    | NotFound
    | CameBack
    | NotBack
    | ContactKept
    | ContactRefused
    | FactsGathered
    | TrialPrinted
    | SoundTried
    | VoiceLost
)
