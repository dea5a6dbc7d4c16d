"""The header: where each pin lies, what can't be chosen, and what works only under a condition."""

import pytest
from gpiozero.pins.mock import MockFactory

from caller import pins
from caller.pins import GROUNDS, HEADER, Wire, mistakes, warnings


def board():
    return MockFactory().board_info.headers["J8"].pins


def test_every_pin_lies_where_the_board_has_it():
    there = {int(pin.name.removeprefix("GPIO")): number for number, pin in board().items() if "GPIO" in pin.name}
    named = {pin: place for pin, place in HEADER.items() if pin in there}
    assert named == there
    assert set(HEADER) - set(there) <= {0, 1}


def test_every_ground_is_one_and_none_is_left_out():
    assert tuple(sorted(number for number, pin in board().items() if pin.name == "GND")) == GROUNDS


def test_the_pins_with_a_resistor_of_their_own_are_those_of_the_board():
    pulled = {int(pin.name.removeprefix("GPIO")) for pin in board().values() if pin.pull == "up" and "GPIO" in pin.name}
    assert pulled >= pins.FIXED_PULL_UP
    assert pulled - pins.FIXED_PULL_UP <= {0, 1}


@pytest.mark.parametrize(
    ("pin", "use"),
    [(2, "I2C"), (3, "I2C"), (14, "serial line"), (15, "serial line"), *((pin, "SPI") for pin in range(7, 12))],
)
def test_a_pin_that_is_also_for_something_else_is_warned_of(pin, use):
    (said,) = warnings([Wire("buttons.next", pin)])
    assert said.startswith(f"buttons.next = {pin}: ")
    assert use in said


def test_a_pin_that_is_for_nothing_else_is_not_warned_of():
    others = set(HEADER) - {0, 1, 2, 3, 7, 8, 9, 10, 11, 14, 15}
    assert list(warnings(Wire("lamps.red", pin) for pin in others)) == []


def test_every_mistake_is_named_with_both_that_share_a_pin():
    wires = [Wire("buttons.next", 5), Wire("buttons.pause", 1), Wire("lamps.red", 5), Wire("lamps.green", 5)]
    assert [text for _, text in mistakes(wires)] == [
        "buttons.pause = 1: pin 1 belongs to add-on boards; use 2 to 27",
        "lamps.red = 5: pin 5 is taken by buttons.next already",
        "lamps.green = 5: pin 5 is taken by buttons.next already",
    ]


@pytest.mark.parametrize("pin", [2, 3])
def test_a_button_to_3_volts_can_not_be_where_the_board_pulls_up(pin):
    wire = Wire("buttons.next", pin)
    assert "pulled up on the board" in next(mistakes([wire], pull_down=frozenset({"buttons.next"})))[1]
    assert list(mistakes([wire])) == []
    assert list(mistakes([Wire("lamps.red", pin)], pull_down=frozenset({"buttons.next"}))) == []
