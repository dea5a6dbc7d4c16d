"""The kiosk's decisions, without a screen, a hub or a printer: the way to a ticket."""

import pytest
from kiosk_bench import ID
from kiosk_worlds import AR, DAY, EN, HI, answer, departments, site

from kiosk import flow
from kiosk.effects import Beep, Forget, Issue, Print, Remember
from kiosk.events import Answered, HallChanged, IssueRefused, Printed, PrintMoved
from kiosk.terms import Phase, Sound
from smartqueue.terms import CommandId
from smartqueue.wire import IssueBody

# --- the way to a ticket ------------------------------------------------------------------------------


def test_two_touches_ask_for_a_token(kiosk):
    kiosk.touch("start")
    assert kiosk.screen == "departments"
    kiosk.touch("department:general-medicine")
    assert kiosk.screen == "asking"
    assert kiosk.did(Issue) == [Issue(ID, IssueBody(department="general-medicine", language=EN))]


def test_the_command_is_remembered_before_it_is_asked(asking):
    kinds = [type(effect) for effect in asking.effects]
    assert kinds == [Remember, Issue]
    assert asking.effects[0].pending.command_id == asking.effects[1].command_id
    assert asking.effects[0].pending.phase is Phase.ASKED


def test_an_answer_is_printed_after_it_is_remembered_as_printing(printing):
    assert printing.screen == "printing"
    assert [type(effect) for effect in printing.effects] == [Remember, Print]
    assert printing.effects[0].pending.phase is Phase.PRINTING
    assert printing.effects[1].pending.answer.label == "A012"


def test_the_bar_follows_the_printer_and_never_goes_back(printing):
    printing.tell(PrintMoved(ID, 0.5), PrintMoved(ID, 0.25))
    assert printing.state.front.fraction == 0.5


def test_a_printed_ticket_is_shown_ten_seconds_and_forgotten(printing):
    printing.tell(Printed(ID))
    assert printing.screen == "take_ticket"
    assert printing.effects == [Forget(ID), Beep(Sound.TICKET)]
    assert printing.wait(9.9).screen == "take_ticket"
    assert printing.wait(0.2).screen == "attract"
    assert printing.state.pendings == ()


def test_more_time_keeps_the_ticket_screen_half_a_minute(printing):
    printing.tell(Printed(ID)).wait(5)
    assert printing.touch("more_time").wait(29).screen == "take_ticket"
    assert printing.wait(1.1).screen == "attract"


def test_done_ends_the_ticket_screen(printing):
    printing.tell(Printed(ID)).wait(2)
    assert printing.touch("done").screen == "attract"


def test_a_second_tap_of_the_same_finger_does_not_end_the_ticket_screen(printing):
    printing.tell(Printed(ID)).wait(0.2)
    assert printing.touch("done").screen == "take_ticket"


def test_one_touch_is_enough_where_one_department_is_open(kiosk):
    kiosk.tell(HallChanged(DAY, site(), departments(1))).touch("start")
    assert kiosk.screen == "asking"


def test_the_closed_ones_can_be_seen_where_one_department_is_open(kiosk):
    kiosk.tell(HallChanged(DAY, site(), departments(2, closed=("paediatrics",)))).touch("departments")
    assert kiosk.screen == "departments"


def test_the_same_department_within_three_seconds_is_ignored(printing):
    printing.tell(Printed(ID)).wait(1)
    printing.touch("done").touch("start").touch("department:general-medicine")
    assert printing.screen == "departments"
    assert printing.did(Issue) == []
    printing.wait(2.1)
    assert printing.touch("department:general-medicine").screen == "asking"


def test_another_department_within_three_seconds_is_obeyed(printing):
    printing.tell(Printed(ID)).wait(1)
    printing.touch("done").touch("start").touch("department:paediatrics")
    assert printing.screen == "asking"


def test_touches_while_asking_do_nothing(asking):
    asking.touch("department:paediatrics")
    assert asking.effects == []
    assert asking.screen == "asking"


def test_a_page_is_turned(kiosk):
    kiosk.touch("start").touch("page:1")
    assert kiosk.state.front.page == 1


def test_lower_is_turned_on_and_off_and_forgotten_with_the_person(kiosk):
    kiosk.touch("start").touch("lower")
    assert kiosk.state.lowered
    kiosk.touch("lower").touch("lower").wait(60)
    assert kiosk.screen == "attract"
    assert not kiosk.state.lowered


# --- language -----------------------------------------------------------------------------------------


def test_the_language_travels_with_the_token(kiosk):
    kiosk.touch("language:ar").touch("department:general-medicine")
    assert kiosk.did(Issue)[0].body.language == AR
    assert flow.language_of(kiosk.state) == AR


def test_the_next_person_finds_the_sites_language(kiosk):
    kiosk.touch("language:ar").touch("department:general-medicine")
    kiosk.tell(Answered(CommandId("command-2"), answer())).tell(Printed(ID)).wait(11)
    assert kiosk.screen == "attract"
    assert flow.language_of(kiosk.state) == EN


def test_a_language_of_the_globe_leads_back_to_the_departments(kiosk):
    kiosk.touch("start").touch("languages")
    assert kiosk.screen == "languages"
    assert kiosk.touch("language:hi").screen == "departments"
    assert flow.language_of(kiosk.state) == HI


def test_back_leaves_the_language_as_it_was(kiosk):
    assert kiosk.touch("start").touch("languages").touch("back").screen == "departments"
    assert flow.language_of(kiosk.state) == EN


def test_one_department_keeps_its_one_touch_in_another_language(kiosk):
    kiosk.tell(HallChanged(DAY, site(), departments(1))).touch("language:hi")
    assert kiosk.screen == "attract"
    assert flow.language_of(kiosk.state) == HI
    assert kiosk.touch("start").screen == "asking"
    assert kiosk.did(Issue)[0].body.language == HI


def test_a_language_chosen_and_left_is_forgotten_without_a_warning(kiosk):
    kiosk.tell(HallChanged(DAY, site(), departments(1))).touch("language:hi").wait(31)
    assert kiosk.screen == "attract"
    assert flow.language_of(kiosk.state) == EN


def test_a_language_that_the_site_does_not_speak_is_ignored(kiosk):
    assert kiosk.touch("language:tlh").screen == "attract"
    assert flow.language_of(kiosk.state) == EN


# --- idle ---------------------------------------------------------------------------------------------


def test_half_a_minute_without_a_touch_warns_and_beeps(kiosk):
    assert kiosk.touch("start").wait(29.9).screen == "departments"
    kiosk.wait(0.2)
    assert kiosk.screen == "idle_warning"
    assert kiosk.effects == [Beep(Sound.WARNING)]


def test_the_warning_lasts_twenty_seconds(kiosk):
    kiosk.touch("start").wait(30)
    assert kiosk.wait(19.9).screen == "idle_warning"
    assert kiosk.wait(0.2).screen == "attract"


def test_more_time_leads_back_to_where_one_was(kiosk):
    kiosk.touch("start").touch("page:1").wait(35)
    kiosk.touch("more_time")
    assert kiosk.screen == "departments"
    assert kiosk.state.front.page == 1
    assert kiosk.wait(29).screen == "departments"


# --- the department says no ---------------------------------------------------------------------------


def test_a_closed_department_says_so_without_asking_the_hub(kiosk):
    kiosk.touch("start").touch("department:orthopaedics")
    assert kiosk.screen == "closed"
    assert kiosk.effects == []
    assert kiosk.touch("back").screen == "departments"


@pytest.mark.parametrize("code", ["department_closed", "department_full", "unknown_department", "too_many_requests"])
def test_a_refusal_is_shown_and_forgotten(asking, code):
    asking.tell(IssueRefused(ID, code))
    assert asking.screen == "closed"
    assert asking.state.front.code == code
    assert asking.effects == [Forget(ID)]
    assert asking.state.pendings == ()


def test_a_refusal_is_shown_in_the_persons_language_with_time_to_read_it(kiosk):
    kiosk.touch("language:ar").touch("department:general-medicine").wait(11)
    kiosk.tell(IssueRefused(ID, "department_closed"))
    assert flow.language_of(kiosk.state) == AR
    assert kiosk.wait(29).screen == "closed"


def test_a_refusal_that_comes_when_its_person_has_gone_is_not_shown_to_another(asking):
    asking.wait(12 + 30).touch("start")
    asking.tell(IssueRefused(ID, "department_closed"))
    assert asking.screen == "departments"
    assert asking.effects == [Forget(ID)]
