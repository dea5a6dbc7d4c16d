"""Routes of tokens."""

from hub.api import reading, staff_reading, token_commands
from hub.api.policy import STAFF, STAFF_AND_UNITS, Asker
from hub.api.route import Errors, Route
from smartqueue import errors, wire
from smartqueue.wire import BASE

_TOKEN = f"{BASE}/tokens/{{token}}"
_CALLERS = STAFF | {Asker.CALLER}
_MOVED: Errors = (errors.UnknownToken, errors.ImpossibleTransition)
_PRESSED: Errors = (*_MOVED, errors.PressTooOld, errors.TokenElsewhere, errors.NoOwnRoom)
_DOCTOR: Errors = (errors.UnknownOperator, errors.DoctorElsewhere)

ROUTES: tuple[Route, ...] = (
    Route(
        "POST",
        f"{BASE}/tokens",
        token_commands.issue_token,
        STAFF | {Asker.KIOSK, Asker.TECHNICIAN},
        "Issue a token. A kiosk never sends `priority` or `override`; a technician always sends `trial`.",
        body=wire.IssueBody,
        answer=wire.IssuedAnswer,
        status=201,
        command=True,
        errors=(
            errors.UnknownDepartment,
            errors.DepartmentClosed,
            errors.DepartmentFull,
            errors.QuotaReached,
            errors.LastTokenGiven,
            errors.NotASupervisor,
            errors.UnknownVisitType,
            *_DOCTOR,
            errors.DoctorAway,
        ),
    ),
    Route(
        "GET",
        _TOKEN,
        reading.token,
        STAFF_AND_UNITS,
        "One token: state and timeline; for operators who work with patients needs, priority and plan too.",
        answer=wire.TokenDetail,
        errors=(errors.UnknownToken,),
    ),
    Route(
        "POST",
        f"{_TOKEN}/call",
        token_commands.call_token,
        _CALLERS,
        "Call this token and not the next one; what the room was busy with ends as with `call-next`.",
        body=wire.CallTokenBody,
        answer=wire.CalledAnswer,
        command=True,
        errors=(
            *_MOVED,
            errors.UnknownRoom,
            errors.PressTooOld,
            errors.WrongRoom,
            errors.NoOwnRoom,
            errors.RoomPaused,
            errors.RoomClosed,
            errors.TokenNotForRoom,
            errors.ConfirmNoShow,
            errors.NothingToConfirm,
        ),
    ),
    *(
        Route(
            "POST",
            f"{_TOKEN}/{verb}",
            handler,
            _CALLERS,
            summary,
            body=body,
            answer=wire.TokenAnswer,
            command=True,
            errors=_PRESSED,
        )
        for verb, handler, body, summary in (
            ("recall", token_commands.recall, wire.PressBody, "Repeat the open call in the same room."),
            ("start", token_commands.start_service, wire.PressBody, "The person is in the room."),
            (
                "finish",
                token_commands.finish_service,
                wire.FinishBody,
                "The consultation is over; with a planned next step the token waits there. Operators may send a note.",
            ),
            ("no-show", token_commands.mark_no_show, wire.PressBody, "Called and did not come."),
            ("park", token_commands.park_token, wire.ParkBody, "Out of the queue for a reason and with a claim."),
        )
    ),
    Route(
        "POST",
        f"{_TOKEN}/transfer",
        token_commands.transfer_token,
        _CALLERS,
        "Same token, same label, next department: the one that is named, or the next planned step.",
        body=wire.TransferBody,
        answer=wire.TokenAnswer,
        command=True,
        errors=(*_PRESSED, errors.UnknownDepartment, errors.SameDepartment, errors.NoPlannedStep, *_DOCTOR),
    ),
    Route(
        "POST",
        f"{_TOKEN}/return",
        token_commands.return_token,
        STAFF | {Asker.KIOSK},
        "Somebody who was called and did not come is here now.",
        answer=wire.TokenAnswer,
        command=True,
        errors=_MOVED,
    ),
    Route(
        "POST",
        f"{_TOKEN}/resume",
        token_commands.resume_token,
        STAFF,
        "Back in the queue after parking.",
        answer=wire.TokenAnswer,
        command=True,
        errors=_MOVED,
    ),
    Route(
        "POST",
        f"{_TOKEN}/cancel",
        token_commands.cancel_token,
        STAFF | {Asker.KIOSK, Asker.TECHNICIAN},
        "Take a token out before its service: a kiosk what still waits, a technician what is a trial.",
        body=wire.PressBody,
        answer=wire.TokenAnswer,
        command=True,
        errors=_PRESSED,
    ),
    Route(
        "POST",
        f"{_TOKEN}/set-priority",
        token_commands.set_priority,
        STAFF,
        "Another priority, with its reason; the only way to `emergency` beside issuing by an operator.",
        body=wire.PriorityBody,
        answer=wire.PriorityAnswer,
        command=True,
        errors=_MOVED,
    ),
    Route(
        "POST",
        f"{_TOKEN}/any-doctor",
        token_commands.release_doctor,
        STAFF,
        "A token that waits for one doctor may be called by any.",
        answer=wire.TokenAnswer,
        command=True,
        errors=_MOVED,
    ),
    Route(
        "GET",
        f"{_TOKEN}/note",
        staff_reading.notes,
        frozenset({Asker.DOCTOR, Asker.ADMINISTRATOR}),
        "The notes of its consultations, oldest first; of earlier days too.",
        answer=wire.NotesAnswer,
        errors=(errors.UnknownToken, errors.JournalFault),
    ),
    Route(
        "GET",
        f"{BASE}/labels/{{label}}",
        staff_reading.label,
        STAFF | {Asker.KIOSK},
        "The token of today that has this label, and its state.",
        answer=wire.LabelAnswer,
        errors=(errors.UnknownLabel,),
    ),
)
