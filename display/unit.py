"""A display at work: the feed becomes a board and announcements; each is shown, sounded and acknowledged in turn."""

import asyncio
import logging
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Any, Final, Protocol

from display.acks import Acknowledgements
from display.announcer import Announcement, Announcer, Called, Standing
from display.board import hub_time, place
from display.foresight import foreseen
from display.memory import Memory
from display.opening import Opening
from display.screens import Grid, View, connecting, draw, refused
from display.showing import Showing, next_change_s, site_zone
from display.sound_report import Send, SoundReport, announcing, body
from display.sounding import Outcome, Sounding
from display.speech import Said
from display.volume import Volume
from display.wake import news
from smartqueue.client import HubClient
from smartqueue.feed_link import LinkState
from smartqueue.i18n import ENGLISH, Words
from smartqueue.look import fonts
from smartqueue.look.scene import Scene
from smartqueue.picture import Changed, Picture
from smartqueue.terms import Language, UnitKind
from smartqueue.wire import FeedMessage, Hello, SoundBody

log = logging.getLogger(__name__)

Clock = Callable[[], float]
"""Monotonic seconds, the same as the client's."""

PATIENT_S: Final = 5.0
"""After a start the hub has so long to be found before an old board is shown instead."""
FRAME_FIRST_S: Final = 0.1
"""The sound waits for the frame, but no longer than this."""
GATHER_S: Final = 0.015
"""News come in bursts: the board is drawn once behind them. A call does not wait for it."""
_REFUSED = {LinkState.WRONG_KEY: "refused", LinkState.OTHER_VERSION: "other_version"}


class Front(Protocol):
    """What people look at."""

    def show(self, scene: Scene, shown: Callable[[float], None] | None = None) -> None: ...

    def warm(self, scene: Scene) -> None:
        """One like it will be shown soon."""

    def report(self, event: str, **values: Any) -> None: ...


class DisplayUnit:
    """One display. Used with an entered client; `run` never returns, cancel it to stop.

    grid: of the panel as it is now. wall: our own wall clock, for a board from before the start only. opening: when
    the sound is tried by itself; None = never. tell_sound: to the hub, how this display is heard. pictures: of the
    clinic, those that can be shown now.
    """

    def __init__(
        self,
        client: HubClient,
        announcer: Announcer,
        sounding: Sounding,
        acks: Acknowledgements,
        memory: Memory,
        front: Front,
        *,
        grid: Callable[[], Grid],
        clock: Clock,
        wall: Callable[[], datetime],
        language: Language | None = None,
        volume: Volume | None = None,
        opening: Opening | None = None,
        tell_sound: Send | None = None,
        showing: Showing | None = None,
        pictures: Callable[[], tuple[Path, ...]] = tuple,
        patient_s: float = PATIENT_S,
    ) -> None:
        self._client = client
        self._announcer = announcer
        self._sounding = sounding
        self._acks = acks
        self._memory = memory
        self._front = front
        self._grid = grid
        self._clock = clock
        self._wall = wall
        self._language = language
        self._showing = showing or Showing()
        self._pictures = pictures
        self._unknown: tuple[str, ...] = ()
        self._patient_until_s = clock() + patient_s
        self._volume = volume or Volume()
        self._self_tested: bool | None = None
        self._report_sound = SoundReport(tell_sound, self._sound_now) if tell_sound is not None else None
        sounding.on_change = self.sound_changed
        sounding.speech.on_trouble = lambda _trouble: self.sound_changed()
        self._opening = opening
        self._lined_up = asyncio.Event()
        self._stale = asyncio.Event()
        self._words = Words(language or ENGLISH)
        self._warmed_for: object = None
        self._at_rest = False
        """Whether the announcer waits for a call."""

    async def run(self) -> None:
        stops = self._client.on_change(self._feed), self._client.on_state(self._link)
        try:
            async with asyncio.TaskGroup() as tasks:
                tasks.create_task(self._announce_all(), name="announcer")
                tasks.create_task(self._show_all(), name="screen")
                tasks.create_task(self._acks.run(), name="acknowledgements")
                tasks.create_task(self._memory.run(), name="memory")
                tasks.create_task(self._sounding.watch(lambda: self.words().language), name="sound")
                tasks.create_task(self._sounding.prepare(), name="sentences")
                if self._report_sound is not None:
                    tasks.create_task(self._report_sound.run(), name="report of the sound")
        finally:
            for stop in stops:
                stop()

    def words(self) -> Words:
        """In the language of this display, else of the site if this machine has its letters."""
        picture = self._client.picture
        language = self._language or (picture.site.default_language if picture else ENGLISH)
        language = language if fonts.drawable(language) else ENGLISH
        if language != self._words.language:
            self._words = Words(language)
        return self._words

    def redraw(self) -> None:
        """Something has changed that no feed tells of."""
        self._stale.set()

    def sound_changed(self) -> None:
        """It is heard now, or no longer, or something about it has to be mended."""
        self._stale.set()
        if self._report_sound is not None:
            self._report_sound.changed()

    # --- the hub ----------------------------------------------------------------------------------------

    def _feed(self, picture: Picture, message: FeedMessage, changed: Changed) -> None:
        self._memory.note(picture=picture, urgent=False)
        if isinstance(message, Hello) and self._report_sound is not None:
            self._report_sound.again()
        if not changed:
            return
        self._check_zone(picture)
        if self._announcer.consider(picture.calls, self._now(picture), self._showing.zone.shows):
            self._lined_up.set()
            if not self._at_rest:
                self._expect()
        if self._self_test_due():
            self._lined_up.set()
        self._memory.note(known=self._announcer.settled)
        self._stale.set()

    def _check_zone(self, picture: Picture) -> None:
        """Says once what the settings name and the site does not have."""
        unknown = self._showing.zone.unknown(picture)
        if unknown and unknown != self._unknown:
            log.warning("set to show what the hub does not have: %s", ", ".join(unknown))
        self._unknown = unknown

    def _link(self, state: LinkState) -> None:
        if state in _REFUSED:
            log.error("the hub does not take this display: %s", state)
        if state is LinkState.ONLINE and self._report_sound is not None:
            self._report_sound.changed()
        self._memory.note()
        self._stale.set()

    def _now(self, picture: Picture) -> datetime:
        return hub_time(picture, self._clock(), self._wall())

    # --- announcements ----------------------------------------------------------------------------------

    async def _announce_all(self) -> None:
        while True:
            announcement = self._announcer.begin(self._clock())
            if announcement is not None:
                await self._announce(announcement)
            elif self._self_test_due():
                await self._self_test()
            else:
                self._lined_up.clear()
                self._at_rest = True
                await self._lined_up.wait()
                self._at_rest = False

    async def _announce(self, announcement: Announcement) -> None:
        """Frame first, sound at once too; over when both are."""
        await self._frame(announcement)
        for one in announcement.calls:
            log.info("announced: %s to %s", one.label, one.room)
        self._expect()
        outcome = await self._sound(announcement)
        self._announcer.sound_over(self._clock())
        self._memory.note(known=self._announcer.settled)
        self._acks.add(announcement.ids, heard=outcome.heard)
        self._report("announced", announcement, heard=outcome.heard, file=str(outcome.file) if outcome.file else None)
        ends_at_s = self._announcer.ends_at_s() or 0.0
        await asyncio.sleep(max(0.0, ends_at_s - self._clock()))
        self._announcer.end(max(ends_at_s, self._clock()))
        self._stale.set()

    def _expect(self) -> None:
        """What comes next is made ready while this is heard."""
        self._sounding.expect(map(self._said, self._announcer.waiting), self.words().language)

    async def _sound(self, announcement: Announcement) -> Outcome:
        said = [self._said(one) for one in announcement.calls]
        language, volume_pct = self.words().language, self._volume_pct()
        return await self._sounding.announce(
            said, language, lambda: self._report("chime", announcement, t=self._clock()), volume_pct
        )

    def _said(self, one: Called) -> Said:
        picture = self._client.picture
        return Said(one.label, place(one.room, picture.rooms if picture else {}), one.language)

    def _volume_pct(self) -> int:
        """At this hour of the site."""
        picture = self._client.picture
        return self._volume.at(self._now(picture).astimezone(site_zone(picture)) if picture else self._wall())

    def _self_test_due(self) -> bool:
        picture = self._client.picture
        if self._opening is None or picture is None or not self._client.online:
            return False
        return self._opening.due(picture.day, picture.departments.values())

    async def _self_test(self) -> None:
        """Before the first call of a day: whether it will be heard."""
        picture = self._client.picture
        assert self._opening is not None
        assert picture is not None
        outcome = await self._sounding.self_test(self._volume_pct())
        self._opening.done(picture.day)
        self._self_tested = outcome.heard
        self.sound_changed()
        self._memory.note(tested=picture.day)
        log.info("self-test: %s", "heard" if outcome.heard else "not heard")
        self._front.report("self-test", heard=outcome.heard)

    def _sound_now(self) -> SoundBody:
        """Whose calls it announces is told at once; how it is heard, once that was tried."""
        sounding = self._sounding
        works = sounding.works if sounding.tried else None
        said = body(works=works, self_test=self._self_tested, troubles=sounding.speech.troubles)
        return announcing(said, self._showing.zone)

    def _report(self, event: str, announcement: Announcement, **values: Any) -> None:
        """Of each call by itself."""
        for one in announcement.calls:
            about = {"announcement": one.ids[0], "label": one.label, "room": one.room, "joined": list(one.ids[1:])}
            self._front.report(event, **about, **values)

    async def _frame(self, announcement: Announcement) -> None:
        """Shows the call; returns once it is really drawn, or a little later all the same."""
        drawn = asyncio.Event()

        def shown(at: float) -> None:
            self._report("frame", announcement, t=at)
            drawn.set()

        self._show(shown)
        await news(drawn, FRAME_FIRST_S)

    # --- the screen -------------------------------------------------------------------------------------

    async def _show_all(self) -> None:
        while True:
            self._stale.clear()
            self._show()
            await self._warm_up()
            await news(self._stale, self._next_change_s())
            await asyncio.sleep(GATHER_S)

    def _show(self, shown: Callable[[float], None] | None = None) -> None:
        self._front.show(self.scene(), shown)

    async def _warm_up(self) -> None:
        """At rest: draws the calls that may come where nobody sees it, so that they are there at once when they do."""
        picture = self._client.picture
        if picture is None or not self._at_rest:
            return
        about = picture.calls[:1], self._grid(), self.words().language
        if about == self._warmed_for:
            return
        self._warmed_for = about
        for called in foreseen(picture, self.words().language, self._showing.zone.shows):
            await asyncio.sleep(0)
            if not self._at_rest or self._lined_up.is_set():
                return
            standing = Standing(Announcement((called,)), self._clock())
            self._front.warm(draw(self._view(picture, standing), self._grid()))

    def scene(self) -> Scene:
        """What has to stand on the screen now."""
        picture, state, standing = self._client.picture, self._client.state, self._announcer.standing
        unit = self._client.unit
        if standing is None and state in _REFUSED:
            return refused(self.words(), self._grid(), _REFUSED[state])
        if standing is None and unit is not None and unit.kind is not UnitKind.DISPLAY:
            return refused(self.words(), self._grid())
        if picture is None or (standing is None and state is LinkState.SEEKING and self._waits()):
            return connecting(self.words(), self._grid())
        return draw(self._view(picture, standing), self._grid())

    def _waits(self) -> bool:
        return self._clock() < self._patient_until_s

    def _view(self, picture: Picture, standing: Standing | None) -> View:
        return self._showing.view(
            picture,
            self.words(),
            self._grid(),
            now=self._now(picture),
            now_s=self._clock(),
            standing=standing,
            pending=self._announcer.pending,
            away=not self._client.online,
            sound=self._sounding.works and self._volume_pct() > 0,
            pictures=self._pictures(),
        )

    def _next_change_s(self) -> float:
        """Seconds until something on the screen changes by itself; a little later, to be surely behind it."""
        now_s, picture = self._clock(), self._client.picture
        now, departments = (self._now(picture), len(picture.departments)) if picture else (None, 0)
        soon_s = next_change_s(now_s, now, self._announcer.standing, departments)
        return min(soon_s, self._patient_until_s - now_s if self._waits() else soon_s) + 0.002
