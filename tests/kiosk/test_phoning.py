"""The kiosk's decisions on a telephone number: after the ticket is safe, with consent, and nothing of it is kept."""

from dataclasses import asdict

import pytest
from kiosk_bench import Bench, at_work
from kiosk_worlds import AR, DAY, answer, departments, found, site

from kiosk import flow, phoning
from kiosk.codes import TicketSecret
from kiosk.effects import Beep, KeepContact, Print
from kiosk.events import (
    Answered,
    ContactKept,
    ContactRefused,
    HallChanged,
    LeasesChanged,
    LinkChanged,
    Printed,
    Taken,
    TicketFound,
)
from kiosk.fronts import HUB_AWAY, IdleWarning, Phone
from kiosk.phoning import BAD_PHONE
from kiosk.terms import Link, Phase, Sound
from smartqueue.terms import DepartmentId, TokenId
from smartqueue.wire import ContactBody

TOKEN = TokenId("token-A012")
NUMBER = "9876543210"


@pytest.fixture
def holding() -> Bench:
    """Somebody has a ticket of a site that sends messages; the site is in India."""
    kiosk = at_work(phone_prefix="+91").touch("language:ar").touch("department:general-medicine")
    asked = kiosk.state.front.pending.command_id
    return kiosk.tell(Answered(asked, answer()), Printed(asked)).wait(1)


@pytest.fixture
def phoning_now(holding: Bench) -> Bench:
    return holding.touch("message")


def types(bench: Bench, number: str) -> Bench:
    for char in number:
        bench.touch("plus" if char == "+" else f"digit:{char}")
    return bench


def held(bench: Bench) -> str:
    """All that the kiosk has in mind, also what it never writes out."""
    return str(asdict(bench.state))


# --- who is asked -------------------------------------------------------------------------------------


def test_the_number_is_asked_for_after_the_ticket_is_out(holding):
    assert phoning.offered(holding.state)
    assert holding.touch("message").screen == "phone"
    assert (holding.effects, holding.state.pendings) == ([], ())


def test_the_screen_goes_on_in_the_persons_language(phoning_now):
    assert flow.language_of(phoning_now.state) == AR
    assert flow.language_of(phoning_now.wait(31).state) == AR


def test_a_second_tap_on_another_screen_does_not_ask_for_a_number(holding):
    asked = holding.touch("done").wait(5).touch("start").touch("department:paediatrics").state.front.pending
    holding.tell(Answered(asked.command_id, answer("K001")), Printed(asked.command_id)).wait(0.2)
    assert holding.touch("message").screen == "take_ticket"


@pytest.mark.parametrize("of_the_site", [{"phone_prefix": None}, {"phone_prefix": "+91", "insecure_lan": True}])
def test_where_messages_are_not_sent_or_others_could_read_along_nobody_is_asked(holding, of_the_site):
    holding.tell(HallChanged(DAY, site(**of_the_site), departments()))
    assert not phoning.offered(holding.state)
    assert holding.touch("message").screen == "take_ticket"


def test_while_the_hub_is_away_nobody_is_asked(holding):
    holding.tell(LinkChanged(Link.AWAY))
    assert not phoning.offered(holding.state)
    assert holding.touch("message").screen == "take_ticket"


def test_a_number_of_the_kiosks_own_has_nobody_to_send_messages():
    kiosk = at_work(phone_prefix="+91").tell(LeasesChanged(frozenset({DepartmentId("general-medicine")})))
    kiosk.tell(LinkChanged(Link.AWAY)).touch("start").touch("department:general-medicine")
    taking = kiosk.state.front.pending
    issued = type(taking)(
        command_id=taking.command_id,
        site=taking.site,
        department=taking.department,
        language=taking.language,
        day=taking.day,
        phase=Phase.ANSWERED,
        answer=answer("A501"),
        away=True,
    )
    kiosk.tell(Taken(issued), Printed(taking.command_id), LinkChanged(Link.UP)).wait(1)
    assert kiosk.touch("message").screen == "take_ticket"


def test_a_copy_asks_for_no_number():
    """Whoever has found a ticket could else have its messages."""
    kiosk = at_work(phone_prefix="+91").scan(TicketSecret("S")).tell(TicketFound("S", found())).then("copy")
    kiosk.tell(Printed(kiosk.did(Print)[0].pending.command_id)).wait(1)
    assert kiosk.touch("message").screen == "take_ticket"


# --- the number ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        (NUMBER, NUMBER),
        ("0" + NUMBER, "0" + NUMBER),
        ("+4915112345678", "+4915112345678"),
        ("004915112345678", "004915112345678"),
    ],
)
def test_the_hub_is_told_what_was_typed_and_the_consent(phoning_now, typed, told):
    types(phoning_now, typed).touch("agree")
    (effect,) = phoning_now.effects
    assert (effect.token, effect.body) == (TOKEN, ContactBody(phone=told, language=AR, consent=True))
    assert (phoning_now.screen, phoning_now.state.front.asked) == ("phone", True)


def test_plus_may_be_touched_when_digits_are_there(phoning_now):
    assert types(phoning_now, "49151").touch("plus").touch("plus").state.front.typed == "+49151"


def test_erase_takes_the_last_sign_away(phoning_now):
    assert types(phoning_now, "+49").touch("erase").touch("erase").touch("erase").touch("erase").state.front.typed == ""


@pytest.mark.parametrize("typed", ["", "0", "123", "+", "00", "+123"])
def test_what_is_too_short_for_any_number_says_so_and_tells_nobody(phoning_now, typed):
    types(phoning_now, typed).touch("agree")
    assert (phoning_now.state.front.problem, phoning_now.effects) == (BAD_PHONE, [])
    assert phoning_now.state.front.typed == typed


@pytest.mark.parametrize(("typed", "digits"), [("9" * 20, 15), ("0" + "9" * 20, 15), ("+" + "9" * 20, 16)])
def test_no_more_digits_are_taken_than_a_number_has(phoning_now, typed, digits):
    assert len(types(phoning_now, typed).state.front.typed) == digits


@pytest.mark.parametrize("key", ["digit:x", "digit:", "digit:12", "char:A", "digit:٣"])
def test_letters_are_no_digits(phoning_now, key):
    assert phoning_now.touch(key).state.front.typed == ""


# --- what the hub says --------------------------------------------------------------------------------


@pytest.fixture
def told(phoning_now: Bench) -> Bench:
    return types(phoning_now, NUMBER).touch("agree")


def test_success_is_told_and_the_number_is_gone(told):
    told.tell(ContactKept(TOKEN))
    assert (told.screen, told.effects) == ("phone_kept", [Beep(Sound.TICKET)])
    assert NUMBER not in held(told)
    assert told.wait(10.1).screen == "attract"


def test_done_ends_it(told):
    assert told.tell(ContactKept(TOKEN)).touch("done").screen == "phone_kept"
    assert told.then("done").screen == "attract"


@pytest.mark.parametrize("problem", [BAD_PHONE, "token_over", HUB_AWAY])
def test_a_refusal_can_be_put_right(told, problem):
    told.tell(ContactRefused(TOKEN, problem))
    assert told.state.front == Phone(told.state.front.pending, typed=NUMBER, problem=problem)
    assert [type(effect) for effect in told.touch("erase").touch("digit:1").touch("agree").effects] == [KeepContact]


def test_what_was_wrong_is_said_until_the_number_is_another(told):
    told.tell(ContactRefused(TOKEN, BAD_PHONE))
    assert told.touch("digit:x").state.front.problem == BAD_PHONE
    assert told.touch("erase").state.front.problem is None


def test_agreeing_twice_tells_the_hub_once(told):
    assert told.touch("agree").effects == []
    assert told.touch("digit:1").state.front.typed == NUMBER


def test_what_the_hub_says_of_another_token_changes_nothing(told):
    assert told.tell(ContactKept(TokenId("token-B001"))).screen == "phone"


def test_what_the_hub_says_when_its_person_has_gone_changes_nothing(told):
    told.touch("back").wait(1).touch("done").tell(ContactKept(TOKEN))
    assert (told.screen, told.effects) == ("attract", [])


def test_success_is_told_behind_the_idle_warning_too(told):
    assert isinstance(told.wait(30).state.front, IdleWarning)
    assert told.tell(ContactKept(TOKEN)).screen == "phone_kept"


# --- nothing is lost and nothing is kept --------------------------------------------------------------


def test_back_leads_to_the_ticket_and_the_number_is_gone(phoning_now):
    types(phoning_now, NUMBER).touch("back")
    assert phoning_now.screen == "take_ticket"
    assert NUMBER not in held(phoning_now)
    assert phoning_now.then("message").state.front.typed == ""


def test_left_alone_it_asks_and_then_forgets_the_number(phoning_now):
    types(phoning_now, NUMBER)
    assert phoning_now.wait(30).effects == [Beep(Sound.WARNING)]
    assert phoning_now.touch("more_time").state.front.typed == NUMBER
    assert phoning_now.wait(51).screen == "attract"
    assert phoning_now.effects == [Beep(Sound.WARNING)]
    assert NUMBER not in held(phoning_now)


def test_a_hub_that_goes_away_for_long_throws_nobody_out_of_the_screen(phoning_now):
    assert types(phoning_now, NUMBER).tell(LinkChanged(Link.AWAY)).wait(25).screen == "phone"


def test_a_number_shows_in_nothing_that_could_be_logged(told):
    (effect,) = told.did(KeepContact)
    assert NUMBER in held(told)
    assert NUMBER not in repr((told.state, effect))
