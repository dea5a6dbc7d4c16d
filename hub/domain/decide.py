"""`decide`: what a command brings about, given the state and the moment. Pure: it changes nothing."""

from typing import assert_never

from hub.domain import calling, configuring, issuing, rooms, serving
from hub.domain.clinic import Clinic, Moment
from hub.domain.commands import (
    AcknowledgeAnnouncement,
    AdmitUnit,
    CallNext,
    CancelToken,
    CloseRoom,
    Command,
    ConfigureSite,
    FinishService,
    FollowClock,
    IssueToken,
    MarkNoShow,
    OpenRoom,
    PauseRoom,
    Recall,
    StartService,
)
from hub.domain.results import Decision, Done


def decide(clinic: Clinic, command: Command, moment: Moment) -> Decision:  # noqa: PLR0911, PLR0912 - one line a command
    """Events and result of a command. What time alone brings (`turning.due`) must have evolved before.

    Raises a Refusal when the rules say no.
    """
    match command:
        case IssueToken():
            return issuing.issue(clinic, command, moment)
        case CallNext():
            return calling.call_next(clinic, command, moment)
        case Recall():
            return calling.recall(clinic, command, moment)
        case StartService():
            return serving.start(clinic, command, moment)
        case FinishService():
            return serving.finish(clinic, command, moment)
        case MarkNoShow():
            return serving.mark_no_show(clinic, command, moment)
        case CancelToken():
            return issuing.cancel(clinic, command, moment)
        case OpenRoom():
            return rooms.open_room(clinic, command, moment)
        case PauseRoom():
            return rooms.pause_room(clinic, command, moment)
        case CloseRoom():
            return rooms.close_room(clinic, command, moment)
        case AcknowledgeAnnouncement():
            return serving.acknowledge(clinic, command)
        case ConfigureSite():
            return configuring.configure(clinic, command)
        case AdmitUnit():
            return configuring.admit(clinic, command)
        case FollowClock():
            return Decision((), Done())
        case _:
            assert_never(command)
