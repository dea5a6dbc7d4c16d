"""All routes of the wire contract."""

from hub.api import commands, feed_socket, reading, report_routes
from hub.api.metrics import CONTENT_TYPE as PROMETHEUS
from hub.api.policy import ANYONE, STAFF_AND_UNITS, Asker
from hub.api.route import Errors, Route
from smartqueue import errors, wire
from smartqueue.wire import BASE

_CALLER = frozenset({Asker.CALLER})
_PRESS: Errors = (errors.PressTooOld, errors.WrongRoom)
_ROOM: Errors = (errors.UnknownRoom, *_PRESS)
_TOKEN: Errors = (errors.UnknownToken, errors.ImpossibleTransition, errors.PressTooOld, errors.TokenElsewhere)

ROUTES: tuple[Route, ...] = (
    Route(
        "GET",
        "/healthz",
        reading.healthz,
        ANYONE,
        "Whether the hub is ready; 503 while it replays.",
        answer=wire.Health,
    ),
    Route(
        "GET",
        "/metrics",
        reading.metrics,
        frozenset({Asker.TECHNICIAN, Asker.THIS_MACHINE}),
        "Figures for Prometheus.",
        media=PROMETHEUS,
    ),
    Route(
        "GET",
        f"{BASE}/departments",
        reading.departments,
        ANYONE,
        "All departments: open or not, how many wait, how long it takes.",
        answer=wire.DepartmentsAnswer,
    ),
    Route(
        "GET",
        f"{BASE}/departments/{{department}}/queue",
        reading.queue,
        STAFF_AND_UNITS,
        "Labels of one queue, in the order of calling.",
        answer=wire.QueueAnswer,
        errors=(errors.UnknownDepartment,),
    ),
    Route("GET", f"{BASE}/board", reading.board, ANYONE, "What a display shows now.", answer=wire.BoardView),
    Route(
        "POST",
        f"{BASE}/tokens",
        commands.issue_token,
        frozenset({Asker.KIOSK, Asker.TECHNICIAN}),
        "Issue a token. A kiosk never sends `priority`; a technician always sends `trial`.",
        body=wire.IssueBody,
        answer=wire.IssuedAnswer,
        status=201,
        command=True,
        errors=(errors.UnknownDepartment, errors.DepartmentClosed, errors.DepartmentFull),
    ),
    Route(
        "GET",
        f"{BASE}/tokens/{{token}}",
        reading.token,
        STAFF_AND_UNITS,
        "One token: state and timeline.",
        answer=wire.TokenDetail,
        errors=(errors.UnknownToken,),
    ),
    *(
        Route(
            "POST",
            f"{BASE}/tokens/{{token}}/{verb}",
            handler,
            _CALLER,
            summary,
            body=wire.PressBody,
            answer=wire.TokenAnswer,
            command=True,
            errors=_TOKEN,
        )
        for verb, handler, summary in (
            ("recall", commands.recall, "Repeat the open call in the same room."),
            ("start", commands.start_service, "The person is in the room."),
            ("finish", commands.finish_service, "The consultation is over."),
            ("no-show", commands.mark_no_show, "Called and did not come."),
        )
    ),
    Route(
        "POST",
        f"{BASE}/tokens/{{token}}/cancel",
        commands.cancel_token,
        frozenset({Asker.KIOSK, Asker.TECHNICIAN}),
        "Take a token out before its service: a kiosk what still waits, a technician what is a trial.",
        body=wire.PressBody,
        answer=wire.TokenAnswer,
        command=True,
        errors=(errors.UnknownToken, errors.ImpossibleTransition, errors.PressTooOld),
    ),
    Route(
        "POST",
        f"{BASE}/rooms/{{room}}/call-next",
        commands.call_next,
        _CALLER,
        "The button Next: finish with the current token and call the next; `token` is null when nobody waits.",
        body=wire.CallNextBody,
        answer=wire.CalledAnswer,
        command=True,
        errors=(
            *_ROOM,
            errors.RoomPaused,
            errors.RoomClosed,
            errors.ConfirmNoShow,
            errors.NothingToConfirm,
        ),
    ),
    *(
        Route(
            "POST",
            f"{BASE}/rooms/{{room}}/{verb}",
            handler,
            _CALLER,
            summary,
            body=body,
            answer=wire.RoomAnswer,
            command=True,
            errors=(*_ROOM, *more),
        )
        for verb, handler, body, summary, more in (
            ("open", commands.open_room, wire.PressBody, "The room calls again.", ()),
            (
                "pause",
                commands.pause_room,
                wire.PauseBody,
                "A break; `back_at` says until when.",
                (errors.BadReturnTime,),
            ),
            ("close", commands.close_room, wire.PressBody, "The room calls nobody any more.", ()),
        )
    ),
    Route(
        "POST",
        f"{BASE}/announcements/{{announcement}}/ack",
        commands.acknowledge,
        frozenset({Asker.DISPLAY}),
        "A display has played it.",
        body=wire.AckBody,
        answer=wire.AckAnswer,
        command=True,
        errors=(errors.UnknownAnnouncement,),
    ),
    Route(
        "GET",
        f"{BASE}/status/{{secret}}",
        reading.status,
        ANYONE,
        "The patient's own token, by the secret of the ticket's QR code or by its short code.",
        answer=wire.StatusAnswer,
        errors=(errors.UnknownToken, errors.TooManyRequests),
    ),
    Route(
        "GET",
        f"{BASE}/feed",
        feed_socket.feed,
        ANYONE,
        "WebSocket: hello, then a snapshot or what is missing, then every change, with heartbeats between.",
        status=101,
        query={
            "since": "Number of the last change that the reader has; left out for a snapshot.",
            "epoch": "Of the hello that `since` belongs to; another one leads to a snapshot.",
        },
        errors=(errors.BadSince, errors.UpgradeRequired, errors.TooManyRequests),
    ),
    *report_routes.ROUTES,
)
