"""`decide`: what a command brings about, given the state and the moment. Pure: it changes nothing."""

from typing import assert_never

from hub.domain import appointing, calling, configuring, contacting, issuing, leasing, moving, rooms, serving, turning
from hub.domain.clinic import Clinic, Moment
from hub.domain.commands import (
    AcknowledgeAnnouncement,
    AdmitUnit,
    AssignRoom,
    BindUnit,
    BookAppointment,
    CallNext,
    CallToken,
    CancelAppointment,
    CancelToken,
    CheckIn,
    CloseRoom,
    Command,
    ConfigureSite,
    FinishService,
    FollowClock,
    ForgetUnit,
    GrantLease,
    ImportAppointments,
    IssueToken,
    MarkNoShow,
    MergeTokens,
    OpenRoom,
    ParkToken,
    PauseRoom,
    Recall,
    ReleaseDoctor,
    ResumeIssuing,
    ResumeToken,
    ReturnToken,
    SetAvailability,
    SetContact,
    SetPriority,
    StartService,
    StopIssuing,
    TransferToken,
    UndoLast,
)
from hub.domain.results import Decision, Done

TokenCommand = (
    IssueToken
    | CancelToken
    | ReturnToken
    | ParkToken
    | ResumeToken
    | TransferToken
    | SetPriority
    | ReleaseDoctor
    | SetContact
    | CallToken
    | Recall
    | StartService
    | FinishService
    | MarkNoShow
)
RoomCommand = (
    CallNext | UndoLast | OpenRoom | PauseRoom | CloseRoom | AssignRoom | SetAvailability | AcknowledgeAnnouncement
)
SiteCommand = (
    ConfigureSite
    | AdmitUnit
    | ForgetUnit
    | BindUnit
    | StopIssuing
    | ResumeIssuing
    | FollowClock
    | GrantLease
    | MergeTokens
    | BookAppointment
    | ImportAppointments
    | CancelAppointment
    | CheckIn
)


def decide(clinic: Clinic, command: Command, moment: Moment) -> Decision:
    """Events and result of a command. What time alone brings (`turning.due`) must have evolved before.

    Raises a Refusal when the rules say no.
    """
    if isinstance(command, TokenCommand):
        return _of_a_token(clinic, command, moment)
    if isinstance(command, RoomCommand):
        return _of_a_room(clinic, command, moment)
    return _of_the_site(clinic, command, moment)


def _of_a_token(clinic: Clinic, command: TokenCommand, moment: Moment) -> Decision:  # noqa: PLR0911, PLR0912
    """One line a command."""
    match command:
        case IssueToken():
            return issuing.issue(clinic, command, moment)
        case CallToken():
            return calling.call_token(clinic, command, moment)
        case Recall():
            return calling.recall(clinic, command, moment)
        case StartService():
            return serving.start(clinic, command, moment)
        case FinishService():
            return serving.finish(clinic, command, moment)
        case MarkNoShow():
            return serving.mark_no_show(clinic, command, moment)
        case CancelToken():
            return moving.cancel(clinic, command, moment)
        case ReturnToken():
            return moving.come_back(clinic, command, moment)
        case ParkToken():
            return moving.park(clinic, command, moment)
        case ResumeToken():
            return moving.resume(clinic, command, moment)
        case TransferToken():
            return moving.transfer(clinic, command, moment)
        case SetPriority():
            return moving.set_priority(clinic, command)
        case ReleaseDoctor():
            return moving.release_doctor(clinic, command)
        case SetContact():
            return contacting.set_contact(clinic, command)
        case _:
            assert_never(command)


def _of_a_room(clinic: Clinic, command: RoomCommand, moment: Moment) -> Decision:  # noqa: PLR0911
    """One line a command."""
    match command:
        case CallNext():
            return calling.call_next(clinic, command, moment)
        case UndoLast():
            return rooms.undo(clinic, command, moment)
        case OpenRoom():
            return rooms.open_room(clinic, command, moment)
        case PauseRoom():
            return rooms.pause_room(clinic, command, moment)
        case CloseRoom():
            return rooms.close_room(clinic, command, moment)
        case AssignRoom():
            return rooms.assign(clinic, command)
        case SetAvailability():
            return rooms.set_availability(clinic, command, moment)
        case AcknowledgeAnnouncement():
            return serving.acknowledge(clinic, command)
        case _:
            assert_never(command)


def _of_the_site(clinic: Clinic, command: SiteCommand, moment: Moment) -> Decision:  # noqa: PLR0911, PLR0912
    """One line a command."""
    match command:
        case ConfigureSite():
            return configuring.configure(clinic, command)
        case AdmitUnit():
            return configuring.admit(clinic, command)
        case ForgetUnit():
            return leasing.forget(clinic, command)
        case BindUnit():
            return configuring.bind(clinic, command)
        case StopIssuing():
            return rooms.stop_issuing(clinic, command)
        case ResumeIssuing():
            return rooms.resume_issuing(clinic, command)
        case FollowClock():
            return Decision(turning.stops(clinic, moment.at), Done())
        case GrantLease():
            return leasing.grant(clinic, command)
        case MergeTokens():
            return leasing.merge(clinic, command, moment)
        case BookAppointment():
            return appointing.book(clinic, command, moment)
        case ImportAppointments():
            return appointing.take_over(clinic, command, moment)
        case CancelAppointment():
            return appointing.cancel(clinic, command)
        case CheckIn():
            return appointing.check_in(clinic, command, moment)
        case _:
            assert_never(command)
