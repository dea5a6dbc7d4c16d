"""`smartqueue display` as a process of its own: real window, real voice, and the real hub over HTTP."""

import asyncio
import json
import os
import sys
from contextlib import asynccontextmanager

import pytest
from display_hubs import KEY, RealHub, SmallHub
from PIL import Image

from display import chime
from smartqueue.look.theme import NIGHT, rgb
from smartqueue.sound import pcm

LIMIT_S = 40


class Unit:
    """The process, its commands and what it reports."""

    def __init__(self, process):
        self.process = process
        self.reports = []

    async def do(self, **command):
        self.process.stdin.write(json.dumps(command).encode() + b"\n")
        await self.process.stdin.drain()

    async def says(self, event, **values):
        """The next report of this event with these values."""
        async with asyncio.timeout(LIMIT_S):
            while line := await self.process.stdout.readline():
                report = json.loads(line)
                self.reports.append(report)
                if report["event"] == event and values.items() <= report.items():
                    return report
        raise AssertionError(f"ended before {event} {values}: {self.reports[-5:]}")

    async def ends(self):
        async with asyncio.timeout(LIMIT_S):
            while line := await self.process.stdout.readline():
                self.reports.append(json.loads(line))
            return await self.process.wait(), (await self.process.stderr.read()).decode()


@asynccontextmanager
async def unit(url, tmp_path, *arguments, key=KEY, path=None):
    secret = tmp_path / "display.key"
    secret.write_text(key)
    secret.chmod(0o600)
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", "smartqueue", "display", "--hub", url, "--key-file", str(secret)),
        *("--data", str(tmp_path / "display"), *arguments),
        stdin=asyncio.subprocess.PIPE,
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.PIPE,
        env={**os.environ, **({"PATH": path} if path is not None else {})},
    )
    try:
        yield Unit(process)
    finally:
        if process.returncode is None:
            process.kill()
        await process.communicate()


SIMULATED = ("--simulate", "--headless", "--size", "1280x720", "--speed", "8")


async def test_two_rooms_call_the_hub_is_killed_and_the_display_says_what_it_knows(tmp_path):
    hub = RealHub(tmp_path / "site")
    key = hub.set_up()
    await hub.start()
    try:
        async with unit(hub.url, tmp_path, *SIMULATED, key=key) as display:
            await display.says("screen", name="display-idle")
            called = [(await hub.call_next("one", "room-1"))["label"], (await hub.call_next("two", "room-2"))["label"]]
            frame = await display.says("frame", label=called[0])
            await display.do(do="screenshot", path=str(tmp_path / "call.png"))
            sound = await display.says("chime", announcement=frame["announcement"])
            first = await display.says("announced", label=called[0], heard=True)
            second = await display.says("announced", label=called[1], heard=True)
            await display.says("screen", name="display-idle")
            await hub.kill()
            await display.says("screen", name="display-away")
            await hub.start()
            await display.says("screen", name="display-idle")
            await display.do(do="quit")
            code, errors = await display.ends()
    finally:
        await hub.kill()
    assert code == 0
    assert "Traceback" not in errors
    assert [one["label"] for one in display.reports if one["event"] == "announced"] == called
    assert frame["t"] <= sound["t"]
    with Image.open(tmp_path / "call.png") as shot:
        assert shot.size == (1280, 720)
        assert shot.convert("RGB").getpixel((640, 120)) == rgb(NIGHT.call)
    for announced in (first, second):
        with open(announced["file"], "rb") as file:  # noqa: ASYNC230
            assert pcm.from_wav(file.read()).startswith(chime.lead())


async def test_a_wrong_key_is_shown_as_out_of_service(tmp_path):
    hub = SmallHub()
    await hub.start()
    try:
        async with unit(hub.url, tmp_path, *SIMULATED, key="somebody-elses") as display:
            await display.says("screen", name="display-refused")
            await display.do(do="quit")
            assert (await display.ends())[0] == 0
    finally:
        await hub.stop()


@pytest.mark.parametrize(("missing", "package"), [("espeak-ng", "espeak-ng"), ("aplay", "alsa-utils")])
async def test_a_missing_program_is_one_clear_line_and_an_exit_code(tmp_path, missing, package):
    """On the path lies only the other one."""
    other = {"espeak-ng": "aplay", "aplay": "espeak-ng"}[missing]
    (tmp_path / "bin").mkdir()
    (tmp_path / "bin" / other).symlink_to("/bin/true")
    options = ("--simulate", "--headless", "--audio", "alsa")
    async with unit("http://127.0.0.1:9", tmp_path, *options, path=str(tmp_path / "bin")) as display:
        code, errors = await display.ends()
    assert code == 1
    said = [line for line in errors.splitlines() if "smartqueue display:" in line]
    assert len(said) == 1
    assert f"apt install {package}" in said[0]
    assert "Traceback" not in errors


async def test_a_screen_too_small_for_the_farthest_seat_is_refused_with_the_reason(tmp_path):
    options = (*SIMULATED, "--tv-inches", "32", "--farthest-m", "6")
    async with unit("http://127.0.0.1:9", tmp_path, *options) as display:
        code, errors = await display.ends()
    assert code == 1
    assert "Too small to be read from 6 m on a 32-inch screen" in errors
    assert "Traceback" not in errors


async def test_a_data_directory_that_can_not_be_written_is_one_clear_line(tmp_path):
    (tmp_path / "display").touch()
    async with unit("http://127.0.0.1:9", tmp_path, *SIMULATED) as display:
        code, errors = await display.ends()
    assert code == 1
    assert "display.json can't be used" in errors
    assert "Traceback" not in errors


async def test_a_stopped_display_ends_tidily_in_the_middle_of_an_announcement(tmp_path):
    hub = SmallHub()
    await hub.start()
    try:
        async with unit(hub.url, tmp_path, "--simulate", "--headless", "--size", "1280x720") as display:
            await display.says("screen", name="display-idle")
            await hub.call("A012")
            await display.says("chime")
            display.process.terminate()
            code, errors = await display.ends()
    finally:
        await hub.stop()
    assert code == 0
    assert "Traceback" not in errors
    assert "never retrieved" not in errors
