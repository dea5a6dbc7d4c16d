"""Four lamps or one of three colours: which LEDs burn, and what somebody sees of them."""

from itertools import chain, combinations

import pytest

from caller.lamps import Lamp
from caller.settings import ButtonPins, LampPins, RgbPins, wiring
from caller.wiring import LampKind, Pull

EVERY_SET = [frozenset(some) for some in chain.from_iterable(combinations(Lamp, n) for n in range(len(Lamp) + 1))]
SINGLE = wiring()
RGB = wiring(lamps=LampPins(kind=LampKind.RGB), rgb=RgbPins(5, 6, 12))
GREEN, WHITE, AMBER, RED = Lamp


@pytest.mark.parametrize("lit", EVERY_SET, ids=lambda lit: "-".join(sorted(lit)) or "none")
def test_of_four_lamps_those_that_shall_burn_do(lit):
    assert SINGLE.seen(SINGLE.burning(lit)) == lit


@pytest.mark.parametrize(
    ("lit", "legs"),
    [
        ({GREEN}, {"rgb.green"}),
        ({WHITE}, {"rgb.blue"}),
        ({AMBER}, {"rgb.red", "rgb.green"}),
        ({RED}, {"rgb.red"}),
        ({GREEN, WHITE}, {"rgb.green", "rgb.blue"}),
        ({GREEN, AMBER}, {"rgb.red", "rgb.green"}),
        (set(Lamp), {"rgb.red"}),
        (set(), set()),
    ],
)
def test_one_lamp_of_three_colours_mixes_them(lit, legs):
    assert RGB.burning(frozenset(lit)) == legs


@pytest.mark.parametrize("lit", [{GREEN}, {WHITE}, {AMBER}, {RED}, {GREEN, WHITE}, set()])
def test_what_one_lamp_can_show_is_seen_as_it_was_meant(lit):
    assert RGB.seen(RGB.burning(frozenset(lit))) == lit


def test_no_two_meanings_have_the_same_colour():
    alone = [RGB.burning(frozenset({lamp})) for lamp in Lamp]
    assert len({*alone, RGB.burning(frozenset({GREEN, WHITE}))}) == 5


def test_only_what_is_wired_is_a_wire():
    assert {str(wire) for wire in RGB.wires} >= {"rgb.red = 5", "buttons.next = 17"}
    assert not any("lamps." in str(wire) for wire in RGB.wires)
    one_button = wiring(ButtonPins(recall=0, no_show=0, pause=0))
    assert [wire.setting for wire in one_button.wires if "buttons" in wire.setting] == ["buttons.next"]


def test_only_buttons_are_pulled_down_and_only_if_they_are_wired_so():
    assert wiring(ButtonPins(pull=Pull.DOWN, recall=0)).pulled_down == {
        "buttons.next",
        "buttons.no_show",
        "buttons.pause",
    }
    assert SINGLE.pulled_down == frozenset()
