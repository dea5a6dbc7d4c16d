"""A reader that types into the kiosk's real window, with real key events; and a person who does."""

import asyncio
import json
import shutil
import sys
from contextlib import asynccontextmanager
from pathlib import Path

import pytest

CODE = "HTTPS://Q.x-1/S/7H4K2MPX"
BED = Path(__file__).with_name("code_bed.py")
LONG_S = 30.0


@asynccontextmanager
async def program(*command: str, **options: object):
    running = await asyncio.create_subprocess_exec(*command, stdout=asyncio.subprocess.PIPE, **options)
    try:
        yield running
    finally:
        if running.returncode is None:
            running.kill()
        await running.communicate()


class Desk:
    """A window on a screen of its own, and a keyboard."""

    def __init__(self, window: asyncio.subprocess.Process, environment: dict[str, str]) -> None:
        self._window = window
        self._environment = environment

    async def types(self, text: str, gap_ms: int) -> None:
        typing = await asyncio.create_subprocess_exec(
            *("xdotool", "type", "--delay", str(gap_ms), "--args", "1", text, "key", "Return"), env=self._environment
        )
        assert await typing.wait() == 0

    async def said(self) -> dict[str, object]:
        async with asyncio.timeout(LONG_S):
            return json.loads(await self._window.stdout.readline())

    async def code(self) -> object:
        """The next code; keys that come before it are passed over."""
        while "code" not in (line := await self.said()):
            pass
        return line["code"]

    async def awaits_keys(self) -> None:
        """A window hears nothing before it stands on its screen: press until it does."""
        heard = asyncio.create_task(self.said())
        while not heard.done():
            await self.types("x", gap_ms=1)
            await asyncio.wait((heard,), timeout=0.2)
        assert heard.result() == {"key": True}

    async def swallows_keys(self) -> bool:
        """Whether Kivy itself gets a key that was pressed."""
        await self.types("x", gap_ms=1)
        said = [await self.said() for _ in range(2)]
        return {"keyboard": True} not in said


@asynccontextmanager
async def desk(*words: str):
    async with program("Xvfb", "-displayfd", "1", "-screen", "0", "320x200x24", "-nolisten", "tcp") as screen:
        number = (await screen.stdout.readline()).decode().strip()
        environment = {"DISPLAY": f":{number}", "PATH": "/usr/bin:/bin"}
        pipe = asyncio.subprocess.PIPE
        async with program(sys.executable, str(BED), *words, stdin=pipe, env=environment) as window:
            made = Desk(window, environment)
            assert await made.said() == {"ready": True}
            await made.awaits_keys()
            yield made
            window.stdin.close()
            assert await asyncio.wait_for(window.wait(), LONG_S) == 0


@pytest.mark.skipif(not (shutil.which("Xvfb") and shutil.which("xdotool")), reason="needs Xvfb and xdotool")
async def test_a_reader_is_heard_through_the_window_and_a_person_who_types_is_not():
    async with desk() as at:
        await at.types("7h4k2mpx", gap_ms=150)
        await at.types(CODE, gap_ms=2)
        await at.types("k001", gap_ms=200)
        await at.types("A012", gap_ms=2)
        assert [await at.code(), await at.code()] == [CODE, "A012"]


@pytest.mark.skipif(not (shutil.which("Xvfb") and shutil.which("xdotool")), reason="needs Xvfb and xdotool")
@pytest.mark.parametrize(("words", "swallowed"), [(("whole",), True), ((), False)])
async def test_on_the_whole_screen_a_reader_is_heard_and_no_key_reaches_anything_else(words, swallowed):
    async with desk(*words) as at:
        assert await at.swallows_keys() is swallowed
        await at.types("A012", gap_ms=2)
        assert await at.code() == "A012"
