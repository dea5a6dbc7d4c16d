"""Fingers on the mock pins: a tap of any length is a press that the debouncing believes."""

import asyncio

import pytest

from caller.buttons import Button
from caller.contacts import Contacts
from caller.debounce import SignalKind
from caller.fingers import Fingers
from caller.panel import MockPanel
from caller.settings import wiring


@pytest.fixture
async def presses():
    """Fingers, and the buttons that were pressed by them."""
    panel, pressed = MockPanel(wiring()), asyncio.Queue()

    def tell(button, signal):
        if signal.kind is SignalKind.SHORT:
            pressed.put_nowait(button)

    contacts = asyncio.create_task(Contacts(panel, tell, asyncio.get_running_loop().time).run())
    yield Fingers(panel), pressed
    contacts.cancel()
    await asyncio.gather(contacts, return_exceptions=True)
    panel.close()


async def next_of(pressed):
    return await asyncio.wait_for(pressed.get(), 10)


async def test_a_click_without_any_length_is_a_press(presses):
    fingers, pressed = presses
    await asyncio.sleep(0)
    fingers.touch(Button.PAUSE, down=True)
    fingers.touch(Button.PAUSE, down=False)
    assert await next_of(pressed) is Button.PAUSE


async def test_commands_that_follow_each_other_at_once_are_each_a_press(presses):
    fingers, pressed = presses
    await asyncio.sleep(0)
    for name in ("next", "next", "recall"):
        await fingers.press({"button": name, "hold_s": 0.03})
    assert [await next_of(pressed) for _ in range(3)] == [Button.NEXT, Button.NEXT, Button.RECALL]


@pytest.mark.parametrize(
    "command",
    [
        {},
        {"button": "bell"},
        {"button": "next", "hold_s": -1},
        {"button": "next", "hold_s": None},
        {"button": ["next"]},
    ],
)
async def test_what_no_finger_can_do_is_refused(presses, command):
    fingers, pressed = presses
    with pytest.raises(ValueError):
        await fingers.press(command)
    assert pressed.empty()
