"""Trying the wiring without a hub: `--test-lamps` and `--watch-pins`."""

import asyncio
import json
import subprocess
import sys

import pytest

from caller.buttons import Button
from caller.lamps import Lamp
from caller.panel import MockPanel
from caller.settings import ButtonPins, LampPins, wiring
from caller.trial import DARK_S, LIT_S, try_lamps, watch_pins
from caller.wiring import LampKind, Level

COMMAND = (sys.executable, "-m", "smartqueue", "caller", "--simulate")


async def lights_of(wired):
    """What was said, and which LEDs burnt for how long behind it."""
    panel, told = MockPanel(wired), []

    async def pause(seconds):
        told.append((panel.burning(), seconds))

    await try_lamps(panel, wired, told.append, pause)
    panel.close()
    return told


@pytest.mark.parametrize("lit_by", list(Level))
async def test_each_lamp_is_named_with_its_pin_and_lit_by_itself_then_all_are(lit_by):
    told = await lights_of(wiring(lamps=LampPins(lit_by=lit_by)))
    assert [one for one in told if isinstance(one, str)] == [
        "lamps.green   BCM 13, header 33",
        "lamps.white   BCM 19, header 35",
        "lamps.amber   BCM 26, header 37",
        "lamps.red     BCM 21, header 40",
        "all together",
    ]
    lit = [one for one in told if not isinstance(one, str)]
    names = [frozenset({f"lamps.{lamp}"}) for lamp in Lamp]
    assert lit[0::2] == [(burning, LIT_S) for burning in (*names, frozenset().union(*names))]
    assert lit[1::2] == [(frozenset(), DARK_S)] * 5


async def test_of_one_lamp_each_colour_is_lit_and_each_meaning():
    told = await lights_of(wiring(lamps=LampPins(kind=LampKind.RGB)))
    said = [one for one in told if isinstance(one, str)]
    assert [text.split()[0] for text in said] == ["rgb.red", "rgb.green", "rgb.blue", "as", "as", "as", "as", "all"]
    lit = [one[0] for one in told if not isinstance(one, str)][0::2]
    assert lit[said.index("as amber")] == {"rgb.red", "rgb.green"}
    assert lit[-1] == {"rgb.red", "rgb.green", "rgb.blue"}


async def test_every_edge_is_told_and_what_it_amounts_to():
    wired = wiring(ButtonPins(recall=0))
    panel, lines, news = MockPanel(wired), [], asyncio.Event()

    def say(text):
        lines.append(" ".join(text.split()[2:]))
        news.set()

    async def until(text):
        async with asyncio.timeout(10):
            while text not in lines:
                news.clear()
                await news.wait()

    panel.push(Button.PAUSE)
    watching = asyncio.create_task(watch_pins(panel, wired, say))
    await until("pause BCM 23, header 16, closed")
    assert "next BCM 17, header 11, open" in lines
    panel.push(Button.NEXT)
    await until("next contact closes")
    await until("next pressed")
    await until("next long press")
    panel.let_go(Button.NEXT)
    await until("next contact opens")
    panel.push(Button.NO_SHOW)
    await until("no_show short press")
    assert not any(line.startswith("pause pressed") for line in lines)
    watching.cancel()
    await asyncio.gather(watching, return_exceptions=True)
    panel.close()


def test_the_lamps_are_tested_without_a_key_or_a_hub():
    done = subprocess.run([*COMMAND, "--test-lamps"], capture_output=True, text=True, timeout=60, check=False)
    assert done.returncode == 0, done.stderr
    assert done.stdout.splitlines()[0] == "lamps.green   BCM 13, header 33"


def test_buttons_are_watched_until_the_remote_control_ends(tmp_path):
    config = tmp_path / "caller.toml"
    config.write_text("[buttons]\npause = 14\n")
    presses = json.dumps({"do": "press", "button": "pause"}) + "\n"
    done = subprocess.run(
        [*COMMAND, "--watch-pins", "--config", str(config)],
        input=presses,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    assert done.stdout.startswith("warning: buttons.pause = 14: this pin is also for the serial line")
    assert "pause    short press" in done.stdout


def test_only_one_thing_can_be_tried_at_a_time():
    done = subprocess.run(
        [*COMMAND, "--watch-pins", "--test-lamps"], capture_output=True, text=True, timeout=60, check=False
    )
    assert done.returncode == 2
    assert "not allowed with" in done.stderr
