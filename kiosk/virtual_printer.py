"""A printer without paper: speaks ESC/POS over TCP or a pseudo-terminal, keeps and draws what it was sent, has faults.

For the demo, for training and for tests; `smartqueue virtual-printer` runs it as a process of its own.
"""

import asyncio
import contextlib
import os
import socket
import time
import tty
from asyncio import StreamReader, StreamWriter
from collections import deque
from collections.abc import Callable
from pathlib import Path
from typing import Self

from kiosk.job_shelf import JobShelf, SavedJob
from kiosk.printer_model import Faults, PrinterModel, Reaction
from kiosk.raster import DEFAULT_WIDTH_DOTS
from smartqueue.errors import StartFault

BUFFER_BYTES = 64 * 1024
"""What it takes in while it cannot print; then it stops reading."""
KEPT_JOBS = 100
"""Tickets that it remembers; a training stand prints for days."""
_CHUNK = 4096
Report = Callable[[dict[str, object]], None]


def _no_report(_line: dict[str, object]) -> None:
    pass


class _Workings:
    """What every virtual printer has, however it is connected."""

    def __init__(self, out: Path, width_dots: int, faults: Faults | None, report: Report) -> None:
        self._model = PrinterModel(width_dots, faults)
        self._shelf = JobShelf(out)
        self._report = report
        self._jobs: asyncio.Queue[SavedJob] = asyncio.Queue(KEPT_JOBS)
        self._last: deque[SavedJob] = deque(maxlen=KEPT_JOBS)
        self._mended = asyncio.Condition()
        self._send: Callable[[bytes], None] | None = None
        self.received = 0
        """Bytes since the start, status requests included."""

    @property
    def jobs(self) -> list[SavedJob]:
        """The last tickets, oldest first; all of them are on disk."""
        return list(self._last)

    @property
    def faults(self) -> Faults:
        return self._model.faults

    async def set_faults(self, faults: Faults) -> None:
        """From now on it has these faults and no others; prints what waited if it can again."""
        self._model.faults = faults
        self._act(self._model.resume())
        self._report({"event": "faults", "faults": list(faults.names), "t": time.monotonic()})
        async with self._mended:
            self._mended.notify_all()

    async def next_job(self) -> SavedJob:
        """The next finished ticket that nobody has fetched yet."""
        return await self._jobs.get()

    async def _serve(self, reader: StreamReader, send: Callable[[bytes], None]) -> bool:
        """Read until the other side ends (False) or a fault hangs up (True)."""
        self._send = send
        try:
            while data := await self._read_paced(reader):
                self.received += len(data)
                reaction = self._model.receive(data, time.monotonic())
                self._act(reaction)
                if reaction.hang_up:
                    return True
                await self._wait_for_room()
        finally:
            self._send = None
        return False

    async def _read_paced(self, reader: StreamReader) -> bytes:
        pace = self.faults.bytes_per_s
        data = await reader.read(min(_CHUNK, max(1, pace // 20)) if pace else _CHUNK)
        if pace:
            await asyncio.sleep(len(data) / pace)
        return data

    async def _wait_for_room(self) -> None:
        async with self._mended:
            await self._mended.wait_for(lambda: self._model.backlog < BUFFER_BYTES)

    def _act(self, reaction: Reaction) -> None:
        if reaction.answers and self._send and not self.faults.silent:
            self._send(reaction.answers)
        for job in reaction.jobs:
            saved = self._shelf.put(job)
            self._last.append(saved)
            if self._jobs.full():
                self._jobs.get_nowait()
            self._jobs.put_nowait(saved)
            self._report(saved.report())

    def _connection_ended(self) -> None:
        self._act(self._model.hang_up())


class VirtualPrinter(_Workings):
    """Over TCP, one connection at a time as the real ones. `async with VirtualPrinter(out) as printer: printer.url`."""

    def __init__(
        self,
        out: Path,
        host: str = "127.0.0.1",
        port: int = 0,
        width_dots: int = DEFAULT_WIDTH_DOTS,
        faults: Faults | None = None,
        report: Report = _no_report,
    ) -> None:
        super().__init__(out, width_dots, faults, report)
        self._host, self._port = host, port
        self._server: asyncio.Server | None = None
        self._turn = asyncio.Lock()
        self._open: dict[asyncio.Task[None], StreamWriter] = {}

    async def __aenter__(self) -> Self:
        await self.start()
        return self

    async def __aexit__(self, *_: object) -> None:
        await self.stop()

    @property
    def port(self) -> int:
        """The one it listens on, also while a fault makes it refuse."""
        return self._port

    @property
    def url(self) -> str:
        host = f"[{self._host}]" if ":" in self._host else self._host
        return f"tcp://{host}:{self._port}"

    async def start(self) -> None:
        """Raises StartFault when the address cannot be listened on."""
        await self._listen()
        if self.faults.refuse:
            await self._stop_listening()

    async def stop(self) -> None:
        await self._stop_listening()
        for task in list(self._open):
            task.cancel()
        await asyncio.gather(*self._open, return_exceptions=True)

    async def set_faults(self, faults: Faults) -> None:
        if faults.refuse:
            await self._stop_listening()
        await super().set_faults(faults)
        if not faults.refuse and self._server is None:
            await self._listen()

    async def _listen(self) -> None:
        listener = socket.socket(socket.AF_INET6 if ":" in self._host else socket.AF_INET)
        try:
            listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            listener.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, _CHUNK)
            listener.bind((self._host, self._port))
            self._server = await asyncio.start_server(self._connected, sock=listener, limit=_CHUNK)
        except OSError as error:
            listener.close()
            raise StartFault(f"cannot listen on {self._host}:{self._port}: {error.strerror or error}") from error
        self._port = listener.getsockname()[1]

    async def _stop_listening(self) -> None:
        server, self._server = self._server, None
        if server:
            server.close()

    async def _connected(self, reader: StreamReader, writer: StreamWriter) -> None:
        task = asyncio.current_task()
        assert task is not None
        self._open[task] = writer
        try:
            async with self._turn:
                await self._one_connection(reader, writer)
        except asyncio.CancelledError:
            writer.transport.abort()
        finally:
            del self._open[task]

    async def _one_connection(self, reader: StreamReader, writer: StreamWriter) -> None:
        try:
            hung_up = await self._serve(reader, writer.write)
        except ConnectionError:
            hung_up = True
        self._connection_ended()
        if hung_up:
            writer.transport.abort()
        writer.close()
        with contextlib.suppress(ConnectionError):
            await writer.wait_closed()


class VirtualSerialPrinter(_Workings):
    """Over a pseudo-terminal. It has no baud rate of its own, so it reads at the pace of `baud` itself."""

    def __init__(
        self,
        out: Path,
        baud: int = 115200,
        width_dots: int = DEFAULT_WIDTH_DOTS,
        faults: Faults | None = None,
        report: Report = _no_report,
    ) -> None:
        super().__init__(out, width_dots, faults, report)
        self._baud = baud
        self._master = self._slave = -1
        self._task: asyncio.Task[bool] | None = None
        self._pipe: asyncio.ReadTransport | None = None

    async def __aenter__(self) -> Self:
        self._master, self._slave = os.openpty()
        tty.setraw(self._master)
        tty.setraw(self._slave)
        reader = StreamReader(limit=_CHUNK)
        source = os.fdopen(os.dup(self._master), "rb", buffering=0)
        loop = asyncio.get_running_loop()
        self._pipe, _ = await loop.connect_read_pipe(lambda: asyncio.StreamReaderProtocol(reader), source)
        os.set_blocking(self._master, False)
        self._task = asyncio.create_task(self._serve(reader, lambda data: _answer(self._master, data)))
        return self

    async def __aexit__(self, *_: object) -> None:
        await self.unplug()

    @property
    def device(self) -> str:
        return os.ttyname(self._slave)

    @property
    def url(self) -> str:
        return f"serial://{self.device}?baud={self._baud}"

    async def unplug(self) -> None:
        """Gone, as when somebody pulls the cable."""
        if self._task:
            self._task.cancel()
            await asyncio.gather(self._task, return_exceptions=True)
        if self._pipe:
            self._pipe.close()
        for fd in (self._master, self._slave):
            if fd >= 0:
                os.close(fd)
        self._master = self._slave = -1

    async def _read_paced(self, reader: StreamReader) -> bytes:
        bytes_per_s = self.faults.bytes_per_s or self._baud // 10
        data = await reader.read(min(_CHUNK, max(1, bytes_per_s // 50)))
        await asyncio.sleep(len(data) / bytes_per_s)
        return data


def _answer(fd: int, data: bytes) -> None:
    """A cable that nobody listens to loses what it is told."""
    with contextlib.suppress(BlockingIOError):
        os.write(fd, data)
