"""A cable between a kiosk and its hub, which tests pull out, or which carries one way only."""

import asyncio
from contextlib import suppress


class FaultyLine:
    """Carries TCP to the hub's port. `url` stays the same whatever happens behind it."""

    def __init__(self):
        self.port = 0
        self._target = 0
        self._server = None
        self._tasks = set()
        self._hears = self._answers = True
        self._writers = set()

    @property
    def url(self):
        return f"http://127.0.0.1:{self.port}"

    async def connect(self, hub_url):
        """From now on to this hub, both ways."""
        self._target = int(hub_url.rsplit(":", 1)[1])
        await self.cut()
        self._hears = self._answers = True
        self._server = await asyncio.start_server(self._carry, "127.0.0.1", self.port, reuse_address=True)
        self.port = self._server.sockets[0].getsockname()[1]

    async def cut(self):
        """Nobody takes a connection, and whoever asks knows it."""
        if self._server is not None:
            self._server.close()
        for writer in tuple(self._writers):
            writer.transport.abort()
        await asyncio.gather(*self._tasks, return_exceptions=True)

    def loses_answers(self):
        """The hub hears everything, the kiosk nothing."""
        self._answers = False

    def loses_everything(self):
        """As with a cable that is out: connections stay open and carry nothing."""
        self._hears = self._answers = False

    async def _carry(self, reader, writer):
        task = asyncio.current_task()
        self._tasks.add(task)
        try:
            with suppress(OSError):
                await self._both(reader, writer)
        finally:
            self._tasks.discard(task)

    async def _both(self, reader, writer):
        hub_reader, hub_writer = await asyncio.open_connection("127.0.0.1", self._target)
        ends = {writer, hub_writer}
        self._writers |= ends
        try:
            await asyncio.gather(
                self._pump(reader, hub_writer, lambda: self._hears),
                self._pump(hub_reader, writer, lambda: self._answers),
            )
        finally:
            self._writers -= ends
            for end in ends:
                end.transport.abort()

    async def _pump(self, reader, writer, carries):
        while data := await reader.read(65536):
            if carries():
                writer.write(data)
                await writer.drain()
        writer.close()
