"""Ways to a printer, made safe: every call has a time limit and tells how much was handed over.

TCP, device files, and a virtual printer in this process. Serial lines and USB have files of their own, because of
their drivers; `printer_url.py` knows all of them.
"""

import contextlib
import errno
import os
import select
import socket
import stat
import struct
import time
from collections import deque
from collections.abc import Callable
from pathlib import Path

from kiosk.job_shelf import JobShelf
from kiosk.link import Answers, CannotConnect, LinkLost, LinkStalled, until
from kiosk.printer_model import PrinterModel, Reaction
from kiosk.raster import DEFAULT_WIDTH_DOTS
from smartqueue.errors import StartFault

READ_SIZE = 256

# --- TCP ----------------------------------------------------------------------------------------------


class TcpTransport:
    """`tcp://host:9100`. A numeric address is safest: a name is looked up by the system, which has its own patience."""

    answers = Answers.ALWAYS
    bytes_per_s = None

    def __init__(self, host: str, port: int) -> None:
        self.host, self.port = host, port

    @property
    def url(self) -> str:
        return f"tcp://[{self.host}]:{self.port}" if ":" in self.host else f"tcp://{self.host}:{self.port}"

    def open(self, timeout_s: float) -> "TcpLink":
        try:
            made = socket.create_connection((self.host, self.port), timeout=timeout_s)
        except OSError as error:
            raise CannotConnect(f"no connection to {self.host}:{self.port}: {why(error)}") from error
        made.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        made.setblocking(False)
        return TcpLink(made)


class TcpLink:
    def __init__(self, sock: socket.socket) -> None:
        self._socket = sock

    def write(self, data: bytes, timeout_s: float) -> None:
        write_all(self._socket.fileno(), self._socket.send, data, timeout_s)

    def read(self, timeout_s: float) -> bytes:
        if not ready(self._socket.fileno(), select.POLLIN, timeout_s):
            return b""
        try:
            data = self._socket.recv(READ_SIZE)
        except BlockingIOError:
            return b""
        except OSError as error:
            raise LinkLost(f"connection lost: {why(error)}") from error
        if not data:
            raise LinkLost("the printer closed the connection")
        return data

    def close(self, wait_s: float) -> None:
        """Waits for the other side's end: with unread answers, the system would throw the tail of the job away.

        Without waiting, what has not left is dropped, so that no ticket comes out long after everybody gave it up.
        """
        try:
            if not wait_s:
                self._socket.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
                return
            self._socket.shutdown(socket.SHUT_WR)
            for left in until(wait_s):
                self.read(left)
        except (OSError, LinkLost):
            pass
        finally:
            self._socket.close()


# --- device file --------------------------------------------------------------------------------------


class FileTransport:
    """`file:///dev/usb/lp0`: a printer's device file; a FIFO or regular file takes the bytes and never answers."""

    bytes_per_s = None

    def __init__(self, path: Path) -> None:
        self.path = path

    @property
    def url(self) -> str:
        return f"file://{self.path}"

    @property
    def answers(self) -> Answers:
        try:
            return Answers.PERHAPS if stat.S_ISCHR(self.path.stat().st_mode) else Answers.NEVER
        except OSError:
            return Answers.PERHAPS

    def open(self, timeout_s: float) -> "FileLink":
        both = self.answers is Answers.PERHAPS
        flags = (os.O_RDWR if both else os.O_WRONLY | os.O_APPEND) | os.O_NONBLOCK | os.O_NOCTTY | os.O_CLOEXEC
        try:
            return FileLink(os.open(self.path, flags), readable=both)
        except OSError as error:
            raise CannotConnect(f"cannot open {self.path}: {why(error)}") from error


class FileLink:
    def __init__(self, fd: int, readable: bool) -> None:
        self._fd = fd
        self._readable = readable

    def write(self, data: bytes, timeout_s: float) -> None:
        write_all(self._fd, lambda part: os.write(self._fd, part), data, timeout_s)

    def read(self, timeout_s: float) -> bytes:
        if not self._readable:
            return b""
        for left in until(timeout_s):
            if not ready(self._fd, select.POLLIN, left):
                return b""
            try:
                data = os.read(self._fd, READ_SIZE)
            except BlockingIOError:
                continue
            except OSError as error:
                raise LinkLost(f"device lost: {why(error)}") from error
            if data:
                return data
            time.sleep(min(left, 0.02))  # usblp says "readable" and gives nothing while the printer has nothing to say
        return b""

    def close(self, wait_s: float) -> None:
        os.close(self._fd)


# --- virtual ------------------------------------------------------------------------------------------


class VirtualTransport:
    """`virtual:DIR`: a printer without paper in this process. Keeps the bytes and draws the paper from them."""

    answers = Answers.ALWAYS
    bytes_per_s = None

    def __init__(self, directory: Path, width_dots: int = DEFAULT_WIDTH_DOTS) -> None:
        self.directory = directory
        self.model = PrinterModel(width_dots)
        """Set its `faults` to see what a kiosk makes of them."""
        self._shelf: JobShelf | None = None

    @property
    def url(self) -> str:
        return f"virtual:{self.directory}"

    def open(self, timeout_s: float) -> "VirtualLink":
        if self.model.faults.refuse:
            raise CannotConnect("the virtual printer refuses")
        try:
            self._shelf = self._shelf or JobShelf(self.directory)
        except StartFault as fault:
            raise CannotConnect(str(fault)) from fault
        return VirtualLink(self.model, self._shelf)


class VirtualLink:
    def __init__(self, model: PrinterModel, shelf: JobShelf) -> None:
        self._model, self._shelf = model, shelf
        self._answers: deque[bytes] = deque()
        self._closed = False
        self._keep(model.resume())

    def write(self, data: bytes, timeout_s: float) -> None:
        if self._closed:
            raise LinkLost("the virtual printer closed the connection")
        reaction = self._model.receive(data, time.monotonic())
        self._keep(reaction)
        self._closed = reaction.hang_up

    def read(self, timeout_s: float) -> bytes:
        if self._answers:
            return self._answers.popleft()
        if self._closed:
            raise LinkLost("the virtual printer closed the connection")
        time.sleep(timeout_s)
        return b""

    def close(self, wait_s: float) -> None:
        with contextlib.suppress(LinkLost):
            self._keep(self._model.hang_up())

    def _keep(self, reaction: Reaction) -> None:
        if reaction.answers:
            self._answers.append(reaction.answers)
        try:
            for job in reaction.jobs:
                self._shelf.put(job)
        except OSError as error:
            raise LinkLost(f"the printed ticket cannot be kept: {why(error)}") from error


# --- shared -------------------------------------------------------------------------------------------


def ready(fd: int, events: int, timeout_s: float) -> bool:
    poll = select.poll()
    poll.register(fd, events)
    return bool(poll.poll(max(0, int(timeout_s * 1000))))


def write_all(fd: int, send: Callable[[bytes], int], data: bytes, timeout_s: float) -> None:
    at = 0
    for left in until(timeout_s):
        if not ready(fd, select.POLLOUT, left):
            break
        try:
            at += send(data[at:])
        except BlockingIOError:
            continue
        except OSError as error:
            raise LinkLost(f"connection lost: {why(error)}", at) from error
        if at == len(data):
            return
    raise LinkStalled(f"took {at} of {len(data)} bytes in {timeout_s:.1f} s", at)


_NOT_PERMITTED = "not permitted; the kiosk's user must be in the group of the device (lp, dialout)"
_NO_DEVICE = "no such device; is the printer plugged in and on?"
_ADVICE = {
    errno.ENOENT: _NO_DEVICE,
    errno.ENODEV: _NO_DEVICE,
    errno.ENXIO: "nobody is at the other end",
    errno.EACCES: _NOT_PERMITTED,
    errno.EPERM: _NOT_PERMITTED,
    errno.EBUSY: "in use by another program",
    errno.ECONNREFUSED: "refused; is it on, and is the port right?",
    errno.EHOSTUNREACH: "host away; is the printer on and in this network?",
    errno.ENETUNREACH: "no network",
}


def why(error: OSError) -> str:
    if isinstance(error, TimeoutError):
        return "no answer in time; is the printer on and in this network?"
    return _ADVICE.get(error.errno or 0, error.strerror or str(error))
