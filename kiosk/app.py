"""A kiosk as a process: puts store, client, printer, unit and window together, and takes them apart again."""

import asyncio
from collections.abc import Callable
from datetime import UTC, datetime

from kiosk.alone import Alone, Clocks
from kiosk.backlight import Backlight
from kiosk.corner_tools import Around, CornerTools
from kiosk.health_report import HealthReport, Send
from kiosk.logo import Logo
from kiosk.machine import Machine
from kiosk.night import loudness
from kiosk.pendings import Pendings
from kiosk.printer import Printer
from kiosk.printer_care import PrinterCare
from kiosk.printer_url import transport_from_url
from kiosk.readers import Readers
from kiosk.screens import View
from kiosk.screens.speaking import texts
from kiosk.settings import KioskSettings
from kiosk.sound_test import try_all
from kiosk.speech import Speaker, manner
from kiosk.spool import Spool
from kiosk.ui.front import KioskFront
from kiosk.unit import KioskUnit
from smartqueue.addresses import hub_addresses
from smartqueue.cli import version
from smartqueue.client import HubClient, new_command_id
from smartqueue.discovery import all_interfaces
from smartqueue.line_control import stdin_is_pipe
from smartqueue.localstore import LocalStore
from smartqueue.service_notify import ServiceNotify
from smartqueue.sound.player import AlsaPlayer, FolderPlayer, Player
from smartqueue.sound.trial import PLAYER, VOICE, Tried, missing, tell_all
from smartqueue.sound.voice import Voice
from smartqueue.terms import LANGUAGES
from smartqueue.wire import DoneAnswer, UnitHealthBody

STORE, LIGHTS = "kiosk.json", "lights.json"
RESTART = 3
"""Exit code when a technician has asked for a restart: the service manager starts the kiosk again."""
SOUND_FILES = 500
"""Where sounds become files, so many stay."""


async def run(settings: KioskSettings, service: ServiceNotify) -> int:
    """Until cancelled, the window is closed, the remote control says so (0) or a technician does (RESTART).

    Raises StartFault.
    """
    profile = settings.printer_profile
    with LocalStore(settings.data / STORE) as store:
        front = KioskFront(settings, remote=settings.simulate and stdin_is_pipe())
        printer = Printer(transport_from_url(settings.printer, profile.width_dots), profile)
        machine = Machine(printer)
        try:
            async with (
                hub_addresses(settings.hub, insecure_lan=settings.insecure_lan) as addresses,
                HubClient(addresses, key=settings.key) as client,
            ):
                pendings = Pendings(store)
                clocks = Clocks(asyncio.get_running_loop().time, lambda: datetime.now(UTC))
                alone = Alone(client, Spool(store, pendings), clocks, front.report)
                return await _work(settings, service, front, client, printer, machine, pendings, alone)
        finally:
            service.stopping()
            await machine.close()


async def _work(
    settings: KioskSettings,
    service: ServiceNotify,
    front: KioskFront,
    client: HubClient,
    printer: Printer,
    machine: Machine,
    pendings: Pendings,
    alone: Alone,
) -> int:
    speaker, stopwatch = _speaker(settings), asyncio.get_running_loop().time
    backlight = Backlight(settings.night_dim, memory=settings.data / LIGHTS)
    readers = Readers(settings.serial_reader, set_up=settings.reader is not None)
    logo = Logo(client.logo, settings.data)
    machine.logo = logo.file
    restarts = asyncio.Event()

    def show(view: View) -> None:
        backlight.dim(view.dim)
        front.show(view)
        speaker.seen(view)

    def restart() -> None:
        restarts.set()
        front.close()

    around = Around(
        version(), stopwatch, lambda: datetime.now().astimezone(), all_interfaces, readers.state, _device(settings)
    )
    unit = KioskUnit(
        client,
        pendings,
        alone,
        machine,
        clock=stopwatch,
        new_command_id=new_command_id,
        rules=settings.rules,
        usual_language=settings.language,
        beep=speaker.beep,
        say=speaker.say,
        speaks=speaker.speaks,
        corner=CornerTools(client, alone, printer, machine, speaker, around, restart),
        night=settings.night_hours,
        reads_codes=readers.known,
        logo=logo.file,
        on_view=show,
        report=front.report,
    )
    front.on_touch, front.on_code, readers.on_code = unit.touch, readers.heard, unit.scan
    report = HealthReport(_to_hub(client), lambda: _health(printer))
    forget = _tell_others(service, client, printer, alone, speaker, report)
    try:
        async with asyncio.TaskGroup() as tasks:
            kept = (
                tasks.create_task(unit.run(), name="unit"),
                tasks.create_task(speaker.run(), name="sounds"),
                tasks.create_task(PrinterCare(printer).run(), name="printer"),
                tasks.create_task(report.run(), name="health"),
                tasks.create_task(readers.run(), name="code reader"),
                tasks.create_task(logo.run(), name="logo"),
                tasks.create_task(service.watch(), name="watchdog"),
            )
            service.ready("seeking the hub")
            await front.run()
            for task in kept:
                task.cancel()
    finally:
        backlight.dim(False)
        for stop in forget:
            stop()
    return RESTART if restarts.is_set() else 0


def _tell_others(
    service: ServiceNotify, client: HubClient, printer: Printer, alone: Alone, speaker: Speaker, report: HealthReport
) -> tuple[Callable[[], None], ...]:
    """Service manager and hub learn how it is whenever that changes. Gives the ways to stop it."""

    def tell(*_news: object) -> None:
        look_after = f", look after {' '.join(alone.astray())}" if alone.astray() else ""
        unheard = "".join(f", no {what}" for what in speaker.missing)
        service.status(f"hub {client.state}, printer {printer.health().state}{look_after}{unheard}".replace("_", " "))

    printer.on_state(tell)
    printer.on_state(lambda _health: report.changed())
    alone.on_change(tell)
    speaker.on_change = tell
    return client.on_state(tell), client.on_state(lambda _state: report.changed())


def _speaker(settings: KioskSettings) -> Speaker:
    night = settings.night_hours
    return Speaker(
        _player(settings),
        _voice(settings),
        texts(settings.screen),
        tones=settings.sound,
        probe=settings.sounds is None,
        share=lambda clock: loudness(clock, night, settings.night_sound),
    )


def _player(settings: KioskSettings) -> Player:
    folder = settings.sounds
    return AlsaPlayer(settings.alsa_device, PLAYER) if folder is None else FolderPlayer(folder, most=SOUND_FILES)


def _voice(settings: KioskSettings) -> Voice | None:
    """None = it does not speak."""
    volume_pct = settings.speech_volume
    return Voice(settings.data / "voice", program=VOICE, manner=manner(volume_pct)) if volume_pct else None


def _device(settings: KioskSettings) -> str:
    return str(settings.sounds or settings.alsa_device)


async def test_sound(settings: KioskSettings, say: Callable[[Tried], None]) -> bool:
    """Plays what there is to hear, without a window and without a hub. say: is told of each sound as it ends.

    Gives whether all was as it should be; a program that is missing has a line of its own.
    """
    programs = (*((VOICE,) if settings.speech_volume else ()), *((PLAYER,) if settings.sounds is None else ()))
    if absent := missing(*programs):
        say(Tried("programs", ok=False, about=absent))
    languages = (settings.language,) if settings.language else LANGUAGES
    trials = try_all(_player(settings), _voice(settings), languages, tones=settings.sound, device=_device(settings))
    return await tell_all(trials, say) and not absent


def _to_hub(client: HubClient) -> Send:
    return lambda body: client.request("POST", "/units/health", body, DoneAnswer)


def _health(printer: Printer) -> UnitHealthBody | None:
    health = printer.health()
    return None if health.seen_at is None else UnitHealthBody(printer=health.state)
