from display_clinic import DEPARTMENTS, department

from display.opening import Opening
from smartqueue.terms import Day

MONDAY, TUESDAY = Day("2026-03-02"), Day("2026-03-03")
SHUT = [department("A", open_=False, range_=None), department("K", open_=False, range_=None)]


def test_before_the_clinic_opens_nothing_is_heard():
    assert not Opening().due(MONDAY, SHUT)


def test_when_the_first_department_opens_the_sound_is_tried():
    assert Opening().due(MONDAY, [*SHUT, department("R", range_=None)])


def test_it_is_tried_once_a_day():
    opening = Opening()
    opening.done(MONDAY)
    assert not opening.due(MONDAY, DEPARTMENTS)
    assert opening.due(TUESDAY, DEPARTMENTS)


def test_a_display_that_restarts_at_noon_does_not_try_it_again():
    assert not Opening(MONDAY).due(MONDAY, DEPARTMENTS)
