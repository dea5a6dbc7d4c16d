"""Hubs as separate processes, for measuring: a real site in a temporary directory, its keys, its CPU and memory."""

import asyncio
import json
import os
import signal
import sys
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path

import aiohttp

SMARTQUEUE = str(Path(sys.executable).with_name("smartqueue"))
TICKS_S = os.sysconf("SC_CLK_TCK")
PAGE_BYTES = os.sysconf("SC_PAGE_SIZE")


@dataclass(slots=True)
class Site:
    """keys: bearer key by unit name."""

    directory: Path
    keys: dict[str, str]


@dataclass(slots=True)
class HubProcess:
    process: asyncio.subprocess.Process
    url: str
    started_s: float
    """From start of the process to its first good answer, seconds."""

    @property
    def port(self) -> int:
        return int(self.url.rsplit(":", 1)[1])

    def cpu_s(self) -> float:
        """User and system time of the hub so far."""
        return cpu_s(self.process.pid)

    def rss_bytes(self) -> int:
        return int(Path(f"/proc/{self.process.pid}/statm").read_text().split()[1]) * PAGE_BYTES

    async def stop(self) -> None:
        if self.process.returncode is None:
            self.process.send_signal(signal.SIGTERM)
        await self.process.wait()


async def _answers(url: str) -> None:
    """Returns when the hub has replayed its journal and says so."""
    async with aiohttp.ClientSession() as session:
        while True:
            async with session.get(f"{url}/healthz") as response:
                if response.status == 200:
                    return
            await asyncio.sleep(0.01)


def cpu_s(pid: int) -> float:
    fields = Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()
    return (int(fields[11]) + int(fields[12])) / TICKS_S


async def make_site(directory: Path, *units: str, demo_data: bool = True) -> Site:
    """units: as `setup --unit` takes them."""
    words = ["setup", "--data", str(directory), "--json", "--zone", "UTC"]
    words += ["--demo-data"] if demo_data else []
    for unit in units:
        words += ["--unit", unit]
    process = await asyncio.create_subprocess_exec(SMARTQUEUE, *words, stdout=asyncio.subprocess.PIPE)
    out, _ = await process.communicate()
    if process.returncode:
        raise RuntimeError(f"setup ended with {process.returncode}")
    report = json.loads(out)
    return Site(directory, {unit["name"]: unit["key"] for unit in report["units"]})


@asynccontextmanager
async def running_hub(site: Site, *command: str) -> AsyncIterator[HubProcess]:
    """A hub on a free port. command: another program that serves the same way, for comparison."""
    words = command or (SMARTQUEUE,)
    arguments = ("hub", "--data", str(site.directory), "--port", "0", "--no-mdns")
    began = time.monotonic()
    process = await asyncio.create_subprocess_exec(*words, *arguments, stdout=asyncio.subprocess.PIPE)
    if process.stdout is None:
        raise RuntimeError("the hub has no output")
    hub = None
    try:
        while line := await asyncio.wait_for(process.stdout.readline(), 30):
            said = json.loads(line)
            if said.get("event") == "listening":
                url = said["url"].rstrip("/")
                await _answers(url)
                hub = HubProcess(process, url, time.monotonic() - began)
                break
        if hub is None:
            raise RuntimeError("the hub ended before it listened")
        yield hub
    finally:
        if process.returncode is None:
            process.send_signal(signal.SIGTERM)
        await process.wait()
