"""Appointments: booked, imported, checked in early, on time or late (queue-rules, Who is next, 1, 4 and 5)."""

import pytest
from clinic_script import ClinicScript, department, doctor, room, step, visit_type

from hub.domain.appointing import referred_to
from hub.domain.commands import BookAppointment, CancelAppointment, CheckIn, ImportAppointments
from hub.domain.configuration import Leave, Rules, Span
from hub.domain.events import AppointmentBooked, DayClosed, DayOpened, TokenIssued
from hub.domain.results import Booked, Imported
from smartqueue.terms import (
    AppointmentId,
    CallReason,
    Day,
    DepartmentId,
    EntryKind,
    Instant,
    Language,
    LeaveReason,
    Need,
    OperatorId,
    Priority,
    TokenId,
    VisitTypeId,
)

MINUTE = 60
MEDICINE = DepartmentId("medicine")


def row(clinic: ClinicScript, clock: str, reference: str = "", where: str = "medicine") -> BookAppointment:
    identifier = AppointmentId(f"row-{clock}-{reference}-{clinic.seq}")
    return BookAppointment(identifier, DepartmentId(where), clinic.instant(clock), reference=reference)


# --- base and entry -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("arrives", "base", "entry"),
    [
        ("08:00", "09:00", "09:00"),
        ("08:59", "09:00", "09:00"),
        ("09:00", "09:00", "09:00"),
        ("09:01", "09:00", "09:01"),
        ("09:10", "09:00", "09:10"),
        ("09:11", "09:11", "09:11"),
        ("11:00", "11:00", "11:00"),
    ],
)
def test_up_to_ten_minutes_late_it_counts_from_the_booked_time_however_early_it_came(clinic, arrives, base, entry):
    at_base, at_entry = clinic.instant(base), clinic.instant(entry)
    booked = clinic.book("09:00")
    clinic.until(arrives)
    clinic.check_in(booked)
    token = clinic.token("A001")
    assert (token.base, token.entered_at, token.came_by) == (at_base, at_entry, EntryKind.APPOINTMENT)


def test_a_second_more_than_ten_minutes_is_late(clinic):
    booked = clinic.book("09:00")
    clinic.until("09:10")
    clinic.check_in(booked, after_s=1)
    assert clinic.token("A001").base == clinic.now


def test_who_comes_early_stands_behind_walk_ins_who_came_before_the_booked_time(clinic):
    booked = clinic.book("09:00")
    clinic.check_in(booked)
    clinic.until("08:59")
    clinic.issue()
    clinic.until("09:01")
    clinic.issue()
    assert clinic.queue() == ["A002", "A001", "A003"]


def test_who_is_called_before_the_booked_time_overtakes_nobody(clinic):
    clinic.check_in(clinic.book("09:00"))
    clinic.press("3")
    assert (clinic.current("3"), clinic.last_call().reason) == ("A001", CallReason.OLDEST)


def test_whom_an_early_one_overtakes_is_told_though_it_came_before(clinic):
    """Its entry is the booked time: who came in between entered earlier."""
    clinic.check_in(clinic.book("09:00"), needs=(Need.PREGNANT,))
    clinic.until("08:50")
    clinic.issue()
    clinic.press("3")
    assert (clinic.current("3"), clinic.last_call().reason) == ("A001", CallReason.CREDIT)
    assert clinic.overtaken() == ["A002"]


def test_who_comes_too_late_is_like_a_walk_in(clinic):
    booked = clinic.book("09:00")
    clinic.until("09:15")
    clinic.issue()
    clinic.check_in(booked, after_s=MINUTE)
    assert clinic.queue() == ["A001", "A002"]


def test_credit_counts_from_the_booked_time(clinic):
    booked = clinic.book("09:00")
    clinic.until("08:45")
    clinic.issue()
    clinic.check_in(booked, needs=(Need.ELDERLY,))
    assert clinic.queue() == ["A002", "A001"], "09:00 less 20 minutes is before 08:45"


def test_how_late_is_late_can_be_set():
    clinic = ClinicScript().configure(department("medicine", "A", rules=Rules(late_min=30)), rooms=(room("3"),))
    booked = clinic.book("09:00")
    clinic.until("09:30")
    clinic.check_in(booked)
    assert clinic.token("A001").base == clinic.now - 30 * 60_000


# --- check-in -----------------------------------------------------------------------------------------


def test_how_early_one_may_check_in_can_be_set():
    clinic = ClinicScript().configure(department("medicine", "A", rules=Rules(early_min=30)), rooms=(room("3"),))
    booked = clinic.book("09:00")
    clinic.until("08:29")
    assert clinic.check_in(booked) is None
    assert (clinic.refused, clinic.refusal.values) == ("appointment_too_early", {"time": "08:30"})
    clinic.until("08:30")
    assert clinic.check_in(booked) == "A001"


def test_one_checks_in_once(clinic):
    booked = clinic.book("09:00")
    clinic.check_in(booked)
    assert clinic.check_in(booked) is None
    assert (clinic.refused, clinic.refusal.values) == ("appointment_settled", {"state": "checked_in"})


def test_a_cancelled_appointment_no_longer_checks_in(clinic):
    booked = clinic.book("09:00")
    clinic.do(CancelAppointment(booked))
    clinic.check_in(booked)
    assert (clinic.refused, clinic.refusal.values) == ("appointment_settled", {"state": "cancelled"})
    clinic.do(CancelAppointment(booked))
    assert clinic.refused is None, "cancelling twice is no news"


def test_who_has_checked_in_cancels_the_token_and_not_the_appointment(clinic):
    booked = clinic.book("09:00")
    clinic.check_in(booked)
    clinic.do(CancelAppointment(booked))
    assert clinic.refused == "appointment_settled"


def test_one_checks_in_on_the_day_of_the_appointment_only(clinic):
    clinic.until("09:30")
    tomorrow = clinic.book("09:00")
    clinic.check_in(tomorrow)
    assert (clinic.refused, clinic.refusal.values) == ("appointment_other_day", {"day": "2026-03-03"})
    clinic.until("08:00")
    assert clinic.check_in(tomorrow) == "A001"


def test_an_appointment_after_midnight_is_of_the_clinic_day_that_goes_on(clinic):
    booked = clinic.book("01:00")
    clinic.until("23:50")
    assert clinic.check_in(booked) == "A001"


def test_an_unknown_appointment_is_refused(clinic):
    clinic.do(CheckIn(AppointmentId("nobody"), TokenId("t")))
    assert clinic.refused == "unknown_appointment"
    clinic.do(CancelAppointment(AppointmentId("nobody")))
    assert clinic.refused == "unknown_appointment"


def test_check_in_brings_what_was_booked():
    clinic = ClinicScript().configure(
        department("medicine", "A", visit_types=(visit_type("check-up", step("laboratory")),)),
        department("laboratory", "H"),
        rooms=(room("3", "medicine"),),
        operators=(doctor("ada", "3"),),
    )
    booked = clinic.book(
        "09:00",
        doctor=OperatorId("ada"),
        needs=(Need.DEAF,),
        language=Language("hi"),
        visit_type=VisitTypeId("check-up"),
    )
    clinic.check_in(booked, needs=(Need.WHEELCHAIR,))
    token = clinic.token("A001")
    assert (token.doctor, token.language, token.plan) == ("ada", "hi", (step("laboratory"),))
    assert (token.needs, token.priority) == ((Need.DEAF, Need.WHEELCHAIR), Priority.HIGH)
    issued = clinic.happened(TokenIssued)[-1]
    assert issued.appointment == booked


def test_a_promised_place_is_given_whatever_quota_and_closing_time_say():
    clinic = ClinicScript().configure(
        department("medicine", "A", quota=1, opens=8 * 60, closes=17 * 60), rooms=(room("3", "medicine"),)
    )
    booked = clinic.book("09:00")
    clinic.issue()
    assert clinic.issue() is None
    assert clinic.refused == "quota_reached"
    assert clinic.check_in(booked) == "A002"


# --- booking and importing ----------------------------------------------------------------------------


def test_what_is_wrong_with_a_booking_is_told_all_at_once():
    leave = Leave(Day("2026-03-02"), Day("2026-03-02"), LeaveReason.SICK)
    clinic = ClinicScript().configure(
        department("medicine", "A"),
        rooms=(room("3", "medicine"),),
        operators=(doctor("ada", "3", leave=(leave,)),),
    )
    clinic.do(BookAppointment(AppointmentId("a"), DepartmentId("dentist"), clinic.instant("09:00")))
    assert (clinic.refused, len(clinic.refusal.values["errors"])) == ("bad_appointment", 1)
    past = Instant(clinic.now - 1)
    clinic.do(BookAppointment(AppointmentId("a"), MEDICINE, past, visit_type=VisitTypeId("none")))
    assert len(clinic.refusal.values["errors"]) == 2
    clinic.do(BookAppointment(AppointmentId("a"), MEDICINE, clinic.instant("09:00"), OperatorId("ada")))
    assert "does not work at that time" in clinic.refusal.values["errors"][0]


def test_nobody_is_booked_for_a_time_at_which_the_department_is_closed():
    hours = (Span(0, 8 * 60, 17 * 60),)
    clinic = ClinicScript().configure(department("medicine", "A", hours=hours), holidays=(Day("2026-03-09"),))
    assert clinic.book("16:59") is not None
    for closed in ("17:00", "23:00"):
        clinic.book(closed)
        assert clinic.refusal.values["errors"] == ["department 'medicine' is closed at that time"]
    a_week_later = Instant(clinic.instant("09:00") + 7 * 24 * 3600 * 1000)
    clinic.do(BookAppointment(AppointmentId("holiday"), MEDICINE, a_week_later))
    assert clinic.refused == "bad_appointment"


def test_a_doctor_is_booked_only_for_a_department_of_theirs():
    clinic = ClinicScript().configure(
        department("medicine", "A"), department("laboratory", "H"), operators=(doctor("ada", None, "laboratory"),)
    )
    clinic.book("09:00", doctor=OperatorId("ada"))
    assert "does not work for department 'medicine'" in clinic.refusal.values["errors"][0]
    clinic.book("09:00", doctor=OperatorId("bob"))
    assert "no operator 'bob'" in clinic.refusal.values["errors"][0]


def test_an_import_books_changes_and_leaves_alone_what_it_finds(clinic):
    first = ImportAppointments((row(clinic, "09:00", "x1"), row(clinic, "10:00", "x2"), row(clinic, "11:00")))
    assert clinic.do(first) == Imported(booked=3, changed=0, unchanged=0)
    again = ImportAppointments((row(clinic, "09:00", "x1"), row(clinic, "10:30", "x2"), row(clinic, "12:00", "x4")))
    assert clinic.do(again) == Imported(booked=1, changed=1, unchanged=1)
    times = sorted(known.booked.at for known in clinic.state.appointments.values())
    assert times == [clinic.instant(clock) for clock in ("09:00", "10:30", "11:00", "12:00")]


def test_an_import_is_all_or_nothing_and_names_every_row(clinic):
    rows = (row(clinic, "09:00", "x1"), row(clinic, "10:00", "x1"), row(clinic, "11:00", "x2", "dentist"))
    assert clinic.do(ImportAppointments(rows)) is None
    errors = clinic.refusal.values["errors"]
    assert [error.split(":")[0] for error in errors] == ["row 2", "row 3"]
    assert not clinic.state.appointments
    clinic.do(ImportAppointments(rows, lines=(2, 3, 7)))
    assert [error.split(":")[0] for error in clinic.refusal.values["errors"]] == ["line 3", "line 7"]


def test_the_same_list_may_be_imported_again_after_its_times_have_gone_by(clinic):
    rows = (row(clinic, "09:00", "x1"), row(clinic, "10:00", "x2"))
    clinic.do(ImportAppointments(rows))
    clinic.until("09:30")
    assert clinic.do(ImportAppointments(rows)) == Imported(booked=0, changed=0, unchanged=2)


def test_a_cancelled_appointment_that_is_imported_again_stays_cancelled(clinic):
    rows = (row(clinic, "09:00", "x1"),)
    clinic.do(ImportAppointments(rows))
    (booked,) = clinic.state.appointments
    clinic.do(CancelAppointment(booked))
    assert clinic.do(ImportAppointments(rows)) == Imported(booked=0, changed=0, unchanged=1)
    clinic.check_in(booked)
    assert clinic.refused == "appointment_settled"


def test_a_cancelled_appointment_that_is_booked_again_can_check_in(clinic):
    booked = clinic.book("09:00", reference="x1")
    clinic.do(CancelAppointment(booked))
    again = clinic.do(BookAppointment(AppointmentId("new"), MEDICINE, clinic.instant("09:00"), reference="x1"))
    assert again == Booked(booked, MEDICINE, clinic.instant("09:00"))
    assert clinic.check_in(booked) == "A001"


def test_booking_the_same_again_is_no_news(clinic):
    first = clinic.book("09:00", reference="x1")
    clinic.book("09:00", reference="x1")
    assert list(clinic.state.appointments) == [first]
    assert len(clinic.happened(AppointmentBooked)) == 1


def test_who_has_checked_in_is_not_booked_anew(clinic):
    clinic.check_in(clinic.book("09:00", reference="x1"))
    clinic.book("10:00", reference="x1")
    assert clinic.refused == "bad_appointment"


# --- days ---------------------------------------------------------------------------------------------


def test_a_day_begins_with_the_appointments_from_today_on_and_reports_those_that_were_missed(clinic):
    missed, came, cancelled = clinic.book("09:00"), clinic.book("09:00"), clinic.book("09:00")
    clinic.check_in(came)
    clinic.do(CancelAppointment(cancelled))
    clinic.until("23:00")
    tomorrow = clinic.book("22:00")
    clinic.until("04:00")
    assert clinic.happened(DayClosed)[-1].missed == (missed,)
    assert [known.id for known in clinic.happened(DayOpened)[-1].appointments] == [tomorrow]
    clinic.check_in(missed)
    assert clinic.refused == "unknown_appointment"


def test_appointments_of_days_without_a_hub_are_reported_as_missed_too(clinic):
    clinic.until("23:00")
    tomorrow = clinic.book("22:00")
    clinic.pass_time(5 * 24 * 3600)
    clinic.issue()
    assert clinic.happened(DayClosed)[-1].missed == (tomorrow,)


# --- by reference -------------------------------------------------------------------------------------


def test_an_appointment_of_today_is_known_by_its_reference_as_somebody_types_it(clinic):
    booked = clinic.book("10:00", reference="MRN-77 a")
    for typed in ("MRN-77 a", "mrn77a", "mrn 77-A"):
        assert referred_to(clinic.state, typed) == (booked,)


def test_a_reference_just_so_goes_before_one_that_only_looks_alike(clinic):
    first, second = clinic.book("10:00", reference="a-1"), clinic.book("10:30", reference="A1")
    assert (referred_to(clinic.state, "a-1"), referred_to(clinic.state, "A1")) == ((first,), (second,))
    assert referred_to(clinic.state, "a 1") == (first, second)


def test_digits_stand_for_the_letters_that_no_keypad_has_and_go_behind_what_is_written_so(clinic):
    letters = clinic.book("10:00", reference="OPI-20")
    assert [referred_to(clinic.state, typed) for typed in ("0P120", "opi 20", "0PI2O")] == [(letters,)] * 3
    digits = clinic.book("10:30", reference="0P1-20")
    assert (referred_to(clinic.state, "0p1 20"), referred_to(clinic.state, "OPI20")) == ((digits,), (letters,))


def test_references_of_other_days_and_empty_ones_are_nobodys(clinic):
    clinic.book("10:00")
    clinic.book("10:00", reference="--")
    clinic.book("05:00", reference="tomorrow")
    assert [referred_to(clinic.state, typed) for typed in ("", " ", "-", "tomorrow")] == [()] * 4
