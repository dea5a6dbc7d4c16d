"""Speech mode, as the flow decides it: what is said when, and how long a listener has."""

import pytest
from kiosk_bench import Bench, at_work
from kiosk_worlds import answer

from kiosk.effects import Beep, Issue, Say
from kiosk.events import Answered, Printed, VoiceLost
from kiosk.terms import Sound


@pytest.fixture
def listener() -> Bench:
    """Somebody who has asked the kiosk to speak, before the departments."""
    return at_work().then("start", "easier", "speech", "back").then("back")


def test_switched_on_it_says_the_screen_on_which_that_was_done():
    kiosk = at_work().then("start", "easier")
    assert kiosk.did(Say) == []
    assert kiosk.then("speech").did(Say) == [Say(None)]


def test_a_new_screen_is_said(listener):
    assert listener.screen == "departments"
    assert listener.did(Say) == [Say(None)]


def test_the_first_touch_on_a_key_says_it_and_the_second_means_it(listener):
    listener.then("department:cardiology")
    assert listener.did(Say) == [Say("department:cardiology")]
    assert listener.screen == "departments"
    listener.then("department:cardiology")
    assert listener.did(Issue)
    assert listener.screen == "asking"


def test_touches_on_other_keys_say_each_and_do_nothing(listener):
    for key in ("department:cardiology", "easier", "department:general-medicine"):
        listener.then(key)
        assert listener.did(Say) == [Say(key)]
    assert listener.screen == "departments"


def test_the_screen_can_be_heard_again_with_one_touch_and_what_was_said_before_it_is_forgotten(listener):
    listener.then("department:cardiology").then("repeat")
    assert listener.did(Say) == [Say(None)]
    assert listener.then("repeat").did(Say) == [Say(None)]
    listener.then("department:cardiology")
    assert (listener.did(Say), listener.screen) == ([Say("department:cardiology")], "departments")


def test_without_speech_that_key_does_nothing():
    kiosk = at_work().then("start")
    before = kiosk.screen
    assert kiosk.then("repeat").effects == []
    assert kiosk.screen == before


def test_long_after_it_was_said_a_touch_says_the_key_again(listener):
    listener.then("department:cardiology").wait(11)
    listener.then("department:cardiology")
    assert listener.did(Say) == [Say("department:cardiology")]
    assert listener.screen == "departments"


def test_a_listener_has_twice_as_long_before_the_kiosk_asks(listener):
    assert listener.wait(58).screen == "departments"
    listener.wait(3)
    assert listener.screen == "idle_warning"
    assert listener.did(Beep) == [Beep(Sound.WARNING)]
    assert listener.did(Say) == [Say(None)]


def test_a_listener_has_half_a_minute_for_the_number(listener):
    listener.then("department:cardiology", "department:cardiology")
    (issue,) = listener.did(Issue)
    listener.tell(Answered(issue.command_id, answer())).tell(Printed(issue.command_id))
    assert listener.did(Say) == [Say(None)]
    assert listener.wait(29).screen == "take_ticket"
    assert listener.wait(2).screen == "attract"


def test_speech_ends_when_the_person_has_left(listener):
    listener.wait(200)
    assert listener.screen == "attract"
    assert not listener.state.speech
    assert listener.then("start").did(Say) == []


def test_a_voice_that_is_lost_ends_speech_and_the_next_touch_is_meant(listener):
    listener.tell(VoiceLost())
    assert listener.did(Say) == []
    assert listener.then("department:cardiology").screen == "asking"


def test_a_voice_that_is_lost_while_nobody_listens_changes_nothing():
    kiosk = at_work().then("start")
    before = kiosk.state
    assert kiosk.tell(VoiceLost()).state == before
