"""Visits: planned steps, templates, transfer, several services on one ticket (queue-rules, Next; glossary, visit)."""

import pytest
from clinic_script import ClinicScript, department, doctor, room, step, visit_type

from hub.domain.configuration import Rules
from hub.domain.events import ServiceFinished, TokenCalled, TokenTransferred
from hub.domain.results import Called
from smartqueue.terms import EntryKind, OperatorId, Outcome, Priority, RoomId, TokenState

MINUTE = 60


@pytest.fixture
def hospital() -> ClinicScript:
    """Triage (T) in room 1, doctor (A) in 3 and 4, laboratory (H) in 5, pharmacy (F) in 7."""
    check_up = visit_type(
        "check-up", step("doctor"), step("laboratory"), step("doctor", doctor="ada"), step("pharmacy")
    )
    return ClinicScript().configure(
        department("triage", "T", visit_types=(check_up,)),
        department("doctor", "A"),
        department("laboratory", "H"),
        department("pharmacy", "F"),
        rooms=(
            room("1", "triage"),
            room("3", "doctor"),
            room("4", "doctor"),
            room("5", "laboratory"),
            room("7", "pharmacy"),
        ),
        operators=(doctor("ada", "3"), doctor("ben", "4")),
    )


def served_in(clinic: ClinicScript, *numbers: str) -> list[str | None]:
    return [clinic.serve(number) for number in numbers]


# --- planned steps ------------------------------------------------------------------------------------


def test_a_template_leads_from_triage_to_doctor_laboratory_doctor_and_pharmacy(hospital):
    assert hospital.issue("triage", visit_type="check-up") == "T001"
    departments = []
    for number in ("1", "4", "5", "3", "7"):
        departments.append(hospital.token("T001").department)
        assert hospital.serve(number) == "T001", "label and seniority stay"
    assert departments == ["triage", "doctor", "laboratory", "doctor", "pharmacy"]
    assert hospital.token("T001").state is TokenState.SERVED


def test_a_step_that_names_a_doctor_is_called_by_that_one_only(hospital):
    hospital.issue("triage", visit_type="check-up")
    served_in(hospital, "1", "4", "5")
    assert hospital.token("T001").doctor == "ada"
    assert hospital.press("4").token is None
    assert hospital.press("3").label == "T001"


def test_a_step_without_a_doctor_frees_from_the_one_before(hospital):
    hospital.issue("triage", visit_type="check-up")
    served_in(hospital, "1", "4", "5", "3")
    assert hospital.token("T001").doctor is None


def test_finish_sends_to_the_next_step_where_it_waits(hospital):
    hospital.issue("triage", visit_type="check-up")
    hospital.press("1")
    hospital.start("T001", after_s=10)
    assert hospital.finish("T001", after_s=MINUTE).state is TokenState.WAITING
    assert hospital.events[-1] == ServiceFinished(hospital.token("T001").id, RoomId("room-1"), next="doctor")
    assert (hospital.queue("doctor"), hospital.current("1")) == (["T001"], None)


def test_next_sends_to_the_next_step_too_and_calls_who_is_next(hospital):
    hospital.issue("triage", visit_type="check-up")
    hospital.issue("triage")
    hospital.press("1")
    assert hospital.press("1").label == "T002"
    assert hospital.queue("doctor") == ["T001"]


def test_a_no_show_does_not_go_to_the_next_step(hospital):
    hospital.issue("triage", visit_type="check-up")
    hospital.press("1")
    hospital.press("1", outcome=Outcome.NO_SHOW)
    assert hospital.token("T001").state is TokenState.NO_SHOW
    hospital.come_back("T001")
    assert hospital.queue("triage") == ["T001"]


def test_the_next_step_keeps_the_first_base_and_enters_anew(hospital):
    hospital.issue("triage", visit_type="check-up")
    issued_at = hospital.now
    hospital.serve("1")
    token = hospital.token("T001")
    assert (token.base, token.entered_at, token.came_by) == (issued_at, hospital.now, EntryKind.TRANSFER)


def test_who_comes_from_an_earlier_step_is_before_walk_ins_who_came_later(hospital):
    hospital.issue("triage", visit_type="check-up")
    hospital.issue("doctor", after_s=5 * MINUTE)
    hospital.serve("1")
    assert hospital.queue("doctor") == ["T001", "A001"]


def test_back_from_the_laboratory_counts_from_the_visits_first_base(hospital):
    hospital.issue("doctor")
    hospital.press("3")
    for _ in range(2):
        hospital.issue("doctor", after_s=MINUTE)
    hospital.transfer("A001", "laboratory", plan=(step("doctor"),), after_s=MINUTE)
    hospital.serve("5")
    assert hospital.queue("doctor") == ["A001", "A002", "A003"]
    hospital.press("3")
    assert hospital.overtaken() == ["A002", "A003"], "they entered this queue earlier"


def test_a_room_that_serves_both_steps_may_call_the_same_person_again():
    clinic = ClinicScript().configure(
        department("triage", "T", visit_types=(visit_type("both", step("doctor")),)),
        department("doctor", "A"),
        rooms=(room("1", "triage", "doctor"),),
    )
    clinic.issue("triage", visit_type="both")
    clinic.issue("doctor", after_s=30 * MINUTE)
    clinic.press("1")
    clinic.start("T001", after_s=10)
    assert clinic.press("1").label == "T001", "its first base is before that of A001"
    called = clinic.last_call()
    assert (called.attempt, clinic.overtaken()) == (1, ["A001"])
    assert clinic.press("1").label == "A001"


def test_the_end_of_a_step_decides_who_is_next_in_the_same_press():
    """Somebody older waits in the department that the current token goes on to."""
    clinic = ClinicScript().configure(
        department("triage", "T", visit_types=(visit_type("both", step("doctor")),)),
        department("doctor", "A"),
        rooms=(room("1", "triage", "doctor"),),
    )
    clinic.issue("doctor")
    clinic.issue("triage", visit_type="both", after_s=MINUTE)
    clinic.call("T001", "1")
    clinic.start("T001", after_s=10)
    assert clinic.press("1").label == "A001"
    assert clinic.queue("doctor") == ["T001"]


# --- transfer -----------------------------------------------------------------------------------------


@pytest.mark.parametrize("until", ["waiting", "called", "serving"])
def test_whoever_waits_is_called_or_served_can_be_transferred(hospital, until):
    hospital.issue("doctor")
    if until != "waiting":
        hospital.press("3")
    if until == "serving":
        hospital.start("A001", after_s=10)
    hospital.transfer("A001", "laboratory", after_s=MINUTE)
    assert (hospital.queue("doctor"), hospital.current("3")) == ([], None)
    assert hospital.press("5").label == "A001"


def test_a_transfer_to_the_next_planned_step_is_one_command(hospital):
    hospital.issue("triage", visit_type="check-up")
    hospital.press("1")
    hospital.transfer("T001", after_s=MINUTE)
    assert hospital.queue("doctor") == ["T001"]
    assert hospital.token("T001").plan[0] == step("laboratory")
    hospital.transfer("T001")
    assert hospital.queue("laboratory") == ["T001"]


def test_a_transfer_elsewhere_leaves_the_plan_for_later(hospital):
    hospital.issue("triage", visit_type="check-up")
    hospital.transfer("T001", "pharmacy")
    hospital.serve("7")
    assert hospital.queue("doctor") == ["T001"]


def test_a_transfer_may_plan_anew(hospital):
    hospital.issue("triage", visit_type="check-up")
    hospital.transfer("T001", "laboratory", plan=(step("pharmacy"),))
    served_in(hospital, "5", "7")
    assert hospital.token("T001").state is TokenState.SERVED


def test_a_transfer_may_name_a_doctor_also_in_the_same_department(hospital):
    hospital.issue("doctor")
    hospital.transfer("A001", "doctor", doctor="ben")
    assert hospital.press("3").token is None
    assert hospital.press("4").label == "A001"


def test_a_transfer_that_changes_nothing_is_refused(hospital):
    hospital.issue("doctor")
    hospital.transfer("A001", "doctor")
    assert hospital.refused == "same_department"
    hospital.press("3")
    hospital.transfer("A001", "doctor", after_s=MINUTE)
    assert (hospital.refused, hospital.queue("doctor")) == (None, ["A001"]), "out of the room it is a new wait"


def test_without_a_plan_a_transfer_must_say_where_to(hospital):
    hospital.issue("doctor")
    hospital.transfer("A001")
    assert (hospital.refused, hospital.refusal.values) == ("no_planned_step", {"label": "A001"})


@pytest.mark.parametrize(
    ("where", "refused"),
    [
        ({"department": "dentist"}, "unknown_department"),
        ({"department": "laboratory", "doctor": "bob"}, "unknown_operator"),
        ({"department": "laboratory", "plan": (step("dentist"),)}, "unknown_department"),
        ({"department": "laboratory", "plan": (step("doctor", doctor="bob"),)}, "unknown_operator"),
        ({"department": "laboratory", "room": "4"}, "token_elsewhere"),
    ],
)
def test_a_transfer_that_leads_nowhere_is_refused(hospital, where, refused):
    hospital.issue("doctor")
    hospital.press("3")
    hospital.transfer("A001", where.pop("department"), **where)
    assert hospital.refused == refused
    assert hospital.happened(TokenTransferred) == []


def test_a_doctor_is_named_only_for_a_department_of_theirs():
    clinic = ClinicScript().configure(
        department("doctor", "A"),
        department("laboratory", "H"),
        rooms=(room("3", "doctor"),),
        operators=(doctor("ada", "3", "doctor"),),
    )
    clinic.issue("doctor")
    clinic.transfer("A001", "laboratory", doctor="ada")
    assert clinic.refused == "doctor_elsewhere"
    clinic.issue("laboratory", doctor="ada")
    assert clinic.refused == "doctor_elsewhere"


def test_credit_follows_the_rules_of_the_new_department():
    clinic = ClinicScript().configure(
        department("doctor", "A"),
        department("laboratory", "H", rules=Rules(credit_min=0)),
        rooms=(room("3", "doctor"), room("5", "laboratory")),
    )
    clinic.issue("laboratory")
    clinic.issue("doctor", priority=Priority.HIGH, after_s=MINUTE)
    clinic.transfer("A001", "laboratory", after_s=MINUTE)
    assert clinic.queue("laboratory") == ["H001", "A001"]


# --- several services ---------------------------------------------------------------------------------


def test_several_services_begin_where_the_wait_is_shortest(hospital):
    for _ in range(3):
        hospital.issue("laboratory")
    hospital.issue("pharmacy")
    assert hospital.issue("laboratory", services=("pharmacy",)) == "F002"
    assert hospital.token("F002").plan == (step("laboratory"),)


def test_where_the_order_is_free_each_next_step_is_the_shortest_wait_then(hospital):
    assert hospital.issue("laboratory", services=("pharmacy", "triage")) == "H001", "nobody waits: as they were named"
    for _ in range(2):
        hospital.issue("pharmacy")
    hospital.serve("5")
    assert hospital.token("H001").department == "triage"
    hospital.serve("1")
    assert hospital.token("H001").department == "pharmacy"
    served_in(hospital, "7", "7", "7")
    assert hospital.token("H001").state is TokenState.SERVED


def test_services_are_visited_once_each_and_before_the_steps_of_the_visit_type(hospital):
    hospital.issue("triage", services=("pharmacy", "triage"), visit_type="check-up")
    assert hospital.token("T001").plan[:2] == (step("pharmacy"), step("doctor"))


def test_closed_services_come_last():
    clinic = ClinicScript().configure(
        department("doctor", "A", opens=10 * 60, closes=16 * 60),
        department("laboratory", "H"),
        rooms=(room("3", "doctor"), room("5", "laboratory")),
    )
    clinic.issue("laboratory")
    assert clinic.issue("doctor", services=("laboratory",)) == "H002"


def test_an_unknown_service_or_visit_type_is_refused(hospital):
    hospital.issue("doctor", services=("dentist",))
    assert hospital.refused == "unknown_department"
    hospital.issue("doctor", visit_type="check-up")
    assert (hospital.refused, hospital.refusal.values["known"]) == ("unknown_visit_type", [])


def test_each_step_has_its_own_calls(hospital):
    hospital.issue("triage", visit_type="check-up")
    hospital.serve("1")
    hospital.press("4")
    hospital.recall("T001", after_s=20)
    called = [(event.room, event.attempt) for event in hospital.happened(TokenCalled)]
    assert called == [("room-1", 1), ("room-4", 1), ("room-4", 2)]


# --- one doctor ---------------------------------------------------------------------------------------


def test_who_waits_for_one_doctor_keeps_place_and_seniority_when_any_may_call(practice):
    practice.issue(doctor="ada")
    practice.issue()
    practice.any_doctor("A001", after_s=MINUTE)
    assert practice.queue() == ["A001", "A002"]
    practice.any_doctor("A001")
    assert practice.refused is None, "again is no news"


def test_a_parked_token_can_be_freed_from_its_doctor(practice):
    practice.issue(doctor="ada")
    practice.park("A001")
    practice.any_doctor("A001")
    practice.resume("A001")
    assert practice.press("4").label == "A001"


def test_a_token_is_issued_only_for_a_doctor_there_is(practice):
    practice.issue(doctor="bob")
    assert (practice.refused, practice.refusal.values["known"]) == ("unknown_operator", ["ada", "ben"])


def test_calling_by_label_is_only_for_the_rooms_own_departments(hospital):
    hospital.issue("doctor")
    hospital.call("A001", "5")
    assert (hospital.refused, hospital.refusal.values) == (
        "token_not_for_room",
        {"label": "A001", "department": "doctor", "room": "room-5"},
    )
    assert isinstance(hospital.call("A001", "3"), Called)
    hospital.call("A001", "4")
    assert hospital.refused == "impossible_transition"


def test_the_ledger_says_which_doctor_called(hospital):
    hospital.issue("doctor")
    hospital.press("4")
    assert hospital.last_call().operator == OperatorId("ben")
