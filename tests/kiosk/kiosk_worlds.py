"""Sites, departments and answers for the kiosk's tests: as the hub would send them."""

from datetime import UTC, datetime, timedelta

import msgspec

from hub import demo_names
from smartqueue.terms import Day, DepartmentId, Label, Language, TokenId, TokenState, VisitTypeId
from smartqueue.wire import DepartmentView, EstimateView, IssuedAnswer, SiteView, TicketAnswer, VisitTypeView

EN, HI, AR = Language("en"), Language("hi"), Language("ar")
DAY = Day("2026-03-02")
AT = datetime(2026, 3, 2, 4, 12, tzinfo=UTC)

_DEPARTMENTS: tuple[tuple[str, str, str, str, str, str, int, int, int, int], ...] = (
    ("general-medicine", "A", "General Medicine", "सामान्य चिकित्सा", "الطب العام", "stethoscope", 6, 8, 35, 70),
    ("paediatrics", "K", "Paediatrics", "बाल रोग", "طب الأطفال", "child", 0, 5, 20, 40),
    ("cardiology", "R", "Cardiology", "हृदय रोग", "طب القلب", "heart", 3, 3, 25, 50),
    ("orthopaedics", "X", "Orthopaedics", "हड्डी रोग", "جراحة العظام", "bone", 4, 0, 0, 0),
    ("laboratory", "H", "Laboratory", "प्रयोगशाला", "المختبر", "flask", 1, 11, 15, 30),
    ("pharmacy", "M", "Pharmacy", "औषधालय", "الصيدلية", "pill", 2, 2, 5, 15),
    ("dermatology", "L", "Dermatology", "त्वचा रोग", "الأمراض الجلدية", "stethoscope", 5, 1, 5, 15),
    ("eye-clinic", "W", "Eye Clinic", "नेत्र रोग", "طب العيون", "stethoscope", 7, 4, 20, 35),
    ("dental", "U", "Dental Care", "दंत चिकित्सा", "طب الأسنان", "stethoscope", 0, 6, 30, 60),
)
_MORE_NAMES = {
    "A": demo_names.GENERAL,
    "K": demo_names.PAEDIATRICS,
    "R": demo_names.CARDIOLOGY,
    "X": demo_names.ORTHOPAEDICS,
    "H": demo_names.LABORATORY,
    "M": demo_names.PHARMACY,
}
"""In the languages that are not in the table."""


def site(**changes: object) -> SiteView:
    values: dict[str, object] = {
        "id": "riverside",
        "names": demo_names.SITE,
        "languages": [EN, HI, AR],
        "default_language": EN,
        "zone": "Asia/Kolkata",
        "public_url": "https://q.riverside.example",
    }
    return SiteView(**(values | changes))  # type: ignore[arg-type]


def estimate(low_min: int, high_min: int) -> EstimateView:
    return EstimateView(
        low_min=low_min,
        high_min=high_min,
        earliest=AT + timedelta(minutes=low_min),
        latest=AT + timedelta(minutes=high_min),
    )


def departments(count: int = 6, closed: tuple[str, ...] = ("orthopaedics",)) -> tuple[DepartmentView, ...]:
    return tuple(_department(row, closed) for row in _DEPARTMENTS[:count])


def _department(
    row: tuple[str, str, str, str, str, str, int, int, int, int], closed: tuple[str, ...]
) -> DepartmentView:
    name, letter, en, hi, ar, icon, ground, waiting, low, high = row
    is_open = name not in closed
    return DepartmentView(
        id=DepartmentId(name),
        letter=letter,
        names=_MORE_NAMES.get(letter, {}) | {EN: en, HI: hi, AR: ar},
        areas=demo_names.first_floor(2),
        icon=icon,
        ground=ground,
        open=is_open,
        opens_at=None if is_open else "14:00",
        waiting=waiting,
        estimate=estimate(low, high) if is_open and high else None,
    )


def answer(label: str = "A012", department: str = "general-medicine", **changes: object) -> IssuedAnswer:
    values: dict[str, object] = {
        "token": TokenId(f"token-{label}"),
        "label": Label(label),
        "department": DepartmentId(department),
        "issued_at": AT,
        "ahead": 8,
        "estimate": estimate(35, 70),
        "status_url": "https://q.riverside.example/s/7H4K2MPX",
        "short_code": "7H4K2MPX",
    }
    return IssuedAnswer(**(values | changes))  # type: ignore[arg-type]


def asking_what_for(*types: str, count: int = 6) -> tuple[DepartmentView, ...]:
    """General Medicine asks what one comes for."""
    views = [VisitTypeView(id=VisitTypeId(one), names={EN: one.replace("-", " ").capitalize()}) for one in types]
    first, *rest = departments(count)
    return msgspec.structs.replace(first, visit_types=views), *rest


def found(label: str = "A012", **changes: object) -> TicketAnswer:
    """A ticket of today, by its own code: it waits."""
    values: dict[str, object] = {
        "token": TokenId(f"token-{label}"),
        "label": Label(label),
        "department": DepartmentId("general-medicine"),
        "issued_at": AT,
        "state": TokenState.WAITING,
        "room": None,
        "ahead": 3,
        "estimate": estimate(10, 20),
        "status_url": "/S/7H4K2MPX9Q0WERTYAB12CD34EF",
        "short_code": "7H4K2MPX",
    }
    return TicketAnswer(**(values | changes))  # type: ignore[arg-type]
