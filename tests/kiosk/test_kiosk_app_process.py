"""The kiosk as a process with a real window in memory: real touches, real tickets, killed and started again."""

import asyncio
import json
import sys
from contextlib import asynccontextmanager
from pathlib import Path

from kiosk_hall import until
from kiosk_hub import KEY, SmallHub
from PIL import Image

from smartqueue.sound import pcm

LONG_S = 40.0


class Process:
    """A simulated kiosk under remote control."""

    def __init__(self, process: asyncio.subprocess.Process):
        self._process = process
        self.events: list[dict] = []

    async def event(self, name: str, **about: object) -> dict:
        """The next event of this name with these values."""
        async with asyncio.timeout(LONG_S):
            while line := await self._process.stdout.readline():
                self.events.append(json.loads(line))
                if self.events[-1]["event"] == name and about.items() <= self.events[-1].items():
                    return self.events[-1]
        raise AssertionError(f"it ended before {name} {about}")

    async def do(self, **command: object) -> None:
        self._process.stdin.write(json.dumps(command).encode() + b"\n")
        await self._process.stdin.drain()

    async def touch(self, key: str) -> dict:
        await self.do(do="touch", key=key)
        return await self.event("touch", key=key)

    async def kill(self) -> None:
        self._process.kill()
        await self._process.wait()

    async def ends(self) -> int:
        """Its exit code, once it has ended by itself."""
        return await self._process.wait()

    async def quit(self) -> int:
        await self.do(do="quit")
        async with asyncio.timeout(LONG_S):
            return await self._process.wait()


@asynccontextmanager
async def kiosk(hub: SmallHub, directory: Path, *more: str):
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", "smartqueue", "kiosk", "--hub", hub.url, "--key", KEY, "--data", str(directory)),
        *("--printer", f"virtual:{directory / 'tickets'}", "--simulate", "--headless", *more),
        stdin=asyncio.subprocess.PIPE,
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.DEVNULL,
    )
    try:
        yield Process(process)
    finally:
        if process.returncode is None:
            process.kill()
            await process.wait()


def tickets(directory: Path) -> list[Path]:
    return sorted((directory / "tickets").glob("*.png"))


async def test_fingers_on_the_window_end_in_a_ticket(hub, tmp_path):
    async with kiosk(hub, tmp_path, "--size", "720x1280", "--language", "hi") as unit:
        await unit.event("screen", screen="attract")
        await unit.touch("start")
        await unit.event("screen", screen="departments")
        touched = await unit.touch("department:cardiology")
        printed = await unit.event("ticket", label="A001", outcome="printed")
        shown = await unit.event("screen", screen="take_ticket", label="A001")
        assert touched["t"] <= printed["t"] <= shown["t"]
        await unit.do(do="screenshot", path=str(tmp_path / "shot.png"))
        await unit.event("screenshot")
        assert await unit.quit() == 0
    with Image.open(tmp_path / "shot.png") as shot:
        assert shot.size == (720, 1280)
    assert len(tickets(tmp_path)) == 1
    assert hub.asked[0].body["language"] == "hi"


async def test_a_kiosk_killed_while_the_hub_was_silent_prints_its_ticket_once_when_it_is_back(hub, tmp_path):
    hub.mute = True
    async with kiosk(hub, tmp_path) as unit:
        await unit.event("screen", screen="attract")
        await unit.touch("start")
        await unit.event("screen", screen="departments")
        await unit.touch("department:cardiology")
        await unit.event("screen", screen="asking")
        await until(lambda: hub.issued)
        await unit.kill()
    hub.mute = False
    async with kiosk(hub, tmp_path) as unit:
        await unit.event("screen", screen="take_ticket", label="A001")
        assert await unit.quit() == 0
    async with kiosk(hub, tmp_path) as unit:
        await unit.event("screen", screen="attract")
        assert await unit.quit() == 0
    assert len(hub.issued) == 1
    assert len(tickets(tmp_path)) == 1


async def offered(unit: Process, key: str) -> None:
    """Waits until there is a key of this name on the screen."""
    async with asyncio.timeout(LONG_S):
        keys: list[str] = []
        while key not in keys:
            await unit.do(do="screen")
            keys = (await unit.event("screen")).get("keys", [])


async def test_who_asks_it_to_speak_hears_each_screen_and_key_and_the_second_touch_means_it(hub, tmp_path):
    def heard(name: str) -> bool:
        return any(file.name.endswith(f"-{name}.wav") for file in (tmp_path / "sounds").glob("*.wav"))

    async with kiosk(hub, tmp_path) as unit:
        await unit.event("screen", screen="attract")
        await unit.touch("start")
        await offered(unit, "easier")
        await unit.touch("easier")
        await offered(unit, "speech")
        await unit.touch("speech")
        await until(lambda: heard("en-easier"))
        await unit.touch("back")
        await until(lambda: heard("en-back"))
        await unit.touch("back")
        await offered(unit, "department:cardiology")
        await unit.touch("department:cardiology")
        await until(lambda: heard("en-department-cardiology"))
        assert hub.issued == {}
        await unit.touch("department:cardiology")
        await unit.event("ticket", outcome="printed")
        await until(lambda: heard("en-take_ticket"))
        assert await unit.quit() == 0
    assert heard("tone-ticket")
    assert len(hub.issued) == 1
    loud = {file.name: pcm.peak(pcm.from_wav(file.read_bytes())) for file in (tmp_path / "sounds").glob("*.wav")}
    assert {round(level, 2) for name, level in loud.items() if name.endswith("-en-take_ticket.wav")} == {0.72}
