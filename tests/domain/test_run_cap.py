"""Who is next, steps 5 and 6 (queue-rules): at most two overtakes in a row; `strict`, where law demands it."""

import pytest
from clinic_script import ClinicScript, department, doctor, room

from hub.domain.configuration import Rules
from hub.domain.events import TokenCalled
from smartqueue.terms import CallReason, Outcome, Priority

MINUTE = 60


def clinic_of(**rules: object) -> ClinicScript:
    """Medicine in rooms 3 and 4."""
    return ClinicScript().configure(
        department("medicine", "A", rules=Rules(**rules)),
        department("laboratory", "H"),
        rooms=(room("3", "medicine"), room("4", "medicine"), room("5", "laboratory")),
    )


def normals_then_highs(clinic: ClinicScript, normals: int, highs: int, where: str = "medicine") -> None:
    for _ in range(normals):
        clinic.issue(where)
    for _ in range(highs):
        clinic.issue(where, priority=Priority.HIGH, after_s=1)


def test_after_two_overtakes_in_a_row_the_earliest_normal_one_is_called():
    clinic = clinic_of()
    normals_then_highs(clinic, 2, 5)
    assert clinic.presses("3", 7) == ["A003", "A004", "A001", "A005", "A006", "A002", "A007"]


def test_the_ledger_says_which_call_was_the_caps():
    clinic = clinic_of()
    normals_then_highs(clinic, 1, 3)
    clinic.presses("3", 4)
    calls = [(event.reason, event.capped, len(event.overtook)) for event in clinic.happened(TokenCalled)]
    assert calls == [
        (CallReason.CREDIT, False, 1),
        (CallReason.CREDIT, False, 1),
        (CallReason.OLDEST, True, 0),
        (CallReason.OLDEST, False, 0),
    ]


@pytest.mark.parametrize(("cap", "called"), [(1, "A003 A001 A004 A002"), (3, "A003 A004 A005 A001")])
def test_the_cap_can_be_set(cap, called):
    clinic = clinic_of(run_cap=cap)
    normals_then_highs(clinic, 2, 4)
    assert clinic.presses("3", 4) == called.split()


def test_all_rooms_of_a_department_count_together():
    clinic = clinic_of()
    normals_then_highs(clinic, 1, 3)
    assert [clinic.press(number).label for number in ("3", "4", "3")] == ["A002", "A003", "A001"]


def test_two_departments_have_two_counters():
    clinic = clinic_of()
    normals_then_highs(clinic, 1, 3)
    normals_then_highs(clinic, 1, 3, "laboratory")
    clinic.presses("3", 2)
    assert clinic.presses("5", 3) == ["H002", "H003", "H001"]
    assert clinic.press("3").label == "A001"


def test_a_call_that_overtakes_nobody_begins_the_count_anew():
    clinic = clinic_of()
    clinic.issue(priority=Priority.HIGH)
    normals_then_highs(clinic, 2, 1)
    assert clinic.presses("3", 2) == ["A001", "A004"], "the second has overtaken two, the first nobody"
    clinic.cancel("A002")
    clinic.cancel("A003")
    clinic.issue()
    assert clinic.press("3").label == "A005", "overtakes nobody: from here on two may overtake again"
    normals_then_highs(clinic, 1, 3)
    assert clinic.presses("3", 3) == ["A007", "A008", "A006"]


def test_the_cap_calls_who_entered_first_not_whose_base_is_oldest():
    clinic = clinic_of()
    clinic.issue("laboratory")
    clinic.issue("medicine", after_s=10 * MINUTE)
    clinic.transfer("H001", "medicine", after_s=MINUTE)
    clinic.issue("medicine", priority=Priority.HIGH)
    clinic.issue("medicine", priority=Priority.HIGH)
    assert clinic.queue() == ["A002", "A003", "H001", "A001"]
    assert clinic.presses("3", 3) == ["A002", "A003", "A001"], "H001 entered this queue after A001"


def test_a_transfers_first_base_counts_as_overtaking():
    clinic = clinic_of()
    for _ in range(3):
        clinic.issue("laboratory")
    clinic.issue("medicine", after_s=MINUTE)
    for label in ("H001", "H002", "H003"):
        clinic.transfer(label, "medicine", after_s=1)
    assert clinic.presses("3", 4) == ["H001", "H002", "A001", "H003"]


def test_an_appointments_booked_time_counts_as_overtaking():
    clinic = clinic_of()
    booked = [clinic.book("09:00") for _ in range(3)]
    clinic.until("09:01")
    clinic.issue()
    for one in booked:
        clinic.check_in(one, after_s=MINUTE)
    assert clinic.presses("3", 4) == ["A002", "A003", "A001", "A004"]


def test_a_returns_third_place_counts_as_overtaking():
    clinic = clinic_of(run_cap=1)
    for _ in range(7):
        clinic.issue(after_s=1)
    clinic.press("3")
    clinic.press("3", outcome=Outcome.NO_SHOW)
    clinic.come_back("A001")
    assert clinic.queue() == ["A003", "A004", "A005", "A001", "A006", "A007"]
    clinic.presses("4", 3)
    clinic.set_priority("A007", Priority.HIGH)
    assert clinic.queue() == ["A007", "A001", "A006"]
    assert clinic.presses("4", 2) == ["A007", "A006"], "A006 entered before A001, and one has overtaken it already"


def test_emergencies_leave_the_counter():
    clinic = clinic_of()
    normals_then_highs(clinic, 1, 3)
    clinic.press("3")
    clinic.issue(priority=Priority.EMERGENCY)
    assert clinic.presses("3", 3) == ["A005", "A003", "A001"], "one overtake before it, one after it, then the cap"


def test_chosen_calls_leave_the_counter():
    clinic = clinic_of()
    normals_then_highs(clinic, 1, 4)
    clinic.press("3")
    clinic.call("A005", "3")
    assert clinic.presses("3", 2) == ["A003", "A001"]


def test_a_chosen_call_of_the_oldest_leaves_the_counter_too():
    clinic = clinic_of()
    normals_then_highs(clinic, 2, 3)
    clinic.presses("3", 2)
    clinic.call("A001", "4")
    assert clinic.press("3").label == "A002", "two have overtaken it, and nobody was called by turn since"


def test_calls_while_no_normal_one_is_eligible_leave_the_counter():
    clinic = clinic_of()
    normals_then_highs(clinic, 1, 2)
    clinic.presses("3", 2)
    clinic.park("A001")
    clinic.issue(priority=Priority.HIGH)
    assert clinic.press("3").label == "A004"
    clinic.resume("A001")
    clinic.issue(priority=Priority.HIGH)
    assert clinic.press("3").label == "A001"


def test_the_counter_is_part_of_the_state_and_comes_back_with_it():
    clinic = clinic_of()
    normals_then_highs(clinic, 1, 3)
    clinic.presses("3", 2)
    clinic.state = clinic.replayed()
    assert clinic.press("3").label == "A001"


def test_a_new_day_begins_to_count_anew():
    clinic = clinic_of()
    normals_then_highs(clinic, 1, 3)
    clinic.presses("3", 2)
    clinic.until("04:00").until("08:00")
    normals_then_highs(clinic, 1, 3)
    assert clinic.presses("3", 3) == ["A002", "A003", "A001"]


def test_the_cap_is_no_quota():
    """Who comes later than the credit reaches overtakes nobody, however many normal ones were called."""
    clinic = clinic_of()
    for _ in range(5):
        clinic.issue()
    clinic.issue(priority=Priority.HIGH, after_s=21 * MINUTE)
    assert clinic.presses("3", 6) == ["A001", "A002", "A003", "A004", "A005", "A006"]


def test_only_normal_ones_are_overtaken():
    clinic = clinic_of()
    clinic.issue(priority=Priority.HIGH)
    clinic.issue("laboratory")
    clinic.set_priority("A001", Priority.HIGH)
    clinic.issue(priority=Priority.HIGH)
    clinic.call("A002", "3")
    assert clinic.last_call().overtook == ()


# --- with doctors -------------------------------------------------------------------------------------


def test_who_waits_for_another_doctor_is_not_overtaken(practice):
    practice.issue(doctor="ada")
    practice.issue(priority=Priority.HIGH, after_s=1)
    practice.press("4")
    assert (practice.current("4"), practice.overtaken()) == ("A002", [])
    assert practice.last_call().reason is CallReason.OLDEST


def test_who_waits_for_another_doctor_does_not_block_the_cap(practice):
    practice.issue(doctor="ada")
    normals_then_highs(practice, 1, 4)
    assert practice.presses("4", 3) == ["A003", "A004", "A002"]


def test_a_room_whose_normal_ones_all_wait_for_others_leaves_the_counter(practice):
    practice.issue(doctor="ada")
    normals_then_highs(practice, 0, 5)
    assert practice.presses("3", 2) == ["A002", "A003"], "in Ada's room both overtake"
    assert practice.presses("4", 2) == ["A004", "A005"], "in Ben's nobody normal is eligible"
    assert practice.press("3").label == "A001", "two have overtaken it in a row, by those who count"


def test_the_cap_reaches_who_waits_for_this_doctor(practice):
    practice.issue(doctor="ada")
    practice.issue(after_s=1)
    normals_then_highs(practice, 0, 3)
    assert practice.presses("3", 3) == ["A003", "A004", "A001"]


def test_what_one_doctor_overtakes_counts_for_the_department():
    clinic = ClinicScript().configure(
        department("medicine", "A"),
        rooms=(room("3", "medicine"), room("4", "medicine")),
        operators=(doctor("ada", "3"), doctor("ben", "4")),
    )
    clinic.issue(doctor="ada")
    clinic.issue(doctor="ben")
    normals_then_highs(clinic, 0, 3)
    assert [clinic.press(number).label for number in ("3", "4", "3")] == ["A003", "A004", "A001"]


# --- strict -------------------------------------------------------------------------------------------


def test_strict_calls_everybody_of_high_priority_first_and_has_no_cap():
    clinic = clinic_of(strict=True)
    clinic.issue()
    clinic.issue()
    for _ in range(4):
        clinic.issue(priority=Priority.HIGH, after_s=100 * MINUTE)
    assert clinic.presses("3", 6) == ["A003", "A004", "A005", "A006", "A001", "A002"]


def test_strict_keeps_emergencies_first():
    clinic = clinic_of(strict=True)
    clinic.issue(priority=Priority.HIGH)
    clinic.issue(priority=Priority.EMERGENCY, after_s=MINUTE)
    assert clinic.press("3").label == "A002"


def test_overtaking_under_strict_is_in_the_ledger_all_the_same():
    clinic = clinic_of(strict=True)
    normals_then_highs(clinic, 1, 3)
    clinic.presses("3", 3)
    assert [len(event.overtook) for event in clinic.happened(TokenCalled)] == [1, 1, 1]


def test_strict_turned_off_brings_back_credit_and_cap_for_those_who_wait_or_are_away():
    clinic = clinic_of(strict=True)
    clinic.issue()
    clinic.issue(priority=Priority.HIGH, after_s=30 * MINUTE)
    clinic.issue(priority=Priority.HIGH)
    clinic.park("A003")
    clinic.reconfigure(department("medicine", "A", rules=Rules()))
    clinic.resume("A003")
    assert clinic.queue() == ["A001", "A002", "A003"]


def test_who_came_back_among_those_whom_strict_put_first_is_no_longer_first_when_it_is_off():
    clinic = clinic_of(strict=True)
    clinic.issue()
    clinic.press("3")
    clinic.no_show("A001", after_s=30)
    for _ in range(3):
        clinic.issue(priority=Priority.HIGH)
    clinic.come_back("A001", after_s=60)
    clinic.issue(priority=Priority.HIGH, after_s=60)
    assert clinic.queue() == ["A002", "A003", "A004", "A001", "A005"]
    clinic.reconfigure(department("medicine", "A", rules=Rules(credit_min=0)))
    assert clinic.queue() == ["A002", "A003", "A004", "A001", "A005"]
    clinic.reconfigure(department("medicine", "A", rules=Rules(credit_min=20)))
    assert clinic.queue() == ["A002", "A003", "A004", "A005", "A001"]


def test_credit_that_was_turned_off_for_a_while_comes_back():
    clinic = clinic_of()
    clinic.issue()
    clinic.issue(priority=Priority.HIGH)
    clinic.reconfigure(department("medicine", "A", rules=Rules(credit_min=0)))
    assert clinic.queue() == ["A001", "A002"]
    clinic.reconfigure(department("medicine", "A", rules=Rules(credit_min=20)))
    assert clinic.queue() == ["A002", "A001"]


def test_new_rules_give_no_credit_to_a_no_show_who_came_back():
    clinic = clinic_of()
    clinic.issue(priority=Priority.HIGH)
    clinic.press("3")
    clinic.issue(after_s=MINUTE)
    clinic.press("3", outcome=Outcome.NO_SHOW, after_s=0)
    clinic.issue()
    clinic.come_back("A001", after_s=1)
    clinic.reconfigure(department("medicine", "A", rules=Rules(credit_min=60)))
    assert clinic.queue() == ["A003", "A001"]
