"""The return rule of no-shows (queue-rules, Who is next, 4, and "Not arrived")."""

import pytest
from clinic_script import ClinicScript, department, room

from hub.domain.configuration import Rules
from smartqueue.terms import CallReason, Outcome, Priority, TokenState

MINUTE = 60


def missed_by_one(waiting: int, *, priority: Priority | None = None, **rules: object) -> ClinicScript:
    """A001 was called to room 3 and did not come; so many others wait, a minute apart."""
    clinic = ClinicScript().configure(
        department("medicine", "A", rules=Rules(**rules)),
        department("laboratory", "H"),
        rooms=(room("3", "medicine"), room("4", "medicine"), room("5", "laboratory")),
    )
    clinic.issue(priority=priority)
    clinic.press("3")
    for _ in range(waiting):
        clinic.issue(after_s=MINUTE)
    clinic.no_show("A001", after_s=MINUTE)
    return clinic


def called_and_missed_again(clinic: ClinicScript, label: str) -> None:
    clinic.call(label, "3")
    clinic.no_show(label, after_s=MINUTE)


def test_a_no_show_who_is_back_gets_the_place_of_the_third_who_waits():
    clinic = missed_by_one(5)
    clinic.come_back("A001", after_s=MINUTE)
    assert clinic.queue() == ["A002", "A003", "A004", "A001", "A005", "A006"]
    assert clinic.token("A001").base == clinic.token("A004").base


def test_the_third_counts_with_credit():
    clinic = missed_by_one(5)
    for label in ("A004", "A005", "A006"):
        clinic.set_priority(label, Priority.HIGH)
    assert clinic.queue() == ["A004", "A005", "A006", "A002", "A003"]
    clinic.come_back("A001", after_s=MINUTE)
    assert clinic.queue() == ["A004", "A005", "A006", "A001", "A002", "A003"]
    back, third = clinic.token("A001"), clinic.token("A006")
    assert (back.base, back.credit_ms) == (third.base - 20 * 60_000, 0)


def test_at_latest_it_is_the_time_of_the_return():
    """The third who waits has an appointment in an hour."""
    clinic = missed_by_one(2)
    clinic.check_in(clinic.book("10:00"))
    clinic.come_back("A001", after_s=MINUTE)
    assert clinic.token("A001").base == clinic.now
    assert clinic.queue() == ["A002", "A003", "A001", "A004"]


def test_with_fewer_than_three_waiting_it_goes_to_the_end():
    clinic = missed_by_one(2)
    clinic.come_back("A001", after_s=MINUTE)
    assert clinic.queue() == ["A002", "A003", "A001"]
    assert clinic.token("A001").base == clinic.now


def test_after_sixty_minutes_it_goes_to_the_end():
    clinic = missed_by_one(5)
    clinic.come_back("A001", after_s=60 * MINUTE + 1)
    assert clinic.queue()[-1] == "A001"


def test_up_to_sixty_minutes_it_does_not():
    clinic = missed_by_one(5)
    clinic.come_back("A001", after_s=60 * MINUTE)
    assert clinic.queue()[3] == "A001"


def test_the_third_return_goes_to_the_end():
    clinic = missed_by_one(6)
    places = []
    for _ in range(3):
        clinic.come_back("A001")
        places.append(clinic.queue().index("A001"))
        called_and_missed_again(clinic, "A001")
    assert places == [3, 3, 6]


def test_it_may_go_on_coming_back_to_the_end():
    clinic = missed_by_one(4)
    for _ in range(4):
        clinic.come_back("A001")
        called_and_missed_again(clinic, "A001")
    clinic.come_back("A001")
    assert (clinic.refused, clinic.queue()[-1]) == (None, "A001")


@pytest.mark.parametrize(
    ("rules", "place"),
    [({"returns": 0}, 5), ({"return_place": 1}, 1), ({"return_place": 5}, 5), ({"return_min": 1}, 5)],
    ids=["no good place at all", "right behind the first", "behind the fifth", "only for a minute"],
)
def test_the_return_rule_can_be_set(rules, place):
    clinic = missed_by_one(5, **rules)
    clinic.come_back("A001", after_s=2 * MINUTE)
    assert clinic.queue().index("A001") == place


def test_a_no_show_of_high_priority_comes_back_without_credit():
    clinic = missed_by_one(5, priority=Priority.HIGH)
    clinic.come_back("A001", after_s=MINUTE)
    assert clinic.queue() == ["A002", "A003", "A004", "A001", "A005", "A006"]
    assert (clinic.token("A001").priority, clinic.token("A001").credit_ms) == (Priority.HIGH, 0)


def test_with_few_waiting_a_no_show_of_high_priority_gets_no_credit_either():
    clinic = missed_by_one(2, priority=Priority.HIGH)
    clinic.come_back("A001", after_s=MINUTE)
    assert clinic.queue() == ["A002", "A003", "A001"]


def test_the_return_is_its_entry():
    """Behind the third by entry, though their rank is the same; whoever it overtakes is told in the ledger."""
    clinic = missed_by_one(5)
    clinic.come_back("A001", after_s=MINUTE)
    assert clinic.token("A001").entered_at == clinic.now
    clinic.presses("4", 4)
    assert (clinic.current("4"), clinic.last_call().reason) == ("A001", CallReason.RETURN)
    assert clinic.overtaken() == ["A005", "A006"]


def test_emergencies_who_wait_are_among_the_three():
    clinic = missed_by_one(5)
    clinic.issue(priority=Priority.EMERGENCY)
    clinic.come_back("A001", after_s=MINUTE)
    assert clinic.queue() == ["A007", "A002", "A003", "A001", "A004", "A005", "A006"]


def test_each_return_is_called_as_often_as_it_takes():
    clinic = missed_by_one(0)
    clinic.come_back("A001")
    assert clinic.press("3").label == "A001"
    assert clinic.last_call().attempt == 1
    clinic.start("A001", after_s=20)
    clinic.finish("A001", after_s=60)
    assert clinic.token("A001").state is TokenState.SERVED


def test_only_a_no_show_returns(clinic):
    clinic.issue()
    clinic.come_back("A001")
    assert (clinic.refused, clinic.refusal.values["possible"][0]) == ("impossible_transition", "call")
    clinic.press("3")
    clinic.press("3", outcome=Outcome.NO_SHOW)
    clinic.recall("A001")
    assert (clinic.refused, clinic.refusal.values["possible"]) == ("impossible_transition", ["return"])


def test_a_no_show_of_a_transferred_visit_returns_to_where_it_was_called():
    clinic = missed_by_one(0)
    clinic.come_back("A001")
    clinic.transfer("A001", "laboratory")
    clinic.press("5")
    clinic.no_show("A001", after_s=MINUTE)
    clinic.come_back("A001")
    assert clinic.queue("laboratory") == ["A001"]


def test_not_arrived_is_recall_recall_no_show(clinic):
    clinic.issue()
    clinic.press("3")
    clinic.recall("A001", after_s=30)
    clinic.recall("A001", after_s=30)
    assert clinic.last_call().attempt == 3
    clinic.no_show("A001", after_s=30)
    assert (clinic.token("A001").state, clinic.current("3")) == (TokenState.NO_SHOW, None)
