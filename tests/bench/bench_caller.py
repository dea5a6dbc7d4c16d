"""A caller unit with mock pins and no window: a press until a lamp answers it, and what the unit costs at rest."""

import asyncio
import json
import sys
from contextlib import asynccontextmanager
from pathlib import Path

from figures import Figure, at_most, quantile
from hubs import cpu_s, make_site, running_hub

PRESSES = 40
REST_S = 15.0
LIMIT_S = 30.0
BETWEEN_PRESSES_S = 0.35


class Unit:
    """The process and what it reports."""

    def __init__(self, process):
        self.process = process

    async def do(self, **command):
        self.process.stdin.write(json.dumps(command).encode() + b"\n")
        await self.process.stdin.drain()

    async def says(self, true):
        """The next report of which this is true."""
        async with asyncio.timeout(LIMIT_S):
            while line := await self.process.stdout.readline():
                report = json.loads(line)
                if true(report):
                    return report
        raise RuntimeError("the caller unit ended")


@asynccontextmanager
async def unit(directory: Path, url: str, key: str):
    path = directory / "desk.key"
    path.write_text(key)
    path.chmod(0o600)
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", "smartqueue", "caller", "--simulate", "--headless"),
        *("--hub", url, "--key-file", str(path)),
        stdin=asyncio.subprocess.PIPE,
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.DEVNULL,
    )
    try:
        yield Unit(process)
    finally:
        process.kill()
        await process.communicate()


async def run(directory: Path) -> list[Figure]:
    site = await make_site(directory / "site", "caller:desk:room-3")
    async with running_hub(site) as hub, unit(directory, hub.url, site.keys["desk"]) as desk:
        await desk.says(lambda said: said["event"] == "lamps" and said["red"] == "off")
        there = await _answered(desk, ("amber", "red"))
        await desk.do(do="press", button="pause")
        await asyncio.sleep(3)
        rest = await _cost(desk)
        await hub.stop()
        await desk.says(lambda said: said["event"] == "lamps" and said["red"] == "on")
        away = await _answered(desk, ("red",))
        alone = await _cost(desk)
    return [
        at_most(f"press to lamp, {PRESSES} presses, p50", quantile(there, 0.5), 100, "ms"),
        at_most("press to lamp, p99", quantile(there, 0.99), 100, "ms"),
        at_most("press to lamp while the hub is away, p99", quantile(away, 0.99), 100, "ms"),
        at_most("idle CPU of a caller", rest, 1.0, "% core"),
        at_most("idle CPU of a caller while the hub is away", alone, 1.0, "% core"),
    ]


async def _answered(desk: Unit, lamps: tuple[str, ...]) -> list[float]:
    """Milliseconds from the closing contact to the lamp that answers, red where it blinks."""
    taken = []
    for _ in range(PRESSES):
        await desk.do(do="press", button="recall", hold_s=0.05)
        press = await desk.says(lambda said: said["event"] == "press")
        shown = await desk.says(lambda said: said["event"] == "lamps" and any(said[lamp] != "off" for lamp in lamps))
        taken.append((shown["t"] - press["t"]) * 1000)
        await asyncio.sleep(1.2 + BETWEEN_PRESSES_S)
    return taken


async def _cost(desk: Unit) -> float:
    before = cpu_s(desk.process.pid)
    await asyncio.sleep(REST_S)
    return (cpu_s(desk.process.pid) - before) / REST_S * 100
