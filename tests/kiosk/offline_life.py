"""A clinic in counted time: the hub's own rules, real kiosks without windows, lines that fail, power that goes.

The kiosks' unit, flow, book and merge are the real ones; of what they work with here is: a disk in memory that keeps
or loses what is being written when power goes, a printer that notes what it prints, and a line to the hub.
"""

import asyncio
import json
from collections import Counter
from dataclasses import dataclass, field
from datetime import date, timedelta
from itertools import count

import msgspec
from lease_hub import Fate, LeaseHub, Line

from hub import projections
from kiosk.alone import Alone, Clocks
from kiosk.fronts import TakeTicket, Unprinted
from kiosk.pendings import Pendings
from kiosk.printer_status import PrintOutcome, PrintResult
from kiosk.spool import Spool
from kiosk.states import Rules
from kiosk.terms import Trouble
from kiosk.unit import KioskUnit
from smartqueue.errors import HubAway
from smartqueue.feed_link import LinkState
from smartqueue.picture import Changed, Picture
from smartqueue.terms import CommandId, PrinterState, TokenState, UnitKind
from smartqueue.wire import UnitView

WAY_S, ATTEMPT_S, SILENT_S, WRITE_S = 0.01, 2.0, 3.0, 0.01
_ids = count(1)


@dataclass
class Weather:
    """hub: its process runs. line: `whole`, `cut` (who asks knows), `deaf` (answers are lost), `hole` (all is lost)."""

    hub: bool = True
    line: str = "whole"

    @property
    def fate(self) -> Fate:
        if not self.hub or self.line == "cut":
            return Fate.UNREACHED
        return {"whole": Fate.ANSWERED, "deaf": Fate.LOST, "hole": Fate.SWALLOWED}[self.line]


class Client:
    """Of HubClient what a kiosk needs: retries, a feed, a state; by the same rules as the real one."""

    def __init__(self, hub: LeaseHub, name: str, weather: Weather) -> None:
        self.picture, self.state = None, LinkState.SEEKING
        self.unit = UnitView(name=name, kind=UnitKind.KIOSK)
        self._line, self._weather = Line(hub, name), weather
        self._listeners, self._state_listeners = [], []
        self._heard_at = None

    @property
    def online(self) -> bool:
        return self.state is LinkState.ONLINE

    def age_s(self) -> float:
        return float("inf") if self._heard_at is None else _now() - self._heard_at

    def on_change(self, listener):
        self._listeners.append(listener)
        return lambda: self._listeners.remove(listener)

    def on_state(self, listener):
        self._state_listeners.append(listener)
        return lambda: self._state_listeners.remove(listener)

    async def feed(self) -> None:
        """A heartbeat each second, until it is cancelled."""
        while True:
            if self._weather.fate is Fate.ANSWERED:
                self._hear()
            elif self.online and self.age_s() > SILENT_S:
                self._become(LinkState.AWAY)
            await asyncio.sleep(1.0)

    def _hear(self) -> None:
        hub, before = self._line.hub, self.picture
        other = before is None or (before.epoch, before.day) != (hub.epoch, hub.clinic.day)
        if other or len(hub.events) != before.seq:
            self.picture = self._drawn(hub)
        self.picture = msgspec.structs.replace(self.picture, hub_now=hub.at, received_at=_now())
        self._heard_at = _now()
        self._become(LinkState.ONLINE)
        for listener in tuple(self._listeners):
            listener(self.picture, None, Changed(everything=other))

    def _drawn(self, hub: LeaseHub) -> Picture:
        board = projections.board(hub.clinic, hub.instant, "unit", insecure_lan=False)
        return Picture(
            epoch=hub.epoch,
            seq=len(hub.events),
            tick=None,
            hub_now=hub.at,
            received_at=_now(),
            site=board.site,
            day=board.day,
            departments={view.id: view for view in board.departments},
            rooms={},
            calls=(),
        )

    def _become(self, state: LinkState) -> None:
        if state is not self.state:
            self.state = state
            for listener in tuple(self._state_listeners):
                listener(state)

    async def issue(self, body, *, command_id, deadline_s=None):
        return await self._retried(lambda: self._line.issue(body, command_id=command_id), deadline_s)

    async def cancel(self, token, *, command_id):
        return await self._retried(lambda: self._line.cancel(token, command_id=command_id))

    async def lease(self, department, *, tomorrow=False):
        return await self._retried(lambda: self._line.lease(department, tomorrow=tomorrow))

    async def merge(self, lease, body, *, command_id):
        return await self._retried(lambda: self._line.merge(lease, body, command_id=command_id))

    async def _retried(self, ask, deadline_s=None):
        end, sent = _now() + (deadline_s or 6.0), False
        while (left := end - _now()) > 0:
            try:
                return await self._tried(ask, min(left, ATTEMPT_S))
            except HubAway as away:
                sent = sent or away.sent
            await asyncio.sleep(0.1)
        raise HubAway("no answer", sent=sent)

    async def _tried(self, ask, left_s):
        """One attempt: there, and back; the line may fail on either way."""
        if self._weather.fate is Fate.UNREACHED:
            raise HubAway("refused", sent=False)
        await asyncio.sleep(WAY_S)
        answer = error = None
        if self._weather.fate in (Fate.ANSWERED, Fate.LOST):
            try:
                answer = await ask()
            except Exception as refusal:
                error = refusal
        await asyncio.sleep(WAY_S)
        if self._weather.fate is not Fate.ANSWERED or (answer is None and error is None):
            await asyncio.sleep(max(0.0, left_s - 2 * WAY_S))
            raise HubAway("no answer", sent=True)
        if error is not None:
            raise error
        return answer


@dataclass
class Disk:
    """What outlives a power cut. broken: writes fail. tells: what is being written when power goes gets there."""

    stored: dict[str, str] = field(default_factory=dict)
    broken: bool = False
    lands: bool = True
    was_broken: bool = False

    def __post_init__(self) -> None:
        self._memory = {name: json.loads(text) for name, text in self.stored.items()}
        self._written: dict[str, str] | None = None

    def get(self, name, default=None):
        return self._memory.get(name, default)

    async def put_all(self, values) -> None:
        copies = {name: json.dumps(value) for name, value in values.items()}
        self._written = copies
        await asyncio.sleep(WRITE_S)
        self._written = None
        if self.broken:
            self.was_broken = True
            raise OSError(28, "No space left on device")
        self.stored.update(copies)
        self._memory.update({name: json.loads(text) for name, text in copies.items()})

    def cut(self) -> "Disk":
        """As a new process finds it after the power was cut."""
        if self._written is not None and self.lands:
            self.stored.update(self._written)
        return Disk(dict(self.stored), was_broken=self.was_broken)


class Paper:
    """A printer that notes on whose number it was when the first byte came, and what was on disk or at the hub then."""

    def __init__(self, clinic: "Life", kiosk: "Kiosk") -> None:
        self._clinic, self._kiosk = clinic, kiosk

    async def print(self, pending, progress):
        self._clinic.told(self._kiosk, pending)
        await asyncio.sleep(0.3)
        if self._kiosk.paper_out:
            return PrintResult(PrintOutcome.NOT_PRINTED, PrinterState.OUT_OF_PAPER, "no paper")
        return PrintResult(PrintOutcome.PRINTED, None, "printed")


class Kiosk:
    """One kiosk, switched on and off. wall_off: how wrong its own clock is."""

    def __init__(self, life: "Life", name: str) -> None:
        self.life, self.name = life, name
        self.weather = Weather()
        self.disk = Disk()
        self.wall_off = timedelta()
        self.paper_out = False
        self.unit = self._tasks = None

    def switch_on(self) -> None:
        """What is on its disk then is owed to somebody."""
        for one in json.loads(self.disk.stored.get("pendings", "[]")):
            self.life.owed[one["command_id"]] = one["day"]
        pendings = Pendings(self.disk)
        client = Client(self.life.hub, self.name, self.weather)
        clocks = Clocks(_now, lambda: self.life.hub.at + self.wall_off)
        self.alone = Alone(client, Spool(self.disk, pendings), clocks)
        self.unit = KioskUnit(
            client,
            pendings,
            self.alone,
            Paper(self.life, self),
            clock=_now,
            new_command_id=lambda: CommandId(f"touch-{self.name}-{next(_ids):05}"),
            rules=Rules(tickets_a_minute=1000),
            on_view=self._seen,
        )
        loop = asyncio.get_running_loop()
        self._tasks = [loop.create_task(self.unit.run()), loop.create_task(client.feed())]

    async def cut_power(self) -> None:
        self.disk, tasks = self.disk.cut(), self._tasks
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
        self.unit = None

    def failure(self) -> BaseException | None:
        return next((task.exception() for task in self._tasks if task.done() and not task.cancelled()), None)

    def _seen(self, view) -> None:
        """A number that a broken disk could not note is shown all the same, and nothing can be promised for it."""
        front = view.front
        if isinstance(front, TakeTicket | Unprinted):
            self.life.seen.add(front.pending.command_id)
        if isinstance(front, TakeTicket) or (isinstance(front, Unprinted) and front.trouble is not Trouble.STORAGE):
            self.life.told(self, front.pending)


class Life:
    """One hub and its kiosks; what was told to people, and what must hold of it whatever happened."""

    def __init__(self, hub: LeaseHub, *names: str) -> None:
        self.hub = hub
        self.kiosks = [Kiosk(self, name) for name in names]
        self.numbers: dict[tuple[str, str], CommandId] = {}
        """What was printed or shown, by clinic day and label: of which touch."""
        self.seen: set[CommandId] = set()
        """Touches whose persons have a number, also where no disk could note it."""
        self.owed: dict[CommandId, str] = {}
        """Touches that were on a disk when power came back, with their clinic days."""
        for kiosk in self.kiosks:
            kiosk.switch_on()

    def told(self, kiosk: Kiosk, pending) -> None:
        """Somebody has this number from now on. It must be durable, and nobody else's."""
        answer = pending.answer
        assert answer is not None
        if (pending.day, answer.label) in self.numbers:
            pass
        elif pending.away:
            book = json.loads(kiosk.disk.stored["leases"])
            spent = [number for one in book["spent"] for number in one["numbers"]]
            assert int(answer.label[1:]) in spent, f"{answer.label} is told and not on disk"
        else:
            assert any(event.label == answer.label for event in self.hub.issued()), f"{answer.label} is not issued"
        held = self.numbers.setdefault((pending.day, answer.label), pending.command_id)
        assert held == pending.command_id, f"{answer.label} is told to two people"

    async def passes(self, seconds: float) -> None:
        """The hub's clock goes on as the kiosks' stopwatches do."""
        for _ in range(int(seconds)):
            await asyncio.sleep(1.0)
            self.hub.passes(1.0)
        rest = seconds - int(seconds)
        await asyncio.sleep(rest)
        self.hub.passes(rest)
        self.check()

    async def night(self) -> None:
        """Until the same time tomorrow; what waits meanwhile wakes once an hour."""
        for _ in range(24):
            asyncio.get_running_loop().warp(3600)
            self.hub.passes(3600)
            await asyncio.sleep(0.1)
        self.check()

    def check(self) -> None:
        """At every moment: no touch has two places, no label is alive twice, nothing of ours broke."""
        waiting = Counter(self._touch_of(token) for token in self.hub.tokens(TokenState.WAITING))
        assert {touch: n for touch, n in waiting.items() if n > 1} == {}
        labels = Counter(token.label for token in self.hub.tokens())
        assert {label: n for label, n in labels.items() if n > 1} == {}
        for kiosk in self.kiosks:
            if kiosk.unit is not None:
                assert kiosk.failure() is None

    def is_settled(self) -> bool:
        """Nothing is owed to anybody, and nothing to the hub. What a broken disk could not forget is not counted."""
        books = [json.loads(kiosk.disk.stored["leases"]) for kiosk in self.kiosks if "leases" in kiosk.disk.stored]
        sound = [kiosk for kiosk in self.kiosks if not kiosk.disk.was_broken]
        noted = [one for kiosk in sound for one in json.loads(kiosk.disk.stored.get("pendings", "[]"))]
        today = [one["command_id"] for one in noted if one["day"] == self.hub.clinic.day]
        owed = set(today) - self.seen
        busy = any(kiosk.unit.state.pendings for kiosk in self.kiosks)
        return len(books) == len(self.kiosks) and not any(book["tickets"] for book in books) and not owed and not busy

    def check_end(self) -> None:
        """Everything has been put right: whoever has a number has exactly one place under it.

        A hub knows the blocks of yesterday and later; what a kiosk brings of a day before that, nobody waits for.
        """
        self.check()
        assert self.is_settled(), "somebody has no number yet, or the hub does not know of it"
        today = self.hub.clinic.day
        yesterday = (date.fromisoformat(today) - timedelta(days=1)).isoformat()
        for (day, label), touch in self.numbers.items():
            assert day < yesterday or self._was_known(label, touch), f"{label} of {touch} was lost"
            assert touch not in self.hub.taken_back(label), f"{label} of {touch} was taken back"
        for kiosk in self.kiosks:
            assert json.loads(kiosk.disk.stored["leases"])["astray"] == [], "without a place"
        for touch, day in self.owed.items():
            assert day != today or touch in self.seen, f"{touch} was forgotten"

    def _touch_of(self, token) -> CommandId:
        return self.hub.touches[token.id]

    def _was_known(self, label, touch) -> bool:
        issued = any(event.label == label and self.hub.touches[event.token] == touch for event in self.hub.issued())
        return issued or touch in self.hub.late()


def _now() -> float:
    return asyncio.get_running_loop().time()
