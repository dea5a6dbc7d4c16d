"""Clinic days turn at the site's reset time and begin empty; departments open and close by the clock."""

from datetime import UTC, datetime

import pytest
from clinic_script import ClinicScript, department, room, site

from hub.domain.clinic_day import day_of, hours_on, next_turn, opens_at
from hub.domain.events import DayClosed, DayOpened
from hub.domain.evolve import evolve
from smartqueue.terms import Day, Instant, TokenState


def at(*parts: int) -> Instant:
    return Instant(int(datetime(*parts, tzinfo=UTC).timestamp() * 1000))


@pytest.mark.parametrize(
    ("moment", "day"),
    [
        (at(2026, 3, 2, 3, 59), "2026-03-01"),
        (at(2026, 3, 2, 4, 0), "2026-03-02"),
        (at(2026, 3, 2, 23, 59), "2026-03-02"),
    ],
)
def test_the_clinic_day_starts_at_four(moment, day):
    assert day_of(moment, site()) == day


def test_a_new_day_begins_empty_and_reports_who_was_left_over(clinic):
    clinic.issue()
    clinic.issue()
    clinic.press("3")
    leftover = [token.id for token in clinic.state.tokens.values()]
    assert clinic.issue(after_s=24 * 3600) == "A001"
    closed = next(event for event in clinic.events if isinstance(event, DayClosed))
    assert list(closed.unserved) == leftover
    assert clinic.day() == "2026-03-03"
    assert clinic.current("3") is None
    assert len(clinic.state.tokens) == 1


def test_left_over_tokens_are_unserved_before_the_day_is_forgotten(clinic):
    clinic.issue()
    clinic.press("3")
    token = clinic.token("A001")
    evolve(clinic.state, clinic.seq + 1, clinic.now, DayClosed(clinic.day(), (token.id,)))
    assert token.state is TokenState.UNSERVED
    assert clinic.current("3") is None


def test_the_day_opens_with_all_that_outlives_it(clinic):
    clinic.pass_time(24 * 3600)
    clinic.issue()
    opened = [event for event in clinic.events if isinstance(event, DayOpened)][-1]
    assert [d.id for d in opened.departments] == ["medicine", "laboratory"]
    assert [r.number for r in opened.rooms] == ["3", "4", "5", "6"]


def test_departments_open_and_close_by_the_clock():
    clinic = ClinicScript().configure(department("eye", "K", opens=9 * 60, closes=17 * 60), rooms=(room("1", "eye"),))
    assert clinic.issue("eye") is None
    assert clinic.issue("eye", after_s=3600) == "K001"
    assert clinic.issue("eye", after_s=8 * 3600) is None


def test_hours_over_midnight_are_open_on_both_sides():
    night = department("night", "N", opens=20 * 60, closes=6 * 60)
    clinic = ClinicScript().configure(night)
    assert clinic.issue("night") is None
    assert clinic.issue("night", after_s=13 * 3600) == "N001"


def test_the_next_turn_is_the_nearest_of_day_and_hours():
    eye = department("eye", "K", opens=9 * 60, closes=17 * 60)
    assert next_turn(at(2026, 3, 2, 8, 0), site(), (eye,)) == at(2026, 3, 2, 9, 0)
    assert next_turn(at(2026, 3, 2, 18, 0), site(), (eye,)) == at(2026, 3, 3, 4, 0)


def test_hours_that_never_change_anything_are_no_turn():
    always = department("eye", "K", opens=0, closes=24 * 60)
    assert next_turn(at(2026, 3, 2, 8, 0), site(), (always,)) == at(2026, 3, 3, 4, 0)


def test_the_hours_of_a_day_are_cut_at_its_ends():
    eye = department("eye", "K", opens=9 * 60, closes=17 * 60)
    assert hours_on(eye, Day("2026-03-03"), site()) == [(at(2026, 3, 3, 9, 0), at(2026, 3, 3, 17, 0))]
    night = department("night", "N", opens=20 * 60, closes=6 * 60)
    assert hours_on(night, Day("2026-03-03"), site()) == [
        (at(2026, 3, 3, 4, 0), at(2026, 3, 3, 6, 0)),
        (at(2026, 3, 3, 20, 0), at(2026, 3, 4, 4, 0)),
    ]


def test_whoever_has_no_hours_is_open_all_day_and_nobody_is_on_a_holiday():
    always, holiday = department("always", "F"), site(holidays=("2026-03-03",))
    assert hours_on(always, Day("2026-03-03"), holiday) == [(at(2026, 3, 3, 4, 0), at(2026, 3, 4, 4, 0))]
    eye = department("eye", "K", opens=9 * 60, closes=17 * 60)
    assert hours_on(eye, Day("2026-03-03"), holiday) == []


def test_a_closed_department_says_when_it_opens_today_or_nothing():
    eye = department("eye", "K", opens=14 * 60, closes=17 * 60)
    assert opens_at(eye, at(2026, 3, 2, 8, 0), site()) == "14:00"
    assert opens_at(eye, at(2026, 3, 2, 18, 0), site()) is None
    assert opens_at(eye, at(2026, 3, 2, 15, 0), site()) is None
