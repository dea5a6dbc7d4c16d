"""Hours of calls in seconds: the scheduler in simulated time, with the real sentences of its cache."""

import gc
import pickle
import resource
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path
from random import Random

from display_clinic import NOON, call
from msgspec import structs

from display import chime
from display.announcer import Announcement, Announcer
from display.board import Place
from display.sounding import BETWEEN_S, PAUSE_S, rounds
from display.speech import Said, Speech
from smartqueue.sound import pcm
from smartqueue.terms import Label, Language, RoomKind
from smartqueue.wire import CallView

BETWEEN_CALLS_S = 24.0
"""On average; they come in crowds too."""
ENGLISH = Language("en")


@dataclass
class Day:
    """made: ids of all calls that were not taken back. spans: (begin, end, ids) of each announcement, in seconds.

    At the end of each hour: held, what the scheduler remembers, in bytes; objects, that the collector knows of;
    resident, bytes of this process (with this record: about 60 kB an hour); files, kept.
    """

    made: list[str] = field(default_factory=list)
    spans: list[tuple[float, float, tuple[str, ...]]] = field(default_factory=list)
    held: list[int] = field(default_factory=list)
    objects: list[int] = field(default_factory=list)
    resident: list[int] = field(default_factory=list)
    files: list[int] = field(default_factory=list)


class Hall:
    """A hub that calls at random and a display that announces. least_s: every announcement sounds so long at least."""

    def __init__(self, speech: Speech, folder: Path, seed: int, *, least_s: float = 0.0) -> None:
        self.day = Day()
        self._least_s = least_s
        self._announcer = Announcer()
        self._speech = speech
        self._folder = folder
        self._chance = Random(seed)
        self._calls: list[CallView] = []
        self._seq = 0
        self._now_s = 0.0

    async def spend(self, hours: int) -> Day:
        for hour in range(1, hours + 1):
            for at_s in self._moments(3600.0 * hour):
                await self._until(at_s)
                self._something_happens()
            await self._until(3600.0 * hour)
            self.day.held.append(len(pickle.dumps(vars(self._announcer))))
            gc.collect()
            self.day.objects.append(len(gc.get_objects()))
            self.day.resident.append(_resident())
            self.day.files.append(len(list(self._folder.iterdir())))
        await self._until(float("inf"))
        return self.day

    def _moments(self, until_s: float) -> Iterator[float]:
        at_s = self._now_s
        while True:
            at_s += self._chance.expovariate(1 / BETWEEN_CALLS_S) if self._chance.random() < 0.9 else 0.01
            if at_s >= until_s:
                return
            yield at_s

    async def _until(self, at_s: float) -> None:
        """Announces what there is to announce until then; a standing announcement may last longer."""
        while True:
            ends_at_s = self._announcer.ends_at_s()
            if ends_at_s is not None:
                if ends_at_s > at_s:
                    break
                self._now_s = ends_at_s
                self._announcer.end(ends_at_s)
            begun = self._announcer.begin(self._now_s)
            if begun is None:
                break
            self._announcer.sound_over(self._now_s + await self._lasts_s(begun))
            ends_at_s = self._announcer.ends_at_s()
            assert ends_at_s is not None
            self.day.spans.append((self._now_s, ends_at_s, begun.ids))
        if at_s != float("inf"):
            self._now_s = max(self._now_s, at_s)

    def _something_happens(self) -> None:
        """A call; sometimes a recall, a call that is taken back, or a new clinic day."""
        what = self._chance.random()
        if what < 0.001:
            self._calls = []
        elif what < 0.02 and self._calls and self._calls[0].announcement in self._announcer.pending:
            self.day.made.remove(self._calls.pop(0).announcement)
        elif what < 0.12 and self._calls:
            self._called(self._calls[0].label, self._calls[0].room)
        else:
            label = f"{self._chance.choice('AKRHM')}{self._chance.randrange(1, 1000):03}"
            self._called(label, f"room-{self._chance.randrange(1, 13)}")
        pending = self._announcer.pending
        self._announcer.consider(self._calls, NOON + timedelta(seconds=self._now_s))
        for id_ in pending - self._announcer.pending:
            if id_ in self.day.made:
                self.day.made.remove(id_)

    def _called(self, label: str, room: str) -> None:
        self._seq += 1
        made = structs.replace(
            call(self._seq, label, room),
            at=NOON + timedelta(seconds=self._now_s),
            language=self._chance.choice(("en", "en", "hi")),
        )
        self._calls = [made, *self._calls][:20]
        self.day.made.append(made.announcement)

    async def _lasts_s(self, announcement: Announcement) -> float:
        said = [
            Said(Label(one.label), Place(one.room, RoomKind.ROOM, one.room.removeprefix("room-")), one.language)
            for one in announcement.calls
        ]
        parts = [
            pcm.silence(BETWEEN_S).join([await self._speech.say(one, in_) for one, in_ in some])
            for some in rounds(said, ENGLISH, lambda one: one.language)
        ]
        lasts_s = pcm.seconds(chime.lead()) + sum(map(pcm.seconds, parts)) + PAUSE_S
        return max(lasts_s, self._least_s * len(said))


def _resident() -> int:
    """Bytes of this process in memory."""
    return int(Path("/proc/self/statm").read_text().split()[1]) * resource.getpagesize()
