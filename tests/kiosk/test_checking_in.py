"""The kiosk's decisions on what somebody brings along: an appointment's code, a ticket, a label, something else."""

import pytest
from kiosk_bench import Bench, at_work, looks_up, restarted, types
from kiosk_gallery import SCREENS
from kiosk_worlds import AR, DAY, EN, HI, answer, departments, found, site
from msgspec.structs import replace

from kiosk import flow
from kiosk.checking_in import LONGEST_TYPED, UNKNOWN_TICKET
from kiosk.codes import LabelRead, ShortCode
from kiosk.effects import Arrive, Beep, Find, Forget, Print, Remember
from kiosk.events import (
    Answered,
    HallChanged,
    IssueRefused,
    LeasesChanged,
    LinkChanged,
    NotFound,
    NotRemembered,
    Printed,
    Restored,
    TicketFound,
    Unreached,
)
from kiosk.fronts import HUB_AWAY, CheckIn, OutOfService
from kiosk.screens import draw, view_of
from kiosk.terms import Arrival, Link, Phase, Reason, Sound
from smartqueue.capabilities import ALPHABET
from smartqueue.terms import CommandId, Day, DepartmentId, Label, Need

CODE, SECRET = "7H4K2MPX", "7H4K2MPX9Q0WERTYAB12CD34EF"
SCANNED = CommandId("command-1")


@pytest.fixture
def clinic() -> Bench:
    """A site with appointments."""
    return at_work(books=True)


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


@pytest.mark.parametrize("panel", SCREENS)
def test_every_sign_of_a_code_can_be_reached_on_every_panel(clinic, panel):
    reached, turned = set(), ["page:0"]
    clinic.touch("check_in")
    for page in turned:
        view = view_of(clinic.touch(page).state, clinic.now, "", None, clinic.rules)
        keys = [target.key for target in draw(view, SCREENS[panel]).targets]
        reached |= {key for key in keys if key.startswith("char:")}
        turned += [key for key in keys if key.startswith("page:") and key not in turned]
    assert {f"char:{sign}" for sign in ALPHABET} <= reached


def test_nothing_typed_is_not_looked_up(clinic):
    assert looks_up(clinic, "").effects == []
    assert looks_up(clinic, "  ").effects == []
    assert clinic.screen == "check_in"
