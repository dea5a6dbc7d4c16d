"""The kiosk's decisions when printer, hub or store fail, and after a restart."""

import msgspec
import pytest
from kiosk_bench import ID, Bench, pending, restarted
from kiosk_worlds import DAY, EN, HI, answer, departments, site

from kiosk import flow
from kiosk.effects import Beep, Forget, Issue, Print, Remember
from kiosk.events import (
    Answered,
    HallChanged,
    IssueRefused,
    LinkChanged,
    NotPrinted,
    NotRemembered,
    Printed,
    PrintMoved,
    Restored,
)
from kiosk.fronts import OutOfService
from kiosk.terms import Link, Phase, Reason, Sound, Trouble
from smartqueue.terms import CommandId, Day
from smartqueue.wire import IssueBody

# --- the printer says no ------------------------------------------------------------------------------


@pytest.mark.parametrize("trouble", list(Trouble))
def test_a_ticket_that_was_not_printed_leaves_the_number_on_the_screen(printing, trouble):
    printing.tell(NotPrinted(ID, trouble))
    assert printing.screen == "trouble"
    assert printing.state.front.trouble is trouble
    assert printing.state.front.pending.answer.label == "A012"
    assert printing.effects == [Beep(Sound.TROUBLE)]


def test_the_number_stays_a_minute_and_is_then_forgotten(printing):
    printing.tell(NotPrinted(ID, Trouble.PAPER_OUT))
    assert printing.wait(59).screen == "trouble"
    printing.wait(2)
    assert printing.screen == "attract"
    assert printing.effects == [Forget(ID)]


def test_done_forgets_the_number(printing):
    printing.tell(NotPrinted(ID, Trouble.PAPER_OUT)).wait(2)
    printing.touch("done")
    assert printing.screen == "attract"
    assert printing.effects == [Forget(ID)]


def test_more_time_keeps_the_number_another_minute(printing):
    printing.tell(NotPrinted(ID, Trouble.PAPER_OUT)).wait(50)
    assert printing.touch("more_time").wait(59).screen == "trouble"


def test_a_job_that_may_have_been_printed_is_never_printed_again(printing):
    printing.tell(NotPrinted(ID, Trouble.MAYBE_PRINTED)).wait(120)
    assert printing.did(Print) == []
    assert printing.screen == "attract"


def test_a_printer_that_says_nothing_ends_in_the_number_on_the_screen(printing):
    printing.wait(15).tell(PrintMoved(ID, 0.4)).wait(19)
    assert printing.screen == "printing"
    printing.wait(2)
    assert printing.screen == "trouble"
    assert printing.state.front.trouble is Trouble.MAYBE_PRINTED


def test_a_ticket_that_came_out_after_all_is_handed_over(printing):
    printing.wait(21).tell(Printed(ID))
    assert printing.screen == "take_ticket"
    assert printing.effects == [Forget(ID), Beep(Sound.TICKET)]


def test_a_ticket_that_came_out_when_its_screen_had_ended_disturbs_nobody(printing):
    printing.wait(21 + 61).touch("start").tell(Printed(ID))
    assert printing.screen == "departments"


# --- the hub is away ----------------------------------------------------------------------------------


def test_twelve_seconds_without_an_answer_send_the_person_to_the_desk(asking):
    assert asking.wait(11.9).screen == "asking"
    assert asking.wait(0.2).screen == "hub_trouble"
    assert asking.did(Forget) == []


def test_an_answer_during_the_hub_trouble_screen_is_printed(asking):
    asking.wait(15).tell(Answered(ID, answer()))
    assert asking.screen == "printing"
    assert [effect.pending.command_id for effect in asking.did(Print)] == [ID]


def test_an_answer_that_comes_when_nobody_stands_there_is_printed(asking):
    asking.wait(12 + 31)
    assert asking.screen == "attract"
    asking.tell(Answered(ID, answer()))
    assert asking.screen == "printing"
    assert len(asking.did(Print)) == 1


def test_an_answer_that_comes_while_another_chooses_waits_until_the_screen_is_free(asking):
    asking.wait(12 + 31).touch("start").tell(Answered(ID, answer()))
    assert asking.screen == "departments"
    assert [effect.pending.phase for effect in asking.did(Remember)] == [Phase.ANSWERED]
    assert asking.did(Print) == []
    asking.wait(51)
    assert asking.screen == "printing"
    assert len(asking.did(Print)) == 1


def test_an_answer_is_taken_once(printing):
    printing.tell(Answered(ID, answer()))
    assert printing.effects == []


def test_done_on_the_hub_trouble_screen_does_not_forget_the_token(asking):
    asking.wait(13).touch("done")
    assert asking.screen == "attract"
    assert asking.did(Forget) == []
    assert [pending.command_id for pending in asking.state.pendings] == [ID]


def test_a_short_absence_of_the_hub_leaves_the_departments_on_offer(kiosk):
    kiosk.tell(LinkChanged(Link.AWAY)).touch("start").wait(19)
    assert kiosk.screen == "departments"


def test_a_long_absence_of_the_hub_closes_the_kiosk_until_it_is_back(kiosk):
    kiosk.tell(LinkChanged(Link.AWAY)).touch("start").wait(20.1)
    assert kiosk.state.front == OutOfService(Reason.HUB_AWAY)
    assert kiosk.touch("start").effects == []
    kiosk.tell(LinkChanged(Link.UP))
    assert kiosk.screen == "attract"


def test_an_idle_kiosk_notices_a_long_absence_too(kiosk):
    kiosk.tell(LinkChanged(Link.AWAY)).wait(21)
    assert kiosk.state.front == OutOfService(Reason.HUB_AWAY)


def test_a_ticket_on_the_screen_outlives_the_hub(printing):
    printing.tell(Printed(ID), LinkChanged(Link.AWAY))
    assert printing.screen == "take_ticket"


# --- out of service -----------------------------------------------------------------------------------


def test_it_starts_with_one_moment_then_says_that_it_finds_no_hub():
    kiosk = Bench()
    assert kiosk.state.front == OutOfService(Reason.STARTING)
    assert kiosk.wait(10).state.front == OutOfService(Reason.NO_HUB)


def test_a_wrong_key_is_out_of_service():
    kiosk = Bench().tell(LinkChanged(Link.WRONG_KEY))
    assert kiosk.state.front == OutOfService(Reason.WRONG_KEY)


@pytest.mark.parametrize("code", ["wrong_key", "not_authenticated", "not_permitted"])
def test_a_key_refused_while_issuing_is_out_of_service(asking, code):
    asking.tell(IssueRefused(ID, code))
    assert asking.state.front == OutOfService(Reason.WRONG_KEY)
    assert asking.effects == [Forget(ID)]


def test_a_site_without_departments_is_out_of_service_until_it_has_one(kiosk):
    kiosk.touch("start").tell(HallChanged(DAY, site(), ()))
    assert kiosk.state.front == OutOfService(Reason.NO_DEPARTMENTS)
    kiosk.tell(HallChanged(DAY, site(), departments(2)))
    assert kiosk.screen == "attract"


def test_a_store_that_cannot_be_written_asks_for_nothing_and_is_tried_again(asking):
    asking.tell(NotRemembered(ID))
    assert asking.state.front == OutOfService(Reason.STORAGE)
    assert asking.state.pendings == ()
    assert asking.wait(31).screen == "attract"


def test_a_store_that_fails_before_the_printing_leaves_the_number_on_the_screen(printing):
    printing.tell(NotRemembered(ID))
    assert printing.screen == "trouble"
    assert printing.state.front.trouble is Trouble.STORAGE


# --- after a restart ----------------------------------------------------------------------------------


def test_what_was_asked_is_asked_again_with_the_same_id():
    kiosk = restarted(pending(Phase.ASKED))
    assert kiosk.effects == [
        Issue(CommandId("command-old"), IssueBody(department="general-medicine", language=HI), sent=True)
    ]


def test_what_was_asked_before_the_restart_is_printed_once_when_the_answer_comes():
    kiosk = restarted(pending(Phase.ASKED))
    kiosk.tell(Answered(CommandId("command-old"), answer("A007")))
    assert [effect.pending.answer.label for effect in kiosk.did(Print)] == ["A007"]
    kiosk.tell(Printed(CommandId("command-old"))).wait(60)
    assert kiosk.did(Print) == []
    assert kiosk.screen == "attract"


def test_what_was_answered_before_the_restart_is_printed_once():
    kiosk = restarted(pending(Phase.ANSWERED))
    assert len(kiosk.did(Print)) == 1
    assert flow.language_of(kiosk.state) == HI


def test_what_was_being_printed_before_the_restart_is_shown_and_not_printed():
    kiosk = restarted(pending(Phase.PRINTING))
    assert kiosk.screen == "trouble"
    assert kiosk.state.front.trouble is Trouble.MAYBE_PRINTED
    assert kiosk.did(Print) == []
    kiosk.wait(61)
    assert kiosk.did(Forget) == [Forget(CommandId("command-old"))]


def test_two_that_are_owed_follow_one_another():
    kiosk = restarted(pending(Phase.ANSWERED, "command-a", "A007"), pending(Phase.PRINTING, "command-b", "A008"))
    assert [effect.pending.answer.label for effect in kiosk.did(Print)] == ["A007"]
    kiosk.tell(Printed(CommandId("command-a"))).wait(11)
    assert kiosk.screen == "trouble"
    assert kiosk.state.front.pending.answer.label == "A008"
    assert kiosk.wait(61).state.pendings == ()


def test_restored_twice_is_asked_once():
    kiosk = restarted(pending(Phase.ASKED)).tell(Restored((pending(Phase.ASKED),)))
    assert kiosk.effects == []


def test_what_was_asked_on_another_day_is_forgotten():
    old = msgspec.structs.replace(pending(Phase.ASKED), day=Day("2026-03-01"))
    kiosk = restarted(old, pending(Phase.ANSWERED, "command-b"))
    assert kiosk.did(Issue) == []
    assert kiosk.did(Forget) == [Forget(CommandId("command-old"))]
    assert len(kiosk.did(Print)) == 1


def test_a_new_day_ends_what_still_waits_for_an_answer(asking):
    asking.wait(12 + 31).tell(HallChanged(Day("2026-03-03"), site(), departments()))
    assert asking.effects == [Forget(ID)]
    assert asking.tell(Answered(ID, answer())).effects == []


def test_a_new_day_does_not_take_the_ticket_from_the_person_in_front(printing):
    printing.tell(HallChanged(Day("2026-03-03"), site(), departments()), Printed(ID))
    assert printing.screen == "take_ticket"


def test_a_kiosk_may_have_its_own_usual_language():
    kiosk = Bench()
    kiosk.state = flow.start(kiosk.now, usual_language=HI)
    assert flow.language_of(kiosk.state) == HI
    kiosk.tell(HallChanged(DAY, site(), departments()), LinkChanged(Link.UP))
    kiosk.touch("language:en").touch("department:general-medicine")
    assert kiosk.did(Issue)[0].body.language == EN
    kiosk.tell(IssueRefused(CommandId("command-2"), "department_closed")).wait(60)
    assert flow.language_of(kiosk.state) == HI


def test_a_hub_of_another_version_is_out_of_service(kiosk):
    kiosk.tell(LinkChanged(Link.OTHER_VERSION))
    assert kiosk.state.front == OutOfService(Reason.OTHER_VERSION)
