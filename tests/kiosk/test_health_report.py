"""What the hub is told of a kiosk: when it changes, every minute, and again when the hub is back."""

import asyncio
from contextlib import asynccontextmanager

from kiosk.health_report import HealthReport
from smartqueue.errors import HubAway, NotPermitted
from smartqueue.terms import PrinterState
from smartqueue.wire import UnitHealthBody

LONG_S = 20.0
NEVER_S = 1000.0


class Hub:
    """Takes what it is told, or fails as told."""

    def __init__(self) -> None:
        self.told: asyncio.Queue[UnitHealthBody] = asyncio.Queue()
        self.trouble: Exception | None = None
        self.tries = 0

    async def send(self, body: UnitHealthBody) -> None:
        self.tries += 1
        if self.trouble is not None:
            raise self.trouble
        self.told.put_nowait(body)

    async def next(self) -> PrinterState | None:
        async with asyncio.timeout(LONG_S):
            return (await self.told.get()).printer


class Kiosk:
    """Says how it is, as the test wants it."""

    def __init__(self, hub: Hub, every_s: float, retry_s: float) -> None:
        self.printer: PrinterState | None = PrinterState.OK
        self.report = HealthReport(hub.send, self._state, every_s=every_s, retry_s=retry_s)

    def _state(self) -> UnitHealthBody | None:
        return None if self.printer is None else UnitHealthBody(printer=self.printer)

    def becomes(self, printer: PrinterState) -> None:
        self.printer = printer
        self.report.changed()


@asynccontextmanager
async def at_work(
    *, every_s: float = NEVER_S, retry_s: float = NEVER_S, printer: PrinterState | None = PrinterState.OK
):
    hub = Hub()
    kiosk = Kiosk(hub, every_s, retry_s)
    kiosk.printer = printer
    running = asyncio.create_task(kiosk.report.run())
    try:
        yield hub, kiosk
    finally:
        running.cancel()
        await asyncio.gather(running, return_exceptions=True)


async def test_it_tells_at_once_and_whenever_something_changes():
    async with at_work() as (hub, kiosk):
        assert await hub.next() is PrinterState.OK
        kiosk.becomes(PrinterState.LOW_PAPER)
        assert await hub.next() is PrinterState.LOW_PAPER
        assert hub.told.empty()


async def test_it_tells_again_and_again_so_that_silence_means_something():
    async with at_work(every_s=0.01) as (hub, _):
        assert [await hub.next() for _ in range(3)] == [PrinterState.OK] * 3


async def test_nothing_is_told_before_anything_is_known():
    async with at_work(printer=None) as (hub, kiosk):
        await asyncio.sleep(0)
        kiosk.becomes(PrinterState.COVER_OPEN)
        assert await hub.next() is PrinterState.COVER_OPEN


async def test_a_hub_that_was_away_is_told_when_it_is_back():
    async with at_work(retry_s=0.01) as (hub, kiosk):
        assert await hub.next() is PrinterState.OK
        hub.trouble = HubAway()
        kiosk.becomes(PrinterState.OUT_OF_PAPER)
        async with asyncio.timeout(LONG_S):
            while hub.tries < 4:  # noqa: ASYNC110 - nobody tells of a try that failed
                await asyncio.sleep(0.005)
        hub.trouble = None
        assert await hub.next() is PrinterState.OUT_OF_PAPER


async def test_a_hub_that_does_not_want_to_know_is_not_pestered(caplog):
    async with at_work() as (hub, kiosk):
        assert await hub.next() is PrinterState.OK
        hub.trouble = NotPermitted(kind="kiosk", action="POST /units/health")
        kiosk.becomes(PrinterState.LOW_PAPER)
        async with asyncio.timeout(LONG_S):
            while not caplog.records:  # noqa: ASYNC110 - nobody tells of a refusal
                await asyncio.sleep(0.005)
        await asyncio.sleep(0.05)
        assert hub.tries == 2
        assert caplog.messages == ["the hub does not take how this kiosk is: not_permitted"]
