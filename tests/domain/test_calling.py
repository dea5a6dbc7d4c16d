"""Next, in a room with current token T (queue-rules), row by row, and recall."""

from clinic_script import kinds

from hub.domain.events import NoShowMarked, ServiceFinished, ServiceStarted, TokenCalled
from smartqueue.terms import CallReason, Outcome, RoomId, Tick, TokenState


def test_next_in_an_empty_room_calls_the_first_who_waits(clinic):
    clinic.issue()
    clinic.issue()
    assert clinic.press("3").label == "A001"
    assert clinic.current("3") == "A001"


def test_next_when_nobody_waits_calls_nobody_and_is_no_refusal(clinic):
    called = clinic.press("3")
    assert (called.token, called.repeated, clinic.refused) == (None, False, None)


def test_two_rooms_never_get_the_same_token(clinic):
    clinic.issue()
    clinic.issue()
    assert clinic.press("3").label == "A001"
    assert clinic.press("4", after_s=0).label == "A002"


def test_a_second_press_within_two_seconds_skips_nobody(clinic):
    clinic.issue()
    clinic.issue()
    clinic.press("3")
    again = clinic.press("3", after_s=1.9)
    assert (again.label, again.repeated) == ("A001", True)
    assert clinic.current("3") == "A001"


def test_the_two_seconds_are_checked_before_what_the_presser_believes(clinic):
    clinic.issue()
    clinic.issue()
    clinic.press("3")
    assert clinic.press("3", after="A001", after_s=1).repeated


def test_between_two_and_fifteen_seconds_the_press_must_be_confirmed(clinic):
    clinic.issue()
    clinic.issue()
    clinic.press("3")
    for wait in (2, 13):
        assert clinic.press("3", after="A001", after_s=wait) is None
        assert clinic.refused == "confirm_no_show"
    assert clinic.current("3") == "A001"


def test_the_confirming_press_marks_the_no_show_and_calls_the_next(clinic):
    clinic.issue()
    clinic.issue()
    clinic.press("3")
    clinic.press("3", after_s=5)
    assert clinic.press("3", after="A001", outcome=Outcome.NO_SHOW, after_s=1).label == "A002"
    assert clinic.token("A001").state is TokenState.NO_SHOW


def test_a_no_show_is_obeyed_at_any_age_from_two_seconds_on(clinic):
    clinic.issue()
    clinic.press("3")
    assert clinic.press("3", outcome=Outcome.NO_SHOW, after_s=600).token is None
    assert clinic.token("A001").state is TokenState.NO_SHOW


def test_an_outcome_without_somebody_who_was_called_is_refused(clinic):
    clinic.press("3", outcome=Outcome.NO_SHOW)
    assert clinic.refused == "nothing_to_confirm"
    clinic.issue()
    clinic.press("3")
    clinic.start("A001", after_s=5)
    clinic.press("3", outcome=Outcome.NO_SHOW)
    assert clinic.refused == "nothing_to_confirm"


def test_after_fifteen_seconds_the_token_was_in_the_room_and_is_finished(clinic):
    clinic.issue()
    clinic.issue()
    clinic.press("3")
    before = len(clinic.events)
    assert clinic.press("3", after="A001", after_s=15.001).label == "A002"
    started, finished, called = clinic.events[before:]
    assert started == ServiceStarted(clinic.token("A001").id, RoomId("room-3"), implied=True)
    assert isinstance(finished, ServiceFinished)
    assert isinstance(called, TokenCalled)


def test_next_while_serving_finishes_and_calls(clinic):
    clinic.issue()
    clinic.issue()
    clinic.press("3")
    clinic.start("A001", after_s=5)
    assert clinic.press("3", after_s=1).label == "A002"
    assert clinic.token("A001").state is TokenState.SERVED


def test_nobody_waits_and_the_current_token_is_finished_all_the_same(clinic):
    clinic.issue()
    clinic.press("3")
    assert clinic.press("3").token is None
    assert clinic.token("A001").state is TokenState.SERVED
    assert clinic.current("3") is None


def test_a_press_that_believes_another_token_current_changes_nothing(clinic):
    clinic.issue()
    clinic.issue()
    clinic.press("3", after=None)
    late = clinic.press("3", after=None, after_s=30)
    assert (late.label, late.repeated) == ("A001", True)
    assert kinds(clinic.events).count(TokenCalled) == 1


def test_a_press_older_than_three_seconds_is_refused(clinic):
    clinic.issue()
    clinic.press("3", tick=Tick(clinic.tick - 3001), after_s=0)
    assert clinic.refused == "press_too_old"
    assert clinic.press("3", tick=Tick(clinic.tick - 3000), after_s=0).label == "A001"


def test_a_tick_from_before_the_hub_started_or_from_ahead_is_refused(clinic):
    clinic.tick = Tick(1_000_500)
    clinic.press("3", tick=Tick(999_999), after_s=0)
    assert clinic.refused == "press_too_old"
    clinic.press("3", tick=Tick(1_000_501), after_s=0)
    assert clinic.refused == "press_too_old"


def test_an_unknown_room_is_refused_with_the_rooms_there_are(clinic):
    clinic.press("99")
    assert clinic.refused == "unknown_room"
    assert clinic.refusal.values["known"] == ["room-3", "room-4", "room-5", "room-6"]


def test_recall_announces_again_in_the_same_room_with_the_next_attempt(clinic):
    clinic.issue()
    clinic.press("3")
    clinic.recall("A001", after_s=20)
    assert clinic.events[-1] == TokenCalled(clinic.token("A001").id, RoomId("room-3"), 2, CallReason.CHOSEN)
    clinic.press("3", after_s=5)
    assert clinic.refused == "confirm_no_show", "the time counts from the recall"


def test_only_a_called_token_can_be_recalled(clinic):
    clinic.issue()
    clinic.recall("A001")
    assert clinic.refused == "impossible_transition"
    assert clinic.refusal.values["state"] == "waiting"
    assert clinic.refusal.values["verb"] == "recall"
    assert {"call", "cancel"} <= set(clinic.refusal.values["possible"])


def test_no_show_frees_the_room(clinic):
    clinic.issue()
    clinic.press("3")
    clinic.no_show("A001", after_s=30)
    assert isinstance(clinic.events[-1], NoShowMarked)
    assert clinic.current("3") is None
    clinic.no_show("A001")
    assert clinic.refused == "impossible_transition"


def test_finishing_a_token_nobody_started_implies_the_start(clinic):
    clinic.issue()
    clinic.press("3")
    clinic.finish("A001", after_s=60)
    assert kinds(clinic.events)[-2:] == [ServiceStarted, ServiceFinished]


def test_an_announcement_is_acknowledged_once_and_a_heard_one_wins(clinic):
    clinic.issue()
    clinic.press("3")
    announcement = clinic.state.calls[-1].announcement
    before = len(clinic.events)
    clinic.acknowledge(announcement, heard=False)
    clinic.acknowledge(announcement, heard=True)
    clinic.acknowledge(announcement, heard=False)
    assert len(clinic.events) == before + 2
    assert clinic.state.calls[-1].heard is True
    clinic.acknowledge("99999")
    assert clinic.refused == "unknown_announcement"


def test_a_caller_acts_only_on_tokens_of_its_own_room(clinic):
    clinic.issue()
    clinic.press("3")
    clinic.recall("A001", room="4", after_s=5)
    assert (clinic.refused, clinic.refusal.values) == ("token_elsewhere", {"label": "A001", "room": "room-3"})
    clinic.recall("A001", room="3")
    assert clinic.refused is None
