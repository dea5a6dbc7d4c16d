"""Who is next, steps 1 to 4, 7 and 8 (queue-rules): a position changes only for a reason that people can see."""

import pytest
from clinic_script import ClinicScript, department, doctor, room

from hub.domain.configuration import Rules
from hub.domain.events import TokenCalled
from smartqueue.terms import CallReason, ChoiceReason, Outcome, Priority, TokenState

MINUTE = 60


def two_departments(*, medicine: dict | None = None, laboratory: dict | None = None) -> ClinicScript:
    """One room for both."""
    return ClinicScript().configure(
        department("medicine", "A", **medicine or {}),
        department("laboratory", "H", **laboratory or {}),
        rooms=(room("3", "medicine", "laboratory"),),
    )


# --- 1: eligible --------------------------------------------------------------------------------------


def test_a_room_calls_only_for_its_own_departments(clinic):
    clinic.issue("medicine")
    assert clinic.press("5").token is None, "room 5 is the laboratory's"
    assert clinic.press("3").label == "A001"


def test_who_is_bound_to_another_doctor_is_not_called_even_by_an_idle_room(practice):
    practice.issue(doctor="ada")
    assert practice.press("4").token is None
    practice.issue()
    assert practice.press("4").label == "A002"
    assert practice.press("3").label == "A001"


def test_a_room_in_which_no_doctor_works_calls_nobody_who_waits_for_one(practice):
    practice.issue(doctor="ada")
    assert practice.press("5").token is None


def test_any_doctor_may_call_somebody_who_no_longer_waits_for_one(practice):
    practice.issue(doctor="ada")
    practice.any_doctor("A001", after_s=30 * MINUTE)
    assert practice.press("4").label == "A001"


def test_whoever_is_parked_or_did_not_come_is_not_called(clinic):
    for _ in range(3):
        clinic.issue()
    clinic.park("A001")
    assert clinic.press("3").label == "A002"
    assert clinic.press("3", outcome=Outcome.NO_SHOW).label == "A003"
    assert clinic.press("3").token is None
    assert [clinic.token(label).state for label in ("A001", "A002")] == [TokenState.PARKED, TokenState.NO_SHOW]


def test_an_appointment_is_eligible_from_check_in_on(clinic):
    booked = clinic.book("09:00")
    clinic.until("09:05")
    assert clinic.press("3", after_s=0).token is None
    assert clinic.check_in(booked) == "A001"
    assert clinic.press("3", after_s=0).label == "A001"


# --- 2: emergencies -----------------------------------------------------------------------------------


def test_emergencies_of_all_the_rooms_departments_go_first_in_the_order_they_came():
    clinic = two_departments(medicine={"weight": 100.0})
    clinic.issue("medicine")
    clinic.issue("laboratory", priority=Priority.EMERGENCY, after_s=40 * MINUTE)
    clinic.issue("medicine", priority=Priority.EMERGENCY, after_s=1)
    clinic.issue("laboratory", priority=Priority.EMERGENCY, after_s=1)
    assert clinic.presses("3", 4) == ["H001", "A002", "H002", "A001"]


def test_an_emergency_goes_before_older_high_priority_and_before_the_cap():
    clinic = ClinicScript().configure(department("medicine", "A"), rooms=(room("3", "medicine"),))
    clinic.issue()
    for _ in range(3):
        clinic.issue(priority=Priority.HIGH)
    clinic.presses("3", 2)
    clinic.issue(priority=Priority.EMERGENCY)
    assert clinic.press("3").label == "A005"
    assert clinic.press("3").label == "A001", "the cap still holds after it"


def test_an_operator_can_make_somebody_who_waits_an_emergency_and_take_it_back(clinic):
    for _ in range(3):
        clinic.issue()
    clinic.set_priority("A003", Priority.EMERGENCY)
    assert clinic.queue() == ["A003", "A001", "A002"]
    clinic.set_priority("A003", Priority.NORMAL)
    assert clinic.queue() == ["A001", "A002", "A003"]


def test_an_emergency_waits_for_no_doctor(practice):
    practice.issue()
    practice.issue(doctor="ada", priority=Priority.EMERGENCY)
    assert practice.press("4").label == "A002"


def test_an_emergency_that_is_none_any_more_waits_for_its_doctor_again(practice):
    practice.issue(doctor="ada", priority=Priority.EMERGENCY)
    practice.set_priority("A001", Priority.NORMAL)
    assert practice.press("4").label is None
    assert practice.press("3").label == "A001"


# --- 3: the department --------------------------------------------------------------------------------


def test_the_department_with_the_longest_wait_for_its_target_is_called():
    clinic = two_departments(medicine={"target_min": 60}, laboratory={"target_min": 15})
    clinic.issue("medicine")
    clinic.issue("laboratory", after_s=20 * MINUTE)
    clinic.pass_time(9 * MINUTE)
    assert clinic.press("3", after_s=0).label == "H001", "9 of 15 minutes is more than 29 of 60"


@pytest.mark.parametrize(("minutes", "called"), [(9, "A001"), (11, "H001")])
def test_a_weight_counts_as_so_many_times_the_wait(minutes, called):
    """Medicine has waited 20 minutes longer; the laboratory's wait counts three times."""
    clinic = two_departments(laboratory={"weight": 3.0})
    clinic.issue("medicine")
    clinic.issue("laboratory", after_s=20 * MINUTE)
    clinic.pass_time(minutes * MINUTE)
    assert clinic.press("3", after_s=0).label == called


def test_equal_waits_are_decided_by_entry():
    clinic = two_departments(medicine={"target_min": 60}, laboratory={"target_min": 30})
    clinic.issue("medicine")
    clinic.issue("laboratory", after_s=20 * MINUTE)
    clinic.pass_time(20 * MINUTE)
    assert clinic.press("3", after_s=0).label == "A001", "40 of 60 is 20 of 30"
    at_once = two_departments()
    at_once.issue("laboratory")
    at_once.issue("medicine")
    assert at_once.press("3", after_s=0).label == "H001"


def test_what_counts_is_who_entered_first_not_who_would_be_called():
    clinic = two_departments()
    clinic.issue("medicine")
    clinic.issue("laboratory", after_s=10 * MINUTE)
    clinic.issue("medicine", priority=Priority.HIGH, after_s=5 * MINUTE)
    assert clinic.press("3").label == "A002", "medicine, for A001 has waited longest; in it the credit counts"


def test_who_waits_for_another_doctor_makes_no_department_urgent():
    clinic = ClinicScript().configure(
        department("medicine", "A"),
        department("laboratory", "H"),
        rooms=(room("3", "medicine"), room("4", "medicine", "laboratory")),
        operators=(doctor("ada", "3"), doctor("ben", "4")),
    )
    clinic.issue("medicine", doctor="ada")
    clinic.issue("laboratory", after_s=30 * MINUTE)
    clinic.issue("medicine", after_s=5 * MINUTE)
    assert clinic.press("4").label == "H001"


def test_a_wait_that_has_not_begun_counts_as_none():
    clinic = two_departments(medicine={"target_min": 30}, laboratory={"target_min": 10})
    later, sooner = clinic.book("09:30", "medicine"), clinic.book("09:00", "laboratory")
    clinic.check_in(later)
    clinic.check_in(sooner)
    assert clinic.press("3", after_s=0).label == "H001", "both have waited 0 minutes; the booked time is the entry"


def test_no_room_is_idle_while_somebody_eligible_waits():
    clinic = two_departments()
    clinic.check_in(clinic.book("12:00", "laboratory"))
    assert clinic.press("3").label == "H001", "hours too early, but nobody else is there"


# --- 4: the order in it -------------------------------------------------------------------------------


def test_walk_ins_are_called_in_the_order_they_came(clinic):
    for _ in range(4):
        clinic.issue(after_s=1)
    assert clinic.presses("3", 4) == ["A001", "A002", "A003", "A004"]


@pytest.mark.parametrize(
    ("seconds_later", "first"),
    [(20 * MINUTE - 1, "A002"), (20 * MINUTE, "A001"), (20 * MINUTE + 1, "A001")],
    ids=["just before the credit's end", "exactly at it: ties by entry", "after it"],
)
def test_high_priority_is_worth_twenty_minutes(clinic, seconds_later, first):
    clinic.issue()
    clinic.issue(priority=Priority.HIGH, after_s=seconds_later)
    assert clinic.press("3").label == first


@pytest.mark.parametrize(("credit_min", "first"), [(0, "A001"), (120, "A002")])
def test_the_credit_can_be_set_for_each_department(credit_min, first):
    clinic = ClinicScript().configure(
        department("medicine", "A", rules=Rules(credit_min=credit_min)), rooms=(room("3", "medicine"),)
    )
    clinic.issue()
    clinic.issue(priority=Priority.HIGH, after_s=100 * MINUTE)
    assert clinic.press("3").label == first


def test_a_department_without_rules_of_its_own_follows_the_sites():
    clinic = ClinicScript().configure(
        department("medicine", "A"), rooms=(room("3", "medicine"),), rules=Rules(credit_min=5)
    )
    clinic.issue()
    clinic.issue(priority=Priority.HIGH, after_s=6 * MINUTE)
    assert clinic.press("3").label == "A001"


def test_high_priority_keeps_its_own_order(clinic):
    clinic.issue(priority=Priority.HIGH)
    clinic.issue(priority=Priority.HIGH, after_s=60)
    assert clinic.queue() == ["A001", "A002"]


def test_nobody_is_moved_by_what_others_do(clinic):
    for _ in range(4):
        clinic.issue()
    clinic.cancel("A002")
    clinic.park("A003")
    assert clinic.queue() == ["A001", "A004"]


# --- 7: the reason of every call ----------------------------------------------------------------------


def test_a_call_that_overtakes_nobody_is_of_the_oldest(clinic):
    clinic.issue(priority=Priority.HIGH)
    clinic.issue()
    clinic.press("3")
    assert (clinic.last_call().reason, clinic.last_call().overtook) == (CallReason.OLDEST, ())


def test_credit_is_the_reason_where_it_makes_the_difference(clinic):
    clinic.issue()
    clinic.issue(priority=Priority.HIGH, after_s=5 * MINUTE)
    clinic.press("3")
    assert clinic.last_call().reason is CallReason.CREDIT
    assert clinic.overtaken() == ["A001"]
    assert clinic.last_call().lead_s == 20 * MINUTE


def test_an_emergency_says_so_and_whom_it_overtook(clinic):
    clinic.issue()
    clinic.issue(priority=Priority.HIGH)
    clinic.issue(priority=Priority.EMERGENCY)
    clinic.press("3")
    assert clinic.last_call().reason is CallReason.EMERGENCY
    assert clinic.overtaken() == ["A001"], "only normal tokens are overtaken"


def test_a_chosen_call_says_why_and_whom_it_overtook(clinic):
    clinic.issue()
    clinic.issue()
    clinic.call("A002", "3", reason=ChoiceReason.LEAVING)
    called = clinic.last_call()
    assert (called.reason, called.chosen) == (CallReason.CHOSEN, ChoiceReason.LEAVING)
    assert clinic.overtaken() == ["A001"]


def test_a_call_of_the_next_one_says_no_choice(clinic):
    clinic.issue()
    clinic.press("3")
    assert clinic.last_call().chosen is None


def test_a_transfer_is_the_reason_where_the_first_base_makes_the_difference(clinic):
    clinic.issue("medicine")
    clinic.issue("laboratory", after_s=10 * MINUTE)
    clinic.transfer("A001", "laboratory", after_s=5 * MINUTE)
    clinic.press("5")
    called = clinic.last_call()
    assert (clinic.current("5"), called.reason, called.lead_s) == ("A001", CallReason.TRANSFER, 15 * MINUTE)
    assert clinic.overtaken() == ["H001"]


def test_an_appointment_is_the_reason_where_the_booked_time_makes_the_difference(clinic):
    booked = clinic.book("08:30")
    clinic.until("08:35")
    clinic.issue()
    clinic.check_in(booked, after_s=5 * MINUTE)
    clinic.press("3")
    called = clinic.last_call()
    assert (clinic.current("3"), called.reason, called.lead_s) == ("A002", CallReason.APPOINTMENT, 10 * MINUTE)


def test_a_return_is_the_reason_where_the_third_place_makes_the_difference(clinic):
    for _ in range(6):
        clinic.issue(after_s=60)
    clinic.press("3")
    clinic.press("3", outcome=Outcome.NO_SHOW)
    clinic.come_back("A001")
    clinic.presses("4", 3)
    clinic.press("4")
    assert (clinic.current("4"), clinic.last_call().reason) == ("A001", CallReason.RETURN)
    assert clinic.overtaken() == ["A006"]


def test_a_normal_walk_in_never_has_credit_for_a_reason(clinic):
    """Somebody with an appointment was called early, and goes to the laboratory before the booked time."""
    clinic.check_in(clinic.book("12:00"))
    clinic.press("3")
    clinic.transfer("A001", "laboratory", after_s=60)
    clinic.issue("laboratory", after_s=10 * MINUTE)
    clinic.press("5")
    called = clinic.last_call()
    assert (clinic.current("5"), clinic.overtaken()) == ("H001", ["A001"]), "12:00 is the first base of the visit"
    assert called.reason is CallReason.OLDEST


def test_every_first_call_has_its_reason_in_the_ledger(clinic):
    clinic.issue()
    clinic.issue(priority=Priority.EMERGENCY)
    clinic.issue()
    clinic.press("3")
    clinic.call("A003", "4")
    clinic.press("6")
    reasons = [event.reason for event in clinic.happened(TokenCalled)]
    assert reasons == [CallReason.EMERGENCY, CallReason.CHOSEN, CallReason.OLDEST]


# --- 8: two rooms -------------------------------------------------------------------------------------


def test_two_rooms_that_call_at_the_same_instant_never_get_the_same_token(clinic):
    for _ in range(4):
        clinic.issue()
    called = [clinic.press(number, after_s=0).label for number in ("3", "4", "6")]
    assert called == ["A001", "A002", "A003"]
