"""A display as a process: puts store, client, sound, unit and window together, and takes them apart again."""

import asyncio
import contextlib
from datetime import UTC, datetime

from display import child
from display.acks import Acknowledgements
from display.announcer import HOLD_S, Announcer
from display.memory import Heard, Memory
from display.player import AlsaPlayer, FolderPlayer, Player
from display.screens import Grid, grid, legible
from display.settings import DisplaySettings
from display.sounding import Sounding
from display.ui.front import DisplayFront
from display.unit import DisplayUnit
from display.voice import Voice
from smartqueue.addresses import hub_addresses
from smartqueue.client import HubClient, new_command_id
from smartqueue.errors import StartFault
from smartqueue.line_control import stdin_is_pipe
from smartqueue.localstore import LocalStore
from smartqueue.look.screen import parse_size
from smartqueue.service_notify import ServiceNotify
from smartqueue.wire import AckAnswer, AckBody

STORE = "display.json"
VOICE, PLAYER = "espeak-ng", "aplay"


async def run(settings: DisplaySettings, service: ServiceNotify) -> None:
    """Until cancelled, the window is closed or the remote control says so. Raises StartFault and SoundFault."""
    _check(settings)
    with LocalStore(settings.data / STORE) as store:
        memory = Memory(store)
        front = DisplayFront(settings, remote=settings.simulate and stdin_is_pipe())
        legible.check(_grid(front), settings.tv_inches, settings.farthest_m)
        try:
            async with (
                hub_addresses(settings.hub, insecure_lan=settings.insecure_lan) as addresses,
                HubClient(addresses, key=settings.key, picture=memory.picture) as client,
            ):
                await _work(settings, service, front, client, memory)
        finally:
            service.stopping()
            with contextlib.suppress(OSError):
                await memory.save()


def _check(settings: DisplaySettings) -> None:
    """What can be known before a window opens. Raises StartFault."""
    legible.check(grid(*parse_size(settings.size)), settings.tv_inches, settings.farthest_m)
    programs = (VOICE,) if settings.sounds else (VOICE, PLAYER)
    packages = {VOICE: "espeak-ng", PLAYER: "alsa-utils"}
    missing = " ".join(packages[one] for one in programs if not child.is_there(one))
    if missing:
        raise StartFault(f"Announcements can't be heard, programs are missing. Run: apt install {missing}")


def _grid(front: DisplayFront) -> Grid:
    return grid(*front.size_px)


def _player(settings: DisplaySettings) -> Player:
    if settings.sounds is not None:
        return FolderPlayer(settings.sounds, settings.speed)
    return AlsaPlayer(settings.alsa_device, PLAYER)


def _unit(settings: DisplaySettings, front: DisplayFront, client: HubClient, memory: Memory) -> DisplayUnit:
    announcer = Announcer(HOLD_S / settings.speed)
    announcer.remember(memory.known)
    voice = Voice(settings.data / "voice", program=VOICE)
    sounding = Sounding(voice, _player(settings), probe=settings.sounds is None)

    async def send(heard: Heard) -> None:
        path = f"/announcements/{heard.announcement}/ack"
        await client.request("POST", path, AckBody(heard=heard.heard), AckAnswer, command_id=heard.command_id)

    acks = Acknowledgements(
        send,
        new_id=new_command_id,
        waiting=memory.unacknowledged,
        on_change=lambda waiting: memory.note(unacknowledged=waiting),
    )
    unit = DisplayUnit(
        client,
        announcer,
        sounding,
        acks,
        memory,
        front,
        grid=lambda: _grid(front),
        clock=asyncio.get_running_loop().time,
        wall=lambda: datetime.now(UTC),
        language=settings.language,
    )
    front.on_resize = unit.redraw
    sounding.on_change = unit.redraw
    return unit


async def _work(
    settings: DisplaySettings, service: ServiceNotify, front: DisplayFront, client: HubClient, memory: Memory
) -> None:
    unit = _unit(settings, front, client, memory)
    forget = client.on_state(lambda state: service.status(f"hub {state}"))
    try:
        async with asyncio.TaskGroup() as tasks:
            kept = (tasks.create_task(unit.run(), name="unit"), tasks.create_task(service.watch(), name="watchdog"))
            service.ready("seeking the hub")
            await front.run()
            for task in kept:
                task.cancel()
    finally:
        forget()
