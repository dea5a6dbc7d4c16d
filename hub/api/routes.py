"""All routes of the wire contract; here those that only read and are for everybody."""

from hub.api import (
    appointment_routes,
    feed_socket,
    reading,
    report_routes,
    room_routes,
    site_routes,
    sound_routes,
    ticket_routes,
    token_routes,
    unit_health,
)
from hub.api.metrics import CONTENT_TYPE as PROMETHEUS
from hub.api.policy import ANYONE, STAFF_AND_UNITS, Asker
from hub.api.route import Route
from smartqueue import errors, wire
from smartqueue.wire import BASE

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
    *token_routes.ROUTES,
    *ticket_routes.ROUTES,
    *room_routes.ROUTES,
    *sound_routes.ROUTES,
    *unit_health.ROUTES,
    *appointment_routes.ROUTES,
    *site_routes.ROUTES,
    *report_routes.ROUTES,
)
