"""The site of the demo: six departments, three doctors with rooms, eight people waiting, three appointments of today.
No invented persons."""

from collections.abc import Sequence
from dataclasses import replace

from hub import demo_names
from hub.domain.commands import BookAppointment, ConfigureSite, IssueToken
from hub.domain.configuration import Department, Names, Operator, Room, Site
from smartqueue.terms import (
    AppointmentId,
    DepartmentId,
    Instant,
    Language,
    Need,
    OperatorId,
    Role,
    RoomId,
    RoomKind,
    TokenId,
)

EN, HI, AR = Language("en"), Language("hi"), Language("ar")
LANGUAGES = (EN, HI, AR)
"""Of the demo unless more are asked for; its names are there in every language."""
SITE_NAMES: Names = demo_names.SITE

GENERAL, PAEDIATRICS = DepartmentId("general-medicine"), DepartmentId("paediatrics")
CARDIOLOGY, ORTHOPAEDICS = DepartmentId("cardiology"), DepartmentId("orthopaedics")
LABORATORY, PHARMACY = DepartmentId("laboratory"), DepartmentId("pharmacy")


DEPARTMENTS = (
    Department(
        id=GENERAL,
        letter="A",
        names=demo_names.GENERAL,
        areas=demo_names.first_floor(2),
        icon="stethoscope",
        ground=6,
        minutes=10,
    ),
    Department(
        id=PAEDIATRICS,
        letter="K",
        names=demo_names.PAEDIATRICS,
        areas=demo_names.first_floor(1),
        icon="child",
        ground=0,
        minutes=12,
    ),
    Department(
        id=CARDIOLOGY,
        letter="R",
        names=demo_names.CARDIOLOGY,
        areas=demo_names.first_floor(3),
        icon="heart",
        ground=3,
        minutes=15,
    ),
    Department(
        id=ORTHOPAEDICS,
        letter="X",
        names=demo_names.ORTHOPAEDICS,
        areas=demo_names.first_floor(3),
        icon="bone",
        ground=4,
        minutes=12,
    ),
    Department(
        id=LABORATORY,
        letter="H",
        names=demo_names.LABORATORY,
        areas=demo_names.ground_floor(4),
        icon="flask",
        ground=1,
        minutes=5,
        target_min=20,
    ),
    Department(
        id=PHARMACY,
        letter="M",
        names=demo_names.PHARMACY,
        areas=demo_names.ground_floor(5),
        icon="pill",
        ground=2,
        minutes=3,
        target_min=15,
    ),
)

ROOMS = (
    Room(RoomId("room-1"), "1", (GENERAL,)),
    Room(RoomId("room-2"), "2", (PAEDIATRICS,)),
    Room(RoomId("room-3"), "3", (GENERAL,)),
    Room(RoomId("room-4"), "4", (CARDIOLOGY, ORTHOPAEDICS)),
    Room(RoomId("room-5"), "5", (LABORATORY,)),
    Room(RoomId("window-6"), "6", (PHARMACY,), RoomKind.WINDOW),
)

OPERATORS = tuple(
    Operator(OperatorId(f"doctor-{room.number}"), Role.DOCTOR, room.departments, room.id) for room in ROOMS[:3]
)
OPERATOR_NAMES = {OperatorId(f"doctor-{room.number}"): f"Doctor, room {room.number}" for room in ROOMS[:3]}

_WAITING: tuple[tuple[DepartmentId, Language, tuple[Need, ...]], ...] = (
    (GENERAL, EN, ()),
    (GENERAL, HI, ()),
    (PAEDIATRICS, EN, (Need.INFANT,)),
    (LABORATORY, AR, ()),
    (GENERAL, EN, (Need.ELDERLY,)),
    (CARDIOLOGY, HI, ()),
    (PAEDIATRICS, AR, ()),
    (PHARMACY, EN, ()),
)
WAITING = len(_WAITING)

PHONE_PREFIX = "+1"
"""Here 202 555 0100 to 0199 look like numbers that are given out, and are kept free for stories: nobody has one."""
_BOOKED: tuple[tuple[str, DepartmentId, int], ...] = (
    ("TEST1", GENERAL, 20),
    ("TEST2", CARDIOLOGY, 45),
    ("TEST3", LABORATORY, 90),
)
REFERENCES = tuple(reference for reference, _, _ in _BOOKED)
"""Of the appointments, as they are typed at the kiosk."""


def configuration(site: Site) -> ConfigureSite:
    """The whole demo configuration for a site that has LANGUAGES at least."""
    return ConfigureSite(replace(site, phone_prefix=PHONE_PREFIX), DEPARTMENTS, ROOMS, OPERATORS)


def appointments(made: Sequence[AppointmentId], now: Instant, ends: Instant) -> tuple[BookAppointment, ...]:
    """Of today. made: as many new ids as REFERENCES; ends: when the clinic day does."""
    return tuple(
        BookAppointment(one, department, _ahead(now, minutes, ends), reference=reference)
        for one, (reference, department, minutes) in zip(made, _BOOKED, strict=True)
    )


def _ahead(now: Instant, minutes: int, ends: Instant) -> Instant:
    """At full minutes, where the day is long enough."""
    at = (now // 60_000 + minutes) * 60_000
    return Instant(max(now + 30_000, min(at, ends - 1)))


def waiting(tokens: tuple[TokenId, ...]) -> tuple[IssueToken, ...]:
    """The people who wait when the demo starts. tokens: as many new ids as WAITING."""
    return tuple(
        IssueToken(token, department, language, needs)
        for token, (department, language, needs) in zip(tokens, _WAITING, strict=True)
    )
