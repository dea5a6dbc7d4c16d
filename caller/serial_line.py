"""The serial line to a sign, by pyserial; never blocks. With the kiosk's printer the only importer of pyserial."""

import contextlib
import os
import select
import termios
from typing import Protocol

import serial

from caller.sign_protocols import Characters

_READ_BYTES = 256
_BITS = {Characters.EIGHT: serial.EIGHTBITS, Characters.SEVEN: serial.SEVENBITS}
_PARITY = {Characters.EIGHT: serial.PARITY_NONE, Characters.SEVEN: serial.PARITY_EVEN}


class LineLost(Exception):
    """The line is not there, is gone, or takes nothing. The text says why."""


class Line(Protocol):
    """What a sign hangs on. Closed at first; may be opened again after every loss."""

    def open(self) -> None:
        """Raises LineLost."""

    def fileno(self) -> int:
        """Becomes readable when the line is gone. Only while it is open."""

    def write(self, data: bytes) -> None:
        """All of it, at once. Raises LineLost."""

    def drain(self) -> None:
        """Reads and forgets what the other side says. Raises LineLost when the line is gone."""

    def waiting_bytes(self) -> int:
        """Written, but not on the wire yet."""

    def close(self) -> None:
        """Forgets what has not left yet."""


class SerialLine:
    """A serial device: an adapter on USB, or the line on the header."""

    def __init__(self, device: str, baud: int, characters: Characters) -> None:
        self._device = device
        self._baud = baud
        self._characters = characters
        self._port: serial.Serial | None = None

    def open(self) -> None:
        try:
            self._port = serial.Serial(
                self._device,
                self._baud,
                bytesize=_BITS[self._characters],
                parity=_PARITY[self._characters],
                timeout=0,
                write_timeout=0,
                exclusive=True,
            )
        except (OSError, ValueError, termios.error) as trouble:
            raise LineLost(f"{self._device} can't be opened: {_why(trouble)}") from trouble

    def fileno(self) -> int:
        return int(self._opened().fileno())

    def write(self, data: bytes) -> None:
        """Not by pyserial's own write, which waits for ever for a line that takes nothing."""
        number = self.fileno()
        try:
            took = os.write(number, data) if _writable(number) else 0
        except OSError as trouble:
            raise LineLost(f"{self._device}: {_why(trouble)}") from trouble
        if took < len(data):
            raise LineLost(f"{self._device}: the line takes no more data")

    def drain(self) -> None:
        """A line that is set up as ours reads nothing, not an error, where nothing is to be read."""
        number = self.fileno()
        try:
            gone = not os.read(number, _READ_BYTES) and _hung_up(number)
        except BlockingIOError:
            return
        except OSError as trouble:
            raise LineLost(f"{self._device}: {_why(trouble)}") from trouble
        if gone:
            raise LineLost(f"{self._device}: unplugged")

    def waiting_bytes(self) -> int:
        try:
            return int(self._opened().out_waiting)
        except (OSError, termios.error):
            return 0

    def close(self) -> None:
        """Closing a line that still has something to send would wait for it."""
        port, self._port = self._port, None
        if port is None:
            return
        with contextlib.suppress(OSError, termios.error):
            if port.out_waiting:
                port.reset_output_buffer()
        with contextlib.suppress(OSError, termios.error):
            port.close()

    def _opened(self) -> serial.Serial:
        if self._port is None:
            raise LineLost(f"{self._device} is not open")
        return self._port


def _writable(number: int) -> bool:
    """An error counts: the write then says what is wrong."""
    return _poll(number, select.POLLOUT) != 0


def _hung_up(number: int) -> bool:
    return bool(_poll(number, 0) & (select.POLLHUP | select.POLLERR | select.POLLNVAL))


def _poll(number: int, events: int) -> int:
    poll = select.poll()
    poll.register(number, events)
    return next((found for _, found in poll.poll(0)), 0)


def _why(trouble: Exception) -> str:
    if isinstance(trouble, OSError) and trouble.errno:
        return os.strerror(trouble.errno)
    return str(trouble)
