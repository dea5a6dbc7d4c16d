"""A clinic's picture for tests of the display, in few words."""

from datetime import UTC, datetime, timedelta

from hub import demo_names
from smartqueue.picture import Picture
from smartqueue.terms import (
    AnnouncementId,
    Day,
    DepartmentId,
    Label,
    Language,
    RoomId,
    RoomKind,
    RoomState,
)
from smartqueue.wire import CallView, DepartmentView, EstimateView, RoomView, SiteView

NOON = datetime(2026, 3, 2, 10, 31, tzinfo=UTC)
NAMES = {
    "A": ("general-medicine", "General Medicine", "सामान्य चिकित्सा", "الطب العام"),
    "K": ("paediatrics", "Paediatrics", "बाल रोग", "طب الأطفال"),
    "R": ("cardiology", "Cardiology", "हृदय रोग", "أمراض القلب"),
    "X": ("orthopaedics", "Orthopaedics", "हड्डी रोग", "جراحة العظام"),
    "H": ("laboratory", "Laboratory", "प्रयोगशाला", "المختبر"),
    "M": ("pharmacy", "Pharmacy", "दवाखाना", "الصيدلية"),
}
MORE_NAMES = {
    "A": demo_names.GENERAL,
    "K": demo_names.PAEDIATRICS,
    "R": demo_names.CARDIOLOGY,
    "X": demo_names.ORTHOPAEDICS,
    "H": demo_names.LABORATORY,
    "M": demo_names.PHARMACY,
}
"""In the languages that are not in NAMES."""


def call(seq: int, label: str, room: str = "room-3", *, ago_s: float = 0, played: bool = False) -> CallView:
    """A call made so long before NOON."""
    return CallView(
        announcement=AnnouncementId(str(seq)),
        label=Label(label),
        department=DepartmentId(NAMES[label[0]][0]),
        room=RoomId(room),
        at=NOON - timedelta(seconds=ago_s),
        attempt=1,
        language=Language("en"),
        played=played,
    )


def estimate(low: int, high: int) -> EstimateView:
    return EstimateView(
        low_min=low,
        high_min=high,
        earliest=NOON + timedelta(minutes=low),
        latest=NOON + timedelta(minutes=high),
    )


def department(
    letter: str, *, open_: bool = True, opens_at: str | None = None, waiting: int = 4, range_: tuple[int, int] | None
) -> DepartmentView:
    id_, english, hindi, arabic = NAMES[letter]
    return DepartmentView(
        id=DepartmentId(id_),
        letter=letter,
        names=MORE_NAMES[letter] | {Language("en"): english, Language("hi"): hindi, Language("ar"): arabic},
        areas={},
        icon="stethoscope",
        ground=list(NAMES).index(letter),
        open=open_,
        opens_at=opens_at,
        waiting=waiting,
        estimate=None if range_ is None else estimate(*range_),
    )


def room(
    number: str,
    *letters: str,
    state: RoomState = RoomState.OPEN,
    back_at: datetime | None = None,
    kind: RoomKind = RoomKind.ROOM,
) -> RoomView:
    return RoomView(
        id=RoomId(f"{kind}-{number.lower()}"),
        number=number,
        kind=kind,
        departments=[DepartmentId(NAMES[letter][0]) for letter in letters],
        state=state,
        back_at=back_at,
        current=None,
        waiting=0,
    )


def site(*, insecure_lan: bool = False, default: str = "en") -> SiteView:
    return SiteView(
        id="riverside",
        names=demo_names.SITE,
        languages=[Language("en"), Language("hi"), Language("ar")],
        default_language=Language(default),
        zone="UTC",
        insecure_lan=insecure_lan,
    )


DEPARTMENTS = (
    department("A", range_=(15, 35)),
    department("K", range_=(20, 40)),
    department("R", range_=(10, 20)),
    department("X", open_=False, opens_at="14:00", range_=None),
    department("H", range_=(10, 25)),
    department("M", range_=(5, 15)),
)
ROOMS = (
    room("1", "A"),
    room("2", "K"),
    room("3", "A"),
    room("4", "R", state=RoomState.PAUSED, back_at=NOON + timedelta(minutes=14)),
    room("5", "H"),
    room("6", "M", kind=RoomKind.WINDOW),
    room("12", "A"),
)
CALLS = (
    call(20, "A012", "room-3"),
    call(19, "K007", "room-2", ago_s=60, played=True),
    call(18, "H019", "room-5", ago_s=120, played=True),
    call(17, "A011", "room-1", ago_s=400, played=True),
    call(16, "M004", "window-6", ago_s=500, played=True),
    call(15, "A010", "room-3", ago_s=600, played=True),
)


def picture(
    calls: tuple[CallView, ...] = CALLS,
    departments: tuple[DepartmentView, ...] = DEPARTMENTS,
    rooms: tuple[RoomView, ...] = ROOMS,
    about: SiteView | None = None,
    received_at: float | None = 1000.0,
) -> Picture:
    """As of NOON, which the hub said at `received_at` on our monotonic clock."""
    return Picture(
        epoch="e1",
        seq=20,
        tick=None,
        hub_now=NOON,
        received_at=received_at,
        site=about or site(),
        day=Day("2026-03-02"),
        departments={one.id: one for one in departments},
        rooms={one.id: one for one in rooms},
        calls=calls,
    )
