"""The kiosk's decisions on what somebody brings along: an appointment's code, a ticket, a label, something else."""

import pytest
from kiosk_bench import Bench, at_work, restarted
from kiosk_worlds import AR, DAY, EN, HI, answer, departments, found, site
from msgspec.structs import replace

from kiosk import flow
from kiosk.checking_in import LONGEST_TYPED, UNKNOWN_TICKET
from kiosk.codes import LabelRead, ShortCode, SomethingElse, Strange, TicketSecret
from kiosk.effects import Arrive, Beep, Find, Forget, Issue, Print, Remember, Return
from kiosk.events import (
    Answered,
    CameBack,
    CodeScanned,
    HallChanged,
    IssueRefused,
    LeasesChanged,
    LinkChanged,
    NotBack,
    NotFound,
    NotPrinted,
    NotRemembered,
    Printed,
    Restored,
    TicketFound,
    Unreached,
)
from kiosk.fronts import HUB_AWAY, CheckIn, Found, OutOfService, Seeking
from kiosk.fronts import Strange as StrangeFront
from kiosk.terms import Arrival, Link, Phase, Reason, Sound, Trouble
from smartqueue.terms import CommandId, Day, DepartmentId, Label, Need, RoomId, TokenState
from smartqueue.wire import TokenAnswer

CODE, SECRET = "7H4K2MPX", "7H4K2MPX9Q0WERTYAB12CD34EF"
SCANNED = CommandId("command-1")


@pytest.fixture
def clinic() -> Bench:
    """A site with appointments."""
    return at_work(books=True)


def types(bench: Bench, text: str) -> Bench:
    for char in text:
        bench.touch(f"char:{char}")
    return bench


def looks_up(bench: Bench, text: str) -> Bench:
    return types(bench.touch("check_in"), text).touch("look_up")


def asked_for(bench: Bench) -> CommandId:
    return bench.state.arrivals[0].command_id


@pytest.fixture
def arriving(clinic: Bench) -> Bench:
    """Somebody has held the code of an appointment before the reader."""
    return clinic.scan(ShortCode(CODE))


# --- checking in --------------------------------------------------------------------------------------


def test_a_code_checks_in_and_is_remembered_before_it_is_asked(arriving):
    assert [type(effect) for effect in arriving.effects] == [Remember, Arrive]
    remembered, asked = arriving.effects
    assert remembered.pending == asked.arrival
    assert (asked.arrival.appointment, asked.arrival.command_id) == (CODE, SCANNED)
    assert arriving.screen == "seeking"


def test_a_typed_code_checks_in_as_it_was_typed(clinic):
    """It may be the reference of another system, which is told apart by the hub."""
    looks_up(clinic, "MRN-0042")
    assert [effect.arrival.appointment for effect in clinic.did(Arrive)] == ["MRN-0042"]


def test_a_reference_checks_in(clinic):
    looks_up(clinic, "VISIT/2026-17")
    assert [effect.arrival.appointment for effect in clinic.did(Arrive)] == ["VISIT/2026-17"]


def test_the_answer_is_printed_like_any_ticket(arriving):
    arriving.tell(Answered(SCANNED, answer("A012")))
    assert [type(effect) for effect in arriving.effects] == [Remember, Print]
    printed = arriving.effects[1].pending
    assert (printed.answer.label, printed.department.id, printed.phase) == ("A012", "general-medicine", Phase.PRINTING)
    assert arriving.effects[0].pending.command_id == SCANNED
    arriving.tell(Printed(SCANNED))
    assert (arriving.screen, arriving.effects) == ("take_ticket", [Forget(SCANNED), Beep(Sound.TICKET)])
    arriving.wait(11)
    assert (arriving.screen, arriving.state.pendings, arriving.state.arrivals) == ("attract", (), ())


def test_a_check_in_that_was_answered_twice_is_printed_once(arriving):
    arriving.tell(Answered(SCANNED, answer())).tell(Answered(SCANNED, answer()))
    assert arriving.did(Print) == []


def test_what_the_person_says_now_goes_with_the_check_in(clinic):
    clinic.touch("language:ar").touch("needs").touch("need:wheelchair").touch("take").scan(ShortCode(CODE))
    (asked,) = clinic.did(Arrive)
    assert (asked.arrival.body.language, asked.arrival.body.needs) == (AR, [Need.WHEELCHAIR])


def test_a_language_that_nobody_chose_leaves_the_booked_one(arriving):
    assert arriving.did(Arrive)[0].arrival.body.language is None
    assert arriving.state.arrivals[0].language == EN


def test_a_department_that_the_kiosk_does_not_know_has_its_letter_for_a_name(arriving):
    arriving.tell(Answered(SCANNED, answer("Z007", "nowhere")))
    assert arriving.did(Print)[0].pending.department.names == {EN: "Z"}


@pytest.mark.parametrize("code", ["appointment_too_early", "appointment_other_day", "appointment_settled", "anything"])
def test_a_refusal_comes_back_to_the_pad_with_what_was_typed(clinic, code):
    looks_up(clinic, CODE).tell(IssueRefused(asked_for(clinic), code))
    assert clinic.state.front == CheckIn(typed=CODE, problem=code)
    assert [type(effect) for effect in clinic.effects] == [Forget]
    assert clinic.touch("erase").state.front == CheckIn(typed=CODE[:-1])


def test_too_many_tries_say_so(clinic):
    looks_up(clinic, "A012").tell(NotFound("A012", "too_many_requests"))
    assert clinic.state.front == CheckIn(typed="A012", problem="too_many_requests")


def test_a_refused_key_is_out_of_service(arriving):
    arriving.tell(IssueRefused(SCANNED, "wrong_key"))
    assert arriving.state.front == OutOfService(Reason.WRONG_KEY)


def test_a_store_that_fails_asks_for_nothing(arriving):
    arriving.tell(NotRemembered(SCANNED))
    assert (arriving.state.front, arriving.state.arrivals) == (OutOfService(Reason.STORAGE), ())


def test_eight_characters_that_are_no_appointment_may_be_a_ticket(arriving):
    arriving.tell(IssueRefused(SCANNED, "unknown_appointment"))
    assert arriving.effects == [Forget(SCANNED), Find(CODE)]
    assert arriving.screen == "seeking"
    assert arriving.tell(TicketFound(CODE, found())).screen == "found"


def test_and_when_they_are_neither_that_is_said(arriving):
    arriving.tell(IssueRefused(SCANNED, "unknown_appointment"), NotFound(CODE, UNKNOWN_TICKET))
    assert arriving.state.front == CheckIn(typed=CODE, problem=UNKNOWN_TICKET)


def test_without_appointments_a_code_is_a_tickets(kiosk):
    assert kiosk.scan(ShortCode(CODE)).effects == [Find(CODE)]
    assert kiosk.state.arrivals == ()


def test_a_reference_where_there_are_no_appointments_is_not_asked_for(kiosk):
    looks_up(kiosk, "VISIT/2026-17")
    assert (kiosk.state.front.problem, kiosk.effects) == (UNKNOWN_TICKET, [])


# --- the hub is away ----------------------------------------------------------------------------------


def test_check_in_says_at_once_that_the_hub_is_away(clinic):
    clinic.tell(LeasesChanged(frozenset({DepartmentId("general-medicine")})), LinkChanged(Link.AWAY))
    assert clinic.touch("check_in").state.front == CheckIn(problem=HUB_AWAY)
    assert types(clinic, CODE).touch("look_up").state.front == CheckIn(typed=CODE, problem=HUB_AWAY)
    assert clinic.touch("back").touch("department:general-medicine").screen == "asking"


def test_a_code_that_is_read_while_the_hub_is_away_says_so_too(clinic):
    clinic.tell(LinkChanged(Link.AWAY)).scan(ShortCode(CODE))
    assert (clinic.state.front, clinic.effects) == (CheckIn(problem=HUB_AWAY), [])


def test_a_check_in_that_reached_nobody_is_given_up(arriving):
    arriving.tell(Unreached(SCANNED))
    assert (arriving.state.front, arriving.effects) == (CheckIn(typed=CODE, problem=HUB_AWAY), [Forget(SCANNED)])
    assert arriving.state.arrivals == ()


def test_a_check_in_that_may_have_been_obeyed_stays_asked_when_its_person_has_waited_long_enough(arriving):
    assert arriving.wait(11.9).screen == "seeking"
    assert arriving.wait(0.2).state.front == CheckIn(typed=CODE, problem=HUB_AWAY)
    assert (arriving.effects, len(arriving.state.arrivals)) == ([], 1)


def test_its_late_answer_is_printed_while_its_person_still_reads_that(arriving):
    arriving.wait(13).tell(Answered(SCANNED, answer()))
    assert (arriving.screen, len(arriving.did(Print))) == ("printing", 1)


def test_trying_again_meanwhile_waits_for_the_same_answer(arriving):
    arriving.wait(13).touch("look_up")
    assert (arriving.screen, arriving.effects) == ("seeking", [])
    arriving.tell(Answered(SCANNED, answer()))
    assert len(arriving.did(Print)) == 1


def test_an_answer_that_comes_when_its_person_has_gone_is_printed_when_nobody_is_in_front(arriving):
    arriving.wait(13).touch("back").tell(Answered(SCANNED, answer()))
    assert (arriving.screen, arriving.did(Print)) == ("departments", [])
    assert [effect.pending.phase for effect in arriving.did(Remember)] == [Phase.ANSWERED]
    assert [effect.pending.command_id for effect in arriving.wait(51).did(Print)] == [SCANNED]


def test_a_ticket_that_the_hub_does_not_tell_in_time_says_so(kiosk):
    kiosk.scan(LabelRead(Label("A012"))).wait(12)
    assert kiosk.state.front == CheckIn(typed="A012", problem=HUB_AWAY)
    assert kiosk.tell(TicketFound("A012", found())).screen == "check_in"


# --- after a restart ----------------------------------------------------------------------------------


def arrival(day: str = DAY) -> Arrival:
    return Arrival(command_id=CommandId("command-old"), appointment=CODE, site=site(), language=HI, day=Day(day))


def started_again(*arrivals: Arrival) -> Bench:
    return Bench().tell(HallChanged(DAY, site(), departments()), LinkChanged(Link.UP), Restored((), True, arrivals))


def test_a_check_in_that_was_not_answered_before_a_restart_is_asked_again_and_printed_once():
    kiosk = started_again(arrival())
    assert kiosk.effects == [Arrive(replace(arrival(), sent=True))]
    kiosk.tell(Answered(CommandId("command-old"), answer("A007")))
    assert [effect.pending.answer.label for effect in kiosk.did(Print)] == ["A007"]
    assert flow.language_of(kiosk.state) == HI
    assert kiosk.tell(Printed(CommandId("command-old"))).wait(60).did(Print) == []


def test_restored_twice_it_is_asked_once():
    assert started_again(arrival()).tell(Restored((), True, (arrival(),))).effects == []


def test_a_check_in_of_another_day_is_forgotten():
    assert started_again(arrival("2026-03-01")).effects == [Forget(CommandId("command-old"))]


def test_a_new_day_ends_a_check_in_that_nobody_waits_for(arriving):
    arriving.wait(13).touch("back").tell(HallChanged(Day("2026-03-03"), site(), departments()))
    assert arriving.effects == [Forget(SCANNED)]
    assert arriving.tell(Answered(SCANNED, answer())).effects == []


def test_one_that_was_being_printed_is_shown_and_not_printed_again(arriving):
    arriving.tell(Answered(SCANNED, answer()))
    kiosk = restarted(arriving.did(Remember)[0].pending)
    assert (kiosk.screen, kiosk.did(Print)) == ("trouble", [])


# --- the pad ------------------------------------------------------------------------------------------


def test_letters_and_digits_have_pages_and_no_end_of_typing_is_too_long(clinic):
    types(clinic.touch("check_in"), "A" * (LONGEST_TYPED + 5))
    assert len(clinic.state.front.typed) == LONGEST_TYPED
    assert clinic.touch("page:1").state.front.page == 1


def test_nothing_typed_is_not_looked_up(clinic):
    assert looks_up(clinic, "").effects == []
    assert looks_up(clinic, "  ").effects == []
    assert clinic.screen == "check_in"


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


def test_what_is_read_or_typed_never_shows_in_what_is_logged_of_it(arriving):
    everything = (CodeScanned(ShortCode(CODE), SCANNED), Find(CODE), NotFound(CODE, "x"), arriving.state.front)
    assert CODE not in repr(everything)
