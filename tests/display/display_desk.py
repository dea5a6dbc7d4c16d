"""A display at work without a window: a front that remembers what it was told to show, sounds in a folder."""

import asyncio
import time
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from pathlib import Path

from display_hubs import KEY

from display.acks import Acknowledgements
from display.announcer import Announcer
from display.board import Layout
from display.clips import open_packs
from display.memory import Memory
from display.opening import Opening
from display.screens import grid
from display.sounding import Sounding
from display.speech import Speech
from display.unit import DisplayUnit
from smartqueue.addresses import Fixed
from smartqueue.client import HubClient, new_command_id
from smartqueue.localstore import LocalStore
from smartqueue.look.scene import Text
from smartqueue.retry import Patience
from smartqueue.sound.player import FolderPlayer
from smartqueue.sound.shelf import Shelf
from smartqueue.sound.voice import Voice
from smartqueue.wire import AckAnswer, AckBody, DoneAnswer

PATIENCE = Patience(silent_s=0.4, attempt_s=0.5, deadline_s=1.0, first_s=0.05, most_s=0.1, refused_s=0.2)
SPEED = 20.0
LIMIT_S = 20.0


class RememberingFront:
    """Draws nothing: a frame is `drawn` as soon as it is asked for."""

    def __init__(self):
        self.scene = None
        self.warmed = None
        self.scenes = []
        self.reports = []
        self.changed = asyncio.Event()

    def show(self, scene, shown=None):
        self.scene = scene
        self.scenes.append(scene)
        if shown is not None:
            shown(time.monotonic())
        self.changed.set()

    def warm(self, scene):
        self.warmed = scene

    def report(self, event, **values):
        self.reports.append({"event": event, **values})
        self.changed.set()

    def texts(self):
        return [] if self.scene is None else [item.text for item in self.scene.items if isinstance(item, Text)]

    async def until(self, true):
        """Waits until it is so; what is shown or reported makes it look again."""
        async with asyncio.timeout(LIMIT_S):
            while not true():
                self.changed.clear()
                timer = asyncio.get_running_loop().call_later(0.05, self.changed.set)
                await self.changed.wait()
                timer.cancel()

    async def shows(self, name):
        await self.until(lambda: self.scene is not None and self.scene.name == name)

    async def reported(self, event, count=1):
        await self.until(lambda: len(self.of(event)) >= count)
        return self.of(event)[count - 1]

    def of(self, event):
        return [one for one in self.reports if one["event"] == event]


@asynccontextmanager
async def display(
    hub,
    data: Path,
    *,
    key=KEY,
    player=None,
    voice="espeak-ng",
    probe=False,
    speed=SPEED,
    patient_s=0.0,
    volume=None,
    self_tests=False,
    clips=None,
    showing=None,
    layout=Layout.RECENT,
):
    """A display that follows the hub; its front is given. self_tests: it tries its sound when the site opens."""
    front = RememberingFront()
    with LocalStore(data / "display.json") as store:
        memory = Memory(store)
        client = HubClient(Fixed(hub.url), key=key, picture=memory.picture, patience=PATIENCE)
        announcer = Announcer(12.0 / speed)
        announcer.remember(memory.known)
        packs, wrong = open_packs(clips) if clips else ({}, ())
        speech = Speech(Voice(data / "voice", program=voice), Shelf(data / "voice"), packs, wrong)
        sounding = Sounding(speech, player or FolderPlayer(data / "heard", speed), probe=probe)

        async def send(heard):
            path = f"/announcements/{heard.announcement}/ack"
            await client.request("POST", path, AckBody(heard=heard.heard), AckAnswer, command_id=heard.command_id)

        async def tell_sound(body):
            await client.request("POST", "/sound", body, DoneAnswer)

        acks = Acknowledgements(
            send,
            new_id=new_command_id,
            waiting=memory.unacknowledged,
            on_change=lambda waiting: memory.note(unacknowledged=waiting),
            retry_s=0.05,
        )
        unit = DisplayUnit(
            client,
            announcer,
            sounding,
            acks,
            memory,
            front,
            grid=lambda: grid(1280, 720, layout),
            clock=time.monotonic,
            wall=lambda: datetime.now(UTC),
            volume=volume,
            opening=Opening(memory.tested) if self_tests else None,
            tell_sound=tell_sound,
            showing=showing,
            patient_s=patient_s,
        )
        async with client:
            working = asyncio.create_task(unit.run())
            try:
                yield front
            finally:
                working.cancel()
                await asyncio.gather(working, return_exceptions=True)
                await memory.save()
