"""The kiosk's decisions on tickets of today that somebody presents, and on codes of something else."""

import pytest
from kiosk_bench import Bench, at_work, looks_up, types
from kiosk_worlds import AR, DAY, answer, found, site

from kiosk import flow
from kiosk.checking_in import UNKNOWN_TICKET
from kiosk.codes import LabelRead, ShortCode, SomethingElse, Strange, TicketSecret
from kiosk.effects import Beep, Find, Issue, Print, Return
from kiosk.events import (
    Answered,
    CameBack,
    CodeScanned,
    HallChanged,
    LeasesChanged,
    LinkChanged,
    NotBack,
    NotFound,
    NotPrinted,
    Printed,
    TicketFound,
)
from kiosk.fronts import HUB_AWAY, CheckIn, Found, Seeking
from kiosk.fronts import Strange as StrangeFront
from kiosk.terms import Link, Sound, Trouble
from smartqueue.terms import CommandId, DepartmentId, Label, RoomId, TokenState
from smartqueue.wire import TokenAnswer

CODE, SECRET = "7H4K2MPX", "7H4K2MPX9Q0WERTYAB12CD34EF"
SCANNED = CommandId("command-1")


@pytest.fixture
def clinic() -> Bench:
    """A site with appointments."""
    return at_work(books=True)


# --- tickets of today ---------------------------------------------------------------------------------


@pytest.fixture
def shown(kiosk: Bench) -> Bench:
    """Somebody has held a ticket's QR code before the reader."""
    return kiosk.scan(TicketSecret(SECRET)).tell(TicketFound(SECRET, found())).wait(1)


def test_a_tickets_qr_code_shows_it(kiosk):
    assert kiosk.scan(TicketSecret(SECRET)).effects == [Find(SECRET)]
    assert kiosk.tell(TicketFound(SECRET, found())).state.front.ticket == found()


@pytest.mark.parametrize("typed", ["A012", "A-012", "A 12", "a12", "KB7"])
def test_a_typed_label_is_looked_for_however_it_is_written(clinic, typed):
    assert looks_up(clinic, typed).effects == [Find(typed.upper())]


def test_the_answer_to_what_another_asked_before_is_not_shown(kiosk):
    kiosk.scan(LabelRead(Label("A012"))).wait(13).tell(TicketFound("A012", found()))
    assert kiosk.screen == "check_in"


def test_a_secret_is_never_shown_on_the_pad(kiosk):
    kiosk.scan(TicketSecret(SECRET)).tell(NotFound(SECRET, UNKNOWN_TICKET))
    assert kiosk.state.front == CheckIn(typed="", problem=UNKNOWN_TICKET)


def test_a_found_ticket_stands_half_a_minute_or_until_done(shown):
    assert shown.wait(28).screen == "found"
    assert shown.touch("more_time").wait(29).screen == "found"
    assert shown.wait(1.1).screen == "attract"


def test_done_leads_home(shown):
    assert shown.touch("done").screen == "attract"


def test_a_copy_is_marked_printed_once_and_needs_no_note(shown):
    shown.touch("copy")
    (job,) = shown.effects
    assert (type(job), job.pending.copy, job.pending.answer.label) == (Print, found(), "A012")
    assert (shown.screen, shown.state.pendings, shown.did(Issue)) == ("printing", (), [])
    shown.tell(Printed(job.pending.command_id))
    assert (shown.screen, shown.effects) == ("take_ticket", [Beep(Sound.TICKET)])
    assert shown.wait(11).effects == []


def test_a_copy_that_does_not_come_out_shows_its_number(shown):
    copy = shown.touch("copy").state.front.pending
    shown.tell(NotPrinted(copy.command_id, Trouble.PAPER_OUT))
    assert (shown.screen, shown.state.front.pending.answer.label) == ("trouble", "A012")
    assert shown.wait(61).effects == []
    assert shown.screen == "attract"


def test_a_copy_forgets_nothing_of_others(shown):
    """Somebody's token is still unknown meanwhile."""
    shown.touch("done").touch("start").touch("department:general-medicine").wait(13).touch("done")
    (owed,) = shown.state.pendings
    shown.scan(TicketSecret(SECRET)).tell(TicketFound(SECRET, found())).then("copy")
    shown.tell(Printed(shown.state.front.pending.command_id)).wait(11)
    assert shown.state.pendings == (owed,)


def test_by_its_label_alone_a_ticket_is_not_copied(kiosk):
    """Anybody may have read it."""
    seen = found(status_url=None, short_code=None)
    kiosk.scan(LabelRead(Label("A012"))).tell(TicketFound("A012", seen)).then("copy")
    assert (kiosk.screen, kiosk.effects) == ("found", [])


def test_a_second_tap_of_the_same_finger_copies_nothing(kiosk):
    kiosk.scan(TicketSecret(SECRET)).tell(TicketFound(SECRET, found())).wait(0.2)
    assert kiosk.touch("copy").effects == []


# --- back into the queue ------------------------------------------------------------------------------

MISSED = found(state=TokenState.NO_SHOW, ahead=None, estimate=None, may_return=True)
WAITS = TokenAnswer(token=MISSED.token, label=MISSED.label, state=TokenState.WAITING, room=None)


@pytest.fixture
def missed(kiosk: Bench) -> Bench:
    """Somebody who has missed the call holds the ticket before the reader."""
    return kiosk.scan(TicketSecret(SECRET)).tell(TicketFound(SECRET, MISSED)).wait(1)


def test_who_missed_the_call_comes_back_into_the_queue_and_learns_where(missed):
    missed.touch("return")
    (asked,) = missed.effects
    assert (type(asked), asked.token, missed.state.front.asked) == (Return, MISSED.token, True)
    missed.tell(CameBack(WAITS))
    assert missed.effects == [Beep(Sound.TICKET), Find("A012")]
    assert (missed.state.front.came_back, missed.state.front.ticket.may_return) == (True, False)
    missed.tell(TicketFound("A012", found(ahead=2, status_url=None, short_code=None)))
    ticket = missed.state.front.ticket
    assert (missed.screen, ticket.ahead, ticket.short_code) == ("found", 2, MISSED.short_code)


def test_a_second_touch_while_the_hub_is_told_asks_nothing(missed):
    assert missed.then("return", "return").effects == []


def test_a_refused_return_says_why(missed):
    missed.touch("return").tell(NotBack(MISSED.token, "impossible_transition"))
    assert (missed.state.front.problem, missed.state.front.asked) == ("impossible_transition", False)
    assert missed.wait(29).screen == "found"


def test_a_return_while_the_hub_is_away_says_so(missed):
    missed.tell(LeasesChanged(frozenset({DepartmentId("general-medicine")})), LinkChanged(Link.AWAY)).touch("return")
    assert (missed.state.front.problem, missed.effects) == (HUB_AWAY, [])


def test_who_has_not_missed_a_call_is_not_put_back(shown):
    assert shown.touch("return").effects == []


def test_who_is_called_finds_the_room(kiosk):
    called = found(state=TokenState.CALLED, room=RoomId("room-3"), ahead=None)
    kiosk.scan(LabelRead(Label("A012"))).tell(TicketFound("A012", called))
    assert isinstance(kiosk.state.front, Found)
    assert kiosk.state.front.ticket.room == "room-3"


# --- something else -----------------------------------------------------------------------------------


@pytest.mark.parametrize("what", Strange)
def test_a_code_of_something_else_gets_its_sentence_and_asks_the_hub_for_nothing(kiosk, what):
    kiosk.scan(SomethingElse(what))
    assert (kiosk.state.front.words_key, kiosk.effects) == (f"code.{what}", [])
    assert kiosk.wait(7.9).screen == "strange"
    assert kiosk.wait(0.2).screen == "attract"


def test_after_its_sentence_everything_is_as_before(kiosk):
    types(kiosk.touch("language:ar").touch("check_in"), "A0").scan(SomethingElse(Strange.PRODUCT))
    assert isinstance(kiosk.state.front, StrangeFront)
    assert kiosk.touch("done").state.front == CheckIn(typed="A0")
    assert flow.language_of(kiosk.state) == AR


def test_who_has_held_something_else_before_it_may_try_again_at_once(kiosk):
    kiosk.scan(SomethingElse(Strange.ADDRESS)).scan(TicketSecret(SECRET))
    assert kiosk.state.front == Seeking(SECRET, since=kiosk.now)


def scanned(bench: Bench) -> list[object]:
    before = bench.state
    bench.scan(TicketSecret(SECRET))
    return [] if bench.state == before else bench.effects


@pytest.mark.parametrize("keys", [(), ("start",), ("languages",), ("easier",), ("check_in",), ("needs",)])
def test_a_code_is_obeyed_wherever_somebody_begins(kiosk, keys):
    for key in keys:
        kiosk.touch(key)
    assert scanned(kiosk) == [Find(SECRET)]


def test_a_code_is_obeyed_when_the_kiosk_asks_whether_anybody_is_there(kiosk):
    assert scanned(kiosk.touch("start").wait(31)) == [Find(SECRET)]


def test_a_code_does_nothing_while_a_ticket_is_on_its_way_or_on_the_screen(asking):
    assert scanned(asking) == []
    asking.tell(Answered(CommandId("command-2"), answer()))
    assert (asking.screen, scanned(asking)) == ("printing", [])
    asking.tell(Printed(CommandId("command-2")))
    assert (asking.screen, scanned(asking)) == ("take_ticket", [])


def test_a_code_does_nothing_while_another_ticket_is_shown_or_the_kiosk_is_out_of_service(shown):
    assert scanned(shown) == []
    shown.touch("done").tell(HallChanged(DAY, site(), ()))
    assert (shown.screen, scanned(shown)) == ("out_of_service", [])


def test_what_is_read_or_typed_never_shows_in_what_is_logged_of_it(clinic):
    clinic.scan(ShortCode(CODE))
    everything = (CodeScanned(ShortCode(CODE), SCANNED), Find(CODE), NotFound(CODE, "x"), clinic.state.front)
    assert CODE not in repr(everything)


def test_who_may_need_another_number_finds_the_departments(shown):
    assert shown.touch("new_number").screen == "departments"
