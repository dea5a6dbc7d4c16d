"""What displays say of their sound, and what staff may know of calls that nobody heard."""

from datetime import datetime
from typing import Annotated

from msgspec import Meta

from smartqueue.terms import AnnouncementId, DepartmentId, Label, RoomId, UnitName
from smartqueue.wire.base import Message


class SoundBody(Message, frozen=True, kw_only=True):
    """`POST /sound`: how a display is heard, as far as it can know. It says so whenever that changes.

    works: what it played last was played to its end; null = it has not tried yet. self_test: the same of the chime at
    today's opening; null before. troubles: what a technician should mend, one line for each. departments, rooms: whose
    calls it announces; without any of both all.
    """

    works: bool | None
    self_test: bool | None = None
    troubles: Annotated[list[Annotated[str, Meta(max_length=200)]], Meta(max_length=20)] = []
    departments: Annotated[list[Annotated[DepartmentId, Meta(max_length=64)]], Meta(max_length=200)] = []
    rooms: Annotated[list[Annotated[RoomId, Meta(max_length=64)]], Meta(max_length=1000)] = []


class UnheardView(Message, frozen=True, kw_only=True):
    """An open call that no display has acknowledged in time."""

    announcement: AnnouncementId
    label: Label
    room: RoomId
    at: datetime


class DisplaySoundView(Message, frozen=True, kw_only=True):
    """A display. connected: it reads the feed now. The others as in SoundBody; works is null until it has said so."""

    display: UnitName
    connected: bool
    works: bool | None
    self_test: bool | None
    troubles: list[str]
    departments: list[DepartmentId] = []
    rooms: list[RoomId] = []


class UnannouncedView(Message, frozen=True, kw_only=True):
    """An open department whose calls to these rooms no display announces that reads the feed now."""

    department: DepartmentId
    rooms: list[RoomId]


class UnheardAnswer(Message, frozen=True, kw_only=True):
    """`GET /announcements/unheard`. calls: oldest first. displays: all of the site.

    departments: open ones that no display announces; none where the site has no displays.
    """

    calls: list[UnheardView]
    displays: list[DisplaySoundView]
    departments: list[UnannouncedView] = []
