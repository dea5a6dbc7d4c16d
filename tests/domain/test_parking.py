"""Park and resume: out of the queue for a reason and with a claim (queue-rules, Who is next, 4 and 5)."""

import pytest

from hub.domain.commands import ParkToken
from hub.domain.events import TokenParked, TokenResumed
from smartqueue.terms import EntryKind, ParkReason, Priority, RoomId, Tick, TokenState

MINUTE = 60


def test_whoever_is_parked_leaves_the_queue_and_comes_back_to_the_same_place(clinic):
    for _ in range(3):
        clinic.issue(after_s=MINUTE)
    clinic.park("A002")
    assert (clinic.token("A002").state, clinic.queue()) == (TokenState.PARKED, ["A001", "A003"])
    clinic.issue()
    clinic.resume("A002", after_s=40 * MINUTE)
    assert clinic.queue() == ["A001", "A002", "A003", "A004"]


def test_a_parked_token_keeps_base_entry_credit_and_how_it_came(clinic):
    clinic.issue(priority=Priority.HIGH)
    before = clinic.token("A001")
    kept = (before.base, before.entered_at, before.entry, before.credit_ms, before.came_by)
    clinic.park("A001", after_s=5 * MINUTE)
    clinic.resume("A001", after_s=90 * MINUTE)
    after = clinic.token("A001")
    assert (after.base, after.entered_at, after.entry, after.credit_ms, after.came_by) == kept


def test_whoever_came_while_somebody_was_parked_is_not_overtaken(clinic):
    clinic.issue()
    clinic.park("A001")
    clinic.issue(after_s=MINUTE)
    clinic.resume("A001", after_s=MINUTE)
    clinic.press("3")
    assert (clinic.current("3"), clinic.overtaken()) == ("A001", []), "it entered this queue earlier"


def test_somebody_parked_from_the_room_frees_it_and_is_called_again_by_their_own_place(clinic):
    clinic.issue()
    clinic.issue()
    clinic.press("3")
    clinic.start("A001", after_s=20)
    clinic.park("A001", after_s=5 * MINUTE)
    assert clinic.current("3") is None
    assert clinic.events[-1] == TokenParked(clinic.token("A001").id, ParkReason.EXAMINATION, RoomId("room-3"))
    assert clinic.press("3").label == "A002"
    clinic.resume("A001", after_s=MINUTE)
    assert clinic.press("4").label == "A001"
    assert clinic.last_call().attempt == 1, "a new call, not a recall"


def test_a_called_token_can_be_parked_without_a_start(clinic):
    clinic.issue()
    clinic.press("3")
    clinic.park("A001", after_s=10)
    assert (clinic.token("A001").state, clinic.current("3")) == (TokenState.PARKED, None)


def test_a_no_show_that_came_back_keeps_its_place_through_parking(clinic):
    for _ in range(5):
        clinic.issue(after_s=MINUTE)
    clinic.press("3")
    clinic.no_show("A001", after_s=30)
    clinic.come_back("A001")
    assert clinic.queue() == ["A002", "A003", "A004", "A001", "A005"]
    clinic.park("A001")
    clinic.resume("A001", after_s=30 * MINUTE)
    assert clinic.queue() == ["A002", "A003", "A004", "A001", "A005"]
    assert clinic.token("A001").came_by is EntryKind.RETURN


def test_an_emergency_that_was_parked_is_first_again(clinic):
    clinic.issue()
    clinic.issue(priority=Priority.EMERGENCY)
    clinic.park("A002")
    assert clinic.queue() == ["A001"]
    clinic.resume("A002")
    assert clinic.queue() == ["A002", "A001"]


def test_priority_given_while_parked_counts_from_the_return_on(clinic):
    clinic.issue()
    clinic.issue(after_s=MINUTE)
    clinic.park("A002")
    clinic.set_priority("A002", Priority.HIGH)
    clinic.resume("A002")
    assert clinic.queue() == ["A002", "A001"]


def test_a_parked_token_can_be_cancelled(clinic):
    clinic.issue()
    clinic.park("A001")
    clinic.cancel("A001")
    assert clinic.token("A001").state is TokenState.CANCELLED


@pytest.mark.parametrize("verb", ["start", "finish", "no_show", "recall", "come_back", "transfer", "park"])
def test_nothing_else_is_done_with_a_parked_token(clinic, verb):
    clinic.issue()
    clinic.park("A001")
    getattr(clinic, verb)("A001", *(["laboratory"] if verb == "transfer" else []))
    assert clinic.refused == "impossible_transition"
    assert clinic.refusal.values["state"] == "parked"
    assert "resume" in clinic.refusal.values["possible"]


def test_only_a_parked_token_is_resumed(clinic):
    clinic.issue()
    clinic.resume("A001")
    assert clinic.refused == "impossible_transition"
    clinic.park("A001")
    clinic.resume("A001")
    clinic.resume("A001")
    assert clinic.refused == "impossible_transition"
    assert len(clinic.happened(TokenResumed)) == 1


def test_a_caller_parks_only_who_is_in_its_own_room_and_by_a_fresh_press(clinic):
    clinic.issue()
    clinic.press("3")
    clinic.park("A001", room="4")
    assert clinic.refused == "token_elsewhere"
    clinic.do(ParkToken(clinic.token("A001").id, ParkReason.STEP_OUT, Tick(clinic.tick - 3001)))
    assert clinic.refused == "press_too_old"
    clinic.park("A001", room="3")
    assert clinic.refused is None
