"""A kiosk at work: feeds the flow with what happens, shows what it decides, and hands over what it wants done."""

import asyncio
import logging
import math
from collections.abc import Callable, Coroutine
from dataclasses import replace
from datetime import time
from pathlib import Path
from typing import Any

from kiosk import flow, hall, phoning
from kiosk.alone import Alone
from kiosk.codes import understood
from kiosk.doing import Corner, Doing, Means, Speak, TicketMachine
from kiosk.events import (
    CodeScanned,
    Event,
    HallChanged,
    LeasesChanged,
    LinkChanged,
    Restored,
    TimePassed,
    Touched,
    VoiceLost,
)
from kiosk.fronts import Found, Pin, Technician
from kiosk.hall import Hall
from kiosk.hub_talk import HubTalk, Report, link_of
from kiosk.night import Night, is_dim
from kiosk.pendings import Pendings
from kiosk.person import language_of
from kiosk.screens import View, runs, view_of
from kiosk.standing import is_alone
from kiosk.states import Rules, State
from kiosk.terms import Link, RoomSign, Sound
from smartqueue.client import HubClient
from smartqueue.feed_link import LinkState
from smartqueue.picture import Changed, Picture
from smartqueue.terms import CommandId, Language
from smartqueue.wire import FeedMessage

log = logging.getLogger(__name__)

Clock = Callable[[], float]

BAR_STEP_S = 0.2
"""How often a screen with a running bar is drawn anew."""
SECOND_S = 1.0


def silent(_event: str, **_values: object) -> None:
    """Nobody listens."""


async def no_sound(_sound: Sound) -> None:
    """Nothing is heard."""


async def no_words(_view: View, _key: str | None) -> None:
    """Nothing is said."""


class KioskUnit:
    """One kiosk. Used with an entered client; `run` never returns, cancel it to stop.

    on_view: is told what to show, whenever it may have changed. report: of what happens, for remote control. say:
    speaks, in speech mode. corner: None = there is none. reads_codes: whether there is a code reader. logo: the
    clinic's picture of this digest. speaks: whether it can be heard in that language.
    """

    def __init__(
        self,
        client: HubClient,
        pendings: Pendings,
        alone: Alone,
        machine: TicketMachine,
        *,
        clock: Clock,
        new_command_id: Callable[[], CommandId],
        rules: Rules,
        usual_language: Language | None = None,
        beep: Callable[[Sound], Coroutine[Any, Any, None]] = no_sound,
        say: Speak = no_words,
        corner: Corner | None = None,
        night: Night | None = None,
        reads_codes: Callable[[], bool] = lambda: False,
        logo: Callable[[str | None], Path | None] = lambda _digest: None,
        speaks: Callable[[Language], bool] = lambda _language: True,
        on_view: Callable[[View], None] = lambda _view: None,
        report: Report = silent,
    ) -> None:
        self.state: State = flow.start(clock(), usual_language)
        self._client = client
        self._pendings = pendings
        self._alone = alone
        self._clock = clock
        self._new_command_id = new_command_id
        self._rules = rules
        self._night = night
        self._reads_codes = reads_codes
        self._logo = logo
        self._speaks = speaks
        self._on_view = on_view
        talk = HubTalk(client, rules, self.tell, report)
        means = Means(pendings, alone, machine, talk, beep, say, corner, report)
        self._doing = Doing(means, self.tell, self.view, lambda: isinstance(self.state.front, Pin | Technician))
        self._restored: bool | None = None
        """Whether what the store remembers was taken up by the hub's clinic day; None = not at all yet."""
        self._woken = asyncio.Event()

    async def run(self) -> None:
        stops = self._client.on_change(self._feed), self._client.on_state(self._link)
        self._alone.on_change(self._look)
        self._link()
        try:
            async with asyncio.TaskGroup() as tasks:
                tasks.create_task(self._doing.run(), name="effects")
                tasks.create_task(self._show_all(), name="screen")
                tasks.create_task(self._alone.run(), name="leases")
        finally:
            for stop in stops:
                stop()
            await self._doing.close()

    def touch(self, key: str) -> None:
        """A finger has touched the target of this key; empty: some other place."""
        self.tell(Touched(key, self._new_command_id()))

    def scan(self, text: str) -> None:
        """A reader has read this. It is not logged."""
        site = self.state.site
        self.tell(CodeScanned(understood(text, site.public_url if site else None), self._new_command_id()))

    def tell(self, event: Event) -> None:
        """Takes the next step; its effects follow in their order, the screen at once."""
        before = self.state.front
        self.state, effects = flow.step(self.state, event, self._clock(), self._rules)
        if effects:
            self._doing.add(effects)
        if self.state.front.name != before.name:
            log.info("screen: %s", self.state.front.name)
        self._woken.set()

    def view(self) -> View:
        state, now, clock = self.state, self._clock(), self._clock_text()
        return replace(
            view_of(state, now, clock, self._age_s(), self._rules),
            dim=is_dim(state, now, time.fromisoformat(clock) if clock else None, self._night),
            checks_in=state.site is not None and state.site.books,
            reads_codes=self._reads_codes(),
            asks_phone=phoning.offered(state),
            logo=self._logo(state.site.logo if state.site else None),
            speaks=self._speaks(language_of(state)),
            room=self._room(),
        )

    def _room(self) -> RoomSign | None:
        """Where the ticket on the screen is expected, by the hub's picture."""
        front, picture = self.state.front, self._client.picture
        if not isinstance(front, Found) or front.ticket.room is None or picture is None:
            return None
        room = picture.rooms.get(front.ticket.room)
        return RoomSign(room.kind, room.number) if room is not None else None

    # --- what happens -----------------------------------------------------------------------------------

    def _feed(self, _picture: Picture, _message: FeedMessage, _changed: Changed) -> None:
        self._link()
        self._look()

    def _look(self) -> None:
        """Tells the flow what is on offer now, by the hub or by the kiosk alone, and what is not any more."""
        if self.state.speech and not self._speaks(language_of(self.state)):
            self.tell(VoiceLost())
        numbers, astray = self._alone.numbers(), self._alone.astray()
        if (numbers, astray) != (self.state.numbers, self.state.astray):
            self.tell(LeasesChanged(numbers, astray))
        offer = self._offer()
        if offer is None:
            return
        if (offer.day, offer.site, offer.departments) != (self.state.day, self.state.site, self.state.departments):
            self.tell(HallChanged(offer.day, offer.site, offer.departments))
        certain = self.state.link is Link.UP
        day_is_known = certain or is_alone(self.state, self._clock(), self._rules)
        if day_is_known and (self._restored is None or (certain and not self._restored)):
            self._restored = certain
            self.tell(Restored(self._pendings.all(), certain, self._pendings.arrivals()))

    def _offer(self) -> Hall | None:
        picture = self._client.picture
        if self.state.link is not Link.UP:
            return self._alone.offer()
        return None if picture is None else hall.whole(picture)

    def _link(self, _state: LinkState | None = None) -> None:
        link = link_of(self._client)
        if link is not self.state.link:
            if link is Link.WRONG_KEY:
                log.error("the hub refuses this key for a kiosk; `smartqueue setup` printed one for each unit")
            self.tell(LinkChanged(link))
            self._look()

    def _clock_text(self) -> str:
        """The hub's time in the site's zone, carried on by our own stopwatch: a kiosk's clock may be wrong."""
        site = self.state.site
        if site is None or (self.state.link is Link.LOOKING and not is_alone(self.state, self._clock(), self._rules)):
            return ""
        return hall.time_text(self._alone.now(), site.zone)

    def _age_s(self) -> int | None:
        """Seconds for which the hub has been away; None while it is there or was never heard."""
        if self._client.online or self.state.site is None:
            return None
        age_s = self._client.age_s()
        away_s = self._alone.away_s() if math.isinf(age_s) else age_s
        return None if away_s is None else int(away_s)

    # --- what is shown ----------------------------------------------------------------------------------

    async def _show_all(self) -> None:
        while True:
            self._woken.clear()
            await asyncio.sleep(0)  # what is to be done comes before what is to be drawn
            self._look()
            due = flow.deadline(self.state, self._rules)
            if due is not None and due <= self._clock():
                self.tell(TimePassed())
                continue
            self._on_view(self.view())
            await self._wait(min(self._next_picture_s(), math.inf if due is None else due - self._clock()))

    def _next_picture_s(self) -> float:
        return BAR_STEP_S if runs(self.state.front) else SECOND_S

    async def _wait(self, seconds: float) -> None:
        try:
            async with asyncio.timeout(max(0.0, seconds)):
                await self._woken.wait()
        except TimeoutError:
            return
