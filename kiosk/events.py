"""What happens to a kiosk, as plain data: the flow takes them one by one."""

from dataclasses import dataclass

from kiosk.terms import Link, Pending, Trouble
from smartqueue.terms import CommandId, Day, DepartmentId, Label
from smartqueue.wire import DepartmentView, IssuedAnswer, SiteView


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
