"""The whole clinic on one screen, with a real mouse: windows under Xvfb, clicked by xdotool; hub, printer and sound."""

import asyncio
import contextlib
import shutil
from dataclasses import dataclass, field

import pytest
from PIL import Image, ImageStat

from smartqueue.demo.child import Child, Heard
from smartqueue.demo.options import Options
from smartqueue.demo.stage import PLACES, Stage

pytestmark = [
    pytest.mark.xdist_group("demo"),
    pytest.mark.skipif(not (shutil.which("Xvfb") and shutil.which("xdotool")), reason="needs Xvfb and xdotool"),
]
LONG_S = 90.0
AGAIN_S = 8.0
"""Whoever sees no lamp presses again."""


@dataclass
class Clinic:
    """What is on the screen, and the mouse. Windows stand where the demo puts them."""

    stage: Stage
    display: str
    heard: list[Heard] = field(default_factory=list)

    async def click(self, child: Child, key: str) -> None:
        """On the middle of what carries this key, by the X server, as long as a hand does: the window is told like by
        any mouse, and what is shorter is no press for a caller's buttons."""
        left, top = PLACES[[*self.stage.children].index(child.name) - 2]
        x, y = (await self.screen(child))["places"][key]
        words = ("mousemove", str(left + x), str(top + y), "mousedown", "1", "sleep", "0.2", "mouseup", "1")
        mouse = await asyncio.create_subprocess_exec("xdotool", *words, env={"DISPLAY": self.display})
        assert await mouse.wait() == 0

    async def screen(self, child: Child) -> dict:
        child.send(do="screen")
        return await child.expect(lambda said: "places" in said, LONG_S, "show a screen")

    async def touched(self, child: Child, key: str, then: str, **values: object) -> dict:
        """Clicks, and waits for the screen that follows."""

        def comes(said):
            return said.get("event") == "screen" and said.get("screen") == then and values.items() <= said.items()

        follows = asyncio.create_task(child.expect(comes, LONG_S, f"show {then}"))
        await asyncio.sleep(0)
        await self.click(child, key)
        return await follows

    async def until(self, child: str, event: str, **values: object) -> dict:
        async with asyncio.timeout(LONG_S):
            while True:
                for one in self.heard:
                    if (one.child, one.kind) == (child, event) and values.items() <= one.event.items():
                        return one.event
                await asyncio.sleep(0.05)


@contextlib.asynccontextmanager
async def x_screen():
    command = ("Xvfb", "-displayfd", "1", "-screen", "0", "1920x1080x24", "-nolisten", "tcp")
    quiet = asyncio.subprocess.DEVNULL
    screen = await asyncio.create_subprocess_exec(*command, stdout=asyncio.subprocess.PIPE, stderr=quiet)
    try:
        yield f":{(await screen.stdout.readline()).decode().strip()}"
    finally:
        screen.terminate()
        await screen.communicate()


@contextlib.asynccontextmanager
async def clinic(tmp_path, monkeypatch):
    async with x_screen() as display:
        monkeypatch.setenv("DISPLAY", display)
        monkeypatch.delenv("WAYLAND_DISPLAY", raising=False)
        options = Options(headless=False, seconds=0, patients=0, out=tmp_path / "out", port=0, faults=False)
        (tmp_path / "work").mkdir()
        heard: list[Heard] = []
        async with Stage(options, tmp_path / "work", heard.append) as stage:
            yield Clinic(stage, display, heard)


def black_share(path):
    with Image.open(path) as paper:
        return 1 - ImageStat.Stat(paper.convert("L")).mean[0] / 255


async def test_clicks_lead_from_the_first_screen_to_ticket_call_and_voice(tmp_path, monkeypatch):
    async with clinic(tmp_path, monkeypatch) as at:
        kiosk, caller = at.stage.kiosk, at.stage.callers[0]
        before = (await at.screen(kiosk))["name"]
        assert before == "attract"
        await at.touched(kiosk, "start", "departments")
        label = (await at.touched(kiosk, "department:general-medicine", "take_ticket"))["label"]
        ticket = await at.until("printer", "job")
        assert 0.03 < black_share(ticket["picture"]) < 0.6
        await at.touched(kiosk, "done", "attract")
        framed = asyncio.create_task(at.until("display", "frame"))
        while not framed.done():
            await at.click(caller, "next")
            await asyncio.wait((framed,), timeout=AGAIN_S)
        frame = framed.result()
        spoken = await at.until("display", "announced", label=frame["label"])
        assert spoken["heard"]
        assert (await at.screen(at.stage.display))["name"] == "display-call"
        assert (frame["room"], label) == ("room-3", "A004")
