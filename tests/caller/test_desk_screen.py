"""The drawn panel: nothing cut, nothing weak, nothing too small, in every state, language and size."""

from dataclasses import replace
from itertools import pairwise

import pytest
from caller_gallery import CALLED, RGB, VIEWS

from caller.buttons import Button
from caller.lamps import Lamp
from caller.screens.desk import desk, state_name
from smartqueue.i18n import Words
from smartqueue.look.paint import paint, place
from smartqueue.look.scene import Icon, Panel, Text
from smartqueue.look.scene_check import check, ink_box
from smartqueue.look.screen import Screen
from smartqueue.look.theme import LED_BLUE, LED_GREEN, NIGHT, rgb
from smartqueue.terms import LANGUAGES, Language

SIZES = ((468, 426), (420, 380), (640, 480), (936, 852), (400, 700))
WORDS = Words(LANGUAGES[0])


@pytest.mark.parametrize("size", SIZES, ids=lambda size: f"{size[0]}x{size[1]}")
@pytest.mark.parametrize("language", LANGUAGES)
def test_every_state_is_drawn_without_a_defect(language, size):
    defects = {
        name: [str(defect) for defect in check(desk(view, Words(language), *size), Screen(*size, size[0] / 3), 20)]
        for name, view in VIEWS.items()
    }
    assert {name: found for name, found in defects.items() if found} == {}


@pytest.mark.parametrize("lamp", Lamp)
def test_a_lamp_is_lit_exactly_when_its_pin_is_high(lamp):
    colours = {Lamp.GREEN: NIGHT.primary, Lamp.WHITE: NIGHT.text, Lamp.AMBER: NIGHT.call, Lamp.RED: NIGHT.trouble}
    x = 24 + 24 + 93 * (list(Lamp).index(lamp) + 0.5)
    lit = paint(desk(replace(CALLED, lit=frozenset({lamp})), WORDS, 468, 426)).getpixel((x, 193))
    dark = paint(desk(replace(CALLED, lit=frozenset(Lamp) - {lamp}), WORDS, 468, 426)).getpixel((x, 193))
    assert lit == rgb(colours[lamp])
    assert dark == rgb(NIGHT.ground)


@pytest.mark.parametrize("lit", [{Lamp.GREEN}, {Lamp.WHITE}, {Lamp.GREEN, Lamp.WHITE}, {Lamp.AMBER}, {Lamp.RED}, set()])
def test_one_lamp_of_three_colours_is_drawn_as_one_in_the_colour_that_they_mix(lit):
    colours = {
        frozenset({Lamp.GREEN}): LED_GREEN,
        frozenset({Lamp.WHITE}): LED_BLUE,
        frozenset({Lamp.GREEN, Lamp.WHITE}): NIGHT.primary,
        frozenset({Lamp.AMBER}): NIGHT.call,
        frozenset({Lamp.RED}): NIGHT.trouble,
        frozenset(): NIGHT.ground,
    }
    scene = desk(replace(CALLED, lit=frozenset(lit), one_lamp=True), WORDS, 468, 426)
    discs = [item for item in scene.items if isinstance(item, Panel) and 160 < item.box.y < 260]
    assert len(discs) == 1
    assert paint(scene).getpixel((234, 197)) == rgb(colours[frozenset(lit)])


def test_below_the_one_lamp_stands_what_its_colour_says_and_nothing_else():
    expected = {
        "rgb_rest": set(),
        "rgb_waiting": {"Waiting"},
        "rgb_waiting_dark": {"Waiting"},
        "rgb_called": {"Called · Waiting"},
        "rgb_called_alone": {"Called"},
        "rgb_called_fetch": {"Go and fetch · Waiting"},
        "rgb_pressed": set(),
        "rgb_confirm": {"Confirm"},
        "rgb_hub_away": {"Refused / no hub"},
        "rgb_refused": {"Refused / no hub"},
        "rgb_identify": set(),
    }
    assert set(expected) == set(RGB)
    lamps = {
        name: {item.text.replace("\N{NO-BREAK SPACE}", " ") for item in texts(name) if 170 < item.box.y < 270}
        for name in RGB
    }
    assert lamps == expected


def test_a_long_name_of_a_unit_is_parted_where_it_is_written_apart_and_never_hyphenated():
    (name,) = {item.text for item in texts("identify_longest") if item.text.startswith("ortho")}
    assert name == "orthopaedics_consultation-\nroom-12-ground"
    (shown,) = [place(item)[0] for item in texts("identify_longest") if item.text == name]
    assert [str(line) for line in shown.lines] == name.split("\n")


def test_a_blinking_lamp_has_rays_only_while_it_is_lit():
    blinking = VIEWS["waiting"]
    rays = [item for item in desk(blinking, WORDS, 468, 426).items if isinstance(item, Icon) and item.name == "rays"]
    dark = desk(replace(blinking, lit=frozenset()), WORDS, 468, 426).items
    assert len(rays) == 1
    assert not any(isinstance(item, Icon) and item.name == "rays" for item in dark)


def test_the_targets_are_the_buttons_that_are_wired_and_lie_on_them():
    scene = desk(VIEWS["three_buttons"], WORDS, 468, 426)
    panels = [item.box for item in scene.items if isinstance(item, Panel)]
    assert [target.key for target in scene.targets] == ["next", "no_show", "pause"]
    assert all(target.box in panels for target in scene.targets)


def test_a_button_that_is_held_looks_pressed_and_keeps_its_place():
    held = desk(replace(CALLED, pressed=frozenset({Button.PAUSE})), WORDS, 468, 426)
    free = desk(CALLED, WORDS, 468, 426)
    assert held.targets == free.targets
    assert held.items != free.items


def test_for_readers_from_right_to_left_the_first_button_is_on_the_right():
    boxes = {target.key: target.box for target in desk(CALLED, Words(Language("ar")), 468, 426).targets}
    assert boxes["next"].x > boxes["recall"].x > boxes["pause"].x


def test_each_state_has_its_name():
    named = {name: state_name(view) for name, view in VIEWS.items()}
    same = ("rest", "waiting", "called", "pressed", "confirm", "refused", "paused", "hub_away", "identify")
    assert {name: named[name] for name in same} == {name: name for name in same}
    assert named["starting"] == "hub_away"


def texts(name, language=LANGUAGES[0], size=(468, 426)):
    return [item for item in desk(VIEWS[name], Words(language), *size).items if isinstance(item, Text)]


def said(name):
    return {item.text.replace("\N{NO-BREAK SPACE}", " ").replace("\n", " ") for item in texts(name)}


@pytest.mark.parametrize(
    ("name", "why"),
    [
        ("refused", "Room closed"),
        ("refused_paused", "Room paused"),
        ("refused_late", "Too late, press again"),
        ("refused_empty_late", "Too late, press again"),
        ("refused_impossible", "Not possible now"),
        ("refused_busy", "Wait a moment"),
        ("refused_nobody", "Nobody is called"),
        ("refused_unknown", "Refused"),
        ("nobody_waits", "Nobody waits"),
        ("confirm", "Nobody came? Press Next again"),
        ("starting", "Connecting…"),
        ("hub_away", "Hub away"),
        ("paused", "Paused"),
        ("called_paused", "Paused"),
        ("called_needs_time", "Needs time"),
        ("called_fetch", "Go and fetch"),
        ("identify", "desk-3"),
    ],
)
def test_the_sign_says_what_is_the_matter_and_nothing_of_it_otherwise(name, why):
    assert why in said(name)
    assert why not in said("called")


def test_a_press_on_its_way_asks_nothing_and_leaves_the_word_confirm_dim():
    colours = {name: {item.text: item.colour for item in texts(name)}["Confirm"] for name in ("pressed", "confirm")}
    assert colours == {"pressed": NIGHT.quiet, "confirm": NIGHT.text}
    assert said("pressed") == said("called")


def test_a_unit_that_shows_which_one_it_is_says_nothing_else_that_could_be_true():
    assert not {"A012", "8", "Room 3"} & said("identify")
    assert {item.text: item.colour for item in texts("identify")}["Called"] == NIGHT.quiet


def test_the_red_lamp_has_one_word_for_both_that_it_means():
    assert all("Refused / no hub" in said(name) for name in ("refused", "hub_away", "rest"))


def test_a_paused_room_keeps_its_name_and_its_key_says_resume():
    assert {"Resume", "Room 3"} <= said("paused")
    assert {"Resume", "Room 3", "A012"} <= said("called_paused")
    assert "Pause" not in said("paused")
    assert "Resume" not in said("called")


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_word_is_smaller_than_sixteen_pixels(language):
    capitals_of_16_px = 16 * 0.714
    small = {
        (name, item.text)
        for name in VIEWS
        for item in texts(name, language)
        if place(item)[0].capital_px < capitals_of_16_px - 0.1
    }
    assert small == set()


def below_lamps_and_keys(name, language):
    """Words in two rows, each from left to right."""
    found = sorted(texts(name, language), key=lambda item: item.box.x)
    lamps, keys = (170, 300), (300, 426)
    return [[item for item in found if top < item.box.y < bottom] for top, bottom in (lamps, keys)]


@pytest.mark.parametrize("language", LANGUAGES)
def test_words_of_lamps_are_of_one_size_and_so_are_those_of_keys_and_none_touch(language):
    for name in ("called", "called_needs_time", "called_fetch", "called_paused"):
        for row in below_lamps_and_keys(name, language):
            assert len(row) == 4
            assert len({place(item)[0].capital_px for item in row}) == 1
            inks = [ink_box(item) for item in row]
            assert all(after.x - before.right > 4 for before, after in pairwise(inks))


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_the_red_lamp_means_breaks_after_the_stroke_and_nowhere_else(language):
    (lines,) = {place(item)[0].lines for item in texts("called", language) if "/" in item.text}
    assert len(lines) == 2
    assert lines[0].rstrip().endswith("/")


@pytest.mark.parametrize("language", LANGUAGES)
def test_while_the_hub_is_away_the_number_keeps_its_size_and_trouble_stands_below_it(language):
    called, away = (
        next(item for item in texts(name, language) if item.text == "A012") for name in ("called", "hub_away")
    )
    assert place(away)[0].capital_px == place(called)[0].capital_px
    assert away.colour != called.colour
    trouble = next(item for item in texts("hub_away", language) if item.text == Words(language).text("caller.hub_away"))
    assert trouble.box.y >= away.box.bottom


def test_how_many_wait_is_not_known_while_the_hub_is_away():
    assert not [item for item in texts("hub_away") if item.text == "8"]


def test_the_icons_of_the_keys_are_never_turned_round():
    icons = [item for item in desk(CALLED, Words(Language("ar")), 468, 426).items if isinstance(item, Icon)]
    assert "next" in {icon.name for icon in icons}
    assert not any(icon.flipped for icon in icons)
