"""A kiosk in its hall without a window: client, unit, store and printer are the real ones."""

import asyncio
import itertools
from collections.abc import Callable
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from pathlib import Path

from kiosk_hub import KEY

from kiosk.alone import Alone, Clocks
from kiosk.corner_tools import Around, CornerTools
from kiosk.logo import Logo
from kiosk.machine import Machine
from kiosk.night import Night
from kiosk.pendings import Pendings
from kiosk.printer import Printer
from kiosk.speech import Speaker
from kiosk.spool import Spool
from kiosk.states import Rules
from kiosk.transports import VirtualTransport
from kiosk.unit import KioskUnit
from smartqueue.addresses import Fixed
from smartqueue.client import HubClient
from smartqueue.discovery import loopback_only
from smartqueue.localstore import LocalStore
from smartqueue.retry import Patience
from smartqueue.sound.player import FolderPlayer
from smartqueue.terms import CommandId

PATIENCE = Patience(silent_s=0.4, attempt_s=0.4, first_s=0.02, most_s=0.1, refused_s=0.2)
RULES = Rules(reach_s=0.1, ask_s=0.3, away_s=0.2, settle_s=0.0, same_touch_s=0.0, start_s=0.2, tickets_a_minute=1000)
LONG_S = 20.0
"""For what must come; nothing is measured by it."""

_ids = itertools.count(1)


async def until(there: Callable[[], object]) -> None:
    """Looks again and again, for what tells nobody."""
    async with asyncio.timeout(LONG_S):
        while not there():  # noqa: ASYNC110
            await asyncio.sleep(0.01)


class Hall:
    """One kiosk. Its store and tickets lie in `directory` and outlive it."""

    def __init__(
        self,
        url: str,
        directory: Path,
        rules: Rules = RULES,
        key: str = KEY,
        *,
        patience: Patience = PATIENCE,
        wall: Callable[[], datetime] = lambda: datetime.now(UTC),
        night: Night | None = None,
        stopwatch: Callable[[], float] | None = None,
    ):
        """wall: this kiosk's own clock. stopwatch: None = the loop's."""
        self.url = url
        self.directory = directory
        self.rules = rules
        self.key = key
        self.transport = VirtualTransport(directory / "tickets")
        self.printer = Printer(self.transport)
        self.machine = self.real_machine = Machine(self.printer)
        self.screens: list[str] = []
        self.sounds: list[str] = []
        self.told: list[tuple[str, dict[str, object]]] = []
        """What it has reported, as to a remote control."""
        self.unit: KioskUnit | None = None
        self.alone: Alone | None = None
        self.spool: Spool | None = None
        self.patience = patience
        self.wall = wall
        self.night = night
        self.stopwatch = stopwatch
        self.said: list[str | None] = []
        """Keys that were spoken, None = the screen."""
        self.restarts = 0
        self._changed = asyncio.Condition()

    @property
    def store(self) -> Path:
        return self.directory / "kiosk.json"

    @property
    def tickets(self) -> list[Path]:
        return sorted((self.directory / "tickets").glob("*.png"))

    @asynccontextmanager
    async def open(self):
        """At work until the end of the block; then it is gone as after a power cut, its store stays."""
        with LocalStore(self.store) as store:
            async with HubClient(Fixed(self.url), key=self.key, patience=self.patience) as client:
                stopwatch, pendings = self.stopwatch or asyncio.get_running_loop().time, Pendings(store)
                self.spool = Spool(store, pendings)
                self.alone = Alone(client, self.spool, Clocks(stopwatch, self.wall), self._told)
                logo = Logo(client.logo, self.directory, again_s=0.05)
                mouth = Speaker(FolderPlayer(self.directory / "sounds", 100.0), None, lambda _v, _k: (), probe=False)
                self.unit = KioskUnit(
                    client,
                    pendings,
                    self.alone,
                    self.machine,
                    clock=stopwatch,
                    new_command_id=lambda: CommandId(f"touch-{next(_ids):04}"),
                    rules=self.rules,
                    beep=self._beep,
                    say=self._say,
                    corner=CornerTools(
                        client, self.alone, self.printer, self.real_machine, mouth, self._around(), self._restart
                    ),
                    night=self.night,
                    logo=logo.file,
                    on_view=self._seen,
                    report=self._told,
                )
                self.real_machine.logo = logo.file
                work = asyncio.gather(self.unit.run(), logo.run(), mouth.run())
                try:
                    yield self
                finally:
                    work.cancel()
                    await asyncio.gather(work, return_exceptions=True)
        await self.real_machine.close()

    async def shows(self, name: str, **about: object):
        """Waits for a front of this name, whose attributes are these."""
        async with asyncio.timeout(LONG_S), self._changed:
            await self._changed.wait_for(lambda: self._is(name, about))
        return self.unit.state.front

    async def touch(self, *keys: str) -> None:
        for key in keys:
            self.unit.touch(key)
            await asyncio.sleep(0)

    async def forgets_all(self) -> None:
        """Waits until nothing is pending on disk."""
        await until(lambda: "touch-" not in self.store.read_text("utf-8"))

    def _is(self, name: str, about: dict[str, object]) -> bool:
        front = self.unit.state.front
        return front.name == name and all(getattr(front, key) == value for key, value in about.items())

    def _seen(self, view):
        if not self.screens or self.screens[-1] != view.front.name:
            self.screens.append(view.front.name)
        asyncio.get_running_loop().create_task(self._tell())

    async def _tell(self):
        async with self._changed:
            self._changed.notify_all()

    def _told(self, event, **values):
        self.told.append((event, values))

    def _around(self) -> Around:
        return Around("0.0.test", asyncio.get_running_loop().time, self.wall, loopback_only, sound_device="hall")

    def _restart(self):
        self.restarts += 1

    async def _say(self, _view, key):
        self.said.append(key)

    async def _beep(self, sound):
        self.sounds.append(sound)
