"""Group commit against one commit per command, and the replay of a day: a real journal, in this process."""

import asyncio
import time
from pathlib import Path

from figures import Figure, at_least

from hub.clock import HubClock
from hub.demo_site import DEPARTMENTS, configuration
from hub.domain.commands import IssueToken
from hub.domain.configuration import Site
from hub.journal import sqlite
from hub.journal.sqlite import SqliteJournal
from hub.service import LARGEST_BATCH, Actor, ClinicService
from smartqueue.terms import LANGUAGES, CommandId, TokenId

PRODUCERS = 16
BY = Actor("kiosk", "bench")
SITE = Site("bench", dict.fromkeys(LANGUAGES, "Bench"), LANGUAGES, LANGUAGES[0], "UTC")
OPEN = [department.id for department in DEPARTMENTS if department.opens is None]


async def run(directory: Path) -> list[Figure]:
    """Both ways in turn, three times each, best of each side's rounds against the other's in the same round."""
    ratios = []
    for turn in range(3):
        grouped = await _per_second(directory / f"grouped-{turn}", LARGEST_BATCH, 4000)
        single = await _per_second(directory / f"single-{turn}", 1, 1000)
        ratios.append(grouped / single)
    replayed = await _replay_rate(directory / "replay", 50_000)
    return [
        at_least("group commit / one commit per command, 16 producers (median of 3)", sorted(ratios)[1], 5, "x"),
        at_least("replay", replayed, 50_000, "events/s"),
    ]


async def _per_second(directory: Path, largest_batch: int, total: int) -> float:
    service = await _site(directory, largest_batch)
    began = time.perf_counter()
    await _issue(service, total, PRODUCERS)
    wall_s = time.perf_counter() - began
    await service.stop()
    return total / wall_s


async def _replay_rate(directory: Path, total: int) -> float:
    service = await _site(directory, LARGEST_BATCH)
    await _issue(service, total, 256)
    await service.stop()
    again = ClinicService(SqliteJournal(directory), HubClock())
    began = time.perf_counter()
    events = await again.start()
    wall_s = time.perf_counter() - began
    await again.stop()
    return events / wall_s


async def _site(directory: Path, largest_batch: int) -> ClinicService:
    directory.mkdir(parents=True)
    sqlite.create(directory, SITE.id, "bench")
    service = ClinicService(SqliteJournal(directory), HubClock(), largest_batch)
    await service.start()
    await service.execute(configuration(SITE), by=BY, command_id=CommandId("configure"), digest=b"")
    return service


async def _issue(service: ClinicService, total: int, producers: int) -> None:
    numbers = iter(range(total))

    async def producer() -> None:
        for number in numbers:
            command = IssueToken(TokenId(f"token-{number}"), OPEN[number % len(OPEN)])
            await service.execute(command, by=BY, command_id=CommandId(f"issue-{number}"), digest=b"")

    await asyncio.gather(*(producer() for _ in range(producers)))
