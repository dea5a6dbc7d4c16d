"""Which clinic days a report is about: one day, a week from Monday to Sunday, or a calendar month."""

from calendar import monthrange
from dataclasses import dataclass
from datetime import date, timedelta

from smartqueue.errors import BadPeriod
from smartqueue.terms import Day, PeriodKind


@dataclass(frozen=True, slots=True)
class Period:
    """first, last: clinic days, both included."""

    kind: PeriodKind
    first: Day
    last: Day


def period_of(kind: str, given: str, today: Day) -> Period:
    """The period of this kind that a day, `YYYY-MM-DD`, belongs to.

    Raises BadPeriod for what is no kind or no date, and for a day after `today`.
    """
    try:
        day, of_kind = date.fromisoformat(given), PeriodKind(kind)
    except ValueError as wrong:
        raise BadPeriod from wrong
    if day.isoformat() != given or given > today:
        raise BadPeriod
    first, last = _bounds(of_kind, day)
    return Period(of_kind, Day(first.isoformat()), Day(last.isoformat()))


def _bounds(kind: PeriodKind, day: date) -> tuple[date, date]:
    match kind:
        case PeriodKind.DAY:
            return day, day
        case PeriodKind.WEEK:
            monday = day - timedelta(days=day.weekday())
            return monday, monday + timedelta(days=6)
        case PeriodKind.MONTH:
            return day.replace(day=1), day.replace(day=monthrange(day.year, day.month)[1])
