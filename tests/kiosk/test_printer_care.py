"""A printer that is looked after: its state is told when it changes, and it is back without anybody's help."""

import asyncio
import logging
import socket
import sys
from contextlib import asynccontextmanager

import pytest
from kiosk_hall import until
from kiosk_hub import KEY
from printed_paper import PATIENT, speckled

from kiosk.printer import Printer, PrinterHealth
from kiosk.printer_care import Pace, PrinterCare
from kiosk.printer_model import Faults
from kiosk.printer_status import PrintOutcome
from kiosk.printer_url import transport_from_url
from kiosk.virtual_printer import VirtualPrinter
from smartqueue.terms import PrinterState

NEVER_S = 1000.0
SOON = Pace(well_s=NEVER_S, unwell_s=0.02)
LONG_S = 30.0


class Told:
    """What a kiosk hears of its printer's state."""

    def __init__(self, printer: Printer) -> None:
        self.states: list[PrinterState] = []
        self._changed = asyncio.Event()
        printer.on_state(self._hear)

    def _hear(self, health: PrinterHealth) -> None:
        self.states.append(health.state)
        self._changed.set()

    async def until(self, state: PrinterState) -> None:
        async with asyncio.timeout(LONG_S):
            while not self.states or self.states[-1] is not state:
                self._changed.clear()
                await self._changed.wait()


@asynccontextmanager
async def cared_for(url: str, pace: Pace = SOON):
    printer = Printer(transport_from_url(url), limits=PATIENT)
    told = Told(printer)
    care = asyncio.create_task(PrinterCare(printer, pace).run())
    try:
        yield printer, told
    finally:
        care.cancel()
        await asyncio.gather(care, return_exceptions=True)
        await printer.close()


async def test_a_printer_that_is_unwell_is_asked_again_until_it_is_well(tmp_path):
    async with (
        VirtualPrinter(tmp_path, faults=Faults(out_of_paper=True)) as virtual,
        cared_for(virtual.url) as (_, told),
    ):
        await told.until(PrinterState.OUT_OF_PAPER)
        await virtual.set_faults(Faults(cover_open=True))
        await told.until(PrinterState.COVER_OPEN)
        await virtual.set_faults(Faults())
        await told.until(PrinterState.OK)
    assert told.states == [PrinterState.OUT_OF_PAPER, PrinterState.COVER_OPEN, PrinterState.OK]


async def test_a_printer_that_was_switched_off_is_found_when_it_is_back(tmp_path):
    async with VirtualPrinter(tmp_path) as first:
        port = first.port
    async with cared_for(f"tcp://127.0.0.1:{port}") as (_, told):
        await told.until(PrinterState.REFUSED)
        async with VirtualPrinter(tmp_path, port=port):
            await told.until(PrinterState.OK)


async def test_what_a_job_found_out_is_told_and_looked_after_at_once(tmp_path):
    """The next look at a printer that was well would come in a quarter of an hour."""
    async with VirtualPrinter(tmp_path) as virtual, cared_for(virtual.url) as (printer, told):
        await told.until(PrinterState.OK)
        await virtual.set_faults(Faults(out_after=2000))
        result = await printer.print_ticket(speckled())
        assert result.outcome is PrintOutcome.MAYBE_PRINTED
        await told.until(PrinterState.OUT_OF_PAPER)
        await virtual.set_faults(Faults())
        await told.until(PrinterState.OK)


async def test_a_state_is_told_once_however_often_it_is_found(tmp_path):
    async with VirtualPrinter(tmp_path) as virtual, cared_for(virtual.url) as (printer, told):
        await told.until(PrinterState.OK)
        for _ in range(3):
            await printer.check()
            await printer.print_ticket(speckled(height=30))
        assert told.states == [PrinterState.OK]


@pytest.mark.parametrize(
    ("faults", "level"),
    [(Faults(), "INFO"), (Faults(low_paper=True), "WARNING"), (Faults(out_of_paper=True), "ERROR")],
)
async def test_the_log_says_what_needs_a_visit_and_what_keeps_people_waiting(tmp_path, caplog, faults, level):
    with caplog.at_level(logging.INFO, "kiosk.printer_care"):
        async with VirtualPrinter(tmp_path, faults=faults) as virtual, cared_for(virtual.url) as (_, told):
            async with asyncio.timeout(LONG_S):
                while not told.states:  # noqa: ASYNC110 - any state will do
                    await asyncio.sleep(0.01)
    (record,) = [record for record in caplog.records if record.name == "kiosk.printer_care"]
    assert record.levelname == level
    assert record.getMessage().startswith("printer is ")


async def test_service_manager_and_hub_are_told_the_printers_state_as_soon_as_it_is_known(hub, tmp_path):
    """Once the line said that the printer was unknown until the link to the hub changed."""
    async with VirtualPrinter(tmp_path / "tickets", faults=Faults(low_paper=True)) as virtual:
        with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as manager:
            manager.bind(str(tmp_path / "notify"))
            manager.setblocking(False)
            process = await asyncio.create_subprocess_exec(
                *(sys.executable, "-m", "smartqueue", "kiosk", "--hub", hub.url, "--key", KEY, "--simulate"),
                *("--headless", "--data", str(tmp_path / "data"), "--printer", virtual.url),
                env={"NOTIFY_SOCKET": str(tmp_path / "notify"), "PATH": "/usr/bin:/bin"},
                stdin=asyncio.subprocess.PIPE,
                stdout=asyncio.subprocess.DEVNULL,
                stderr=asyncio.subprocess.DEVNULL,
            )
            try:
                await _status(manager, "STATUS=hub online, printer low paper")
                await until(lambda: {"printer": "low_paper"} in hub.health)
            finally:
                process.stdin.close()
                await asyncio.wait_for(process.wait(), LONG_S)


async def _status(manager: socket.socket, wanted: str) -> None:
    loop = asyncio.get_running_loop()
    async with asyncio.timeout(LONG_S):
        while wanted not in (await loop.sock_recv(manager, 4096)).decode().splitlines():
            pass
