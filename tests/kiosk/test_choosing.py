"""The kiosk's decisions between the first touch and the issue: what for, needs, many tickets; and what is easier."""

import pytest
from kiosk_bench import Bench, at_work
from kiosk_worlds import AR, DAY, EN, HI, answer, asking_what_for, departments, site

from kiosk import flow
from kiosk.effects import Beep, Issue, Remember, Take
from kiosk.events import Answered, HallChanged, IssueRefused, LeasesChanged, LinkChanged, Printed
from kiosk.fronts import Attract, Closed, Departments, Needs, OneEach, OutOfService, VisitTypes
from kiosk.states import Rules
from kiosk.terms import AskNeeds, Link, Reason, Sound
from smartqueue.terms import DepartmentId, Need

ALWAYS = Rules(ask_needs=AskNeeds.ALWAYS)
MEDICINE = "department:general-medicine"


@pytest.fixture
def asked(kiosk: Bench) -> Bench:
    """Somebody has touched General Medicine, which asks what for."""
    kiosk.tell(HallChanged(DAY, site(), asking_what_for("new-patient", "report")))
    return kiosk.touch("start").touch(MEDICINE)


def issue(bench: Bench) -> Issue:
    (made,) = bench.did(Issue)
    return made


# --- what for -----------------------------------------------------------------------------------------


def test_a_department_that_asks_what_for_is_not_asked_for_a_number_before(asked):
    assert (asked.screen, asked.effects) == ("visit_types", [])
    asked.then("visit_type:report")
    assert asked.screen == "asking"
    assert issue(asked).body.visit_type == "report"


def test_what_for_is_remembered_with_the_command(asked):
    asked.then("visit_type:report")
    (remembered,) = asked.did(Remember)
    assert remembered.pending.body == issue(asked).body


def test_back_leads_to_the_departments_and_another_can_be_chosen(asked):
    assert asked.then("back").screen == "departments"
    assert asked.then("department:paediatrics").screen == "asking"
    assert issue(asked).body.visit_type is None


def test_the_second_tap_of_a_finger_on_the_department_chooses_no_visit_type(asked):
    assert asked.touch("visit_type:report").screen == "visit_types"
    assert asked.then("visit_type:report").screen == "asking"


def test_visit_types_have_pages_too(asked):
    assert asked.then("page:1").state.front == VisitTypes(asked.state.departments[0], page=1)


def test_another_language_stays_at_the_question(asked):
    assert asked.then("language:ar").screen == "visit_types"
    assert issue(asked.then("visit_type:report")).body.language == AR


def test_the_globe_and_what_makes_it_easier_lead_back_to_the_question(asked):
    asked.then("page:1")
    question = asked.state.front
    assert asked.then("languages").screen == "languages"
    assert asked.then("language:ar").state.front == question
    assert asked.then("easier").then("contrast").screen == "easier"
    assert asked.then("back").state.front == question
    assert asked.then("languages").then("page:1").then("easier").then("back").state.front == question
    assert issue(asked.then("visit_type:report")).body.language == AR


def test_needs_that_are_chosen_stay_chosen_while_another_language_is_looked_for(kiosk):
    kiosk.touch("start").touch("needs")
    kiosk.then("need:deaf").then("languages").then("language:hi")
    assert (kiosk.screen, kiosk.state.needs) == ("needs", (Need.DEAF,))


def test_a_department_that_closes_while_a_language_is_chosen_says_so_too(asked):
    closed = departments(closed=("general-medicine",))
    asked.then("languages").tell(HallChanged(DAY, site(), closed))
    assert asked.state.front == Closed(closed[0], "department_closed")


def test_a_department_that_closes_meanwhile_says_so_at_once(asked):
    closed = departments(closed=("general-medicine",))
    asked.tell(HallChanged(DAY, site(), closed))
    assert asked.state.front == Closed(closed[0], "department_closed")
    assert asked.then("back").screen == "departments"


def test_a_department_that_closes_while_its_button_is_pressed_gives_no_number(kiosk):
    """The finger is down when the hub says so, and leaves the key afterwards."""
    kiosk.touch("start").tell(HallChanged(DAY, site(), departments(closed=("general-medicine",))))
    assert kiosk.touch(MEDICINE).state.front == Closed(kiosk.state.departments[0], "department_closed")
    assert kiosk.effects == []


def test_a_department_that_is_gone_says_so(asked):
    asked.tell(HallChanged(DAY, site(), departments()[1:]))
    assert (asked.screen, asked.state.front.code) == ("closed", "unknown_department")


def test_what_is_shown_of_visit_types_follows_the_hub(asked):
    asked.tell(HallChanged(DAY, site(), asking_what_for("injection")))
    assert [one.id for one in asked.state.front.department.visit_types] == ["injection"]
    asked.tell(HallChanged(DAY, site(), departments()))
    assert asked.state.front == Departments()


def test_a_visit_type_that_is_gone_under_the_finger_says_so(asked):
    asked.tell(HallChanged(DAY, site(), asking_what_for("injection"))).then("visit_type:report")
    assert (asked.screen, asked.state.front.code) == ("closed", "unknown_visit_type")
    assert asked.did(Issue) == []


def test_a_visit_type_that_the_hub_no_longer_knows_says_so(asked):
    asked.then("visit_type:report")
    asked.tell(IssueRefused(asked.state.pendings[0].command_id, "unknown_visit_type"))
    assert (asked.screen, asked.state.front.code) == ("closed", "unknown_visit_type")


def test_a_site_that_loses_its_departments_while_somebody_chooses_is_out_of_service(asked):
    asked.tell(HallChanged(DAY, site(), ()))
    assert asked.state.front == OutOfService(Reason.NO_DEPARTMENTS)


def test_what_for_stays_with_a_number_of_the_kiosks_own(asked):
    asked.tell(LeasesChanged(frozenset({DepartmentId("general-medicine")})), LinkChanged(Link.AWAY))
    (taken,) = asked.then("visit_type:report").did(Take)
    assert taken.pending.body.visit_type == "report"


def test_a_kiosk_alone_without_a_number_says_so_before_it_asks_what_for(kiosk):
    kiosk.tell(HallChanged(DAY, site(), asking_what_for("report")))
    kiosk.tell(LeasesChanged(frozenset({DepartmentId("paediatrics")})), LinkChanged(Link.AWAY)).wait(21)
    assert kiosk.touch("start").touch(MEDICINE).screen == "closed"


# --- needs --------------------------------------------------------------------------------------------


def test_several_needs_travel_with_the_token(kiosk):
    kiosk.touch("start").touch("needs").touch("need:deaf").touch("need:wheelchair").touch("take")
    assert kiosk.screen == "departments"
    assert issue(kiosk.touch(MEDICINE)).body.needs == [Need.DEAF, Need.WHEELCHAIR]
    assert kiosk.did(Remember)[0].pending.needs == (Need.DEAF, Need.WHEELCHAIR)


def test_a_second_touch_takes_a_need_back(kiosk):
    kiosk.touch("needs").touch("need:deaf").touch("need:infant").touch("need:deaf")
    assert kiosk.state.needs == (Need.INFANT,)


def test_needs_are_kept_on_the_way_and_forgotten_with_the_person(kiosk):
    kiosk.touch("needs").touch("need:blind").touch("back").touch("languages").touch("language:hi")
    assert kiosk.state.needs == (Need.BLIND,)
    kiosk.touch(MEDICINE).tell(Answered(kiosk.state.pendings[0].command_id, answer()))
    kiosk.tell(Printed(kiosk.state.front.pending.command_id)).wait(11)
    assert (kiosk.screen, kiosk.state.needs) == ("attract", ())


def test_needs_that_were_chosen_and_left_are_forgotten_without_a_warning(kiosk):
    kiosk.tell(HallChanged(DAY, site(), departments(1))).touch("needs").touch("need:blind").touch("take")
    assert kiosk.state.front == Attract()
    assert kiosk.wait(31).state.needs == ()


def test_a_need_that_nobody_knows_is_ignored(kiosk):
    assert kiosk.touch("needs").touch("need:coffee").state.needs == ()


def test_a_kiosk_may_ask_everybody_for_needs_after_the_department():
    kiosk = at_work(ALWAYS).touch("start").touch(MEDICINE)
    assert (kiosk.state.front, kiosk.effects) == (Needs(kiosk.state.departments[0]), [])
    kiosk.then("need:slow_walking", "take")
    assert kiosk.screen == "asking"
    assert issue(kiosk).body.needs == [Need.SLOW_WALKING]


def test_then_it_asks_what_for_before():
    kiosk = at_work(ALWAYS).tell(HallChanged(DAY, site(), asking_what_for("report")))
    kiosk.touch("start").touch(MEDICINE).then("visit_type:report")
    assert kiosk.screen == "needs"
    assert kiosk.then("back").screen == "visit_types"
    assert issue(kiosk.then("visit_type:report", "take")).body.visit_type == "report"


def test_a_visit_type_that_goes_while_needs_are_chosen_says_so():
    kiosk = at_work(ALWAYS).tell(HallChanged(DAY, site(), asking_what_for("report")))
    kiosk.touch("start").touch(MEDICINE).then("visit_type:report")
    kiosk.tell(HallChanged(DAY, site(), asking_what_for("injection")))
    assert (kiosk.screen, kiosk.state.front.code) == ("closed", "unknown_visit_type")


def test_a_closed_department_is_known_behind_the_idle_warning_too(asked):
    asked.wait(31).tell(HallChanged(DAY, site(), departments(closed=("general-medicine",))))
    assert (asked.screen, asked.touch("more_time").screen) == ("idle_warning", "closed")


# --- many in a short time ------------------------------------------------------------------------------


def takes_a_ticket(bench: Bench, department: str = MEDICINE) -> Bench:
    bench.then("start", department)
    asked = bench.state.front.pending
    return bench.tell(Answered(asked.command_id, answer())).tell(Printed(asked.command_id)).then("done")


@pytest.fixture
def busy(kiosk: Bench) -> Bench:
    """Six tickets have been taken within a minute."""
    for _ in range(6):
        takes_a_ticket(kiosk).wait(1)
    return kiosk


def test_the_seventh_ticket_in_a_minute_asks_whether_a_number_is_still_needed(busy):
    busy.then("start", MEDICINE)
    assert busy.state.front == OneEach(busy.state.departments[0])
    assert busy.effects == []
    assert busy.then("one_more").screen == "asking"
    assert issue(busy).body.department == "general-medicine"


def test_no_leads_home_without_a_ticket(busy):
    assert busy.then("start", MEDICINE, "no").screen == "attract"
    assert busy.state.pendings == ()


def test_a_second_tap_of_the_same_finger_is_no_answer(busy):
    assert busy.then("start", MEDICINE).touch("one_more").screen == "one_each"


def test_after_a_minute_nothing_is_asked(busy):
    assert busy.wait(60).then("start", MEDICINE).screen == "asking"


def test_a_line_that_takes_ten_seconds_for_each_is_never_asked(kiosk):
    for _ in range(20):
        began = kiosk.now
        takes_a_ticket(kiosk).wait(began + 10 - kiosk.now)


def test_in_a_faster_line_everybody_gets_a_number_with_one_touch_more(busy):
    for _ in range(5):
        asked = busy.then("start", MEDICINE, "one_more").state.front.pending
        busy.tell(Answered(asked.command_id, answer())).tell(Printed(asked.command_id)).then("done")
    assert busy.screen == "attract"


def test_who_plays_is_asked_each_time_until_the_minute_is_over(busy):
    for _ in range(3):
        assert busy.then("start", MEDICINE).screen == "one_each"
        assert busy.then("no").screen == "attract"


def test_what_for_and_needs_go_on_with_the_seventh_ticket(busy):
    busy.tell(HallChanged(DAY, site(), asking_what_for("report"))).then("needs", "need:deaf", "take")
    body = issue(busy.then(MEDICINE, "visit_type:report", "one_more")).body
    assert (body.visit_type, body.needs) == ("report", [Need.DEAF])


def test_a_busy_hall_may_allow_more():
    kiosk = at_work(Rules(tickets_a_minute=8))
    for _ in range(8):
        takes_a_ticket(kiosk).wait(1)
    assert kiosk.then("start", MEDICINE).screen == "one_each"


# --- what is easier -----------------------------------------------------------------------------------


@pytest.mark.parametrize(("key", "name"), [("contrast", "contrast"), ("lower", "lowered")])
def test_what_is_easier_is_switched_on_and_off_and_forgotten_with_the_person(kiosk, key, name):
    kiosk.touch("start").touch("easier")
    assert kiosk.screen == "easier"
    assert getattr(kiosk.touch(key).state, name)
    assert kiosk.screen == "easier"
    assert not getattr(kiosk.touch(key).state, name)
    kiosk.touch(key).touch("back").wait(60)
    assert (kiosk.screen, getattr(kiosk.state, name)) == ("attract", False)


def test_everything_can_be_lower_on_any_screen(asked):
    assert asked.then("lower").state.lowered
    assert asked.then("visit_type:report").touch("contrast").state.contrast


def test_out_of_service_nobody_is_there_whose_likings_could_be_kept(kiosk):
    kiosk.tell(HallChanged(DAY, site(), ())).touch("speech").touch("lower")
    assert not any((kiosk.state.speech, kiosk.state.lowered))
    assert kiosk.tell(HallChanged(DAY, site(), departments())).screen == "attract"


def test_who_leaves_is_at_the_start_at_once_and_nothing_of_theirs_stays(kiosk):
    for last in ("lower", "easier"):
        kiosk.touch("start").touch("language:ar").touch("contrast").touch(last)
        assert kiosk.touch("leave").screen == "attract"
        assert (kiosk.state.language, kiosk.state.contrast, kiosk.state.lowered) == (None, False, False)


def test_the_way_to_needs_and_check_in_leads_over_the_easier_ways_too(kiosk):
    assert kiosk.touch("start").touch("easier").touch("needs").screen == "needs"
    assert kiosk.touch("easier").touch("check_in").screen == "check_in"
    assert kiosk.touch("back").screen == "departments"


def test_languages_have_pages(kiosk):
    assert kiosk.touch("languages").touch("page:1").state.front.page == 1
    assert kiosk.touch("language:hi").screen == "departments"
    assert flow.language_of(kiosk.state) == HI


# --- left alone ---------------------------------------------------------------------------------------


@pytest.mark.parametrize("keys", [("languages",), ("easier",), ("needs",), ("check_in",), (MEDICINE,)])
def test_whatever_is_left_alone_asks_first_and_then_starts_again(kiosk, keys):
    kiosk.tell(HallChanged(DAY, site(), asking_what_for("report"))).touch("start")
    for key in keys:
        kiosk.touch(key)
    left = kiosk.state.front
    assert kiosk.wait(30).effects == [Beep(Sound.WARNING)]
    assert kiosk.screen == "idle_warning"
    assert kiosk.touch("more_time").state.front == left
    assert kiosk.wait(51).screen == "attract"
    assert flow.language_of(kiosk.state) == EN


def test_the_question_for_one_each_is_not_left_standing(busy):
    assert busy.then("start", MEDICINE).wait(29).screen == "one_each"
    assert busy.wait(22).screen == "attract"
