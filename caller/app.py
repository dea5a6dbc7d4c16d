"""A caller unit as a process: puts pins, client, unit and front together, and takes them apart again."""

import asyncio
import logging
from typing import Protocol

from caller import pins
from caller.fingers import Fingers
from caller.number_sign import NumberSign
from caller.panel import MockPanel, Panel, make_panel
from caller.serial_line import SerialLine
from caller.settings import CallerSettings, SignLine
from caller.sign import sign_text
from caller.sign_protocols import driver
from caller.unit import CallerUnit, Report, silent
from smartqueue.addresses import hub_addresses
from smartqueue.client import HubClient, new_command_id
from smartqueue.line_control import LineControl, stdin_is_pipe
from smartqueue.picture import Picture
from smartqueue.retry import Patience
from smartqueue.service_notify import ServiceNotify

log = logging.getLogger(__name__)

PATIENCE = Patience(attempt_s=1.0)
"""A press lives three seconds: time for three attempts."""


class Front(Protocol):
    """What is in front of the unit: a window, a remote control, or nothing."""

    @property
    def report(self) -> Report: ...

    def show(self, unit: CallerUnit, picture: Picture | None) -> None: ...

    async def run(self) -> None:
        """Returns when the unit shall end."""


class NoFront:
    """Real pins, or simulated ones without a window; fingers then come by remote control."""

    def __init__(self, panel: Panel, *, remote: bool) -> None:
        self._control: LineControl | None = None
        if remote and isinstance(panel, MockPanel):
            self._control = LineControl({"press": Fingers(panel).press})

    @property
    def report(self) -> Report:
        return silent if self._control is None else self._control.report

    def show(self, unit: CallerUnit, picture: Picture | None) -> None:
        """The lamps are all there is to see."""

    async def run(self) -> None:
        if self._control is None:
            await asyncio.get_running_loop().create_future()
        else:
            await self._control.serve()


async def run(settings: CallerSettings, service: ServiceNotify) -> None:
    """Until cancelled, the window is closed or the remote control says so. Raises StartFault."""
    panel = _panel(settings)
    try:
        front = _front(settings, panel)
        async with (
            hub_addresses(settings.hub, insecure_lan=settings.insecure_lan) as addresses,
            HubClient(addresses, key=settings.key, patience=PATIENCE) as client,
        ):
            await _work(settings, service, panel, client, front)
    finally:
        service.stopping()
        panel.close()


def _panel(settings: CallerSettings) -> Panel:
    wiring = settings.wiring()
    if not settings.simulate:
        for text in pins.warnings(wiring.wires):
            log.warning("%s", text)
    return make_panel(wiring, simulate=settings.simulate)


def _sign(settings: SignLine) -> NumberSign | None:
    if settings.device is None:
        return None
    kind = driver(settings.protocol, settings.columns)
    return NumberSign(SerialLine(settings.device, settings.baud, settings.characters or kind.characters), kind)


def _front(settings: CallerSettings, panel: Panel) -> Front:
    remote = settings.simulate and stdin_is_pipe()
    if settings.headless or not isinstance(panel, MockPanel):
        return NoFront(panel, remote=remote)
    from caller.ui.front import DeskFront  # noqa: PLC0415 - Kivy, only where there is a window

    return DeskFront(settings, panel, remote=remote)


async def _work(
    settings: CallerSettings, service: ServiceNotify, panel: Panel, client: HubClient, front: Front
) -> None:
    sign, words = _sign(settings.sign), settings.sign.words()

    def shown() -> None:
        front.show(unit, client.picture)
        if sign is not None:
            sign.show(sign_text(unit.seen(), words))

    unit = CallerUnit(
        panel,
        client,
        clock=asyncio.get_running_loop().time,
        new_command_id=new_command_id,
        room=settings.room,
        report=front.report,
        on_shown=shown,
    )
    forget = client.on_state(lambda state: service.status(f"hub {state}"))
    try:
        async with asyncio.TaskGroup() as tasks:
            kept = [tasks.create_task(unit.run(), name="unit"), tasks.create_task(service.watch(), name="watchdog")]
            kept += [] if sign is None else [tasks.create_task(sign.run(), name="sign")]
            service.ready("seeking the hub")
            await front.run()
            for task in kept:
                task.cancel()
    finally:
        forget()
