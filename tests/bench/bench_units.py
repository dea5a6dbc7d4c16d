"""The whole appliance as the demo runs it: touch to ticket, press to frame and chime, and what units cost at rest."""

import asyncio
from collections.abc import Callable
from pathlib import Path

from figures import Figure, at_most, quantile
from hubs import cpu_s

from smartqueue.demo.child import Child, Event, Heard
from smartqueue.demo.ledger import Ledger
from smartqueue.demo.options import CALLERS, DEPARTMENTS, Options
from smartqueue.demo.people import Patient
from smartqueue.demo.stage import Stage

PATIENTS = 20
PRESSES = 15
BETWEEN_CALLS_S = 14.0
"""A call is shown and spoken for this long; the next press finds the display at rest."""
REST_S = 15.0


async def run(directory: Path) -> list[Figure]:
    ledger, calls = Ledger(), Calls()

    def hear(heard: Heard) -> None:
        ledger.hear(heard)
        calls.hear(heard)

    options = Options(headless=True, seconds=0, patients=PATIENTS, out=directory / "out", port=0, faults=False)
    async with Stage(options, directory, hear) as stage:
        await _visits(stage)
        callers = await _without_windows(stage)
        idle = await _at_rest(stage, callers[0])
        await _presses(stage, callers)
    ledger.settle()
    tickets = [row.touch_to_ticket_ms for row in ledger.rows.values() if row.touch_to_ticket_ms is not None]
    return [
        at_most(
            f"touch (finger lifted) to first ticket byte, {len(tickets)} tickets, p50",
            quantile(tickets, 0.5),
            150,
            "ms",
        ),
        Figure("touch (finger lifted) to first ticket byte, p99", quantile(tickets, 0.99), "ms"),
        at_most(f"press to display frame, {len(calls.frames)} calls, p50", quantile(calls.frames, 0.5), 50, "ms"),
        at_most("press to display frame, p99", quantile(calls.frames, 0.99), 100, "ms"),
        at_most("press to start of chime, p50", quantile(calls.chimes, 0.5), 200, "ms"),
        *idle,
    ]


class Calls:
    """Milliseconds from the press that called to the frame and the chime of its announcement."""

    def __init__(self) -> None:
        self.frames: list[float] = []
        self.chimes: list[float] = []
        self._pressed = 0.0

    def hear(self, heard: Heard) -> None:
        if heard.kind == "press":
            self._pressed = float(heard.event["t"])
        elif heard.kind == "frame":
            self.frames.append((float(heard.event["t"]) - self._pressed) * 1000)
        elif heard.kind == "chime":
            self.chimes.append((float(heard.event["t"]) - self._pressed) * 1000)


async def _visits(stage: Stage) -> None:
    async def no_picture(_name: str) -> None:
        return None

    for number in range(PATIENTS):
        patient = Patient(stage.kiosk, "en", DEPARTMENTS[number % 2])
        await patient.arrive(no_picture)
        await patient.take_ticket()
        await patient.leave()


async def _without_windows(stage: Stage) -> list[Child]:
    """Callers as on a device, which has no window to draw when a button is pressed."""
    for windowed in stage.callers:
        await windowed.stop()
    return [await stage.start_headless_caller(name) for name in CALLERS]


async def _at_rest(stage: Stage, caller: Child) -> list[Figure]:
    """CPU of each unit while nothing happens; the attract screen, the idle board, the lamps."""
    await asyncio.sleep(2)
    units = (("kiosk", stage.kiosk, 3.0), ("display", stage.display, 5.0), ("caller without a window", caller, 1.0))
    before = [cpu_s(child.pid) for _, child, _ in units]
    await asyncio.sleep(REST_S)
    return [
        at_most(f"idle CPU, {name}", (cpu_s(child.pid) - spent) / REST_S * 100, limit, "% core")
        for (name, child, limit), spent in zip(units, before, strict=True)
    ]


async def _presses(stage: Stage, callers: list[Child]) -> None:
    """Both rooms in turn; each finds the display at rest. By the second turn a called person was in the room."""
    for number in range(PRESSES):
        callers[number % 2].send(do="press", button="next")
        await _heard(stage.display, lambda said: said.get("event") == "announced")
        await asyncio.sleep(BETWEEN_CALLS_S - 9.5)


async def _heard(child: Child, wanted: Callable[[Event], bool]) -> None:
    await child.expect(wanted, 60, "announce a call")
