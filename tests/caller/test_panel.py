"""The pins: edges cross into the loop once, lamps are written where they change, faults are one clear line."""

import asyncio
import importlib.util
import threading
import time

import pytest
from gpiozero import PinUnknownPi
from gpiozero.pins.mock import MockFactory, MockPin

from caller.buttons import Button
from caller.lamps import Lamp
from caller.panel import MockPanel, Panel, make_panel
from caller.settings import ButtonPins, LampPins, RgbPins, wiring
from caller.wiring import LampKind, Level, Pull
from smartqueue.errors import StartFault

TWENTY_SIX_PINS = "000e"
"""Revision code of a Raspberry Pi Model B, whose header is shorter."""


@pytest.fixture
def panel():
    made = MockPanel(wiring())
    yield made
    made.close()


async def test_edges_of_another_thread_are_told_in_the_loop_with_the_time_they_were_made(panel):
    told = []
    panel.listen(asyncio.get_running_loop(), lambda *edge: told.append((threading.get_ident(), *edge)))
    before = time.monotonic()
    await asyncio.to_thread(panel.push, Button.PAUSE)
    await asyncio.to_thread(panel.let_go, Button.PAUSE)
    after = time.monotonic()
    await asyncio.sleep(0)
    assert [(thread, button, closed) for thread, button, _, closed in told] == [
        (threading.get_ident(), Button.PAUSE, True),
        (threading.get_ident(), Button.PAUSE, False),
    ]
    assert before <= told[0][2] <= told[1][2] <= after


def test_a_button_reads_as_pressed_while_its_contact_is_closed(panel):
    assert not panel.pressed(Button.NEXT)
    panel.push(Button.NEXT)
    assert panel.pressed(Button.NEXT)
    panel.let_go(Button.NEXT)
    assert not panel.pressed(Button.NEXT)


def test_lamps_are_dark_at_first_and_show_exactly_what_is_lit(panel):
    assert panel.lit() == frozenset()
    panel.light(frozenset({Lamp.GREEN, Lamp.WHITE}))
    assert panel.lit() == {Lamp.GREEN, Lamp.WHITE}
    panel.light(frozenset({Lamp.RED}))
    assert panel.lit() == {Lamp.RED}


def test_an_edge_after_the_loop_has_ended_is_nobodys_fault(panel):
    loop = asyncio.new_event_loop()
    panel.listen(loop, lambda *_: None)
    loop.close()
    panel.push(Button.NEXT)


@pytest.fixture
def factory():
    """Mock pins whose raw levels a test may read."""
    made = MockFactory(pin_class=MockPin)
    yield made
    made.close()


@pytest.mark.parametrize(("lit_by", "dark", "lit"), [(Level.HIGH, 0, 1), (Level.LOW, 1, 0)])
def test_a_lamp_burns_at_the_level_that_its_wiring_says(factory, lit_by, dark, lit):
    panel = Panel(factory, wiring(lamps=LampPins(lit_by=lit_by)))
    pin = factory.pin("GPIO13")
    before = pin.state
    panel.light(frozenset({Lamp.GREEN}))
    assert (before, pin.state, panel.lit()) == (dark, lit, {Lamp.GREEN})
    panel.light(frozenset())
    assert pin.state == dark
    panel.close()


@pytest.mark.parametrize(("pull", "open_level", "closed_level"), [(Pull.UP, 1, 0), (Pull.DOWN, 0, 1)])
def test_a_button_is_read_as_its_wiring_says(factory, pull, open_level, closed_level):
    panel, pin = Panel(factory, wiring(ButtonPins(pull=pull))), factory.pin("GPIO17")
    assert (pin.pull, pin.state, panel.pressed(Button.NEXT)) == (pull, open_level, False)
    (pin.drive_high if closed_level else pin.drive_low)()
    assert panel.pressed(Button.NEXT)
    panel.close()


@pytest.mark.parametrize("pull", list(Pull))
async def test_a_simulated_finger_closes_the_contact_however_it_is_wired(pull):
    panel, told = MockPanel(wiring(ButtonPins(pull=pull))), []
    panel.listen(asyncio.get_running_loop(), lambda button, _at, closed: told.append((button, closed)))
    panel.push(Button.NEXT)
    assert panel.pressed(Button.NEXT)
    panel.let_go(Button.NEXT)
    await asyncio.sleep(0)
    assert told == [(Button.NEXT, True), (Button.NEXT, False)]
    panel.close()


def test_a_panel_knows_whether_it_has_four_lamps_or_one(panel):
    assert not panel.one_lamp
    other = MockPanel(wiring(lamps=LampPins(kind=LampKind.RGB)))
    assert other.one_lamp
    other.close()


def test_one_lamp_of_three_colours_shows_amber_as_red_and_green(factory):
    panel = Panel(factory, wiring(lamps=LampPins(kind=LampKind.RGB), rgb=RgbPins(5, 6, 12)))
    panel.light(frozenset({Lamp.AMBER, Lamp.GREEN}))
    assert [factory.pin(f"GPIO{pin}").state for pin in (5, 6, 12)] == [1, 1, 0]
    assert panel.lit() == {Lamp.AMBER}
    panel.close()


def test_every_pin_that_this_board_has_not_got_is_named_with_the_board():
    with pytest.raises(StartFault) as fault:
        Panel(MockFactory(revision=TWENTY_SIX_PINS), wiring())
    said = str(fault.value)
    assert said.startswith("4 pins can't be used:")
    for wire in ("lamps.green = 13", "lamps.white = 19", "lamps.amber = 26", "lamps.red = 21"):
        assert f"  {wire}: this board (Raspberry Pi B rev 2.0) has no such pin" in said
    assert "buttons" not in said


class UnknownBoard(MockFactory):
    """A board that is newer than the library that knows boards."""

    @property
    def board_info(self):
        raise PinUnknownPi("unknown RPi revision ff1234")


def test_a_board_that_nobody_knows_is_one_clear_line():
    with pytest.raises(StartFault, match="this board is not known: unknown RPi revision ff1234"):
        Panel(UnknownBoard(), wiring())


class Busy(Exception):
    """What a driver of real pins raises."""


class BusyPin(MockPin):
    """Pins 17 and 26 belong to somebody else."""

    def __init__(self, factory, info):
        if info.name in ("GPIO17", "GPIO26"):
            raise Busy("'GPIO busy'")
        super().__init__(factory, info)


def test_every_pin_that_something_else_uses_is_named_and_the_others_are_freed():
    factory = MockFactory(pin_class=BusyPin)
    with pytest.raises(StartFault) as fault:
        Panel(factory, wiring(), (Busy,))
    assert str(fault.value).splitlines() == [
        "2 pins can't be used:",
        "  lamps.amber = 26: 'GPIO busy'; another program or an interface of the board uses it",
        "  buttons.next = 17: 'GPIO busy'; another program or an interface of the board uses it",
    ]
    assert factory.pins == {}


@pytest.mark.skipif(importlib.util.find_spec("lgpio") is not None, reason="this machine has the driver of the pins")
def test_a_machine_without_the_driver_of_the_pins_says_what_to_install():
    with pytest.raises(StartFault, match="python3-lgpio"):
        make_panel(wiring(), simulate=False)
