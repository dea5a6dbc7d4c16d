"""The pins: edges cross into the loop once, lamps are written where they change, faults are one clear line."""

import asyncio
import importlib.util
import threading
import time

import pytest

from caller.buttons import Button
from caller.lamps import Lamp
from caller.panel import MockPanel, device_panel
from caller.settings import ButtonPins, LampPins
from smartqueue.errors import StartFault


@pytest.fixture
def panel():
    made = MockPanel(ButtonPins().wired(), LampPins().wired())
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


def test_a_pin_that_is_not_there_is_one_clear_line():
    with pytest.raises(StartFault, match=r"A pin can't be used: .*Check \[buttons\] and \[lamps\]"):
        MockPanel({Button.NEXT: 99}, {})


@pytest.mark.skipif(importlib.util.find_spec("lgpio") is not None, reason="this machine has the driver of the pins")
def test_a_machine_without_the_driver_of_the_pins_says_what_to_install():
    with pytest.raises(StartFault, match="python3-lgpio"):
        device_panel({}, {})
