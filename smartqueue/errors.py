"""The two trees of errors: a Refusal means the rules say no and nothing changed; a Fault means something broke.

Each Refusal has a stable `code` and an HTTP status. Its words are in the locales under `refusal.<code>`;
`values` fill the places in them. Standard library only.
"""

from typing import ClassVar

Value = str | int | list[str]


class Refusal(Exception):
    """The rules say no; nothing has changed. Sub-classes are listed in docs/protocol.md."""

    code: ClassVar[str] = "refused"
    status: ClassVar[int] = 409

    def __init__(self, **values: Value) -> None:
        super().__init__(self.code, values)
        self.values = values
        self.detail = ""
        """The hub's own sentence, when the refusal came over the wire."""


# --- the request itself -------------------------------------------------------------------------------


class BadHttp(Refusal):
    code, status = "bad_http", 400


class BadAddress(Refusal):
    """The address in the request line has characters that must be percent-encoded."""

    code, status = "bad_address", 400


class RepeatedHeader(Refusal):
    """header: one that may be there only once."""

    code, status = "repeated_header", 400


class UnmetExpectation(Refusal):
    """An Expect header asks for something else than 100-continue."""

    code, status = "unmet_expectation", 417


class UnsupportedEncoding(Refusal):
    """The body is compressed or otherwise encoded."""

    code, status = "unsupported_encoding", 415


class UnsupportedMedia(Refusal):
    """kind: content type that was sent; known: those that are read here."""

    code, status = "unsupported_media", 415


class BrokenBody(Refusal):
    """The body ended before its announced length, or its chunks make no sense."""

    code, status = "broken_body", 400


class BadJson(Refusal):
    code, status = "bad_json", 400


class InvalidRequest(Refusal):
    """errors: one line for each field that is wrong."""

    code, status = "invalid_request", 422


class BodyTooLarge(Refusal):
    """limit_bytes."""

    code, status = "body_too_large", 413


class MissingCommandId(Refusal):
    code, status = "missing_idempotency_key", 400


class BadCommandId(Refusal):
    code, status = "bad_idempotency_key", 400


class CommandIdReused(Refusal):
    """The same id came from another actor or with other content; the first answer is not shown."""

    code, status = "idempotency_key_reused", 409


class BadSince(Refusal):
    code, status = "bad_since", 400


class NotAuthenticated(Refusal):
    code, status = "not_authenticated", 401


class WrongKey(Refusal):
    code, status = "wrong_key", 401


class NotPermitted(Refusal):
    """kind: of the asker; action: what was asked."""

    code, status = "not_permitted", 403


class WrongRoom(Refusal):
    """room: the only one that this caller unit, or somebody who works there, acts for."""

    code, status = "wrong_room", 403


class NoOwnRoom(Refusal):
    """operator: who may act only for the room they work in, and works in none."""

    code, status = "no_own_room", 403


class InsecureConnection(Refusal):
    """A key came over a connection on which others could have read it."""

    code, status = "insecure_connection", 403


class WrongHost(Refusal):
    """The Host header names something that is not this hub (DNS rebinding)."""

    code, status = "wrong_host", 421


class WrongOrigin(Refusal):
    """A page of another site asks."""

    code, status = "wrong_origin", 403


class TooManyRequests(Refusal):
    """retry_s."""

    code, status = "too_many_requests", 429


class NoSuchRoute(Refusal):
    code, status = "no_such_route", 404


class UpgradeRequired(Refusal):
    """The feed is a WebSocket."""

    code, status = "upgrade_required", 426


class MethodNotAllowed(Refusal):
    """allowed: list of methods."""

    code, status = "method_not_allowed", 405


# --- the rules ----------------------------------------------------------------------------------------


class UnknownDepartment(Refusal):
    """department; known: ids."""

    code, status = "unknown_department", 404


class UnknownRoom(Refusal):
    """room; known: ids."""

    code, status = "unknown_room", 404


class UnknownToken(Refusal):
    code, status = "unknown_token", 404


class UnknownAnnouncement(Refusal):
    code, status = "unknown_announcement", 404


class UnknownLabel(Refusal):
    """label: that no token of this clinic day has."""

    code, status = "unknown_label", 404


class UnknownOperator(Refusal):
    """operator; known: ids."""

    code, status = "unknown_operator", 404


class UnknownUnit(Refusal):
    """unit; known: names."""

    code, status = "unknown_unit", 404


class UnknownVisitType(Refusal):
    """visit_type; department; known: ids."""

    code, status = "unknown_visit_type", 404


class UnknownAppointment(Refusal):
    code, status = "unknown_appointment", 404


class UnknownLease(Refusal):
    """A block of numbers that was never given out, or whose day is long over."""

    code, status = "unknown_lease", 404


class DepartmentClosed(Refusal):
    """department."""

    code = "department_closed"


class DepartmentFull(Refusal):
    """department; limit: how many tokens a day its series can number."""

    code = "department_full"


class QuotaReached(Refusal):
    """department; quota: tokens that it gives out in one day. A supervisor may override."""

    code = "quota_reached"


class LastTokenGiven(Refusal):
    """department; last: label of the last token of the day, `-` for none. A supervisor may override."""

    code = "last_token_given"


class NotASupervisor(Refusal):
    """operator: who wanted to override."""

    code, status = "not_a_supervisor", 403


class DoctorElsewhere(Refusal):
    """doctor; department: one that this operator does not work for."""

    code = "doctor_elsewhere"


class DoctorAway(Refusal):
    """doctor; day: one on which this operator does not work."""

    code = "doctor_away"


class RoomPaused(Refusal):
    """room."""

    code = "room_paused"


class RoomClosed(Refusal):
    """room."""

    code = "room_closed"


class ConfirmNoShow(Refusal):
    """label; room. Press again to say that nobody came."""

    code = "confirm_no_show"


class NothingToConfirm(Refusal):
    """room. An outcome was sent, but the room's token is not one that was called and awaited."""

    code = "nothing_to_confirm"


class PressTooOld(Refusal):
    """limit_s."""

    code = "press_too_old"


class ImpossibleTransition(Refusal):
    """label; state: the token is in; verb; possible: verbs that are possible now."""

    code = "impossible_transition"


class TokenElsewhere(Refusal):
    """label; room: where the token was called to."""

    code, status = "token_elsewhere", 403


class BadReturnTime(Refusal):
    """hours: how far ahead an expected return may lie."""

    code, status = "bad_return_time", 422


class TokenNotForRoom(Refusal):
    """label; department: of the token; room: serves other departments. Transfer the token first."""

    code = "token_not_for_room"


class SameDepartment(Refusal):
    """label; department: where the token waits already."""

    code = "same_department"


class NoPlannedStep(Refusal):
    """label. Nothing is planned after this department; name the one to transfer to."""

    code = "no_planned_step"


class NothingToUndo(Refusal):
    """room. Its last command has been undone, or there was none."""

    code = "nothing_to_undo"


class UndoTooLate(Refusal):
    """room; limit_s. Too much time has gone by, or what the command touched has moved on."""

    code = "undo_too_late"


class BadAppointment(Refusal):
    """errors: one line for each mistake."""

    code, status = "bad_appointment", 422


class AppointmentSettled(Refusal):
    """state: `checked_in` or `cancelled`."""

    code = "appointment_settled"


class AppointmentOtherDay(Refusal):
    """day: of the appointment, as ISO date."""

    code = "appointment_other_day"


class AppointmentTooEarly(Refusal):
    """time: `HH:MM` of the site's zone, from which on one may check in."""

    code = "appointment_too_early"


class InvalidImport(Refusal):
    """errors: one line for each row that is wrong; nothing was imported."""

    code, status = "invalid_import", 422


class LeaseRevoked(Refusal):
    code = "lease_revoked"


class WrongLease(Refusal):
    """The block of numbers was given to another kiosk."""

    code, status = "wrong_lease", 403


class BadPeriod(Refusal):
    """The date or the period of a report can't be understood, or lies ahead."""

    code, status = "bad_period", 422


class InvalidConfiguration(Refusal):
    """errors: every mistake, one line each."""

    code, status = "invalid_configuration", 422


# --- what breaks --------------------------------------------------------------------------------------


class Fault(Exception):
    """Something broke. `str()` of it is one clear line that says what to do."""

    code: ClassVar[str] = "fault"
    status: ClassVar[int] = 500


class InternalFault(Fault):
    code = "internal_fault"


class HubStarting(Fault):
    """The hub still replays its journal."""

    code, status = "hub_starting", 503


class JournalFault(Fault):
    """The journal can't be opened, read or appended to."""

    code, status = "journal_fault", 503


class HubAway(Fault):
    """The hub did not answer in time. sent: it may have obeyed; False = it can't have, nothing has reached it."""

    code, status = "hub_away", 503

    def __init__(self, text: str = "", *, sent: bool = True) -> None:
        super().__init__(text)
        self.sent = sent


class SettingsFault(Fault):
    """A unit's settings can't be used; the text lists every mistake."""

    code = "settings_fault"


class StartFault(Fault):
    """The process can't start: a port in use, a directory not writable, a part missing."""

    code = "start_fault"


class PrinterFault(Fault):
    """The printer did not take a job. `state` says what is known about it."""

    code = "printer_fault"


class SoundFault(Fault):
    """The player or the voice did not work."""

    code = "sound_fault"
