"""The serial line to a printer, by pyserial, with time limits on everything. The only importer of pyserial."""

import contextlib
import select
import termios
import time
from dataclasses import dataclass
from enum import StrEnum

import serial

from kiosk.link import Answers, CannotConnect, LinkLost, until
from kiosk.transports import READ_SIZE, ready, why, write_all


class Flow(StrEnum):
    """Who may say stop: nobody, two wires of the cable, or characters in the data."""

    NONE = "none"
    RTS_CTS = "rtscts"
    DSR_DTR = "dsrdtr"
    XON_XOFF = "xonxoff"


@dataclass(frozen=True, slots=True)
class SerialTransport:
    """`serial:///dev/ttyUSB0?baud=115200&flow=none`: eight bits, no parity, one stop bit."""

    device: str
    baud: int = 115200
    flow: Flow = Flow.NONE

    @property
    def url(self) -> str:
        return f"serial://{self.device}?baud={self.baud}"

    @property
    def answers(self) -> Answers:
        return Answers.ALWAYS

    @property
    def bytes_per_s(self) -> float:
        return self.baud / 10

    def open(self, timeout_s: float) -> "SerialLink":
        try:
            port = serial.Serial(
                self.device,
                self.baud,
                timeout=0,
                write_timeout=0,
                exclusive=True,
                rtscts=self.flow is Flow.RTS_CTS,
                dsrdtr=self.flow is Flow.DSR_DTR,
                xonxoff=self.flow is Flow.XON_XOFF,
            )
        except (OSError, ValueError, termios.error) as error:
            raise CannotConnect(f"cannot open {self.device}: {_reason(error)}") from error
        return SerialLink(port)


class SerialLink:
    """Never blocks in the driver: it waits for the line itself, so that time limits hold."""

    def __init__(self, port: serial.Serial) -> None:
        self._port = port

    def write(self, data: bytes, timeout_s: float) -> None:
        write_all(self._port.fileno(), self._send, data, timeout_s)

    def _send(self, data: bytes) -> int:
        try:
            return self._port.write(data) or 0
        except termios.error as error:
            raise OSError(*error.args) from error

    def read(self, timeout_s: float) -> bytes:
        if not ready(self._port.fileno(), select.POLLIN, timeout_s):
            return b""
        try:
            return bytes(self._port.read(READ_SIZE))
        except (OSError, termios.error) as error:
            raise LinkLost(f"serial line lost: {_reason(error)}") from error

    def close(self, wait_s: float) -> None:
        """What has not left by then is dropped: closing a serial line would else wait for half a minute."""
        with contextlib.suppress(OSError, termios.error):
            for left in until(wait_s):
                if not self._port.out_waiting:
                    break
                time.sleep(min(left, 0.01))
            self._port.reset_output_buffer()
        with contextlib.suppress(OSError, termios.error):
            self._port.close()


def _reason(error: Exception) -> str:
    if isinstance(error, OSError) and error.errno:
        return why(error)
    return str(error)
