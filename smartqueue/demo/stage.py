"""The stage: makes a site, starts every part as a process, and stops them all again whatever happens."""

import asyncio
import contextlib
import json
import logging
import socket
import sys
from collections.abc import Callable
from pathlib import Path
from types import TracebackType
from typing import Self

from smartqueue.demo.child import Child, Event, Heard
from smartqueue.demo.options import CALLERS, Options
from smartqueue.errors import StartFault

log = logging.getLogger(__name__)

SETUP_S = 30.0
READY_S = 60.0
"""A first window on a slow machine takes its time."""
LOOK_S = 0.2
NOT_YET = ("connecting", "away", "out_of_service", "out-of-service")
"""Parts of the names of screens on which a unit has no hub yet."""
KIOSK_SIZE, DISPLAY_SIZE = "1280x800", "1920x1080"
WINDOW_KIOSK_SIZE, WINDOW_DISPLAY_SIZE = "960x600", "936x526"
PLACES = ((0, 40), (970, 500), (970, 40), (1448, 40))
"""Left and top of kiosk, display and callers, so that all are seen at once on a screen of 1920 x 1080."""


class Stage:
    """`async with Stage(...)`: hub, printer, kiosk, callers and display run; at its end none of them does."""

    def __init__(self, options: Options, work: Path, hear: Callable[[Heard], None]) -> None:
        self.options = options
        self.url = ""
        self._work, self._hear = work, hear
        self._keys: dict[str, Path] = {}
        self.children: dict[str, Child] = {}

    @property
    def hub(self) -> Child:
        return self.children["hub"]

    @property
    def printer(self) -> Child:
        return self.children["printer"]

    @property
    def kiosk(self) -> Child:
        return self.children["kiosk"]

    @property
    def display(self) -> Child:
        return self.children["display"]

    @property
    def callers(self) -> list[Child]:
        return [self.children[name] for name in CALLERS]

    async def __aenter__(self) -> Self:
        for directory in (self.options.logs, self.options.tickets, self.options.announcements, self.options.screens):
            directory.mkdir(parents=True, exist_ok=True)
        try:
            await self._start()
        except BaseException:
            await self._stop()
            raise
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self._stop()

    async def start_hub(self) -> None:
        await self._child("hub", *self._hub_words()).start()
        await self.hub.expect(_says("listening"), READY_S, "listen")

    async def start_printer(self) -> None:
        await self.printer.start()
        await self.printer.expect(_says("ready"), READY_S, "get ready")

    async def start_headless_caller(self, name: str) -> Child:
        """A room's caller unit as it runs on a device, pins only, beside or instead of the one with a window."""
        data = self._work / f"headless-{name}"
        data.mkdir()
        words = ["caller", "--key-file", str(self._keys[name]), "--data", str(data), "--simulate", "--headless"]
        child = self._child(f"headless-{name}", *words)
        await child.start()
        await child.expect(lambda said: said.get("red") == "off", READY_S, "find the hub")
        return child

    async def _start(self) -> None:
        port = self.options.port or _free_port()
        self.url = f"http://127.0.0.1:{port}"
        await self._set_up()
        await self.start_hub()
        printer_port = _free_port()
        out = str(self.options.tickets)
        self._child("printer", "virtual-printer", "--listen", f"127.0.0.1:{printer_port}", "--out", out)
        await self.start_printer()
        units = self._units(printer_port)
        await asyncio.gather(*(self._start_unit(child) for child in units))
        if not self.options.headless:
            for child, (left, top) in zip(units, PLACES, strict=True):
                child.send(do="place", left=left, top=top)

    async def _set_up(self) -> None:
        """A site with its demo data; the keys lie in files that only their owner can read."""
        units = ["kiosk:hall", "display:waiting-room", *(f"caller:{name}:{room}" for name, room in CALLERS.items())]
        words = ["setup", "--data", str(self._work / "site"), "--demo-data", "--public-url", self.url, "--json"]
        for unit in units:
            words += ["--unit", unit]
        process = await asyncio.create_subprocess_exec(
            sys.executable, "-m", "smartqueue", *words, stdout=asyncio.subprocess.PIPE, stderr=asyncio.subprocess.PIPE
        )
        async with asyncio.timeout(SETUP_S):
            out, errors = await process.communicate()
        if process.returncode:
            raise StartFault(f"the demo's site could not be made: {errors.decode(errors='replace').strip()}")
        for unit in json.loads(out)["units"]:
            self._keys[unit["name"]] = self._work / "site" / "keys" / f"{unit['name']}.key"

    def _hub_words(self) -> list[str]:
        return ["hub", "--data", str(self._work / "site"), "--port", self.url.rsplit(":", 1)[1]]

    def _units(self, printer_port: int) -> list[Child]:
        windows = not self.options.headless
        kiosk, display = (WINDOW_KIOSK_SIZE, WINDOW_DISPLAY_SIZE) if windows else (KIOSK_SIZE, DISPLAY_SIZE)
        sound = "alsa" if windows and Path("/proc/asound/cards").exists() else str(self.options.announcements)
        heard = ("--audio", sound) if sound == "alsa" else ()
        printer = f"tcp://127.0.0.1:{printer_port}"
        units = [
            self._unit("kiosk", "hall", "--printer", printer, "--size", kiosk, "--width-mm", "217", *heard),
            self._unit("display", "waiting-room", "--size", display, "--audio", sound),
        ]
        return units + [self._unit("caller", name) for name in CALLERS]

    def _unit(self, kind: str, name: str, *more: str) -> Child:
        """Each finds the hub by mDNS, as on a clinic's network."""
        child = name if kind == "caller" else kind
        data = self._work / name
        data.mkdir(exist_ok=True)
        words = [kind, "--key-file", str(self._keys[name]), "--data", str(data), "--simulate", *more]
        return self._child(child, *words)

    def _child(self, name: str, *words: str) -> Child:
        self.children[name] = Child(name, words, self.options.logs, self._hear, screen=not self.options.headless)
        return self.children[name]

    async def _start_unit(self, child: Child) -> None:
        """Returns when it has found the hub and shows what it is there for."""
        await child.start()
        async with asyncio.timeout(READY_S):
            name = None
            while name is None or any(word in name for word in NOT_YET):
                await asyncio.sleep(LOOK_S)
                child.send(do="screen")
                name = (await child.expect(lambda said: "keys" in said, READY_S, "show a screen")).get("name")

    async def _stop(self) -> None:
        """Units first: a display that outlives the hub would only say that it is away."""
        order = sorted(self.children.values(), key=lambda child: child.name in ("hub", "printer"))
        for group in (False, True):
            chosen = [child for child in order if (child.name in ("hub", "printer")) is group]
            await asyncio.gather(*(self._end(child) for child in chosen))

    async def _end(self, child: Child) -> None:
        with contextlib.suppress(ProcessLookupError):
            await child.stop()


def _says(event: str) -> Callable[[Event], bool]:
    return lambda said: said.get("event") == event


def _free_port() -> int:
    """A port that was free a moment ago: the hub must come back on the same one after it was killed."""
    with socket.create_server(("127.0.0.1", 0)) as listener:
        return int(listener.getsockname()[1])
