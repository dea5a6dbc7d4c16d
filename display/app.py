"""A display as a process: puts store, client, sound, unit and window together, and takes them apart again."""

import asyncio
import contextlib
import difflib
from collections.abc import Callable
from datetime import UTC, datetime

from display.acks import Acknowledgements
from display.announcer import HOLD_S, Announcer
from display.clips import open_packs
from display.memory import Heard, Memory
from display.opening import Opening
from display.pictures import ClinicPictures
from display.screens import Grid, grid, legible, photo_box
from display.settings import DisplaySettings
from display.showing import Showing
from display.sound_test import try_all
from display.sounding import Sounding
from display.speech import Speech
from display.ui.front import DisplayFront
from display.unit import DisplayUnit
from display.volume import volume
from smartqueue.addresses import hub_addresses
from smartqueue.board import Layout
from smartqueue.client import HubClient, new_command_id
from smartqueue.errors import StartFault
from smartqueue.line_control import stdin_is_pipe
from smartqueue.localstore import LocalStore
from smartqueue.look import fonts
from smartqueue.look.screen import parse_size
from smartqueue.service_notify import ServiceNotify
from smartqueue.sound.player import AlsaPlayer, FolderPlayer, Player
from smartqueue.sound.shelf import Shelf
from smartqueue.sound.trial import PLAYER, VOICE, Tried, missing, tell_all
from smartqueue.sound.voice import Voice, installed
from smartqueue.terms import LANGUAGES
from smartqueue.wire import AckAnswer, AckBody, DoneAnswer, SoundBody

STORE = "display.json"


async def run(settings: DisplaySettings, service: ServiceNotify) -> None:
    """Until cancelled, the window is closed or the remote control says so. Raises StartFault and SoundFault."""
    _check(settings)
    await check_voices(settings)
    with LocalStore(settings.data / STORE) as store:
        memory = Memory(store)
        front = DisplayFront(settings, remote=settings.simulate and stdin_is_pipe())
        legible.check(_grid(settings, front), settings.tv_inches, settings.farthest_m)
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
    fonts.check(languages=(settings.language,) if settings.language else ())
    size = grid(*parse_size(settings.size), settings.layout)
    legible.check(size, settings.tv_inches, settings.farthest_m)
    _check_programs(settings)


def _check_programs(settings: DisplaySettings) -> None:
    programs = (VOICE,) if settings.sounds else (VOICE, PLAYER)
    if absent := missing(*programs):
        raise StartFault(f"Announcements can't be heard, {absent}")


async def check_voices(settings: DisplaySettings) -> None:
    """That the voices chosen in the settings are there. Raises StartFault."""
    if not settings.voices:
        return
    known = await installed(VOICE)
    for language, name in settings.voices.items():
        if name.partition("+")[0] not in known:
            near = difflib.get_close_matches(name, known, n=1)
            hint = f"did you mean {near[0]}?" if near else "espeak-ng --voices lists them"
            raise StartFault(f"voices.{language} = {name}: {VOICE} has no such voice; {hint}")


def _grid(settings: DisplaySettings, front: DisplayFront) -> Grid:
    return grid(*front.size_px, settings.layout)


def _player(settings: DisplaySettings) -> Player:
    if settings.sounds is not None:
        return FolderPlayer(settings.sounds, settings.speed)
    return AlsaPlayer(settings.alsa_device, PLAYER)


def speech(settings: DisplaySettings) -> Speech:
    """Voice and clips as the settings have them."""
    folder = settings.data / "voice"
    packs, wrong = open_packs(settings.clips) if settings.clips is not None else ({}, ())
    return Speech(Voice(folder, voices=settings.voices, program=VOICE), Shelf(folder), packs, wrong)


async def test_sound(settings: DisplaySettings, say: Callable[[Tried], None]) -> bool:
    """Plays what there is to hear, without a window and without a hub. say: is told of each sound as it ends.

    Gives whether all was as it should be. Raises StartFault.
    """
    _check_programs(settings)
    await check_voices(settings)
    made = speech(settings)
    languages = (settings.language,) if settings.language else tuple(dict.fromkeys((*LANGUAGES, *made.clips)))
    percent = volume(settings.volume).at(datetime.now(UTC).astimezone())
    device = str(settings.sounds or settings.alsa_device)
    return await tell_all(try_all(made, _player(settings), languages, percent, device), say)


def _unit(
    settings: DisplaySettings,
    front: DisplayFront,
    client: HubClient,
    memory: Memory,
    pictures: ClinicPictures | None,
) -> DisplayUnit:
    Shelf(settings.data / "voice").sweep()
    announcer = Announcer(HOLD_S / settings.speed)
    announcer.remember(memory.known)
    sounding = Sounding(
        speech(settings), _player(settings), probe=settings.sounds is None, second_language=settings.second_language
    )

    async def send(heard: Heard) -> None:
        path = f"/announcements/{heard.announcement}/ack"
        await client.request("POST", path, AckBody(heard=heard.heard), AckAnswer, command_id=heard.command_id)

    async def tell_sound(body: SoundBody) -> None:
        await client.request("POST", "/sound", body, DoneAnswer)

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
        grid=lambda: _grid(settings, front),
        clock=asyncio.get_running_loop().time,
        wall=lambda: datetime.now(UTC),
        language=settings.language,
        volume=volume(settings.volume),
        opening=Opening(memory.tested),
        tell_sound=tell_sound,
        showing=Showing(settings.zone, settings.room),
        pictures=lambda: pictures.ready if pictures is not None else (),
    )
    front.on_resize = unit.redraw
    if pictures is not None:
        pictures.on_change = unit.redraw
    return unit


def _pictures(settings: DisplaySettings, front: DisplayFront) -> ClinicPictures | None:
    """Those between calls; none at a door, where nobody waits for long."""
    if settings.pictures is None or settings.layout is Layout.DOOR:
        return None

    def place() -> tuple[int, int, int]:
        size = _grid(settings, front)
        box = photo_box(size)
        return round(box.w), round(box.h), round(size.radius)

    return ClinicPictures(settings.pictures, settings.data / "pictures", place)


async def _work(
    settings: DisplaySettings, service: ServiceNotify, front: DisplayFront, client: HubClient, memory: Memory
) -> None:
    pictures = _pictures(settings, front)
    unit = _unit(settings, front, client, memory, pictures)
    forget = client.on_state(lambda state: service.status(f"hub {state}"))
    try:
        async with asyncio.TaskGroup() as tasks:
            kept = [tasks.create_task(unit.run(), name="unit"), tasks.create_task(service.watch(), name="watchdog")]
            if pictures is not None:
                kept.append(tasks.create_task(pictures.run(), name="pictures"))
            service.ready("seeking the hub")
            await front.run()
            for task in kept:
                task.cancel()
    finally:
        forget()
