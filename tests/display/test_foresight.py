"""Which calls a display makes ready for."""

import pytest
from display_clinic import call, picture

from display.foresight import GUESSES, following, foreseen


@pytest.mark.parametrize(
    ("label", "next_one"),
    [("A012", "A013"), ("A099", "A100"), ("A999", "A1000"), ("HK1000", "HK1001"), ("K007", "K008")],
)
def test_after_a_number_comes_the_next_one(label, next_one):
    assert following(label) == next_one


def test_each_department_goes_on_where_it_called_last():
    calls = (call(3, "A012", "room-3"), call(2, "K007", "room-2"), call(1, "A011", "room-1"))
    guesses = foreseen(picture(calls=calls), "en")
    assert [(one.label, one.room) for one in guesses] == [("A013", "room-3"), ("K008", "room-2")]


def test_a_display_makes_ready_only_for_what_it_shows():
    calls = (call(2, "A012", "room-3"), call(1, "K007", "room-2"))
    guesses = foreseen(picture(calls=calls), "en", lambda one: one.room == "room-2")
    assert [one.label for one in guesses] == ["K008"]


def test_a_large_clinic_does_not_keep_a_display_busy():
    calls = tuple(call(n, f"{letter}012") for n, letter in enumerate("AKRXHM"))
    assert len(foreseen(picture(calls=calls), "en")) == GUESSES


def test_before_the_first_call_of_a_day_it_makes_ready_for_any():
    assert [one.label for one in foreseen(picture(calls=()), "en")] == ["A001"]
