"""The technician's corner: a hidden door, a number that can't be guessed, and what can be done behind it."""

from dataclasses import replace

import pytest
from kiosk_bench import Bench, at_work
from kiosk_worlds import AR, DAY, departments, site

from kiosk.corner import NOTHING_KNOWN
from kiosk.effects import GatherFacts, Restart, TrialPrint, TrialSound
from kiosk.events import FactsGathered, HallChanged, SoundTried, TrialPrinted
from kiosk.fronts import Pin
from kiosk.states import Rules

PIN = "24680"
RULES = Rules(pin=PIN)
FACTS = replace(NOTHING_KNOWN, version="1.2", hub="http://10.0.0.2:8080")


@pytest.fixture
def kiosk() -> Bench:
    return at_work(RULES)


def knocks(bench: Bench, times: int = 5, gap_s: float = 0.3) -> Bench:
    for _ in range(times):
        bench.wait(gap_s).touch("corner")
    return bench


def types(bench: Bench, pin: str) -> Bench:
    for digit in pin:
        bench.touch(f"digit:{digit}")
    return bench


@pytest.fixture
def at_the_door(kiosk: Bench) -> Bench:
    return knocks(kiosk)


@pytest.fixture
def inside(at_the_door: Bench) -> Bench:
    return types(at_the_door.tell(FactsGathered(FACTS)), PIN)


# --- the door -----------------------------------------------------------------------------------------


def test_five_touches_within_five_seconds_open_the_door(kiosk):
    assert knocks(kiosk, 4).screen == "attract"
    assert knocks(kiosk, 1).screen == "pin"
    assert kiosk.effects == [GatherFacts()]


def test_slower_touches_open_nothing(kiosk):
    assert knocks(kiosk, 12, gap_s=1.3).screen == "attract"


def test_without_a_number_there_is_no_door():
    assert knocks(at_work(), 20).screen == "attract"


def test_the_door_is_there_when_the_kiosk_is_out_of_service_and_on_the_departments(kiosk):
    assert knocks(kiosk.touch("start")).screen == "pin"
    kiosk.touch("done").tell(HallChanged(DAY, site(), ()))
    assert kiosk.screen == "out_of_service"
    assert knocks(kiosk).screen == "pin"


@pytest.mark.parametrize("key", ["languages", "needs", "check_in", "department:general-medicine"])
def test_it_is_not_there_on_any_other_screen(kiosk, key):
    before = kiosk.touch("start").touch(key).screen
    assert knocks(kiosk).screen == before


def test_a_touch_on_the_mark_does_nothing_else(kiosk):
    assert kiosk.touch("start").touch("language:ar").touch("corner").screen == "departments"
    assert (kiosk.effects, kiosk.state.language) == ([], AR)


# --- the number ---------------------------------------------------------------------------------------


def test_the_right_number_leads_in(at_the_door):
    assert types(at_the_door, PIN).screen == "technician"


def test_so_it_does_after_a_digit_was_erased(at_the_door):
    types(at_the_door, "249").touch("erase")
    assert types(at_the_door, "680").screen == "technician"


@pytest.mark.parametrize("typed", ["24681", "00000"])
def test_a_wrong_number_does_not(at_the_door, typed):
    types(at_the_door, typed)
    assert (at_the_door.screen, at_the_door.state.front.wrong, at_the_door.state.front.typed) == ("pin", 1, "")


def test_a_shorter_number_is_handed_over_by_the_key_and_is_wrong(at_the_door):
    assert types(at_the_door, "2468").touch("done").state.front.wrong == 1


def test_done_without_digits_leaves(at_the_door):
    assert at_the_door.touch("done").screen == "attract"


def wrong(bench: Bench, times: int) -> Bench:
    for _ in range(times):
        types(bench, "11111")
    return bench


def test_three_wrong_numbers_lock_the_door_for_a_minute(at_the_door):
    wrong(at_the_door, 3)
    assert at_the_door.state.front.locked_until == at_the_door.now + 60
    assert types(at_the_door, PIN).screen == "pin"
    assert at_the_door.state.front.typed == ""
    knocks(at_the_door.wait(60))
    assert types(at_the_door, PIN).screen == "technician"


def test_who_leaves_and_comes_back_finds_it_locked(at_the_door):
    wrong(at_the_door, 3).touch("done").wait(1)
    assert types(knocks(at_the_door), PIN).screen == "pin"


def test_each_further_wrong_number_locks_it_twice_as_long_and_never_over_a_quarter_of_an_hour(at_the_door):
    wrong(at_the_door, 2)
    locked = []
    for _ in range(7):
        wrong(at_the_door, 1)
        locked.append(round(at_the_door.state.front.locked_until - at_the_door.now))
        knocks(at_the_door.wait(locked[-1]))
    assert locked == [60, 120, 240, 480, 900, 900, 900]


def test_the_right_number_ends_the_counting(at_the_door):
    types(wrong(at_the_door, 2), PIN).touch("done")
    assert wrong(knocks(at_the_door), 2).state.front.locked_until <= at_the_door.now


@pytest.mark.parametrize("key", ["digit:x", "digit:", "digit:٣", "char:1"])
def test_only_digits_are_typed(at_the_door, key):
    assert at_the_door.touch(key).state.front == Pin(locked_until=at_the_door.state.pin_locked_until)


def test_no_more_than_eight_digits_are_typed():
    long = at_work(Rules(pin="12345678"))
    types(knocks(long), "1234567").touch("erase")
    assert types(long, "78").screen == "technician"


def test_the_number_shows_in_nothing_that_could_be_logged(at_the_door):
    types(at_the_door, PIN[:4])
    assert PIN[:4] not in repr((at_the_door.state.front, RULES))


# --- inside -------------------------------------------------------------------------------------------


def test_what_was_gathered_meanwhile_is_shown_at_once_and_follows(inside):
    assert (inside.screen, inside.state.front.facts) == ("technician", FACTS)
    newer = replace(FACTS, unmerged=3)
    assert inside.tell(FactsGathered(newer)).state.front.facts == newer


def test_before_they_are_gathered_nothing_is_made_up(at_the_door):
    assert types(at_the_door, PIN).state.front.facts == NOTHING_KNOWN


def test_a_trial_ticket_is_printed_once_and_its_outcome_told(inside):
    assert inside.touch("test_print").effects == [TrialPrint("en")]
    assert inside.state.front.note == "test_printing"
    assert inside.touch("test_print").effects == []
    assert inside.tell(TrialPrinted("test_printed")).state.front.note == "test_printed"
    assert inside.touch("test_print").effects == [TrialPrint("en")]


def test_the_sound_is_tried_in_the_screens_language_and_not_while_a_trial_ticket_is_printed(inside):
    assert inside.touch("test_sound").effects == [TrialSound("en")]
    assert (inside.touch("test_sound").effects, inside.touch("test_print").effects) == ([], [])
    assert inside.tell(TrialPrinted("test_printed")).state.front.note == "sound_testing"
    assert inside.tell(SoundTried("sound_no_voice")).state.front.note == "sound_no_voice"
    assert inside.touch("test_print").effects == [TrialPrint("en")]
    assert inside.touch("test_sound").effects == []


def test_an_outcome_that_comes_when_nobody_is_there_disturbs_nobody(inside):
    inside.touch("test_print").touch("done").tell(TrialPrinted("test_printed"))
    assert inside.screen == "attract"


def test_a_restart_is_asked_for(inside):
    assert inside.touch("restart").effects == [Restart()]
    assert inside.state.front.note == "restarting"


def test_done_leads_out_and_the_door_is_shut(inside):
    assert inside.touch("done").screen == "attract"
    assert inside.touch("corner").screen == "attract"


def test_left_alone_for_a_minute_it_ends_without_a_question(inside, kiosk):
    assert inside.wait(59).screen == "technician"
    assert inside.wait(1.1).screen == "attract"
    assert inside.effects == []


def test_the_door_left_alone_ends_too(at_the_door):
    assert types(at_the_door, "2").wait(60.1).screen == "attract"


def test_a_site_that_loses_its_departments_throws_no_technician_out(inside):
    inside.tell(HallChanged(DAY, site(), ()))
    assert inside.screen == "technician"
    assert inside.touch("done").screen == "out_of_service"
    inside.tell(HallChanged(DAY, site(), departments()))
    assert inside.screen == "attract"
