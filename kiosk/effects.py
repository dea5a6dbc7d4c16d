"""What the flow wants done, as plain data: in this order, one after the other."""

from dataclasses import dataclass

from kiosk.terms import Pending, Sound
from smartqueue.terms import CommandId
from smartqueue.wire import IssueBody


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
