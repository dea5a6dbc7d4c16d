"""A day of calls on one real display: its memory in the middle of the day and at its end.

One call every half minute for 24 hours, as fast as a simulated display lets them pass: about 20 minutes. Not among the
benches that run by themselves.
"""

import asyncio
import json
import os
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

from figures import Figure, at_most, quantile
from hubs import cpu_s

sys.path.insert(0, str(Path(__file__).parents[1] / "display"))

from display_hubs import KEY, SmallHub

CALLS = int(os.environ.get("CALLS", "2880"))
"""Fewer for a look: CALLS=200 make bench ARGS=display_day."""
SPEED = 100
ROOMS = ("room-1", "room-2", "room-3", "room-5", "window-6")
LABELS = 400
"""Different ones: as many as a clinic calls on a day, and as many as the voice keeps."""
MIB = 1024 * 1024


class Watched:
    """The display's process; frames: milliseconds from the hub's call until it was on the screen."""

    def __init__(self, process: asyncio.subprocess.Process) -> None:
        self.process = process
        self.announced = 0
        self.unheard = 0
        self.idle = asyncio.Event()
        self.news = asyncio.Event()

    def rss_mib(self) -> float:
        for line in Path(f"/proc/{self.process.pid}/status").read_text().splitlines():
            if line.startswith("VmRSS:"):
                return int(line.split()[1]) * 1024 / MIB
        raise RuntimeError("the display has ended")

    async def listen(self) -> None:
        assert self.process.stdout is not None
        while line := await self.process.stdout.readline():
            said = json.loads(line)
            if said["event"] == "announced":
                self.announced += 1
                self.unheard += not said["heard"]
                self.news.set()
            if said["event"] == "screen" and said["name"] == "display-idle":
                self.idle.set()


@asynccontextmanager
async def display(url: str, directory: Path) -> AsyncIterator[Watched]:
    key = directory / "display.key"
    key.write_text(KEY)
    key.chmod(0o600)
    with (directory / "display.log").open("wb") as log:
        process = await asyncio.create_subprocess_exec(
            *(sys.executable, "-m", "smartqueue", "display", "--hub", url, "--key-file", str(key)),
            *("--data", str(directory / "display"), "--simulate", "--headless", "--size", "1280x720"),
            *("--speed", str(SPEED)),
            stdin=asyncio.subprocess.PIPE,
            stdout=asyncio.subprocess.PIPE,
            stderr=log,
        )
        watched = Watched(process)
        listening = asyncio.create_task(watched.listen())
        try:
            yield watched
        finally:
            if process.returncode is None:
                process.kill()
            await process.wait()
            await listening


async def run(directory: Path) -> list[Figure]:
    hub = SmallHub()
    await hub.start()
    memory: list[float] = []
    try:
        async with display(hub.url, directory) as watched:
            await watched.idle.wait()
            started_s = cpu_s(watched.process.pid)
            for n in range(1, CALLS + 1):
                del hub.calls[20:]
                await hub.call(f"{'AKHM'[n % 4]}{n % LABELS:03}", ROOMS[n % len(ROOMS)])
                await _announced(watched, n)
                _clear(directory / "display" / "announcements")
                if n % max(1, CALLS // 40) == 0:
                    memory.append(watched.rss_mib())
                    print(f"  {n} of {CALLS} calls, {memory[-1]:.0f} MiB", file=sys.stderr, flush=True)
            used_s = cpu_s(watched.process.pid) - started_s
    finally:
        await hub.stop()
    half = len(memory) // 2
    middle, end = quantile(memory[half - 5 : half], 0.5), quantile(memory[-5:], 0.5)
    return [
        Figure(f"display, {CALLS} calls: resident memory in the middle of the day", middle, "MiB"),
        at_most("display: growth of resident memory in the second half of the day", end - middle, 8, "MiB"),
        at_most("display: calls not announced or not heard", CALLS - watched.announced + watched.unheard, 0, "calls"),
        Figure("display: processor time for one call", used_s / CALLS * 1000, "ms"),
    ]


async def _announced(watched: Watched, count: int) -> None:
    async with asyncio.timeout(60):
        while watched.announced < count:
            watched.news.clear()
            await watched.news.wait()


def _clear(folder: Path) -> None:
    """What was heard is of no interest here, and 3,000 sounds fill a small disk."""
    for path in folder.glob("*.wav"):
        path.unlink()
