"""What the rules refuse."""

from smartqueue.errors.base import Refusal


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


class UnknownTicket(Refusal):
    """Neither code nor label of a ticket of this clinic day."""

    code, status = "unknown_ticket", 404


class BadPhone(Refusal):
    """No whole telephone number with its country prefix. Its digits are told to nobody."""

    code, status = "bad_phone", 422


class ConsentNeeded(Refusal):
    """A telephone number came without the person's consent."""

    code, status = "consent_needed", 422


class TokenOver(Refusal):
    """label; state: that it ended in."""

    code = "token_over"


class UnknownOperator(Refusal):
    """operator; known: ids."""

    code, status = "unknown_operator", 404


class UnknownUnit(Refusal):
    """unit; known: names."""

    code, status = "unknown_unit", 404


class NotACaller(Refusal):
    """unit; kind: what it is. Only caller units have a room and lamps."""

    code, status = "not_a_caller", 422


class UnitAway(Refusal):
    """unit: that does not read the feed now."""

    code, status = "unit_away", 409


class UnknownVisitType(Refusal):
    """visit_type; department; known: ids."""

    code, status = "unknown_visit_type", 404


class UnknownAppointment(Refusal):
    code, status = "unknown_appointment", 404


class AmbiguousReference(Refusal):
    """More than one appointment of today has what was typed as its code or reference."""

    code = "ambiguous_reference"


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
