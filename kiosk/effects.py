"""What the flow wants done, as plain data: in this order, one after the other."""

from dataclasses import dataclass, field

from kiosk.terms import Arrival, Pending, Sound
from smartqueue.terms import CommandId, Language, TokenId
from smartqueue.wire import ContactBody, IssueBody


@dataclass(frozen=True, slots=True)
class Remember:
    """Durable before the next effect of the same step; if it fails, that next effect is not done."""

    pending: Pending | Arrival


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


@dataclass(frozen=True, slots=True)
class Arrive:
    """Ask the hub to check in, like Issue."""

    arrival: Arrival


@dataclass(frozen=True, slots=True)
class Find:
    """Ask the hub for the ticket of a code, a secret or a label."""

    code: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class Return:
    """Ask the hub to put somebody into the queue again."""

    command_id: CommandId
    token: TokenId


@dataclass(frozen=True, slots=True)
class KeepContact:
    """Tell the hub a telephone number, and nobody else."""

    command_id: CommandId
    token: TokenId
    body: ContactBody = field(repr=False)


@dataclass(frozen=True, slots=True)
class Say:
    """Speak the key of this name, None = the whole screen, as it is shown when this is done."""

    key: str | None


@dataclass(frozen=True, slots=True)
class GatherFacts:
    """Tell how the kiosk is, again and again while the technician's corner is open."""


@dataclass(frozen=True, slots=True)
class TrialPrint:
    language: Language


@dataclass(frozen=True, slots=True)
class TrialSound:
    """A tone and a sentence, for whoever stands before the kiosk."""

    language: Language


@dataclass(frozen=True, slots=True)
class Restart:
    """End this process so that it is started again."""


Effect = (
    Remember
    | Forget
    | Issue
    | Take
    | Print
    | Beep
    | Arrive
    | Find
    | Return
    | KeepContact
    | Say
    | GatherFacts
    | TrialPrint
    | TrialSound
    | Restart
)
