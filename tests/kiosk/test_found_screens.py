"""Tickets that were looked up, codes of something else, and one number for each person."""

import pytest
from kiosk_gallery import NOW, SCREENS, fronts, special, ticket, view
from kiosk_panels import LANGUAGES_OF_SCREENS, TEN, keys, words
from kiosk_worlds import EN

from kiosk.codes import Strange as StrangeCode
from kiosk.fronts import Found, Seeking, Strange
from kiosk.screens import draw, runs
from kiosk.terms import RoomSign
from smartqueue.i18n import Words
from smartqueue.look.scene import Bar, Icon, Panel
from smartqueue.look.scene_check import check
from smartqueue.look.theme import LIGHT
from smartqueue.terms import RoomKind, TokenState


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


@pytest.mark.parametrize("language", LANGUAGES_OF_SCREENS)
@pytest.mark.parametrize("panel", ["7in", "10in", "15in-upright"])
def test_who_is_called_reads_the_room_on_the_ground_of_a_call(panel, language):
    screen = SCREENS[panel]
    for room in (RoomSign(RoomKind.ROOM, "3"), RoomSign(RoomKind.WINDOW, "112")):
        scene = draw(view(found(TokenState.CALLED), language, room=room), screen)
        assert check(scene, screen) == []
        place = Words(language).text(f"caller.{room.kind}", number=room.number)
        said = {text.text: text.capital_px for text in scene.texts()}
        assert said[place] == said["A012"]
        assert screen.mm(said[place]) >= 8.0
        assert any(isinstance(item, Panel) and item.fill == LIGHT.call for item in scene.items)
        assert any(isinstance(item, Icon) and item.name == "arrow-right" for item in scene.items)
        assert Words(language).text("kiosk.found.called.line") not in words(scene)


def test_who_is_expected_reads_the_room_too():
    room = RoomSign(RoomKind.WINDOW, "2")
    serving = words(draw(view(found(TokenState.SERVING), EN, room=room), TEN))
    assert "Window 2" in serving
    assert "desk" not in serving
    assert "Window 2" not in words(draw(view(found(TokenState.WAITING), EN, room=room), TEN))


def test_where_the_room_is_not_known_the_screens_or_the_desk_are_named():
    assert "The screens show where" in words(draw(view(found(TokenState.CALLED), EN), TEN))
    assert "Ask at the desk" in words(draw(view(found(TokenState.SERVING), EN), TEN))


def test_a_call_has_no_key_that_looks_like_the_next_step():
    scene = draw(view(found(TokenState.CALLED), EN), TEN)
    boxes = [target.box for target in scene.targets]
    assert not any(isinstance(item, Panel) and item.box in boxes and item.fill == LIGHT.primary for item in scene.items)


@pytest.mark.parametrize("state", [TokenState.SERVED, TokenState.CANCELLED, TokenState.UNSERVED])
@pytest.mark.parametrize("panel", ["7in", "10in", "15in-upright"])
def test_a_number_that_is_over_is_small_and_a_new_one_can_be_had(panel, state):
    scene, waiting = (draw(view(found(one), EN), SCREENS[panel]) for one in (state, TokenState.WAITING))
    assert keys(scene) == {"new_number", "done"}
    size, live = (next(text.capital_px for text in one.texts() if text.text == "A012") for one in (scene, waiting))
    assert size < 0.65 * live


@pytest.mark.parametrize("panel", SCREENS)
def test_the_number_has_one_size_as_long_as_it_is_of_use(panel):
    states = (TokenState.WAITING, TokenState.PARKED, TokenState.NO_SHOW)
    scenes = [draw(view(found(state), EN), SCREENS[panel]) for state in states]
    sizes = {next(text.capital_px for text in scene.texts() if text.text == "A012") for scene in scenes}
    assert max(sizes) <= 1.06 * min(sizes)


@pytest.mark.parametrize("language", LANGUAGES_OF_SCREENS)
@pytest.mark.parametrize("panel", ["7in", "10in", "15in-upright"])
def test_the_key_that_goes_on_has_large_words_and_those_beside_it_none_larger(panel, language):
    """As large as each other, but where long words would make it small. Upright it stands alone below the others."""
    screen = SCREENS[panel]
    least = {"7in": 4.75, "10in": 5.8, "15in-upright": 8.0}[panel]
    for name, going in GOING.items():
        scene = draw(view(fronts(language)[name], language, asks_phone=True), screen)
        said = {
            target.key: next(text.capital_px for text in scene.texts() if target.box.encloses(text.box, 2))
            for target in scene.targets
            if target.key != "corner"
        }
        first = said.pop(going)
        assert screen.mm(first) >= (least if name not in BESIDE or panel != "15in-upright" else 7.8), name
        assert max(said.values()) <= first, name
        assert min(map(screen.mm, said.values())) >= (3.6 if panel == "7in" else 4.4), name
        assert len(set(said.values())) == 1, name


GOING = {
    **{"found-return": "return", "found-served": "new_number", "found-waiting": "done", "one_each": "one_more"},
    **{"take_ticket": "done", "trouble-paper_out": "done"},
}
"""Screens with a row of keys, and which of these goes on."""
BESIDE = ("trouble-paper_out",)
"""Also on upright panels."""


@pytest.mark.parametrize("panel", ["15in-upright", "15in-upright-fine"])
def test_upright_keys_stand_near_what_is_said(panel):
    screen = SCREENS[panel]
    for name in ("found-waiting", "found-called", "found-return", "found-served", "found-parked"):
        scene = draw(view(fronts(EN)[name], EN), screen)
        keys_top = min(target.box.y for target in scene.targets if target.key != "corner")
        cards = [item.box.bottom for item in scene.items if isinstance(item, Panel) and item.box.bottom < keys_top]
        assert screen.mm(keys_top - max(cards)) <= (76 if name == "found-served" else 32), name


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
def test_whether_a_number_is_still_needed_is_asked_with_two_large_keys_of_which_yes_goes_on(panel):
    screen = SCREENS[panel]
    scene = draw(view(fronts(EN)["one_each"], EN), screen)
    assert keys(scene) == {"one_more", "no"}
    assert min(screen.mm(scene.target(key).box.h) for key in ("one_more", "no")) >= 25
    primary = [item.box for item in scene.items if isinstance(item, Panel) and item.fill == LIGHT.primary]
    assert scene.target("one_more").box in primary
    assert scene.target("no").box not in primary
