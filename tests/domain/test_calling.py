"""Next, in a room with current token T (queue-rules), row by row, and recall."""

import pytest
from clinic_script import ClinicScript, kinds

from hub.domain.clinic import CALLS_KEPT
from hub.domain.commands import (
    CallNext,
    CallToken,
    CancelToken,
    CloseRoom,
    FinishService,
    MarkNoShow,
    OpenRoom,
    PauseRoom,
    Recall,
    StartService,
    TransferToken,
)
from hub.domain.events import AnnouncementPlayed, NoShowMarked, ServiceFinished, ServiceStarted, TokenCalled
from smartqueue.terms import CallReason, CancelReason, ChoiceReason, Outcome, RoomId, Tick, TokenState


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


# --- the order in which a press is checked ------------------------------------------------------------


def called_and_two_wait(clinic):
    for _ in range(3):
        clinic.issue()
    clinic.press("3", after_s=0)
    return clinic


@pytest.mark.parametrize(
    ("age_s", "answer"),
    [(0, "repeated"), (1.999, "repeated"), (2, "confirm_no_show"), (15, "confirm_no_show"), (15.001, "next")],
)
def test_the_rows_of_the_table_by_the_age_of_the_call(clinic, age_s, answer):
    called_and_two_wait(clinic)
    pressed = clinic.press("3", after_s=age_s)
    got = clinic.refused or ("repeated" if pressed.repeated else "next")
    assert got == answer


@pytest.mark.parametrize(("age_s", "label"), [(1.999, "A001"), (2, "A002"), (3600, "A002")])
def test_a_confirmation_is_obeyed_from_two_seconds_on(clinic, age_s, label):
    called_and_two_wait(clinic)
    assert clinic.press("3", after_s=age_s, outcome=Outcome.NO_SHOW).label == label
    assert (clinic.token("A001").state is TokenState.NO_SHOW) is (label == "A002")


def test_an_old_press_is_refused_even_within_the_two_seconds(clinic):
    called_and_two_wait(clinic)
    clinic.press("3", after_s=1, tick=Tick(clinic.tick - 3000))
    assert clinic.refused == "press_too_old"


def test_the_two_seconds_and_what_is_believed_are_checked_before_the_rooms_state(clinic):
    called_and_two_wait(clinic)
    clinic.pause_room("3", back_in_min=10)
    assert clinic.press("3", after_s=1).repeated
    assert clinic.press("3", after="A002", after_s=60).repeated
    clinic.press("3", after="A001")
    assert clinic.refused == "room_paused"
    clinic.close_room("3")
    clinic.press("3", after="A001")
    assert (clinic.refused, clinic.current("3")) == ("room_closed", "A001")


def test_a_confirmation_that_believes_another_token_current_marks_nobody(clinic):
    called_and_two_wait(clinic)
    late = clinic.press("3", after="A002", outcome=Outcome.NO_SHOW, after_s=10)
    assert (late.label, late.repeated, clinic.token("A001").state) == ("A001", True, TokenState.CALLED)


def test_a_press_that_believes_somebody_is_there_who_has_gone_calls_nobody(clinic):
    called_and_two_wait(clinic)
    clinic.finish("A001", after_s=60)
    late = clinic.press("3", after="A001")
    assert (late.token, late.repeated, clinic.current("3")) == (None, True, None)


def test_without_after_a_console_calls_whoever_is_there(clinic):
    called_and_two_wait(clinic)
    assert clinic.press("3").label == "A002"


def test_a_recall_begins_the_rows_anew(clinic):
    called_and_two_wait(clinic)
    clinic.recall("A001", after_s=60)
    assert clinic.press("3", after_s=1).repeated
    clinic.press("3", after_s=5)
    assert clinic.refused == "confirm_no_show"
    assert clinic.press("3", after_s=15).label == "A002"


def test_a_token_that_was_started_is_finished_however_young_the_call(clinic):
    called_and_two_wait(clinic)
    clinic.start("A001", after_s=0.5)
    assert clinic.press("3", after_s=0.5).label == "A002"


@pytest.mark.parametrize("serving", [True, False])
def test_with_nobody_waiting_the_last_one_is_finished_and_the_room_is_empty(clinic, serving):
    clinic.issue()
    clinic.press("3")
    if serving:
        clinic.start("A001", after_s=5)
    answer = clinic.press("3", after="A001", after_s=16)
    assert (answer.token, answer.repeated) == (None, False)
    assert (clinic.token("A001").state, clinic.current("3")) == (TokenState.SERVED, None)


def test_every_verb_of_a_room_refuses_a_press_that_is_too_old(clinic):
    clinic.issue()
    clinic.press("3")
    token, old = clinic.token("A001").id, Tick(clinic.tick - 3001)
    commands = (
        CallNext(RoomId("room-3"), tick=old),
        CallToken(token, RoomId("room-4"), ChoiceReason.OTHER, tick=old),
        Recall(token, old),
        StartService(token, old),
        FinishService(token, old),
        MarkNoShow(token, old),
        CancelToken(token, CancelReason.OPERATOR, old),
        TransferToken(token, tick=old),
        OpenRoom(RoomId("room-3"), old),
        PauseRoom(RoomId("room-3"), None, old),
        CloseRoom(RoomId("room-3"), old),
    )
    before = clinic.seq
    for command in commands:
        clinic.do(command)
        assert clinic.refused == "press_too_old"
    assert clinic.seq == before


# --- calling a given label ----------------------------------------------------------------------------


def test_a_chosen_call_ends_the_current_one_as_next_does(clinic):
    called_and_two_wait(clinic)
    assert clinic.call("A003", after_s=1).repeated
    clinic.call("A003", after_s=5)
    assert clinic.refused == "confirm_no_show"
    assert clinic.call("A003", after_s=16).label == "A003"
    assert (clinic.token("A001").state, clinic.queue()) == (TokenState.SERVED, ["A002"])


def test_choosing_who_is_in_the_room_already_is_the_same_press(clinic):
    called_and_two_wait(clinic)
    again = clinic.call("A001", after_s=60)
    assert (again.label, again.repeated) == ("A001", True)


def test_a_chosen_call_checks_what_is_believed_and_the_rooms_state(clinic):
    called_and_two_wait(clinic)
    chosen = clinic.token("A003").id
    late = clinic.do(CallToken(chosen, RoomId("room-3"), ChoiceReason.SHORT, after=None), after_s=60)
    assert (late.label, late.repeated) == ("A001", True)
    clinic.close_room("4")
    clinic.call("A003", "4")
    assert clinic.refused == "room_closed"


def test_only_who_waits_can_be_chosen(clinic):
    called_and_two_wait(clinic)
    clinic.park("A003")
    for label in ("A001", "A003"):
        clinic.call(label, "4")
        assert clinic.refused == "impossible_transition"


# --- many at once -------------------------------------------------------------------------------------


def called_many(clinic: ClinicScript, count: int) -> list[str]:
    """The announcements of so many calls that come one after the other, oldest first."""
    announcements = []
    for _ in range(count):
        clinic.issue()
        clinic.press("3", after_s=20)
        announcements.append(clinic.state.calls[-1].announcement)
    return announcements


def test_sixty_calls_in_quick_succession_are_all_acknowledged_though_the_board_shows_twenty(clinic):
    announcements = called_many(clinic, 60)
    shown = [call.announcement for call in clinic.state.shown_calls()]
    assert shown == announcements[:-21:-1]
    for announcement in announcements:
        clinic.acknowledge(announcement)
        assert clinic.refused is None
    assert [event.announcement for event in clinic.happened(AnnouncementPlayed)] == announcements
    assert all(call.heard for call in clinic.state.calls)


def test_calls_are_not_kept_for_ever(clinic):
    announcements = called_many(clinic, CALLS_KEPT + 1)
    clinic.acknowledge(announcements[0])
    assert clinic.refused == "unknown_announcement"
    clinic.acknowledge(announcements[1])
    assert clinic.refused is None
    assert len(clinic.state.calls) == CALLS_KEPT


def test_an_undo_brings_the_board_back_just_so_when_it_was_full(clinic):
    called_many(clinic, 30)
    before = clinic.state.shown_calls()
    clinic.issue()
    clinic.press("3", after_s=20)
    assert clinic.state.shown_calls()[1:] == before[:-1]
    clinic.undo("3")
    assert clinic.state.shown_calls() == before
