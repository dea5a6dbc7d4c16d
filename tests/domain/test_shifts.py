"""Operators: schedules, leave, rooms; a doctor who moves (queue-rules, What goes wrong in real clinics)."""

import pytest
from clinic_script import ClinicScript, department, doctor, room, shift

from hub.domain.configuration import Leave
from hub.domain.events import DayOpened, RoomAssigned, ShiftBegan, ShiftEnded
from hub.domain.turning import due, is_watching
from smartqueue.terms import Day, LeaveReason, OperatorId, RoomId, RoomState

MONDAY, TUESDAY = 0, 1
LEAVE = Leave(Day("2026-03-02"), Day("2026-03-03"), LeaveReason.HOLIDAY)


def practice_of(*operators, **more) -> ClinicScript:
    """On a Monday at 08:00; rooms 3 and 4."""
    return ClinicScript().configure(
        department("medicine", "A"),
        rooms=(room("3", "medicine"), room("4", "medicine")),
        operators=operators,
        **more,
    )


def who(clinic: ClinicScript) -> tuple[str | None, str | None]:
    """Works in rooms 3 and 4."""
    return clinic.state.desks[RoomId("room-3")].operator, clinic.state.desks[RoomId("room-4")].operator


def test_without_a_schedule_somebody_works_in_their_own_room_every_day():
    clinic = practice_of(doctor("ada", "3"))
    assert who(clinic) == ("ada", None)
    clinic.until("04:00")
    assert who(clinic) == ("ada", None)


def test_a_shift_puts_somebody_into_its_room_when_it_begins():
    clinic = practice_of(doctor("ada", "3", schedule=(shift(MONDAY, 9, 12), shift(MONDAY, 13, 17, "4"))))
    assert who(clinic) == (None, None)
    assert who(clinic.until("09:00")) == ("ada", None)
    assert who(clinic.until("13:00")) == (None, "ada")
    assert clinic.happened(ShiftBegan) == [
        ShiftBegan(OperatorId("ada"), RoomId("room-3")),
        ShiftBegan(OperatorId("ada"), RoomId("room-4")),
    ]


def test_a_shift_that_runs_already_when_the_day_is_opened_begins_at_once():
    clinic = practice_of(doctor("ada", "3", schedule=(shift(MONDAY, 7, 12),)))
    assert who(clinic) == ("ada", None)


def test_shifts_are_of_their_weekday():
    clinic = practice_of(doctor("ada", "3", schedule=(shift(TUESDAY, 9, 12),)))
    assert who(clinic.until("09:00")) == (None, None)
    assert who(clinic.until("08:59").until("09:00")) == ("ada", None)


def test_a_shift_over_midnight_goes_on_after_it_and_into_the_new_clinic_day():
    clinic = practice_of(doctor("ada", "3", schedule=(shift(MONDAY, 22, 6),)))
    assert who(clinic.until("23:00")) == ("ada", None)
    assert who(clinic.until("05:00")) == ("ada", None)
    clinic.until("06:00")
    assert isinstance(clinic.events[-1], ShiftEnded)


def test_whoever_follows_takes_the_room_over():
    clinic = practice_of(
        doctor("ben", "3", schedule=(shift(MONDAY, 12, 16),)), doctor("ada", "3", schedule=(shift(MONDAY, 8, 12),))
    )
    assert who(clinic) == ("ada", None)
    assert who(clinic.until("12:00")) == ("ben", None)
    ended, began = clinic.events[-2:]
    assert (ended, began) == (ShiftEnded(OperatorId("ada")), ShiftBegan(OperatorId("ben"), RoomId("room-3")))


@pytest.mark.parametrize("schedule", [(), (shift(MONDAY, 7, 17),)], ids=["without a schedule", "with one"])
def test_on_leave_nobody_works(schedule):
    clinic = practice_of(doctor("ada", "3", schedule=schedule, leave=(LEAVE,)))
    assert who(clinic) == (None, None)
    clinic.issue(doctor="ada")
    assert (clinic.refused, clinic.refusal.values["day"]) == ("doctor_away", "2026-03-02")


def test_leave_ends_with_its_last_day():
    clinic = practice_of(doctor("ada", "3", leave=(LEAVE,)))
    clinic.until("08:00").pass_time(1)
    assert who(clinic.until("08:00")) == (None, None), "Tuesday is the last day of leave"
    clinic.pass_time(1)
    assert who(clinic.until("08:00")) == ("ada", None)


def test_two_shifts_that_meet_are_one_turn_less():
    """At 12:00 nothing changes: the hub has nothing to look for before 16:00."""
    clinic = practice_of(doctor("ada", "3", schedule=(shift(MONDAY, 8, 12), shift(MONDAY, 12, 16))))
    clinic.until("12:00")
    assert not is_watching(clinic.state, clinic.now)
    assert clinic.state.next_turn == clinic.instant("16:00")


def test_an_operator_who_is_configured_during_their_hours_is_at_work_at_once():
    clinic = practice_of()
    clinic.until("10:00")
    clinic.reconfigure(operators=(doctor("ada", "3", schedule=(shift(MONDAY, 8, 16),)),))
    clinic.issue(doctor="ada")
    assert who(clinic) == ("ada", None)
    assert clinic.press("3").label == "A001"


def test_hours_that_were_cut_short_end_at_once():
    clinic = practice_of(doctor("ada", "3", schedule=(shift(MONDAY, 7, 16),)))
    clinic.until("10:00")
    clinic.reconfigure(operators=(doctor("ada", "3", schedule=(shift(MONDAY, 7, 9),)),))
    clinic.issue()
    assert clinic.events[-2:-1] == [ShiftEnded(OperatorId("ada"))]


def test_nothing_is_due_twice():
    clinic = practice_of(doctor("ada", "3", schedule=(shift(MONDAY, 7, 16),)))
    clinic.until("16:00")
    assert list(due(clinic.state, clinic.now)) == []
    assert clinic.state.next_turn > clinic.now


# --- rooms --------------------------------------------------------------------------------------------


def test_a_doctor_who_moves_leaves_the_other_room_and_calls_from_the_new_one(practice):
    practice.issue(doctor="ada")
    practice.assign("5", "ada")
    assert practice.state.desks[RoomId("room-3")].operator is None
    assert practice.press("3").token is None
    assert practice.press("5").label == "A001"
    assert practice.last_call().operator == "ada"


def test_room_and_doctor_are_bound_at_call_time(practice):
    practice.issue()
    practice.press("3")
    practice.assign("3", "ben")
    assert practice.last_call().operator == "ada", "who called it"
    practice.recall("A001", after_s=5)
    assert practice.last_call().operator == "ben"


def test_two_doctors_share_a_queue(practice):
    for _ in range(3):
        practice.issue()
    assert [practice.press(number).label for number in ("3", "4", "3")] == ["A001", "A002", "A003"]


def test_a_room_may_work_for_other_departments_until_the_day_ends(clinic):
    clinic.issue("laboratory")
    clinic.assign("3", None, "laboratory")
    assert clinic.press("3").label == "H001"
    clinic.until("04:00").until("08:00")
    clinic.issue("laboratory")
    assert clinic.press("3").token is None
    assert clinic.press("5").label == "H001"


def test_assigning_the_same_again_is_no_news(practice):
    practice.assign("3", "ada")
    assert practice.happened(RoomAssigned) == []


def test_unknown_people_and_departments_are_not_assigned(practice):
    practice.assign("3", "bob")
    assert practice.refused == "unknown_operator"
    practice.assign("3", "ada", "dentist")
    assert practice.refused == "unknown_department"
    practice.assign("9", "ada")
    assert practice.refused == "unknown_room"


def test_a_new_configuration_moves_nobody_who_is_still_there(practice):
    practice.assign("5", "ada")
    practice.reconfigure(department("medicine", "A", minutes=20))
    assert practice.state.desks[RoomId("room-5")].operator == "ada"


def test_open_pause_and_close_go_on_into_the_next_day(clinic):
    clinic.close_room("3")
    clinic.until("04:00")
    assert clinic.happened(DayOpened)[-1].room_states[RoomId("room-3")] is RoomState.CLOSED
    clinic.press("3")
    assert clinic.refused == "room_closed"
