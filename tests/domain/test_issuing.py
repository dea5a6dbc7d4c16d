"""What a token gets when it is issued, and who may take it back."""

from clinic_script import ClinicScript, department, room
from hypothesis import given
from hypothesis import strategies as st

from hub.domain.commands import CancelToken
from smartqueue.terms import CancelReason, Need, Priority, TokenState


def test_a_series_that_is_used_up_is_refused_clearly(clinic):
    clinic.state.last_number[clinic.state.departments["medicine"].id] = 9999
    assert clinic.issue() is None
    assert clinic.refused == "department_full"


def test_an_unknown_department_is_refused_with_those_there_are(clinic):
    clinic.issue("dentistry")
    assert clinic.refused == "unknown_department"
    assert clinic.refusal.values["known"] == ["laboratory", "medicine"]


def test_a_closed_department_issues_nothing():
    clinic = ClinicScript().configure(department("eye", "K", opens=14 * 60), rooms=(room("1", "eye"),))
    assert clinic.issue("eye") is None
    assert clinic.refused == "department_closed"
    assert clinic.issue("eye", after_s=6 * 3600) == "K001"


def test_needs_give_priority_and_keep_it_recorded(clinic):
    clinic.issue(needs=(Need.ELDERLY,))
    assert clinic.token("A001").priority is Priority.HIGH
    clinic.issue(needs=(Need.DEAF,))
    assert clinic.token("A002").priority is Priority.NORMAL


def test_ahead_counts_those_who_are_called_before(clinic):
    clinic.issue()
    clinic.issue()
    assert clinic.events[-1].ahead == 1
    clinic.issue(priority=Priority.EMERGENCY)
    assert clinic.events[-1].ahead == 0
    clinic.issue()
    assert clinic.events[-1].ahead == 3


def test_a_cancelled_token_leaves_its_queue(clinic):
    clinic.issue()
    clinic.issue()
    clinic.cancel("A001")
    assert clinic.token("A001").state is TokenState.CANCELLED
    assert clinic.press("3").label == "A002"


def test_who_is_being_served_can_no_longer_cancel(clinic):
    clinic.issue()
    clinic.press("3")
    clinic.start("A001")
    clinic.cancel("A001")
    assert clinic.refused == "impossible_transition"
    assert clinic.refusal.values["possible"] == ["finish", "park", "transfer", "set-priority"]


def test_a_kiosk_takes_back_only_who_still_waits_and_a_technician_only_trials(clinic):
    clinic.issue()
    waiting = clinic.token("A001").id
    clinic.do(CancelToken(waiting, CancelReason.OPERATOR, only_trial=True))
    assert clinic.refused == "not_permitted"
    clinic.press("3")
    clinic.do(CancelToken(waiting, CancelReason.KIOSK, only_waiting=True))
    assert clinic.refused == "not_permitted"
    assert clinic.token("A001").state is TokenState.CALLED


@given(st.lists(st.sampled_from(["medicine", "laboratory"]), max_size=30))
def test_labels_are_dense_and_unique_whatever_the_order(choices):
    clinic = ClinicScript().configure(department("medicine", "A"), department("laboratory", "H"))
    issued = [clinic.issue(choice) for choice in choices]
    medicine = [one for one in issued if one.startswith("A")]
    assert medicine == [f"A{number:03}" for number in range(1, len(medicine) + 1)]
    assert len(set(issued)) == len(issued)
