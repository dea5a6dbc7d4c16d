"""What one display shows of the site, as it is set up: which part, laid out how; pure, for every moment."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

from display.announcer import Standing
from display.board import PAGE_S, Zone, board, next_pulse_s
from display.screens import HURRIED_S, QUICK_S, SLOW_PAGES, TURN_S, Grid, View
from smartqueue.board import WHOLE
from smartqueue.i18n import Words
from smartqueue.picture import Picture
from smartqueue.terms import AnnouncementId, RoomId


@dataclass(frozen=True, slots=True)
class Showing:
    """zone: what is shown. room: the one at whose door this display hangs."""

    zone: Zone = WHOLE
    room: RoomId | None = None

    def view(
        self,
        picture: Picture,
        words: Words,
        size: Grid,
        *,
        now: datetime,
        now_s: float,
        standing: Standing | None = None,
        pending: Collection[AnnouncementId] = (),
        away: bool = False,
        sound: bool = True,
        pictures: tuple[Path, ...] = (),
    ) -> View:
        """now: the hub's time. now_s: monotonic seconds; since then the standing announcement stands."""
        for_s = now_s - standing.since_s if standing is not None else None
        shown = board(
            picture,
            now,
            rows=size.fits("call" if standing is not None else "away" if away else "idle"),
            on=(standing.announcement, for_s) if standing is not None and for_s is not None else None,
            pending=pending,
            away=away,
            zone=self.zone,
            room=self.room,
        )
        clock = now.astimezone(site_zone(picture))
        return View(shown, picture.site, clock, words, now_s, sound, for_s, pictures)


def next_change_s(now_s: float, now: datetime | None, standing: Standing | None, departments: int = 0) -> float:
    """Seconds until something on the screen changes by itself: a page, the minute, the ring, the turn of a call.

    departments: how many the site has; pages of many stand shorter.
    """
    return min(_changes(now_s, now, standing, departments))


def _changes(now_s: float, now: datetime | None, standing: Standing | None, departments: int) -> Iterator[float]:
    yield PAGE_S - now_s % PAGE_S
    if departments > SLOW_PAGES:
        yield from (each_s - now_s % each_s for each_s in (QUICK_S, HURRIED_S))
    if now is not None:
        yield (timedelta(minutes=1) - timedelta(seconds=now.second, microseconds=now.microsecond)).total_seconds()
    if standing is None:
        return
    for_s = now_s - standing.since_s
    yield PAGE_S - for_s % PAGE_S
    if len(standing.announcement.calls) > 1:
        yield TURN_S - for_s % TURN_S
    ring_s = next_pulse_s(for_s)
    if ring_s is not None:
        yield ring_s


def site_zone(picture: Picture) -> ZoneInfo:
    """The site's time zone; UTC where this machine does not know it."""
    try:
        return ZoneInfo(picture.site.zone)
    except (KeyError, ValueError, OSError):
        return ZoneInfo("UTC")
