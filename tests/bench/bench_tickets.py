"""Ten thousand tickets in a row, and a kiosk at work for hundreds: what they take, and whether memory grows."""

import asyncio
import itertools
import json
import resource
import sys
import time
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

from figures import Figure, at_most, quantile

from kiosk.machine import Machine
from kiosk.printer import Printer
from kiosk.printer_status import PrintOutcome
from kiosk.printer_url import transport_from_url
from kiosk.profiles import GENERIC
from kiosk.ticket_facts import TicketFacts
from smartqueue.demo.ledger import Ledger
from smartqueue.demo.options import DEPARTMENTS, Options
from smartqueue.demo.people import Patient
from smartqueue.demo.stage import Stage
from smartqueue.terms import LANGUAGES, Label, Language

TICKETS = 10_000
WARM = 500
"""After so many everything that is kept for later is there."""
SWEEP = 200
VISITS, WARM_VISITS = 300, 60
GROWTH_MB = 8.0
NOON = datetime(2026, 3, 2, 12, tzinfo=UTC)
FACTS = TicketFacts(
    label=Label("A001"),
    language=Language("en"),
    default_language=Language("en"),
    site={Language("en"): "Riverside Clinic"},
    department={Language("en"): "General Medicine"},
    department_icon="stethoscope",
    area={Language("en"): "Area 2, first floor"},
    taken_at=NOON,
    ahead=0,
)


async def run(directory: Path) -> list[Figure]:
    return [*await in_a_row(directory / "tickets", TICKETS, WARM), *await at_work(directory / "stage")]


async def in_a_row(directory: Path, count: int, warm: int) -> list[Figure]:
    """Every ticket another one, drawn and printed over TCP to a virtual printer in a process of its own."""
    took: list[float] = []
    async with virtual_printer(directory) as (pid, url):
        machine = Machine(Printer(transport_from_url(url), GENERIC["80mm"]))
        before = (0.0, 0.0)
        for number, facts in enumerate(itertools.islice(all_different(), count)):
            began = time.perf_counter()
            await print_one(machine, facts)
            took.append((time.perf_counter() - began) * 1000)
            if number % SWEEP == 0:
                sweep(directory)
            if number == warm:
                before = (held_mb(None), held_mb(pid))
        after = (held_mb(None), held_mb(pid))
        await machine.close()
    return [
        Figure(f"one ticket drawn and on paper, {count:,} in a row, p50", quantile(took, 0.5), "ms"),
        Figure("the same, p99", quantile(took, 0.99), "ms"),
        at_most(f"growth from ticket {warm} to {count:,}, kiosk's side", after[0] - before[0], GROWTH_MB, "MB"),
        at_most("growth meanwhile, virtual printer", after[1] - before[1], GROWTH_MB, "MB"),
    ]


def all_different() -> Iterator[TicketFacts]:
    """Labels, times, addresses and languages as on a day without end."""
    for number in itertools.count():
        language = LANGUAGES[number % len(LANGUAGES)]
        taken = NOON + timedelta(seconds=20 * number)
        yield replace(
            FACTS,
            label=Label(f"A{number % 999 + 1:03}"),
            language=language,
            taken_at=taken,
            ahead=number % 40,
            called_between=(taken + timedelta(minutes=number % 60), taken + timedelta(minutes=number % 60 + 15)),
            status_address=f"HTTPS://Q.RIVERSIDE.EXAMPLE/S/{number:026}",
            short_code=f"{number:08}",
        )


async def print_one(machine: Machine, facts: TicketFacts) -> None:
    result = await machine.print_facts(facts, lambda _share: None)
    if result.outcome is not PrintOutcome.PRINTED:
        raise RuntimeError(f"a ticket was not printed: {result}")


def sweep(directory: Path) -> None:
    """Ten thousand tickets would be a gigabyte."""
    for path in directory.glob("*.bin"):
        path.unlink(missing_ok=True)
        path.with_suffix(".png").unlink(missing_ok=True)


def held_mb(pid: int | None) -> float:
    """Memory of a process, None = this one."""
    pages = int(Path(f"/proc/{pid or 'self'}/statm").read_text().split()[1])
    return pages * resource.getpagesize() / 1e6


@asynccontextmanager
async def virtual_printer(directory: Path) -> AsyncIterator[tuple[int, str]]:
    """Its process and its address."""
    words = ("virtual-printer", "--listen", "127.0.0.1:0", "--out", str(directory))
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", "smartqueue", *words),
        stdin=asyncio.subprocess.PIPE,
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.DEVNULL,
    )
    if process.stdin is None or process.stdout is None:
        raise RuntimeError("the virtual printer has no input and output")
    ready = json.loads(await asyncio.wait_for(process.stdout.readline(), 30))
    heard = asyncio.create_task(_hear(process.stdout))
    try:
        yield process.pid, ready["url"]
    finally:
        process.stdin.close()
        await process.wait()
        await heard


async def _hear(stream: asyncio.StreamReader) -> None:
    """Somebody has to read what it says, or it stops."""
    while await stream.readline():
        pass


async def at_work(directory: Path) -> list[Figure]:
    """The whole kiosk as the demo runs it: window, hub, printer, and people who touch."""
    directory.mkdir()
    ledger = Ledger()
    options = Options(headless=True, seconds=0, patients=VISITS, out=directory / "out", port=0, faults=False)
    async with Stage(options, directory, ledger.hear) as stage:
        before = 0.0
        for number in range(VISITS):
            await _visit(stage, LANGUAGES[number % 3], DEPARTMENTS[number % len(DEPARTMENTS)])
            if number == WARM_VISITS:
                before = held_mb(stage.kiosk.pid)
        after = held_mb(stage.kiosk.pid)
    return [
        Figure(f"memory of the whole kiosk after {VISITS} visits", after, "MB"),
        at_most(f"its growth from visit {WARM_VISITS} on", after - before, GROWTH_MB, "MB"),
    ]


async def _visit(stage: Stage, language: str, department: str) -> None:
    async def no_picture(_name: str) -> None:
        return None

    patient = Patient(stage.kiosk, language, department)
    await patient.arrive(no_picture)
    await patient.take_ticket()
    await patient.leave()
