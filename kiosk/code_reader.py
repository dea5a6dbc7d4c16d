"""A code reader on a serial line, by pyserial: reads codes line by line, and comes back by itself after unplugging."""

import asyncio
import contextlib
import logging
import termios
import time
from collections.abc import Callable, Iterator

import serial

from kiosk.codes import LONGEST, Fresh
from kiosk.link import Clock
from kiosk.printer_url import transport_from_url
from kiosk.serial_port import SerialTransport

log = logging.getLogger(__name__)

EXAMPLE = "serial:///dev/ttyACM0?baud=9600"
PAUSE_S = 0.15
"""A reader that ends its codes with nothing has ended one after this long."""
AGAIN_S = 2.0
"""Between tries to open a reader that is not there."""
_ENDS = b"\r\n\t\x00\x03"
_CHUNK = 256


def checked_url(url: str) -> str:
    """The address of a serial code reader. Raises ValueError with what was probably meant."""
    if not isinstance(transport_from_url(url), SerialTransport):
        raise ValueError(f"{url!r}: a code reader is on a serial line; write it like {EXAMPLE}")
    return url


class CodeCutter:
    """Cuts what a reader sends into codes: at line ends, else where it pauses. Pure."""

    def __init__(self) -> None:
        self._kept = b""

    def feed(self, data: bytes) -> Iterator[str]:
        for byte in data:
            if byte in _ENDS:
                yield from self.pause()
            elif len(self._kept) <= LONGEST:
                self._kept += bytes((byte,))

    @property
    def begun(self) -> bool:
        return bool(self._kept)

    def pause(self) -> Iterator[str]:
        """Nothing more came for a while."""
        kept, self._kept = self._kept, b""
        if kept:
            yield kept.decode("utf-8", "replace")


class SerialCodes:
    """One reader. `run` never returns; cancel it to stop.

    on_code: called on the event loop with what was read, once for each time that something is held before the reader.
    """

    def __init__(
        self, url: str, on_code: Callable[[str], None], clock: Clock = time.monotonic, again_s: float = AGAIN_S
    ) -> None:
        checked_url(url)
        self._line = transport_from_url(url)
        self._on_code = on_code
        self._clock = clock
        self._again_s = again_s
        self._fresh = Fresh()
        self.there = False
        """Its line is open."""

    async def run(self) -> None:
        said = False
        while True:
            try:
                port = await asyncio.to_thread(self._open)
            except (OSError, ValueError, termios.error) as trouble:
                if not said:
                    log.warning("no code reader: %s", trouble)
                said = True
                await asyncio.sleep(self._again_s)
                continue
            log.info("the code reader is there")
            self.there, said = True, False
            try:
                await self._read_all(port)
            finally:
                self.there = False
                with contextlib.suppress(OSError, termios.error):
                    port.close()
            log.warning("the code reader is gone")
            await asyncio.sleep(self._again_s)

    def _open(self) -> serial.Serial:
        line = self._line
        assert isinstance(line, SerialTransport)
        return serial.Serial(line.device, line.baud, timeout=0, write_timeout=0, exclusive=True)

    async def _read_all(self, port: serial.Serial) -> None:
        """Until the line is gone."""
        cutter = CodeCutter()
        while True:
            came = await _readable(port.fileno(), PAUSE_S if cutter.begun else None)
            if not came:
                self._tell(cutter.pause())
                continue
            try:
                data = bytes(port.read(_CHUNK))
            except (OSError, termios.error):
                return
            if not data:
                return
            self._tell(cutter.feed(data))

    def _tell(self, codes: Iterator[str]) -> None:
        for code in codes:
            if self._fresh.is_new(code, self._clock()):
                self._on_code(code)


async def _readable(fd: int, timeout_s: float | None) -> bool:
    """True as soon as there is something to read, or the other side has gone; False after the time."""
    loop, event = asyncio.get_running_loop(), asyncio.Event()
    loop.add_reader(fd, event.set)
    try:
        async with asyncio.timeout(timeout_s):
            await event.wait()
    except TimeoutError:
        return False
    finally:
        loop.remove_reader(fd)
    return True
