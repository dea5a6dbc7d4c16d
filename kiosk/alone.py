"""What lets a kiosk go on while its hub is away: blocks of numbers before, tickets meanwhile, the merge afterwards."""

import asyncio
import logging
import math
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from kiosk import hall, lease_book
from kiosk.hall import Hall
from kiosk.handover import Outcome, hand_over
from kiosk.hub_time import HubTime
from kiosk.lease_book import Book, Ticket, Touch
from kiosk.spool import Spool
from kiosk.terms import Pending
from smartqueue import capabilities
from smartqueue.client import HubClient
from smartqueue.errors import Fault, HubAway, Refusal
from smartqueue.feed_link import LinkState
from smartqueue.picture import Changed, Picture
from smartqueue.terms import DepartmentId, Label, UnitKind
from smartqueue.wire import FeedMessage, LeaseAnswer

log = logging.getLogger(__name__)

EVERY_S = 60.0
"""Between looks when nothing happens: what was refused or failed is tried again."""
CONTACT_S = 300.0
"""How old the last contact on disk may get while the hub is there."""
AFRESH_S = 30.0
"""At least this long between two times of asking for every block again."""
_AT_ONCE = 16
"""Tickets that joined are noted together: after a power cut they are handed over again, which changes nothing."""


@dataclass(frozen=True, slots=True)
class Clocks:
    """stopwatch: monotonic seconds. wall: this machine's clock, with its offset."""

    stopwatch: Callable[[], float]
    wall: Callable[[], datetime]


class Alone:
    """Used with an entered client; `run` never returns, cancel it to stop.

    report: of what becomes of tickets, for remote control.
    """

    def __init__(
        self,
        client: HubClient,
        spool: Spool,
        clocks: Clocks,
        report: Callable[..., None] = lambda _event, **_values: None,
    ) -> None:
        book = spool.book
        known = [at for at in (book.last_contact, book.last_issue) if at is not None]
        self._time = HubTime(clocks.stopwatch, clocks.wall, max(known, default=None))
        self._client = client
        self._spool = spool
        self._stopwatch = clocks.stopwatch
        self._report = report
        self._hall = spool.hall
        self._afresh = True
        """The hub may say something else of blocks that are known."""
        self._asked_all_at = -math.inf
        self._noted_at = -math.inf
        self._listeners: list[Callable[[], None]] = []
        self._woken = asyncio.Event()

    # --- what is known ------------------------------------------------------------------------------------

    def now(self) -> datetime:
        return self._time.now()

    def clock_off_s(self) -> float | None:
        """How far this machine's own clock is ahead of the hub's; None while the hub was not heard since the start."""
        return None if self._time.heard is None else (self._time.wall() - self.now()).total_seconds()

    def numbers_left(self) -> tuple[tuple[str, int], ...]:
        """In today's blocks, by department's letter."""
        return lease_book.left(self._spool.book, self.now())

    def unmerged(self) -> int:
        """Tickets that the hub has not got yet."""
        return len(self._spool.book.tickets)

    def away_s(self) -> float | None:
        """Since the hub was heard, by what is on disk; None when it never was."""
        at = self._spool.book.last_contact
        return None if at is None else max(0.0, (self.now() - at).total_seconds())

    def numbers(self) -> frozenset[DepartmentId]:
        """Departments for which there is a number now."""
        if self._hall is None:
            return frozenset()
        return hall.numbers(self._hall, self._spool.book, self.now())

    def astray(self) -> tuple[Label, ...]:
        """Tickets of today that have no place."""
        return tuple(one.label for one in self._spool.book.astray if self.now() < one.until)

    def offer(self) -> Hall | None:
        """What can be offered without the hub: without what only it knows, open by the hours that it told."""
        return None if self._hall is None else hall.alone(self._hall, self._spool.book, self.now())

    def on_change(self, listener: Callable[[], None]) -> None:
        """Calls it when `numbers` or `astray` may have changed."""
        self._listeners.append(listener)

    # --- what is done -------------------------------------------------------------------------------------

    async def issue(self, pending: Pending) -> Pending | None:
        """With a number of the kiosk's own, on disk; None where there is none. Raises OSError: none was taken then."""
        at = self.now()
        touch = Touch(
            command_id=pending.command_id,
            body=pending.body,
            at=at,
            last_contact=self._time.heard or self._spool.book.last_contact or at,
            secret=capabilities.new_secret(),
            short_code=capabilities.new_short_code(),
            asked=pending.sent,
        )
        issued = await self._spool.issue(pending, touch)
        self._woken.set()
        return issued

    async def run(self) -> None:
        forget = self._client.on_change(self._feed), self._client.on_state(self._link)
        if self._client.picture is not None:
            self._hear(self._client.picture)
        try:
            while True:
                self._woken.clear()
                try:
                    await self._look()
                except Exception:
                    log.exception("the kiosk's numbers could not be looked after")
                for listener in self._listeners:
                    listener()
                await self._wait()
        finally:
            for stop in forget:
                stop()

    # --- what happens -------------------------------------------------------------------------------------

    def _feed(self, picture: Picture, _message: FeedMessage, changed: Changed) -> None:
        other = changed.everything or changed.site
        self._afresh = self._afresh or other
        if self._hear(picture) or other:
            self._woken.set()

    def _hear(self, picture: Picture) -> bool:
        """Whether there is something new to keep."""
        if picture.received_at is not None:
            self._time.hear(picture.hub_now, picture.received_at)
        before, self._hall = self._hall, hall.lasting(picture)
        return self._hall != before or picture.epoch != self._spool.book.epoch

    def _link(self, _state: LinkState) -> None:
        self._woken.set()

    async def _wait(self) -> None:
        try:
            async with asyncio.timeout(EVERY_S):
                await self._woken.wait()
        except TimeoutError:
            return

    async def _look(self) -> None:
        picture, unit = self._client.picture, self._client.unit
        try:
            if picture is not None:
                await self._note(picture)
            if picture is not None and self._client.online and unit is not None and unit.kind is UnitKind.KIOSK:
                await self._merge()
                await self._lease(picture)
        except HubAway as away:
            log.info("not done while the hub is away: %s", away)
        except (Refusal, Fault) as trouble:
            log.warning("not done, to be tried again: %s", trouble)
        except OSError as trouble:
            log.error("the store can't be written: %s", trouble.strerror)

    async def _note(self, picture: Picture) -> None:
        """Hall and last contact on disk: at once what matters, else now and then, and when the hub goes away."""
        heard, book = self._time.heard, self._spool.book
        if self._hall is not None:
            await self._spool.keep_hall(self._hall)
        late = self._stopwatch() - self._noted_at >= CONTACT_S
        gone = not self._client.online and heard != book.last_contact
        if heard is not None and (late or gone or picture.epoch != book.epoch):
            await self._spool.change(lambda book: lease_book.heard(book, picture.epoch, heard))
            self._noted_at = self._stopwatch()

    # --- the merge ----------------------------------------------------------------------------------------

    async def _merge(self) -> None:
        """Oldest first. One that makes trouble holds up no other, unless the hub is away for all."""
        done: list[tuple[Ticket, Outcome]] = []
        try:
            for ticket in self._spool.book.tickets:
                try:
                    done.append((ticket, await hand_over(self._client, ticket)))
                except (HubAway, Refusal, Fault) as trouble:
                    if isinstance(trouble, HubAway) and not (trouble.sent and self._client.online):
                        raise
                    log.error("ticket %s has not joined yet: %s", ticket.label, trouble)
                if len(done) >= _AT_ONCE:
                    await self._settle(done)
                    done = []
        finally:
            await self._settle(done)

    async def _settle(self, done: list[tuple[Ticket, Outcome]]) -> None:
        def settled(book: Book) -> Book:
            for ticket, outcome in done:
                step = lease_book.lost if outcome is Outcome.ASTRAY else lease_book.joined
                book = step(book, ticket.command_id)
            return lease_book.tidy(book, self.now())

        if done:
            await self._spool.change(settled)
        for ticket, outcome in done:
            self._report("merged", label=ticket.label, outcome=outcome, command_id=ticket.command_id)

    # --- blocks of numbers --------------------------------------------------------------------------------

    async def _lease(self, picture: Picture) -> None:
        """For today and tomorrow; usable once they are on disk."""
        if picture.epoch != self._spool.book.epoch:
            return
        wanted = self._wanted(picture)
        answers: list[LeaseAnswer] = []
        try:
            for department, tomorrow in wanted:
                try:
                    answers.append(await self._client.lease(department, tomorrow=tomorrow))
                except Refusal as refusal:
                    log.warning("no block of numbers for %s: %s", department, refusal.code)
        finally:
            now = self._client.picture
            if answers and now is not None and now.epoch == picture.epoch:
                await self._spool.change(lambda book: lease_book.granted(book, answers, picture.epoch))
        if answers:
            log.info("blocks of numbers for %d departments and days", len(answers))
            self._report("leases", departments=sorted({answer.department for answer in answers}))

    def _wanted(self, picture: Picture) -> list[tuple[DepartmentId, bool]]:
        now = self._stopwatch()
        if self._afresh and now - self._asked_all_at >= AFRESH_S:
            self._afresh, self._asked_all_at = False, now
            return [(department, tomorrow) for department in picture.departments for tomorrow in (False, True)]
        return lease_book.wanting(self._spool.book, picture.departments, picture.day)
