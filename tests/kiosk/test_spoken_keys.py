"""Speech mode in the flow: a key is said before it is meant, every new screen is spoken, nobody else hears it."""

import pytest
from kiosk_bench import Bench
from kiosk_worlds import DAY, answer, departments, site

from kiosk.codes import SomethingElse, Strange
from kiosk.effects import Issue, Say
from kiosk.events import Answered, HallChanged, IssueRefused, NotRemembered, Printed, PrintMoved

MEDICINE = "department:general-medicine"


@pytest.fixture
def spoken(kiosk: Bench) -> Bench:
    """Somebody has switched speech on, on the screen that makes things easier."""
    return kiosk.touch("start").touch("easier").touch("speech")


def twice(bench: Bench, key: str) -> Bench:
    return bench.touch(key).touch(key)


def test_a_key_that_was_meant_is_said_again_before_it_is_meant_again(spoken):
    twice(spoken, "contrast")
    assert spoken.state.contrast
    assert spoken.touch("contrast").did(Say) == [Say("contrast")]
    assert spoken.state.contrast
    assert not spoken.touch("contrast").state.contrast


def test_a_key_said_on_one_screen_is_not_meant_on_the_next(spoken):
    twice(spoken, "back").touch("easier")
    spoken.tell(HallChanged(DAY, site(), departments(3)))
    assert spoken.touch("easier").screen == "easier"
    assert spoken.touch("back").did(Say) == [Say("back")]
    assert spoken.screen == "easier"


def test_a_touch_beside_every_key_says_nothing(spoken):
    assert spoken.touch("").effects == []


def test_the_way_to_a_ticket_is_spoken(spoken):
    twice(twice(spoken, "back"), MEDICINE)
    assert [type(effect) for effect in spoken.effects][1:] == [Issue, Say]
    asked = spoken.state.front.pending.command_id
    assert spoken.tell(Answered(asked, answer())).effects[-1] == Say(None)
    assert spoken.tell(PrintMoved(asked, 0.5)).effects == []
    assert spoken.tell(Printed(asked)).effects[-1] == Say(None)


def test_what_is_typed_is_said_sign_by_sign(spoken):
    twice(spoken, "check_in")
    for key in ("char:A", "char:1", "char:1"):
        assert spoken.touch(key).did(Say) == [Say(key)]
        assert spoken.touch(key).did(Say) == []
    assert spoken.state.front.typed == "A11"


def test_a_problem_a_page_a_strange_code_and_another_language_are_spoken(spoken):
    twice(twice(spoken, "check_in"), "char:!")
    assert twice(spoken, "look_up").did(Say) == [Say(None)]
    assert spoken.scan(SomethingElse(Strange.PRODUCT)).did(Say) == [Say(None)]
    twice(twice(spoken, "done"), "back")
    assert twice(spoken, "page:1").did(Say) == [Say(None)]
    assert twice(spoken, "language:hi").did(Say) == [Say(None)]


def test_a_refusal_is_spoken(spoken):
    twice(twice(spoken, "back"), MEDICINE)
    spoken.tell(IssueRefused(spoken.state.front.pending.command_id, "department_closed"))
    assert spoken.effects[-1] == Say(None)


def test_the_hidden_corner_says_nothing(spoken):
    twice(spoken, "back")
    assert spoken.touch("corner").effects == []


def test_out_of_service_is_said_to_who_listens_and_the_next_person_is_not_spoken_to(spoken):
    twice(twice(spoken, "back"), MEDICINE)
    spoken.tell(NotRemembered(spoken.state.front.pending.command_id))
    assert (spoken.screen, spoken.effects) == ("out_of_service", [Say(None)])
    spoken.wait(120)
    assert (spoken.screen, spoken.state.speech) == ("attract", False)
    assert spoken.touch("start").did(Say) == []
