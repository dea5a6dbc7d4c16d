"""Tickets that were looked up, codes of something else, and one number for each person."""

import pytest
from kiosk_gallery import NOW, SCREENS, fronts, special, ticket, view
from kiosk_panels import TEN, keys, words
from kiosk_worlds import EN

from kiosk.codes import Strange as StrangeCode
from kiosk.fronts import Found, Seeking, Strange
from kiosk.screens import draw, runs
from smartqueue.i18n import Words
from smartqueue.look.scene import Bar
from smartqueue.terms import TokenState


def found(state: TokenState, **changes: object) -> Found:
    return Found(ticket(state, **changes), until=NOW + 20, span=30)


def test_a_ticket_that_waits_says_how_many_are_before():
    scene = draw(view(found(TokenState.WAITING), EN), TEN)
    assert "A012" in words(scene)
    assert "5 before you" in words(scene)
    assert "20–40 min" in words(scene)


@pytest.mark.parametrize("state", TokenState)
def test_every_state_of_a_ticket_has_its_own_words(state):
    scene = draw(view(found(state), EN), TEN)
    assert "A012" in words(scene)
    assert "General Medicine" in words(scene)
    if state is not TokenState.WAITING:
        assert "before you" not in words(scene)


def test_only_after_a_missed_call_one_may_say_that_one_is_here_again():
    missed = found(TokenState.NO_SHOW, may_return=True)
    assert "return" in keys(draw(view(missed, EN), TEN))
    assert "return" not in keys(draw(view(found(TokenState.NO_SHOW), EN), TEN))
    assert "return" not in keys(draw(view(found(TokenState.WAITING, may_return=True), EN), TEN))
    again = Found(missed.ticket, NOW + 20, 30, came_back=True)
    assert "return" not in keys(draw(view(again, EN), TEN))
    assert "in the queue again" in words(draw(view(again, EN), TEN))


def test_who_may_not_return_is_sent_to_the_desk():
    assert "go to the desk" in words(draw(view(found(TokenState.NO_SHOW), EN), TEN))


def test_a_copy_can_be_had_only_by_who_holds_the_tickets_own_code():
    assert "copy" in keys(draw(view(found(TokenState.WAITING), EN), TEN))
    assert "copy" not in keys(draw(view(fronts(EN)["found-by_label"], EN), TEN))


def test_a_refusal_is_told():
    assert "did not work" in words(draw(view(fronts(EN)["found-problem"], EN), TEN))


def test_a_ticket_of_a_department_that_is_no_more_is_shown():
    assert "A012" in words(draw(special(EN)["found-unknown-department"], TEN))


def test_the_bar_is_the_time_that_is_left():
    def bar(left: float) -> float:
        scene = draw(view(Found(ticket(TokenState.WAITING), NOW + left, 30), EN), TEN)
        box = scene.target("done").box
        return max(item.box.w for item in scene.items if isinstance(item, Bar) and box.encloses(item.box))

    assert bar(30) == pytest.approx(2 * bar(15), rel=0.05)


@pytest.mark.parametrize("what", StrangeCode)
@pytest.mark.parametrize("panel", SCREENS)
def test_what_was_read_is_named_in_whole_sentences(panel, what):
    sentence = Words(EN).text(f"code.{what}")
    scene = draw(view(Strange(f"code.{what}", NOW + 5, 8), EN), SCREENS[panel])
    assert sentence in words(scene)
    assert keys(scene) == {"done"}


def test_the_secret_of_a_code_is_never_shown_while_it_is_looked_up():
    scene = draw(view(Seeking("7H4K2MPX", NOW - 2), EN), TEN)
    assert "7H4K" not in words(scene)
    assert keys(scene) == set()


def test_screens_that_end_by_themselves_move():
    for name in ("seeking", "found-waiting", "strange-product", "phone_kept", "pin-locked", "take_ticket"):
        assert runs(fronts(EN)[name]), name
    for name in ("check_in", "needs", "easier", "phone", "pin", "technician"):
        assert not runs(fronts(EN)[name]), name


@pytest.mark.parametrize("panel", SCREENS)
def test_one_more_ticket_is_asked_about_with_two_large_keys(panel):
    screen = SCREENS[panel]
    scene = draw(view(fronts(EN)["one_each"], EN), screen)
    assert keys(scene) == {"one_more", "no"}
    assert min(screen.mm(scene.target(key).box.h) for key in ("one_more", "no")) >= 25
