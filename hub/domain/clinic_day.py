"""Clinic days and opening hours: pure calendar arithmetic in the site's zone, right across daylight-saving changes."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from hub.domain.configuration import Department, Site
from smartqueue.terms import Day, Instant

DAY_MINUTES = 24 * 60


def day_of(at: Instant, site: Site) -> Day:
    """The clinic day that an instant belongs to: it starts at the site's reset time, local."""
    local = _local(at, site)
    today = local.date()
    if at < start_of(Day(today.isoformat()), site):
        today -= timedelta(days=1)
    return Day(today.isoformat())


def start_of(day: Day, site: Site) -> Instant:
    return _instant(date.fromisoformat(day), site.reset_minute, site)


def end_of(day: Day, site: Site) -> Instant:
    return start_of(Day((date.fromisoformat(day) + timedelta(days=1)).isoformat()), site)


def is_open(department: Department, at: Instant, site: Site) -> bool:
    """By its opening hours; hours that end before they begin run over midnight."""
    if department.opens is None and department.closes is None:
        return True
    opens, closes = department.opens or 0, DAY_MINUTES if department.closes is None else department.closes
    local = _local(at, site)
    minute = local.hour * 60 + local.minute
    if opens <= closes:
        return opens <= minute < closes
    return minute >= opens or minute < closes


def next_turn(at: Instant, site: Site, departments: tuple[Department, ...]) -> Instant:
    """The next instant after `at` when the clinic day ends or a department really opens or closes."""
    day = day_of(at, site)
    turns = [end_of(day, site)]
    today = _local(at, site).date()
    for department in departments:
        for minute in (department.opens, department.closes):
            if minute is not None:
                turns += [turn for turn in _on_two_days(today, minute, site) if _turns(department, turn, site)]
    return min(turn for turn in turns if turn > at)


def opens_at(department: Department, at: Instant, site: Site) -> str | None:
    """`HH:MM` when it opens later on this clinic day, else None."""
    if department.opens is None or is_open(department, at, site):
        return None
    today = _local(at, site).date()
    for ahead in (0, 1):
        opening = _instant(today + timedelta(days=ahead), department.opens, site)
        if at < opening < end_of(day_of(at, site), site):
            return f"{department.opens // 60:02}:{department.opens % 60:02}"
    return None


def _on_two_days(today: date, minute: int, site: Site) -> list[Instant]:
    return [_instant(today + timedelta(days=ahead), minute, site) for ahead in (0, 1)]


def _turns(department: Department, at: Instant, site: Site) -> bool:
    """Whether it is open at `at` and was not just before, or the other way round."""
    return is_open(department, at, site) != is_open(department, Instant(at - 1), site)


def _local(at: Instant, site: Site) -> datetime:
    return datetime.fromtimestamp(at / 1000, UTC).astimezone(ZoneInfo(site.zone))


def _instant(day: date, minute: int, site: Site) -> Instant:
    """Local minute of a local day. A minute that the clock skips counts as the same distance after the gap."""
    day, minute = day + timedelta(days=minute // DAY_MINUTES), minute % DAY_MINUTES
    local = datetime.combine(day, time(minute // 60, minute % 60), ZoneInfo(site.zone))
    return Instant(int(local.timestamp() * 1000))
