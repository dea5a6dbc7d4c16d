"""A kiosk on a device's whole screen, with a keyboard plugged in: no key leads out, and fingers go on."""

import asyncio
import os
import shutil
import signal
import sys
from contextlib import asynccontextmanager

import pytest
from kiosk_hub import KEY
from test_code_window import program

LONG_S = 40.0
KEYS = (
    *("Escape", "F1", "F5", "F11", "F12", "alt+F4", "super", "Menu", "Print", "Tab", "Return", "space"),
    *(f"ctrl+{key}" for key in "acdqrwz"),
    *("ctrl+alt+Delete", "ctrl+alt+BackSpace", "ctrl+shift+Escape", "alt+Tab", "alt+space", "BackSpace", "Delete"),
)


@asynccontextmanager
async def screen():
    async with program("Xvfb", "-displayfd", "1", "-screen", "0", "800x480x24", "-nolisten", "tcp") as running:
        number = (await running.stdout.readline()).decode().strip()
        yield {"DISPLAY": f":{number}", "PATH": os.environ["PATH"]}


async def presses(environment, *words: str) -> None:
    typing = await asyncio.create_subprocess_exec("xdotool", *words, env=environment)
    assert await asyncio.wait_for(typing.wait(), LONG_S) == 0


async def lines(stream, wanted: str, act) -> None:
    """Does it again and again until the log says so."""
    async with asyncio.timeout(LONG_S):
        line = asyncio.create_task(stream.readline())
        while True:
            await act()
            await asyncio.wait({line}, timeout=0.5)
            if not line.done():
                continue
            text = line.result().decode()
            assert text, "it ended"
            if wanted in text:
                return
            line = asyncio.create_task(stream.readline())


@pytest.mark.skipif(not (shutil.which("Xvfb") and shutil.which("xdotool")), reason="needs Xvfb and xdotool")
async def test_no_key_of_a_keyboard_leads_out_of_the_whole_screen(hub, tmp_path):
    async def nothing() -> None:
        pass

    async with screen() as environment:
        kiosk = program(
            *(sys.executable, "-m", "smartqueue", "kiosk", "--hub", hub.url, "--key", KEY, "--data", str(tmp_path)),
            *("--printer", f"virtual:{tmp_path / 'tickets'}", "--size", "800x480", "--audio", str(tmp_path / "sounds")),
            stderr=asyncio.subprocess.PIPE,
            env={**environment, "HOME": str(tmp_path)},
        )
        async with kiosk as running:
            await lines(running.stderr, "screen: attract", nothing)
            for key in KEYS:
                await presses(environment, "key", "--clearmodifiers", key)
            assert (running.returncode, hub.asked) == (None, [])

            async def touch() -> None:
                await presses(environment, "mousemove", "400", "260", "click", "1")

            await lines(running.stderr, "screen: departments", touch)
            running.send_signal(signal.SIGTERM)
            assert await asyncio.wait_for(running.wait(), LONG_S) == 0
