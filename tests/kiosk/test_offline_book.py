"""The book of a kiosk's numbers: what is asked for, what is given out, and that nothing is given out twice."""

from datetime import timedelta

import msgspec
import pytest
from kiosk_worlds import AT, DAY
from lease_worlds import CARDIOLOGY, EVENING, MEDICINE, MORNING, TOMORROW, block, book, labels, taken, touch

from kiosk import lease_book
from kiosk.lease_book import Book
from smartqueue.wire import HoursView

HOUR = timedelta(hours=1)
SECOND = timedelta(seconds=1)


# --- what is asked for --------------------------------------------------------------------------------


def test_a_new_kiosk_wants_blocks_for_today_and_tomorrow_of_every_department():
    assert lease_book.wanting(Book(), (MEDICINE, CARDIOLOGY), DAY) == [
        (MEDICINE, False),
        (MEDICINE, True),
        (CARDIOLOGY, False),
        (CARDIOLOGY, True),
    ]


def test_a_block_is_wanted_anew_when_half_of_it_is_gone():
    known = book(block(), block(day=TOMORROW, first=551))
    known, _ = taken(known, *(touch(n) for n in range(24)))
    assert lease_book.wanting(known, (MEDICINE,), DAY) == []
    known, _ = taken(known, touch(24))
    assert lease_book.wanting(known, (MEDICINE,), DAY) == [(MEDICINE, False)]


def test_with_a_second_block_nothing_is_wanted_until_both_are_half_gone():
    known, _ = taken(book(), *(touch(n) for n in range(30)))
    known = lease_book.granted(known, (block(first=601),), known.epoch)
    assert lease_book.wanting(known, (MEDICINE,), DAY) == [(MEDICINE, True)]
    known, tickets = taken(known, *(touch(n) for n in range(30, 75)))
    assert lease_book.wanting(known, (MEDICINE,), DAY) == [(MEDICINE, False), (MEDICINE, True)]
    assert labels(tickets)[19:21] == ["A550", "A601"]


# --- what is given out --------------------------------------------------------------------------------


def test_numbers_are_given_out_from_the_first_on_and_none_twice():
    _, tickets = taken(book(block(size=5)), *(touch(n) for n in range(5)))
    assert labels(tickets) == ["A501", "A502", "A503", "A504", "A505"]


def test_a_block_that_is_used_up_has_no_number_and_offers_nothing():
    known, _ = taken(book(block(size=1), block(CARDIOLOGY)), touch())
    assert lease_book.taken(known, touch(2)) is None
    assert lease_book.offered(known, AT) == {CARDIOLOGY}


def test_skipped_numbers_and_those_that_the_hub_knows_are_left_out():
    known = book(block(skip=[502], used=[501, 503]))
    assert labels(taken(known, touch())[1]) == ["A504"]


def test_a_department_without_a_block_has_no_number():
    assert lease_book.taken(book(), touch(department=CARDIOLOGY)) is None


@pytest.mark.parametrize(
    ("at", "is_open"),
    [
        (MORNING + 4 * HOUR - SECOND, False),
        (MORNING + 4 * HOUR, True),
        (MORNING + 14 * HOUR - SECOND, True),
        (MORNING + 14 * HOUR, False),
    ],
)
def test_numbers_are_given_out_while_the_department_is_open_and_never_else(at, is_open):
    known = book(block(), at=MORNING)
    assert (lease_book.taken(known, touch(at=at)) is not None) is is_open
    assert lease_book.is_open(known, MEDICINE, at) is is_open


def test_a_closed_department_opens_later_today_or_not_any_more():
    known = book(at=MORNING)
    assert lease_book.opens_at(known, MEDICINE, MORNING) == MORNING + 4 * HOUR
    assert lease_book.opens_at(known, MEDICINE, MORNING + 20 * HOUR) is None


def test_when_the_day_turns_tomorrows_block_is_used_and_yesterdays_never():
    hours = [HoursView(begins=MORNING, ends=EVENING + 24 * HOUR)]
    known = book(block(hours=hours), block(day=TOMORROW, first=551, hours=hours))
    known, tickets = taken(known, touch(1, at=EVENING - SECOND), touch(2, at=EVENING), touch(3, at=EVENING + HOUR))
    assert labels(tickets) == ["A501", "A551", "A552"]
    assert lease_book.day_at(known, EVENING - SECOND) == DAY
    assert lease_book.day_at(known, EVENING) == TOMORROW
    assert lease_book.is_over(known, DAY, EVENING)
    assert lease_book.taken(known, touch(4, at=EVENING + 24 * HOUR)) is None


def test_a_ticket_never_says_an_earlier_time_than_the_one_before():
    _, tickets = taken(book(), touch(1, at=AT + HOUR), touch(2, at=AT))
    assert [ticket.printed.issued_at for ticket in tickets] == [AT + HOUR, AT + HOUR]


def test_a_clock_that_was_ahead_is_put_right_by_the_hub():
    known, _ = taken(book(), touch(1, at=AT + 5 * HOUR))
    known = lease_book.heard(known, known.epoch, AT + HOUR)
    assert taken(known, touch(2, at=AT + 2 * HOUR))[1][0].printed.issued_at == AT + 2 * HOUR


def test_the_last_contact_is_never_after_the_issue():
    (ticket,) = taken(book(), touch(at=AT, last_contact=AT + HOUR))[1]
    assert ticket.body.last_contact == ticket.printed.issued_at


def test_what_was_asked_of_the_hub_is_kept_only_where_it_may_have_been_obeyed():
    _, (known, unknown) = taken(book(), touch(1), touch(2, asked=True))
    assert (known.asked, unknown.asked) == (None, touch(2).body)


def test_the_answer_holds_what_the_ticket_needs_and_nothing_that_nobody_knows():
    (ticket,) = taken(book(), touch(7))[1]
    answer = lease_book.answer_of(ticket, MEDICINE)
    assert (answer.label, answer.status_url, answer.short_code) == ("A501", f"/S/{7:026}", "00000007")
    assert (answer.estimate, answer.issued_at) == (None, AT)


# --- never twice --------------------------------------------------------------------------------------


def test_a_number_stays_gone_when_its_ticket_has_joined():
    known, (ticket,) = taken(book(), touch())
    known = lease_book.joined(known, ticket.command_id)
    assert known.tickets == ()
    assert labels(taken(known, touch(2))[1]) == ["A502"]


def test_a_hub_with_another_epoch_makes_every_block_void():
    known = lease_book.heard(book(), "e2", AT + HOUR)
    assert known.leases == ()
    assert lease_book.taken(known, touch()) is None


def test_a_grant_of_another_epoch_is_left_out():
    known = lease_book.heard(book(), "e2", AT)
    assert lease_book.granted(known, (block(),), "e1").leases == ()


def test_a_restored_hub_that_grants_the_same_numbers_again_gets_none_of_them_given_out_twice():
    known, _ = taken(book(), touch(1), touch(2))
    known = lease_book.granted(lease_book.heard(known, "e2", AT), (block(lease="another"),), "e2")
    assert labels(taken(known, touch(3))[1]) == ["A503"]


def test_what_the_hub_says_anew_of_a_block_holds_for_all_of_its_department_and_day():
    known = book(block(), block(first=551))
    known = lease_book.granted(known, (block(first=551, letter="B", hours=[]),), known.epoch)
    assert [(lease.first, lease.letter, lease.hours) for lease in known.leases] == [(501, "B", ()), (551, "B", ())]


def test_days_that_are_over_are_forgotten_but_tickets_are_not():
    known, (ticket,) = taken(book(block(), block(day=TOMORROW, first=551)), touch())
    known = lease_book.heard(known, known.epoch, EVENING)
    assert [lease.day for lease in known.leases] == [TOMORROW]
    assert (known.spent, known.tickets) == ((), (ticket,))


def test_a_ticket_without_a_place_is_told_until_its_day_is_over():
    known, (ticket,) = taken(book(), touch())
    known = lease_book.lost(known, ticket.command_id)
    assert (known.tickets, [one.label for one in known.astray]) == ((), ["A501"])
    assert lease_book.tidy(known, EVENING).astray == ()


def test_the_book_comes_back_from_the_store_as_it_was():
    known, _ = taken(book(block(), block(CARDIOLOGY, day=TOMORROW)), touch(1), touch(2, asked=True))
    stored = msgspec.json.decode(msgspec.json.encode(msgspec.to_builtins(known)))
    again = msgspec.convert(stored, Book)
    assert again == known
    assert [msgspec.json.encode(one.body) for one in again.tickets] == [
        msgspec.json.encode(one.body) for one in known.tickets
    ]
