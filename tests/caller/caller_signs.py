"""Signs at the other end of a pseudo terminal: what arrives there is read as such a sign reads it."""

import asyncio
import os
import re
from contextlib import suppress
from pathlib import Path

LIMIT_S = 20.0


class Peer:
    """The far end of a serial line. `path` stays the same when it is unplugged and plugged in again.

    The line paces nothing: a pseudo terminal has no baud rate.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        self.heard = bytearray()
        self._far: int | None = None
        self._news = asyncio.Event()

    def plug_in(self) -> None:
        far, near = os.openpty()
        os.set_blocking(far, False)
        self.path.unlink(missing_ok=True)
        self.path.symlink_to(os.ttyname(near))
        os.close(near)
        self._far = far
        self.heard.clear()
        asyncio.get_running_loop().add_reader(far, self._read)

    def unplug(self) -> None:
        if self._far is not None:
            asyncio.get_running_loop().remove_reader(self._far)
            os.close(self._far)
            self.path.unlink(missing_ok=True)
        self._far = None

    def say(self, data: bytes) -> None:
        """A sign that answers."""
        os.write(self._far, data)

    def stop_reading(self) -> None:
        """A line that is connected to something that takes nothing."""
        asyncio.get_running_loop().remove_reader(self._far)

    async def until(self, true, what: object = "") -> None:
        try:
            async with asyncio.timeout(LIMIT_S):
                while not true():
                    self._news.clear()
                    await asyncio.wait({asyncio.ensure_future(self._news.wait())}, timeout=0.02)
        except TimeoutError:
            raise AssertionError(f"never: {what}; heard {bytes(self.heard)!r}") from None

    def _read(self) -> None:
        with suppress(BlockingIOError, OSError):
            self.heard += os.read(self._far, 4096)
            self._news.set()


def plain_lines(heard: bytes) -> list[str]:
    """Every whole line."""
    return [line.decode("ascii") for line in bytes(heard).split(b"\r\n")[:-1]]


_PACKET = re.compile(rb"\x00{5,}\x01(.)(..)\x02(.)(.*?)\x04", re.DOTALL)
_TEXT_FILE = re.compile(rb"(.)\x1b([\x20\x22\x26\x30])([a-z])([\x20-\x7e]*)", re.DOTALL)


def alpha_shows(heard: bytes) -> list[tuple[str, str, str]]:
    """File, mode and message of every packet. AssertionError for what such a sign would not take."""
    found = []
    for packet in _PACKET.finditer(bytes(heard)):
        kind, address, command, data = packet.groups()
        assert (kind, address, command) == (b"Z", b"00", b"A"), packet
        text = _TEXT_FILE.fullmatch(data)
        assert text, data
        found.append((text[1].decode(), text[3].decode(), text[4].decode()))
    return found


class CustomerDisplay:
    """A display of two lines as the CD5220 command set has it: what it shows after all that it has heard."""

    def __init__(self, heard: bytes, columns: int = 20) -> None:
        self.lines = ["?" * columns, "?" * columns]
        self.unknown = bytearray()
        rest = bytes(heard)
        while rest:
            rest = self._obey(rest, columns)

    def _obey(self, rest: bytes, columns: int) -> bytes:
        if rest.startswith(b"\x1b@"):
            self.lines = [" " * columns, " " * columns]
            return rest[2:]
        line = re.match(rb"\x1bQ([AB])([\x20-\x7e]*)\r", rest)
        if line:
            shown = line[2].decode()[:columns]
            place = "AB".index(line[1].decode())
            self.lines[place] = shown + self.lines[place][len(shown) :]
            return rest[line.end() :]
        self.unknown += rest[:1]
        return rest[1:]
