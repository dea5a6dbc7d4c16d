"""The kiosk's decisions while its hub is away: a number of its own, at once, and never two for one touch."""

import pytest
from kiosk_bench import ID, RULES, Bench, pending, restarted
from kiosk_worlds import DAY, HI, answer, departments, site
from msgspec.structs import replace

from kiosk import flow
from kiosk.effects import Forget, Issue, Print, Remember, Take
from kiosk.events import (
    Answered,
    HallChanged,
    IssueRefused,
    LeasesChanged,
    LinkChanged,
    NoNumber,
    NotRemembered,
    Printed,
    Restored,
    Taken,
    Unreached,
)
from kiosk.fronts import NO_NUMBER, HubTrouble, OutOfService
from kiosk.terms import Link, Pending, Phase, Reason
from smartqueue.terms import CommandId, Day, DepartmentId

MEDICINE = DepartmentId("general-medicine")
NUMBERS = LeasesChanged(frozenset({MEDICINE}))
NONE_LEFT = LeasesChanged(frozenset())
OLD = CommandId("command-old")


def issued(of: Pending, label: str = "A501") -> Taken:
    """As the store has it once the number is taken."""
    return Taken(replace(of, phase=Phase.ANSWERED, answer=answer(label, ahead=0, estimate=None), away=True))


@pytest.fixture
def alone(kiosk: Bench) -> Bench:
    return kiosk.tell(NUMBERS, LinkChanged(Link.AWAY))


@pytest.fixture
def taking(alone: Bench) -> Bench:
    """Somebody has touched General Medicine while the hub was away; the id is command-2."""
    return alone.touch("start").touch("department:general-medicine")


# --- the hub is away ----------------------------------------------------------------------------------


def test_a_touch_takes_a_number_at_once_and_asks_nobody(taking):
    (take,) = taking.effects
    assert (type(take), take.pending.command_id, take.pending.sent) == (Take, ID, False)
    assert taking.screen == "asking"


def test_its_ticket_is_printed_when_the_number_is_on_disk(taking):
    taking.tell(issued(taking.effects[0].pending))
    assert [type(effect) for effect in taking.effects] == [Remember, Print]
    printed = taking.effects[1].pending
    assert (printed.answer.label, printed.away, printed.phase) == ("A501", True, Phase.PRINTING)
    taking.tell(Printed(ID))
    assert taking.screen == "take_ticket"
    assert taking.wait(11).state.pendings == ()


def test_a_kiosk_with_numbers_stays_in_service_however_long_the_hub_is_away(alone):
    assert alone.wait(24 * 3600).screen == "attract"
    assert alone.touch("start").screen == "departments"


def test_nothing_wakes_a_kiosk_that_is_alone_and_idle(alone):
    assert flow.deadline(alone.wait(1000).state, RULES) is None


def test_the_same_department_within_three_seconds_is_ignored(taking):
    taking.tell(issued(taking.effects[0].pending), Printed(ID)).wait(1)
    taking.touch("done").touch("start").touch("department:general-medicine")
    assert taking.did(Take) == []
    assert taking.wait(2.1).touch("department:general-medicine").did(Take) != []


def test_touches_while_the_number_is_taken_do_nothing(taking):
    assert taking.touch("department:general-medicine").effects == []


def test_a_closed_department_gives_no_number_of_its_own(alone):
    assert alone.touch("start").touch("department:orthopaedics").screen == "closed"
    assert alone.effects == []


def test_the_hub_that_is_back_is_asked_again(alone):
    alone.tell(LinkChanged(Link.UP)).touch("start").touch("department:general-medicine")
    assert [type(effect) for effect in alone.effects] == [Remember, Issue]


def test_a_refused_key_is_no_reason_to_go_on_alone(kiosk):
    kiosk.tell(NUMBERS, LinkChanged(Link.WRONG_KEY))
    assert kiosk.state.front == OutOfService(Reason.WRONG_KEY)


# --- no number ----------------------------------------------------------------------------------------


def test_a_department_whose_block_is_used_up_sends_people_to_the_desk(alone):
    alone.wait(RULES.away_s).touch("start").touch("department:paediatrics")
    assert (alone.screen, alone.state.front.code) == ("closed", NO_NUMBER)
    assert alone.effects == []
    assert alone.touch("back").screen == "departments"


def test_while_the_hub_may_be_back_in_a_moment_it_is_asked_for_what_the_kiosk_has_not(alone):
    alone.touch("start").touch("department:paediatrics")
    assert [type(effect) for effect in alone.effects] == [Remember, Issue]
    assert alone.wait(RULES.ask_s).screen == "hub_trouble"


def test_when_all_blocks_are_used_up_the_kiosk_says_so(alone):
    alone.wait(100).touch("start").tell(NONE_LEFT)
    assert alone.state.front == OutOfService(Reason.HUB_AWAY)
    assert alone.tell(LinkChanged(Link.UP)).screen == "attract"


def test_a_number_that_is_gone_after_all_sends_the_person_to_the_desk(taking):
    taking.tell(NoNumber(ID))
    assert (taking.screen, taking.state.front.code, taking.effects) == ("closed", NO_NUMBER, [Forget(ID)])
    assert (taking.state.pendings, taking.state.numbers) == ((), frozenset())


def test_a_store_that_fails_prints_nothing_and_takes_no_more_numbers(taking):
    taking.tell(NotRemembered(ID))
    assert taking.state.front == OutOfService(Reason.STORAGE)
    assert (taking.state.pendings, taking.did(Print)) == ((), [])
    assert taking.wait(31).screen == "attract"


# --- the hub does not answer --------------------------------------------------------------------------


def test_a_request_that_reached_nobody_is_given_up_for_a_number_of_the_kiosks_own(asking):
    asking.tell(NUMBERS, Unreached(ID))
    (take,) = asking.effects
    assert (type(take), take.pending.sent) == (Take, False)
    assert asking.tell(issued(take.pending)).screen == "printing"


def test_without_a_number_of_its_own_the_kiosk_goes_on_seeking_the_hub(asking):
    asking.tell(Unreached(ID))
    assert asking.effects == [Issue(ID, asking.state.pendings[0].body)]
    assert asking.wait(RULES.ask_s).screen == "hub_trouble"


def test_a_request_that_may_have_been_obeyed_is_waited_for(asking):
    asking.tell(NUMBERS, LinkChanged(Link.AWAY)).wait(RULES.ask_s - 0.1)
    assert (asking.screen, asking.effects) == ("asking", [])


def test_after_that_it_gets_a_number_of_the_kiosks_own_under_the_same_id(asking):
    asking.tell(NUMBERS).wait(RULES.ask_s)
    (take,) = asking.effects
    assert (take.pending.command_id, take.pending.sent) == (ID, True)
    assert asking.tell(issued(take.pending)).screen == "printing"


@pytest.mark.parametrize("late", [Answered(ID, answer("A007")), IssueRefused(ID, "department_closed"), Unreached(ID)])
def test_what_the_hub_says_after_that_counts_no_more(asking, late):
    asking.tell(NUMBERS).wait(RULES.ask_s)
    (take,) = asking.effects
    assert asking.tell(late).effects == []
    asking.tell(issued(take.pending))
    assert [effect.pending.answer.label for effect in asking.did(Print)] == ["A501"]


def test_an_answer_in_time_wins_and_takes_no_number(asking):
    asking.tell(NUMBERS).wait(RULES.ask_s - 0.1).tell(Answered(ID, answer("A007")))
    assert [effect.pending.answer.label for effect in asking.did(Print)] == ["A007"]
    assert asking.wait(60).did(Take) == []


def test_where_none_is_left_the_hub_goes_on_being_asked_and_the_person_goes_to_the_desk(asking):
    asking.tell(NUMBERS).wait(RULES.ask_s).tell(NoNumber(ID))
    assert isinstance(asking.state.front, HubTrouble)
    assert asking.effects == [Issue(ID, asking.state.pendings[0].body, sent=True)]
    asking.tell(Answered(ID, answer("A007")))
    assert [effect.pending.answer.label for effect in asking.did(Print)] == ["A007"]


def test_a_store_that_fails_then_leaves_the_hubs_answer_to_come(asking):
    asking.tell(NUMBERS).wait(RULES.ask_s).tell(NotRemembered(ID))
    assert asking.state.front == OutOfService(Reason.STORAGE)
    assert asking.effects == [Issue(ID, asking.state.pendings[0].body, sent=True)]


# --- after a restart ----------------------------------------------------------------------------------


def started_alone(*pendings: Pending) -> Bench:
    """After a power cut, without a hub: hall and numbers come from the store."""
    kiosk = Bench().tell(NUMBERS, HallChanged(DAY, site(), departments()))
    return kiosk.wait(RULES.start_s).tell(Restored(pendings, certain=False))


def test_a_kiosk_that_starts_alone_says_one_moment_and_then_offers_its_numbers():
    kiosk = Bench().tell(NUMBERS, HallChanged(DAY, site(), departments()))
    assert kiosk.state.front == OutOfService(Reason.STARTING)
    assert kiosk.touch("start").effects == []
    assert kiosk.wait(RULES.start_s).screen == "attract"
    assert kiosk.touch("start").touch("department:general-medicine").did(Take) != []


def test_without_numbers_it_finds_no_hub():
    kiosk = Bench().tell(HallChanged(DAY, site(), departments())).wait(RULES.start_s)
    assert kiosk.state.front == OutOfService(Reason.NO_HUB)


def test_what_was_asked_before_a_power_cut_gets_a_number_of_the_kiosks_own():
    kiosk = started_alone(pending(Phase.ASKED))
    (take,) = kiosk.did(Take)
    assert (take.pending.command_id, take.pending.sent, take.pending.language) == (OLD, True, HI)
    kiosk.tell(issued(take.pending))
    assert len(kiosk.did(Print)) == 1
    assert kiosk.tell(Printed(OLD)).wait(11).state.pendings == ()


def test_it_waits_where_the_kiosk_has_no_number_for_it():
    asked = replace(pending(Phase.ASKED), department=departments()[1])
    kiosk = started_alone(asked)
    assert (kiosk.did(Take), kiosk.screen) == ([], "attract")
    kiosk.tell(LinkChanged(Link.UP), Answered(OLD, answer("K001", "paediatrics")))
    assert len(kiosk.did(Print)) == 1


def test_with_the_hub_there_it_is_asked_again():
    kiosk = restarted(pending(Phase.ASKED)).tell(NUMBERS)
    assert kiosk.wait(60).did(Take) == []


def test_a_number_that_was_on_disk_before_the_power_cut_is_printed_once():
    held = replace(pending(Phase.ANSWERED, label="A501"), away=True)
    kiosk = started_alone(held)
    assert [effect.pending.away for effect in kiosk.did(Print)] == [True]
    assert kiosk.tell(Printed(OLD)).wait(60).did(Print) == []


def test_what_was_noted_while_the_clock_was_ahead_is_of_today():
    held = replace(pending(Phase.ANSWERED, label="A551"), away=True, day=Day("2026-03-03"))
    assert len(restarted(held).did(Print)) == 1


# --- days ---------------------------------------------------------------------------------------------


def test_the_turn_of_the_day_takes_no_ticket_from_the_person_in_front(taking):
    taking.tell(HallChanged(Day("2026-03-03"), site(), departments()))
    assert taking.effects == []
    assert taking.tell(issued(taking.state.pendings[0])).screen == "printing"


def test_what_seems_to_be_of_another_day_is_left_until_the_hub_tells_the_day():
    """The clock of a kiosk that starts alone may be wrong."""
    old = replace(pending(Phase.ASKED), day=Day("2026-03-01"))
    kiosk = started_alone(old)
    assert (kiosk.did(Take), kiosk.did(Forget), kiosk.screen) == ([], [], "attract")
    kiosk.tell(LinkChanged(Link.UP), Restored((old,)))
    assert kiosk.did(Forget) == [Forget(OLD)]
