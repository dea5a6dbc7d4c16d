"""What time it is for a kiosk that is alone, and what it offers then."""

from datetime import UTC, datetime, timedelta

import pytest
from kiosk_worlds import AT, DAY, HI, departments, estimate, site
from lease_worlds import CARDIOLOGY, EVENING, MEDICINE, MORNING, TOMORROW, block, book, taken, touch
from msgspec.structs import replace

from kiosk import hall
from kiosk.hall import Hall
from kiosk.hub_time import HubTime
from smartqueue.picture import Picture

HOUR, SECOND = timedelta(hours=1), timedelta(seconds=1)
LONG_AGO = datetime(1970, 1, 1, tzinfo=UTC)


class Times:
    """A stopwatch and a wall clock, both turned by hand."""

    def __init__(self, wall: datetime = LONG_AGO, not_before: datetime | None = None) -> None:
        self.s, self.wall = 5000.0, wall
        self.hub = HubTime(lambda: self.s, lambda: self.wall, not_before)

    def passes(self, seconds: float) -> datetime:
        self.s += seconds
        return self.hub.now()


# --- the clock ----------------------------------------------------------------------------------------


@pytest.mark.parametrize("wall", [LONG_AGO, AT + 24 * HOUR])
def test_while_the_hub_was_heard_since_the_start_this_machines_clock_counts_for_nothing(wall):
    times = Times(wall)
    times.hub.hear(AT, times.s)
    assert times.passes(3600) == AT + HOUR
    times.wall += 5 * HOUR
    assert times.passes(1) == AT + HOUR + SECOND


def test_after_a_start_without_the_hub_this_machines_clock_counts():
    assert Times(AT + HOUR, not_before=AT).hub.now() == AT + HOUR


def test_but_it_is_never_before_the_last_contact_and_time_goes_on_from_there():
    times = Times(LONG_AGO, not_before=AT)
    assert times.hub.now() == AT
    assert times.passes(90) == AT + 90 * SECOND


def test_a_clock_that_is_set_right_meanwhile_is_believed():
    times = Times(LONG_AGO, not_before=AT)
    times.wall = AT + 2 * HOUR
    assert times.passes(1) == AT + 2 * HOUR


def test_the_hub_is_believed_also_when_it_is_behind():
    times = Times(AT + HOUR, not_before=AT + HOUR)
    times.hub.hear(AT, times.s)
    assert (times.hub.heard, times.passes(1)) == (AT, AT + SECOND)


def test_a_kiosk_that_knows_nothing_has_only_its_own_clock():
    assert Times(AT).hub.now() == AT


# --- what is offered ----------------------------------------------------------------------------------


def known(**changes) -> Hall:
    return Hall(day=DAY, site=site(), departments=tuple(replace(one, **changes) for one in departments(3)))


def views(offer: Hall) -> dict:
    return {view.id: view for view in offer.departments}


def picture(**changes) -> Picture:
    views = {view.id: view for view in departments()}
    values = {"epoch": "e1", "seq": 1, "tick": None, "hub_now": AT, "received_at": 0.0, "site": site(), "day": DAY}
    return Picture(**(values | {"departments": views, "rooms": {}, "calls": ()} | changes))


def test_what_every_ticket_changes_is_not_kept():
    before, after = departments(), tuple(replace(one, waiting=99, estimate=estimate(1, 99)) for one in departments())
    one, other = (hall.lasting(picture(departments={view.id: view for view in views})) for views in (before, after))
    assert one == other
    assert {(view.waiting, view.estimate) for view in one.departments} == {(0, None)}


def test_that_a_department_gives_out_no_more_is_kept():
    stopped = {view.id: replace(view, issuing=False) for view in departments()}
    assert hall.lasting(picture()) != hall.lasting(picture(departments=stopped))


def test_departments_open_and_close_by_the_hours_that_came_with_their_blocks():
    numbers = book(block(), block(CARDIOLOGY, hours=[]))
    offer = views(hall.alone(known(open=False), numbers, AT))
    assert (offer[MEDICINE].open, offer[CARDIOLOGY].open) == (True, False)
    early = views(hall.alone(known(open=True), book(at=MORNING), MORNING))[MEDICINE]
    assert (early.open, early.opens_at) == (False, "08:00")


def test_a_department_without_a_block_stays_as_it_was_known_last():
    offer = views(hall.alone(known(open=True), book(block()), AT))
    assert offer[CARDIOLOGY].open
    assert hall.numbers(known(open=True), book(block()), AT) == {MEDICINE}


def test_a_department_that_had_given_its_last_label_gives_none_until_the_next_day():
    stopped = known(issuing=False, last_label="A044")
    numbers = book(block(), block(day=TOMORROW, first=551))
    assert hall.numbers(stopped, numbers, AT) == frozenset()
    assert not views(hall.alone(stopped, numbers, AT))[MEDICINE].open
    later = EVENING + 5 * HOUR
    assert hall.numbers(stopped, numbers, later) == {MEDICINE}
    offer = hall.alone(stopped, numbers, later)
    assert (offer.day, views(offer)[MEDICINE].last_label) == (TOMORROW, None)


def test_a_used_up_block_leaves_the_department_open_but_without_numbers():
    numbers, _ = taken(book(block(size=1)), touch())
    assert views(hall.alone(known(), numbers, AT))[MEDICINE].open
    assert hall.numbers(known(), numbers, AT) == frozenset()


def test_a_day_for_which_there_is_no_block_is_another_day_all_the_same():
    assert hall.alone(known(), book(block()), EVENING).day == TOMORROW
    assert hall.alone(known(), book(block()), AT).day == DAY


def test_names_and_languages_of_the_site_are_kept():
    offer = hall.alone(known(), book(), AT)
    assert offer.site.names[HI] == site().names[HI]
    assert hall.time_text(AT, offer.site.zone) == "09:42"
    assert hall.time_text(AT, "Atlantis/Capital") == ""
