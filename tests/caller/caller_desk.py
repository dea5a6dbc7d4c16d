"""A caller unit at work in the test's loop: mock pins, and the real client over real HTTP and WebSocket."""

import asyncio
from collections.abc import Callable
from contextlib import asynccontextmanager

from caller_hubs import KEY

from caller.buttons import Button
from caller.panel import MockPanel
from caller.settings import wiring
from caller.unit import CallerUnit, names
from caller.wiring import Wiring
from smartqueue.addresses import Fixed
from smartqueue.client import HubClient, new_command_id
from smartqueue.retry import Patience

QUICK = Patience(silent_s=0.5, attempt_s=0.4, first_s=0.02, most_s=0.1, refused_s=0.2)
LIMIT_S = 20.0


class Desk:
    """Presses buttons and watches lamps; everything that the unit reports is kept."""

    def __init__(self, url: str, *, key: str = KEY, wired: Wiring | None = None, room: str | None = None) -> None:
        self.panel = MockPanel(wired or wiring())
        self.reports: list[dict] = []
        self.history: list[dict[str, str]] = []
        """Every set of lamp patterns that was shown, without repeats."""
        self._room = room
        self._changed = asyncio.Event()
        self.client = HubClient(Fixed(url), key=key, patience=QUICK)
        self.unit: CallerUnit | None = None

    @asynccontextmanager
    async def at_work(self):
        async with self.client:
            self.unit = CallerUnit(
                self.panel,
                self.client,
                clock=asyncio.get_running_loop().time,
                new_command_id=new_command_id,
                room=self._room,
                report=self._report,
                on_shown=self._shown,
            )
            work = asyncio.create_task(self.unit.run())
            try:
                yield self
            finally:
                work.cancel()
                await asyncio.gather(work, return_exceptions=True)
                self.dark_at_the_end = self.panel.lit() == frozenset()
                self.panel.close()

    async def press(self, button: Button = Button.NEXT, hold_s: float = 0.06) -> None:
        self.panel.push(button)
        await asyncio.sleep(hold_s)
        self.panel.let_go(button)
        await asyncio.sleep(0.06)

    @property
    def shown(self) -> dict[str, str]:
        """The lamps that burn or blink."""
        return {lamp: name for lamp, name in names(self.unit.shown).items() if name != "off"}

    async def shows(self, **wanted: str) -> None:
        """Waits until exactly these lamps burn."""
        await self.until(lambda: self.shown == wanted, wanted)

    async def until(self, true: Callable[[], bool], what: object = "") -> None:
        try:
            async with asyncio.timeout(LIMIT_S):
                while not true():
                    self._changed.clear()
                    await asyncio.wait({asyncio.ensure_future(self._changed.wait())}, timeout=0.02)
        except TimeoutError:
            raise AssertionError(f"never: {what}; lamps {self.shown}, reports {self.reports[-4:]}") from None

    async def reported(self, event: str, **values: object) -> dict:
        """Waits for a report with these values and gives it."""

        def found() -> list[dict]:
            return [r for r in self.reports if r["event"] == event and values.items() <= r.items()]

        await self.until(lambda: bool(found()), (event, values))
        return found()[-1]

    def _report(self, event: str, **values: object) -> None:
        self.reports.append({"event": event, **values})
        self._changed.set()

    def _shown(self) -> None:
        if not self.history or self.history[-1] != self.shown:
            self.history.append(self.shown)
        self._changed.set()
