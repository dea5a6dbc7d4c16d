"""Routes of appointments, and of the blocks of numbers that kiosks have."""

from hub.api import appointment_commands, lease_commands, staff_reading
from hub.api.policy import DESK, STAFF, Asker
from hub.api.route import LARGE_BODY_BYTES, Route
from smartqueue import errors, wire
from smartqueue.wire import BASE

_APPOINTMENTS = f"{BASE}/appointments"
_KIOSK = frozenset({Asker.KIOSK})

ROUTES: tuple[Route, ...] = (
    Route(
        "GET",
        _APPOINTMENTS,
        staff_reading.appointments,
        STAFF,
        "The appointments of a clinic day, by time, with the codes for checking in.",
        answer=wire.AppointmentsAnswer,
        query={"date": "A clinic day from today on, e.g. `2026-03-02`; left out = today."},
        errors=(errors.InvalidRequest,),
    ),
    Route(
        "POST",
        _APPOINTMENTS,
        appointment_commands.book_appointment,
        STAFF,
        "Book an appointment; one with a `reference` that is known is changed.",
        body=wire.BookBody,
        answer=wire.BookedAnswer,
        status=201,
        command=True,
        errors=(errors.BadAppointment,),
    ),
    Route(
        "POST",
        f"{_APPOINTMENTS}/import",
        appointment_commands.import_appointments,
        DESK,
        "Many appointments at once, all or none: a JSON list, or CSV with a header row.",
        body=wire.BookBody,
        many=True,
        also=("text/csv",),
        body_bytes=LARGE_BODY_BYTES,
        answer=wire.ImportAnswer,
        command=True,
        errors=(errors.InvalidImport, errors.UnsupportedMedia),
    ),
    Route(
        "POST",
        f"{_APPOINTMENTS}/{{appointment}}/cancel",
        appointment_commands.cancel_appointment,
        STAFF,
        "It will not come.",
        answer=wire.DoneAnswer,
        command=True,
        errors=(errors.UnknownAppointment, errors.AppointmentSettled),
    ),
    Route(
        "POST",
        f"{_APPOINTMENTS}/{{appointment}}/check-in",
        appointment_commands.check_in,
        STAFF | {Asker.KIOSK},
        "The person is here: by the appointment's id, code, or (today's) reference, it becomes a token.",
        body=wire.CheckInBody,
        answer=wire.IssuedAnswer,
        status=201,
        command=True,
        errors=(
            errors.UnknownAppointment,
            errors.AmbiguousReference,
            errors.AppointmentSettled,
            errors.AppointmentOtherDay,
            errors.AppointmentTooEarly,
            errors.DepartmentFull,
            errors.TooManyRequests,
        ),
    ),
    Route(
        "POST",
        f"{BASE}/leases",
        lease_commands.grant_lease,
        _KIOSK,
        "A block of numbers to issue from while the hub is away; the same one as long as half of it is left.",
        body=wire.LeaseBody,
        answer=wire.LeaseAnswer,
        command=True,
        errors=(errors.UnknownDepartment, errors.DepartmentFull, errors.UnknownUnit),
    ),
    Route(
        "POST",
        f"{BASE}/leases/{{lease}}/tokens",
        lease_commands.merge_tokens,
        _KIOSK,
        "What was issued from a block while the hub was away; each token joins once, however often it is sent.",
        body=wire.MergeBody,
        answer=wire.MergeAnswer,
        command=True,
        errors=(errors.UnknownLease, errors.WrongLease, errors.LeaseRevoked),
    ),
)
