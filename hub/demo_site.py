"""The site of the demo: six departments, three doctors with rooms, eight people waiting. No invented persons."""

from hub.domain.commands import ConfigureSite, IssueToken
from hub.domain.configuration import Department, Names, Operator, Room, Site
from smartqueue.terms import DepartmentId, Language, Need, OperatorId, Role, RoomId, RoomKind, TokenId

EN, HI, AR = Language("en"), Language("hi"), Language("ar")
SITE_NAMES: Names = {EN: "Riverside Clinic", HI: "रिवरसाइड क्लिनिक", AR: "عيادة ريفرسايد"}

GENERAL, PAEDIATRICS = DepartmentId("general-medicine"), DepartmentId("paediatrics")
CARDIOLOGY, ORTHOPAEDICS = DepartmentId("cardiology"), DepartmentId("orthopaedics")
LABORATORY, PHARMACY = DepartmentId("laboratory"), DepartmentId("pharmacy")


def _names(en: str, hi: str, ar: str) -> Names:
    return {EN: en, HI: hi, AR: ar}


_FIRST_FLOOR = {
    n: _names(f"area {n}, first floor", f"क्षेत्र {n}, पहली मंज़िल", f"المنطقة {n}، الطابق الأول") for n in (1, 2, 3)
}
_GROUND_FLOOR = {n: _names(f"area {n}, ground floor", f"क्षेत्र {n}, भूतल", f"المنطقة {n}، الطابق الأرضي") for n in (4, 5)}

DEPARTMENTS = (
    Department(
        id=GENERAL,
        letter="A",
        names=_names("General Medicine", "सामान्य चिकित्सा", "الطب العام"),
        areas=_FIRST_FLOOR[2],
        icon="stethoscope",
        ground=6,
        minutes=10,
    ),
    Department(
        id=PAEDIATRICS,
        letter="K",
        names=_names("Paediatrics", "बाल चिकित्सा", "طب الأطفال"),
        areas=_FIRST_FLOOR[1],
        icon="child",
        ground=0,
        minutes=12,
    ),
    Department(
        id=CARDIOLOGY,
        letter="R",
        names=_names("Cardiology", "हृदय रोग", "طب القلب"),
        areas=_FIRST_FLOOR[3],
        icon="heart",
        ground=3,
        minutes=15,
    ),
    Department(
        id=ORTHOPAEDICS,
        letter="X",
        names=_names("Orthopaedics", "हड्डी रोग", "جراحة العظام"),
        areas=_FIRST_FLOOR[3],
        icon="bone",
        ground=4,
        minutes=12,
    ),
    Department(
        id=LABORATORY,
        letter="H",
        names=_names("Laboratory", "प्रयोगशाला", "المختبر"),
        areas=_GROUND_FLOOR[4],
        icon="flask",
        ground=1,
        minutes=5,
        target_min=20,
    ),
    Department(
        id=PHARMACY,
        letter="M",
        names=_names("Pharmacy", "दवाखाना", "الصيدلية"),
        areas=_GROUND_FLOOR[5],
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


def configuration(site: Site) -> ConfigureSite:
    """The whole demo configuration for a site that has English, Hindi and Arabic."""
    return ConfigureSite(site, DEPARTMENTS, ROOMS, OPERATORS)


def waiting(tokens: tuple[TokenId, ...]) -> tuple[IssueToken, ...]:
    """The people who wait when the demo starts. tokens: as many new ids as WAITING."""
    return tuple(
        IssueToken(token, department, language, needs)
        for token, (department, language, needs) in zip(tokens, _WAITING, strict=True)
    )
