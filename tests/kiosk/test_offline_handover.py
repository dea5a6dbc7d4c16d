"""A ticket of a kiosk that was alone joins exactly once: every way there, with every answer lost, against the rules."""

import dataclasses

import pytest
from kiosk_worlds import AT, EN
from lease_hub import Fate, LeaseHub, Line
from lease_worlds import MEDICINE, touch
from msgspec.structs import replace

from hub.domain import commands
from kiosk import lease_book
from kiosk.handover import Outcome, hand_over
from kiosk.lease_book import Book
from smartqueue.errors import CommandIdReused, HubAway, NotPermitted, TooManyRequests
from smartqueue.terms import CommandId, TokenState, UnitName
from smartqueue.wire import IssueBody

BODY = IssueBody(department=MEDICINE, language=EN)
FIRST = CommandId("touch-0001")


@pytest.fixture
def hub():
    return LeaseHub()


@pytest.fixture
def line(hub):
    return Line(hub)


async def book_of(line: Line, *departments) -> Book:
    hub = line.hub
    known = lease_book.heard(Book(), hub.epoch, hub.at)
    grants = [await line.lease(one) for one in departments or (MEDICINE,)]
    return lease_book.granted(known, grants, hub.epoch)


async def ticket_of(line: Line, number: int = 1, *, asked: bool = False, book: Book | None = None):
    taken = lease_book.taken(book or await book_of(line), touch(number, at=AT, asked=asked))
    return taken[1]


# --- it was never asked of the hub --------------------------------------------------------------------


async def test_a_ticket_joins_under_the_label_that_was_printed(hub, line):
    ticket = await ticket_of(line)
    assert await hand_over(line, ticket) is Outcome.JOINED
    assert hub.waiting() == [ticket.label] == ["A501"]


async def test_handed_over_again_it_joins_no_second_time(hub, line):
    ticket = await ticket_of(line)
    for _ in range(3):
        assert await hand_over(line, ticket) is Outcome.JOINED
    assert hub.waiting() == ["A501"]


async def test_an_answer_that_was_lost_is_asked_for_again(hub, line):
    ticket, fates = await ticket_of(line), iter([Fate.LOST, Fate.ANSWERED])
    line.fate = lambda: next(fates)
    with pytest.raises(HubAway):
        await hand_over(line, ticket)
    assert await hand_over(line, ticket) is Outcome.JOINED
    assert hub.waiting() == ["A501"]
    assert len({command_id for _, command_id in line.asked[-2:]}) == 1


async def test_who_came_while_the_kiosk_was_alone_is_before_who_came_later(hub, line):
    ticket = await ticket_of(line)
    hub.passes(60)
    await line.issue(BODY, command_id=CommandId("touch-of-another"))
    await hand_over(line, ticket)
    assert hub.call_next() == "A501"


# --- it may have been asked of the hub ----------------------------------------------------------------


async def test_what_the_hub_had_obeyed_for_the_same_touch_is_taken_back_first(hub, line):
    await line.issue(BODY, command_id=FIRST)
    ticket = await ticket_of(line, asked=True)
    assert await hand_over(line, ticket) is Outcome.JOINED
    assert (hub.waiting(), hub.cancelled()) == (["A501"], ["A001"])
    kinds = [type(event).__name__ for event in hub.events]
    assert kinds.index("TokenCancelled") < len(kinds) - 1 - kinds[::-1].index("TokenIssued")


async def test_what_the_hub_had_not_obeyed_is_never_obeyed_any_more(hub, line):
    ticket = await ticket_of(line, asked=True)
    assert await hand_over(line, ticket) is Outcome.JOINED
    with pytest.raises(CommandIdReused):  # the request that lay in a queue somewhere arrives after all
        await line.issue(BODY, command_id=FIRST)
    assert (hub.waiting(), hub.cancelled()) == (["A501"], [])


async def test_the_hub_is_asked_for_nothing_new_on_the_way(hub, line):
    ticket = await ticket_of(line, asked=True)
    await hand_over(line, ticket)
    assert [event.label for event in hub.issued()] == ["A501"]


async def test_what_the_hub_had_refused_leaves_the_ticket_its_place(hub, line):
    refused = IssueBody(department="surgery", language=EN)
    hub.ask("hall", commands.IssueToken("none", "surgery", EN), "/tokens", refused, FIRST)
    ticket = await ticket_of(line, asked=True)
    ticket = replace(ticket, asked=refused)
    assert await hand_over(line, ticket) is Outcome.JOINED
    assert hub.waiting() == ["A501"]


async def test_whoever_was_called_meanwhile_under_the_other_label_still_has_the_ticket(hub, line):
    await line.issue(BODY, command_id=FIRST)
    ticket = await ticket_of(line, asked=True)
    assert hub.call_next() == "A001"
    assert await hand_over(line, ticket) is Outcome.JOINED
    assert (hub.waiting(), hub.cancelled()) == (["A501"], [])
    assert [token.label for token in hub.tokens(TokenState.CALLED)] == ["A001"]


@pytest.mark.parametrize("lost", [Fate.LOST, Fate.SWALLOWED, Fate.UNREACHED])
@pytest.mark.parametrize(("obeyed", "step"), [(False, 0), (True, 0), (True, 1), (True, 2), (True, 3)])
async def test_whatever_step_fails_the_next_time_it_joins_and_there_is_one_place(hub, line, obeyed, lost, step):
    """As after a power cut of the kiosk at any step: nothing is remembered between."""
    if obeyed:
        await line.issue(BODY, command_id=FIRST)
    ticket = await ticket_of(line, asked=True)
    fates = iter([Fate.ANSWERED] * step + [lost])
    line.fate = lambda: next(fates, Fate.ANSWERED)
    with pytest.raises(HubAway):
        await hand_over(line, ticket)
    assert len(hub.waiting()) <= 1
    assert await hand_over(line, ticket) is Outcome.JOINED
    assert hub.waiting() == ["A501"]


# --- no place -----------------------------------------------------------------------------------------


async def test_a_number_that_another_ticket_has_is_told(hub, line):
    """An older memory card was put back: the same number was given out twice."""
    book = await book_of(line)
    first, second = await ticket_of(line, 1, book=book), await ticket_of(line, 2, book=book)
    assert first.label == second.label
    assert await hand_over(line, first) is Outcome.JOINED
    assert await hand_over(line, second) is Outcome.ASTRAY
    assert await hand_over(line, second) is Outcome.ASTRAY
    assert hub.waiting() == ["A501"]


async def test_a_block_that_the_hub_does_not_know_is_told(hub, line):
    ticket = await ticket_of(line)
    restored = Line(LeaseHub(epoch="e2"))
    assert await hand_over(restored, ticket) is Outcome.ASTRAY


async def test_a_block_that_was_revoked_is_told(hub, line):
    ticket = await ticket_of(line)
    hub.ask("admin", commands.ForgetUnit(UnitName("hall")), "/units/hall", None, CommandId("forget"))
    assert await hand_over(line, ticket) is Outcome.ASTRAY


async def test_a_block_of_another_kiosk_is_told(hub, line):
    ticket = await ticket_of(line)
    assert await hand_over(Line(hub, "gate"), ticket) is Outcome.ASTRAY


async def test_a_letter_that_has_changed_meanwhile_is_told(hub, line):
    ticket = await ticket_of(line)
    renamed = dataclasses.replace(hub.clinic.departments[MEDICINE], letter="M")
    hub.clinic.departments[MEDICINE] = renamed
    assert await hand_over(line, ticket) is Outcome.ASTRAY


async def test_a_ticket_of_a_day_that_is_over_is_in_the_hubs_report(hub, line):
    ticket = await ticket_of(line)
    hub.passes(24 * 3600)
    assert await hand_over(line, ticket) is Outcome.LATE
    assert await hand_over(line, ticket) is Outcome.LATE
    assert hub.waiting() == []


# --- refusals that say nothing of the ticket ----------------------------------------------------------


@pytest.mark.parametrize("refusal", [TooManyRequests(retry_s=3), NotPermitted(kind="kiosk", action="POST")])
async def test_a_hub_that_asks_to_wait_has_said_nothing_of_what_it_obeyed(hub, line, refusal):
    """Else the ticket would join beside what was obeyed for the same touch."""

    class Busy(Line):
        async def issue(self, body, *, command_id, deadline_s=None):
            raise refusal

    await line.issue(BODY, command_id=FIRST)
    ticket = await ticket_of(line, asked=True)
    with pytest.raises(type(refusal)):
        await hand_over(Busy(hub), ticket)
    assert hub.waiting() == ["A001"]
    assert await hand_over(line, ticket) is Outcome.JOINED
    assert hub.waiting() == ["A501"]
