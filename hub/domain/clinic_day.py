"""Clinic days, opening hours and shifts: pure calendar arithmetic in the site's zone, right across clock changes."""

from collections.abc import Iterable, Iterator
from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo

from hub.domain.configuration import Department, Operator, Shift, Site, Span
from smartqueue.terms import Day, Instant, RoomId

DAY_MINUTES = 24 * 60
_A_DAY = timedelta(days=1)


def day_of(at: Instant, site: Site) -> Day:
    """The clinic day that an instant belongs to: it starts at the site's reset time, local."""
    today = _date(at, site)
    if at < start_of(Day(today.isoformat()), site):
        today -= _A_DAY
    return Day(today.isoformat())


def start_of(day: Day, site: Site) -> Instant:
    return _place(date.fromisoformat(day), site.reset_minute, site.zone)


def end_of(day: Day, site: Site) -> Instant:
    return start_of(day_after(day), site)


def day_after(day: Day) -> Day:
    return Day((date.fromisoformat(day) + _A_DAY).isoformat())


def day_before(day: Day) -> Day:
    return Day((date.fromisoformat(day) - _A_DAY).isoformat())


def is_open(department: Department, at: Instant, site: Site) -> bool:
    """By its opening hours; hours that end before they begin run over midnight."""
    return _all_day(department) or any(begins <= at < ends for begins, ends in _opening(department, at, site))


def closes_at(department: Department, at: Instant, site: Site) -> Instant | None:
    """The instant at which a department that is open closes; None when it never does, or is closed."""
    if _all_day(department) or not is_open(department, at, site):
        return None
    closing = at
    for begins, ends in sorted(_opening(department, at, site)):
        if begins <= closing < ends:
            closing = ends
    return closing


def opens_at(department: Department, at: Instant, site: Site) -> str | None:
    """`HH:MM` when it opens later on this clinic day, else None."""
    if _all_day(department) or is_open(department, at, site):
        return None
    end = end_of(day_of(at, site), site)
    later = [begins for begins, _ in _opening(department, at, site) if at < begins < end]
    return local_time(min(later), site) if later else None


def hours_on(department: Department, day: Day, site: Site) -> list[tuple[Instant, Instant]]:
    """When it is open on one clinic day: first and last instant of each time, in order."""
    first, last = start_of(day, site), end_of(day, site)
    if _all_day(department):
        return [(first, last)]
    spans = ((max(begins, first), min(ends, last)) for begins, ends in _opening(department, first, site))
    return sorted((begins, ends) for begins, ends in spans if begins < ends)


def shift_at(operator: Operator, at: Instant, site: Site) -> Shift | None:
    """The shift of an operator's schedule that covers an instant; none on days of leave."""
    for day in _days_around(at, site):
        if not on_leave(operator, day):
            for shift in operator.schedule:
                if shift.weekday == day.weekday() and _covers(shift.begins, shift.ends, day, site, at):
                    return shift
    return None


def workplace(operator: Operator, at: Instant, site: Site) -> tuple[RoomId | None] | None:
    """The room of the shift that covers an instant; None when there is none."""
    shift = shift_at(operator, at, site)
    return None if shift is None else (shift.room or operator.room,)


def works(operator: Operator, at: Instant, site: Site) -> bool:
    """Whether an operator is at work then by schedule and leave; without a schedule always but on leave."""
    if not operator.schedule:
        return not on_leave(operator, date.fromisoformat(day_of(at, site)))
    return shift_at(operator, at, site) is not None


def works_on(operator: Operator, day: Day) -> bool:
    """Whether an operator works at any time of that day."""
    when = date.fromisoformat(day)
    if on_leave(operator, when):
        return False
    return not operator.schedule or any(shift.weekday == when.weekday() for shift in operator.schedule)


def on_leave(operator: Operator, day: date) -> bool:
    return any(leave.first <= day.isoformat() <= leave.last for leave in operator.leave)


def next_turn(
    at: Instant,
    site: Site,
    departments: Iterable[Department],
    operators: Iterable[Operator] = (),
    day: Day | None = None,
) -> Instant:
    """The next instant after `at` when the clinic day ends, a department really opens or closes, or a shift turns.

    day: that goes on, where it is not that of `at`: a new reset time or zone never takes a day back.
    """
    turns = [end_of(max(day or Day(""), day_of(at, site)), site)]
    for department in departments:
        if not _all_day(department):
            turns += [
                turn for span in _opening(department, at, site) for turn in span if _turns(department, turn, site)
            ]
    for operator in operators:
        turns += _shift_turns(operator, at, site)
    return min(turn for turn in turns if turn > at)


def local_time(at: Instant, site: Site) -> str:
    """`HH:MM` of the site's zone."""
    return _local(at, site).strftime("%H:%M")


def local_hour(at: Instant, zone: str) -> int:
    return datetime.fromtimestamp(at / 1000, UTC).astimezone(ZoneInfo(zone)).hour


def _turns(department: Department, at: Instant, site: Site) -> bool:
    """Whether it is open at `at` and was not just before, or the other way round."""
    return is_open(department, at, site) != is_open(department, Instant(at - 1), site)


def _all_day(department: Department) -> bool:
    return not department.hours and department.opens is None and department.closes is None


def _opening(department: Department, at: Instant, site: Site) -> Iterator[tuple[Instant, Instant]]:
    """Opening hours as instants, from yesterday's to those of the day after tomorrow."""
    for day in _days_around(at, site):
        if day.isoformat() not in site.holidays:
            for begins, ends in _minutes(department, day):
                yield _span(begins, ends, day, site.zone)


def _minutes(department: Department, day: date) -> Iterator[tuple[int, int]]:
    if department.hours:
        yield from ((span.begins, span.ends) for span in _of_weekday(department.hours, day))
    else:
        yield department.opens or 0, DAY_MINUTES if department.closes is None else department.closes


def _of_weekday(spans: Iterable[Span], day: date) -> Iterator[Span]:
    return (span for span in spans if span.weekday == day.weekday())


def _shift_turns(operator: Operator, at: Instant, site: Site) -> Iterator[Instant]:
    """Of two shifts that meet in one room nothing turns in between."""
    for day in _days_around(at, site):
        for shift in operator.schedule:
            if shift.weekday == day.weekday() and not on_leave(operator, day):
                for turn in _span(shift.begins, shift.ends, day, site.zone):
                    if workplace(operator, turn, site) != workplace(operator, Instant(turn - 1), site):
                        yield turn


def _covers(begins: int, ends: int, day: date, site: Site, at: Instant) -> bool:
    first, last = _span(begins, ends, day, site.zone)
    return first <= at < last


def _span(begins: int, ends: int, day: date, zone: str) -> tuple[Instant, Instant]:
    """Minutes of a local day as instants; what ends before it begins, or when it begins, ends on the next day."""
    if ends <= begins:
        ends += DAY_MINUTES
    first, last = _place(day, begins, zone), _place(day, ends, zone)
    return first, last


def _days_around(at: Instant, site: Site) -> list[date]:
    today = _date(at, site)
    return [today + timedelta(days=ahead) for ahead in (-1, 0, 1, 2)]


def _date(at: Instant, site: Site) -> date:
    return _local(at, site).date()


def _local(at: Instant, site: Site) -> datetime:
    return datetime.fromtimestamp(at / 1000, UTC).astimezone(ZoneInfo(site.zone))


@lru_cache(maxsize=4096)
def _place(day: date, minute: int, zone: str) -> Instant:
    """Local minute of a local day. A minute that the clock skips counts as the same distance after the gap."""
    day, minute = day + timedelta(days=minute // DAY_MINUTES), minute % DAY_MINUTES
    local = datetime.combine(day, time(minute // 60, minute % 60), ZoneInfo(zone))
    return Instant(int(local.timestamp() * 1000))
