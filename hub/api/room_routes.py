"""Routes of rooms, of the people who work in them, of departments and of announcements."""

from hub.api import room_commands, staff_reading
from hub.api.policy import DESK, STAFF, Asker
from hub.api.route import Errors, Route
from smartqueue import errors, wire
from smartqueue.wire import BASE

_ROOM = f"{BASE}/rooms/{{room}}"
_CALLERS = STAFF | {Asker.CALLER}
_PRESSED: Errors = (errors.UnknownRoom, errors.PressTooOld, errors.WrongRoom, errors.NoOwnRoom)

ROUTES: tuple[Route, ...] = (
    Route(
        "POST",
        f"{_ROOM}/call-next",
        room_commands.call_next,
        _CALLERS,
        "The button Next: finish with the current token and call the next; `token` is null when nobody waits.",
        body=wire.CallNextBody,
        answer=wire.CalledAnswer,
        command=True,
        errors=(*_PRESSED, errors.RoomPaused, errors.RoomClosed, errors.ConfirmNoShow, errors.NothingToConfirm),
    ),
    Route(
        "POST",
        f"{_ROOM}/undo",
        room_commands.undo_last,
        _CALLERS,
        "Take the room's last command back whole, within 15 seconds.",
        body=wire.UndoBody,
        answer=wire.UndoneAnswer,
        command=True,
        errors=(*_PRESSED, errors.NothingToUndo, errors.UndoTooLate),
    ),
    *(
        Route(
            "POST",
            f"{_ROOM}/{verb}",
            handler,
            _CALLERS,
            summary,
            body=body,
            answer=wire.RoomAnswer,
            command=True,
            errors=(*_PRESSED, *more),
        )
        for verb, handler, body, summary, more in (
            ("open", room_commands.open_room, wire.PressBody, "The room calls again.", ()),
            (
                "pause",
                room_commands.pause_room,
                wire.PauseBody,
                "A break; `back_at` says until when.",
                (errors.BadReturnTime,),
            ),
            ("close", room_commands.close_room, wire.PressBody, "The room calls nobody any more.", ()),
        )
    ),
    Route(
        "POST",
        f"{_ROOM}/assign",
        room_commands.assign_room,
        STAFF,
        "Who works in the room, and for which departments, until said otherwise or the clinic day ends.",
        body=wire.AssignBody,
        answer=wire.StaffedAnswer,
        command=True,
        errors=(errors.UnknownRoom, errors.UnknownOperator, errors.UnknownDepartment),
    ),
    Route(
        "GET",
        f"{BASE}/operators",
        staff_reading.operators,
        STAFF,
        "All operators: where they work now, and whether they are there.",
        answer=wire.OperatorsAnswer,
    ),
    Route(
        "POST",
        f"{BASE}/operators/{{operator}}/availability",
        room_commands.set_availability,
        STAFF,
        "Whether an operator is there now; nurses and doctors say it of themselves.",
        body=wire.AvailabilityBody,
        answer=wire.AvailabilityAnswer,
        command=True,
        errors=(errors.UnknownOperator, errors.BadReturnTime),
    ),
    Route(
        "GET",
        f"{BASE}/departments/{{department}}/waiting",
        staff_reading.waiting,
        STAFF,
        "Everybody who waits there, in the order of calling, with needs, priority and its reason.",
        answer=wire.WaitingAnswer,
        errors=(errors.UnknownDepartment,),
    ),
    Route(
        "POST",
        f"{BASE}/departments/{{department}}/stop-issuing",
        room_commands.stop_issuing,
        DESK | {Asker.DOCTOR},
        "No more tokens of this department today; whoever waits is still called.",
        answer=wire.IssuingAnswer,
        command=True,
        errors=(errors.UnknownDepartment,),
    ),
    Route(
        "POST",
        f"{BASE}/departments/{{department}}/resume-issuing",
        room_commands.resume_issuing,
        DESK | {Asker.DOCTOR},
        "Tokens again for the rest of the day, whatever the estimates say; by a supervisor.",
        answer=wire.IssuingAnswer,
        command=True,
        errors=(errors.UnknownDepartment, errors.NotASupervisor),
    ),
    Route(
        "POST",
        f"{BASE}/announcements/{{announcement}}/ack",
        room_commands.acknowledge,
        frozenset({Asker.DISPLAY}),
        "A display has played it.",
        body=wire.AckBody,
        answer=wire.AckAnswer,
        command=True,
        errors=(errors.UnknownAnnouncement,),
    ),
)
