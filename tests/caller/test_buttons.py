"""What presses mean: the whole table of the unit's side, as data."""

from dataclasses import replace

import pytest

from caller.buttons import (
    ASK_AT_LEAST_S,
    NOBODY_WAITS,
    PRESS_LIFE_S,
    READ_THE_QUESTION_S,
    TELL_S,
    Action,
    Button,
    Order,
    Press,
    Presses,
    answered,
    look,
    press,
    touch,
    unanswered,
)
from caller.seen import Beat, Seen
from smartqueue.terms import CommandId, Outcome, RoomState, TokenId

NOW = 1000.0
BEATS = (Beat(NOW - 1.6, 6_000), Beat(NOW - 0.6, 7_000))
REST = Seen(away=False, beats=BEATS, room="room-3", state=RoomState.OPEN, waiting=4)
CALLED = replace(REST, token="t-1", label="A012", called=True, called_age_s=4.0, attempt=1)
SERVING = replace(CALLED, called=False)
PAUSED = replace(REST, state=RoomState.PAUSED)
AWAY = replace(CALLED, away=True)


def heard(seen: Seen, at: float) -> Seen:
    """A heartbeat more."""
    return replace(seen, beats=(*seen.beats, Beat(at, 9_000)))


class Finger:
    """Presses buttons and keeps what comes of it."""

    def __init__(self, seen: Seen = REST, now: float = NOW) -> None:
        self.seen, self.now, self.presses = seen, now, Presses()
        self.orders: list[Order] = []

    def press(self, button: Button = Button.NEXT, *, after_s: float = 0.0, made_ago_s: float = 0.0) -> Order | None:
        self.wait(after_s)
        command_id = CommandId(f"command-{len(self.orders):04}")
        made = Press(button, self.now - made_ago_s)
        self.presses, order = press(self.presses, self.seen, made, self.now, command_id)
        if order is not None:
            self.orders.append(order)
        return order

    def wait(self, seconds: float) -> None:
        self.now += seconds
        self.presses = look(self.presses, self.seen, self.now)

    def hub_says(self, code: str | None, of: Order | None = None) -> None:
        order = of or self.orders[-1]
        self.presses = answered(self.presses, self.seen, order.command_id, code, self.now)

    def feed_shows(self, seen: Seen) -> None:
        self.seen = seen
        self.presses = look(self.presses, seen, self.now)

    def hub_is_silent_until_the_press_is_over(self) -> None:
        self.now = self.orders[-1].expires_at
        self.presses = unanswered(self.presses, self.orders[-1].command_id)

    def asked(self) -> "Finger":
        """Next was pressed while a token was called, and the hub asked back."""
        self.press()
        self.hub_says("confirm_no_show")
        return self

    @property
    def refusal(self) -> str:
        return self.presses.refusal if self.presses.shows_refusal(self.now) else ""


# --- what each button orders ---------------------------------------------------------------------------


def test_next_calls_after_the_token_that_the_feed_shows_with_the_last_tick():
    order = Finger(CALLED).press(Button.NEXT)
    assert (order.action, order.token, order.tick, order.room, order.outcome) == (
        Action.CALL_NEXT,
        "t-1",
        7_000,
        "room-3",
        None,
    )


def test_next_in_an_empty_room_says_that_nobody_is_current():
    order = Finger(REST).press(Button.NEXT)
    assert (order.action, order.token) == (Action.CALL_NEXT, None)


@pytest.mark.parametrize("seen", [CALLED, SERVING])
@pytest.mark.parametrize(("button", "action"), [(Button.RECALL, Action.RECALL), (Button.NO_SHOW, Action.MARK_NO_SHOW)])
def test_recall_and_no_show_are_about_the_current_token(seen, button, action):
    order = Finger(seen).press(button)
    assert (order.action, order.token) == (action, "t-1")


@pytest.mark.parametrize("button", [Button.RECALL, Button.NO_SHOW])
def test_recall_and_no_show_without_a_token_are_refused_by_the_unit(button):
    finger = Finger(REST)
    assert finger.press(button) is None
    assert finger.refusal == "nobody_called"


@pytest.mark.parametrize(
    ("state", "action"),
    [
        (RoomState.OPEN, Action.PAUSE_ROOM),
        (RoomState.PAUSED, Action.OPEN_ROOM),
        (RoomState.CLOSED, Action.OPEN_ROOM),
    ],
)
def test_pause_pauses_an_open_room_and_opens_any_other(state, action):
    assert Finger(replace(REST, state=state)).press(Button.PAUSE).action is action


def test_every_press_has_a_life_of_three_seconds():
    order = Finger(REST).press(made_ago_s=1.0)
    assert order.expires_at == NOW - 1.0 + PRESS_LIFE_S


def test_a_press_that_waited_three_seconds_in_the_unit_is_not_sent():
    finger = Finger(REST)
    assert finger.press(made_ago_s=PRESS_LIFE_S) is None
    assert finger.refusal == "press_too_old"


def test_a_press_is_refused_at_once_while_the_hub_is_away():
    finger = Finger(AWAY)
    assert finger.press() is None
    assert finger.refusal == "hub_away"


@pytest.mark.parametrize("gap", [{"room": None}, {"beats": ()}])
def test_a_press_before_the_first_heartbeat_is_refused_as_if_the_hub_were_away(gap):
    finger = Finger(replace(REST, **gap))
    assert finger.press() is None
    assert finger.refusal == "hub_away"


def test_a_press_carries_the_tick_that_was_known_when_it_was_made_not_a_newer_one():
    assert Finger(REST).press(made_ago_s=1.0).tick == 6_000
    assert Finger(REST).press().tick == 7_000


def test_a_press_made_before_the_hub_was_heard_is_refused_though_it_is_heard_by_now():
    finger = Finger(REST)
    assert finger.press(made_ago_s=2.0) is None
    assert finger.refusal == "hub_away"


# --- one at a time -------------------------------------------------------------------------------------


def test_next_again_while_next_is_on_its_way_is_the_same_press():
    finger = Finger(REST)
    finger.press()
    assert [finger.press(after_s=0.2) for _ in range(5)] == [None] * 5
    assert finger.refusal == ""
    assert len(finger.orders) == 1


@pytest.mark.parametrize("other", [Button.RECALL, Button.NO_SHOW, Button.PAUSE])
def test_another_button_while_next_is_on_its_way_is_refused(other):
    finger = Finger(CALLED)
    finger.press()
    assert finger.press(other, after_s=0.2) is None
    assert finger.refusal == "press_in_flight"


def test_a_second_pause_on_its_way_does_not_open_the_room_again():
    finger = Finger(REST)
    finger.press(Button.PAUSE)
    finger.press(Button.PAUSE, after_s=0.1)
    finger.hub_says(None)
    assert [order.action for order in finger.orders] == [Action.PAUSE_ROOM]


def test_after_an_answer_the_next_press_is_a_new_command():
    finger = Finger(REST)
    finger.press()
    finger.hub_says(None)
    finger.feed_shows(CALLED)
    finger.press(Button.RECALL, after_s=5)
    assert [order.command_id for order in finger.orders] == ["command-0000", "command-0001"]


def test_a_late_answer_to_an_older_command_changes_nothing():
    finger = Finger(REST)
    old = finger.press()
    finger.hub_says(None)
    finger.press(after_s=3)
    before = finger.presses
    finger.hub_says("room_paused", of=old)
    assert finger.presses == before


def test_a_refusal_of_the_hub_is_shown_for_three_blinks():
    finger = Finger(PAUSED)
    finger.press()
    finger.hub_says("room_paused")
    assert finger.refusal == "room_paused"
    finger.wait(1.2)
    assert finger.refusal == ""


def test_a_press_obeyed_takes_back_the_red_of_the_one_before():
    finger = Finger(REST)
    finger.press(Button.RECALL)
    finger.press(Button.NEXT, after_s=0.2)
    assert finger.refusal == ""


# --- the question --------------------------------------------------------------------------------------


def test_next_while_the_hub_asks_says_no_show_with_a_new_command_and_the_same_after():
    finger = Finger(CALLED).asked()
    first, confirming = finger.orders[0], finger.press(after_s=1.0)
    assert (confirming.action, confirming.outcome) == (Action.CALL_NEXT, Outcome.NO_SHOW)
    assert confirming.token == first.token
    assert confirming.command_id != first.command_id


def test_a_press_faster_than_anybody_reads_the_question_does_not_answer_it():
    finger = Finger(CALLED).asked()
    assert finger.press(after_s=READ_THE_QUESTION_S - 0.1) is None
    assert finger.presses.question is not None
    assert finger.press(after_s=0.2).outcome is Outcome.NO_SHOW


def test_the_question_ends_when_the_call_is_fifteen_seconds_old():
    finger = Finger(CALLED).asked()
    finger.wait(10.9)
    assert finger.presses.question is not None
    finger.wait(0.2)
    assert finger.presses.question is None
    assert finger.press().outcome is None


def test_a_question_that_came_late_can_still_be_answered():
    finger = Finger(replace(CALLED, called_age_s=14.8)).asked()
    assert finger.press(after_s=ASK_AT_LEAST_S - 0.1).outcome is Outcome.NO_SHOW


@pytest.mark.parametrize(
    "news",
    [
        SERVING,
        REST,
        replace(CALLED, token=TokenId("t-2")),
        replace(CALLED, attempt=2),
        replace(CALLED, away=True),
    ],
)
def test_the_question_is_gone_as_soon_as_the_feed_shows_another_case(news):
    finger = Finger(CALLED).asked()
    finger.feed_shows(news)
    assert finger.presses.question is None


@pytest.mark.parametrize("other", [Button.RECALL, Button.NO_SHOW, Button.PAUSE])
def test_any_other_button_takes_the_question_away(other):
    finger = Finger(CALLED).asked()
    assert finger.press(other, after_s=1.0).outcome is None
    assert finger.presses.question is None


def test_next_pressed_twice_on_a_confirmation_sends_it_once():
    finger = Finger(CALLED).asked()
    finger.press(after_s=1.0)
    assert finger.press(after_s=0.1) is None
    assert len(finger.orders) == 2


# --- when nobody answers -------------------------------------------------------------------------------


def test_the_outcome_of_an_unanswered_press_is_unknown_while_the_hub_is_away():
    finger = Finger(CALLED)
    finger.press()
    finger.hub_is_silent_until_the_press_is_over()
    finger.feed_shows(AWAY)
    finger.wait(600)
    assert finger.presses.flight is not None
    assert finger.refusal == ""


def test_another_press_meanwhile_is_refused_and_the_outcome_stays_unknown():
    finger = Finger(CALLED)
    finger.press()
    finger.hub_is_silent_until_the_press_is_over()
    finger.feed_shows(AWAY)
    assert finger.press(after_s=1) is None
    assert finger.refusal == "hub_away"
    assert finger.presses.flight is not None


def test_an_older_picture_does_not_settle_an_unanswered_press():
    finger = Finger(CALLED)
    finger.press()
    finger.hub_is_silent_until_the_press_is_over()
    finger.feed_shows(heard(CALLED, finger.orders[0].expires_at + 0.4))
    assert finger.presses.flight is not None


def test_an_unanswered_press_was_obeyed_if_the_feed_shows_its_work():
    finger = Finger(CALLED)
    finger.press()
    finger.hub_is_silent_until_the_press_is_over()
    finger.feed_shows(heard(replace(CALLED, token=TokenId("t-2")), finger.now + 1))
    assert finger.presses.flight is None
    assert finger.refusal == ""


@pytest.mark.parametrize("button", list(Button))
def test_an_unanswered_press_was_not_obeyed_if_nothing_has_changed(button):
    finger = Finger(CALLED)
    finger.press(button)
    finger.hub_is_silent_until_the_press_is_over()
    finger.feed_shows(heard(CALLED, finger.now + 1))
    assert finger.presses.flight is None
    assert finger.refusal == "not_obeyed"


def test_a_recall_was_obeyed_if_the_attempt_has_grown():
    finger = Finger(CALLED)
    finger.press(Button.RECALL)
    finger.hub_is_silent_until_the_press_is_over()
    finger.feed_shows(heard(replace(CALLED, attempt=2), finger.now + 1))
    assert (finger.presses.flight, finger.refusal) == (None, "")


def test_an_unanswered_press_of_another_room_is_let_go_without_a_word():
    finger = Finger(CALLED)
    finger.press()
    finger.hub_is_silent_until_the_press_is_over()
    finger.feed_shows(heard(replace(CALLED, room="room-9"), finger.now + 1))
    assert (finger.presses.flight, finger.refusal) == (None, "")


# --- a press whose length is not known yet --------------------------------------------------------------


def test_a_touch_shows_at_once_and_orders_nothing():
    presses = touch(Presses(), CALLED, NOW)
    assert presses.shows_touch(NOW + 0.1)
    assert presses.flight is None


def test_a_touch_while_the_hub_is_away_shows_red_at_once():
    assert touch(Presses(), AWAY, NOW).shows_refusal(NOW)


def test_a_touch_takes_back_the_red_of_the_press_before():
    finger = Finger(REST)
    finger.press(Button.RECALL)
    presses = touch(finger.presses, REST, NOW + 0.3)
    assert not presses.shows_refusal(NOW + 0.3)
    assert presses.shows_touch(NOW + 0.3)


def test_due_tells_the_next_moment_at_which_something_changes_by_itself():
    finger = Finger(CALLED).asked()
    seen = []
    while (due := finger.presses.due(finger.now)) is not None:
        seen.append(round(due - NOW, 2))
        finger.wait(due - finger.now)
    assert seen == [0.15, 11.0]


# --- what a sign tells ----------------------------------------------------------------------------------


def test_a_refusal_is_told_for_three_seconds_longer_than_its_lamp_blinks():
    finger = Finger(CALLED)
    finger.press()
    finger.hub_says("room_closed")
    assert finger.presses.tells(finger.now) == "room_closed"
    finger.wait(TELL_S - 0.01)
    assert (finger.refusal, finger.presses.tells(finger.now)) == ("", "room_closed")
    assert finger.presses.due(finger.now) == pytest.approx(finger.now + 0.01)
    finger.wait(0.02)
    assert finger.presses.tells(finger.now) == ""


def test_that_nobody_waits_is_told_and_is_no_refusal():
    finger = Finger(REST)
    order = finger.press()
    presses = answered(finger.presses, finger.seen, order.command_id, None, NOW + 0.1, nobody=True)
    assert presses.tells(NOW + 0.1) == NOBODY_WAITS
    assert not presses.shows_refusal(NOW + 0.1)
    assert presses.tells(NOW + 0.1 + TELL_S) == ""


def test_an_obeyed_press_has_nothing_to_tell():
    finger = Finger(CALLED)
    finger.press()
    finger.hub_says(None)
    assert finger.presses.tells(finger.now) == ""


def test_the_next_press_ends_what_was_told_of_the_last():
    finger = Finger(CALLED)
    finger.press()
    finger.hub_says("room_closed")
    assert touch(finger.presses, CALLED, finger.now + 0.5).tells(finger.now + 0.5) == ""
    finger.press(after_s=0.5)
    assert finger.presses.tells(finger.now) == ""


def test_before_any_press_there_is_nothing_to_tell():
    assert Presses().tells(NOW) == ""
