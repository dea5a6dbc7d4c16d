"""What transfer, return, park, appointments and doctors do to each other and to the run cap (queue-rules, 1 to 7)."""

import pytest
from clinic_script import ClinicScript, department, doctor, room, step, visit_type

from hub.domain.configuration import Rules
from hub.domain.events import TokenCalled
from smartqueue.terms import CallReason, EntryKind, Need, Outcome, Priority, TokenState

MINUTE = 60


@pytest.fixture
def hospital() -> ClinicScript:
    """Medicine (A) with Ada in room 3 and Ben in room 4, laboratory (H) in room 5."""
    return ClinicScript().configure(
        department(
            "medicine", "A", visit_types=(visit_type("both", step("laboratory"), step("medicine", doctor="ada")),)
        ),
        department("laboratory", "H"),
        rooms=(room("3", "medicine"), room("4", "medicine"), room("5", "laboratory")),
        operators=(doctor("ada", "3"), doctor("ben", "4")),
    )


def missed(clinic: ClinicScript, label: str, number: str = "3") -> None:
    """Called and did not come."""
    clinic.call(label, number)
    clinic.no_show(label, after_s=MINUTE)


def reasons(clinic: ClinicScript) -> list[tuple[CallReason, int, bool]]:
    """Of each call: the reason, how many it overtook, whether it was the cap's."""
    return [(event.reason, len(event.overtook), event.capped) for event in clinic.happened(TokenCalled)]


# --- appointments and the others ----------------------------------------------------------------------


def test_an_appointment_that_is_parked_keeps_the_booked_time(clinic):
    booked = clinic.book("09:00")
    clinic.until("08:30")
    clinic.check_in(booked)
    clinic.park("A001")
    clinic.until("09:30")
    clinic.issue()
    clinic.resume("A001")
    assert clinic.queue() == ["A001", "A002"]
    assert clinic.token("A001").came_by is EntryKind.APPOINTMENT


def test_an_appointment_that_goes_on_to_the_laboratory_keeps_the_booked_time_and_enters_there(clinic):
    booked = clinic.book("08:30")
    clinic.until("08:20")
    clinic.issue("laboratory")
    clinic.until("08:32")
    clinic.issue("laboratory")
    clinic.check_in(booked)
    clinic.transfer("A001", "laboratory", after_s=MINUTE)
    assert clinic.queue("laboratory") == ["H001", "A001", "H002"]
    clinic.presses("5", 2)
    assert (clinic.last_call().reason, clinic.overtaken()) == (CallReason.TRANSFER, ["H002"])


def test_an_appointment_that_did_not_come_when_called_loses_the_booked_time(clinic):
    clinic.check_in(clinic.book("08:30"))
    for _ in range(5):
        clinic.issue(after_s=MINUTE)
    missed(clinic, "A001")
    clinic.come_back("A001")
    assert clinic.queue() == ["A002", "A003", "A004", "A001", "A005", "A006"]
    assert clinic.token("A001").came_by is EntryKind.RETURN


def test_an_appointment_with_one_doctor_waits_for_that_one_also_after_the_booked_time(hospital):
    booked = hospital.book("09:00", doctor="ada")
    hospital.until("09:05")
    hospital.issue()
    hospital.check_in(booked)
    assert hospital.press("4").label == "A001"
    assert hospital.press("4").token is None
    assert hospital.press("3").label == "A002"


def test_a_late_appointment_overtakes_nobody_and_an_early_one_is_overtaken_by_nobody_who_came_first(clinic):
    late, early = clinic.book("08:30"), clinic.book("09:30")
    clinic.until("08:50")
    clinic.issue()
    clinic.check_in(late, after_s=MINUTE)
    clinic.check_in(early)
    clinic.issue(after_s=MINUTE)
    assert clinic.presses("3", 4) == ["A001", "A002", "A004", "A003"]
    assert [overtook for _, overtook, _ in reasons(clinic)] == [0, 0, 0, 0]


def test_appointments_that_came_early_overtake_nobody_and_those_that_came_later_do():
    clinic = ClinicScript().configure(department("medicine", "A"), rooms=(room("3", "medicine"),))
    booked = [clinic.book("09:00") for _ in range(3)]
    clinic.until("08:59")
    for one in booked[:2]:
        clinic.check_in(one)
    clinic.until("09:05")
    clinic.issue()
    clinic.check_in(booked[2])
    clinic.issue(needs=(Need.ELDERLY,))
    assert clinic.presses("3", 5) == ["A005", "A001", "A002", "A004", "A003"]
    assert [overtook for _, overtook, _ in reasons(clinic)] == [4, 0, 0, 1, 0], "A001 and A002 entered at 09:00"


# --- transfers and the others -------------------------------------------------------------------------


def test_a_transfer_that_did_not_come_returns_to_the_third_place_and_not_to_its_first_base(clinic):
    clinic.issue("medicine")
    for _ in range(5):
        clinic.issue("laboratory", after_s=MINUTE)
    clinic.transfer("A001", "laboratory")
    assert clinic.queue("laboratory")[0] == "A001"
    missed(clinic, "A001", "5")
    clinic.come_back("A001")
    assert clinic.queue("laboratory") == ["H001", "H002", "H003", "A001", "H004", "H005"]


def test_a_no_show_who_is_back_and_goes_on_has_the_visits_first_base_again(clinic):
    clinic.issue("medicine")
    clinic.issue("laboratory", after_s=MINUTE)
    clinic.press("3")
    clinic.no_show("A001", after_s=MINUTE)
    clinic.come_back("A001", after_s=MINUTE)
    clinic.transfer("A001", "laboratory")
    assert clinic.queue("laboratory") == ["A001", "H001"]


def test_a_no_show_of_high_priority_has_credit_again_in_the_next_department(clinic):
    clinic.issue("laboratory")
    clinic.issue("medicine", priority=Priority.HIGH, after_s=10 * MINUTE)
    clinic.press("3")
    clinic.no_show("A001", after_s=MINUTE)
    clinic.come_back("A001")
    clinic.transfer("A001", "laboratory")
    assert clinic.queue("laboratory") == ["A001", "H001"]


def test_a_transfer_of_high_priority_that_overtakes_by_its_base_alone_says_transfer(clinic):
    clinic.issue("medicine", priority=Priority.HIGH)
    clinic.issue("laboratory", after_s=MINUTE)
    clinic.transfer("A001", "laboratory", after_s=MINUTE)
    clinic.press("5")
    assert reasons(clinic) == [(CallReason.TRANSFER, 1, False)]


def test_a_transfer_that_needs_its_credit_to_overtake_says_credit(clinic):
    clinic.issue("laboratory")
    clinic.issue("medicine", priority=Priority.HIGH, after_s=MINUTE)
    clinic.transfer("A001", "laboratory", after_s=MINUTE)
    clinic.press("5")
    assert reasons(clinic) == [(CallReason.CREDIT, 1, False)]


def test_a_planned_way_back_to_one_doctor_counts_from_the_first_base_and_waits_for_that_one(hospital):
    hospital.issue(visit_type="both")
    hospital.serve("4")
    for _ in range(3):
        hospital.issue(after_s=MINUTE)
    hospital.serve("5")
    assert hospital.queue() == ["A001", "A002", "A003", "A004"]
    assert hospital.press("4").label == "A002", "not Ben's; and Ben overtakes nobody"
    assert hospital.last_call().overtook == ()
    hospital.press("3")
    assert (hospital.current("3"), hospital.last_call().reason) == ("A001", CallReason.TRANSFER)


def test_a_transfer_takes_the_doctor_along_only_if_it_is_said(hospital):
    hospital.issue(doctor="ada")
    hospital.transfer("A001", "laboratory")
    assert hospital.token("A001").doctor is None
    hospital.transfer("A001", "medicine", doctor="ada")
    assert hospital.press("4").token is None


# --- parking and the others ---------------------------------------------------------------------------


def test_whoever_is_parked_is_not_overtaken_and_does_not_reset_the_cap():
    clinic = ClinicScript().configure(department("medicine", "A"), rooms=(room("3", "medicine"), room("4", "medicine")))
    clinic.issue()
    clinic.issue()
    for _ in range(4):
        clinic.issue(priority=Priority.HIGH)
    clinic.park("A001")
    clinic.presses("3", 2)
    assert [overtook for _, overtook, _ in reasons(clinic)] == [1, 1]
    clinic.resume("A001")
    assert clinic.presses("3", 3) == ["A001", "A005", "A006"], "it entered before A002"
    assert reasons(clinic)[2:] == [
        (CallReason.OLDEST, 0, True),
        (CallReason.CREDIT, 1, False),
        (CallReason.CREDIT, 1, False),
    ]


def test_a_token_parked_out_of_the_room_goes_back_before_those_who_were_called_meanwhile_would_count(clinic):
    for _ in range(3):
        clinic.issue(after_s=MINUTE)
    clinic.press("3")
    clinic.start("A001", after_s=10)
    clinic.park("A001", after_s=MINUTE)
    clinic.press("3", after_s=1)
    clinic.resume("A001", after_s=20 * MINUTE)
    assert clinic.queue() == ["A001", "A003"]
    clinic.press("3")
    assert (clinic.current("3"), clinic.overtaken()) == ("A001", [])


def test_a_transfer_that_is_parked_keeps_its_base_and_its_entry_in_that_department(clinic):
    clinic.issue("medicine")
    clinic.issue("laboratory", after_s=MINUTE)
    clinic.transfer("A001", "laboratory", after_s=MINUTE)
    before = clinic.token("A001")
    entered = (before.base, before.entered_at, before.entry)
    clinic.park("A001")
    clinic.resume("A001", after_s=30 * MINUTE)
    after = clinic.token("A001")
    assert (after.base, after.entered_at, after.entry) == entered
    clinic.press("5")
    assert (clinic.current("5"), clinic.overtaken()) == ("A001", ["H001"])


def test_a_parked_token_that_waits_for_one_doctor_still_does(hospital):
    hospital.issue(doctor="ada")
    hospital.park("A001")
    hospital.resume("A001")
    assert hospital.press("4").token is None


# --- returns and the others ---------------------------------------------------------------------------


def test_two_no_shows_share_the_third_place_in_the_order_of_their_return(clinic):
    for _ in range(7):
        clinic.issue(after_s=MINUTE)
    for label in ("A001", "A002"):
        missed(clinic, label)
    clinic.come_back("A002")
    clinic.come_back("A001", after_s=1)
    assert clinic.queue() == ["A003", "A004", "A005", "A002", "A001", "A006", "A007"]


def test_a_no_show_who_was_an_emergency_is_one_again(clinic):
    clinic.issue()
    clinic.issue(priority=Priority.EMERGENCY)
    clinic.press("3")
    clinic.no_show("A002", after_s=MINUTE)
    clinic.come_back("A002")
    assert clinic.queue() == ["A002", "A001"]


def test_a_no_show_who_waits_for_one_doctor_comes_back_to_that_doctor(hospital):
    hospital.issue(doctor="ada")
    hospital.press("3")
    hospital.press("3", outcome=Outcome.NO_SHOW)
    hospital.come_back("A001")
    assert hospital.press("4").token is None
    assert hospital.press("3").label == "A001"


def test_a_return_counts_in_the_cap_and_high_priority_after_it_too():
    """One overtake by the no-show, one by credit, then the earliest-entered normal one."""
    clinic = ClinicScript().configure(department("medicine", "A"), rooms=(room("3", "medicine"), room("4", "medicine")))
    clinic.issue()
    for _ in range(6):
        clinic.issue(after_s=MINUTE)
    missed(clinic, "A001")
    clinic.come_back("A001")
    for _ in range(3):
        clinic.call(clinic.queue()[0], "4")
    assert clinic.queue() == ["A001", "A005", "A006", "A007"]
    clinic.issue(needs=(Need.PREGNANT,), after_s=0)
    clinic.issue(needs=(Need.PREGNANT,))
    assert clinic.queue() == ["A008", "A009", "A001", "A005", "A006", "A007"]
    assert clinic.presses("3", 3) == ["A008", "A009", "A005"], "A001 entered last when it came back"


# --- emergencies and priority -------------------------------------------------------------------------


def test_an_emergency_that_is_none_after_all_is_where_it_would_have_been(clinic):
    clinic.issue()
    clinic.issue(priority=Priority.EMERGENCY, after_s=MINUTE)
    clinic.issue(after_s=MINUTE)
    clinic.set_priority("A002", Priority.NORMAL)
    assert clinic.queue() == ["A001", "A002", "A003"]


def test_an_emergency_is_neither_overtaken_nor_counts_as_a_normal_one(clinic):
    clinic.issue(priority=Priority.EMERGENCY)
    clinic.issue(priority=Priority.HIGH)
    clinic.call("A002", "3")
    assert clinic.last_call().overtook == ()


def test_who_gets_priority_while_served_has_it_in_the_next_department(clinic):
    clinic.issue("laboratory")
    clinic.issue("medicine", after_s=MINUTE)
    clinic.press("3")
    clinic.set_priority("A001", Priority.HIGH)
    clinic.transfer("A001", "laboratory")
    assert clinic.queue("laboratory") == ["A001", "H001"]


def test_what_is_counted_in_one_department_does_not_follow_a_transfer():
    clinic = ClinicScript().configure(
        department("medicine", "A", rules=Rules(run_cap=1)),
        department("laboratory", "H", rules=Rules(run_cap=1)),
        rooms=(room("3", "medicine"), room("5", "laboratory")),
    )
    for where in ("medicine", "laboratory"):
        clinic.issue(where)
        clinic.issue(where, priority=Priority.HIGH)
    clinic.issue("medicine", priority=Priority.HIGH)
    clinic.press("3")
    clinic.transfer("A002", "laboratory", after_s=20)
    assert clinic.presses("5", 3) == ["H002", "H001", "A002"], "the laboratory's first overtake, then its cap"
    assert clinic.press("3").label == "A001", "medicine's cap has been reached"


def test_cancelled_ones_are_gone_from_everything(clinic):
    for _ in range(3):
        clinic.issue()
    clinic.park("A001")
    clinic.press("3")
    for label in ("A001", "A002", "A003"):
        clinic.cancel(label)
    assert {token.state for token in clinic.state.tokens.values()} == {TokenState.CANCELLED}
    assert (clinic.queue(), clinic.current("3"), clinic.press("3").token) == ([], None, None)
